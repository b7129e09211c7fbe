import { expect, test } from "vitest";
import type { ProgressNow } from "#pipeline/progress.ts";
import { noCounts } from "#store/job.ts";
import { SpeedMeter } from "./measure-speed.ts";

function progress(found: number, done: number, rest: Partial<ProgressNow> = {}): ProgressNow {
  return {
    phase: "parse",
    counts: { ...noCounts, found, new: done },
    foundIsFinal: true,
    waitingFor: null,
    steps: null,
    ...rest,
  };
}

/** Measures each second; `doneAt` tells how many files are through after so many seconds. */
function run(meter: SpeedMeter, seconds: number, make: (second: number) => ProgressNow) {
  let speed = meter.measure(make(0), 0);
  for (let second = 1; second <= seconds; second++) {
    speed = meter.measure(make(second), second * 1000);
  }
  return speed;
}

test("a steady job has one rate and an exact time left", () => {
  const speed = run(new SpeedMeter(0, null), 20, (second) => progress(10_000, second * 100));
  expect(speed.filesPerSecond).toBeCloseTo(100);
  expect(speed.secondsLeft?.map(Math.round)).toEqual([80, 80]);
});

test("no time left is told in the first ten seconds or before a hundredth is done", () => {
  const early = run(new SpeedMeter(0, null), 9, (second) => progress(1_000, second * 100));
  expect(early.secondsLeft).toBeNull();
  const little = run(new SpeedMeter(0, null), 20, (second) => progress(1_000_000, second));
  expect(little.secondsLeft).toBeNull();
});

test("a change of pace makes a range", () => {
  const speed = run(new SpeedMeter(0, null), 60, (second) =>
    progress(100_000, second <= 30 ? second * 100 : 3_000 + (second - 30) * 300),
  );
  const [shortest, longest] = speed.secondsLeft ?? [0, 0];
  expect(shortest).toBeCloseTo((100_000 - 12_000) / 300, -1);
  expect(longest).toBeCloseTo((100_000 - 12_000) / 200, -1);
});

test("while files are still being found, the job before tells how many there may be", () => {
  const walk = (second: number) => progress(second * 110, second * 100, { foundIsFinal: false });
  expect(run(new SpeedMeter(0, null), 20, walk).secondsLeft).toBeNull();
  expect(run(new SpeedMeter(0, 10_000), 20, walk).secondsLeft?.map(Math.round)).toEqual([80, 105]);
  // More than the last time already: nothing is known any more.
  expect(run(new SpeedMeter(0, 1_000), 20, walk).secondsLeft).toBeNull();
});

test("a standstill has no time left", () => {
  const speed = run(new SpeedMeter(0, null), 60, (second) =>
    progress(10_000, Math.min(second, 20) * 100),
  );
  expect(speed).toEqual({ filesPerSecond: 0, secondsLeft: null });
});

test("while series are settled, the rate of reading stays and no time is told", () => {
  const meter = new SpeedMeter(0, null);
  run(meter, 20, (second) => progress(2_000, second * 100));
  const first = meter.measure(progress(2_000, 2_000, { phase: "stack" }), 21_000);
  const later = meter.measure(progress(2_000, 2_000, { phase: "headers" }), 60_000);
  expect(first.filesPerSecond).toBeCloseTo(2_000 / 21);
  expect(later).toEqual({ filesPerSecond: first.filesPerSecond, secondsLeft: null });
});
