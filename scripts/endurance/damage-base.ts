/** The databases that are damaged: one that was closed, and one of a job that has not closed it, with its log. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";
import type { DemoFile } from "#demo/demo-file.ts";
import { writeDemoFiles } from "#demo/write-archive.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { runJob } from "#pipeline/run-job.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";

export interface DatabaseFiles {
  readonly main: Buffer;
  /** The write-ahead log; null where there is none. */
  readonly wal: Buffer | null;
}

export interface DamageBase {
  /** Holds the archive, and the databases of the cases while they run. */
  readonly folder: string;
  readonly closed: DatabaseFiles;
  readonly open: DatabaseFiles;
  /** What `dump --sha256` says of them, in this order. */
  readonly sums: readonly string[];
}

/** Files of the demo that the first job finds, that the second one finds besides, and that are left for the cases. */
const shares = [0.6, 0.8, 1] as const;

export async function makeDamageBase(): Promise<DamageBase> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-damage-")));
  const archive = join(folder, "archive");
  mkdirSync(archive);
  const files = planDemoArchive({ seed: 1, subjects: 1, scale: 0.1 });
  const share = (index: number): readonly DemoFile[] =>
    files.filter((_, at) => {
      const part = at / files.length;
      return part >= (shares[index - 1] ?? 0) && part < (shares[index] as number);
    });
  const database = join(folder, "base.db");
  await writeDemoFiles(archive, share(0));
  await extract(database, archive, async () => undefined);
  const closed = readDatabase(database);
  const first = await sumOf(database);
  await writeDemoFiles(archive, share(1));
  let open: DatabaseFiles | null = null;
  await extract(database, archive, async () => {
    open = readDatabase(database);
  });
  const second = await sumOf(database);
  await writeDemoFiles(archive, share(2));
  if (open === null || (open as DatabaseFiles).wal === null) throw new Error("there is no log");
  return { folder, closed, open, sums: [first, second] };
}

/** Runs a job in this process; `whileOpen` before the database is closed. */
async function extract(
  database: string,
  archive: string,
  whileOpen: () => Promise<void>,
): Promise<void> {
  const store = openSqliteStore(database, { readerVersion });
  const cohort =
    (await store.findCohort("c")) ??
    (await store.createCohort({
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
    }));
  const settings = {
    workers: 1,
    batchSize: 1000,
    resume: true,
    minAgeMs: 0,
    trust: "size-mtime-ctime",
    acceptShrink: false,
  } as const;
  const input = { cohort, settings, codes: new Map<string, string>() };
  await runJob(store, input, { programVersion: "0" }, () => undefined);
  await whileOpen();
  await store.close();
}

function readDatabase(path: string): DatabaseFiles {
  const copy = `${path}.copy`;
  copyFileSync(path, copy);
  const wal = existsSync(`${path}-wal`) ? readFileSync(`${path}-wal`) : null;
  return { main: readFileSync(copy), wal };
}

async function sumOf(database: string): Promise<string> {
  const words = ["dump", "--cohort", "c", "--sha256", "--database", database];
  return (await runCommand({}, ...words)).stdout;
}
