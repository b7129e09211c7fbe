/** What our program makes of the folders of sample files: their series with stacks, as the database has them. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { runJob } from "#pipeline/run-job.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { type OurSeries, readExtracted, type UnstoredFile } from "./read-extracted.ts";

export interface Extracted {
  readonly series: readonly OurSeries[];
  readonly unstored: readonly UnstoredFile[];
}

/**
 * Extracts all samples at once, and folders that share a series with another one again, apart from it: another
 * reader has seen the folders one by one, and instances that lie in two of them would be duplicates of each
 * other.
 */
export async function extractSamples(samples: string): Promise<Extracted> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), "nils-conformance-")));
  try {
    const together = join(place, "together.db");
    await extract(together, [samples]);
    const whole = readExtracted(together, samples);
    const rounds = planRounds(whole.homes);
    const apart = join(place, "apart.db");
    await extract(
      apart,
      rounds.map((folders, index) => copyFolders(samples, folders, join(place, String(index)))),
    );
    const own = readExtracted(apart, samples);
    const isApart = new Set(rounds.flat());
    const choose = <Found extends { folder: string }>(
      inAll: readonly Found[],
      inOwn: readonly Found[],
    ): Found[] => [...inAll.filter(({ folder }) => !isApart.has(folder)), ...inOwn];
    return {
      series: choose(whole.series, own.series).sort((a, b) =>
        compareTexts(`${a.folder} ${a.uid}`, `${b.folder} ${b.uid}`),
      ),
      unstored: choose(whole.unstored, own.unstored),
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Folders that share a series with another one, in rounds so that no two of a round do. */
function planRounds(homes: ReadonlyMap<string, ReadonlySet<string>>): readonly string[][] {
  const others = new Map<string, Set<string>>();
  for (const home of homes.values()) {
    if (home.size === 1) continue;
    for (const folder of home) {
      others.set(folder, (others.get(folder) ?? new Set<string>()).union(home));
    }
  }
  const rounds: string[][] = [];
  for (const [folder, rivals] of [...others].sort(([a], [b]) => compareTexts(a, b))) {
    const round = rounds.find((each) => !each.some((name) => rivals.has(name)));
    if (round === undefined) rounds.push([folder]);
    else round.push(folder);
  }
  return rounds;
}

/** Copies the files of the folders, not those of folders in them. */
function copyFolders(samples: string, folders: readonly string[], to: string): string {
  for (const folder of folders) {
    const target = join(to, folder);
    mkdirSync(target, { recursive: true });
    for (const entry of readdirSync(join(samples, folder), { withFileTypes: true })) {
      if (entry.isFile()) copyFileSync(join(samples, folder, entry.name), join(target, entry.name));
    }
  }
  return to;
}

/** Extracts each source into a cohort of its own. */
async function extract(database: string, sources: readonly string[]): Promise<void> {
  const store = openSqliteStore(database, { readerVersion });
  try {
    for (const source of sources) await extractSource(store, source);
  } finally {
    await store.close();
  }
}

async function extractSource(store: Store, source: string): Promise<void> {
  const cohort = await store.createCohort({
    name: `cohort ${basename(source)}`,
    sourcePath: source.replace(/\/$/, ""),
    settings: {
      subjectFrom: "patient-id",
      subjectFolders: null,
      subjectSeed: "CONFORMANCE",
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
        batchSize: 1000,
        resume: true,
        minAgeMs: 0,
        trust: "size-mtime-ctime",
        acceptShrink: false,
      },
      codes: new Map(),
    },
    { programVersion: "conformance" },
    () => undefined,
  );
}

const compareTexts = (a: string, b: string): number => Number(a > b) - Number(a < b);
