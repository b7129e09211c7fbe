import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, expect, test } from "vitest";
import { UserError } from "#base/user-error.ts";
import { planDemoArchive } from "./archive.ts";
import { writeDemoArchive } from "./write-archive.ts";

const root = mkdtempSync(`${tmpdir()}/nils-demo-`);
const options = { seed: 3, subjects: 1, scale: 0.1 };

afterAll(() => {
  rmSync(root, { recursive: true });
});

test("writes every file of the plan with its bytes and a fixed time", async () => {
  const directory = `${root}/new/below`;
  const written = await writeDemoArchive(directory, options);
  const plan = planDemoArchive(options);
  expect(written.files).toBeLessThanOrEqual(plan.length);
  expect(written.files).toBeGreaterThanOrEqual(plan.length - 2);
  const [first] = plan;
  if (first?.kind !== "file") throw new Error("the first entry is no file");
  expect(readFileSync(`${directory}/${first.path}`)).toEqual(Buffer.from(first.makeBytes()));
  expect(statSync(`${directory}/${first.path}`).mtime.toISOString()).toBe(
    "2020-03-01T12:00:00.000Z",
  );
  expect(readdirSync(directory).sort()).toEqual(["subject-01", "usual-mess"]);
});

test("refuses a directory that is not empty", async () => {
  writeFileSync(`${root}/kept.txt`, "kept");
  const refusal = await writeDemoArchive(root, options).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(UserError);
  expect(refusal).toMatchObject({ code: "demo-directory-not-empty" });
  expect(readFileSync(`${root}/kept.txt`, "utf8")).toBe("kept");
});
