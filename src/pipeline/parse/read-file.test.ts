import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, changeDataSet, element, sequence } from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { microseconds } from "#pipeline/discover/walk.ts";
import { instanceCells, settingColumns } from "#store/columns.ts";
import { nodePlatform } from "./node-platform.ts";
import type { FileFacts } from "./open-file.ts";
import { FileReader } from "./read-file.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nils-read-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const image = (name: string): Uint8Array =>
  encodeFile(makeSingleImage(3, name), { encoding: "ELE" });

function factsOf(path: string): FileFacts {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return { size, mtime: microseconds(mtimeMs), ctime: microseconds(ctimeMs) };
}

function plant(name: string, bytes: Uint8Array): { path: string; facts: FileFacts } {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, facts: factsOf(path) };
}

const ignore = (): void => undefined;
const uid = instanceCells.indexOf("sop_instance_uid");

test("a file that holds still is read once and keeps the facts it was found with", () => {
  const { path, facts } = plant("still", image("still"));
  const read = new FileReader(nodePlatform, ignore).read(path, "still", facts);
  expect(read).toMatchObject({ state: "stored", code: null, facts });
  expect(read.instance?.cells[uid]).toMatch(/^2\.25\./);
});

test("what cannot be taken of a frame is kept as it is written, as of a classic image", () => {
  const window = (text: string) => element(0x0028_9132, "SQ", [[element(0x0028_1050, "DS", text)]]);
  const framed = changeDataSet(makeSingleImage(3, "framed"), {
    with: [
      attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.4.1"),
      attribute("NumberOfFrames", 3),
      sequence("PerFrameFunctionalGroupsSequence", [window("40")], [window("NaN")], [window("x")]),
    ],
  });
  const classic = changeDataSet(makeSingleImage(3, "classic"), {
    with: [element(0x0028_1050, "DS", "NaN")],
  });
  for (const [name, dataSet] of Object.entries({ framed, classic })) {
    const { path, facts } = plant(name, encodeFile(dataSet, { encoding: "ELE" }));
    const read = new FileReader(nodePlatform, ignore).read(path, name, facts);
    expect(read.instance?.cells[instanceCells.indexOf("raw_values")]).toBe(
      '{"window_center":"NaN"}',
    );
    expect(read.warnings).toContain("number-invalid");
  }
});

test("a comment that no number can be taken from is not kept beside the column", () => {
  const dataSet = changeDataSet(makeSingleImage(3, "comment"), {
    with: [
      attribute("Manufacturer", "CANON_MEC"),
      element(0x0020_4000, "LT", "b=70000 Person Named"),
      element(0x0028_0030, "DS", "0\\0"),
    ],
  });
  const { path, facts } = plant("comment", encodeFile(dataSet, { encoding: "ELE" }));
  const { instance, warnings } = new FileReader(nodePlatform, ignore).read(path, "c", facts);
  expect(warnings).toContain("value-out-of-range");
  expect(instance?.cells[instanceCells.indexOf("raw_values")] ?? "").not.toContain("Person");
  const spacing = settingColumns.findIndex(({ name }) => name === "pixel_spacing");
  expect(instance?.setting?.part.values[spacing]).toBeNull();
  expect(instance?.setting?.part.rawValues).toContain('"pixel_spacing":"0\\\\0"');
});

test("a file that changed after it was found is read as it is now", () => {
  const { path, facts } = plant("replaced", image("before"));
  const before = new FileReader(nodePlatform, ignore).read(path, "replaced", facts);
  writeFileSync(path, image("after, and longer").subarray(0, -2));
  const read = new FileReader(nodePlatform, ignore).read(path, "replaced", facts);
  expect(read).toMatchObject({ state: "stored", facts: { size: statSync(path).size } });
  expect(read.instance?.cells[uid]).not.toBe(before.instance?.cells[uid]);
});

test("a file that grew from nothing after it was found is read whole", () => {
  const { path, facts } = plant("grown", new Uint8Array(0));
  writeFileSync(path, image("grown"));
  const read = new FileReader(nodePlatform, ignore).read(path, "grown", facts);
  expect(read.state).toBe("stored");
});

test("a file that grows while it is read stores nothing half-read", () => {
  const { path, facts } = plant("growing", image("growing"));
  const reader = new FileReader(nodePlatform, () => appendFileSync(path, "more"));
  const read = reader.read(path, "growing", facts);
  expect(read).toMatchObject({ state: "changed", code: "changed-during-read", instance: null });
  expect(read.facts.size).toBeGreaterThan(facts.size);
});

test("a reader goes on after a file that changed under it", () => {
  const growing = plant("growing-2", image("growing-2"));
  const still = plant("still-2", image("still-2"));
  let grows = true;
  const reader = new FileReader(nodePlatform, () => {
    if (grows) appendFileSync(growing.path, "more");
  });
  expect(reader.read(growing.path, "growing-2", growing.facts).state).toBe("changed");
  grows = false;
  const read = reader.read(still.path, "still-2", still.facts);
  expect(read).toMatchObject({ state: "stored", facts: still.facts });
});

test("a file that is gone throws the system's error", () => {
  const { path, facts } = plant("gone", image("gone"));
  rmSync(path);
  expect(() => new FileReader(nodePlatform, ignore).read(path, "gone", facts)).toThrow(/ENOENT/);
});
