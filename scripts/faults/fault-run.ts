/** One fault: the run that meets it, what is left, and the run after it. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "./fault.ts";
import {
  checkIntegrity,
  countTroubles,
  type FaultLab,
  type FaultyEnd,
  listDifferences,
  readDump,
  removeDatabase,
} from "./fault-lab.ts";
import type { FaultSeries, PathKind } from "./fault-series.ts";
import { judgeEnd } from "./judge-end.ts";

/** What runs that met no fault leave. */
export interface Expected {
  /** Of an extraction. */
  readonly dump: readonly string[];
  readonly troubles: number;
  readonly status: number;
  /** A database to export from, and the files of the export by name. */
  readonly database: string;
  readonly tables: ReadonlyMap<string, string>;
}

export interface FaultOutcome {
  readonly hasFired: boolean;
  readonly status: number | null;
  readonly stderr: string;
  /** What was wrong; empty when all promises were kept. */
  readonly wrongs: readonly string[];
}

export async function prepareExpected(lab: FaultLab): Promise<Expected> {
  const database = lab.makePath("expected.db");
  const { status } = await lab.run(lab.extractWords(database), null);
  const out = lab.makePath("expected-tables");
  const exported = await lab.run(exportWords(database, out), null);
  if (status !== 3 || exported.status !== 0)
    throw new Error("the runs without a fault have failed");
  const dump = (await readDump(database)) ?? [];
  const troubles = await countTroubles(database);
  return { dump, troubles, status, database, tables: readTables(out) };
}

export async function runFault(
  lab: FaultLab,
  expected: Expected,
  series: FaultSeries,
  nth: number,
): Promise<FaultOutcome> {
  const effect = { kind: "error", errno: series.errno } as const;
  const { call, isSticky, kind } = series;
  const makeFault = (path: string): Fault => ({ call, isSticky, nth, effect, path });
  return kind === "export"
    ? exportWithFault(lab, expected, makeFault)
    : extractWithFault(lab, expected, series, makeFault);
}

async function extractWithFault(
  lab: FaultLab,
  expected: Expected,
  { kind, call, errno }: FaultSeries,
  makeFault: (path: string) => Fault,
): Promise<FaultOutcome> {
  const database = lab.makePath("faulty.db");
  const words = lab.extractWords(database);
  const { source } = lab;
  // A database on a disk that is read-only, and a source that is not there or not to be looked into, are named wrongly.
  const isWrongPlace =
    (kind === "database" && call === "open" && errno === "EROFS") ||
    (kind === "source" && call === "stat" && (errno === "EACCES" || errno === "ENOENT"));
  const statuses = [1, expected.status, ...(isWrongPlace ? [2] : [])];
  const end = await lab.run(words, makeFault(pathOf(kind, database, source)));
  if (end.fired === 0) {
    removeDatabase(database);
    return outcome(end, []);
  }
  const wrongs = judgeEnd(end, { statuses, source });
  wrongs.push(...readIntegrity(database));
  if (wrongs.length === 0 && end.status === expected.status) {
    const isTold = (await countTroubles(database)) > expected.troubles;
    if (!isTold && listDifferences(await readDump(database), expected.dump).length > 0) {
      wrongs.push("the dump differs, and the database tells of no trouble");
    }
  }
  const after = await lab.run(words, null);
  if (after.status !== expected.status) {
    wrongs.push(`the run after it: status ${after.status}, ${after.stderr.slice(0, 300)}`);
  } else {
    const differences = listDifferences(await readDump(database), expected.dump);
    wrongs.push(...differences.map((line) => `the run after it: ${line}`));
  }
  removeDatabase(database);
  return outcome(end, wrongs);
}

function pathOf(kind: PathKind, database: string, source: string): string {
  if (kind === "source") return source;
  return kind === "database" ? database : `${database}-${kind}`;
}

function readIntegrity(database: string): string[] {
  if (!existsSync(database)) return [];
  const found = checkIntegrity(database);
  return found === "ok" ? [] : [`integrity: ${found}`];
}

async function exportWithFault(
  lab: FaultLab,
  expected: Expected,
  makeFault: (path: string) => Fault,
): Promise<FaultOutcome> {
  const out = lab.makePath("tables");
  const words = exportWords(expected.database, out);
  const fault = makeFault(out);
  const end = await lab.run(words, fault);
  const wrongs = end.fired === 0 ? [] : judgeEnd(end, { statuses: [0, 1], source: lab.source });
  for (const [name, text] of readTables(out)) {
    const isWhole = expected.tables.get(name) === text;
    if (!isWhole && fault.call !== "unlink" && !fault.isSticky) wrongs.push(`left: ${name}`);
    if (!isWhole && !name.endsWith(".part")) wrongs.push(`half written: ${name}`);
  }
  if (end.fired > 0) {
    const after = await lab.run([...words, "--yes"], null);
    const tables = readTables(out);
    const isSame = [...expected.tables].every(([name, text]) => tables.get(name) === text);
    if (after.status !== 0 || !isSame) wrongs.push(`the export after it: status ${after.status}`);
  }
  rmSync(out, { recursive: true, force: true });
  return outcome(end, wrongs);
}

export function exportWords(database: string, out: string): string[] {
  const views = ["--view", "v_stacks", "--view", "v_instances"];
  return ["export", "--cohort", "c", "--database", database, ...views, "--out", `${out}/`];
}

export function readTables(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const read = (name: string): [string, string] => [name, readFileSync(join(folder, name), "utf8")];
  return new Map(readdirSync(folder).map(read));
}

function outcome(end: FaultyEnd, wrongs: readonly string[]): FaultOutcome {
  return { hasFired: end.fired > 0, status: end.status, stderr: end.stderr, wrongs };
}
