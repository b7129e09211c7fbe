/**
 * What the independent readers of ../shared/oracle say, beside what our reader stores. Nothing of those files is
 * kept in this repository.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { type ComparedFile, compareFile } from "./compared-file.ts";
import { type OracleFile, readingOfOracle } from "./oracle-reading.ts";
import { readOurValues } from "./our-values.ts";

export const samples = new URL("../../../shared/dicom/", import.meta.url);
const oracle = new URL("../../../shared/oracle/elements/", import.meta.url);

export const hasSamples = existsSync(samples) && existsSync(oracle);

/** Files that the oracle takes for DICOM and that we store, each compared. */
export function compareWithOracle(): ComparedFile[] {
  const files = readOracle();
  const asked = new Set(files.flatMap(({ top = {} }) => Object.keys(top)));
  return files.flatMap((file) => {
    if (!file.dicom || file.top === undefined) return [];
    const ours = readOurValues(fileURLToPath(new URL(encodePath(file.path), samples)), file.path);
    return ours.state === "stored"
      ? [compareFile(file.path, ours, readingOfOracle(file, asked))]
      : [];
  });
}

function readOracle(): OracleFile[] {
  return readdirSync(oracle)
    .sort()
    .flatMap((name) =>
      gunzipSync(readFileSync(new URL(name, oracle)))
        .toString()
        .trim()
        .split("\n"),
    )
    .map((line) => JSON.parse(line) as OracleFile);
}

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
