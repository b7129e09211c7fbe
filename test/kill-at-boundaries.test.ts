import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage } from "./support/make-image.ts";
import { Extraction } from "./support/run-extraction.ts";

const program = join(import.meta.dirname, "support/job-killed-at.ts");

/** Calls that commit nothing: a kill around them is a kill after the commit before. */
const reads =
  /^(describe|close|reportJob|find|list|load|count|recount|known|present|unseen|dirty|contests|header|missingReport|subjectCodes)/;

const archive = new Extraction();

interface Run {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
}

function run(database: string, ...rest: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [program, database, archive.source, ...rest],
      (_error, stdout) => resolve({ status: child.exitCode, signal: child.signalCode, stdout }),
    );
  });
}

async function dumpOf(database: string): Promise<string[]> {
  const { openSqliteStore } = await import("#store/sqlite/sqlite-store.ts");
  const store = openSqliteStore(database, { readerVersion: 1 });
  const cohort = await store.findCohort("c");
  const lines: string[] = [];
  for await (const line of store.dump(cohort?.cohortId ?? 0)) lines.push(line);
  await store.close();
  return lines;
}

beforeAll(() => {
  for (let series = 1; series <= 3; series++) {
    for (let instance = 1; instance <= 15; instance++) {
      const keys = { series: `series-${series}`, instance };
      archive.write(`s${series}/${instance}.dcm`, makeImage(keys));
    }
  }
  // A duplicate and a conflict whose paths come first, so that holders change; a text; a file cut short.
  archive.write("a/copy.dcm", makeImage({ series: "series-2", instance: 3 }));
  archive.write("a/other.dcm", makeImage({ series: "series-2", instance: 4, pixels: 7 }));
  archive.write("notes.txt", "no image");
  archive.write("s1/cut.dcm", makeImage({ series: "series-1", instance: 99 }).subarray(0, 400));
});

afterAll(() => archive.remove());

test("a job killed at any of its commits is finished by the next one, with the same result", async () => {
  const whole = join(archive.folder, "whole.db");
  const { stdout } = await run(whole);
  const calls = (JSON.parse(stdout) as string[]).filter((name) => !reads.test(name));
  const expected = await dumpOf(whole);
  const counts = new Map<string, number>();
  for (const name of calls) counts.set(name, (counts.get(name) ?? 0) + 1);
  expect(counts.get("writeBatch")).toBeGreaterThan(1);

  const points = [...counts].flatMap(([name, count]) => [
    ...[...new Set([1, Math.ceil(count / 2), count])].map((n) => [name, String(n), "after"]),
    ...(count > 1 ? [[name, String(count), "before"]] : []),
  ]);
  let killed = 0;
  const failures: string[] = [];
  const killAt = async (point: string[]): Promise<void> => {
    const database = join(archive.folder, `${point.join("-")}.db`);
    const { signal } = await run(database, ...point);
    if (signal === "SIGKILL") killed += 1;
    const finished = await run(database);
    const difference = compareDumps(await dumpOf(database), expected);
    if (finished.status !== 0 || difference.length > 0) {
      failures.push(`${point.join(" ")}: status ${finished.status}, ${difference[0] ?? "same"}`);
    }
    for (const suffix of ["", "-wal", "-shm"]) rmSync(database + suffix, { force: true });
  };
  for (let next = 0; next < points.length; next += 2) {
    await Promise.all(points.slice(next, next + 2).map(killAt));
  }
  expect(failures).toEqual([]);
  expect(killed).toBe(points.length);
  expect(killed).toBeGreaterThan(20);
}, 240_000);
