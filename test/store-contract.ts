/** What every store must keep, whatever the database behind it: one suite, run for each. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { settleSeries } from "#pipeline/settle/settle-series.ts";
import type { Cohort, CohortSettings } from "#store/cohort.ts";
import type { JobCounts, JobKey, JobOutcome } from "#store/job.ts";
import type { FileCount } from "#store/ledger.ts";
import type { ViewName } from "#store/listing.ts";
import { viewNames } from "#store/listing.ts";
import { unpackRows } from "#store/packed-rows.ts";
import {
  beforeAllContests,
  type Contest,
  type ContestFile,
  type ContestLimits,
  type ContestPage,
  type ContestPlace,
  type FileDigests,
  type SeriesContent,
  type SettledStack,
} from "#store/settlement.ts";
import type { Store } from "#store/store.ts";
import { buildUnit, listing, type TestFile } from "./support/build-unit.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { settleStore } from "./support/settle-store.ts";

/** A store that is new and empty, and what only its own kind of database can be asked for. */
export interface OpenStore {
  readonly store: Store;
  /** Has the database refuse every instance with this UID. */
  refuse(sopInstanceUid: string): void;
  /** Makes a job look like one of another host that has not been heard of for long. */
  silence(jobId: number): void;
  /** Closes and removes it. */
  remove(): Promise<void>;
}

const settings: CohortSettings = {
  subjectFrom: "patient-id",
  subjectFolders: null,
  subjectSeed: "seed",
  hasGivenCodes: false,
  files: "all",
  followLinks: false,
  ctSplitOnDose: "auto",
  headers: "representative",
};

const counts: JobCounts = {
  found: 1,
  unchanged: 0,
  new: 1,
  changed: 0,
  readAgain: 0,
  waiting: 0,
  pending: 0,
  folders: 1,
  foldersUnlisted: 0,
  kept: 0,
  missing: 0,
  read: 1,
  written: 1,
  refused: 0,
};

const completed: JobOutcome = { state: "completed", exitStatus: 0, message: null, counts };

const digests: FileDigests = {
  bytes: "b",
  content: "c",
  header: "h",
  transferSyntaxUid: "1.2.840.10008.1.2",
  isLossy: false,
};

export function describeStore(name: string, open: () => Promise<OpenStore>): void {
  describe(name, () => {
    let opened: OpenStore;
    let store: Store;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    afterEach(() => opened.remove());

    const makeCohort = (cohortName: string): Promise<Cohort> =>
      store.createCohort({ name: cohortName, sourcePath: `/data/${cohortName}`, settings });

    const begin = ({ cohortId }: Cohort): Promise<JobKey> =>
      store.beginJob({ cohortId, settings: { workers: 4 }, versions: { program: "1" } });

    async function start(cohortName = "one"): Promise<{ cohort: Cohort; job: JobKey }> {
      const cohort = await makeCohort(cohortName);
      return { cohort, job: await begin(cohort) };
    }

    async function dumpOf({ cohortId }: Pick<Cohort, "cohortId">): Promise<string[]> {
      const lines: string[] = [];
      for await (const line of store.dump(cohortId)) lines.push(line);
      return lines;
    }

    const write = async (job: JobKey, ...files: TestFile[]): Promise<number> => {
      const { refused } = await store.writeBatch(job, [], [buildUnit(files)]);
      await expectBalance(job);
      return refused;
    };

    /** Counters that are kept equal rows that are counted. */
    async function expectBalance({ cohortId }: Pick<Cohort, "cohortId">): Promise<void> {
      const byState = (sums: readonly FileCount[]): Record<string, number> =>
        Object.fromEntries(sums.map(({ state, files }) => [state, files]));
      const { files } = await store.recountFiles(cohortId);
      expect(byState(await store.countFiles(cohortId))).toEqual(byState(files));
    }

    /** `state code` of each file by its path. */
    async function ledger({ cohortId }: Pick<Cohort, "cohortId">): Promise<Record<string, string>> {
      const { columns, rows } = await view("v_files", cohortId);
      const at = (column: string): number => columns.indexOf(column);
      return Object.fromEntries(
        rows.map((row) => {
          const path = [row[at("folder")], row[at("name")]].filter((part) => part !== "").join("/");
          const code = row[at("code")];
          return [path, code === null ? `${row[at("state")]}` : `${row[at("state")]} ${code}`];
        }),
      );
    }

    const view = (viewName: ViewName, cohortId: number) =>
      store.readView({ view: viewName, cohortId, where: {}, after: null, limit: 1000 });

    const idOf = async (job: JobKey, folder: string, fileName: string): Promise<number> => {
      const [known] = await store.knownFolders(job.cohortId, [{ path: folder, names: [fileName] }]);
      return unpackRows(known?.files ?? buildUnit([]).files)[0]?.[0] as number;
    };

    describe("cohorts", () => {
      test("a cohort is found by its name as it was made", async () => {
        const made = await makeCohort("one");
        expect(made).toMatchObject({
          name: "one",
          sourcePath: "/data/one",
          settings,
          state: "new",
          stackingVersion: null,
        });
        expect(await store.findCohort("one")).toEqual(made);
        expect(await store.findCohort("One")).toBeNull();
        expect(await store.listCohorts()).toEqual([made]);
      });

      test("two cohorts of one name are refused, at birth and later", async () => {
        await makeCohort("one");
        const two = await makeCohort("two");
        const refusal = { code: "cohort-exists", exitStatus: 2 };
        await expect(makeCohort("one")).rejects.toMatchObject(refusal);
        await expect(store.changeCohort(two.cohortId, { name: "one" })).rejects.toMatchObject(
          refusal,
        );
      });

      test("a change touches what it names and nothing else", async () => {
        const { cohortId } = await makeCohort("one");
        const changed = await store.changeCohort(cohortId, { name: "uno" });
        expect(changed).toMatchObject({ name: "uno", sourcePath: "/data/one" });
        const again = await store.changeCohort(cohortId, {
          settings: { ...settings, files: "dcm" },
        });
        expect(again).toMatchObject({
          name: "uno",
          sourcePath: "/data/one",
          settings: { files: "dcm" },
        });
      });

      test("a change thought out for what the cohort no longer is comes to nothing", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "1", subject: "p" });
        await store.endJob(job, completed);
        const [subject] = await store.listIdentities(cohort.cohortId);
        const change = {
          name: "uno",
          codes: new Map([["p", "x"]]),
          recoded: [{ subjectId: subject?.subjectId as number, code: "x" }],
          recheck: "all" as const,
        };
        const before = await dumpOf(cohort);
        const late = store.changeCohort(cohort.cohortId, { ...change, epoch: cohort.epoch });
        await expect(late).rejects.toMatchObject({ code: "cohort-changed", exitStatus: 4 });
        expect(await dumpOf(cohort)).toEqual(before);
        expect(await store.subjectCodes(cohort.cohortId)).toEqual(new Map());
        const now = await store.findCohort("one");
        const epoch = now?.epoch as number;
        const changed = await store.changeCohort(cohort.cohortId, { ...change, epoch });
        expect(changed).toMatchObject({ name: "uno", epoch: epoch + 1 });
      });

      test("a change that is refused half-way leaves nothing of itself", async () => {
        await makeCohort("two");
        const { cohortId } = await makeCohort("one");
        const refused = store.changeCohort(cohortId, {
          codes: new Map([["p", null as unknown as string]]),
          settings: { ...settings, files: "dcm" },
        });
        await expect(refused).rejects.toThrow();
        expect(await store.findCohort("one")).toMatchObject({ settings });
        expect(await store.subjectCodes(cohortId)).toEqual(new Map());
      });

      test("a cohort is made with its list of codes or not at all", async () => {
        const made = { name: "one", sourcePath: "/data/one", settings };
        const codes = new Map([["p", null as unknown as string]]);
        await expect(store.createCohort({ ...made, codes })).rejects.toThrow();
        expect(await store.findCohort("one")).toBeNull();
        const { cohortId } = await store.createCohort({ ...made, codes: new Map([["p", "x"]]) });
        expect(await store.subjectCodes(cohortId)).toEqual(new Map([["p", "x"]]));
      });

      test("stacks that are to be formed again have the rules of no version", async () => {
        const { cohort, job } = await start();
        const { cohortId } = cohort;
        const versionOf = async () => (await store.findCohort("one"))?.stackingVersion;
        const event = { code: "stack-rules-changed", seriesId: null, count: 7, detail: "why" };
        await store.setStackingVersion(job, 3, [event]);
        await store.endJob(job, completed);
        expect(await store.jobEvents(job.jobId)).toMatchObject([event]);
        expect(await versionOf()).toBe(3);
        await store.changeCohort(cohortId, { restack: true });
        expect(await versionOf()).toBe(0);
        await expect(store.setStackingVersion(job, 3, [])).rejects.toMatchObject({
          code: "job-overtaken",
        });
        expect(await versionOf()).toBe(0);
      });

      test("a cohort that is not there any more cannot be changed", async () => {
        await expect(store.changeCohort(77, { name: "x" })).rejects.toMatchObject({
          code: "cohort-unknown",
        });
        await expect(store.removeCohort(77)).rejects.toMatchObject({ code: "cohort-unknown" });
      });

      test("removing or clearing one cohort leaves the other as it was", async () => {
        const dumps: string[][] = [];
        const cohorts: Cohort[] = [];
        for (const each of ["one", "two", "three"]) {
          const { cohort, job } = await start(each);
          await store.writeBatch(job, [listing(""), listing("a")], []);
          await write(job, { path: "a/1" }, { path: "a/2", uid: "2" }, { path: "b/2", uid: "2" });
          await settleStore(store, job);
          await store.endJob(job, completed);
          cohorts.push(cohort);
          dumps.push(await dumpOf(cohort));
        }
        const [one, two, three] = cohorts as [Cohort, Cohort, Cohort];
        expect(dumps[1]).toEqual(dumps[0]);
        await store.removeCohort(one.cohortId);
        await store.clearCohort(three.cohortId);
        expect(await store.findCohort("one")).toBeNull();
        expect(await store.findCohort("three")).toMatchObject({ state: "new" });
        expect(await ledger(three)).toEqual({});
        expect(compareDumps(await dumpOf(two), dumps[1] as string[])).toEqual([]);
        await expectBalance(two);
        await expectBalance(three);
        expect(await store.check()).toEqual([]);
      });

      test("codes given for patients are replaced as a whole", async () => {
        const { cohortId } = await makeCohort("one");
        const codes = new Map([
          ["p", "x"],
          ["q", "y"],
        ]);
        await store.changeCohort(cohortId, { codes });
        await store.changeCohort(cohortId, { codes: new Map([["p", "z"]]) });
        expect(await store.subjectCodes(cohortId)).toEqual(new Map([["p", "z"]]));
      });

      test("subjects are recoded by what they were found by", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "1", subject: "p" }, { path: "2", subject: "q" });
        await settleStore(store, job);
        const identities = await store.listIdentities(cohort.cohortId);
        expect(identities).toMatchObject([
          { kind: "patient-id", identity: "p" },
          { kind: "patient-id", identity: "q" },
        ]);
        await store.endJob(job, completed);
        const recoded = identities.map(({ subjectId, identity }) => ({
          subjectId,
          code: `new ${identity}`,
        }));
        await store.changeCohort(cohort.cohortId, { recoded });
        const { columns, rows } = await view("v_subjects", cohort.cohortId);
        const code = columns.indexOf("subject_code");
        expect(rows.map((row) => row[code])).toEqual(["new p", "new q"]);
      });
    });

    describe("jobs", () => {
      test("a job takes its cohort, reports, and gives it back", async () => {
        const { cohort, job } = await start();
        expect(await store.findCohort("one")).toMatchObject({ state: "extracting" });
        expect(await store.findJob(job.jobId)).toMatchObject({
          state: "running",
          settings: { workers: 4 },
          pid: process.pid,
          endedAt: null,
          continues: null,
        });
        expect(await store.reportJob(job, { phase: "parse", counts })).toBe("none");
        expect(await store.findJob(job.jobId)).toMatchObject({ phase: "parse", counts });
        await store.endJob(job, completed);
        expect(await store.findJob(job.jobId)).toMatchObject({
          state: "completed",
          exitStatus: 0,
          message: null,
        });
        expect(await store.findCohort("one")).toMatchObject({ state: "ready" });
        expect(await store.listJobs({ cohortId: cohort.cohortId, limit: 5 })).toHaveLength(1);
      });

      test("a job that failed leaves its cohort in need of attention", async () => {
        const { job } = await start();
        const failed = {
          ...completed,
          state: "failed",
          exitStatus: 1,
          message: "It failed.",
        } as const;
        await store.endJob(job, failed);
        expect(await store.findJob(job.jobId)).toMatchObject({ message: "It failed." });
        expect(await store.findCohort("one")).toMatchObject({ state: "needs-attention" });
      });

      test("a cohort has one job at a time, another cohort its own", async () => {
        const { cohort } = await start();
        await expect(begin(cohort)).rejects.toMatchObject({ code: "cohort-busy", exitStatus: 4 });
        await start("two");
      });

      test("a cohort that a job holds is neither changed, cleared nor removed", async () => {
        const { cohort, job } = await start();
        const busy = { code: "cohort-busy" };
        await expect(store.changeCohort(cohort.cohortId, { name: "x" })).rejects.toMatchObject(
          busy,
        );
        await expect(store.clearCohort(cohort.cohortId)).rejects.toMatchObject(busy);
        await expect(store.removeCohort(cohort.cohortId)).rejects.toMatchObject(busy);
        await store.endJob(job, completed);
        await store.removeCohort(cohort.cohortId);
      });

      test("a job made for settings that no longer hold does not begin", async () => {
        const { cohortId, epoch } = await makeCohort("one");
        await store.changeCohort(cohortId, { codes: new Map([["p", "x"]]) });
        const stale = { cohortId, cohortEpoch: epoch, settings: {}, versions: {} };
        await expect(store.beginJob(stale)).rejects.toMatchObject({ code: "cohort-changed" });
        expect(await store.listJobs({ cohortId, limit: 5 })).toEqual([]);
        await store.beginJob({ ...stale, cohortEpoch: epoch + 1 });
      });

      test("a job asked to stop hears of it, one that has ended cannot be asked", async () => {
        const { job } = await start();
        expect(await store.requestJob(job.jobId, "cancel")).toBe(true);
        expect(await store.findJob(job.jobId)).toMatchObject({ state: "cancelling" });
        expect(await store.reportJob(job, { phase: "write", counts })).toBe("cancel");
        await store.endJob(job, { ...completed, state: "cancelled", exitStatus: 1 });
        expect(await store.requestJob(job.jobId, "pause")).toBe(false);
      });

      test("a job that is not heard of is lost, and the next one continues it", async () => {
        const { cohort, job } = await start();
        opened.silence(job.jobId);
        const next = await begin(cohort);
        expect(await store.findJob(next.jobId)).toMatchObject({ continues: job.jobId });
        expect(await store.findJob(job.jobId)).toMatchObject({ state: "lost" });
        expect(next.epoch).toBeGreaterThan(job.epoch);
      });

      test("a job that has ended can write nothing more, nor end once more", async () => {
        const { cohort, job } = await start();
        await store.endJob(job, completed);
        const late = [
          () => store.writeBatch(job, [], [buildUnit([{ path: "1" }])]),
          () => store.settleCohort(job),
          () => store.endJob(job, { ...completed, state: "failed", exitStatus: 1 }),
        ];
        for (const attempt of late) {
          await expect(attempt()).rejects.toMatchObject({ code: "job-overtaken" });
        }
        expect(await ledger(cohort)).toEqual({});
        expect(await store.findJob(job.jobId)).toMatchObject({ state: "completed" });
      });

      test("a job that was overtaken can write nothing", async () => {
        const { cohort, job: old } = await start();
        await write(old, { path: "1" }, { path: "2" });
        const id = await idOf(old, "", "1");
        await settleStore(store, old);
        const [content] = await store.loadSeries([1]);
        opened.silence(old.jobId);
        const now = await begin(cohort);
        const dump = await dumpOf(cohort);
        const attempts: readonly (() => Promise<unknown>)[] = [
          () => store.reportJob(old, { phase: "write", counts }),
          () => store.writeBatch(old, [listing("")], [buildUnit([{ path: "3" }])]),
          () => store.noteMissing(old, [id]),
          () => store.noteGoneFolders(old, [1]),
          () => store.markMissing(old, 10),
          () => store.markGoneFolders(old, [1]),
          () => store.dropMissing(old),
          () =>
            store.writeVerdicts(old, [{ fileId: id, state: "conflict", code: "x", digests: null }]),
          () => store.writeSeries(old, [], []),
          () => store.writeSettleGroups(old, "study", []),
          () => store.settleCohort(old),
          () => store.markAllDirty(old),
          () => store.writeHeaders(old, []),
          () => store.endJob(old, completed),
        ];
        expect(content).toBeDefined();
        for (const attempt of attempts) {
          await expect(attempt()).rejects.toMatchObject({ code: "job-overtaken" });
        }
        expect(compareDumps(await dumpOf(cohort), dump)).toEqual([]);
        expect(await store.findJob(now.jobId)).toMatchObject({ state: "running" });
        await write(now, { path: "3" });
      });
    });

    describe("writing", () => {
      test("files become rows, and a folder is known by its files", async () => {
        const { cohort, job } = await start();
        await store.writeBatch(job, [listing(""), listing("a", { entries: 3 })], []);
        await write(
          job,
          { path: "a/1", warnings: "number-invalid" },
          { path: "a/text", state: "not-dicom", code: "no-dicom-signature", mtime: 7 },
          { path: "a/broken", state: "unreadable", code: "io-error", recheck: true },
        );
        expect(await ledger(cohort)).toEqual({
          "a/1": "stored",
          "a/text": "not-dicom no-dicom-signature",
          "a/broken": "unreadable io-error",
        });
        const [all, some, none] = await store.knownFolders(cohort.cohortId, [
          { path: "a", names: null },
          { path: "a", names: ["text", "absent"] },
          { path: "b", names: null },
        ]);
        expect(all?.files.rows).toBe(3);
        expect(unpackRows(some?.files ?? buildUnit([]).files).map((row) => row.slice(1))).toEqual([
          ["text", 1000, 7, 1_600_000_000_000_000, "not-dicom", 0, 5, null, null],
        ]);
        expect(none).toMatchObject({ folderId: null, files: { rows: 0 } });
      });

      test("a file that is read again takes its new values", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "1", uid: "1", values: { instance_number: 1 } });
        await settleStore(store, job);
        await write(job, { path: "1", uid: "1", isKnown: true, values: { instance_number: 2 } });
        expect(await store.countDirtySeries(job)).toBe(1);
        await settleStore(store, job);
        const { columns, rows } = await view("v_instances", cohort.cohortId);
        expect(rows.map((row) => row[columns.indexOf("instance_number")])).toEqual([2]);
      });

      test("of files with one instance the smallest path is stored, whichever came first", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "m", uid: "1", values: { instance_number: 1 } });
        await write(job, { path: "z", uid: "1", values: { instance_number: 2 } });
        expect(await ledger(cohort)).toEqual({ m: "stored", z: "duplicate not-compared" });
        await write(job, { path: "a", uid: "1", values: { instance_number: 3 } });
        expect(await ledger(cohort)).toEqual({
          a: "stored",
          m: "duplicate not-compared",
          z: "duplicate not-compared",
        });
        const { columns, rows } = await view("v_instances", cohort.cohortId);
        expect(rows.map((row) => row[columns.indexOf("instance_number")])).toEqual([3]);
      });

      test("paths are compared by their bytes over folder and name", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "a/b", uid: "1" }, { path: "a.b", uid: "1" });
        await write(job, { path: "\u{ffff}", uid: "2" }, { path: "\u{1f600}", uid: "2" });
        expect(await ledger(cohort)).toEqual({
          "a.b": "stored",
          "a/b": "duplicate not-compared",
          "\u{ffff}": "stored",
          "\u{1f600}": "duplicate not-compared",
        });
      });

      test("the same UID in another series, study or subject is another instance", async () => {
        const { cohort, job } = await start();
        await write(
          job,
          { path: "1", uid: "1" },
          { path: "2", uid: "1", series: "1.1.2" },
          { path: "3", uid: "1", study: "1.2" },
          { path: "4", uid: "1", subject: "other" },
        );
        await settleStore(store, job);
        expect(await store.countContent(cohort.cohortId)).toMatchObject({
          subjects: 2,
          studies: 3,
          series: 4,
          instances: 4,
        });
      });

      test("a file that became another instance leaves the old series dirty", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "1", uid: "1" }, { path: "2", uid: "2" });
        await settleStore(store, job);
        await write(job, { path: "2", uid: "2", series: "1.1.2", isKnown: true });
        expect(await store.countDirtySeries(job)).toBe(2);
        await settleStore(store, job);
        const { columns, rows } = await view("v_series", cohort.cohortId);
        expect(rows.map((row) => row[columns.indexOf("instances")])).toEqual([1, 1]);
      });

      test("a file that is no instance any more leaves its series dirty", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "1", uid: "1" });
        await settleStore(store, job);
        await write(job, { path: "1", isKnown: true, state: "not-dicom", code: "empty-file" });
        expect(await store.countDirtySeries(job)).toBe(1);
        await settleStore(store, job);
        expect(await store.countContent(cohort.cohortId)).toMatchObject({ series: 0, stacks: 0 });
      });

      test.each([
        "permission-denied",
        "io-error",
        "reader-timeout",
        "changed-during-read",
        "too-young",
      ])("a stored file that could not be read again keeps what it has: %s", async (code) => {
        const { cohort, job } = await start();
        await write(job, { path: "1", uid: "1", warnings: "number-invalid" });
        await write(job, { path: "1", isKnown: true, state: "unreadable", code, mtime: 5 });
        expect(await ledger(cohort)).toEqual({ "1": "stored" });
        expect((await store.recountFiles(cohort.cohortId)).rereadFailed).toBe(1);
        const { columns, rows } = await view("v_files", cohort.cohortId);
        expect(rows[0]?.[columns.indexOf("warnings")]).toBe("number-invalid reread-failed");
        const [known] = await store.knownFolders(cohort.cohortId, [{ path: "", names: null }]);
        const row = unpackRows(known?.files ?? buildUnit([]).files)[0];
        expect(row?.slice(3, 7)).toEqual([
          1_600_000_000_000_000,
          1_600_000_000_000_000,
          "stored",
          1,
        ]);
        await write(job, { path: "1", uid: "1", isKnown: true });
        expect((await store.recountFiles(cohort.cohortId)).rereadFailed).toBe(0);
      });

      test("a header that could not be read is a warning of its file until that is read again", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "1", uid: "1", warnings: "number-invalid" });
        await settleStore(store, job);
        const [task] = await store.headerTasks(job, "representative", 0, 10);
        await store.noteHeadersUnread(job, [task?.instanceId as number]);
        expect((await store.recountFiles(cohort.cohortId)).headersUnread).toBe(1);
        expect(await store.countDirtySeries(job)).toBe(1);
        const { columns, rows } = await view("v_files", cohort.cohortId);
        expect(rows[0]?.[columns.indexOf("warnings")]).toBe("header-not-read number-invalid");
        await write(job, { path: "1", uid: "1", isKnown: true });
        expect((await store.recountFiles(cohort.cohortId)).headersUnread).toBe(0);
      });

      test("a batch that fails leaves nothing, and what was right in it can be written after", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "0" });
        const dump = await dumpOf(cohort);
        const files: TestFile[] = [
          { path: "new/1", subject: "new", uid: "1", setting: { echo_time: 4 } },
          { path: "new/2", isBroken: true },
        ];
        await expect(store.writeBatch(job, [listing("new")], [buildUnit(files)])).rejects.toThrow(
          "a stored file without a series",
        );
        await expectBalance(cohort);
        expect(compareDumps(await dumpOf(cohort), dump)).toEqual([]);
        await write(job, files[0] as TestFile);
        expect(await ledger(cohort)).toEqual({ "0": "stored", "new/1": "stored" });
      });

      test("a file that is met twice in one job is one row, as it was met last", async () => {
        const { cohort, job } = await start();
        expect(await write(job, { path: "1", uid: "1" }, { path: "1", uid: "1" })).toBe(0);
        expect(await write(job, { path: "2", uid: "2" }, { path: "1", uid: "3" })).toBe(0);
        opened.refuse("bad");
        const more = [{ path: "4", uid: "bad" }, { path: "2", uid: "2" }, { path: "5" }];
        expect(await write(job, ...more)).toBe(1);
        expect(await ledger(cohort)).toEqual({
          1: "stored",
          2: "stored",
          4: "invalid database-refused",
          5: "stored",
        });
      });

      test("files that are refused one after another are counted, each of them", async () => {
        const { cohort, job } = await start();
        for (const uid of ["bad-1", "bad-2"]) opened.refuse(uid);
        expect(await write(job, { path: "1", uid: "bad-1" }, { path: "2", uid: "bad-2" })).toBe(2);
        expect(await store.countFiles(cohort.cohortId)).toMatchObject([
          { state: "invalid", files: 2 },
        ]);
      });

      test.each([1, 2, 7, 100])(
        "of %i rows those that the database refuses are named, the rest goes in",
        async (size) => {
          const { cohort, job } = await start();
          for (const uid of ["bad-1", "bad-2", "bad-3"]) opened.refuse(uid);
          for (const bad of [1, 3]) {
            const folder = `${bad} bad`;
            const files: TestFile[] = Array.from({ length: size }, (_, index) => ({
              path: `${folder}/${String(index).padStart(3, "0")}`,
              subject: folder,
              uid: `${index}`,
            }));
            const wanted = Math.min(bad, size);
            const places = [Math.floor(size / 2), size - 1, 0].slice(0, wanted);
            places.forEach((place, index) => {
              files[place] = { ...(files[place] as TestFile), uid: `bad-${index + 1}` };
            });
            const distinct = new Set(places).size;
            expect(await write(job, ...files)).toBe(distinct);
            const rows = await ledger(cohort);
            for (const [index, { path }] of files.entries()) {
              const expected = places.includes(index) ? "invalid database-refused" : "stored";
              expect(rows[path]).toBe(expected);
            }
          }
        },
      );

      test("a row refused when it is read again loses its instance, and its series is dirty", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "1", uid: "1" }, { path: "2", uid: "2" });
        await settleStore(store, job);
        opened.refuse("bad");
        expect(await write(job, { path: "1", uid: "bad", isKnown: true })).toBe(1);
        expect(await ledger(cohort)).toEqual({ "1": "invalid database-refused", "2": "stored" });
        expect(await store.countDirtySeries(job)).toBe(1);
      });

      test("files are had looked at again: all that are present, or those that are links", async () => {
        const { cohort, job } = await start();
        await write(
          job,
          { path: "1", uid: "1" },
          { path: "link", state: "skipped", code: "symlink" },
          { path: "gone", uid: "2" },
        );
        await store.noteMissing(job, [await idOf(job, "", "gone")]);
        await store.markMissing(job, 10);
        const marked = async (): Promise<unknown[]> => {
          const [known] = await store.knownFolders(cohort.cohortId, [{ path: "", names: null }]);
          return unpackRows(known?.files ?? buildUnit([]).files)
            .filter((row) => row[6] === 1)
            .map((row) => row[1])
            .sort();
        };
        await store.endJob(job, completed);
        await store.changeCohort(cohort.cohortId, { recheck: "links" });
        expect(await marked()).toEqual(["link"]);
        await store.changeCohort(cohort.cohortId, { recheck: "all" });
        expect(await marked()).toEqual(["1", "link"]);
      });

      test("frames of an object go with its values when it is read again", async () => {
        const { cohort, job } = await start();
        const frames = [
          { count: 2, setting: { echo_time: 1 } },
          { count: 3, setting: { echo_time: 2 } },
        ];
        await write(job, { path: "1", uid: "1", frames });
        await settleStore(store, job);
        expect(await store.countContent(cohort.cohortId)).toMatchObject({ frames: 5, stacks: 2 });
        await write(job, { path: "1", uid: "1", isKnown: true, frames: frames.slice(1) });
        await settleStore(store, job);
        expect(await store.countContent(cohort.cohortId)).toMatchObject({ frames: 3, stacks: 1 });
      });
    });

    describe("missing files", () => {
      async function startWithFiles(): Promise<{ cohort: Cohort; job: JobKey }> {
        const { cohort, job } = await start();
        await store.writeBatch(
          job,
          [listing(""), listing("a"), listing("a/deep"), listing("b")],
          [
            buildUnit([
              { path: "a/1", uid: "1" },
              { path: "a/2", uid: "2" },
              { path: "a/deep/3", uid: "3" },
              { path: "b/2", uid: "2" },
              { path: "b/text", state: "not-dicom", code: "empty-file" },
            ]),
          ],
        );
        await settleStore(store, job);
        await store.endJob(job, completed);
        return { cohort, job: await begin(cohort) };
      }

      test("files noted are reported, moved ones apart, and marked in steps", async () => {
        const { cohort, job } = await startWithFiles();
        const ids = [
          await idOf(job, "a", "1"),
          await idOf(job, "a", "2"),
          await idOf(job, "b", "text"),
        ];
        await store.noteMissing(job, ids);
        await store.noteMissing(job, ids.slice(0, 1));
        expect(await store.missingReport(job)).toEqual({ noted: 3, moved: 1, present: 5 });
        expect(await store.markMissing(job, 2)).toBe(2);
        await expectBalance(cohort);
        expect(await store.markMissing(job, 2)).toBe(1);
        expect(await store.markMissing(job, 2)).toBe(0);
        await expectBalance(cohort);
        expect(await ledger(cohort)).toEqual({
          "a/1": "missing file-gone",
          "a/2": "missing file-gone",
          "a/deep/3": "stored",
          "b/2": "duplicate not-compared",
          "b/text": "missing file-gone",
        });
        expect(await store.countDirtySeries(job)).toBe(1);
      });

      test("what was noted and dropped is marked no more", async () => {
        const { cohort, job } = await startWithFiles();
        const dump = await dumpOf(cohort);
        await store.noteMissing(job, [await idOf(job, "a", "1")]);
        await store.dropMissing(job);
        expect(await store.markMissing(job, 10)).toBe(0);
        expect(compareDumps(await dumpOf(cohort), dump)).toEqual([]);
      });

      test("folders that a job did not see say how the one above was seen", async () => {
        const { job } = await startWithFiles();
        await store.writeBatch(job, [listing("", { state: "listed" })], []);
        const unseen = await store.unseenFolders(job);
        expect(unseen.map(({ parentState }) => parentState)).toEqual(["listed", null, "listed"]);
        await store.writeBatch(job, [listing("a", { state: "unreadable" })], []);
        const then = await store.unseenFolders(job);
        expect(then.map(({ parentState }) => parentState).sort()).toEqual(["listed", "unreadable"]);
      });

      test("a folder that is gone takes its files with it, and comes back when it is met again", async () => {
        const { cohort, job } = await startWithFiles();
        const dump = await dumpOf(cohort);
        await store.writeBatch(job, [listing(""), listing("b")], []);
        const gone = (await store.unseenFolders(job)).map(({ folderId }) => folderId);
        await store.noteGoneFolders(job, gone);
        expect(await store.missingReport(job)).toMatchObject({ noted: 3 });
        await store.markMissing(job, 100);
        await store.markGoneFolders(job, gone);
        expect(await store.unseenFolders(job)).toEqual([]);
        expect((await store.recountFiles(cohort.cohortId)).folders).toBe(2);
        await settleStore(store, job);
        await store.writeBatch(
          job,
          [listing("a"), listing("a/deep")],
          [
            buildUnit([
              { path: "a/1", uid: "1", isKnown: true },
              { path: "a/2", uid: "2", isKnown: true },
              { path: "a/deep/3", uid: "3", isKnown: true },
            ]),
          ],
        );
        await expectBalance(cohort);
        await settleStore(store, job);
        expect(compareDumps(await dumpOf(cohort), dump)).toEqual([]);
      });

      test("a subject's folder that is empty is there, one that went is gone", async () => {
        const { cohort, job } = await startWithFiles();
        const states = async (): Promise<Record<string, unknown>> => {
          const { columns, rows } = await view("v_resume", cohort.cohortId);
          const at = (name: string): number => columns.indexOf(name);
          return Object.fromEntries(rows.map((row) => [row[at("path")], row[at("state")]]));
        };
        expect(await states()).toEqual({ a: "extracted", b: "extracted" });
        await store.writeBatch(job, [listing(""), listing("b")], []);
        await store.noteMissing(job, [await idOf(job, "b", "2"), await idOf(job, "b", "text")]);
        const gone = (await store.unseenFolders(job)).map(({ folderId }) => folderId);
        await store.noteGoneFolders(job, gone);
        await store.markMissing(job, 100);
        await store.markGoneFolders(job, gone);
        await settleStore(store, job);
        expect(await states()).toEqual({ a: "gone", b: "extracted" });
      });

      test("what a lost job noted is forgotten by the next one", async () => {
        const { cohort, job } = await startWithFiles();
        await store.noteMissing(job, [await idOf(job, "a", "1")]);
        expect(await store.missingReport(job)).toMatchObject({ noted: 1 });
        opened.silence(job.jobId);
        await begin(cohort);
        expect(await store.missingReport(job)).toMatchObject({ noted: 0 });
      });

      test("present files are paged by id", async () => {
        const { cohort, job } = await startWithFiles();
        const [known] = await store.knownFolders(cohort.cohortId, [{ path: "a", names: [] }]);
        const folderId = known?.folderId as number;
        const first = await store.presentFileIds(folderId, 0, 1);
        const second = await store.presentFileIds(folderId, first[0] as number, 1);
        expect([first.length, second.length]).toEqual([1, 1]);
        expect(await store.presentFileIds(folderId, second[0] as number, 1)).toEqual([]);
        await store.noteMissing(job, first);
        await store.markMissing(job, 10);
        expect(await store.presentFileIds(folderId, 0, 10)).toEqual(second);
      });
    });

    describe("contests", () => {
      const contests = async (
        job: JobKey,
        limits: Partial<ContestLimits> = {},
      ): Promise<Contest[]> => {
        const found: Contest[] = [];
        let place: ContestPlace | null = beforeAllContests;
        while (place !== null) {
          const page: ContestPage = await store.contests(job, place, {
            series: 10,
            files: 100,
            bytes: 1e9,
            ...limits,
          });
          found.push(...page.contests);
          place = page.next;
        }
        return found;
      };

      test.each<[string, Partial<ContestLimits>]>([
        ["series", { series: 1 }],
        ["files", { files: 1 }],
        ["bytes", { bytes: 1 }],
      ])("pages limited by %s bring the same contests", async (_, limits) => {
        const { job } = await start();
        for (const folder of ["a", "b"]) {
          await write(
            job,
            { path: `${folder}/1`, uid: "1" },
            { path: `${folder}/2`, uid: "2" },
            { path: `${folder}/3`, uid: "1", series: "1.1.2" },
            { path: `${folder}/4`, uid: "3", series: "1.1.3" },
          );
        }
        const whole = await contests(job);
        expect(whole).toHaveLength(4);
        expect(await contests(job, limits)).toEqual(whole);
      });

      const states = (files: readonly ContestFile[] | undefined): string[] =>
        (files ?? []).map(({ path, state, code }) => `${path} ${state} ${code}`);

      test("a contest lists the present files of an instance by path", async () => {
        const { job } = await start();
        await write(
          job,
          { path: "b", uid: "1" },
          { path: "a/x", uid: "1" },
          { path: "c", uid: "3" },
        );
        const [contest, ...others] = await contests(job);
        expect(others).toEqual([]);
        expect(states(contest?.files)).toEqual(["a/x stored null", "b duplicate not-compared"]);
      });

      test("verdicts change states, counters and digests", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "a", uid: "1" }, { path: "b", uid: "1" }, { path: "c", uid: "1" });
        const [contest] = await contests(job);
        const [a, b, c] = (contest?.files ?? []) as [ContestFile, ContestFile, ContestFile];
        await store.writeVerdicts(job, [
          { fileId: a.fileId, state: "stored", code: null, digests },
          { fileId: b.fileId, state: "duplicate", code: "duplicate-bytes", digests },
          {
            fileId: c.fileId,
            state: "conflict",
            code: "sop-uid-conflict",
            digests: null,
            recheck: true,
          },
        ]);
        await expectBalance(cohort);
        expect(await ledger(cohort)).toEqual({
          a: "stored",
          b: "duplicate duplicate-bytes",
          c: "conflict sop-uid-conflict",
        });
        const [after] = await contests(job);
        expect(after?.files.map((file) => file.digests)).toEqual([digests, digests, null]);
        const [known] = await store.knownFolders(job.cohortId, [{ path: "", names: null }]);
        const recheck = unpackRows(known?.files ?? buildUnit([]).files).map((row) => row[6]);
        expect(recheck).toEqual([0, 0, 1]);
      });

      test("a file read again has its digests forgotten and its verdict open", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "a", uid: "1" }, { path: "b", uid: "1" });
        const [contest] = await contests(job);
        await store.writeVerdicts(
          job,
          (contest?.files ?? []).map(({ fileId, state }) => ({
            fileId,
            state,
            code: state === "stored" ? null : "duplicate-bytes",
            digests,
          })),
        );
        await write(job, { path: "b", uid: "1", isKnown: true });
        const [after] = await contests(job);
        expect(after?.files.map((file) => file.digests)).toEqual([digests, null]);
        expect(await ledger(cohort)).toMatchObject({ b: "duplicate not-compared" });
      });

      test("when the stored file went, the others contest its place", async () => {
        const { job } = await start();
        await write(job, { path: "a", uid: "1" }, { path: "b", uid: "1" });
        await settleStore(store, job);
        expect(await contests(job)).toEqual([]);
        await store.noteMissing(job, [await idOf(job, "", "a")]);
        await store.markMissing(job, 10);
        const [contest] = await contests(job);
        expect(states(contest?.files)).toEqual(["b duplicate not-compared"]);
        await write(job, { path: "b", uid: "1", isKnown: true });
        expect(await contests(job)).toEqual([]);
      });
    });

    describe("settling", () => {
      test("a stack whose key stays keeps its row, others come and go", async () => {
        const { cohort, job } = await start();
        const idsByType = async (): Promise<Map<unknown, unknown>> => {
          const { columns, rows } = await view("v_stacks", cohort.cohortId);
          return new Map(rows.map((row) => [row[columns.indexOf("stack_type")], row[0]]));
        };
        const ofType = (type: string) => ({
          setting: { image_type: `ORIGINAL\\PRIMARY\\${type}` },
        });
        await write(
          job,
          { path: "1", uid: "1", ...ofType("M") },
          { path: "2", uid: "2", ...ofType("P") },
        );
        await settleStore(store, job);
        const before = await idsByType();
        expect([...before.keys()].sort()).toEqual(["M", "P"]);
        await write(job, { path: "3", uid: "3", ...ofType("R") });
        await write(job, { path: "1", uid: "1", isKnown: true, ...ofType("R") });
        await settleStore(store, job);
        const after = await idsByType();
        expect([...after.keys()].sort()).toEqual(["P", "R"]);
        expect(after.get("P")).toBe(before.get("P"));
      });

      test("a settled series is clean, its study and subject are settled once", async () => {
        const { job } = await start();
        await write(job, { path: "1" }, { path: "2", series: "1.1.2" });
        expect(await store.countDirtySeries(job)).toBe(2);
        await settleStore(store, job);
        expect(await store.countDirtySeries(job)).toBe(0);
        expect(await store.loadSettleGroups(job, "study", 10)).toEqual([]);
        expect(await store.loadSettleGroups(job, "subject", 10)).toEqual([]);
        expect(await store.markAllDirty(job)).toBe(2);
        expect(await store.countDirtySeries(job)).toBe(2);
      });

      test("problems of a series open with its warnings and close without them", async () => {
        const { cohort, job } = await start();
        const problems = async (): Promise<unknown[]> => {
          const { columns, rows } = await view("v_problems", cohort.cohortId);
          return rows.map((row) =>
            ["code", "about", "count", "example", "state"].map(
              (each) => row[columns.indexOf(each)],
            ),
          );
        };
        await write(
          job,
          { path: "b/1", uid: "1", warnings: "date-invalid number-invalid" },
          { path: "a/2", uid: "2", warnings: "number-invalid" },
        );
        await settleStore(store, job);
        expect(await problems()).toEqual([
          ["date-invalid", "series", 1, "b/1", "open"],
          ["number-invalid", "series", 2, "a/2", "open"],
        ]);
        await write(job, { path: "b/1", uid: "1", isKnown: true, warnings: "number-invalid" });
        await settleStore(store, job);
        expect(await problems()).toEqual([
          ["date-invalid", "series", 1, "b/1", "closed"],
          ["number-invalid", "series", 2, "a/2", "open"],
        ]);
      });

      test("refused files and locked folders are problems of the cohort, by smallest path", async () => {
        const { cohort, job } = await start();
        await store.writeBatch(
          job,
          [listing("z", { state: "unreadable", code: "folder-unreadable" })],
          [],
        );
        await write(
          job,
          { path: "b", state: "unreadable", code: "io-error", recheck: true },
          { path: "a", state: "unreadable", code: "io-error", recheck: true },
          { path: "c", state: "invalid", code: "sop-class-uid-missing" },
          { path: "d", state: "not-dicom", code: "empty-file" },
        );
        await settleStore(store, job);
        const open = async (): Promise<string[]> =>
          (await dumpOf(cohort)).filter((line) => line.startsWith("problem\t"));
        const lines = (await open()).map((line) => JSON.parse(line.slice(8)) as object);
        expect(lines).toMatchObject([
          { code: "folder-unreadable", about: "cohort", count: 1, example: "z" },
          { code: "io-error", about: "cohort", count: 2, example: "a" },
          { code: "sop-class-uid-missing", about: "cohort", count: 1, example: "c" },
        ]);
        await store.writeBatch(job, [listing("z")], []);
        await write(
          job,
          { path: "a", isKnown: true, uid: "1" },
          { path: "b", isKnown: true, uid: "2" },
        );
        await settleStore(store, job);
        expect(await open()).toHaveLength(1);
      });

      test("one UID in two places is a problem while it lasts", async () => {
        const { cohort, job } = await start();
        const codes = async (): Promise<string[]> =>
          (await dumpOf(cohort))
            .filter((line) => line.startsWith("problem\t"))
            .map((line) => (JSON.parse(line.slice(8)) as { code: string }).code);
        await write(
          job,
          { path: "1", uid: "1" },
          { path: "2", uid: "1", series: "1.1.2" },
          { path: "3", uid: "3", study: "1.2", series: "1.1.1" },
          { path: "4", uid: "4", subject: "other", series: "1.1.9" },
          { path: "5", uid: "5", seriesValues: { patient_id_issuer: "A" } },
          { path: "6", uid: "6", seriesValues: { patient_id_issuer: "B" } },
        );
        await settleStore(store, job);
        expect(await codes()).toEqual([
          "patient-id-issuers",
          "series-in-two-studies",
          "sop-uid-in-two-series",
          "study-in-two-subjects",
        ]);
        await store.noteMissing(
          job,
          await Promise.all(["2", "3", "4", "6"].map((each) => idOf(job, "", each))),
        );
        await store.markMissing(job, 10);
        await settleStore(store, job);
        expect(await codes()).toEqual([]);
      });

      test("UIDs shared by series are found among what is new and what was there, in each cohort by itself", async () => {
        const isClash = async (cohort: Cohort): Promise<boolean> =>
          (await dumpOf(cohort)).some((line) => line.includes("sop-uid-in-two-series"));
        const { cohort: one, job } = await start("one");
        const { cohort: two, job: its } = await start("two");
        await write(job, { path: "1", uid: "1" });
        await settleStore(store, job);
        await write(its, { path: "1", uid: "1", series: "1.1.2" });
        await settleStore(store, its);
        expect([await isClash(one), await isClash(two)]).toEqual([false, false]);
        await write(job, { path: "2", uid: "1", series: "1.1.2" });
        await settleStore(store, job);
        expect([await isClash(one), await isClash(two)]).toEqual([true, false]);
        await store.endJob(its, completed);
        await store.endJob(job, completed);
        await store.clearCohort(one.cohortId);
        const again = await begin(one);
        await write(again, { path: "1", uid: "9" }, { path: "2", uid: "9", series: "1.1.2" });
        await settleStore(store, again);
        expect([await isClash(one), await isClash(two)]).toEqual([true, false]);
      });
    });

    describe("rows of stacks", () => {
      /** A stack of instances by their UIDs: all frames of them, or those named. */
      interface TestStack {
        readonly key: string;
        readonly members: readonly (string | readonly [uid: string, frames: string])[];
      }

      const stack = (key: string, ...members: TestStack["members"]): TestStack => ({
        key,
        members,
      });

      /** A series of the instances 1 to 6, and of `e`, an object of 10 frames, whose stacks a test says itself. */
      async function startSeries() {
        const { cohort, job } = await start();
        const uids = ["1", "2", "3", "4", "5", "6"];
        await write(job, ...uids.map((uid) => ({ path: uid, uid })), {
          path: "e",
          uid: "e",
          frames: [{ count: 10, setting: {} }],
        });
        const [content] = (await store.loadDirtySeries(job, 0, 1)) as [SeriesContent];
        const idOfUid = new Map(
          unpackRows(content.instances).map(([id, uid]) => [uid as string, id as number]),
        );
        const result = settleSeries(content, { ctSplitOnDose: "auto" });
        await store.endJob(job, completed);
        const settled = ({ key, members }: TestStack, stackIndex: number): SettledStack => {
          const placed = members.map((member) => {
            const [uid, frames] = typeof member === "string" ? [member, null] : member;
            return { instanceId: idOfUid.get(uid) as number, frames };
          });
          return {
            stackKey: key,
            stackIndex,
            values: { stack_index: stackIndex },
            representativeInstanceId: placed[0]?.instanceId as number,
            representativeFrame: 1,
            members: placed,
          };
        };
        return {
          /**
           * Has a job give the series these stacks, by index. Its history comes back as
           * `old key > key of the stack that holds most > key of the row`.
           */
          async put(...stacks: TestStack[]): Promise<string[]> {
            const next = await begin(cohort);
            await store.writeSeries(next, [{ ...result, stacks: stacks.map(settled) }], []);
            await store.endJob(next, completed);
            const history = await store.stackHistory(next.jobId);
            for (const each of history) expect(each.seriesInstanceUid).toBe("1.1.1");
            return history.map((each) => `${each.oldKey} > ${each.newKey} > ${each.rowKey}`);
          },
          /** Ids of rows by key. */
          async ids(): Promise<Record<string, number>> {
            const { columns, rows } = await view("v_stacks", cohort.cohortId);
            const at = columns.indexOf("stack_key");
            return Object.fromEntries(rows.map((row) => [row[at], row[0] as number]));
          },
          /** `key uid frames` of each member. */
          async members(): Promise<string[]> {
            return (await dumpOf(cohort))
              .filter((line) => line.startsWith("member\t"))
              .map((line) => JSON.parse(line.slice(7)) as Record<string, string>)
              .map((each) =>
                [each["stack_key"], each["sop_instance_uid"], each["frames"] ?? "all"].join(" "),
              );
          },
        };
      }

      test("a stack whose key stays keeps its row, whatever its members became", async () => {
        const { put, ids, members } = await startSeries();
        await put(stack("a", "1", "2", "3"), stack("b", "4"));
        const before = await ids();
        expect(await put(stack("c", "1", "2"), stack("b", "3"), stack("a", "4"))).toEqual([]);
        const after = await ids();
        expect(after).toMatchObject(before);
        expect(Object.values(before)).not.toContain(after["c"]);
        expect(await members()).toEqual(["a 4 all", "b 3 all", "c 1 all", "c 2 all"]);
      });

      test("stacks that exchange their keys stay in the rows of their keys", async () => {
        const { put, ids, members } = await startSeries();
        await put(stack("a", "1", "2"), stack("b", "3"));
        const before = await ids();
        expect(await put(stack("b", "1", "2"), stack("a", "3"))).toEqual([]);
        expect(await ids()).toEqual(before);
        expect(await members()).toEqual(["a 3 all", "b 1 all", "b 2 all"]);
      });

      test("the row of a key that went passes to the new stack that shares most with it", async () => {
        const { put, ids, members } = await startSeries();
        await put(stack("a", "1", "2", "3"));
        const before = await ids();
        expect(await put(stack("b", "1", "4"), stack("c", "2", "3"))).toEqual(["a > c > c"]);
        const after = await ids();
        expect(Object.keys(after).sort()).toEqual(["b", "c"]);
        expect(after["c"]).toBe(before["a"]);
        expect(await members()).toEqual(["b 1 all", "b 4 all", "c 2 all", "c 3 all"]);
      });

      test("of new stacks that share as much the one with the smaller index takes the row", async () => {
        const { put, ids } = await startSeries();
        await put(stack("a", "1", "2"));
        const before = await ids();
        expect(await put(stack("z", "1"), stack("b", "2"))).toEqual(["a > z > z"]);
        expect((await ids())["z"]).toBe(before["a"]);
      });

      test("several rows pass on at once, each to one stack", async () => {
        const { put, ids } = await startSeries();
        await put(stack("a", "1", "2"), stack("b", "3", "4"), stack("c", "5"));
        const before = await ids();
        const now = [stack("d", "3", "4", "5"), stack("e", "1", "2"), stack("f", "6")];
        expect(await put(...now)).toEqual(["a > e > e", "b > d > d", "c > d > null"]);
        const after = await ids();
        expect(after).toMatchObject({ d: before["b"], e: before["a"] });
        expect(Object.values(before)).not.toContain(after["f"]);
      });

      test("a stack that was divided and is put together again is in the row that it began in", async () => {
        const { put, ids } = await startSeries();
        await put(stack("x", "1", "2"));
        const before = await ids();
        await put(stack("x 40", "1"), stack("x 100", "2"));
        expect(await put(stack("x", "1", "2"))).toEqual(["x 100 > x > null", "x 40 > x > x"]);
        expect(await ids()).toEqual(before);
      });

      test("a stack with a row of its own may hold most, and another takes the row", async () => {
        const { put, ids } = await startSeries();
        await put(stack("a", "1", "2", "3"), stack("b", "4"));
        const before = await ids();
        const now = [stack("b", "1", "2", "4"), stack("c", "3")];
        expect(await put(...now)).toEqual(["a > b > c"]);
        expect(await ids()).toEqual({ b: before["b"], c: before["a"] });
      });

      test("a row that no stack takes goes, and its id is never another stack's", async () => {
        const { put, ids } = await startSeries();
        await put(stack("a", "1", "2"), stack("b", "3"));
        const before = await ids();
        expect(await put(stack("a", "1", "2", "3"))).toEqual(["b > a > null"]);
        expect(await ids()).toEqual({ a: before["a"] });
        expect(await put(stack("a", "1", "2"), stack("b", "3"))).toEqual([]);
        const after = await ids();
        expect(after["a"]).toBe(before["a"]);
        expect(after["b"]).not.toBe(before["b"]);
      });

      test("where nothing of a stack is left its row goes, and the history names no other", async () => {
        const { put, ids } = await startSeries();
        await put(stack("a", "1"), stack("b", "2"));
        expect(await put(stack("b", "2"), stack("c", "3"))).toEqual(["a > null > null"]);
        expect(await put()).toEqual(["b > null > null", "c > null > null"]);
        expect(await ids()).toEqual({});
      });

      test("stacks of one object of many frames are followed by their frames", async () => {
        const { put, ids, members } = await startSeries();
        await put(stack("magnitude", ["e", "1-5"]), stack("phase", ["e", "6-10"]));
        const before = await ids();
        const now = [stack("P", ["e", "6,8-10"]), stack("M", ["e", "1-5,7"])];
        expect(await put(...now)).toEqual(["magnitude > M > M", "phase > P > P"]);
        expect(await ids()).toEqual({ M: before["magnitude"], P: before["phase"] });
        expect(await members()).toEqual(["M e 1-5,7", "P e 6,8-10"]);
      });

      test("an object that is in one stack counts with all its frames", async () => {
        const { put, ids } = await startSeries();
        await put(stack("a", "e", "1", "2", "3"));
        const before = await ids();
        expect(await put(stack("b", "1", "2", "3"), stack("c", "e"))).toEqual(["a > c > c"]);
        expect((await ids())["c"]).toBe(before["a"]);
        const now = [stack("d", "1", "2", "3", ["e", "10"]), stack("f", ["e", "1-9"])];
        expect(await put(...now)).toEqual(["b > d > d", "c > f > f"]);
        expect((await ids())["f"]).toBe(before["a"]);
      });
    });

    describe("headers", () => {
      test("representatives that lack a header are due, and keep it until they represent nothing", async () => {
        const { cohort, job } = await start();
        await write(job, { path: "a/1", uid: "1" }, { path: "a/2", uid: "2" });
        await settleStore(store, job);
        const due = await store.headerTasks(job, "representative", 0, 10);
        expect(due).toHaveLength(1);
        expect(await store.headerTasks(job, "all", 0, 10)).toHaveLength(2);
        const { instanceId, path } = due[0] as (typeof due)[0];
        const content = Uint8Array.of(1, 2, 3);
        await store.writeHeaders(job, [{ instanceId, encoding: "outline-1", content }]);
        expect(await store.headerTasks(job, "representative", 0, 10)).toEqual([]);
        const uid = path.slice(-1);
        const [found, ...others] = await store.findHeaders(uid);
        expect(others).toEqual([]);
        expect({ ...found, content: [...(found?.content ?? [])] }).toEqual({
          cohort: "one",
          encoding: "outline-1",
          content: [1, 2, 3],
        });
        await write(job, {
          path: `a/${uid}`,
          isKnown: true,
          state: "not-dicom",
          code: "empty-file",
        });
        await settleStore(store, job);
        expect((await dumpOf(cohort)).filter((line) => line.startsWith("header\t"))).toEqual([]);
        expect(await store.headerTasks(job, "representative", 0, 10)).toHaveLength(1);
      });

      test("headers come back as they were given, and the dump does not tell in which order they came", async () => {
        const sourcePath = "/data/all";
        const all = { ...settings, headers: "all" as const };
        const cohort = await store.createCohort({ name: "all", sourcePath, settings: all });
        const job = await begin(cohort);
        const uids = ["1", "2", "3"];
        await write(job, ...uids.map((uid) => ({ path: uid, uid })));
        await settleStore(store, job);
        const tasks = await store.headerTasks(job, "all", 0, 10);
        const headers = tasks.map(({ instanceId, path }) => ({
          instanceId,
          encoding: "outline-1",
          content: Buffer.from(`${"common ".repeat(1000)}${path === "2" ? "" : path}`),
        }));
        const readText = (content?: Uint8Array): string | null =>
          content === undefined ? null : new TextDecoder().decode(content);
        const contents = async () =>
          await Promise.all(
            uids.map(async (uid) => readText((await store.findHeaders(uid))[0]?.content)),
          );
        const lines = async () =>
          (await dumpOf(cohort)).filter((line) => line.startsWith("header\t"));
        for (const header of headers) await store.writeHeaders(job, [header]);
        const found = { contents: await contents(), lines: await lines() };
        expect(found.contents).toEqual(headers.map(({ content }) => readText(content)));
        expect(found.lines).toHaveLength(3);
        // What is read again gets its header last; until then the others are there, whichever was first.
        for (const uid of uids) {
          await write(job, { path: uid, uid, isKnown: true });
          expect((await contents()).filter((text) => text !== null)).toHaveLength(2);
          await settleStore(store, job);
          const others = found.contents.filter((_, index) => uids[index] !== uid);
          expect((await contents()).filter((text) => text !== null)).toEqual(others);
          await store.writeHeaders(job, [headers[uids.indexOf(uid)] as (typeof headers)[0]]);
        }
        expect({ contents: await contents(), lines: await lines() }).toEqual(found);
      });

      test("what is read again needs a new header", async () => {
        const { job } = await start();
        await write(job, { path: "1", uid: "1" });
        await settleStore(store, job);
        const [task] = await store.headerTasks(job, "representative", 0, 10);
        const instanceId = task?.instanceId as number;
        await store.writeHeaders(job, [{ instanceId, encoding: "x", content: Uint8Array.of(1) }]);
        await write(job, { path: "1", uid: "1", isKnown: true });
        expect(await store.findHeaders("1")).toEqual([]);
        await settleStore(store, job);
        expect(await store.headerTasks(job, "representative", 0, 10)).toHaveLength(1);
      });
    });

    describe("reading", () => {
      test("views are paged by key, whatever their filter", async () => {
        const { cohort, job } = await start();
        await write(
          job,
          ...Array.from({ length: 7 }, (_, index) => ({ path: `${index}`, uid: `${index}` })),
          { path: "x", state: "not-dicom", code: "empty-file" },
        );
        await settleStore(store, job);
        const names: unknown[] = [];
        let after: number | null = null;
        do {
          const page = await store.readView({
            view: "v_files",
            cohortId: cohort.cohortId,
            where: { state: "stored", code: null },
            after,
            limit: 3,
          });
          names.push(...page.rows.map((row) => row[page.columns.indexOf("name")]));
          after = page.next;
        } while (after !== null);
        expect(names).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
      });

      test("every view can be read, and shows one cohort alone", async () => {
        const one = await start("one");
        const two = await start("two");
        await store.writeBatch(one.job, [listing("a")], []);
        await write(one.job, { path: "a/1", warnings: "date-invalid" });
        await settleStore(store, one.job);
        for (const name of viewNames) {
          expect((await view(name, one.cohort.cohortId)).rows, name).toHaveLength(1);
          expect((await view(name, two.cohort.cohortId)).rows, name).toEqual([]);
        }
      });

      test("a filter on a column that is not there is refused", async () => {
        const query = { view: "v_files", cohortId: 1, after: null, limit: 1 } as const;
        await expect(store.readView({ ...query, where: { 'x" OR 1': 1 } })).rejects.toMatchObject({
          code: "column-unknown",
        });
      });

      test("views hold no identifier", async () => {
        const { cohort, job } = await start();
        await write(job, {
          path: "1",
          subject: "KANARI-1",
          seriesValues: { patient_name: "KANARI^A", patient_id_issuer: "KANARI" },
        });
        await settleStore(store, job);
        await store.endJob(job, completed);
        await store.changeCohort(cohort.cohortId, { recoded: [{ subjectId: 1, code: "code" }] });
        for (const name of viewNames) {
          const { rows } = await view(name, cohort.cohortId);
          expect(JSON.stringify(rows), name).not.toContain("KANARI");
        }
        expect((await dumpOf(cohort)).join("\n")).toContain("KANARI^A");
      });

      test("the dump does not depend on the order of files, units and batches", async () => {
        const files: TestFile[] = [];
        for (const series of ["1.1.1", "1.1.2"]) {
          for (let index = 0; index < 4; index++) {
            files.push({
              path: `a/${series}/${index}`,
              uid: `${index}`,
              series,
              seriesValues: { series_description: index === 3 ? "odd" : series },
              setting: { echo_time: index % 2 },
              warnings: index === 1 ? "date-invalid" : undefined,
            } as TestFile);
          }
        }
        files.push(
          { path: "b/copy", uid: "0" },
          { path: "a/0-before", uid: "1", values: { instance_number: 9 } },
          { path: "b/other", uid: "7", subject: "other" },
          { path: "b/text", state: "not-dicom", code: "empty-file" },
          { path: "b/io", state: "unreadable", code: "io-error" },
          { path: "c/frames", uid: "8", series: "1.1.3", frames: [{ count: 2, setting: {} }] },
        );
        const order = fc.shuffledSubarray(files, { minLength: files.length });
        const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 20, maxLength: 20 });
        let expected: string[] | null = null;
        let number = 0;
        const property = fc.asyncProperty(
          order,
          sizes,
          fc.boolean(),
          async (shuffled, cuts, early) => {
            const { cohort, job } = await start(`cohort ${number++}`);
            const listings = ["", "a", "a/1.1.1", "a/1.1.2", "b", "c"].map((path) => listing(path));
            if (early) await store.writeBatch(job, listings, []);
            let first = 0;
            for (const size of cuts) {
              const part = shuffled.slice(first, first + size);
              const cut = Math.ceil(part.length / 2);
              const units = [part.slice(0, cut), part.slice(cut)].map((each) => buildUnit(each));
              await store.writeBatch(job, [], units);
              first += size;
            }
            if (!early) await store.writeBatch(job, listings, []);
            await expectBalance(cohort);
            await settleStore(store, job);
            const dump = await dumpOf(cohort);
            expected ??= dump;
            expect(compareDumps(dump, expected)).toEqual([]);
            await store.endJob(job, completed);
          },
        );
        await fc.assert(property, { numRuns: 15 });
      });
    });
  });
}
