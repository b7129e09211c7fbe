import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { RecordingOutput } from "#cli/recording-context.ts";
import { showSteps } from "./show-steps.ts";

const progress = () => ({ steps: { done: 1200, all: 3000 } });

test("a terminal's line is drawn over, and left at the end", async () => {
  const stderr = new RecordingOutput({ isTerminal: true });
  const steps = showSteps({ stderr }, "series", { quiet: false });
  steps.watch(progress);
  await sleep(350);
  steps.end();
  expect(stderr.text).toBe("\r\x1b[2K1,200 of 3,000 series\n");
});

test("nothing is shown when nothing is to be, or when there are no steps", async () => {
  const stderr = new RecordingOutput({ isTerminal: true });
  const quiet = showSteps({ stderr }, "series", { quiet: true });
  quiet.watch(progress);
  const idle = showSteps({ stderr }, "series", { quiet: false });
  idle.watch(() => ({ steps: null }));
  await sleep(300);
  quiet.end();
  idle.end();
  expect(stderr.text).toBe("");
});
