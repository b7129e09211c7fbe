/** A database in a folder of its own, filled by a job from files that a test writes. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DemoFile } from "#demo/demo-file.ts";
import { writeDemoFiles } from "#demo/write-archive.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { runJob } from "#pipeline/run-job.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";

export interface ExtractedCohort {
  /** Holds `archive`, the database, and what a test writes. */
  readonly folder: string;
  readonly archive: string;
  readonly database: string;
  remove(): void;
}

/** Writes the files and extracts them as the cohort `c`. */
export async function extractCohort(files: readonly DemoFile[]): Promise<ExtractedCohort> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-command-")));
  const archive = join(folder, "archive");
  const database = join(folder, "nils.db");
  mkdirSync(archive);
  await writeDemoFiles(archive, files);
  const store = openSqliteStore(database, { readerVersion });
  const cohort = await store.createCohort({
    name: "c",
    sourcePath: archive,
    settings: {
      subjectFrom: "patient-id",
      subjectFolders: null,
      subjectSeed: "seed",
      hasGivenCodes: false,
      files: "all",
      followLinks: false,
      ctSplitOnDose: "auto",
      headers: "representative",
    },
  });
  await runJob(
    store,
    {
      cohort,
      settings: {
        workers: 1,
        batchSize: 1000,
        resume: true,
        minAgeMs: 0,
        trust: "size-mtime-ctime",
        acceptShrink: false,
      },
      codes: new Map(),
    },
    { programVersion: "0" },
    () => {},
  );
  await store.close();
  return { folder, archive, database, remove: () => rmSync(folder, { recursive: true }) };
}
