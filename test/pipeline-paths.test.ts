/** Entries that are no ordinary files with ordinary names, and those that may not be read. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodePath } from "#base/path-text.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage } from "./support/make-image.ts";
import { Extraction, type LedgerFile } from "./support/run-extraction.ts";
import { runUnprivileged } from "./support/unprivileged.ts";

let lab: Extraction;

beforeEach(() => {
  lab = new Extraction();
});

afterEach(() => lab.remove());

const brief = (files: readonly LedgerFile[]): Record<string, string> =>
  Object.fromEntries(
    files.map(({ path, state, code }) => [path, code === null ? state : `${state} ${code}`]),
  );

function plantLinks(): void {
  lab.write("a/1.dcm", makeImage({ instance: 1 }));
  lab.write("z/2.dcm", makeImage({ instance: 2 }));
  writeFileSync(`${lab.folder}/outside.dcm`, makeImage({ instance: 3 }));
  symlinkSync("..", lab.path("a/parent"));
  symlinkSync("itself", lab.path("a/itself"));
  symlinkSync(`${lab.folder}/outside.dcm`, lab.path("a/outside"));
  symlinkSync("nowhere", lab.path("a/dangling"));
  symlinkSync("../z/2.dcm", lab.path("a/inside"));
  symlinkSync("../z", lab.path("a/folder"));
}

test("links are noted and never followed", async () => {
  plantLinks();
  expect(await lab.run()).toMatchObject({ exitStatus: 0, account: { imbalances: [] } });
  expect(brief(await lab.files())).toEqual({
    "a/1.dcm": "stored",
    "a/dangling": "skipped symlink",
    "a/folder": "skipped symlink",
    "a/inside": "skipped symlink",
    "a/itself": "skipped symlink",
    "a/outside": "skipped symlink",
    "a/parent": "skipped symlink",
    "z/2.dcm": "stored",
  });
});

test("with followLinks a link says where it leads, and never competes with its target", async () => {
  plantLinks();
  expect(await lab.run({ cohort: { followLinks: true } })).toMatchObject({
    exitStatus: 0,
    account: { imbalances: [] },
    content: { instances: 2 },
  });
  expect(brief(await lab.files())).toEqual({
    "a/1.dcm": "stored",
    "a/dangling": "skipped symlink",
    "a/folder": "skipped symlink",
    "a/inside": "duplicate same-file",
    "a/itself": "skipped symlink-loop",
    "a/outside": "skipped symlink-outside-root",
    "a/parent": "skipped symlink-loop",
    "z/2.dcm": "stored",
  });
  expect((await lab.run()).counts).toMatchObject({ found: 8, unchanged: 8 });
});

test("a link to a file whose name is not UTF-8 leads inside, one to a folder named like the source does not", async () => {
  const file = encodePath(Buffer.from("z/caf\xe9.dcm", "latin1"));
  lab.write(file, makeImage({ instance: 1 }));
  mkdirSync(`${lab.source}-2`);
  writeFileSync(`${lab.source}-2/2.dcm`, makeImage({ instance: 2 }));
  lab.write("a/3.dcm", makeImage({ instance: 3 }));
  symlinkSync(Buffer.from("../z/caf\xe9.dcm", "latin1"), lab.path("a/inside"));
  symlinkSync(`${lab.source}-2/2.dcm`, lab.path("a/outside"));
  await lab.run({ cohort: { followLinks: true } });
  expect(brief(await lab.files())).toEqual({
    "a/3.dcm": "stored",
    "a/inside": "duplicate same-file",
    "a/outside": "skipped symlink-outside-root",
    [file]: "stored",
  });
});

test("a pipe is noted and never opened", async () => {
  lab.write("a/1.dcm", makeImage({ instance: 1 }));
  expect(spawnSync("mkfifo", [lab.path("a/pipe.dcm")]).status).toBe(0);
  expect(await lab.run()).toMatchObject({ exitStatus: 0 });
  expect(brief(await lab.files())).toEqual({
    "a/1.dcm": "stored",
    "a/pipe.dcm": "skipped special-file",
  });
});

test("a file that a pipe takes the place of does not stop the job", async () => {
  lab.write("a/1.dcm", makeImage({ instance: 1 }));
  lab.write("a/2.dcm", makeImage({ instance: 2 }));
  await lab.run();
  rmSync(lab.path("a/2.dcm"));
  spawnSync("mkfifo", [lab.path("a/2.dcm")]);
  expect(await lab.run()).toMatchObject({ account: { imbalances: [] } });
  expect(brief(await lab.files())).toEqual({
    "a/1.dcm": "stored",
    "a/2.dcm": "skipped special-file",
  });
});

test("names are bytes: not UTF-8, with a newline, with a percent sign", async () => {
  const latin1 = encodePath(Buffer.from("fa\xe7ade/caf\xe9%.dcm", "latin1"));
  const names = [latin1, "a/new\nline 🧠.dcm", "a/100%.dcm", `a/${"é".repeat(120)}.dcm`];
  names.forEach((path, index) => {
    lab.write(path, makeImage({ instance: index + 1 }));
  });
  expect(await lab.run()).toMatchObject({ exitStatus: 0, content: { instances: 4 } });
  const dump = await lab.dump();
  const lines = dump.filter((line) => line.startsWith("file\t"));
  const paths = lines.map((line) => JSON.parse(line.slice(5)) as { path: string });
  expect(paths).toEqual(
    [...names]
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map((path) => ({
        path,
        state: "stored",
        ...(path === latin1 ? { warnings: "path-not-utf8" } : {}),
      })),
  );
  expect((await lab.run()).counts).toMatchObject({ found: 4, unchanged: 4 });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("copies in a folder whose name is not UTF-8 take each other's place", async () => {
  const folder = encodePath(Buffer.from("a/\xff", "latin1"));
  lab.write(`${folder}/1.dcm`, makeImage({ instance: 1 }));
  lab.write("z/1.dcm", makeImage({ instance: 1 }));
  await lab.run();
  const files = await lab.files();
  expect(files.map(({ state, code }) => [state, code])).toEqual([
    ["stored", null],
    ["duplicate", "duplicate-bytes"],
  ]);
  expect(files[0]?.path).toBe(`${folder}/1.dcm`);
  lab.write("z/2.dcm", makeImage({ instance: 2 }));
  lab.write(encodePath(Buffer.from("z/\xfe", "latin1")), makeImage({ instance: 2, pixels: 4 }));
  rmSync(lab.path("a"), { recursive: true });
  await lab.run();
  expect(brief((await lab.files()).filter(({ state }) => state !== "missing"))).toMatchObject({
    "z/1.dcm": "stored",
    "z/2.dcm": "conflict sop-uid-conflict",
  });
});

test("a folder that may not be listed keeps what was known below it", () => {
  for (const name of ["1", "2"])
    lab.write(`a/locked/${name}`, makeImage({ instance: Number(name) }));
  lab.write("a/locked/deep/3", makeImage({ instance: 3 }));
  lab.write("a/4", makeImage({ instance: 4 }));
  lab.write("a/5", makeImage({ instance: 5 }));
  const { dump } = runUnprivileged(lab);
  chmodSync(lab.path("a/locked"), 0);
  rmSync(lab.path("a/4"));
  const second = runUnprivileged(lab);
  expect(second.report).toMatchObject({
    state: "completed-with-problems",
    exitStatus: 3,
    counts: { found: 1, kept: 3, missing: 1, foldersUnlisted: 1 },
    account: { imbalances: [] },
  });
  expect(brief(second.files)).toEqual({
    "a/4": "missing file-gone",
    "a/5": "stored",
    "a/locked/1": "stored",
    "a/locked/2": "stored",
    "a/locked/deep/3": "stored",
  });
  chmodSync(lab.path("a/locked"), 0o755);
  lab.write("a/4", makeImage({ instance: 4 }));
  const third = runUnprivileged(lab);
  expect(third.report).toMatchObject({ exitStatus: 0, counts: { found: 5, kept: 0 } });
  expect(compareDumps(third.dump, dump)).toEqual([]);
});

test("a source that may not be listed keeps all", () => {
  lab.write("a/1", makeImage({ instance: 1 }));
  runUnprivileged(lab);
  chmodSync(lab.source, 0);
  const { report } = runUnprivileged(lab);
  chmodSync(lab.source, 0o755);
  expect(report).toMatchObject({ exitStatus: 3, counts: { kept: 1 }, account: { imbalances: [] } });
});

test("a file that may not be read is tried again by each job, and stored once it may", () => {
  lab.write("a/1", makeImage({ instance: 1 }));
  lab.write("a/2", makeImage({ instance: 2 }));
  chmodSync(lab.path("a/2"), 0);
  const first = runUnprivileged(lab);
  expect(first.report).toMatchObject({ exitStatus: 3, account: { imbalances: [] } });
  expect(brief(first.files)).toEqual({ "a/1": "stored", "a/2": "unreadable permission-denied" });
  expect(runUnprivileged(lab).report).toMatchObject({
    exitStatus: 3,
    counts: { unchanged: 1, readAgain: 1 },
  });
  chmodSync(lab.path("a/2"), 0o644);
  const third = runUnprivileged(lab);
  expect(third.report.exitStatus).toBe(0);
  expect(brief(third.files)).toEqual({ "a/1": "stored", "a/2": "stored" });
});

test("a stored file that may no longer be read stays stored, and is not compared with its copies", () => {
  lab.write("a/1", makeImage({ instance: 1 }));
  runUnprivileged(lab);
  chmodSync(lab.path("a/1"), 0);
  lab.write("b/1", makeImage({ instance: 1 }));
  const second = runUnprivileged(lab);
  expect(second.report).toMatchObject({ exitStatus: 3, ledger: { rereadFailed: 1 } });
  expect(second.files).toMatchObject([
    { path: "a/1", state: "stored", warnings: ["reread-failed"] },
    { path: "b/1", state: "duplicate", code: "not-compared" },
  ]);
  chmodSync(lab.path("a/1"), 0o644);
  const third = runUnprivileged(lab);
  expect(third.report.exitStatus).toBe(0);
  expect(brief(third.files)).toEqual({ "a/1": "stored", "b/1": "duplicate duplicate-bytes" });
});

test("a copy that may not be read waits to be compared, and takes no one's place", () => {
  lab.write("a/1", makeImage({ instance: 1 }));
  lab.write("b/1", makeImage({ instance: 1 }));
  lab.write("c/1", makeImage({ instance: 1 }));
  runUnprivileged(lab);
  chmodSync(lab.path("b/1"), 0);
  rmSync(lab.path("a/1"));
  const second = runUnprivileged(lab);
  expect(second.report).toMatchObject({ exitStatus: 3, content: { instances: 1 } });
  expect(brief(second.files)).toEqual({
    "a/1": "missing file-gone",
    "b/1": "unreadable permission-denied",
    "c/1": "stored",
  });
});

test("a folder in the place of a file, and a file in the place of a folder", async () => {
  lab.write("a/x", makeImage({ instance: 1 }));
  lab.write("b/y/1", makeImage({ instance: 2 }));
  await lab.run();
  renameSync(lab.path("b/y"), lab.path("b/moved"));
  rmSync(lab.path("a/x"));
  mkdirSync(lab.path("a/x"));
  lab.write("a/x/1", makeImage({ instance: 1 }));
  lab.write("b/y", makeImage({ instance: 3 }));
  expect(await lab.run()).toMatchObject({ exitStatus: 0, account: { imbalances: [] } });
  expect(brief(await lab.files())).toEqual({
    "a/x": "missing file-gone",
    "a/x/1": "stored",
    "b/moved/1": "stored",
    "b/y": "stored",
    "b/y/1": "missing file-gone",
  });
});

test("a followed link is judged anew when its target goes, comes, or is no image", async () => {
  lab.write("b.dcm", makeImage({ instance: 1 }));
  lab.write("keep.dcm", makeImage({ instance: 2 }));
  lab.write("readme.txt", "no image");
  symlinkSync("b.dcm", lab.path("a.dcm"));
  symlinkSync("readme.txt", lab.path("notes"));
  const options = { cohort: { followLinks: true } };
  await lab.run(options);
  const state = async (path: string): Promise<unknown> =>
    (await lab.files()).find((file) => file.path === path);
  expect(await state("a.dcm")).toMatchObject({
    state: "duplicate",
    code: "same-file",
    keptName: "b.dcm",
  });
  expect(await state("notes")).toMatchObject({ state: "skipped", code: "same-file" });
  expect(await lab.run(options)).toMatchObject({ counts: { unchanged: 5 } });

  rmSync(lab.path("b.dcm"));
  expect(await lab.run(options)).toMatchObject({ account: { imbalances: [] } });
  expect(await state("a.dcm")).toMatchObject({ state: "skipped", code: "symlink" });
  await lab.run({ ...options, name: "fresh" });
  expect(compareDumps(await lab.dump(), await lab.dump("fresh"))).toEqual([]);

  lab.write("b.dcm", "text now");
  await lab.run(options);
  expect(await state("a.dcm")).toMatchObject({ state: "skipped", code: "same-file" });
  lab.write("b.dcm", makeImage({ instance: 1 }), new Date("2022-02-02T02:02:02.222Z"));
  expect(await lab.run(options)).toMatchObject({ account: { imbalances: [] } });
  expect(await state("a.dcm")).toMatchObject({ state: "duplicate", keptName: "b.dcm" });
});

test("times beyond what numbers hold are kept as the furthest, and read back", async () => {
  lab.write("far.dcm", makeImage({ instance: 1 }), new Date("2300-01-01T00:00:00Z"));
  lab.write("early.dcm", makeImage({ instance: 2 }), new Date("1901-01-01T00:00:00Z"));
  expect(await lab.run()).toMatchObject({ exitStatus: 0 });
  expect(await lab.run()).toMatchObject({ exitStatus: 0, account: { imbalances: [] } });
});
