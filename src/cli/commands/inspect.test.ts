import { chmodSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";
import { canaries } from "#demo/canaries.ts";
import {
  attribute,
  type DataSet,
  element,
  orderElements,
  privateBlock,
  sequence,
} from "#demo/element.ts";
import { encodeCsaHeader } from "#demo/encode-csa.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";

let cohort: ExtractedCohort;

beforeAll(async () => {
  cohort = await extractCohort(planDemoArchive({ seed: 1, subjects: 1, scale: 0.1 }));
});

afterAll(() => cohort.remove());

const inspect = (...words: string[]) =>
  runCommand({ cwd: cohort.folder }, "inspect", "--database", "nils.db", ...words);

function query(sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(cohort.database, { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

function writeImage(name: string, changes: Parameters<typeof makeSingleImage>[2]): string {
  const bytes = encodeFile(makeSingleImage(3, name, changes), { encoding: "ELE" });
  writeFileSync(join(cohort.folder, name), bytes);
  return name;
}

function writeFramed(name: string, ...frames: readonly DataSet[]): string {
  const dataSet = orderElements(
    makeSingleImage(3, name, {
      with: [
        attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.4.1"),
        attribute("NumberOfFrames", frames.length),
        sequence("PerFrameFunctionalGroupsSequence", ...frames),
      ],
    }),
  );
  writeFileSync(join(cohort.folder, name), encodeFile(dataSet, { encoding: "ELE" }));
  return name;
}

interface Place {
  readonly kind: string;
  readonly path: string;
  readonly offset: number | null;
  readonly outcome: string;
  readonly rawText: string | null;
  readonly warnings: readonly string[];
}

interface Inspected {
  readonly state: string;
  readonly code: string | null;
  readonly frames: number;
  readonly problems: readonly { code: string; path: string; offset: number; sentence: string }[];
  readonly columns: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly isMasked?: boolean;
    readonly madeBy: string | null;
    readonly madeOf: readonly { readonly name: string; readonly places: readonly Place[] }[];
    readonly places: readonly Place[];
  }[];
}

async function inspectJson(...words: string[]): Promise<Inspected> {
  const result = JSON.parse((await inspect("--json", ...words)).stdout);
  return Array.isArray(result) ? result[0] : result;
}

const columnOf = (file: Inspected, name: string) =>
  file.columns.find((column) => column.name === name);

test("each value is told with its place, and the bytes there are what is written", async () => {
  const name = writeImage("plain.dcm", { with: [attribute("EchoTime", "12.50")] });
  const column = columnOf(await inspectJson(name), "echo_time");
  expect(column?.value).toBe(12.5);
  const place = column?.places.find(({ outcome }) => outcome === "taken");
  expect(place).toMatchObject({ kind: "top", path: "0018,0081", rawText: "12.50" });
  const bytes = encodeFile(
    makeSingleImage(3, "plain.dcm", { with: [attribute("EchoTime", "12.50")] }),
    { encoding: "ELE" },
  );
  const at = place?.offset ?? 0;
  expect(Buffer.from(bytes.subarray(at, at + 5)).toString()).toBe("12.50");
  const { stdout } = await inspect(name);
  expect(stdout).toMatch(
    /echo_time +12\.5 ms {2}\(top 0018,0081 DS, byte [\d,]+, written "12\.50"\)/,
  );
});

test("a place that is passed over is told with the reason", async () => {
  const name = writeImage("passed.dcm", {
    with: [attribute("EchoTime", "N/A"), attribute("FlipAngle", "")],
  });
  const file = await inspectJson(name);
  const echo = columnOf(file, "echo_time");
  expect(echo?.value).toBeNull();
  expect(echo?.places[0]).toMatchObject({
    outcome: "refused",
    rawText: "N/A",
    warnings: ["number-invalid"],
  });
  expect(columnOf(file, "flip_angle")).toBeUndefined();
  const all = await inspectJson(name, "--all");
  expect(columnOf(all, "flip_angle")?.places[0]).toMatchObject({ outcome: "empty" });
  expect(columnOf(all, "inversion_time")?.places[0]).toMatchObject({
    outcome: "absent",
    offset: null,
  });
  expect((await inspect(name)).stdout).toContain(
    "passed over (number-invalid): top 0018,0081 DS, byte ",
  );
});

test("a zero that stands for not written is told as such", async () => {
  const name = writeImage("zero.dcm", { with: [attribute("InversionTime", "0.0")] });
  const time = columnOf(await inspectJson(name, "--all"), "inversion_time");
  expect(time?.value).toBeNull();
  expect(time?.places).toContainEqual(
    expect.objectContaining({ path: "0018,0082", outcome: "zero", rawText: "0.0" }),
  );
  expect((await inspect(name, "--all")).stdout).toContain(
    "0 stands for not written: top 0018,0082 DS, byte ",
  );
});

test("a value made of others is told with these and their places", async () => {
  const name = writeImage("age.dcm", { with: [attribute("PatientAge", "018M")] });
  const years = columnOf(await inspectJson(name), "patient_age_years");
  expect(years).toMatchObject({
    value: 1.5,
    madeBy: "derive",
    places: [],
    madeOf: [{ name: "patient_age", places: [{ path: "0010,1010", rawText: "018M" }] }],
  });
  expect((await inspect(name)).stdout).toMatch(
    /of patient_age: 018M {2}\(top 0010,1010 AS, byte [\d,]+\)/,
  );
});

test("a place that a column looks into twice is told once", async () => {
  const name = writeFramed("train.dcm", [
    sequence("MRTimingAndRelatedParametersSequence", [attribute("EchoTrainLength", "1")]),
  ]);
  const places = columnOf(await inspectJson(name), "echo_train_length")?.places ?? [];
  expect(new Set(places.map(({ path }) => path)).size).toBe(places.length);
  expect(places.find(({ outcome }) => outcome === "taken")?.path).toBe(
    "5200,9230/0018,9112/0018,0091",
  );
});

test("details that series of another modality have are told only if all are asked for", async () => {
  const name = writeImage("foreign.dcm", { with: [attribute("KVP", "120")] });
  expect(columnOf(await inspectJson(name), "kvp")).toBeUndefined();
  expect(columnOf(await inspectJson(name, "--all"), "kvp")?.value).toBe(120);
});

test("what a column takes from a comment is told, the comment is not", async () => {
  const comment = "b=1500(0.5,0.5,0.7) Person Named";
  const name = writeImage("comment.dcm", {
    with: [attribute("Manufacturer", "CANON_MEC"), element(0x0020_4000, "LT", comment)],
  });
  expect(columnOf(await inspectJson(name), "diffusion_b_value")).toMatchObject({
    value: 1500,
    places: expect.arrayContaining([
      expect.objectContaining({ path: "0020,4000", outcome: "taken", rawText: null }),
    ]),
  });
  const other = writeImage("other-comment.dcm", {
    with: [attribute("Manufacturer", "Siemens"), element(0x0020_4000, "LT", comment)],
  });
  for (const file of [name, other]) {
    for (const words of [[file], ["--all", file], ["--all", "--json", file]]) {
      expect((await inspect(...words)).stdout).not.toContain("Person Named");
    }
  }
  expect((await inspect("--identifiers", name)).stdout).toContain("Person Named");
});

test("of an enhanced object the frame's own value is taken, and a stray copy is not needed", async () => {
  const name = writeFramed(
    "framed.dcm",
    [sequence("MREchoSequence", [attribute("EffectiveEchoTime", 4.6)])],
    [sequence("MREchoSequence", [attribute("EffectiveEchoTime", 6.9)])],
  );
  await expect(inspect(name, "--frame", "3")).rejects.toThrow("has values of 2 frames");
  const second = await inspectJson(name, "--frame", "2");
  expect(second.frames).toBe(2);
  const echo = columnOf(second, "echo_time");
  expect(echo?.value).toBe(6.9);
  expect(echo?.places).toMatchObject([
    { path: "5200,9230/0018,9114/0018,9082", outcome: "taken" },
    { path: "0018,0081", outcome: "not-needed", rawText: "90" },
  ]);
  expect(columnOf(await inspectJson(name), "echo_time")?.value).toBe(4.6);
});

test("what a conversion left unassigned is told with the item that it lies in", async () => {
  const name = "converted.dcm";
  const csa = encodeCsaHeader([{ name: "ImaCoilString", vr: "LO", values: ["HEA"] }]);
  const dataSet = makeSingleImage(3, name, {
    with: [
      attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.4.4"),
      attribute("NumberOfFrames", 1),
      sequence("SharedFunctionalGroupsSequence", [
        element(0x0020_9170, "SQ", [
          privateBlock("SIEMENS CSA HEADER", { group: 0x0029, block: 0x12 }, [[0x10, "OB", csa]]),
        ]),
      ]),
      sequence("PerFrameFunctionalGroupsSequence", [
        element(0x0020_9171, "SQ", [
          privateBlock("SIEMENS MR HEADER", { group: 0x0019, block: 0x11 }, [[0x0c, "IS", "750"]]),
        ]),
      ]),
    ],
  }).filter(({ tag }) => tag >>> 16 !== 0x0051); // a coil string of the image itself
  const bytes = encodeFile(dataSet, { encoding: "ELE" });
  writeFileSync(join(cohort.folder, name), bytes);
  const file = await inspectJson(name);
  const taken = (column: string) =>
    columnOf(file, column)?.places.find(({ outcome }) => outcome === "taken");
  expect(taken("diffusion_b_value")).toMatchObject({
    path: "5200,9230/0020,9171/0019,110C@SIEMENS MR HEADER",
    offset: Buffer.from(bytes).indexOf("750 "),
    rawText: "750",
  });
  expect(taken("coil_string")).toMatchObject({
    path: "5200,9229/0020,9170/0029,1210@SIEMENS CSA HEADER/ImaCoilString",
    offset: Buffer.from(bytes).indexOf("HEA\0", Buffer.from(bytes).indexOf(csa)),
    vr: "LO",
    rawText: "HEA",
  });
});

test("what is no DICOM, and what ends too early, is explained", async () => {
  const jpeg = await inspect("archive/usual-mess/photo.jpg");
  expect(jpeg.stdout).toContain("not-dicom, foreign-format, jpeg.");
  const early = await inspectJson("archive/usual-mess/truncated-early.dcm");
  expect(early).toMatchObject({ state: "unreadable", code: "truncated-before-identity" });
  expect(early.problems).toEqual([
    expect.objectContaining({ offset: expect.any(Number), sentence: expect.stringMatching(/\.$/) }),
  ]);
});

test("an instance of the database is read from the file that it is stored from", async () => {
  const [row] = query("SELECT sop_instance_uid AS uid, folder, file_name FROM v_instances LIMIT 1");
  const { stdout } = await inspect(String(row?.["uid"]));
  expect(stdout).toMatch(new RegExp(`^c: ${row?.["folder"]}/${row?.["file_name"]}\n`));
  expect(stdout).toContain("state            stored");
  await expect(inspect("2.25.404")).rejects.toThrow("neither a file nor");
  await expect(inspect("nothing.dcm")).rejects.toThrow("is not there");
  await expect(inspect("archive")).rejects.toThrow("is no file");
  await expect(inspect()).rejects.toThrow("Name one thing");
});

test("a file that went since is told by its path, without a stack", async () => {
  const [row] = query(
    "SELECT sop_instance_uid AS uid, folder, file_name FROM v_instances WHERE folder LIKE 'subject%' LIMIT 1",
  );
  const path = join(cohort.archive, String(row?.["folder"]), String(row?.["file_name"]));
  renameSync(path, `${path}.away`);
  await expect(inspect(String(row?.["uid"]))).rejects.toThrow("is not there");
  renameSync(`${path}.away`, path);
});

test("nothing names a person unless that is asked for, and of the database that is audited", async () => {
  const folder = "archive/subject-01/visit-1/01-localizer";
  const [name] = readdirSync(join(cohort.folder, folder));
  const [row] = query(
    "SELECT sop_instance_uid AS uid, series_instance_uid AS series FROM v_instances",
  );
  const uid = String(row?.["uid"]);
  for (const words of [
    [`${folder}/${name}`],
    [`${folder}/${name}`, "--json", "--all"],
    [uid],
    [uid, "--json", "--all"],
    ["--series", String(row?.["series"])],
    ["--series", String(row?.["series"]), "--json"],
  ]) {
    const { stdout } = await inspect(...words);
    expect(canaries.filter((text) => stdout.includes(text))).toEqual([]);
  }
  expect(query("SELECT * FROM audit")).toEqual([]);
  const shown = await inspect(`${folder}/${name}`, "--identifiers");
  expect(shown.stdout).toMatch(/patient_id +KANARI-0001/);
  expect(query("SELECT * FROM audit")).toEqual([]);
  await inspect(uid, "--identifiers");
  expect(query("SELECT action, detail FROM audit")).toEqual([
    { action: "inspect-identifiers", detail: uid },
  ]);
});

test.skipIf(process.getuid?.() === 0)("a file that may not be read is told so", async () => {
  const name = writeImage("closed.dcm", {});
  chmodSync(join(cohort.folder, name), 0);
  await expect(inspect(name)).rejects.toThrow("EACCES");
});
