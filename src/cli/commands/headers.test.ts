import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";
import { canaries } from "#demo/canaries.ts";

let cohort: ExtractedCohort;

beforeAll(async () => {
  cohort = await extractCohort(planDemoArchive({ seed: 1, subjects: 3, scale: 0.1 }));
});

afterAll(() => cohort.remove());

const headers = (...words: string[]) =>
  runCommand({ cwd: cohort.folder }, "headers", "--database", "nils.db", ...words);

function query(sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(cohort.database, { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

const representatives = (where = "1"): string[] =>
  query(`SELECT DISTINCT representative_sop_instance_uid AS uid FROM v_stacks
    JOIN v_series USING (series_instance_uid) WHERE ${where}`).map((row) => String(row["uid"]));

test("elements are listed in the order of the file, nested ones below their sequence", async () => {
  const [uid = ""] = representatives("sop_class_uid = '1.2.840.10008.5.1.4.1.1.4.1'");
  const { stdout } = await headers(uid);
  expect(stdout).toContain(`0008,0018 UI SOPInstanceUID: ${uid}\n`);
  expect(stdout).toMatch(/^0010,0010 PN PatientName: \(masked\)$/m);
  expect(stdout).toMatch(/^5200,9229 SQ SharedFunctionalGroupsSequence: 1 item\n {2}item 1\n {4}/m);
  expect(stdout).toMatch(/^ {8}0018,9082 FD EffectiveEchoTime: [\d.]+$/m);
  const tags = [...stdout.matchAll(/^([0-9A-F]{4},[0-9A-F]{4}) /gm)].map(([, tag]) => tag);
  expect(tags).toEqual([...tags].sort());
});

test("--json gives a tree", async () => {
  const [uid = ""] = representatives("modality = 'MR'");
  const [header] = JSON.parse((await headers(uid, "--json")).stdout);
  expect(header).toMatchObject({ cohort: "c", sopInstanceUid: uid });
  const byTag = new Map(header.elements.map((element: { tag: string }) => [element.tag, element]));
  expect(byTag.get("0028,0010")).toMatchObject({ vr: "US", keyword: "Rows" });
  expect((byTag.get("0028,0010") as { value: unknown }).value).toEqual([expect.any(Number)]);
  expect(byTag.get("0010,0020")).toMatchObject({ isMasked: true });
  expect(byTag.get("0010,0020")).not.toHaveProperty("value");
});

test("no header names a person unless that is asked for, and then it is in the audit", async () => {
  const uids = representatives();
  expect(uids.length).toBeGreaterThan(20);
  for (const uid of uids) {
    for (const words of [[uid], [uid, "--json"]]) {
      const { stdout } = await headers(...words);
      expect(canaries.filter((text) => stdout.includes(text))).toEqual([]);
    }
  }
  expect(query("SELECT * FROM audit")).toEqual([]);
  const [uid = ""] = representatives("v_stacks.subject_code IS NOT NULL");
  expect((await headers(uid, "--identifiers")).stdout).toMatch(/PatientID: (?:KANARI-|ANON)/);
  expect(query("SELECT action, detail FROM audit")).toEqual([
    { action: "headers-identifiers", detail: uid },
  ]);
});

test("an instance without a kept header is told from one that is not known", async () => {
  const kept = new Set(representatives());
  const other = query(
    "SELECT sop_instance_uid AS uid FROM v_instances WHERE number_of_frames IS NULL",
  )
    .map((row) => String(row["uid"]))
    .find((uid) => !kept.has(uid));
  await expect(headers(other ?? "")).rejects.toThrow("No header of");
  await expect(headers("2.25.404")).rejects.toThrow("There is no instance");
});
