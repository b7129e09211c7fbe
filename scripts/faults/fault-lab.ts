/** A folder with an archive, what its database should hold, and runs of the program that meet faults. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ProgramEnd, StartedProgram } from "#cli/testing/program.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
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

/** What a database holds of the cohort. */
export interface Content {
  /** Sum of the dump; null where there is no cohort yet. */
  readonly sum: string | null;
  /** Files and folders that the database says could not be read, now or again. */
  readonly troubles: number;
}

export class FaultLab {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-faults-")));
  readonly source = join(this.folder, "archive");
  readonly #library = buildShim(this.folder);
  readonly #state = join(this.folder, "fault-state");

  async writeArchive(): Promise<void> {
    mkdirSync(this.source);
    await writeDemoArchive(this.source, archiveOptions);
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
    const faulty = fault === null ? {} : makeFaultEnvironment(fault, this.#library, this.#state);
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
    return { ...end, isStuck, fired: fault === null ? 0 : readFaultState(this.#state).fired };
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

const unread: ReadonlySet<string> = new Set(["unreadable", "changed"]);

export async function readContent(path: string): Promise<Content> {
  const store = openSqliteStore(path, { readerVersion });
  try {
    const cohort = await store.findCohort("c");
    if (cohort === null) return { sum: null, troubles: 0 };
    const hash = createHash("sha256");
    for await (const line of store.dump(cohort.cohortId)) hash.update(`${line}\n`);
    const sums = await store.recountFiles(cohort.cohortId);
    let troubles = sums.foldersUnlisted;
    troubles += sums.rereadFailed + sums.headersUnread + sums.notCompared;
    for (const { state, files } of sums.files) if (unread.has(state)) troubles += files;
    return { sum: hash.digest("hex"), troubles };
  } finally {
    await store.close();
  }
}
