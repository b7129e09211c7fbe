/**
 * Run in a mount name space of its own by full-disk.test.ts: extractions and exports onto a file system in memory on
 * which so many KiB are free, and again after there is room. Writes what came of them as JSON.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkIntegrity, FaultLab, listDifferences, readDump } from "./fault-lab.ts";
import { exportWords, prepareExpected, readTables } from "./fault-run.ts";
import { judgeEnd } from "./judge-end.ts";

export interface FullDiskEnd {
  readonly what: "extract" | "export";
  readonly freeKib: number;
  readonly status: number | null;
  readonly stderr: string;
  /** What was wrong with it or with the run after it. */
  readonly wrongs: readonly string[];
}

const freeForDatabase = [8, 64, 200, 500, 900];
const freeForExport = [0, 4, 24];

const lab = new FaultLab();
const disk = join(lab.folder, "disk");
const ballast = join(disk, "ballast");
const database = join(disk, "data", "nils.db");
const out = join(disk, "tables");
const ends: FullDiskEnd[] = [];
try {
  await lab.writeArchive();
  const expected = await prepareExpected(lab);
  mkdirSync(disk);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=8m", "none", disk]);
  if (mounted.status !== 0) throw new Error(`mount has failed: ${mounted.stderr.toString()}`);
  const rules = { statuses: [1], source: lab.source };

  for (const freeKib of freeForDatabase) {
    leaveFree(freeKib);
    const words = lab.extractWords(database);
    const end = await lab.run(words, null);
    const wrongs = judgeEnd(end, rules);
    const integrity = readIntegrity();
    if (integrity !== "ok") wrongs.push(`integrity: ${integrity}`);
    rmSync(ballast);
    const after = await lab.run(words, null);
    if (after.status !== expected.status)
      wrongs.push(`then status ${after.status}: ${after.stderr}`);
    else wrongs.push(...listDifferences(await readDump(database), expected.dump));
    ends.push({ what: "extract", freeKib, status: end.status, stderr: end.stderr, wrongs });
    rmSync(join(disk, "data"), { recursive: true });
  }

  for (const freeKib of freeForExport) {
    const words = exportWords(expected.database, out);
    leaveFree(freeKib);
    const end = await lab.run(words, null);
    const wrongs = judgeEnd(end, rules);
    for (const [name, text] of readTables(out)) {
      if (expected.tables.get(name) !== text) wrongs.push(`left: ${name}`);
    }
    rmSync(ballast);
    const after = await lab.run([...words, "--yes"], null);
    if (after.status !== 0) wrongs.push(`then status ${after.status}: ${after.stderr}`);
    ends.push({ what: "export", freeKib, status: end.status, stderr: end.stderr, wrongs });
    rmSync(out, { recursive: true });
  }
  process.stdout.write(JSON.stringify(ends));
} finally {
  spawnSync("umount", [disk]);
  lab.remove();
}

/** SQLite needs room to look at a database in this mode, so it gets some. */
function readIntegrity(): string {
  rmSync(ballast);
  writeFileSync(ballast, "");
  try {
    return checkIntegrity(database);
  } catch {
    return "ok"; // there is none yet: the folder or the file could not be made
  }
}

function leaveFree(kib: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - kib * 1024));
}
