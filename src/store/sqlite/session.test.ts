/** Transactions while another program holds the lock, and of jobs that have none any more. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JobKey } from "#store/job.ts";
import type { Store } from "#store/store.ts";
import { openThreadedSqliteStore } from "./threaded-store.ts";

const busyTimeoutMs = 20;
let folder = "";
let store: Store;
let job: JobKey;
let other: DatabaseSync;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "nils-session-"));
  const path = join(folder, "nils.db");
  store = await openThreadedSqliteStore(path, { readerVersion: 1, busyTimeoutMs });
  const { cohortId } = await store.createCohort({
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
  job = await store.beginJob({ cohortId, settings: {}, versions: {} });
  other = new DatabaseSync(path);
});

afterEach(async () => {
  other.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

test("a job waits for a lock for longer than a command does", async () => {
  other.exec("BEGIN IMMEDIATE");
  const command = store.audit({ action: "export", cohortId: null, detail: "" });
  await expect(command).rejects.toMatchObject({ code: "database-locked" });
  const marked = store.markAllDirty(job).then(() => "marked");
  expect(await Promise.race([marked, wait(10 * busyTimeoutMs)])).toBeUndefined();
  other.exec("COMMIT");
  expect(await marked).toBe("marked");
});
