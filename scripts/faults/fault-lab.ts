/** A folder with an archive, what its database should hold, and runs of the program that meet faults. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ProgramEnd, StartedProgram } from "#cli/testing/program.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import type { Cohort } from "#store/cohort.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { buildShim } from "./build-shim.ts";
import { type Fault, makeFaultEnvironment, readFaultState } from "./fault.ts";

/** A run that has not ended after this long never will, ms. */
const longestRunMs = 60_000;

/** Some 75 files in a dozen folders, with copies, conflicts, cut files and a loop among them. */
const archiveOptions = { seed: 1, subjects: 1, scale: 0.1 };

const compileCache = join(import.meta.dirname, "../../node_modules/.cache/nils-tests");

export interface FaultyEnd extends ProgramEnd {
  readonly fired: number;
  /** It did not end by itself. */
  readonly isStuck: boolean;
}

export class FaultLab {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-faults-")));
  readonly source = join(this.folder, "archive");
  #library: string | null = null;
  #fresh = 0;

  async writeArchive(): Promise<void> {
    mkdirSync(this.source);
    await writeDemoArchive(this.source, archiveOptions);
  }

  /** A path that nothing has yet. */
  makePath(name: string): string {
    this.#fresh += 1;
    return join(this.folder, `${this.#fresh}-${name}`);
  }

  /** Words of an extraction; one reader, so that the calls come in the same order each time. */
  extractWords(database: string): string[] {
    const words = ["extract", "--cohort", "c", "--source", this.source, "--database", database];
    return [...words, "--workers", "1", "--batch-size", "20", "--quiet"];
  }

  /** Runs the program; `fault` null leaves it alone. */
  async run(
    words: readonly string[],
    fault: Fault | null,
    env: Readonly<Record<string, string>> = {},
  ): Promise<FaultyEnd> {
    const state = this.makePath("fault-state");
    const faulty = fault === null ? {} : this.#makeEnvironment(fault, state);
    const started = new StartedProgram(words, {
      NODE_COMPILE_CACHE: compileCache,
      NO_COLOR: "1",
      ...env,
      ...faulty,
    });
    let isStuck = false;
    const timer = setTimeout(() => {
      isStuck = true;
      started.child.kill("SIGKILL");
    }, longestRunMs);
    const end = await started.end;
    clearTimeout(timer);
    return { ...end, isStuck, fired: fault === null ? 0 : readFaultState(state).fired };
  }

  #makeEnvironment(fault: Fault, state: string): Record<string, string> {
    this.#library ??= buildShim(this.folder);
    return makeFaultEnvironment(fault, this.#library, state);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Removes a database and what SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

/** `ok`, or what SQLite finds wrong with the file. */
export function checkIntegrity(path: string): string {
  const db = new DatabaseSync(path);
  try {
    const row = db.prepare("PRAGMA integrity_check").get();
    return String(row?.["integrity_check"]);
  } finally {
    db.close();
  }
}

/** Files that could not be read; one that is cut short is read as far as it goes, and is no trouble of the disk. */
async function countUnread(store: Store, { cohortId }: Cohort): Promise<number> {
  const query = { view: "v_files", cohortId, where: {}, after: null, limit: 10_000 } as const;
  const { columns, rows } = await store.readView(query);
  const state = columns.indexOf("state");
  const code = columns.indexOf("code");
  return rows.filter(
    (row) =>
      (row[state] === "unreadable" && row[code] !== "truncated-before-identity") ||
      row[state] === "changed",
  ).length;
}

/** Lines of the dump; null where there is no cohort yet. */
export async function readDump(path: string): Promise<string[] | null> {
  const store = openSqliteStore(path, { readerVersion });
  try {
    const cohort = await store.findCohort("c");
    if (cohort === null) return null;
    const lines: string[] = [];
    for await (const line of store.dump(cohort.cohortId)) lines.push(line);
    return lines;
  } finally {
    await store.close();
  }
}

/** The first lines that only one of two dumps has, shortened; empty where the dumps are the same. */
export function listDifferences(
  dump: readonly string[] | null,
  expected: readonly string[],
): string[] {
  if (dump === null) return ["there is no cohort"];
  if (dump.join("\n") === expected.join("\n")) return [];
  const has = new Set(dump);
  const wanted = new Set(expected);
  const differing = [
    ...dump.filter((line) => !wanted.has(line)).map((line) => `+ ${line}`),
    ...expected.filter((line) => !has.has(line)).map((line) => `- ${line}`),
  ];
  if (differing.length === 0) return ["the same lines in another order"];
  return differing.slice(0, 5).map((line) => line.slice(0, 200));
}

/** Files and folders that the database says could not be read, now or again. */
export async function countTroubles(path: string): Promise<number> {
  const store = openSqliteStore(path, { readerVersion });
  try {
    const cohort = await store.findCohort("c");
    if (cohort === null) return 0;
    const sums = await store.recountFiles(cohort.cohortId);
    const again = sums.rereadFailed + sums.headersUnread + sums.notCompared;
    return sums.foldersUnlisted + again + (await countUnread(store, cohort));
  } finally {
    await store.close();
  }
}
