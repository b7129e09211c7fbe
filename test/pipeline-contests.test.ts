/** Files that claim one instance: who holds it, job after job. */
import { copyFileSync, renameSync, rmSync, truncateSync, utimesSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemPath } from "#pipeline/discover/walk.ts";
import type { StopSign } from "#pipeline/stop-sign.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage } from "./support/make-image.ts";
import { Extraction } from "./support/run-extraction.ts";

let lab: Extraction;

beforeEach(() => {
  lab = new Extraction();
});

afterEach(() => lab.remove());

test.each([
  ["a folder that is not UTF-8", "//a%FF/1.dcm", "//a%FF/100%25.dcm"],
  ["a name that is not UTF-8", "a%/1.dcm", "//a%25/%FF"],
  ["both", "//%FE/1", "//%FE/%FF%25"],
  ["neither", "a%/1.dcm", "a%/100%.dcm"],
])("a copy takes the place of a file that went: %s", async (_, original, copy) => {
  for (const path of [original, copy]) lab.write(path, makeImage({ instance: 1 }));
  lab.write("z", makeImage({ instance: 2 }));
  await lab.run();
  rmSync(systemPath(lab.source, original));
  const second = await lab.run();
  expect(second).toMatchObject({ exitStatus: 0, account: { imbalances: [] } });
  expect(await lab.files()).toMatchObject(
    [
      { path: copy, state: "stored" },
      { path: original, state: "missing" },
      { path: "z", state: "stored" },
    ].sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
  await lab.run({ name: "fresh" });
  expect(compareDumps(await lab.dump(), await lab.dump("fresh"))).toEqual([]);
});

test("a thousand copies take the places of as many originals", async () => {
  for (let instance = 1; instance <= 1000; instance++) {
    lab.write(`a/${instance}`, makeImage({ instance }));
    lab.write(`b/${instance}`, makeImage({ instance, pixels: instance % 2 === 0 ? 7 : 100 }));
    if (instance % 100 === 0) lab.write(`c/${instance}`, makeImage({ instance }));
  }
  await lab.run({ job: { workers: 2 } });
  rmSync(lab.path("a"), { recursive: true });
  const second = await lab.run({ job: { workers: 2, acceptShrink: true } });
  expect(second).toMatchObject({
    account: { imbalances: [], byState: { stored: 1000, conflict: 10, missing: 1000 } },
  });
  await lab.run({ name: "fresh" });
  expect(compareDumps(await lab.dump(), await lab.dump("fresh"))).toEqual([]);
});

/** Files that are away while the job calls the store so, and back when it has ended. */
async function runWithout(path: string, call: string): ReturnType<Extraction["run"]> {
  let isAway = false;
  try {
    return await lab.run({
      beforeCall: (name) => {
        if (isAway || name !== call) return;
        renameSync(lab.path(path), `${lab.folder}/away`);
        isAway = true;
      },
    });
  } finally {
    renameSync(`${lab.folder}/away`, lab.path(path));
  }
}

test("a copy that cannot be read when it is to be compared is told, and compared by the next job", async () => {
  lab.write("a/1", makeImage({ instance: 1 }));
  lab.write("b/1", makeImage({ instance: 1 }));
  expect(await runWithout("b/1", "markMissing")).toMatchObject({
    exitStatus: 3,
    ledger: { notCompared: 1 },
    account: { imbalances: [] },
  });
  expect(await lab.files()).toMatchObject([
    { path: "a/1", state: "stored" },
    { path: "b/1", state: "duplicate", code: "not-compared" },
  ]);
  expect(await lab.run()).toMatchObject({ exitStatus: 0, ledger: { notCompared: 0 } });
  await lab.run({ name: "fresh" });
  expect(compareDumps(await lab.dump(), await lab.dump("fresh"))).toEqual([]);
});

test("a header that cannot be read is told, and read by the next job", async () => {
  for (const instance of [1, 2]) lab.write(`a/${instance}`, makeImage({ instance }));
  lab.write("b/1", makeImage({ instance: 1, series: "other" }));
  expect(await runWithout("b/1", "headerTasks")).toMatchObject({
    exitStatus: 3,
    ledger: { headersUnread: 1 },
    account: { imbalances: [] },
  });
  expect((await lab.files()).at(-1)).toMatchObject({
    state: "stored",
    warnings: ["header-not-read"],
  });
  const problems = (await lab.dump()).filter((line) => line.startsWith("problem\t"));
  expect(problems).toEqual([expect.stringContaining("header-not-read")]);
  const { cohortId } = await lab.cohort();
  expect((await lab.store.recountStacks(cohortId)).unsettledSeries).toBe(0);
  expect(await lab.run()).toMatchObject({ exitStatus: 0, counts: { changed: 1 } });
  await lab.run({ name: "fresh" });
  expect(compareDumps(await lab.dump(), await lab.dump("fresh"))).toEqual([]);
});

test("a stop does not wait for files of gigabytes that are being compared", async () => {
  lab.write("a/1", makeImage({ instance: 1 }));
  copyFileSync(lab.path("a/1"), lab.path("a/2"));
  for (const path of ["a/1", "a/2"]) {
    truncateSync(lab.path(path), 8e9); // sparse: takes no room, and many seconds to read
    utimesSync(lab.path(path), 1_600_000_000.5, 1_600_000_000.5);
  }
  let stop: StopSign | null = null;
  let stoppedAt = 0;
  const report = await lab.run({
    hooks: {
      onBegin: (_, sign) => {
        stop = sign;
      },
    },
    beforeCall: (name) => {
      if (name !== "markMissing") return;
      setTimeout(() => {
        stoppedAt = performance.now();
        stop?.raise("cancel");
      }, 500);
    },
  });
  expect(performance.now() - stoppedAt).toBeLessThan(2_000);
  expect(report).toMatchObject({ state: "cancelled", account: { imbalances: [] } });
  expect((await lab.files()).map((file) => file.code)).toEqual([null, "not-compared"]);
});
