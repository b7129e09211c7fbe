/** Extraction as its users run it: the whole program in a process of its own. */
import { rmSync, statSync } from "node:fs";
import { exitStatuses } from "#cli/exit-status.ts";
import { type Command, measureProcess, type ProcessRun } from "./measure-process.ts";

export const headerChoices = ["none", "representative", "all"] as const;

/** Of which instances full headers are kept. */
export type HeaderChoice = (typeof headerChoices)[number];

export interface ExtractionOptions {
  /** Path of the built command line (`Bench.build`): what is installed is measured, not its sources. */
  readonly program: string;
  readonly source: string;
  readonly database: string;
  /** Default 4, as the program's own. */
  readonly workers?: number;
  /** Default none. */
  readonly headers?: HeaderChoice;
  /** Default no. */
  readonly watchesMemory?: boolean;
}

export interface Extraction extends ProcessRun {
  readonly databaseBytes: number;
}

/** Files with problems are no failure: what counts here is that all were looked at. */
const statuses = exitStatuses
  .filter(({ name }) => name === "done" || name === "done-with-problems")
  .map(({ status }) => status);

export function planExtraction(options: ExtractionOptions): Command {
  const {
    program,
    source,
    database,
    workers = 4,
    headers = "none",
    watchesMemory = false,
  } = options;
  const asked = ["--cohort", "bench", "--source", source, "--database", database];
  const settings = ["--workers", String(workers), "--headers", headers, "--quiet"];
  return {
    program: process.execPath,
    words: [program, "extract", ...asked, ...settings],
    statuses,
    watchesMemory,
  };
}

/** Extracts into a new database, which is left for a look or another job. */
export async function extractAnew(options: ExtractionOptions): Promise<Extraction> {
  removeDatabase(options.database);
  return extractAgain(options);
}

/** A job over an archive that the database may know already. */
export async function extractAgain(options: ExtractionOptions): Promise<Extraction> {
  const run = await measureProcess(planExtraction(options));
  return { ...run, databaseBytes: statSync(options.database).size };
}

function removeDatabase(database: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(database + suffix, { force: true });
}
