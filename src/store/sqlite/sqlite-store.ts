/**
 * The contract over a SQLite file. `openSqliteStore` runs it in this thread, for commands;
 * `openThreadedSqliteStore` in a thread of its own, for jobs, so that writing and reading overlap.
 */
import type { Store } from "#store/store.ts";
import { countContent, countFiles, recountFiles } from "./account.ts";
import { audit, backup, check } from "./care.ts";
import { changeCohort, setStackingVersion } from "./change-cohort.ts";
import * as cohorts from "./cohorts.ts";
import { contests, writeVerdicts } from "./contests.ts";
import { translateError } from "./database-errors.ts";
import { dumpSnapshot } from "./dump.ts";
import { findHeaders, headerTasks, readHeaders, writeHeaders } from "./headers.ts";
import { findInstanceFiles } from "./instance-files.ts";
import * as jobs from "./jobs.ts";
import { knownFolders, presentFileIds } from "./known-files.ts";
import { schemaVersion } from "./migrations.ts";
import * as missing from "./missing-files.ts";
import { type OpenOptions, openDatabase } from "./open-database.ts";
import { countProblems } from "./problems.ts";
import { describeRows, readRows } from "./read-rows.ts";
import { readView } from "./read-view.ts";
import { recountStacks } from "./recount-stacks.ts";
import { countDirtySeries, loadDirtySeries, loadSeries } from "./series-content.ts";
import { markAllDirty, writeSeries } from "./series-results.ts";
import type { Session } from "./session.ts";
import { settleCohort } from "./settle-cohort.ts";
import { loadSettleGroups, writeSettleGroups } from "./settle-groups.ts";
import { settleLinks } from "./settle-links.ts";
import { stackHistory } from "./stack-history.ts";
import { uidHash } from "./uid-hash.ts";
import { noteHeadersUnread } from "./unread-headers.ts";
import { BatchWriter } from "./write-batch.ts";

export interface SqliteStoreOptions extends OpenOptions {
  /** Version of the reader whose rows this store writes. */
  readonly readerVersion: number;
}

/** The contract's calls without promises, as one connection answers them. */
export type SyncStore = {
  [Name in Exclude<keyof Store, "dump">]: (
    ...args: Parameters<Store[Name]>
  ) => Awaited<ReturnType<Store[Name]>>;
} & { dump(cohortId: number): Iterable<string> };

export function openSyncStore(path: string, options: SqliteStoreOptions): SyncStore {
  const session = openDatabase(path, options);
  session.db.function("uid_hash", { deterministic: true }, (uid) => uidHash(String(uid)));
  const writer = new BatchWriter(session, options.readerVersion);
  const bind =
    <Args extends unknown[], Result>(call: (session: Session, ...args: Args) => Result) =>
    (...args: Args): Result => {
      try {
        return call(session, ...args);
      } catch (error) {
        throw translateError(error, path); // what reads has no transaction that does it
      }
    };
  return {
    describe: () => path,
    close: () => session.close(),
    listCohorts: bind(cohorts.listCohorts),
    findCohort: bind(cohorts.findCohort),
    createCohort: bind(cohorts.createCohort),
    requireIdleCohort: bind(jobs.requireIdleCohort),
    changeCohort: bind(changeCohort),
    clearCohort: bind(cohorts.clearCohort),
    removeCohort: bind(cohorts.removeCohort),
    subjectCodes: bind(cohorts.subjectCodes),
    listIdentities: bind(cohorts.listIdentities),
    beginJob: bind(jobs.beginJob),
    reportJob: bind(jobs.reportJob),
    setStackingVersion: bind(setStackingVersion),
    endJob: bind(jobs.endJob),
    requestJob: bind(jobs.requestJob),
    listJobs: bind(jobs.listJobs),
    findJob: bind(jobs.findJob),
    jobEvents: bind(jobs.jobEvents),
    stackHistory: bind(stackHistory),
    knownFolders: bind(knownFolders),
    writeBatch: (...args) => writer.write(...args),
    noteMissing: bind(missing.noteMissing),
    presentFileIds: bind(presentFileIds),
    unseenFolders: bind(missing.unseenFolders),
    noteGoneFolders: bind(missing.noteGoneFolders),
    missingReport: bind(missing.missingReport),
    markMissing: bind(missing.markMissing),
    markGoneFolders: bind(missing.markGoneFolders),
    dropMissing: bind(missing.dropMissing),
    contests: bind(contests),
    writeVerdicts: bind(writeVerdicts),
    loadDirtySeries: bind(loadDirtySeries),
    countDirtySeries: bind(countDirtySeries),
    loadSeries: bind(loadSeries),
    writeSeries: bind(writeSeries),
    loadSettleGroups: bind(loadSettleGroups),
    writeSettleGroups: bind(writeSettleGroups),
    settleCohort: bind(settleCohort),
    settleLinks: bind(settleLinks),
    markAllDirty: bind(markAllDirty),
    headerTasks: bind(headerTasks),
    writeHeaders: bind(writeHeaders),
    noteHeadersUnread: bind(noteHeadersUnread),
    findHeaders: bind(findHeaders),
    readHeaders: bind(readHeaders),
    countFiles: bind(countFiles),
    recountFiles: bind(recountFiles),
    recountStacks: bind(recountStacks),
    countContent: bind(countContent),
    countProblems: bind(countProblems),
    readView: bind(readView),
    describeRows: bind(describeRows),
    readRows: bind(readRows),
    findInstanceFiles: bind(findInstanceFiles),
    dump: bind(dumpSnapshot),
    audit: bind(audit),
    backup: bind(backup),
    check: bind(check),
    schemaVersion: () => schemaVersion,
  };
}

export function openSqliteStore(path: string, options: SqliteStoreOptions): Store {
  const sync = openSyncStore(path, options);
  return new Proxy({} as Store, {
    get(_, name: string) {
      if (name === "then") return undefined; // a store is no promise, though any name is answered
      if (name === "dump") return (cohortId: number) => iterate(sync.dump(cohortId));
      const call = sync[name as keyof SyncStore] as (...args: unknown[]) => unknown;
      return async (...args: unknown[]) => call(...args);
    },
  });
}

async function* iterate(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines;
}
