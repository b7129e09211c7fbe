import { expect, test } from "vitest";
import { createRecordingContext, RecordingOutput } from "#cli/recording-context.ts";
import {
  createProgressDisplay,
  fitProgressLine,
  type ProgressSnapshot,
  writeProgressLine,
} from "./progress.ts";

const snapshot: ProgressSnapshot = {
  phase: "parse",
  title: "Parallel extraction",
  found: 412_000,
  foundIsFinal: true,
  read: 12_345,
  inLedger: 12_000,
  filesPerSecond: 5700.4,
  secondsLeft: [61, 119.5],
  waitingFor: "disk",
  elapsedSeconds: 3,
};

/** Tells the display of a new snapshot every 10 ms for `seconds`. */
function watch(
  seconds: number,
  options: { json?: boolean; quiet?: boolean; isTerminal?: boolean },
) {
  let now = 0;
  const context = createRecordingContext({
    now: () => now,
    stderr: new RecordingOutput({ isTerminal: options.isTerminal ?? false, columns: 60 }),
  });
  const display = createProgressDisplay(context, {
    json: options.json ?? false,
    quiet: options.quiet ?? false,
  });
  for (; now < seconds * 1000; now += 10) display.update({ ...snapshot, read: now });
  display.finish();
  return context;
}

test("says what is done, how fast, what is left and what it waits for", () => {
  expect(writeProgressLine(snapshot)).toBe(
    "Parallel extraction: 12,345 of 412,000 files read, 12,000 in the ledger, 5,700 files/s, 1 min 1 s to 2 min left, waiting for disk",
  );
  expect(
    writeProgressLine({ ...snapshot, foundIsFinal: false, secondsLeft: null, waitingFor: null }),
  ).toBe(
    "Parallel extraction: 12,345 of at least 412,000 files read, 12,000 in the ledger, 5,700 files/s",
  );
  expect(writeProgressLine({ ...snapshot, secondsLeft: [60, 60] })).toContain("about 1 min left");
});

test("leaves out what matters less where it does not fit", () => {
  const draw = (width: number): string => fitProgressLine(snapshot, width);
  expect(draw(200)).toBe(writeProgressLine(snapshot));
  expect(draw(115)).toMatch(/, 12,000 in the ledger, 5,700 files\/s, 1 min 1 s to 2 min left$/);
  expect(draw(90)).toBe(
    "Parallel extraction: 12,345 of 412,000 files read, 5,700 files/s, 1 min 1 s to 2 min left",
  );
  expect(draw(50)).toBe("Parallel extraction: 12,345 of 412,000 files read");
  expect(draw(30)).toHaveLength(30);
});

test("counts no files while there are none", () => {
  expect(writeProgressLine({ ...snapshot, found: 0, read: 0 })).toBe("Parallel extraction");
});

test("draws over one line at most four times a second on a terminal", () => {
  const { stderr, stdout } = watch(10, { isTerminal: true });
  expect(stdout.text).toBe("");
  const drawn = stderr.writes.filter((text) => text.startsWith("\r\x1b[2K"));
  expect(drawn.length).toBe(41);
  for (const text of drawn) expect(text.length).toBeLessThanOrEqual("\r\x1b[2K".length + 59);
  expect(stderr.text.split("\n").length).toBe(2);
});

test("writes a line every ten seconds elsewhere, the first at once and the last at the end", () => {
  const { stderr, stdout } = watch(25, {});
  expect(stdout.text).toBe("");
  expect(stderr.text.split("\n").map((line) => /: ([\d,]+)/.exec(line)?.[1])).toEqual([
    "0",
    "10,000",
    "20,000",
    "24,990",
    undefined,
  ]);
  expect(stderr.text).not.toContain("\x1b");
});

test("writes an object a line on standard output with --json", () => {
  const { stderr, stdout } = watch(2, { json: true, isTerminal: true });
  expect(stderr.text).toBe("");
  const objects = stdout.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(objects.map(({ read }) => read)).toEqual([0, 1000, 1990]);
  expect(objects[2]).toEqual({ type: "progress", ...snapshot, read: 1990 });
});

test("writes nothing with --quiet", () => {
  const { stderr, stdout } = watch(25, { quiet: true, isTerminal: true });
  expect(stderr.text + stdout.text).toBe("");
});

test("a note does not tear the line that is drawn over", () => {
  const context = createRecordingContext({
    stderr: new RecordingOutput({ isTerminal: true, columns: 200 }),
  });
  const display = createProgressDisplay(context, { json: false, quiet: false });
  display.note("Before.");
  display.update(snapshot);
  display.note("Between.");
  display.finish();
  const line = writeProgressLine(snapshot);
  expect(context.stderr.text).toBe(`Before.\n\r\x1b[2K${line}\r\x1b[2KBetween.\n${line}\n`);
});
