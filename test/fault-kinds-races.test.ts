/**
 * A source that changes under a job: between the look at a file and its reading, while it is read, and between
 * two jobs. Changes happen when the job first asks the store what it knows: its files have been looked at then,
 * and none has been opened.
 */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  opendirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "vitest";
import { Frontier } from "#pipeline/discover/frontier.ts";
import { walk } from "#pipeline/discover/walk.ts";
import { WalkPulse } from "#pipeline/discover/walk-pulse.ts";
import type { JobReport } from "#pipeline/run-job.ts";
import { rowsOf, withLab } from "./fault-kinds-lab.ts";
import { readRow } from "./hostile/failing-reads.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage } from "./support/make-image.ts";
import type { Extraction, JobOptions } from "./support/run-extraction.ts";

/** The row of a file that was found and could not be opened because it had gone. */
const vanished = "changed file-vanished";

/** Runs a job and does `change` after its files were found and before any is opened. */
async function runChanging(
  lab: Extraction,
  change: () => void,
  options: JobOptions = {},
): Promise<JobReport> {
  let isDone = false;
  const report = await lab.run({
    ...options,
    beforeCall: (name) => {
      if (isDone || name !== "knownFolders") return;
      isDone = true;
      change();
    },
  });
  expect(isDone).toBe(true);
  expect(report.account.imbalances).toEqual([]);
  return report;
}

/** After a job that nothing disturbs the database is that of a single job over what is there now. */
async function expectMended(lab: Extraction): Promise<void> {
  expect((await lab.run()).account.imbalances).toEqual([]);
  await lab.run({ name: "fresh" });
  expect(compareDumps(await lab.dump(), await lab.dump("fresh"))).toEqual([]);
}

test("a file that grew after it was found is read as it is now", () =>
  withLab(async (lab) => {
    const image = makeImage({ instance: 1 });
    lab.write("a/1.dcm", image.subarray(0, 900));
    const report = await runChanging(lab, () =>
      appendFileSync(lab.path("a/1.dcm"), image.subarray(900)),
    );
    expect(report).toMatchObject({ exitStatus: 0, content: { instances: 1 } });
    expect(await lab.files()).toMatchObject([{ state: "stored", warnings: [] }]);
    await expectMended(lab);
  }));

test("a file that is cut while it is read stores nothing half-read, and is read again", () =>
  withLab(async (lab) => {
    lab.write("1.dcm", makeImage({ instance: 1 }));
    const path = lab.path("1.dcm");
    let size = statSync(path).size;
    const row = readRow(path, () => {
      size -= 100;
      truncateSync(path, size);
    });
    expect(row).toMatchObject({
      state: "changed",
      code: "changed-during-read",
      recheck: 1,
      sop_instance_uid: null,
    });
  }));

test("a file that another takes the place of after it was found is read as that one", () =>
  withLab(async (lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    lab.write("b", makeImage({ instance: 2, series: "series-2" }));
    const report = await runChanging(lab, () => renameSync(lab.path("b"), lab.path("a/1.dcm")));
    expect(report.exitStatus).toBe(3);
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": "stored",
      b: vanished,
    });
    await expectMended(lab);
    expect(rowsOf(await lab.files())).toEqual({ "a/1.dcm": "stored", b: "missing file-gone" });
  }));

const replacements: readonly (readonly [
  what: string,
  make: (path: string) => void,
  next: string,
])[] = [
  ["a link", (path) => symlinkSync("2.dcm", path), "skipped symlink"],
  ["a folder", (path) => mkdirSync(path), "missing file-gone"],
  ["a pipe", (path) => expect(spawnSync("mkfifo", [path]).status).toBe(0), "skipped special-file"],
];

test.each(replacements)("%s that takes the place of a file is not read as one", (_, make, next) =>
  withLab(async (lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    lab.write("a/2.dcm", makeImage({ instance: 2 }));
    const report = await runChanging(lab, () => {
      rmSync(lab.path("a/1.dcm"));
      make(lab.path("a/1.dcm"));
    });
    expect(report).toMatchObject({ exitStatus: 3, content: { instances: 1 } });
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": "changed changed-during-read",
      "a/2.dcm": "stored",
    });
    await expectMended(lab);
    expect(rowsOf(await lab.files())).toEqual({ "a/1.dcm": next, "a/2.dcm": "stored" });
  }),
);

test("a file that is gone when it is to be opened is told, and missing in the next job", () =>
  withLab(async (lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    lab.write("a/2.dcm", makeImage({ instance: 2 }));
    const report = await runChanging(lab, () => rmSync(lab.path("a/1.dcm")));
    expect(report).toMatchObject({ exitStatus: 3, counts: { found: 2, new: 2 } });
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": vanished,
      "a/2.dcm": "stored",
    });
    await expectMended(lab);
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": "missing file-gone",
      "a/2.dcm": "stored",
    });
  }));

test("a stored file that is gone when it is to be read again stays stored until the next job", () =>
  withLab(async (lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    lab.write("a/2.dcm", makeImage({ instance: 2 }));
    await lab.run();
    const again = { job: { resume: false } };
    const report = await runChanging(lab, () => rmSync(lab.path("a/1.dcm")), again);
    expect(report).toMatchObject({ exitStatus: 3, content: { instances: 2 } });
    expect(await lab.files()).toMatchObject([
      { path: "a/1.dcm", state: "stored", warnings: ["reread-failed"] },
      { path: "a/2.dcm", state: "stored", warnings: [] },
    ]);
    await expectMended(lab);
    expect(rowsOf(await lab.files())).toMatchObject({ "a/1.dcm": "missing file-gone" });
  }));

test("a folder that is renamed after it was listed loses no file beyond the next job", () =>
  withLab(async (lab) => {
    for (const instance of [1, 2]) lab.write(`a/${instance}.dcm`, makeImage({ instance }));
    const report = await runChanging(lab, () => renameSync(lab.path("a"), lab.path("b")));
    expect(report.exitStatus).toBe(3);
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": vanished,
      "a/2.dcm": vanished,
    });
    await expectMended(lab);
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": "missing file-gone",
      "a/2.dcm": "missing file-gone",
      "b/1.dcm": "stored",
      "b/2.dcm": "stored",
    });
  }));

/** So many that the walk is not through with them when the job takes its first chunk. */
const manyEntries = 12_000;

/** Two folders of the source in the order in which the system lists them. The walk enters the last one first. */
function plantFolders(lab: Extraction): [listedFirst: string, listedLast: string] {
  for (const name of ["a", "b"]) mkdirSync(lab.path(name));
  const directory = opendirSync(lab.source);
  const [first = "", last = ""] = [directory.readSync()?.name, directory.readSync()?.name];
  directory.closeSync();
  return [first, last];
}

test("a folder that is renamed before the walk comes to it could not be listed, and keeps what it had", () =>
  withLab(async (lab) => {
    const [known, large] = plantFolders(lab);
    lab.write(`${known}/1.dcm`, makeImage({ instance: 1 }));
    await lab.run();
    for (let index = 0; index < manyEntries; index++) {
      writeFileSync(lab.path(`${large}/${index}`), "");
    }
    const away = `${lab.folder}/elsewhere`;
    const report = await runChanging(lab, () => renameSync(lab.path(known), away));
    expect(report).toMatchObject({
      state: "completed-with-problems",
      exitStatus: 3,
      counts: { foldersUnlisted: 1, kept: 1, missing: 0, found: manyEntries },
    });
    expect((await lab.files()).filter(({ state }) => state === "stored")).toHaveLength(1);
    renameSync(away, lab.path(known));
    expect(await lab.run()).toMatchObject({ exitStatus: 0, counts: { missing: 0, kept: 0 } });
  }));

test("a folder that is renamed while it is walked is told with the system's word", () =>
  withLab((lab) => {
    lab.write("a/b/1.dcm", makeImage({ instance: 1 }));
    for (let index = 0; index < 2_500; index++) writeFileSync(lab.path(`${index}`), "");
    const chunks = walk(lab.source, { followLinks: false }, new Frontier().start, new WalkPulse());
    const first = chunks.next().value ?? [];
    renameSync(lab.path("a"), lab.path("c"));
    const parts = [...first, ...[...chunks].flat()];
    expect(parts.at(-1)).toMatchObject({
      path: "a",
      state: "unreadable",
      code: "folder-unreadable",
      detail: "ENOENT",
    });
  }));

test("times in the future and of 1970 are kept, and what is of the future is read by each job", () =>
  withLab(async (lab) => {
    lab.write("future.dcm", makeImage({ instance: 1 }), new Date("2100-01-01T00:00:00.5Z"));
    lab.write("first.dcm", makeImage({ instance: 2 }), new Date(0));
    lab.write("before.dcm", makeImage({ instance: 3 }), new Date("1969-12-31T23:59:59.5Z"));
    expect(await lab.run()).toMatchObject({ exitStatus: 0, content: { instances: 3 } });
    const dump = await lab.dump();
    expect(await lab.run()).toMatchObject({
      exitStatus: 0,
      counts: { unchanged: 2, readAgain: 1 },
    });
    expect(compareDumps(await lab.dump(), dump)).toEqual([]);
    const waiting = await lab.run({ name: "waiting", job: { minAgeMs: 60_000 } });
    expect(waiting.counts).toMatchObject({ new: 2, waiting: 1 });
  }));

test("content that changed with size and time kept is seen by its change time, and not without", () =>
  withLab(async (lab) => {
    lab.write("1.dcm", makeImage({ instance: 1, pixels: 1 }));
    await lab.run();
    const { mtime, size } = statSync(lab.path("1.dcm"));
    lab.write("1.dcm", makeImage({ instance: 2, pixels: 1 }));
    utimesSync(lab.path("1.dcm"), mtime, mtime);
    expect(statSync(lab.path("1.dcm"))).toMatchObject({ mtime, size });
    const trusting = await lab.run({ job: { trust: "size-mtime" } });
    expect(trusting).toMatchObject({ exitStatus: 0, counts: { unchanged: 1, changed: 0 } });
    expect(await lab.run()).toMatchObject({ exitStatus: 0, counts: { changed: 1 } });
    await expectMended(lab);
  }));

const wantsLongForms = process.env["NILS_LONG_TESTS"] !== undefined;

// A million files are minutes: `npm run test:kinds-long`.
test.skipIf(!wantsLongForms)(
  "a folder of a million entries is listed whole (long form, NILS_LONG_TESTS)",
  () =>
    withLab(async (lab) => {
      const entries = 1_000_000;
      mkdirSync(lab.path("many"));
      for (let index = 1; index < entries; index++) writeFileSync(lab.path(`many/${index}`), "");
      lab.write("many/image.dcm", makeImage({ instance: 1 }));
      const first = await lab.run({ job: { workers: 2 } });
      expect(first).toMatchObject({
        exitStatus: 0,
        counts: { found: entries, new: entries },
        account: { imbalances: [], ledgerRows: entries },
      });
      rmSync(lab.path("many/77"));
      expect(await lab.run()).toMatchObject({ exitStatus: 0, counts: { missing: 1 } });
    }),
  1_800_000,
);
