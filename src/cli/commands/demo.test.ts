import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "#cli/testing/run-command.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nils-demo-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

test("demo writes an archive and says what to type next", async () => {
  const { stdout } = await runCommand({ cwd: folder }, "demo", "my archive", "--subjects", "1");
  expect(stdout).toMatch(/^\d+ files of 1 subject \([\d.]+ MiB\) are in my archive\. Next:\n/);
  expect(stdout).toContain("\n  nils extract --cohort demo --source 'my archive'\n");
  expect(readdirSync(join(folder, "my archive")).sort()).toEqual(["subject-01", "usual-mess"]);
});

test("demo writes into no folder that holds anything", async () => {
  await expect(runCommand({ cwd: folder }, "demo", ".")).rejects.toMatchObject({
    code: "demo-directory-not-empty",
    exitStatus: 2,
  });
});
