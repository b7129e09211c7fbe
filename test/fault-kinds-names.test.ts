/** Names that other programs trip over: each has its row, and what they hold goes nowhere but there. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "#cli/testing/run-command.ts";
import { rowsOf, withLab } from "./fault-kinds-lab.ts";
import { makeImage } from "./support/make-image.ts";
import type { Extraction } from "./support/run-extraction.ts";

/** Plants an image under each name and expects each to be stored, now and by a second job. */
async function expectStored(lab: Extraction, names: readonly string[]): Promise<void> {
  names.forEach((name, index) => {
    lab.write(name, makeImage({ instance: index + 1 }));
  });
  expect(await lab.run()).toMatchObject({
    exitStatus: 0,
    account: { imbalances: [] },
    content: { instances: names.length },
  });
  expect(rowsOf(await lab.files())).toEqual(
    Object.fromEntries(names.map((name) => [name, "stored"])),
  );
  expect((await lab.run()).counts).toMatchObject({ found: names.length, unchanged: names.length });
}

test("one name composed and decomposed is two files", () =>
  withLab((lab) => expectStored(lab, ["é.dcm".normalize("NFC"), "é.dcm".normalize("NFD")])));

test("names that differ in case alone are two files", () =>
  withLab((lab) => expectStored(lab, ["a/IMAGE.DCM", "a/image.dcm", "A/image.dcm"])));

test("a name of 255 bytes is read", () =>
  withLab((lab) => expectStored(lab, [`${"n".repeat(255)}`, `${"é".repeat(127)}x`])));

test("names that Windows refuses are read", () =>
  withLab((lab) =>
    expectStored(lab, ["dot.", "space ", " ", "CON", "aux.dcm", "a:b", "a*b?.dcm", "c/NUL/lpt1"]),
  ));

test("a leading dash is no option, and a leading dot hides nothing", () =>
  withLab((lab) => expectStored(lab, ["-rf", "--help/-1", ".hidden", "..twice", ".dir/.x"])));

test("a name with backslashes is one name", () =>
  withLab((lab) => expectStored(lab, ["a\\b\\c.dcm", "..\\up", "\\", "%5C"])));

test("a name that is a UID has no suffix to be known by, and is read", () =>
  withLab(async (lab) => {
    const name = "MR.1.2.840.113619.2.5.1762583153.215519.978957063.78";
    await expectStored(lab, [name, "1.2.840.10008", "image.ima"]);
    const filtered = { name: "filtered", cohort: { files: "dcm-or-none" } } as const;
    expect(await lab.run(filtered)).toMatchObject({ exitStatus: 1 });
    expect(rowsOf(await lab.files("filtered"))).toMatchObject({ [name]: "skipped filtered" });
  }));

test("a path longer than the system takes is told with its folder, and the rest is read", () =>
  withLab(async (lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    plantDeep(lab.source, 25);
    const report = await lab.run();
    expect(report).toMatchObject({
      state: "completed-with-problems",
      exitStatus: 3,
      account: { imbalances: [] },
      counts: { foldersUnlisted: 1 },
    });
    const states = Object.values(rowsOf(await lab.files()));
    expect(states.filter((state) => state === "stored")).toHaveLength(1);
    const reached = Math.floor((4095 - lab.source.length) / 201) + 1; // and the source itself
    expect(states.filter((state) => state.startsWith("not-dicom"))).toHaveLength(reached);
    expect(await problemsOf(lab)).toContain("folder-unreadable");
    // The same again: nothing is lost, nothing taken for gone.
    expect(await lab.run()).toMatchObject({ exitStatus: 3, counts: { missing: 0 } });
  }));

/** Folders in each other with names of 200 bytes, and a text in each. */
function plantDeep(source: string, levels: number): void {
  const program = `
    process.chdir(process.argv[1]);
    for (let level = 0; level < ${levels}; level++) {
      require("node:fs").writeFileSync("x", "a text");
      require("node:fs").mkdirSync("d".repeat(200));
      process.chdir("d".repeat(200));
    }`;
  const child = spawnSync(process.execPath, ["-e", program, source], { encoding: "utf8" });
  expect([child.status, child.stderr]).toEqual([0, ""]);
}

async function problemsOf(lab: Extraction): Promise<string[]> {
  const { cohortId } = await lab.cohort();
  const query = { view: "v_problems", cohortId, where: {}, after: null, limit: 100 } as const;
  const { columns, rows } = await lab.store.readView(query);
  return rows.map((row) => String(row[columns.indexOf("code")]));
}

test("what a name holds drives no terminal, breaks no line and is no formula", () =>
  withLab(async (lab) => {
    const names = ["line\nfeed", "red \x1b[31m", "\u202emcd.x", "=1+1", "+cmd|' /C calc'!A0", "@x"];
    await expectStored(lab, [...names, "=folder/=1"]);
    await lab.close();
    const words = ["--cohort", "cohort", "--database", lab.database];
    const { stdout } = await runCommand({}, "files", ...words);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(stdout.trimEnd().split("\n")).toHaveLength(names.length + 2);
    for (const shown of ["line\\x0afeed", "red \\x1b[31m", "\\u{202e}mcd.x"]) {
      expect(stdout).toContain(shown);
    }
    const json = await runCommand({}, "files", ...words, "--json");
    expect((JSON.parse(json.stdout) as { path: string }[]).map(({ path }) => path).sort()).toEqual(
      [...names, "=folder/=1"].sort(),
    );
    const out = join(lab.folder, "tables");
    mkdirSync(out);
    await runCommand({}, "export", ...words, "--format", "csv", "--view", "v_files", "--out", out);
    const csv = readFileSync(join(out, "v_files.csv"), "utf8");
    for (const safe of ["'=1+1", "'=folder", "'@x", "'+cmd"]) expect(csv).toContain(safe);
    expect(csv).not.toMatch(/(^|,)"?[=@]/m);
  }));
