import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Held, judgeGrowth, launchJobs } from "./launch-jobs.ts";

const some: Held = { memory: 100e6, heap: 5e6, descriptors: 20, children: 0, listeners: 0 };

test("growth is told, and what is within a tenth is none", () => {
  expect(judgeGrowth([some, { ...some, memory: 109e6 }])).toEqual([]);
  expect(judgeGrowth([some, { ...some, memory: 111e6, descriptors: 21 }])).toEqual([
    "Memory grew from 95.4 MiB to 105.9 MiB.",
    "Open descriptors grew from 20 to 21.",
  ]);
  expect(judgeGrowth([])).toEqual(["There was no job."]);
});

test.skipIf(process.platform !== "linux")(
  "a process that has started three jobs holds no more than after one (needs /proc)",
  async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-launcher-")));
    try {
      const [first, , third] = await launchJobs(folder, 3);
      expect(third).toMatchObject({ children: 0, listeners: first?.listeners });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
