/** Jobs one after another over a source that stays, grows, shrinks or vanishes. */
import { renameSync, rmSync, utimesSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { element } from "#demo/element.ts";
import type { StopSign } from "#pipeline/stop-sign.ts";
import { unpackBase } from "#store/packed-headers.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage } from "./support/make-image.ts";
import { Extraction } from "./support/run-extraction.ts";

let lab: Extraction;

beforeEach(() => {
  lab = new Extraction();
});

afterEach(() => lab.remove());

function plantSeries(folder: string, count: number, series = "series-1"): void {
  for (let instance = 1; instance <= count; instance++) {
    lab.write(`${folder}/${instance}.dcm`, makeImage({ series, instance }));
  }
}

/** Files that are no DICOM: cheap, and rows of the ledger all the same. */
function plantNotes(folder: string, count: number): void {
  for (let index = 0; index < count; index++) lab.write(`${folder}/note-${index}`, "a note");
}

const statesOf = async (): Promise<Record<string, number>> => {
  const states: Record<string, number> = {};
  for (const { state } of await lab.files()) states[state] = (states[state] ?? 0) + 1;
  return states;
};

test("a first job reads all, a second one nothing, and the dump stays", async () => {
  plantSeries("a", 5);
  plantNotes("b", 2);
  const first = await lab.run();
  expect(first).toMatchObject({
    state: "completed",
    exitStatus: 0,
    counts: { found: 7, new: 7, read: 7, written: 7, folders: 3 },
    account: { imbalances: [], ledgerRows: 7, byState: { stored: 5, "not-dicom": 2 } },
    content: { subjects: 1, studies: 1, series: 1, instances: 5, stacks: 1 },
  });
  const dump = await lab.dump();
  const second = await lab.run();
  expect(second).toMatchObject({
    state: "completed",
    counts: { found: 7, unchanged: 7, new: 0, read: 0, written: 0 },
    account: { imbalances: [] },
  });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("without resume every file is read again, and the dump stays", async () => {
  plantSeries("a", 3);
  await lab.run();
  const dump = await lab.dump();
  const again = await lab.run({ job: { resume: false } });
  expect(again.counts).toMatchObject({ unchanged: 0, readAgain: 3, read: 3 });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("what an older reader made of a file is made anew where the newer one reads more, and only there", async () => {
  plantSeries("a", 3);
  plantNotes("b", 2);
  await lab.run();
  const dump = await lab.dump();
  const database = new DatabaseSync(lab.database);
  database.exec("UPDATE file SET reader_version = 1");
  database.close();
  expect((await lab.run()).counts).toMatchObject({ readAgain: 3, read: 3, unchanged: 2 });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
  expect((await lab.run()).counts).toMatchObject({ readAgain: 0, unchanged: 5 });
});

test("files that were just written are read again by the next job, since a later change might not show", async () => {
  const thisSecond = new Date(Math.floor(Date.now() / 1000) * 1000);
  lab.write("a/1.dcm", makeImage({ instance: 1 }), thisSecond);
  await lab.run();
  expect((await lab.run()).counts).toMatchObject({ readAgain: 1, unchanged: 0 });
});

test("a folder of more entries than one look brings loses none of them", async () => {
  plantNotes("many", 5000);
  plantSeries("a", 1);
  const first = await lab.run({ job: { batchSize: 50 } });
  expect(first).toMatchObject({ exitStatus: 0, counts: { found: 5001, new: 5001, kept: 0 } });
  expect(await statesOf()).toEqual({ stored: 1, "not-dicom": 5000 });
  for (const index of [7, 4500]) rmSync(lab.path(`many/note-${index}`));
  for (const index of [3, 4400]) lab.write(`many/new-${index}`, "new");
  const second = await lab.run({ job: { batchSize: 1 } });
  expect(second).toMatchObject({ exitStatus: 0, counts: { found: 5001, new: 2, missing: 2 } });
  for (const index of [7, 4500]) lab.write(`many/note-${index}`, "back");
  const third = await lab.run({ job: { batchSize: 1 } });
  expect(third).toMatchObject({ exitStatus: 0, counts: { new: 2, missing: 0 } });
  expect(await statesOf()).toEqual({ stored: 1, "not-dicom": 5002 });
});

test("files younger than asked for wait for the next job", async () => {
  plantSeries("a", 2);
  lab.write("a/young.dcm", makeImage({ instance: 9 }), new Date());
  const first = await lab.run({ job: { minAgeMs: 60_000 } });
  expect(first.counts).toMatchObject({ new: 2, waiting: 1 });
  expect(await lab.files()).toContainEqual(
    expect.objectContaining({ path: "a/young.dcm", state: "skipped", code: "too-young" }),
  );
  const second = await lab.run();
  expect(second.counts).toMatchObject({ unchanged: 2, readAgain: 1 });
  expect(await statesOf()).toEqual({ stored: 3 });
});

test("a stored file that became too young keeps what it has until it is read", async () => {
  plantSeries("a", 2);
  await lab.run();
  const dump = await lab.dump();
  lab.write("a/1.dcm", makeImage({ instance: 1, pixels: 3 }), new Date());
  const second = await lab.run({ job: { minAgeMs: 60_000 } });
  expect(second).toMatchObject({
    exitStatus: 3,
    counts: { waiting: 1 },
    ledger: { rereadFailed: 1 },
  });
  expect(await statesOf()).toEqual({ stored: 2 });
  expect((await lab.files())[0]?.warnings).toEqual(["reread-failed"]);
  const third = await lab.run();
  expect(third).toMatchObject({ exitStatus: 0, counts: { changed: 1 } });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("when all is read again, a wider filter lets in what it left out, a narrower one leaves out what it let in", async () => {
  plantSeries("a", 2);
  lab.write("a/plain", makeImage({ instance: 7 }));
  await lab.run({ cohort: { files: "dcm" } });
  expect(await statesOf()).toEqual({ stored: 2, skipped: 1 });
  await lab.run({ cohort: { files: "all" }, job: { resume: false } });
  expect(await statesOf()).toEqual({ stored: 3 });
  await lab.run({ cohort: { files: "no-ext" }, job: { resume: false } });
  expect(await statesOf()).toEqual({ stored: 1, skipped: 2 });
});

test("times alone that change have a file read again, ctime too unless size and mtime are trusted", async () => {
  plantSeries("a", 2);
  await lab.run();
  const past = new Date("2020-02-02T02:02:02.5Z");
  utimesSync(lab.path("a/1.dcm"), past, past);
  expect((await lab.run()).counts).toMatchObject({ changed: 1, unchanged: 1 });
  renameSync(lab.path("a/2.dcm"), lab.path("a/x"));
  renameSync(lab.path("a/x"), lab.path("a/2.dcm"));
  expect((await lab.run({ job: { trust: "size-mtime" } })).counts).toMatchObject({ unchanged: 2 });
  expect((await lab.run()).counts).toMatchObject({ changed: 1, unchanged: 1 });
});

test("two cohorts of one database know nothing of each other", async () => {
  plantSeries("a", 3);
  await lab.run({ name: "one" });
  const dump = await lab.dump("one");
  await lab.run({ name: "two" });
  expect(compareDumps(await lab.dump("two"), dump)).toEqual([]);
  rmSync(lab.path("a/1.dcm"));
  await lab.run({ name: "two" });
  expect(compareDumps(await lab.dump("one"), dump)).toEqual([]);
  const two = await lab.cohort({ name: "two" });
  await lab.store.removeCohort(two.cohortId);
  expect(await lab.store.check()).toEqual([]);
  expect(compareDumps(await lab.dump("one"), dump)).toEqual([]);
});

test("a cohort that was cleared is extracted anew", async () => {
  plantSeries("a", 3);
  await lab.run();
  const dump = await lab.dump();
  await lab.store.clearCohort((await lab.cohort()).cohortId);
  expect(await lab.files()).toEqual([]);
  await lab.run();
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("a source that is no folder any more changes nothing", async () => {
  plantSeries("a", 3);
  await lab.run();
  const dump = await lab.dump();
  renameSync(lab.source, `${lab.source}-away`);
  await expect(lab.run()).rejects.toMatchObject({ code: "source-missing", exitStatus: 1 });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("a source that is empty of a sudden marks nothing missing, and says how to insist", async () => {
  plantSeries("a", 3);
  await lab.run();
  const dump = await lab.dump();
  rmSync(lab.path("a"), { recursive: true });
  const held = await lab.run();
  expect(held).toMatchObject({
    state: "failed",
    exitStatus: 1,
    message: expect.stringContaining("--accept-shrink"),
    counts: { found: 0, kept: 3, missing: 0 },
    account: { imbalances: [] },
  });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
  const insisted = await lab.run({ job: { acceptShrink: true } });
  expect(insisted).toMatchObject({ counts: { missing: 3, kept: 0 }, account: { imbalances: [] } });
  expect(await statesOf()).toEqual({ missing: 3 });
});

test("losing more than a tenth and more than a hundred files holds back, and what is new is kept", async () => {
  plantNotes("stay", 900);
  plantNotes("go", 120);
  plantSeries("a", 2);
  await lab.run();
  rmSync(lab.path("go"), { recursive: true });
  lab.write("a/3.dcm", makeImage({ instance: 3 }));
  const held = await lab.run();
  expect(held).toMatchObject({
    state: "failed",
    exitStatus: 1,
    counts: { missing: 0, kept: 120, new: 1 },
    content: { instances: 3 },
    account: { imbalances: [] },
  });
  expect((await lab.run({ job: { acceptShrink: true } })).counts).toMatchObject({ missing: 120 });
});

test("losing a hundred files, or a tenth, is taken as it is", async () => {
  plantNotes("stay", 900);
  plantNotes("go", 100);
  plantSeries("a", 1);
  await lab.run();
  rmSync(lab.path("go"), { recursive: true });
  expect(await lab.run()).toMatchObject({ exitStatus: 0, counts: { missing: 100 } });
});

test("files that only moved are no loss", async () => {
  for (let series = 0; series < 11; series++) plantSeries(`here/${series}`, 10, `series-${series}`);
  await lab.run();
  const before = (await lab.dump()).filter((line) => line.startsWith("stack\t"));
  renameSync(lab.path("here"), lab.path("there"));
  expect(await lab.run()).toMatchObject({ exitStatus: 0, counts: { new: 110, missing: 110 } });
  expect((await lab.dump()).filter((line) => line.startsWith("stack\t"))).toEqual(before);
});

test("a source without DICOM ends failed and says so", async () => {
  plantNotes("a", 2);
  expect(await lab.run()).toMatchObject({
    state: "failed",
    exitStatus: 1,
    message: "No DICOM files found.",
  });
});

/** Changes the database behind the store's back. */
function meddle(sql: string): void {
  const db = new DatabaseSync(lab.database);
  db.exec(sql);
  db.close();
}

test.each([
  ["a counter", "UPDATE counter SET value = value + 1 WHERE name = 'file.stored'"],
  ["a state", "UPDATE file SET state = 'invalid' WHERE name = '1.dcm'"],
  ["a row", "DELETE FROM file WHERE name = 'note-0'"],
])("an account that does not add up fails the job: %s changed", async (_, sql) => {
  plantSeries("a", 2);
  plantNotes("b", 1);
  await lab.run();
  meddle(sql);
  expect(await lab.run()).toMatchObject({
    state: "failed",
    exitStatus: 1,
    message: expect.stringMatching(
      /^The account does not add up\. The ledger has \d+ rows of state/,
    ),
  });
  expect((await lab.cohort()).state).toBe("needs-attention");
});

test("what a job that was lost left dirty is finished by the next", async () => {
  plantSeries("a", 3);
  await lab.run();
  const dump = await lab.dump();
  meddle(`
    UPDATE series SET dirty = 1, instances = 0, settled_instances = NULL;
    DELETE FROM header; DELETE FROM stack_member; DELETE FROM series_stack;
    UPDATE study SET study_date = NULL, dirty = 1;
    UPDATE subject SET dirty = 1;
    UPDATE job SET state = 'running', ended_at = NULL, host = 'elsewhere', heartbeat_at = '2020-01-01T00:00:00.000Z'`);
  const next = await lab.run();
  expect(next).toMatchObject({ state: "completed", continues: 1, counts: { unchanged: 3 } });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
  expect((await lab.store.findJob(1))?.state).toBe("lost");
});

test("a cohort cleared by another process does not confuse a store that stays open", async () => {
  plantSeries("a", 3);
  await lab.run();
  const dump = await lab.dump();
  const { openSqliteStore } = await import("#store/sqlite/sqlite-store.ts");
  const other = openSqliteStore(lab.database, { readerVersion: 1 });
  await other.clearCohort((await lab.cohort()).cohortId);
  // Ids are given anew: another cohort takes those that the first one had.
  const { cohortId } = await lab.cohort();
  await other.close();
  expect(cohortId).toBe(1);
  expect(await lab.run()).toMatchObject({ exitStatus: 0, counts: { refused: 0 } });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("a job that is asked to stop ends cancelled, and the next one goes on from there", async () => {
  plantNotes("a", 300);
  plantSeries("b", 2);
  const stopped = await lab.run({
    job: { batchSize: 10 },
    hooks: { onBegin: (_, stop) => stop.raise("cancel") },
  });
  expect(stopped).toMatchObject({ state: "cancelled", exitStatus: 1, account: { imbalances: [] } });
  expect(stopped.counts.missing).toBe(0);
  expect(await lab.run()).toMatchObject({ state: "completed", account: { ledgerRows: 302 } });
});

test("headers are kept of representatives, of all or of none, as the cohort has it", async () => {
  plantSeries("a", 3);
  const headers = async (): Promise<number> =>
    (await lab.dump()).filter((line) => line.startsWith("header\t")).length;
  await lab.run({ cohort: { headers: "none" } });
  expect(await headers()).toBe(0);
  await lab.run({ cohort: { headers: "representative" } });
  expect(await headers()).toBe(1);
  await lab.run({ cohort: { headers: "all" } });
  expect(await headers()).toBe(3);
});

test("what a file no longer says is in no kept header, though others share its base", async () => {
  const write = (instance: number, text: string): void =>
    lab.write(
      `a/${instance}.dcm`,
      makeImage({ instance, with: [element(0x0020_4000, "LT", text)] }),
      new Date(2020, 1, text.length),
    );
  const bases = (): string[] => {
    const db = new DatabaseSync(lab.database, { readOnly: true });
    const rows = db.prepare("SELECT content FROM header_base").all();
    db.close();
    return rows.map((row) => unpackText(row["content"] as Uint8Array));
  };
  const unpackText = (packed: Uint8Array): string =>
    Buffer.from(unpackBase(packed)).toString("latin1");
  for (const instance of [1, 2, 3]) write(instance, `word of ${instance}`);
  await lab.run({ cohort: { headers: "all" } });
  const [first] = bases();
  const owner = Number(first?.match(/word of (\d)/)?.[1]);
  expect([1, 2, 3]).toContain(owner);
  write(owner, "nothing");
  await lab.run();
  expect(bases()).toHaveLength(1);
  expect(bases()[0]).not.toContain(`word of ${owner}`);
  const fresh = new Extraction();
  await fresh.run({ source: lab.source, cohort: { headers: "all" } });
  const headers = (lines: readonly string[]): string[] =>
    lines.filter((line) => line.startsWith("header\t"));
  expect(headers(await lab.dump())).toEqual(headers(await fresh.dump()));
  expect(headers(await lab.dump())).toHaveLength(3);
  await fresh.remove();
});

test("the figures of a subject folder follow what a job adds to it and takes from it", async () => {
  const figures = async (): Promise<unknown> => {
    const { cohortId } = await lab.cohort();
    const query = { view: "v_resume", cohortId, where: {}, after: null, limit: 10 } as const;
    const { columns, rows } = await lab.store.readView(query);
    return rows.map((row) =>
      ["path", "state", "subjects", "files", "series"].map((name) => row[columns.indexOf(name)]),
    );
  };
  plantSeries("sub/a", 2);
  await lab.run({ job: { batchSize: 1 } });
  expect(await figures()).toEqual([["sub", "extracted", 1, 2, 1]]);
  plantSeries("sub/b", 3, "series-2");
  for (const folder of ["1", "2", "3"]) plantNotes(folder, 5);
  await lab.run({ job: { batchSize: 1 } });
  expect(await figures()).toContainEqual(["sub", "extracted", 1, 5, 2]);
  rmSync(lab.path("sub/a"), { recursive: true });
  lab.write("other/1.dcm", makeImage({ subject: "subject-2", instance: 1 }));
  await lab.run();
  const now = await figures();
  expect(now).toContainEqual(["sub", "extracted", 1, 3, 1]);
  expect(now).toContainEqual(["other", "extracted", 1, 1, 1]);
  expect(now).toContainEqual(["1", "extracted", 0, 5, 0]);
});

test("a long job settles and stacks while it still reads, and ends with the same result", async () => {
  for (let folder = 1; folder <= 6; folder++) plantNotes(`many-${folder}`, 1_000); // several chunks
  for (const folder of ["a", "many-3", "z"]) plantSeries(folder, 3);
  await lab.run({ hooks: { settleEveryMs: 0 } });
  const meanwhile = await lab.dump();
  const events = await lab.store.jobEvents(1);
  expect(new Set(events.map((event) => event.code))).toEqual(new Set(["series-new"]));
  await lab.run({ name: "at its end" });
  expect(compareDumps(meanwhile, await lab.dump("at its end"))).toEqual([]);
});

test("a renamed subject folder is a move, also where folders are the subjects", async () => {
  for (let subject = 0; subject < 4; subject++) {
    for (let instance = 0; instance < 120; instance++) {
      const keys = { subject: `p${subject}`, series: `s${subject}`, instance };
      lab.write(`S${subject}/${instance}.dcm`, makeImage(keys));
    }
  }
  const options = { cohort: { subjectFrom: "folder", subjectFolders: "*" } } as const;
  await lab.run(options);
  renameSync(lab.path("S0"), lab.path("R0"));
  expect(await lab.run(options)).toMatchObject({ state: "completed", counts: { missing: 120 } });
});

test("copies that were always there do not make up for half an archive that goes", async () => {
  for (let instance = 0; instance < 150; instance++) {
    const image = makeImage({ instance });
    lab.write(`original/${instance}.dcm`, image);
    lab.write(`second/${instance}.dcm`, image);
  }
  await lab.run();
  rmSync(lab.path("original"), { recursive: true });
  const held = await lab.run();
  expect(held).toMatchObject({ state: "failed", exitStatus: 1, counts: { missing: 0 } });
  expect(held.message).toContain("150 files");
  expect(await lab.run({ job: { acceptShrink: true } })).toMatchObject({ state: "completed" });
});

test("what readers bring after a stop is left to the next job, and the account adds up", async () => {
  for (let series = 1; series <= 4; series++) plantSeries(`s${series}`, 40, `series-${series}`);
  const stopped = await lab.run({
    job: { batchSize: 5, workers: 2 },
    hooks: { onBegin: (_, stop) => void setTimeout(() => stop.raise("cancel"), 60) },
  });
  expect(stopped.account.imbalances).toEqual([]);
  const { unchanged, pending, found } = stopped.counts;
  expect(unchanged + stopped.counts.new + pending).toBe(found);
  await lab.run();
  await lab.run({ name: "fresh" });
  expect(compareDumps(await lab.dump(), await lab.dump("fresh"))).toEqual([]);
});

test("a job that is stopped while it marks what is missing adds up, and the next one marks the rest", async () => {
  plantSeries("a", 3);
  plantNotes("b", 3);
  await lab.run();
  rmSync(lab.path("b"), { recursive: true });
  rmSync(lab.path("a/3.dcm"));
  for (const call of ["unseenFolders", "missingReport", "markMissing"]) {
    let sign: StopSign | null = null;
    const stopped = await lab.run({
      hooks: {
        onBegin: (_, stop) => {
          sign = stop;
        },
      },
      beforeCall: (name) => {
        if (name === call) sign?.raise("cancel");
      },
    });
    expect(stopped).toMatchObject({ state: "cancelled", account: { imbalances: [] } });
  }
  expect(await lab.run()).toMatchObject({ state: "completed", account: { imbalances: [] } });
  expect(await statesOf()).toEqual({ stored: 2, missing: 4 });
  await lab.run({ name: "fresh" });
  expect(compareDumps(await lab.dump(), await lab.dump("fresh"))).toEqual([]);
});
