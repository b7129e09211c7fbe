/** What may not be read, written or looked into, met by a process that permissions bind. */
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "#cli/testing/run-command.ts";
import {
  hasOwnMounts,
  runBound,
  runInOwnMounts,
  runWithUmask,
} from "./fault-kinds/bound-program.ts";
import { rowsOf, withLab } from "./fault-kinds-lab.ts";
import { makeImage } from "./support/make-image.ts";
import type { Extraction } from "./support/run-extraction.ts";
import { runUnprivileged } from "./support/unprivileged.ts";

const linesOf = ({ database, source }: Extraction): string[] => [
  ...["extract", "--cohort", "c", "--source", source, "--database", database],
];

test("a folder that may be listed and not entered has a row for each of its files", () =>
  withLab((lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    lab.write("a/deep/2.dcm", makeImage({ instance: 2 }));
    lab.write("b/3.dcm", makeImage({ instance: 3 }));
    chmodSync(lab.path("a"), 0o444);
    const closed = runUnprivileged(lab);
    chmodSync(lab.path("a"), 0o755);
    expect(closed.report).toMatchObject({
      exitStatus: 3,
      counts: { found: 2, foldersUnlisted: 1 },
      account: { imbalances: [] },
    });
    expect(rowsOf(closed.files)).toEqual({
      "a/1.dcm": "unreadable permission-denied",
      "b/3.dcm": "stored",
    });
    const opened = runUnprivileged(lab);
    expect(opened.report.exitStatus).toBe(0);
    expect(Object.values(rowsOf(opened.files))).toEqual(["stored", "stored", "stored"]);
  }));

test("each folder that could not be listed is named with the system's word, as the advice says", async () =>
  withLab(async (lab) => {
    lab.write("1.dcm", makeImage({ instance: 1 }));
    const names = ["closed", "locked"];
    for (const name of names) mkdirSync(lab.path(name), { mode: 0 });
    const { report } = runUnprivileged(lab);
    expect(report).toMatchObject({ exitStatus: 3, counts: { foldersUnlisted: 2 } });
    const own = ["--cohort", "cohort", "--database", lab.database];
    const problems = await runCommand({}, "problems", ...own);
    expect(problems.stdout).toContain("nils export --cohort NAME --table folder");
    const format = ["--format", "csv", "--out", "-"];
    const { stdout } = await runCommand({}, "export", ...own, "--table", "folder", ...format);
    for (const name of names) {
      expect(stdout).toMatch(new RegExp(`,${name},.*,unreadable,folder-unreadable,EACCES,`));
    }
  }));

// Without a name space of its own a test cannot mount anything.
test.skipIf(!hasOwnMounts)(
  "a source on a read-only disk is read, a database there is refused (needs unshare on Linux)",
  () =>
    withLab((lab) => {
      lab.write("1.dcm", makeImage({ instance: 1 }));
      const readOnly = (folder: string): string =>
        `mount --bind '${folder}' '${folder}'; mount -o remount,bind,ro '${folder}'`;
      const read = runInOwnMounts(readOnly(lab.source), ...linesOf(lab));
      expect(read).toMatchObject({ status: 0 });
      expect(read.stdout).toContain("1 found = 1 stored");

      const kept = runInOwnMounts(readOnly(lab.folder), ...linesOf(lab));
      expect(kept).toEqual({
        status: 1,
        stdout: "",
        stderr: `${lab.database} cannot be opened; check that its folder exists and that you may write there.\n`,
      });
      const made = join(lab.folder, "new.db");
      const refused = runInOwnMounts(readOnly(lab.folder), ...linesOf(lab), "--database", made);
      expect(refused).toEqual({
        status: 2,
        stdout: "",
        stderr: `${made} cannot be made; check that you may write in its folder, or name another place with --database.\n`,
      });
    }),
);

test("a folder that may not be written takes no database, no export, no dump and no backup", () =>
  withLab((lab) => {
    lab.write("1.dcm", makeImage({ instance: 1 }));
    expect(runBound(...linesOf(lab)).status).toBe(0);
    const closed = join(lab.folder, "closed");
    mkdirSync(closed, { mode: 0o555 });
    const target = join(closed, "x");
    const own = ["--cohort", "c", "--database", lab.database];
    expect(runBound(...linesOf(lab), "--database", target)).toEqual({
      status: 2,
      stdout: "",
      stderr: `${target} cannot be made; check that you may write in its folder, or name another place with --database.\n`,
    });
    expect(runBound("dump", ...own, "--out", target)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${target} cannot be written: you may not write there.\n`,
    });
    const exported = runBound("export", ...own, "--format", "csv", "--out", closed);
    expect(exported).toMatchObject({ status: 1, stdout: "" });
    expect(exported.stderr).toMatch(/\.csv cannot be written: you may not write there/);
    expect(runBound("backup", target, "--database", lab.database)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${target} cannot be written: you may not write there.\n`,
    });
    expect(readdirSync(closed)).toEqual([]);
  }));

test("a database in a folder that may not be written is refused, and left as it is", () =>
  withLab((lab) => {
    lab.write("1.dcm", makeImage({ instance: 1 }));
    const folder = join(lab.folder, "data");
    const database = join(folder, "nils.db");
    expect(runBound(...linesOf(lab), "--database", database).status).toBe(0);
    chmodSync(folder, 0o555);
    const before = readFileSync(database);
    expect(runBound(...linesOf(lab), "--database", database)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${database} cannot be written; check its permissions, or name another database with --database.\n`,
    });
    chmodSync(folder, 0o755);
    expect(readFileSync(database)).toEqual(before);
  }));

const mayGiveAway = process.getuid?.() === 0;

// Root alone can give a file to somebody else.
test.skipIf(!mayGiveAway)("a database of another user is refused with its name (needs root)", () =>
  withLab((lab) => {
    lab.write("1.dcm", makeImage({ instance: 1 }));
    expect(runBound(...linesOf(lab)).status).toBe(0);
    chownSync(lab.database, 65_534, 65_534);
    expect(runBound(...linesOf(lab))).toEqual({
      status: 1,
      stdout: "",
      stderr: `${lab.database} cannot be opened; check that its folder exists and that you may write there.\n`,
    });
    chmodSync(lab.database, 0o644);
    expect(runBound(...linesOf(lab))).toEqual({
      status: 1,
      stdout: "",
      stderr: `${lab.database} cannot be written; check its permissions, or name another database with --database.\n`,
    });
    expect(statSync(lab.database).uid).toBe(65_534);
    const doctor = runBound("doctor", "--database", lab.database);
    expect(doctor.status).toBe(1);
    expect(doctor.stdout).toContain(`You may not read and write ${lab.database}.`);
  }),
);

test("all that the program writes is the owner's alone under umask 000", () =>
  withLab((lab) => {
    lab.write("1.dcm", makeImage({ instance: 1 }));
    const folder = join(lab.folder, "made/deep");
    const database = join(folder, "nils.db");
    const own = ["--cohort", "c", "--database", database];
    const lines = [
      [...linesOf(lab), "--database", database],
      ["dump", ...own, "--out", join(folder, "c.dump")],
      ["export", ...own, "--format", "csv", "--out", join(folder, "csv")],
      ["backup", join(folder, "copy.db"), "--database", database],
    ];
    for (const words of lines) expect(runWithUmask("000", ...words).status).toBe(0);
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const modes = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [name, statSync(join(parentPath, name)).mode & 0o777]);
    expect(modes.length).toBeGreaterThan(4);
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
    const folders = [join(lab.folder, "made"), folder, join(folder, "csv")];
    expect(folders.map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  }));
