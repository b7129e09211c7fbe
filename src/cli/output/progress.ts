/**
 * Shows how far a job is: one line that is drawn over on a terminal, a line now and then elsewhere, an
 * object a line with `--json`. Draws only when it is due, so it may be told as often as one likes.
 */
import type { Output } from "#cli/command.ts";
import { measureWidth, truncateToWidth } from "./display-width.ts";
import { escapeControls } from "./escape-controls.ts";
import { formatDuration, formatNumber } from "./format.ts";

/** Where a job stands. Made from counters in memory; nothing is counted for it. */
export interface ProgressSnapshot {
  readonly phase:
    | "discover"
    | "plan"
    | "parse"
    | "write"
    | "mark-missing"
    | "settle"
    | "stack"
    | "headers";
  /** The phase for people (phase-titles.ts). */
  readonly title: string;
  readonly found: number;
  /** Whether the whole source was walked, so that `found` will not grow. */
  readonly foundIsFinal: boolean;
  readonly read: number;
  readonly inLedger: number;
  readonly filesPerSecond: number;
  /** Shortest and longest time that may be left; null while it would mean nothing. */
  readonly secondsLeft: readonly [number, number] | null;
  readonly waitingFor: "disk" | "database" | null;
  readonly elapsedSeconds: number;
}

export interface ProgressDisplay {
  update(snapshot: ProgressSnapshot): void;
  /** Writes a line for people without tearing the line that is drawn over. */
  note(line: string): void;
  /** Shows the last snapshot, if it was not, and leaves the line. */
  finish(): void;
}

/** Least time between two drawings, in ms. */
const TERMINAL_MS = 250;
const JSON_MS = 1000;
const LINE_MS = 10_000;

/** Back to the start of the line, and erase it. */
const CLEAR_LINE = "\r\x1b[2K";

/** Progress goes to standard error; objects of `--json` are data and go to standard output. */
export function createProgressDisplay(
  context: { readonly stdout: Output; readonly stderr: Output; now(): number },
  options: { readonly json: boolean; readonly quiet: boolean },
): ProgressDisplay {
  const { stdout, stderr, now } = context;
  if (options.quiet) return new ThrottledDisplay(stderr, now, LINE_MS, () => {});
  if (options.json) {
    return new ThrottledDisplay(stderr, now, JSON_MS, (snapshot) =>
      stdout.write(`${JSON.stringify({ type: "progress", ...snapshot })}\n`),
    );
  }
  if (!stderr.isTerminal) {
    return new ThrottledDisplay(stderr, now, LINE_MS, (snapshot) =>
      stderr.write(`${writeProgressLine(snapshot)}\n`),
    );
  }
  return new TerminalDisplay(stderr, now);
}

/** The sentence of a snapshot: what is done, how fast, what is left, what it waits for. */
export function writeProgressLine(snapshot: ProgressSnapshot): string {
  return joinParts(snapshot, ["read", "inLedger", "speed", "left", "waiting"]);
}

/** The same within a width: what matters less is left out first. */
export function fitProgressLine(snapshot: ProgressSnapshot, width: number): string {
  const choices: readonly (readonly Part[])[] = [
    ["read", "inLedger", "speed", "left", "waiting"],
    ["read", "inLedger", "speed", "left"],
    ["read", "speed", "left"],
    ["read", "left"],
    ["read"],
  ];
  const lines = choices.map((parts) => joinParts(snapshot, parts));
  return (
    lines.find((line) => measureWidth(line) <= width) ?? truncateToWidth(lines[0] ?? "", width)
  );
}

type Part = "read" | "inLedger" | "speed" | "left" | "waiting";

function joinParts(snapshot: ProgressSnapshot, parts: readonly Part[]): string {
  const { found, foundIsFinal, read, inLedger, filesPerSecond, waitingFor } = snapshot;
  const title = escapeControls(snapshot.title);
  if (found === 0) return title; // a job begins by settling what an interrupted one left
  const texts: Readonly<Record<Part, string>> = {
    read: `${formatNumber(read)} of ${foundIsFinal ? "" : "at least "}${formatNumber(found)} files read`,
    inLedger: `${formatNumber(inLedger)} in the ledger`,
    speed: `${formatNumber(Math.round(filesPerSecond))} files/s`,
    left: writeTimeLeft(snapshot.secondsLeft),
    waiting: waitingFor === null ? "" : `waiting for ${waitingFor}`,
  };
  const shown = parts.map((part) => texts[part]).filter((text) => text !== "");
  return `${title}: ${shown.join(", ")}`;
}

function writeTimeLeft(range: readonly [number, number] | null): string {
  if (range === null) return "";
  const [shortest, longest] = range.map((seconds) => formatDuration(Math.ceil(seconds)));
  return shortest === longest ? `about ${longest} left` : `${shortest} to ${longest} left`;
}

class ThrottledDisplay implements ProgressDisplay {
  readonly #stderr: Output;
  readonly #now: () => number;
  readonly #intervalMs: number;
  readonly #draw: (snapshot: ProgressSnapshot) => void;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #waiting: ProgressSnapshot | undefined;

  constructor(
    stderr: Output,
    now: () => number,
    intervalMs: number,
    draw: (snapshot: ProgressSnapshot) => void,
  ) {
    this.#stderr = stderr;
    this.#now = now;
    this.#intervalMs = intervalMs;
    this.#draw = draw;
  }

  update(snapshot: ProgressSnapshot): void {
    this.#waiting = snapshot;
    if (this.#now() - this.#drawnAt >= this.#intervalMs) this.#show();
  }

  note(line: string): void {
    this.#stderr.write(`${line}\n`);
  }

  finish(): void {
    this.#show();
  }

  #show(): void {
    if (this.#waiting === undefined) return;
    this.#draw(this.#waiting);
    this.#waiting = undefined;
    this.#drawnAt = this.#now();
  }
}

class TerminalDisplay implements ProgressDisplay {
  readonly #stderr: Output;
  readonly #throttled: ThrottledDisplay;
  /** What stands on the line now; empty when the cursor is at the start of a free line. */
  #line = "";

  constructor(stderr: Output, now: () => number) {
    this.#stderr = stderr;
    this.#throttled = new ThrottledDisplay(stderr, now, TERMINAL_MS, (snapshot) => {
      // The last column stays free: some terminals break the line when it is filled.
      this.#line = fitProgressLine(snapshot, stderr.columns - 1);
      stderr.write(CLEAR_LINE + this.#line);
    });
  }

  update(snapshot: ProgressSnapshot): void {
    this.#throttled.update(snapshot);
  }

  note(line: string): void {
    const isDrawn = this.#line !== "";
    this.#stderr.write(`${isDrawn ? CLEAR_LINE : ""}${line}\n${this.#line}`);
  }

  finish(): void {
    this.#throttled.finish();
    if (this.#line !== "") this.#stderr.write("\n");
    this.#line = "";
  }
}
