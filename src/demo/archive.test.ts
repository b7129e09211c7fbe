import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import dicomParser from "dicom-parser";
import { afterEach, describe, expect, test, vi } from "vitest";
import { defaultDemoOptions, planDemoArchive } from "./archive.ts";
import { canaries } from "./canaries.ts";
import type { DemoFile } from "./demo-file.ts";
import { demoExpectations } from "./mess.ts";

const archive = planDemoArchive(defaultDemoOptions);

function findFile(path: string): Uint8Array {
  const file = archive.find((one) => one.path === path);
  if (file?.kind !== "file") throw new Error(`no file ${path}`);
  return file.makeBytes();
}

function parse(path: string) {
  return dicomParser.parseDicom(Buffer.from(findFile(path)));
}

function digest(files: readonly DemoFile[]): string {
  const sum = createHash("sha256");
  for (const file of files) {
    sum.update(file.path);
    sum.update(file.kind === "file" ? file.makeBytes() : file.target);
  }
  return sum.digest("hex");
}

afterEach(() => {
  vi.useRealTimers();
});

test("the same seed gives the same bytes, whatever the clock says", () => {
  vi.setSystemTime(new Date("2031-05-06T07:08:09Z"));
  const first = digest(planDemoArchive({ ...defaultDemoOptions, subjects: 1, scale: 0.2 }));
  vi.setSystemTime(new Date("2042-12-31T23:59:59Z"));
  expect(digest(planDemoArchive({ ...defaultDemoOptions, subjects: 1, scale: 0.2 }))).toBe(first);
});

test("no source of this folder looks at a clock or at Math.random", () => {
  for (const name of readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const source = readFileSync(`${import.meta.dirname}/${name}`, "utf8");
    expect(source, name).not.toMatch(/Date\.now|Math\.random\(|new Date\(\)|performance\./);
  }
});

test("another seed gives other UIDs under the same paths", () => {
  const options = { ...defaultDemoOptions, subjects: 1, scale: 0.1 };
  const [a, b] = [1, 2].map((seed) => planDemoArchive({ ...options, seed }));
  expect(a?.map((one) => one.path)).toEqual(b?.map((one) => one.path));
  const uidOf = (file: DemoFile | undefined) =>
    file?.kind === "file"
      ? dicomParser.parseDicom(Buffer.from(file.makeBytes())).string("x00080018")
      : undefined;
  expect(uidOf(a?.[0])).not.toBe(uidOf(b?.[0]));
});

test("the default archive is small and its paths are unique", () => {
  expect(new Set(archive.map((one) => one.path)).size).toBe(archive.length);
  expect(archive.length).toBeLessThanOrEqual(1500);
  const bytes = archive.reduce(
    (sum, one) => sum + (one.kind === "file" ? one.makeBytes().length : 0),
    0,
  );
  expect(bytes).toBeLessThan(15e6);
});

test("more subjects and a larger scale make more files", () => {
  const count = (changes: object) => planDemoArchive({ ...defaultDemoOptions, ...changes }).length;
  expect(count({ subjects: 8 })).toBeGreaterThan(archive.length);
  expect(count({ scale: 2 })).toBeGreaterThan(archive.length * 1.5);
});

test("each expectation is of one file of the mess, and no two are of the same", () => {
  const paths = demoExpectations.map((one) => one.path);
  expect(new Set(paths).size).toBe(paths.length);
  const inPlan = new Set(archive.map((one) => one.path));
  expect(paths.filter((path) => !inPlan.has(path))).toEqual([]);
  expect(archive.filter((one) => one.path.includes("usual-mess")).length).toBe(paths.length);
  expect(new Set(demoExpectations.map((one) => JSON.stringify([one.path, one.state]))).size).toBe(
    paths.length,
  );
});

test("every subject's files hold canaries", () => {
  for (const subject of ["subject-01", "subject-02", "subject-03", "subject-04"]) {
    const file = archive.find((one) => one.path.startsWith(`${subject}/`)) as DemoFile;
    const text = Buffer.from(findFile(file.path)).toString("latin1");
    expect(canaries.some((canary) => text.includes(canary))).toBe(true);
  }
  expect(new Set(canaries).size).toBe(canaries.length);
});

test("no path holds a canary, since paths are shown", () => {
  for (const { path } of archive) {
    expect(canaries.filter((canary) => path.includes(canary))).toEqual([]);
  }
});

describe("enhanced twins hold what the classic instances hold", () => {
  const twins = [
    ["subject-01/visit-2/01-localizer", "subject-01/visit-2/02-localizer-enhanced/IM0001.dcm"],
    ["subject-01/visit-2/04-dwi", "subject-01/visit-2/05-dwi-enhanced/IM0001.dcm"],
    ["subject-02/visit-1/01-field-map", "subject-02/visit-1/02-field-map-enhanced/IM0001"],
  ] as const;
  test.each(twins)("%s", (folder, twinPath) => {
    const twin = parse(twinPath);
    const shared = twin.elements["x52009229"]?.items?.[0]?.dataSet as dicomParser.DataSet;
    const items = twin.elements["x52009230"]?.items ?? [];
    const paths = archive.map((one) => one.path).filter((path) => path.startsWith(`${folder}/`));
    expect(items.length).toBe(paths.length);
    expect(twin.intString("x00280008")).toBe(paths.length);
    paths.forEach((path, index) => {
      const classic = parse(path);
      const group = (sequence: string) =>
        (items[index]?.dataSet?.elements[sequence] ?? shared.elements[sequence])?.items?.[0]
          ?.dataSet as dicomParser.DataSet;
      expect(group("x00209113").string("x00200032")).toBe(classic.string("x00200032"));
      expect(group("x00209116").string("x00200037")).toBe(classic.string("x00200037"));
      expect(group("x00189114").double("x00189082")).toBe(classic.floatString("x00180081"));
      expect(group("x00189112").string("x00180080")).toBe(classic.string("x00180080"));
      expect(group("x00289110").string("x00280030")).toBe(classic.string("x00280030"));
      if (classic.elements["x00189087"]) {
        expect(group("x00189117").double("x00189087")).toBe(classic.double("x00189087"));
      }
    });
  });
});

test("the mosaic says how many slices lie on its sheet", () => {
  const mosaic = parse("subject-01/visit-1/07-bold-mosaic/IM0001.IMA");
  expect(mosaic.uint16("x0019100a")).toBe(15);
  expect(mosaic.string("x00080008")).toContain("MOSAIC");
  expect(mosaic.uint16("x00280010")).toBe(128);
});

test("the tube current of the chest follows the body", () => {
  const currents = archive
    .map((one) => one.path)
    .filter((path) => path.startsWith("subject-02/visit-3/02-ct-chest/"))
    .map((path) => parseImplicit(path).intString("x00181151"));
  expect(new Set(currents).size).toBeGreaterThan(8);
});

function parseImplicit(path: string) {
  return dicomParser.parseDicom(Buffer.from(findFile(path)), { vrCallback: () => "UN" } as never);
}
