/**
 * What the independent readers of ../shared/oracle say of classic objects, beside what our reader says.
 * Nothing of those files is kept in this repository.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { columns } from "#catalogue/catalogue.ts";
import type { Column } from "#catalogue/column.ts";
import { formatNumber } from "#dicom/number.ts";
import { nodePlatform } from "#pipeline/parse/node-platform.ts";
import { FileReader } from "#pipeline/parse/read-file.ts";
import { instanceCells, seriesColumns, settingColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";

export const samples = new URL("../../../shared/dicom/", import.meta.url);
const oracle = new URL("../../../shared/oracle/elements/", import.meta.url);

export const hasSamples = existsSync(samples) && existsSync(oracle);

type OracleValue =
  | readonly (string | number)[]
  | { readonly s: readonly string[]; readonly f: readonly (number | null)[] };

interface OracleFile {
  readonly path: string;
  readonly dicom: boolean;
  readonly top?: Readonly<Record<string, OracleValue>>;
  readonly functionalGroups?: unknown;
}

export interface Difference {
  readonly path: string;
  readonly column: string;
  readonly ours: Cell;
  readonly oracle: string;
}

export interface Comparison {
  readonly files: number;
  readonly values: number;
  readonly differences: readonly Difference[];
}

/** Columns whose first place is the attribute itself at the top level. */
const compared: readonly Column[] = columns.filter(
  (column) =>
    column.keyword !== null &&
    column.locations.some(({ kind, steps }) => {
      const [step] = steps;
      return kind === "top" && step !== undefined && "tag" in step && step.tag === column.tag;
    }),
);

/** Compares every classic object that our reader stores with what the oracle read at its top level. */
export function compareWithOracle(): Comparison {
  const reader = new FileReader(nodePlatform, () => undefined);
  const differences: Difference[] = [];
  let files = 0;
  let values = 0;
  for (const name of readdirSync(oracle).sort()) {
    const lines = gunzipSync(readFileSync(new URL(name, oracle)))
      .toString()
      .trim()
      .split("\n");
    for (const line of lines) {
      const known = JSON.parse(line) as OracleFile;
      if (!known.dicom || known.functionalGroups !== undefined || known.top === undefined) continue;
      const ours = readValues(reader, known.path);
      if (ours === null) continue;
      files += 1;
      for (const column of compared) {
        const theirs = known.top[column.keyword as string];
        if (theirs === undefined) continue;
        values += 1;
        const expected = expectedText(column, theirs);
        const value = ours.get(column.name) ?? null;
        if (!isEqual(value, expected)) {
          differences.push({
            path: known.path,
            column: column.name,
            ours: value,
            oracle: expected ?? "",
          });
        }
      }
    }
  }
  return { files, values, differences };
}

function readValues(reader: FileReader, path: string): Map<string, Cell> | null {
  const file = new URL(path.split("/").map(encodeURIComponent).join("/"), samples);
  const size = readFileSync(file).length;
  const read = reader.read(decodeURIComponent(file.pathname), path, { size, mtime: 0, ctime: 0 });
  const { instance } = read;
  if (instance === null) return null;
  const values = new Map<string, Cell>();
  for (const [index, column] of seriesColumns.entries()) {
    values.set(column.name, instance.series.values[index] ?? null);
  }
  for (const [index, column] of settingColumns.entries()) {
    values.set(column.name, instance.setting?.part.values[index] ?? null);
  }
  for (const [index, name] of instanceCells.entries()) {
    values.set(name, instance.cells[index] ?? null);
  }
  values.set("study_instance_uid", instance.series.studyInstanceUid);
  values.set("series_instance_uid", instance.series.seriesInstanceUid);
  return values;
}

/** The oracle's value in the form in which the column's type is stored. */
function expectedText(column: Column, value: OracleValue): string | null {
  const list = "s" in value ? value.s : value;
  const texts = list.map(String);
  while (texts.at(-1) === "") texts.pop();
  if (texts.length === 0) return null;
  const first = texts[0] as string;
  switch (column.type) {
    case "integer":
    case "real":
      return numberText("s" in value ? (value.f[0] ?? null) : Number(first));
    case "reals": {
      const numbers = "s" in value ? value.f : value.map(Number);
      return numbers.some((number) => number === null)
        ? null
        : numbers.map((number) => formatNumber(number as number)).join("\\");
    }
    case "date":
      return /^\d{8}$/.test(first) ? first.replace(/(....)(..)(..)/, "$1-$2-$3") : first;
    case "time":
      return timeText(first);
    case "code":
    case "codes":
      return (
        texts
          .map((text) => text.trim())
          .join("\\")
          .toUpperCase() || null
      );
    case "text":
    case "texts":
    case "name":
    case "uid":
    case "datetime":
      return texts.map((text) => text.trim()).join("\\") || null;
  }
}

const numberText = (number: number | null): string | null =>
  number === null || !Number.isFinite(number) ? null : formatNumber(number);

function timeText(text: string): string {
  const match = /^(\d\d)(\d\d)?(\d\d)?(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return text;
  const [, hours, minutes = "00", seconds = "00", fraction = ""] = match;
  const digits = fraction.padEnd(6, "0");
  return `${hours}:${minutes}:${seconds}${digits === "000000" ? "" : `.${digits}`}`;
}

/** Text in one normal form; FL as the oracle widens it is the same number at single precision. */
function isEqual(ours: Cell, expected: string | null): boolean {
  if (ours === null || expected === null) return ours === expected;
  const text = typeof ours === "number" ? formatNumber(ours) : ours;
  if (text === expected.normalize("NFC")) return true;
  const [a, b] = [text.split("\\"), expected.split("\\")];
  return (
    a.length === b.length &&
    a.every((part, index) => {
      const [x, y] = [Number(part), Number(b[index])];
      return part === b[index] || (part !== "" && Math.fround(x) === Math.fround(y));
    })
  );
}
