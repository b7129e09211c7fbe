import { expect, test } from "vitest";
import { explainDeath } from "./launch-job.ts";

test("a death is told with its signal, and what to do", () => {
  expect(explainDeath(null, "SIGKILL", "")).toBe(
    "The job's process ended without a word (SIGKILL); what was committed is kept: start the command again and it goes on. If the system was short of memory, reduce --workers, then --batch-size.",
  );
  expect(explainDeath(7, null, "")).toContain("(status 7)");
});

test("want of memory is known by what Node says of it", () => {
  const errors =
    "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory";
  expect(explainDeath(null, "SIGABRT", errors)).toMatch(/ran out of memory.*--workers/);
});
