/** Runs many cases, and makes those that fail as small as they still fail. */
import type { CaseChecker } from "./case-checker.ts";
import { applyEdits, type Edit } from "./draft.ts";
import { type FuzzCase, makeCase } from "./make-case.ts";
import type { SeedFile } from "./seed-file.ts";

export interface FuzzOptions {
  readonly files: readonly SeedFile[];
  readonly seed: number;
  /** Number of the first case. */
  readonly from: number;
  readonly cases: number;
  /** Called after every 1,000 cases. */
  readonly onProgress?: (done: number, report: FuzzReport) => void;
}

export interface FailedCase {
  readonly number: number;
  readonly file: string;
  readonly mutations: readonly string[];
  readonly faults: readonly string[];
  /** As few edits as still fail. */
  readonly edits: readonly Edit[];
}

/** Cases that fail in the same way. */
export interface Failure {
  /** First line of the first fault. */
  readonly fault: string;
  cases: number;
  /** The first few. */
  readonly examples: FailedCase[];
}

export interface FuzzReport {
  cases: number;
  readonly failures: Map<string, Failure>;
  /** Cases in the order of the time that they took, the slowest first. */
  slowest: { milliseconds: number; number: number; file: string; bytes: number }[];
  /** The most elements per byte, of files that are not deflated at most ⅛. */
  mostSteps: { perByte: number; number: number };
  /** How often files had a state, or the code of it. */
  readonly states: Map<string, number>;
  readonly stops: Map<string, number>;
}

const KEPT_SLOWEST = 5;
/** Examples of one failure: each is made smaller, which costs a few cases. */
const KEPT_EXAMPLES = 3;
/** Slower than this, a case is timed again before it counts: somebody else may have had the processor. */
const DOUBTFUL_MS = 5;
/** No case may take as long: the slowest of a million takes a tenth of it. */
const TOO_LONG_MS = 1000;

export function runCases(checker: CaseChecker, options: FuzzOptions): FuzzReport {
  const { files, seed, from, cases } = options;
  const report: FuzzReport = {
    cases: 0,
    failures: new Map(),
    slowest: [],
    mostSteps: { perByte: 0, number: 0 },
    states: new Map(),
    stops: new Map(),
  };
  for (let number = from; number < from + cases; number++) {
    runCase(checker, files, makeCase(files, seed, number), report);
    if (report.cases % 1000 === 0) options.onProgress?.(report.cases, report);
  }
  return report;
}

function runCase(
  checker: CaseChecker,
  files: readonly SeedFile[],
  fuzzCase: FuzzCase,
  report: FuzzReport,
): void {
  const { bytes, number, file } = fuzzCase;
  const checked = checker.check(bytes, number);
  report.cases += 1;
  count(report.states, checked.state);
  if (checked.stopped !== null) count(report.stops, checked.stopped);
  const perByte = checked.elements / Math.max(1, bytes.length);
  if (perByte > report.mostSteps.perByte) report.mostSteps = { perByte, number };
  if (checked.faults.length > 0) {
    noteFailure(checker, files, fuzzCase, checked.faults, report);
    return;
  }
  const slowEnough = report.slowest[KEPT_SLOWEST - 1]?.milliseconds ?? 0;
  let { milliseconds } = checked;
  if (milliseconds <= slowEnough) return;
  for (let turn = 0; milliseconds > DOUBTFUL_MS && turn < 2; turn++) {
    milliseconds = Math.min(milliseconds, checker.time(bytes));
  }
  if (milliseconds > TOO_LONG_MS) {
    noteFailure(checker, files, fuzzCase, ["it takes too long"], report);
  }
  report.slowest = [...report.slowest, { milliseconds, number, file, bytes: bytes.length }]
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, KEPT_SLOWEST);
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function noteFailure(
  checker: CaseChecker,
  files: readonly SeedFile[],
  fuzzCase: FuzzCase,
  faults: readonly string[],
  report: FuzzReport,
): void {
  const { number, file, mutations } = fuzzCase;
  const fault = faults[0]?.split("\n")[0] ?? "";
  const known = report.failures.get(fault);
  const failure = known ?? { fault, cases: 0, examples: [] };
  report.failures.set(fault, failure);
  failure.cases += 1;
  if (failure.examples.length >= KEPT_EXAMPLES) return;
  const edits = shrinkEdits(checker, files, fuzzCase);
  failure.examples.push({ number, file, mutations, faults, edits });
}

/** Leaves edits out as long as the case fails without them. */
function shrinkEdits(
  checker: CaseChecker,
  files: readonly SeedFile[],
  { file, edits, number }: FuzzCase,
): readonly Edit[] {
  const original = files.find((each) => each.name === file)?.bytes ?? new Uint8Array(0);
  let kept = edits;
  for (let index = edits.length - 1; index >= 0; index--) {
    const fewer = kept.filter((_, place) => place !== index);
    if (checker.check(applyEdits(original, fewer), number).faults.length > 0) kept = fewer;
  }
  return kept;
}
