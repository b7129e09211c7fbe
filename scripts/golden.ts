/**
 * Golden tables: what the demo archive becomes, as files under test/golden that are reviewed like code.
 * `npm run golden` rewrites them; a test compares. The archive is our own (src/demo), so they hold no patient.
 */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultDemoOptions } from "#demo/archive.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { runJob } from "#pipeline/run-job.ts";
import type { ViewName } from "#store/listing.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

/** Tables, each with what it proves and the columns that are told apart from run to run and so left out. */
const tables: readonly {
  readonly file: string;
  readonly view: ViewName;
  readonly about: string;
}[] = [
  { file: "files.tsv", view: "v_files", about: "State, code and warnings of each path." },
  { file: "series.tsv", view: "v_series", about: "Values of each series, levels and units." },
  {
    file: "stacks.tsv",
    view: "v_stacks",
    about: "Keys, order, reasons and geometry of the stacks.",
  },
  { file: "studies.tsv", view: "v_studies", about: "Values of each study." },
  { file: "subjects.tsv", view: "v_subjects", about: "Who was found, and how." },
  { file: "problems.tsv", view: "v_problems", about: "What is worth a look." },
];

/** Surrogate keys and times of the file system. */
const leftOut = /^(mtime|cohort|.*_id)$/;

/** A value that repeats nearly the whole row: kept out of the way of the reader of a diff. */
const kept = new Set(["study_id_dicom", "stack_id_dicom", "patient_id"]);

/** Text of each golden file, by its name. */
export async function makeGolden(): Promise<Map<string, string>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-golden-")));
  const source = join(folder, "archive");
  const store = openSqliteStore(join(folder, "nils.db"), { readerVersion });
  try {
    await writeDemoArchive(source, defaultDemoOptions);
    const cohort = await store.createCohort({
      name: "demo",
      sourcePath: source,
      settings: {
        subjectFrom: "patient-id",
        subjectFolders: null,
        subjectSeed: "GOLDEN",
        hasGivenCodes: true,
        files: "all",
        followLinks: false,
        ctSplitOnDose: "auto",
        headers: "none",
      },
    });
    await runJob(
      store,
      {
        cohort,
        settings: {
          workers: 2,
          batchSize: 200,
          resume: true,
          minAgeMs: 0,
          trust: "size-mtime-ctime",
          acceptShrink: false,
        },
        codes: new Map(),
      },
      { programVersion: "golden" },
      () => undefined,
    );
    const golden = new Map<string, string>();
    for (const { file, view, about } of tables) {
      const rows = await readRows(store, cohort.cohortId, view);
      golden.set(
        file,
        `# ${about}\n# Made by \`npm run golden\` from the demo archive.\n${rows.sort().join("\n")}\n`,
      );
    }
    return golden;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One line per row: the values that are there, as name=value, tab between. */
async function readRows(store: Store, cohortId: number, view: ViewName): Promise<string[]> {
  const lines: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await store.readView({ view, cohortId, where: {}, after, limit: 1000 });
    for (const row of page.rows) {
      const cells = page.columns.flatMap((name, index) => {
        const value = row[index] ?? null;
        return value === null || (leftOut.test(name) && !kept.has(name))
          ? []
          : [`${name}=${value}`];
      });
      lines.push(cells.join("\t"));
    }
    after = page.next;
  }
  return lines;
}

export const goldenFolder = new URL("../test/golden/demo/", import.meta.url);

/** Golden text as committed. */
export function readGolden(file: string): string {
  return readFileSync(new URL(file, goldenFolder), "utf8");
}

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of await makeGolden()) writeFileSync(new URL(file, goldenFolder), text);
}
