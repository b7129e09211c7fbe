import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";
import { canaries } from "#demo/canaries.ts";
import type { DemoFile } from "#demo/demo-file.ts";
import { attribute, privateBlock } from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { rowSources } from "#store/row-reading.ts";

let cohort: ExtractedCohort;

/** Series with texts that a spreadsheet computes, or that break a careless writer of tables. */
const descriptions = ['=HYPERLINK("x")', "+1+1", "@sum", "-dash", "-3.5", 'a "b", c', "tab\there"];

beforeAll(async () => {
  const odd = descriptions.map(
    (text, index): DemoFile => ({
      kind: "file",
      path: `odd/${index}`,
      makeBytes: () =>
        encodeFile(
          makeSingleImage(7, `odd-${index}`, {
            with: [
              attribute("SeriesDescription", text),
              // Unreadable, so that its text is kept aside.
              attribute("PatientBirthDate", "1931-02-1x KANARI"),
              ...privateBlock("KANARI LAB", { group: 0x0033 }, [
                [0x01, "LO", "Kanarienvogel"],
                [0x02, "DS", "4.5"],
              ]),
            ],
          }),
          { encoding: "ELE" },
        ),
    }),
  );
  cohort = await extractCohort([...planDemoArchive({ seed: 1, subjects: 3, scale: 0.1 }), ...odd]);
});

afterAll(() => cohort.remove());

const exportWith = (...words: string[]) =>
  runCommand({ cwd: cohort.folder }, "export", "--cohort", "c", "--database", "nils.db", ...words);

/** A reader of RFC 4180 that knows nothing of the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character === '"' && text[at + 1] === '"') cell += text[++at];
      else if (character === '"') isQuoted = false;
      else cell += character;
    } else if (character === '"' && cell === "") isQuoted = true;
    else if (character === "," || (character === "\r" && text[at + 1] === "\n")) {
      row.push(cell);
      cell = "";
      if (character === ",") continue;
      rows.push(row);
      row = [];
      at += 1;
    } else cell += character;
  }
  expect([cell, row, isQuoted]).toEqual(["", [], false]);
  return rows;
}

function readCsv(text: string): Record<string, string>[] {
  const [head = [], ...rows] = parseCsv(text);
  return rows.map((row) => {
    expect(row).toHaveLength(head.length);
    return Object.fromEntries(head.map((name, index) => [name, row[index] ?? ""]));
  });
}

const readQuery = (sql: string): Record<string, unknown>[] => {
  const db = new DatabaseSync(cohort.database, { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
};

test("a view on standard output is CSV with a line that names the columns", async () => {
  const { stdout, stderr } = await exportWith("--view", "v_stacks");
  const rows = readCsv(stdout);
  const expected = readQuery("SELECT * FROM v_stacks ORDER BY series_stack_id");
  expect(rows).toHaveLength(expected.length);
  expect(rows.map((row) => row["stack_key"])).toEqual(expected.map((row) => row["stack_key"]));
  expect(rows.map((row) => Number(row["stack_n_frames"]))).toEqual(
    expected.map((row) => row["stack_n_frames"]),
  );
  expect(stderr).toBe("");
});

test("texts that a spreadsheet would compute get an apostrophe, numbers do not, and --raw leaves all", async () => {
  const { stdout } = await exportWith("--view", "v_series");
  const shown = readCsv(stdout).map((row) => row["series_description"]);
  expect(shown).toEqual(
    expect.arrayContaining([
      `'=HYPERLINK("x")`,
      "'+1+1",
      "'@sum",
      "'-dash",
      "-3.5",
      'a "b", c',
      "tab\there",
    ]),
  );
  const orientations = readCsv(stdout).map((row) => row["image_orientation_patient"] ?? "");
  expect(orientations.filter((text) => text.startsWith("'"))).toEqual([]);
  const raw = await exportWith("--view", "v_series", "--raw");
  expect(readCsv(raw.stdout).map((row) => row["series_description"])).toEqual(
    expect.arrayContaining(descriptions),
  );
});

test("TSV has no quotes; tabs are escaped", async () => {
  const { stdout } = await exportWith("--view", "v_series", "--format", "tsv", "--raw");
  const [head = [], ...rows] = stdout
    .slice(0, -1)
    .split("\n")
    .map((line) => line.split("\t"));
  const at = head.indexOf("series_description");
  expect(rows.map((row) => row.length)).toEqual(rows.map(() => head.length));
  expect(rows.map((row) => row[at])).toEqual(
    expect.arrayContaining(['a "b", c', "tab\\there", '=HYPERLINK("x")']),
  );
});

test("JSON, NDJSON and Parquet hold the same values", async () => {
  await exportWith("--view", "v_series", "--format", "parquet", "--out", "series.parquet");
  const json = JSON.parse((await exportWith("--view", "v_series", "--format", "json")).stdout);
  const lines = (await exportWith("--view", "v_series", "--format", "ndjson")).stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toEqual(json);
  const bytes = readFileSync(join(cohort.folder, "series.parquet"));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const rows = await parquetReadObjects({ file });
  const plain = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === "bigint" ? Number(value) : (value ?? null),
      ]),
    ),
  );
  expect(plain).toEqual(json);
  const types = new Map(parquetMetadata(file).schema.map(({ name, type }) => [name, type]));
  expect([types.get("series_number"), types.get("echo_time"), types.get("study_date")]).toEqual([
    "INT64",
    "DOUBLE",
    "BYTE_ARRAY",
  ]);
});

test("an empty table is a whole file in every format", async () => {
  for (const format of ["csv", "tsv", "json", "ndjson", "parquet"]) {
    await exportWith("--table", "stack_history", "--format", format, "--out", `empty.${format}`);
  }
  const read = (format: string) => readFileSync(join(cohort.folder, `empty.${format}`));
  expect(parseCsv(read("csv").toString())).toHaveLength(1);
  expect(JSON.parse(read("json").toString())).toEqual([]);
  expect(read("ndjson").length).toBe(0);
  const bytes = read("parquet");
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  expect(await parquetReadObjects({ file })).toEqual([]);
});

test("without a choice the usual views are written, a file each, for the owner alone", async () => {
  const { stderr } = await exportWith("--out", "tables");
  const folder = join(cohort.folder, "tables");
  const names = ["v_subjects", "v_studies", "v_series", "v_stacks", "v_instances", "v_files"];
  expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.csv`).sort());
  expect(statSync(join(folder, "v_files.csv")).mode & 0o777).toBe(0o600);
  expect(stderr.trimEnd().split("\n")).toHaveLength(names.length);
  for (const name of names) {
    const rows = readCsv(readFileSync(join(folder, `${name}.csv`), "utf8"));
    const [count] = readQuery(`SELECT count(*) AS n FROM ${name}`);
    expect(rows).toHaveLength(count?.["n"] as number);
  }
});

test("a file that is there is replaced only when that is meant", async () => {
  const path = join(cohort.folder, "there.csv");
  writeFileSync(path, "mine");
  const words = ["--view", "v_subjects", "--out", "there.csv"];
  await expect(exportWith(...words)).rejects.toThrow("add --yes");
  expect(readFileSync(path, "utf8")).toBe("mine");
  await exportWith(...words, "--yes");
  expect(readFileSync(path, "utf8")).toMatch(/^cohort,subject_code/);
  expect(readdirSync(cohort.folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("a signal leaves nothing of the file", async () => {
  const stopping = new AbortController();
  stopping.abort();
  await runCommand(
    { cwd: cohort.folder, stop: stopping.signal },
    ...["export", "--cohort", "c", "--database", "nils.db", "--view", "v_files"],
    ...["--out", "stopped.csv"],
  );
  expect(existsSync(join(cohort.folder, "stopped.csv"))).toBe(false);
  expect(readdirSync(cohort.folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test.each([
  [["--out", "archive/tables"], "inside the source"],
  [[], "add --out DIR"],
  [["--view", "v_stacks", "--format", "parquet"], "--out FILE.parquet"],
  [["--view", "v_stacks", "--add", "PatientName"], "--identifiers"],
  [["--view", "v_stacks", "--add", "OperatorsName"], "--identifiers"],
  [["--view", "v_stacks", "--add", "EchoTimes"], "neither a keyword"],
  [["--view", "v_stacks", "--add", "0033,1001"], "creator"],
  [["--view", "v_stacks", "--add", "AnatomicRegionSequence"], "is a sequence"],
  [["--view", "v_files", "--add", "EchoTime"], "--view v_stacks"],
  [["--table", "subject_identifier"], "--identifiers"],
] as const)("export %j is refused: %s", async (words, reason) => {
  await expect(exportWith(...words)).rejects.toThrow(reason);
});

test("no export names a person unless that is asked for, and then it is in the audit", async () => {
  const sources = rowSources.filter((source) => source !== "subject_identifier");
  for (const source of sources) {
    const kind = source.startsWith("v_") ? "--view" : "--table";
    const { stdout } = await exportWith(kind, source, "--format", "ndjson");
    expect([source, ...canaries.filter((text) => stdout.includes(text))]).toEqual([source]);
  }
  expect(readQuery("SELECT * FROM audit")).toEqual([]);

  const { stdout } = await exportWith("--view", "v_subjects", "--identifiers");
  const rows = readCsv(stdout);
  expect(rows.map((row) => row["patient_id"])).toEqual(
    expect.arrayContaining(["KANARI-0001", "KANARI-0002", "KANARI-0003"]),
  );
  expect(rows.map((row) => row["patient_birth_date"])).toContain("1931-02-17");
  const studies = await exportWith("--table", "study", "--identifiers");
  expect(readCsv(studies.stdout).map((row) => row["accession_number"])).toContain("KANARIACC00011");
  expect(readQuery("SELECT action, detail FROM audit")).toEqual([
    { action: "export-identifiers", detail: "v_subjects" },
    { action: "export-identifiers", detail: "study" },
  ]);
});

test("--add reads the header of the representative, a frame's own values first", async () => {
  const added = ["--add", "EchoTime", "WindowCenter", "SeriesDescription", "0018,9082"];
  const { stdout } = await exportWith("--view", "v_stacks", ...added);
  const rows = readCsv(stdout);
  const classic = rows.filter((row) => row["stack_echo_time"] !== "" && row["EchoTime"] !== "");
  expect(classic.length).toBeGreaterThan(5);
  for (const row of classic) {
    expect(Number(row["EchoTime"])).toBeCloseTo(Number(row["stack_echo_time"]), 1);
  }
  const framed = rows.filter((row) => row["EffectiveEchoTime"] !== "");
  expect(framed.length).toBeGreaterThan(1);
  for (const row of framed) {
    expect(Number(row["EffectiveEchoTime"])).toBeCloseTo(Number(row["stack_echo_time"]), 1);
  }
  expect(rows.filter((row) => row["WindowCenter"] !== "").length).toBeGreaterThan(5);
  for (const view of ["v_series", "v_instances"]) {
    const { stdout: text } = await exportWith("--view", view, "--add", "WindowCenter");
    expect(readCsv(text).some((row) => row["WindowCenter"] !== "")).toBe(true);
  }
});

test("--out - is standard output, as none is, and makes no file of that name", async () => {
  const [without, dash] = await Promise.all([
    exportWith("--view", "v_stacks"),
    exportWith("--view", "v_stacks", "--out", "-"),
  ]);
  expect(dash.stdout).toBe(without.stdout);
  expect(readdirSync(cohort.folder)).not.toContain("-");
});

test("--add says where no header is kept, and what no header has", async () => {
  const absent = ["--add", "0033,1001@NOBODY"];
  const stacks = await exportWith("--view", "v_stacks", ...absent);
  expect(stacks.stderr).toContain("None of the headers kept for v_stacks has 0033,1001@NOBODY.");
  expect(stacks.stderr).not.toContain("No header is kept");
  const instances = await exportWith("--view", "v_instances", "--add", "WindowCenter");
  expect(instances.stderr).toMatch(
    /No header is kept for [\d,]+ of [\d,]+ rows in v_instances, so their cells of --add are empty/,
  );
  expect(instances.stderr).not.toContain("None of the headers");
});

test("--add finds private elements by their creator, and leaves out what may name a person", async () => {
  const added = ["--add", "0033,1001@KANARI LAB", "0033,xx02@kanari lab"];
  const { stdout, stderr } = await exportWith("--view", "v_stacks", ...added);
  const rows = readCsv(stdout);
  expect(rows.filter((row) => row["0033,xx02@kanari lab"] === "4.5")).toHaveLength(
    descriptions.length,
  );
  expect(rows.every((row) => row["0033,1001@KANARI LAB"] === "")).toBe(true);
  expect(stderr).toContain(`${descriptions.length} values of --add`);
  const all = await exportWith("--view", "v_stacks", "--identifiers", ...added);
  expect(
    readCsv(all.stdout).filter((row) => row["0033,1001@KANARI LAB"] === "Kanarienvogel"),
  ).toHaveLength(descriptions.length);
});

test("every table and view that can be read can be asked for", async () => {
  const { exportCommand } = await import("./export.ts");
  const { view, table } = exportCommand.options;
  const offered = [view, table].flatMap((option) =>
    option?.type === "choice" ? option.choices : [],
  );
  expect([...offered].sort()).toEqual([...rowSources].sort());
});
