import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";
import { stackingVersion } from "#stacks/stack-series.ts";

let cohort: ExtractedCohort;

beforeAll(async () => {
  cohort = await extractCohort(planDemoArchive({ seed: 1, subjects: 1, scale: 0.1 }));
});

afterAll(() => cohort.remove());

const inspect = async (...words: string[]): Promise<string> =>
  (await runCommand({ cwd: cohort.folder }, "inspect", "--database", "nils.db", ...words)).stdout;

function withDatabase<Result>(work: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(cohort.database);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** UID of the first series of a description. */
const uidOf = (description: string): string =>
  withDatabase((db) => {
    const row = db
      .prepare(
        "SELECT series_instance_uid AS uid FROM v_series WHERE series_description = ? ORDER BY study_date, series_number",
      )
      .get(description);
    return String(row?.["uid"]);
  });

/** What is told of the stacks, with UIDs replaced, since the archive makes them up. */
const storyOf = async (uid: string): Promise<string> =>
  (await inspect("--series", uid))
    .split("\n\n")
    .slice(1)
    .join("\n\n")
    .replaceAll(/2\.25\.\d+/g, "UID");

test("a localizer is three stacks, separated by orientation", async () => {
  const story = await storyOf(uidOf("localizer"));
  expect(story).toBe(`9 images in 3 stacks, separated by
  orientation  axial (3 images), coronal (3), sagittal (3)

stack 0  MR|TE=4|FA=20|ECHO=1|TYPE=M|ORIENT=TRA
  images     3, each an instance of its own
  type       magnitude (ORIGINAL\\PRIMARY\\M\\ND\\NORM)
  plane      Axial
  geometry   3 positions, 24 mm apart
  voxels     3.9 × 3.9 × 7 mm, matrix 64 × 64
  settings   3 T, TE 4 ms, TR 8.6 ms, flip angle 20°, echo 1, coil Head_32
  look at    UID

stack 1  MR|TE=4|FA=20|ECHO=1|TYPE=M|ORIENT=COR
  images     3, each an instance of its own
  type       magnitude (ORIGINAL\\PRIMARY\\M\\ND\\NORM)
  plane      Coronal
  geometry   3 positions, 24 mm apart
  voxels     3.9 × 3.9 × 7 mm, matrix 64 × 64
  settings   3 T, TE 4 ms, TR 8.6 ms, flip angle 20°, echo 1, coil Head_32
  look at    UID

stack 2  MR|TE=4|FA=20|ECHO=1|TYPE=M|ORIENT=SAG
  images     3, each an instance of its own
  type       magnitude (ORIGINAL\\PRIMARY\\M\\ND\\NORM)
  plane      Sagittal
  geometry   3 positions, 24 mm apart
  voxels     3.9 × 3.9 × 7 mm, matrix 64 × 64
  settings   3 T, TE 4 ms, TR 8.6 ms, flip angle 20°, echo 1, coil Head_32
  look at    UID

What differs within a stack and does not separate it
  acquisition_time  3 times within 2.0 s. Images are taken one after another; time never separates.
`);
});

test("a diffusion run is one stack, and its directions are told as what does not separate it", async () => {
  const story = await storyOf(uidOf("ep2d_diff_6dir"));
  expect(story).toBe(`The 7 images make one stack.

stack 0  MR|TE=78|FA=90|ECHO=1|TYPE=M|ORIENT=TRA
  images     7, each an instance of its own
  type       not written, taken for magnitude (ORIGINAL\\PRIMARY\\DIFFUSION\\NONE\\ND\\NORM)
  plane      Axial
  geometry   one position, 7 images
  voxels     3.9 × 3.9 × 8 mm, matrix 64 × 64
  settings   3 T, TE 78 ms, TR 6,200 ms, flip angle 90°, echo 1, echo train 48, coil Head_32
  diffusion  b = 0 and 1,000 s/mm², directional
  look at    UID
  remarks    type-assumed

Remarks
  type-assumed  Nothing says whether the images are magnitude or phase; magnitude was assumed. Check
                if phase images are expected.

What differs within a stack and does not separate it
  time                            acquisition_number 7 values, 1 to 7; acquisition_time 7 times
                                  within 37 s. Images are taken one after another; time never
                                  separates.
  diffusion_b_value               0 s/mm² (1 image), 1,000 s/mm² (6 images). A diffusion run is one
                                  measurement: images of all its b-values are analysed together.
  diffusion_directionality        NONE (1 image), DIRECTIONAL (6 images). A diffusion run is one
                                  measurement; of its images only processed ones are set apart, by
                                  image type.
  diffusion_gradient_orientation  6 directions; none on 1 image. A diffusion run is one measurement:
                                  its directions are analysed together.
`);
});

test("echo times that jitter are told as such", async () => {
  expect(await storyOf(uidOf("ep2d_bold_rest"))).toContain(`
  echo_time  30 ms (1 image), 30.001 ms (1 image). Steps of 0.01 ms or less are jitter, not a
             setting.
`);
});

interface Story {
  readonly series: Readonly<Record<string, unknown>>;
  readonly notice: string | null;
  readonly stacks: readonly Readonly<Record<string, unknown>>[];
  readonly separations: readonly { part: string; values: readonly unknown[] }[];
  readonly variations:
    | readonly { column: string; why: string; source: string; within: readonly unknown[] }[]
    | null;
  readonly companions: readonly string[] | null;
  readonly varying: Readonly<Record<string, number>>;
}

const readStory = async (uid: string): Promise<Story | undefined> =>
  (JSON.parse(await inspect("--series", uid, "--json")) as Story[])[0];

test("as JSON, a story has every column of every stack and all that is told", async () => {
  const story = await readStory(uidOf("gre_multi_echo"));
  expect(story?.stacks.map((stack) => stack["stack_index"])).toEqual([0, 1, 2]);
  expect(story?.stacks[0]).toHaveProperty("stack_completeness");
  expect(story?.separations.map(({ part }) => part)).toEqual(["TE", "ECHO"]);
  expect(story?.separations[0]?.values).toEqual([
    { value: "4.92 ms", stacks: [0], images: 1 },
    { value: "19.68 ms", stacks: [1], images: 1 },
    { value: "34.44 ms", stacks: [2], images: 1 },
  ]);
  expect(story?.notice).toBeNull();
  expect(story?.companions).toEqual([]);
  expect(story?.varying).toEqual({ echo_numbers: 3, echo_time: 3 });
  const bold = await readStory(uidOf("ep2d_bold_rest"));
  expect(bold?.variations?.find(({ column }) => column === "echo_time")).toEqual({
    column: "echo_time",
    why: "Steps of 0.01 ms or less are jitter, not a setting.",
    source: "dcm2niix#543",
    within: [{ stack: 0, values: 2, missing: 0, text: "30 ms (1 image), 30.001 ms (1 image)" }],
  });
});

test("of stacks that were formed by other rules only what is stored is told", async () => {
  const uid = uidOf("localizer");
  const setVersion = (version: number): void =>
    withDatabase((db) => void db.prepare("UPDATE cohort SET stacking_version = ?").run(version));
  setVersion(stackingVersion - 1);
  const older = await inspect("--series", uid);
  expect(older.replaceAll("\n", " ")).toContain(
    "These stacks were formed by older rules than those of this program; the next nils extract, or nils restack --cohort c --database nils.db, forms them anew.",
  );
  expect(older).toContain("separated by\n  orientation  axial (3 images)");
  expect(older).not.toContain("What differs within a stack");
  expect(await readStory(uid)).toMatchObject({ variations: null, companions: null });
  setVersion(0);
  expect((await inspect("--series", uid)).replaceAll("\n", " ")).toContain(
    "before an option of the cohort was changed",
  );
  setVersion(stackingVersion);
});

test("stacks that no longer fit the files of their series are told without what was passed over", async () => {
  const uid = uidOf("localizer");
  const setFrames = (step: number): void =>
    withDatabase(
      (db) =>
        void db
          .prepare(
            "UPDATE series_stack SET stack_n_frames = stack_n_frames + ? WHERE series_id IN (SELECT series_id FROM series WHERE series_instance_uid = ?)",
          )
          .run(step, uid),
    );
  setFrames(1);
  const story = await inspect("--series", uid);
  expect(story).toContain("Files of this series came, went or changed");
  expect(story).not.toContain("What differs within a stack");
  setFrames(-1);
});

test("a series without images has no stack", async () => {
  expect(await storyOf(uidOf("Report"))).toBe(
    "None of its files holds an image, so there is no stack.\n",
  );
});

describe("a UID that no series has", () => {
  const complain = (...words: string[]): Promise<unknown> =>
    inspect("--series", ...words).then(
      () => "",
      (error: Error) => error.message,
    );
  const firstOf = (view: string, column: string, uid: string): string =>
    withDatabase((db) =>
      String(
        db
          .prepare(`SELECT ${column} AS found FROM ${view} WHERE series_instance_uid = ?`)
          .get(uid)?.["found"],
      ),
    );

  test("is told so, with the line that lists those there are", async () => {
    expect(await complain("2.25.404")).toBe(
      "There is no series 2.25.404 in this database; nils export --cohort c --view v_series --database nils.db lists those there are.",
    );
    expect(await complain("2.25.404", "--cohort", "c")).toContain(
      "There is no series 2.25.404 in cohort c; nils export --cohort c ",
    );
  });

  test("does not hide that the cohort is not there", async () => {
    expect(await complain(uidOf("localizer"), "--cohort", "d")).toBe(
      "There is no cohort d in this database; there are c.",
    );
  });

  test("may be in another cohort", async () => {
    const uid = uidOf("localizer");
    const alter = (...words: string[]): Promise<unknown> =>
      runCommand({ cwd: cohort.folder }, "cohort", ...words, "--database", "nils.db");
    await alter("create", "empty", "--source", "archive");
    expect(await complain(uid, "--cohort", "empty")).toBe(
      `There is no series ${uid} in cohort empty, but cohort c has it: nils inspect --series ${uid} --cohort c --database nils.db`,
    );
    await alter("remove", "empty", "--yes");
  });

  test("may be that of an instance or a study", async () => {
    const uid = uidOf("localizer");
    const instance = firstOf("v_instances", "sop_instance_uid", uid);
    expect(await complain(instance)).toBe(
      `${instance} is no series but an instance; its series is told by nils inspect --series ${uid} --database nils.db`,
    );
    const study = firstOf("v_series", "study_instance_uid", uid);
    expect(await complain(study)).toMatch(
      /^2\.25\.\d+ is no series but a study of \d+ series:(\n {2}nils inspect --series 2\.25\.\d+ --database nils\.db){5}\n {2}and \d+ more$/,
    );
  });

  test("may be the beginning of one", async () => {
    const uid = uidOf("localizer");
    const begin = uid.slice(0, -3);
    expect(await complain(begin)).toBe(
      `There is no series ${begin} in this database, but one begins so: nils inspect --series ${uid} --database nils.db`,
    );
    expect(await complain(begin, "--cohort", "c")).toContain(
      `--series ${uid} --cohort c --database`,
    );
    expect(await complain("2.25.")).toMatch(/in this database, but \d+ begin so:\n {2}nils/);
  });
});
