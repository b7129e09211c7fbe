/** Makes src/dicom/dictionary.generated.ts from the dictionary of dcmjs. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dictionary } from "dcmjs/dictionary";

const target = new URL("../src/dicom/dictionary.generated.ts", import.meta.url);
const packageFile = new URL("../node_modules/dcmjs/package.json", import.meta.url);

/** What dcmjs writes where PS3.6 leaves a choice of VR, and the one that is taken where a file states none. */
const CHOICES: Readonly<Record<string, string>> = {
  // OB or OW: implicit VR data sets have OW (PS3.5 §A.1).
  ox: "OW",
  // US or SS: which one depends on Pixel Representation (0028,0103).
  xs: "US",
  // US or OW: lookup tables.
  lt: "OW",
  // Offsets of DICOMDIR records.
  up: "UL",
};

const RETIRED = "RETIRED_";

/** Text of the module. */
export function generateDictionary(): string {
  const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };
  const lines = Object.values(dictionary).flatMap((entry) => describeEntry(entry));
  return `// Made by: node scripts/generate-dictionary.ts. Source: dcmjs ${version}, its dictionary of PS3.6. Do not edit.

/** One attribute per line: tag (x: any digit), VR, VM, keyword; a retired one ends with "!". Ascending. */
export const dictionaryText = \`${lines.sort().join("\n")}\`;
`;
}

function describeEntry({ tag, vr, vm, name }: DictionaryEntry): string[] {
  const key = writeKey(tag ?? "");
  if (key === null || name === undefined || vr === undefined || vr === "na") return [];
  const isRetired = name.startsWith(RETIRED);
  const keyword = isRetired ? name.slice(RETIRED.length) : name;
  if (keyword === "undefined" || keyword === "") return [];
  return [`${key} ${CHOICES[vr] ?? vr} ${vm ?? "1"} ${keyword}${isRetired ? "!" : ""}`];
}

interface DictionaryEntry {
  readonly tag?: string;
  readonly vr?: string;
  readonly vm?: string;
  readonly name?: string;
}

/** `00180081` of `(0018,0081)`, `60xx0010` of `(6000-60FF,0010)`; null for private and made-up entries. */
function writeKey(tag: string): string | null {
  const single = /^\(([0-9A-F]{4}),([0-9A-F]{4})\)$/.exec(tag);
  if (single !== null) return `${single[1]}${single[2]}`;
  const groups = /^\(([0-9A-F]{2})00-[0-9A-F]{2}FF,([0-9A-F]{4})\)$/.exec(tag);
  if (groups !== null) return `${groups[1]}xx${groups[2]}`;
  const elements = /^\(([0-9A-F]{4}),([0-9A-F]{2})00-[0-9A-F]{2}FF\)$/.exec(tag);
  return elements === null ? null : `${elements[1]}${elements[2]}xx`;
}

if (import.meta.main) writeFileSync(fileURLToPath(target), generateDictionary());
