/** A folder with a source and a database, and jobs over them: all of the program but its command line. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { joinPath } from "#base/path-text.ts";
import { systemPath } from "#pipeline/discover/walk.ts";
import type { JobSettings } from "#pipeline/job-settings.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { type JobHooks, type JobReport, runJob } from "#pipeline/run-job.ts";
import type { Cohort, CohortSettings } from "#store/cohort.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import "./compile-cache.ts";

export const defaultCohortSettings: CohortSettings = {
  subjectFrom: "patient-id",
  subjectFolders: null,
  subjectSeed: "seed",
  hasGivenCodes: false,
  files: "all",
  followLinks: false,
  ctSplitOnDose: "auto",
  headers: "representative",
};

const defaultJobSettings: JobSettings = {
  workers: 1,
  batchSize: 1000,
  resume: true,
  minAgeMs: 0,
  trust: "size-mtime-ctime",
  acceptShrink: false,
};

export interface JobOptions {
  readonly name?: string;
  readonly source?: string;
  readonly cohort?: Partial<CohortSettings>;
  readonly job?: Partial<JobSettings>;
  readonly hooks?: Partial<JobHooks>;
  readonly codes?: ReadonlyMap<string, string>;
  /** Told of each call of the store by the job before it is made. */
  readonly beforeCall?: (name: keyof Store) => void;
}

/** A file's row in the ledger. */
export interface LedgerFile {
  readonly path: string;
  readonly state: string;
  readonly code: string | null;
  readonly warnings: readonly string[];
  readonly keptName: string | null;
}

/** Time of files that are written without one: far enough in the past to be trusted. */
const longAgo = new Date("2021-05-04T10:20:30.123Z");

function watchStore(store: Store, beforeCall: (name: keyof Store) => void): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      beforeCall(name);
      return target[name];
    },
  });
}

export class Extraction {
  /** Absolute, without links. */
  readonly folder: string;
  readonly source: string;
  readonly database: string;
  #store: Store | null = null;

  /** `folder`: one that another process made; else a new one. */
  constructor(folder?: string) {
    this.folder = folder ?? realpathSync(mkdtempSync(join(tmpdir(), "nils-pipeline-")));
    this.source = join(this.folder, "source");
    this.database = join(this.folder, "nils.db");
    mkdirSync(this.source, { recursive: true });
  }

  get store(): Store {
    this.#store ??= openSqliteStore(this.database, { readerVersion });
    return this.#store;
  }

  /** Writes a file below the source; `path` in stored form. */
  write(path: string, bytes: Uint8Array | string, modified: Date = longAgo): void {
    const slash = path.lastIndexOf("/");
    if (slash > 1) mkdirSync(systemPath(this.source, path.slice(0, slash)), { recursive: true });
    const whole = systemPath(this.source, path);
    mkdirSync(dirname(String(whole)), { recursive: true });
    writeFileSync(whole, bytes);
    utimesSync(whole, modified, modified);
  }

  path(path: string): string {
    return join(this.source, path);
  }

  /** Runs a job; the cohort is made when it is new. */
  async run(options: JobOptions = {}): Promise<JobReport> {
    const cohort = await this.cohort(options);
    return runJob(
      watchStore(this.store, options.beforeCall ?? (() => undefined)),
      {
        cohort,
        settings: { ...defaultJobSettings, ...options.job },
        codes: options.codes ?? new Map(),
      },
      { programVersion: "0", ...options.hooks },
      () => undefined,
    );
  }

  async cohort(options: JobOptions = {}): Promise<Cohort> {
    const name = options.name ?? "cohort";
    const known = await this.store.findCohort(name);
    const settings = { ...(known?.settings ?? defaultCohortSettings), ...options.cohort };
    if (known !== null) return this.store.changeCohort(known.cohortId, { settings });
    const sourcePath = options.source ?? this.source;
    return this.store.createCohort({ name, sourcePath, settings });
  }

  async dump(name = "cohort"): Promise<string[]> {
    const { cohortId } = await this.cohort({ name });
    const lines: string[] = [];
    for await (const line of this.store.dump(cohortId)) lines.push(line);
    return lines;
  }

  /** The ledger, those that are missing included, by path. */
  async files(name = "cohort"): Promise<LedgerFile[]> {
    const { cohortId } = await this.cohort({ name });
    const query = { view: "v_files", cohortId, where: {}, after: null, limit: 100_000 } as const;
    const { columns, rows } = await this.store.readView(query);
    const at = (column: string): number => columns.indexOf(column);
    return rows
      .map((row) => ({
        path: joinPath(String(row[at("folder")]), String(row[at("name")])),
        state: row[at("state")] as string,
        code: row[at("code")] as string | null,
        warnings: ((row[at("warnings")] ?? "") as string).split(" ").filter((code) => code !== ""),
        keptName: row[at("kept_name")] as string | null,
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async close(): Promise<void> {
    await this.#store?.close();
    this.#store = null;
  }

  /** Closes the store and removes the folder. */
  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
