/** Disks that come and go where a source is: a job and the next one in mounts of their own (root on Linux). */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage } from "./support/make-image.ts";
import { Extraction } from "./support/run-extraction.ts";

let lab: Extraction;

beforeEach(() => {
  lab = new Extraction();
});

afterEach(async () => {
  while (mount("umount", "-l", lab.source) === 0);
  await lab.remove();
});

function mount(...command: readonly string[]): number | null {
  return spawnSync(command[0] as string, command.slice(1)).status;
}

function mountDisk(): void {
  expect(mount("mount", "-t", "tmpfs", "-o", "size=64m", "none", lab.source)).toBe(0);
}

function plantSeries(series: string, count: number): void {
  for (let instance = 1; instance <= count; instance++) {
    lab.write(`${series}/${series}-${instance}.dcm`, makeImage({ series, instance }));
  }
}

const mayMount = process.platform === "linux" && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  const folder = new Extraction();
  const isDone = mount("mount", "-t", "tmpfs", "none", folder.source) === 0;
  if (isDone) mount("umount", folder.source);
  void folder.remove();
  return isDone;
}

// Mounting in this process's own name space needs root.
const testMounts = test.skipIf(!mayMount);

testMounts("a disk that is not mounted empties no database (needs root on Linux)", async () => {
  mountDisk();
  plantSeries("a", 3);
  await lab.run();
  const dump = await lab.dump();
  expect(mount("umount", lab.source)).toBe(0);
  expect(await lab.run()).toMatchObject({
    state: "failed",
    exitStatus: 1,
    message:
      "3 files that were there are gone, which may be a disk that is not mounted; none was marked missing. If they are meant to be gone, run again with --accept-shrink.",
    counts: { found: 0, kept: 3, missing: 0 },
    account: { imbalances: [] },
  });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

testMounts(
  "another disk in the place of the source takes nothing away (needs root on Linux)",
  async () => {
    mountDisk();
    plantSeries("a", 150);
    await lab.run();
    expect(mount("umount", lab.source)).toBe(0);
    mountDisk();
    plantSeries("b", 5);
    expect(await lab.run()).toMatchObject({
      state: "failed",
      exitStatus: 1,
      message: expect.stringMatching(/^150 files that were there are gone, .*--accept-shrink\.$/),
      counts: { found: 5, new: 5, kept: 150, missing: 0 },
      content: { instances: 155, series: 2 },
      account: { imbalances: [] },
    });
  },
);

testMounts(
  "a disk that goes while a job reads costs its files for that job, and no stored one (needs root on Linux)",
  async () => {
    mountDisk();
    plantSeries("a", 3);
    await lab.run();
    const dump = await lab.dump();
    plantSeries("b", 4);
    let isGone = false;
    const report = await lab.run({
      beforeCall: (name) => {
        if (isGone || name !== "knownFolders") return;
        isGone = true;
        expect(mount("umount", "-l", lab.source)).toBe(0);
      },
    });
    expect(report).toMatchObject({
      state: "completed-with-problems",
      exitStatus: 3,
      counts: { found: 7, unchanged: 3, new: 4, missing: 0 },
      content: { instances: 3 },
      account: { imbalances: [], byState: { stored: 3, changed: 4 } },
    });
    const stored = (lines: readonly string[]): string[] =>
      lines.filter((line) => !/^(file|folder|problem)\t/.test(line));
    expect(compareDumps(stored(await lab.dump()), stored(dump))).toEqual([]);
  },
);

testMounts(
  "a folder that is a disk of its own is walked like any other (needs root on Linux)",
  async () => {
    plantSeries("a", 2);
    mkdirSync(join(lab.source, "disk"));
    expect(mount("mount", "-t", "tmpfs", "none", join(lab.source, "disk"))).toBe(0);
    try {
      lab.write("disk/3.dcm", makeImage({ instance: 3 }));
      expect(await lab.run()).toMatchObject({ exitStatus: 0, content: { instances: 3 } });
    } finally {
      mount("umount", join(lab.source, "disk"));
    }
    // Below the hundredth file nothing is held back: it is gone like any other file.
    expect(await lab.run()).toMatchObject({ exitStatus: 0, counts: { missing: 1 } });
  },
);
