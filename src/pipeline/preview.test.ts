import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { type PreviewRules, previewSource } from "./preview.ts";

let folder = "";
let rules: PreviewRules;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nils-preview-"));
  await writeDemoArchive(folder, { seed: 1, subjects: 2, scale: 0.1 });
  rules = {
    source: folder,
    subjectFrom: "patient-id",
    subjectFolders: null,
    files: "all",
    followLinks: false,
    workers: 2,
    batchSize: 20,
    minAgeMs: 0,
  };
});

afterAll(() => rmSync(folder, { recursive: true }));

test("every file found has one state", async () => {
  const preview = await previewSource(rules);
  expect(preview.isComplete).toBe(true);
  const files = preview.files.reduce((sum, each) => sum + each.files, 0);
  expect(files).toBe(preview.counts.found);
  expect(preview.files).toContainEqual({ state: "unsupported", code: "dicomdir", files: 1 });
});

test("the number of readers and the size of units change nothing", async () => {
  const { abandonedReaders: _, ...one } = await previewSource({
    ...rules,
    workers: 1,
    batchSize: 1,
  });
  expect(await previewSource({ ...rules, workers: 3, batchSize: 1_000 })).toMatchObject(one);
});

test("the rules for names and ages hold", async () => {
  const { files } = await previewSource({ ...rules, files: "no-ext", minAgeMs: 1 });
  expect(files.find(({ code }) => code === "filtered")?.files).toBeGreaterThan(10);
});

test("a look that is stopped says so", async () => {
  const preview = await previewSource(rules, { onBegin: (stop) => stop.raise("cancel") });
  expect(preview.isComplete).toBe(false);
});

test("nothing it gives holds an identifier or a path", async () => {
  expect(JSON.stringify(await previewSource(rules))).not.toMatch(/KANARI|subject-0|usual-mess/);
});

test.skipIf(process.getuid?.() === 0)("a folder that cannot be listed is counted", async () => {
  const locked = join(folder, "locked");
  mkdirSync(locked);
  chmodSync(locked, 0);
  const { counts } = await previewSource(rules);
  chmodSync(locked, 0o700);
  expect(counts.foldersUnlisted).toBe(1);
});
