/**
 * The fifty hostile inputs in one folder, read by a real job into a real database: state, code, warnings and values
 * of each. Rows about files that cannot be read as they lie have folders of their own.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeDataSet } from "#demo/encode-data-set.ts";
import { wrapBody } from "#demo/encode-file.ts";
import { hexBytes, image, joinBytes } from "#demo/odd/odd-file.ts";
import type { ByteSource } from "#dicom/byte-source.ts";
import { memorySource } from "#dicom/byte-source.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import { defaultReaderLimits } from "#dicom/reader-limits.ts";
import { systemPath } from "#pipeline/discover/walk.ts";
import { wantedTree } from "#pipeline/parse/column-plan.ts";
import type { JobReport } from "#pipeline/run-job.ts";
import { readRow, withReadError } from "./hostile/failing-reads.ts";
import type { HostileFile } from "./hostile/hostile-file.ts";
import { differingColumns, type Observed, observeFiles, readAll } from "./hostile/observe.ts";
import { hostileRows } from "./hostile/rows.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage, uidOf } from "./support/make-image.ts";
import { Extraction } from "./support/run-extraction.ts";
import { runUnprivileged } from "./support/unprivileged.ts";

const files = hostileRows.flatMap((row) => row.files);

let lab: Extraction;
let socket: Server;
let first: JobReport;
let dump: string[];
let seen: Map<string, Observed>;
/** SHA-256 of each file before any job. */
const before = new Map<string, string>();

beforeAll(async () => {
  lab = new Extraction();
  for (const { path, bytes } of files) lab.write(path, bytes());
  for (const { path } of files) before.set(path, hashOf(path));
  await plantPipeAndSocket();
  first = await lab.run();
  dump = await lab.dump();
  seen = await observeFiles(lab);
});

afterAll(async () => {
  socket.close();
  await lab.remove();
});

/** What rows need beyond a look at the states and values of their files. */
const checks: Readonly<Record<number, () => Promise<void> | void>> = {
  6: checkUnreadable,
  7: checkReadError,
  8: checkPipeAndSocket,
  9: checkLinks,
  11: checkGrowing,
  12: checkGone,
  19: checkTwin,
  20: checkBombMemory,
  32: checkFiftyMillionItems,
  37: () => expectRaw("row-37/decimals.dcm", { echo_time: "NaN", repetition_time: "1.#QNAN" }),
  38: () =>
    expectRaw("row-38/integers.dcm", {
      images_in_acquisition: "99999999999999999999",
      x_ray_tube_current: "99999999999999999999",
    }),
  39: () => expectRaw("row-39/dates.dcm", { series_date: "20151399", series_time: "256000" }),
  40: () => expectRaw("row-40/five-values.dcm", { image_orientation_patient: "1\\0\\0\\0\\1" }),
  41: checkFrameCounts,
  42: checkFirstSeries,
  44: checkSubjectsOfStudies,
  46: checkHardLink,
  48: checkBothDigests,
  49: checkSharedUids,
};

test.each(hostileRows)("$row: $about", async ({ row, files: own }) => {
  for (const file of own) expectFile(file);
  await checks[row]?.();
  expect(own.length > 0 || row in checks).toBe(true);
});

test("the rows are fifty", () => {
  expect(hostileRows.map(({ row }) => row)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
});

test("the job ends with problems, its sums balance and each file has one row", () => {
  const count = files.length + 2; // a pipe and a socket
  expect(first).toMatchObject({
    state: "completed-with-problems",
    exitStatus: 3,
    account: { imbalances: [], ledgerRows: count },
    counts: { found: count, new: count, refused: 0 },
  });
  expect(seen.size).toBe(count);
});

test("a second job reads nothing, changes nothing and no job has changed a file", async () => {
  const second = await lab.run();
  expect(second.counts).toMatchObject({ unchanged: first.counts.found, read: 0, written: 0 });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
  for (const { path } of files) expect([path, hashOf(path)]).toEqual([path, before.get(path)]);
});

function expectFile(file: HostileFile): void {
  const found = seen.get(file.path);
  const { path, bytes, stackKeys, values, ...expected } = file;
  expect({ path, ...found }).toMatchObject({ path, ...expected });
  const named = Object.keys(values).map((name) => [name, found?.values[name]]);
  expect({ path, values: Object.fromEntries(named) }).toEqual({ path, values });
  if (found === undefined || found.instance === null) {
    expect(Object.keys(values)).toEqual([]);
    return;
  }
  expect(differingColumns(found)).toEqual([]);
  if (stackKeys === null) return;
  const keys = found.stacks.map((stack) => stack["stack_key"]);
  expect({ path, keys: keys.sort() }).toEqual({ path, keys: [...stackKeys].sort() });
}

function hashOf(path: string): string {
  const bytes = readFileSync(systemPath(lab.source, path));
  return createHash("sha256").update(bytes).digest("hex");
}

function expectRaw(path: string, raw: Readonly<Record<string, string>>): void {
  expect(seen.get(path)?.raw).toMatchObject(raw);
}

async function withLab(act: (own: Extraction) => Promise<void> | void): Promise<void> {
  const own = new Extraction();
  try {
    await act(own);
  } finally {
    await own.remove();
  }
}

const statesOf = async (own: Extraction): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await own.files()).map(({ path, state, code }) => [path, `${state} ${code ?? ""}`.trim()]),
  );

function checkUnreadable(): Promise<void> {
  return withLab(async (own) => {
    own.write("row-06/x.dcm", makeImage({ instance: 1 }));
    chmodSync(own.path("row-06/x.dcm"), 0);
    const { report, files: rows } = runUnprivileged(own);
    expect(report).toMatchObject({ exitStatus: 3, account: { imbalances: [] } });
    expect(rows).toMatchObject([{ state: "unreadable", code: "permission-denied" }]);
    chmodSync(own.path("row-06/x.dcm"), 0o644);
    await own.run();
    expect(await statesOf(own)).toEqual({ "row-06/x.dcm": "stored" });
  });
}

/** A reader's own row: no disk fails when it is asked to. */
function checkReadError(): Promise<void> {
  return withLab((own) => {
    own.write("row-07/x.dcm", makeImage({ instance: 1 }));
    const path = own.path("row-07/x.dcm");
    expect(withReadError(700, () => readRow(path))).toMatchObject({
      state: "unreadable",
      code: "io-error",
      detail: "EIO",
      recheck: 1,
      series: null,
      sop_instance_uid: null,
    });
    expect(readRow(path)).toMatchObject({ state: "stored", code: null, recheck: 0 });
  });
}

async function plantPipeAndSocket(): Promise<void> {
  mkdirSync(lab.path("row-08"));
  expect(spawnSync("mkfifo", [lab.path("row-08/pipe.dcm")]).status).toBe(0);
  socket = createServer();
  await new Promise<void>((resolve) => {
    socket.listen(lab.path("row-08/socket.dcm"), resolve);
  });
}

function checkPipeAndSocket(): void {
  for (const name of ["pipe", "socket"]) {
    const row = { state: "skipped", code: "special-file", instance: null };
    expect(seen.get(`row-08/${name}.dcm`)).toMatchObject(row);
  }
}

function checkLinks(): Promise<void> {
  return withLab(async (own) => {
    own.write("row-09/x.dcm", makeImage({ instance: 1 }));
    writeFileSync(`${own.folder}/outside.dcm`, makeImage({ instance: 2 }));
    symlinkSync("..", own.path("row-09/loop"));
    symlinkSync(`${own.folder}/outside.dcm`, own.path("row-09/outside"));
    symlinkSync("x.dcm", own.path("row-09/inside"));
    await own.run();
    expect(await statesOf(own)).toEqual({
      "row-09/inside": "skipped symlink",
      "row-09/loop": "skipped symlink",
      "row-09/outside": "skipped symlink",
      "row-09/x.dcm": "stored",
    });
    const details = (await readAll(own, "v_files")).map(({ name, detail }) => [name, detail]);
    expect(Object.fromEntries(details)).toMatchObject({ loop: "..", inside: "x.dcm" });
    await own.run({ name: "following", cohort: { followLinks: true } });
    const followed = (await own.files("following")).map((file) => [
      file.path,
      `${file.state} ${file.code ?? ""} ${file.keptName ?? ""}`.trim(),
    ]);
    expect(Object.fromEntries(followed)).toEqual({
      "row-09/inside": "duplicate same-file x.dcm",
      "row-09/loop": "skipped symlink-loop",
      "row-09/outside": "skipped symlink-outside-root",
      "row-09/x.dcm": "stored",
    });
  });
}

function checkGrowing(): Promise<void> {
  return withLab(async (own) => {
    own.write("row-11/x.dcm", makeImage({ instance: 1 }));
    const path = own.path("row-11/x.dcm");
    const row = readRow(path, () => appendFileSync(path, "more"));
    expect(row).toMatchObject({
      state: "changed",
      code: "changed-during-read",
      recheck: 1,
      series: null,
      sop_instance_uid: null,
    });
    await own.run();
    expect(await statesOf(own)).toEqual({ "row-11/x.dcm": "stored" });
  });
}

function checkGone(): Promise<void> {
  return withLab(async (own) => {
    for (const instance of [1, 2]) own.write(`row-12/${instance}`, makeImage({ instance }));
    await own.run();
    rmSync(own.path("row-12/2"));
    await own.run();
    expect(await statesOf(own)).toEqual({
      "row-12/1": "stored",
      "row-12/2": "missing file-gone",
    });
    expect(await readAll(own, "v_stacks")).toMatchObject([{ stack_n_instances: 1 }]);
    expect(await readAll(own, "v_instances")).toHaveLength(1);
    await own.close();
    const db = new DatabaseSync(own.database, { readOnly: true });
    const kept = db.prepare("SELECT sop_instance_uid FROM instance ORDER BY instance_number").all();
    db.close();
    const uid = (instance: number): string => uidOf("study of subject-1", "series-1", instance);
    expect(kept).toMatchObject([{ sop_instance_uid: uid(1) }, { sop_instance_uid: uid(2) }]);
  });
}

/** All values but identities and the encoding. */
function checkTwin(): void {
  const [big, little] = ["big", "little"].map((name) => {
    const values = seen.get(`row-19/${name}-endian.dcm`)?.values ?? {};
    const own = ["actual_encoding", "transfer_syntax_uid", "frame_of_reference_uid"];
    return Object.fromEntries(
      Object.entries(values).filter(
        ([name]) => !name.endsWith("instance_uid") && !own.includes(name),
      ),
    );
  });
  expect(Object.keys(big ?? {}).length).toBeGreaterThan(200);
  expect(big).toEqual(little);
}

/** A source that counts the bytes that are asked of it. */
function counted(source: ByteSource): ByteSource & { readonly bytesRead: () => number } {
  let bytes = 0;
  return {
    size: source.size,
    read(target, targetOffset, length, position) {
      const count = source.read(target, targetOffset, length, position);
      bytes += count;
      return count;
    },
    bytesRead: () => bytes,
  };
}

/** Of 41 GiB no more is inflated than the ratio allows, and nothing of it is kept. */
function checkBombMemory(): void {
  const bytes = readFileSync(lab.path("row-20/after-identity.dcm"));
  const source = counted(memorySource(bytes));
  const header = new HeaderReader(wantedTree).read(source, "x");
  expect(header.stopped).toBe("inflate-limit");
  expect(source.bytesRead()).toBeLessThan(1024 * 1024);
  expect(header.bytes.length).toBeLessThan(4 * 1024 * 1024);
}

/** 400 MB of empty items between the beginning and the end of a file, none of which exist anywhere. */
function checkFiftyMillionItems(): void {
  const count = 50_000_000;
  const dataSet = image("row-32-millions");
  const isBefore = (tag: number): boolean => tag < 0x0040_a730;
  const make = (length: string, end: string): ByteSource => {
    const before = wrapBody(
      joinBytes(
        encodeDataSet(
          dataSet.filter((one) => isBefore(one.tag)),
          "ELE",
        ),
        hexBytes(`4000 30a7 5351 0000 ${length}`),
      ),
      dataSet,
      { encoding: "ELE" },
    );
    const after = joinBytes(
      hexBytes(end),
      encodeDataSet(
        dataSet.filter((one) => !isBefore(one.tag)),
        "ELE",
      ),
    );
    return repeatedSource(before, hexBytes("feff 00e0 00000000"), count, after);
  };
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, count * 8, true);
  const jumped = counted(make(Buffer.from(length).toString("hex"), ""));
  const reader = new HeaderReader(wantedTree);
  expect(reader.read(jumped, "x")).toMatchObject({ stopped: null, pixelData: { declared: 4608 } });
  expect(jumped.bytesRead()).toBeLessThan(1024 * 1024);
  // A fifth of what is allowed: the walk is the same, and five times as quick.
  const elements = defaultReaderLimits.elements / 5;
  const limited = new HeaderReader(wantedTree, { limits: { elements } });
  const walked = limited.read(make("ffffffff", "feff dde0 00000000"), "x");
  expect([...walked.warnings].sort()).toEqual(["element-limit", "item-limit"]);
  expect(walked).toMatchObject({ stopped: "element-limit", pixelData: null });
  expect(walked.elements).toBe(elements + 1);
}

/** A file of `before`, `count` times `part`, and `after`. The length of `part` is a power of two. */
function repeatedSource(
  before: Uint8Array,
  part: Uint8Array,
  count: number,
  after: Uint8Array,
): ByteSource {
  const end = before.length + part.length * count;
  const size = end + after.length;
  const many = new Uint8Array(64 * 1024);
  for (let at = 0; at < many.length; at += part.length) many.set(part, at);
  const copy = (target: Uint8Array, at: number, length: number, position: number): number => {
    const [piece, from] =
      position < before.length
        ? [before, position]
        : position >= end
          ? [after, position - end]
          : [many, (position - before.length) % part.length];
    const limit = position < end && piece === many ? Math.min(length, end - position) : length;
    const bytes = piece.subarray(from, from + limit);
    target.set(bytes, at);
    return bytes.length;
  };
  return {
    size,
    read(target, targetOffset, length, position) {
      let done = 0;
      while (done < length && position + done < size) {
        done += copy(target, targetOffset + done, length - done, position + done);
      }
      return done;
    },
  };
}

function checkFrameCounts(): void {
  for (const name of ["one-more", "zero", "negative", "huge"]) {
    const stacks = seen.get(`row-41/${name}.dcm`)?.stacks ?? [];
    expect(stacks.map((stack) => stack["stack_n_frames"])).toEqual([3, 3, 3]);
  }
}

function checkFirstSeries(): void {
  const { values } = seen.get("row-42/two-series.dcm") as Observed;
  const [written] = image("row-42").filter((one) => one.tag === 0x0020_000e);
  expect(values["series_instance_uid"]).toBe(written?.value);
}

function checkSubjectsOfStudies(): void {
  for (const name of ["absent", "empty"]) {
    const { values } = seen.get(`row-44/${name}.dcm`) as Observed;
    const identity = values["study_instance_uid"];
    const subjects = dump.filter((line) => line.startsWith("subject\t"));
    expect(subjects.some((line) => line.includes(`"kind":"study","identity":"${identity}"`))).toBe(
      true,
    );
  }
}

function checkHardLink(): Promise<void> {
  return withLab(async (own) => {
    own.write("row-46/a.dcm", makeImage({ instance: 1 }));
    linkSync(own.path("row-46/a.dcm"), own.path("row-46/link.dcm"));
    await own.run();
    expect(await statesOf(own)).toEqual({
      "row-46/a.dcm": "stored",
      "row-46/link.dcm": "duplicate duplicate-bytes",
    });
  });
}

function checkBothDigests(): void {
  const db = new DatabaseSync(lab.database, { readOnly: true });
  const rows = db
    .prepare("SELECT name, digests FROM file JOIN folder USING (folder_id) WHERE path = 'row-48'")
    .all();
  db.close();
  const digests = rows.map(({ digests }) => digests);
  expect(rows.map(({ name }) => name).sort()).toEqual([
    "a.dcm",
    "other-date.dcm",
    "other-pixels.dcm",
  ]);
  expect(digests.every((one) => typeof one === "string")).toBe(true);
  expect(new Set(digests).size).toBe(3);
}

async function checkSharedUids(): Promise<void> {
  const problems = await readAll(lab, "v_problems");
  for (const [code, about, thing] of [
    ["series-in-two-studies", "series", "2.25.4901"],
    ["study-in-two-subjects", "study", "2.25.4902"],
  ]) {
    expect(problems.filter((one) => one["code"] === code)).toMatchObject([
      { about, thing, count: 2 },
    ]);
  }
  const series = (await readAll(lab, "v_series")).filter(
    (one) => one["series_instance_uid"] === "2.25.4901",
  );
  expect(series).toHaveLength(2);
  const studies = (await readAll(lab, "v_studies")).filter(
    (one) => one["study_instance_uid"] === "2.25.4902",
  );
  expect(new Set(studies.map((one) => one["subject_code"])).size).toBe(2);
}
