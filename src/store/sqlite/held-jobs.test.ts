/** Which jobs hold their cohort: looked at from a process of its own that began one. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "#store/store.ts";
import { openSqliteStore } from "./sqlite-store.ts";

let folder = "";
let store: Store;
let child: ChildProcess;

/** Begins a job and lives on; the heartbeat of the job stays as it is. */
const program = `
  import { openSqliteStore } from ${JSON.stringify(new URL("./sqlite-store.ts", import.meta.url).href)};
  const store = openSqliteStore(process.argv[1], { readerVersion: 1 });
  await store.beginJob({ cohortId: 1, settings: {}, versions: {} });
  console.log("begun");
  setInterval(() => {}, 1000);`;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "nils-held-"));
  const path = join(folder, "nils.db");
  store = openSqliteStore(path, { readerVersion: 1 });
  await store.createCohort({
    name: "one",
    sourcePath: "/data",
    settings: {
      subjectFrom: "patient-id",
      subjectFolders: null,
      subjectSeed: "seed",
      hasGivenCodes: false,
      files: "all",
      followLinks: false,
      ctSplitOnDose: "auto",
      headers: "none",
    },
  });
  child = spawn(process.execPath, ["--input-type=module", "--eval", program, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout as NodeJS.ReadableStream, "data");
});

afterEach(async () => {
  await end();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** SIGKILL ends a stopped process too. */
async function end(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

function silence(): void {
  const db = new DatabaseSync(join(folder, "nils.db"));
  db.exec("UPDATE job SET heartbeat_at = '2020-01-01T00:00:00.000Z'");
  db.close();
}

const stateOfJob = async () => (await store.findJob(1))?.state;
const begin = () => store.beginJob({ cohortId: 1, settings: {}, versions: {} });

test("a process that runs holds its cohort however long it has been silent", async () => {
  silence();
  expect(await stateOfJob()).toBe("running");
  await expect(begin()).rejects.toMatchObject({ code: "cohort-busy" });
});

test("a process that was stopped loses its cohort once it has been silent for long", async () => {
  child.kill("SIGSTOP");
  await expect.poll(stateOfJob).toBe("running");
  silence();
  await expect.poll(stateOfJob).toBe("lost");
  expect(await begin()).toMatchObject({ continues: 1 });
});

test("a process that ended has lost its cohort at once", async () => {
  await end();
  expect(await stateOfJob()).toBe("lost");
  expect(await begin()).toMatchObject({ continues: 1 });
});
