import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import dicomParser from "dicom-parser";
import { afterAll, expect, test } from "vitest";
import { writeHeaderOnlyArchive } from "./header-only.ts";
import type { HeaderOnlyOptions } from "./series-template.ts";

const root = mkdtempSync(`${tmpdir()}/nils-header-only-`);
let runs = 0;

afterAll(() => {
  rmSync(root, { recursive: true });
});

function write(options: Omit<HeaderOnlyOptions, "seed">) {
  const directory = `${root}/${runs++}`;
  const written = writeHeaderOnlyArchive(directory, { seed: 5, ...options });
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".dcm"))
    .sort()
    .map((path) => `${directory}/${path}`);
  return { written, paths, read: () => paths.map((path) => readFileSync(path)) };
}

test("files of a series differ in what varies by slice and agree in the rest", () => {
  const { written, read } = write({ files: 45, filesPerSeries: 20 });
  const files = read();
  expect(written).toEqual({
    files: 45,
    bytes: files.reduce((sum, file) => sum + file.length, 0),
  });
  const headers = files.map((file) => dicomParser.parseDicom(file));
  const distinct = (tag: string, of = headers) => new Set(of.map((one) => one.string(tag))).size;
  expect(distinct("x00080018")).toBe(45);
  expect(distinct("x0020000e")).toBe(3);
  const series = headers.slice(0, 20);
  for (const tag of ["x00200013", "x00200032", "x00201041", "x00080032", "x00080033"]) {
    expect(distinct(tag, series), tag).toBe(20);
  }
  for (const tag of ["x0020000d", "x0020000e", "x00100020", "x00180081", "x0008103e"]) {
    expect(distinct(tag, series), tag).toBe(1);
  }
  expect(headers[7]?.string("x00020003")).toBe(headers[7]?.string("x00080018"));
  expect(headers[7]?.string("x00200013")).toBe("8");
  expect(headers[7]?.string("x00200032")?.split("\\").map(Number).some(Number.isNaN)).toBe(false);
});

test("the same seed gives the same files", () => {
  const options = { files: 12, filesPerSeries: 5, randomUids: true };
  expect(write(options).read()).toEqual(write(options).read());
});

test("random UIDs are UIDs of their own and below the largest UUID", () => {
  const { read } = write({ files: 300, randomUids: true });
  const uids = read().map((file) => dicomParser.parseDicom(file).string("x00080018") ?? "");
  expect(new Set(uids).size).toBe(300);
  for (const uid of uids) {
    expect(uid).toMatch(/^2\.25\.[12]\d{38}$/);
    expect(BigInt(uid.slice(5))).toBeLessThan(2n ** 128n);
  }
});

test("files are filled up to the size asked for", () => {
  const { paths } = write({ files: 3, headerBytes: 6000 });
  expect(paths.map((path) => statSync(path).size)).toEqual([6000, 6000, 6000]);
});

test("CSA headers are as large as asked for, with elements after them", () => {
  const [file] = write({ files: 1, csaBytes: 78_000 }).read();
  const header = dicomParser.parseDicom(file as Buffer);
  const image = header.elements["x00291010"]?.length ?? 0;
  const series = header.elements["x00291020"]?.length ?? 0;
  expect(image + series).toBe(78_000);
  expect(header.string("x0051100f")).toBe("HEA;HEP");
});
