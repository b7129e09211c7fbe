/** Files that claim one instance: who holds it, job after job. */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemPath } from "#pipeline/discover/walk.ts";
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
