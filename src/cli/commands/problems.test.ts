import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { type CommandResult, runCommand } from "#cli/testing/run-command.ts";
import type { DemoFile } from "#demo/demo-file.ts";
import { attribute } from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { planMess } from "#demo/mess.ts";
import { makeSingleImage } from "#demo/single-image.ts";

let lab: ExtractedCohort;

/** One study under two persons. */
const sharedStudy = ["KANARI-1", "KANARI-2"].map(
  (patientId, index): DemoFile => ({
    kind: "file",
    path: `shared/${index}.dcm`,
    makeBytes: () =>
      encodeFile(
        makeSingleImage(1, `shared-${index}`, {
          with: [
            attribute("PatientID", patientId),
            attribute("StudyInstanceUID", "2.25.424242"),
            attribute("SeriesInstanceUID", `2.25.42424${index}`),
          ],
        }),
        { encoding: "ELE" },
      ),
  }),
);

beforeAll(async () => {
  lab = await extractCohort([...planMess(1), ...sharedStudy]);
});

afterAll(() => lab.remove());

const problems = (...words: string[]): Promise<CommandResult> =>
  runCommand({}, "problems", "--cohort", "c", "--database", lab.database, ...words);

test("each kind of problem comes with its meaning, advice and an example", async () => {
  const found = JSON.parse((await problems("--json")).stdout) as Record<string, unknown>[];
  expect(found.find(({ code }) => code === "sop-uid-conflict")).toMatchObject({
    about: "cohort",
    things: 1,
    count: 1,
    example: "usual-mess/conflict-2.dcm",
  });
  for (const { meaning, advice } of found) {
    expect(meaning).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  }
  const { stdout } = await problems();
  expect(stdout).toContain("study-in-two-subjects (count 2, 1 study)\n  One Study Instance UID");
  expect(stdout).toContain("  Example: 2.25.424242\n");
});

test("a code gives each thing that has the problem", async () => {
  const { stdout } = await problems("--code", "study-in-two-subjects", "--json");
  expect(JSON.parse(stdout)).toEqual([
    {
      code: "study-in-two-subjects",
      about: "study",
      thing: "2.25.424242",
      column: "",
      count: 2,
      example: "2.25.424242",
    },
  ]);
  expect((await problems("--code", "study-in-two-subjects")).stdout).toMatch(
    /^about +thing +column +count +example\nstudy +2\.25\.424242 +2 +2\.25\.424242$/m,
  );
});

test("a code that nothing has is said", async () => {
  const { stdout, stderr } = await problems("--code", "patient-id-issuers");
  expect(stdout).toBe("");
  expect(stderr).toBe("Cohort c has no open problem patient-id-issuers.\n");
});

test("a cohort that there is not is refused", async () => {
  await expect(
    runCommand({}, "problems", "--cohort", "x", "--database", lab.database),
  ).rejects.toMatchObject({ code: "cohort-unknown", exitStatus: 2 });
});
