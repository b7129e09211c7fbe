/** The end of a job in about ten lines, fit to be pasted into a mail: what it did, what is there, what to do next. */
import { formatDuration, formatNumber } from "#cli/output/format.ts";
import { phaseTitles } from "#cli/output/phase-titles.ts";
import { plural } from "#cli/output/plural.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { wrapLabelled } from "#cli/output/wrap-text.ts";
import { type ChangeKind, changeKinds } from "#jobs/summarize-changes.ts";
import type { JobCounts, JobState } from "#store/job.ts";
import type { JobSummary, SummaryProblem } from "./job-summary.ts";

export interface SummaryStyle {
  /** Columns that a line may fill. */
  readonly width: number;
  /** Name that the program was called by. */
  readonly program: string;
  /** What to add to a line that is to be typed, such as `--database x.db`. */
  readonly database: string;
}

/** Lines longer than this are hard to read, however wide the terminal. */
const widestLine = 100;

/** Kinds of problems that are shown; the others are counted. */
const shownProblems = 2;

const stateWords: Readonly<Record<JobState, string>> = {
  queued: "waiting to begin",
  running: "running",
  pausing: "about to pause",
  paused: "paused before its end",
  cancelling: "about to stop",
  cancelled: "stopped before its end",
  completed: "completed",
  "completed-with-problems": "completed with problems",
  failed: "failed",
  lost: "lost: its process ended without a word",
};

export function describeState(state: JobState): string {
  return stateWords[state];
}

/** One part of a text: a label and what stands beside it. What is to be typed is not broken. */
export type Entry = readonly [label: string, text: string, form?: "unbroken"];

export function writeEntries(entries: readonly Entry[], width: number): string {
  const label = Math.max(...entries.map(([name]) => name.length)) + 2;
  const line = Math.min(width, widestLine);
  return entries
    .map(([name, text, form]) =>
      form === "unbroken"
        ? `${name.padEnd(label)}${text}\n`
        : wrapLabelled(name, text, { label, line }),
    )
    .join("");
}

export function writeSummary(summary: JobSummary, style: SummaryStyle): string {
  const { cohort, job, state, phase, seconds, filesPerSecond, counts } = summary;
  const speed = counts.found > 0 ? `, ${formatNumber(filesPerSecond)} files/s` : "";
  const title = `Cohort ${cohort}, job ${job}: ${describeState(state)} after ${formatDuration(seconds)}${speed}`;
  const isOn = state === "running" || state === "pausing" || state === "cancelling";
  const entries: Entry[] = [
    ["Source", summary.source],
    ...(summary.message === null ? [] : [["Reason", summary.message] as const]),
    ...(isOn && phase !== null ? [["At", phaseTitles[phase]] as const] : []),
    ["Found", describeFound(counts)],
    ...(summary.readerNews !== null && counts.readAgain > 0
      ? [["", `read again because this version also reads ${summary.readerNews}`] as const]
      : []),
    ...(counts.foldersUnlisted > 0 ? [["", describeUnlisted(counts)] as const] : []),
    // What is there now says nothing about an older job.
    ...(summary.isLatest
      ? [["Ledger", describeLedger(summary)] as const, contentEntry(summary)]
      : []),
    ["Changed", describeChanges(summary)],
    ...(summary.restacked === null ? [] : [["", describeRestack(summary.restacked)] as const]),
    ...(summary.isLatest ? problemEntries(summary, style) : []),
    ["Database", summary.database],
    ...(summary.isLatest && !isOn ? describeNext(summary, style) : []),
  ];
  return `${title}\n${writeEntries(entries, style.width)}`;
}

const foundWords: readonly (readonly [keyof JobCounts, string])[] = [
  ["unchanged", "unchanged"],
  ["new", "new"],
  ["changed", "changed"],
  ["readAgain", "read again"],
  ["waiting", "too young"],
  ["pending", "not done yet"],
];

/** The first sum of the account. */
export function describeFound(counts: JobCounts): string {
  const folders = `in ${plural(counts.folders, "folder")}`;
  if (counts.found === 0) return `no files ${folders}`;
  const terms = foundWords.map(([name, word]) => [counts[name], word] as const);
  return `${plural(counts.found, "file")} ${folders} = ${addUp(terms)}`;
}

function describeUnlisted({ foldersUnlisted }: JobCounts): string {
  return `${plural(foldersUnlisted, "folder")} could not be listed; what was known below is kept`;
}

const stateOrder = [
  "stored",
  "duplicate",
  "conflict",
  "unsupported",
  "skipped",
  "not-dicom",
  "unreadable",
  "invalid",
  "changed",
  "missing",
];

/** The second sum: files of the ledger by where they come from, and by state. */
function describeLedger(summary: JobSummary): string {
  const { states } = summary;
  const rows = countRows(summary);
  if (rows === 0) return "no files";
  const origin = listOrigins(summary);
  const byOrigin = origin.length === 0 ? "" : ` = ${addUp(origin)}`;
  const copies = states["duplicate"] === 1 ? "a copy" : "copies";
  const words = new Map([["duplicate", `duplicate (${copies})`]]);
  const byState = addUp(stateOrder.map((name) => [states[name] ?? 0, words.get(name) ?? name]));
  return `${plural(rows, "file")}${byOrigin} = ${byState}`;
}

function countRows({ states }: JobSummary): number {
  return Object.values(states).reduce((sum, files) => sum + files, 0);
}

/** Where the ledger's files come from; empty where the job's own counts do not tell. */
function listOrigins(summary: JobSummary): (readonly [files: number, word: string])[] {
  const { counts, states, state } = summary;
  const rows = countRows(summary);
  const { found, pending, kept } = counts;
  const missing = states["missing"] ?? 0;
  const isWhole = found + kept + missing === rows && pending === 0;
  if (isWhole && (found > 0 || state.startsWith("completed"))) {
    return [
      [found, "found"],
      [kept, "kept"],
      [missing, "missing"],
    ];
  }
  // A job that was stopped did not see everything: what it did not come to is as it was.
  const done = found - pending;
  const isStopped = state === "cancelled" || state === "paused" || state === "failed";
  if (!isStopped || done <= 0 || done > rows) return [];
  return [
    [done, "found and done"],
    [rows - done, "as before"],
  ];
}

/** States that leave files behind which no series is settled with yet. */
const unsettledStates: ReadonlySet<JobState> = new Set([
  "running",
  "pausing",
  "paused",
  "cancelling",
  "cancelled",
  "lost",
]);

function contentEntry({ content, state }: JobSummary): Entry {
  const count = (name: string): number => content[name] ?? 0;
  const parts = [
    plural(count("subjects"), "subject"),
    plural(count("studies"), "study", "studies"),
    plural(count("series"), "series", "series"),
    plural(count("stacks"), "stack"),
    plural(count("instances"), "instance"),
  ];
  const rest = unsettledStates.has(state)
    ? " so far; a job that comes to its end adds the rest"
    : "";
  return ["Content", `${parts.join(", ")}${rest}`];
}

const changeWords: Readonly<Record<ChangeKind, string>> = {
  new: "new",
  grown: "grown",
  shrunk: "with fewer instances",
  changed: "changed or read again",
  gone: "gone",
  rekeyed: "with other stacks",
};

export function describeChange(kind: ChangeKind): string {
  return changeWords[kind];
}

/** What is new, grown, changed, gone and re-keyed since the job before. */
function describeChanges({ before, changes, counts }: JobSummary): string {
  const since = before === null ? "" : ` since job ${before}`;
  const parts = changeKinds.flatMap((kind) => {
    const change = changes[kind];
    if (change === undefined) return [];
    return [
      `${formatNumber(change.series)} series ${changeWords[kind]} (${plural(change.subjects, "subject")})`,
    ];
  });
  if (parts.length > 0) return `${parts.join(", ")}${since}`;
  const isSame = counts.found > 0 && counts.found === counts.unchanged;
  return isSame ? `nothing${since}: no file had to be read` : `no series${since}`;
}

const describeRestack = ({ series, why }: NonNullable<JobSummary["restacked"]>): string =>
  `${plural(series, "series", "series")} stacked anew from the database: ${why}`;

/** The most important kinds, a line for each, and the line that shows all, with what to do. */
function problemEntries({ problems, cohort }: JobSummary, style: SummaryStyle): Entry[] {
  if (problems.length === 0) return [];
  const more = problems.length - shownProblems;
  const all = typeLine(`problems --cohort ${quoteWord(cohort)}`, style);
  const room = Math.min(style.width, widestLine) - "Database  ".length;
  return [
    ...problems
      .slice(0, shownProblems)
      .map(
        (problem, index): Entry => [
          index === 0 ? "Look at" : "",
          writeProblem(problem, room),
          "unbroken",
        ],
      ),
    ["", `${more > 0 ? `and ${plural(more, "more kind")}` : "all"}: ${all}`, "unbroken"],
  ];
}

/** Count and code, and what it means where the line has room for all of it: half a sentence says something else. */
function writeProblem(problem: SummaryProblem, room: number): string {
  const head = describeProblem(problem);
  const [sentence = ""] = problem.meaning.replace(/\.$/, "").split(";");
  const line = `${head}: ${sentence}`;
  return line.length <= room ? line : head;
}

/** `sop-uid-conflict, 2 files`. */
function describeProblem({ code, about, things, count }: SummaryProblem): string {
  if (code === "folder-unreadable") return `${code}, ${plural(count, "folder")}`;
  if (about === "cohort") return `${code}, ${plural(count, "file")}`;
  const noun = {
    subject: plural(things, "subject"),
    study: plural(things, "study", "studies"),
    series: plural(things, "series", "series"),
    folder: plural(things, "folder"),
  }[about];
  return `${code}, ${noun}`;
}

/** What to type next, by how the job ended. */
function describeNext({ cohort, state, job, content }: JobSummary, style: SummaryStyle): Entry[] {
  const name = quoteWord(cohort);
  const extract = typeLine(`extract --cohort ${name}`, style);
  const next = (text: string): Entry[] => [["Next", text, "unbroken"]];
  switch (state) {
    case "cancelled":
    case "lost":
      return next(`${extract}  (goes on where it stopped)`);
    case "paused":
      return next(typeLine(`jobs resume ${job}`, style));
    case "failed":
      return next(`${extract}  (when that is mended)`);
    default:
      if ((content["instances"] ?? 0) === 0) return [];
      return next(typeLine(`export --cohort ${name} --out ${name}-tables`, style));
  }
}

/** A whole line to be typed. */
function typeLine(line: string, { program, database }: SummaryStyle): string {
  return `${program} ${line}${database}`;
}

/** `3 a + 2 b`, without terms that are 0 unless all are. */
function addUp(terms: readonly (readonly [number, string])[]): string {
  const shown = terms.filter(([files]) => files > 0);
  return (shown.length === 0 ? terms.slice(0, 1) : shown)
    .map(([files, word]) => `${formatNumber(files)} ${word}`)
    .join(" + ");
}
