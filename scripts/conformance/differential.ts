/**
 * `npm run differential -- DIR`: reads every file below a folder with dcmdump and pydicom, as far as they are
 * installed, and tells where what we store differs from what they read. Exit status 1 on a difference without a
 * reason, 2 on wrong use or if neither program is there.
 */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { compareFolder } from "./compare-folder.ts";
import type { Difference } from "./compare-values.ts";
import { type ComparedFile, differencesOf } from "./compared-file.ts";
import { findReaders } from "./differential-readers.ts";
import { explain } from "./value-reasons.ts";
import { sumValues } from "./value-tables.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const [directory, ...rest] = process.argv.slice(2);
if (directory === undefined || rest.length > 0 || !isDirectory(directory)) {
  process.stderr.write("Name one folder: npm run differential -- DIR\n");
  process.exit(2);
}
const { found, missing } = findReaders();
for (const line of missing) print(line);
if (found.length === 0) {
  process.stderr.write("There is nothing to compare with; install one of the two.\n");
  process.exit(2);
}
for (const reader of found) {
  const { files, oursOnly, unstored, unread } = compareFolder(resolve(directory), reader);
  const { values, different, unexplained } = sumValues(files);
  print(`\n${reader.name}: ${files.length} files, ${values} values compared, ${different} differ`);
  for (const [state, count] of unstored) print(`  ${count} files not compared: ${state} for us`);
  for (const path of oursOnly) print(`  not read by ${reader.name}: ${path}`);
  printDifferences(files);
  for (const { place, files: count, reason } of unread) {
    if (reason === undefined)
      print(`  ${count} files have a value at a place that is not read: ${place}`);
  }
  if (unexplained > 0) process.exitCode = 1;
  print(`  ${unexplained} values differ without a reason`);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Those with a reason by reason and column, the others one by one. */
function printDifferences(files: readonly ComparedFile[]): void {
  const differences = differencesOf(files);
  const explained = Map.groupBy(differences, (each) => explain(each)?.name);
  for (const [reason, own] of explained) {
    if (reason === undefined) continue;
    for (const [column, list] of Map.groupBy(own, (each) => each.column)) {
      print(`  ${reason.padEnd(28)} ${column.padEnd(36)} ${list.length}`);
    }
  }
  const unexplained = explained.get(undefined) ?? [];
  if (unexplained.length === 0) return;
  printRows([
    ["file", "frame", "frames", "column", "ours", "theirs"],
    ...unexplained.map(describe),
  ]);
}

const describe = (each: Difference): string[] => [
  each.path,
  String(each.frame),
  String(each.frames),
  each.column,
  JSON.stringify(each.ours).slice(0, 60),
  JSON.stringify(each.theirs).slice(0, 60),
];

function printRows(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  for (const row of rows)
    print(
      `  ${row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd()}`,
    );
}
