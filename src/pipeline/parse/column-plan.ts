/**
 * How the catalogue's columns are read from a header, worked out once: the wanted paths, each column's
 * candidates as ids of paths, and the groups of columns whose values are decoded together.
 */
import type { Column } from "#catalogue/column.ts";
import { type CompiledColumn, compileLocations } from "#catalogue/compiled-locations.ts";
import { usualCreators } from "#catalogue/private-creators.ts";
import { compileCsaKeys } from "#dicom/csa-header.ts";
import { compileWanted } from "#dicom/wanted.ts";
import {
  coordinateColumns,
  instanceOnlyColumns,
  seriesColumns,
  settingColumns,
} from "#store/columns.ts";

/**
 * Columns that are decoded together, and which paths they read: where the bytes at these paths are those of
 * the file before, so are the values.
 */
export interface ColumnGroup {
  readonly plans: readonly CompiledColumn[];
  /** After those of all columns: its place in lists of columns and groups. */
  readonly index: number;
  /** By path id: 1 where the group reads it, 2 where it reads keys of a Siemens CSA header there. */
  readonly paths: Uint8Array;
  /** Keys of Siemens' CSA headers that the group reads, by path id; of a path that is none: absent. */
  readonly csaKeys: ReadonlyMap<number, readonly string[]>;
}

const compiled = compileLocations();
const planOf = new Map(compiled.columns.map((plan) => [plan.column.name, plan]));

/** Columns and input columns, by `CompiledColumn.index`. */
export const columnCount = compiled.columns.length;

/** What the header reader looks for. */
export const wantedTree = compileWanted(compiled.paths, usualCreators);

export const pathCount = compiled.paths.length;

/** By path id: 1 where the elements of all items are wanted. */
export const wantsAllItems = Uint8Array.from(compiled.paths, (path) =>
  path.items === "all" ? 1 : 0,
);

/** All keys that any column reads from a Siemens CSA header. */
export const csaKeys = compileCsaKeys(
  new Set(
    compiled.columns.flatMap(({ classic }) =>
      classic.flatMap(({ location }) => location.key ?? []),
    ),
  ),
);

/** By path id: 1 for a Siemens CSA header. */
export const isCsaPath = new Uint8Array(pathCount);
for (const { classic, framed } of compiled.columns) {
  for (const { location, pathIds } of [...classic, ...framed]) {
    if (location.key !== undefined) for (const path of pathIds) isCsaPath[path] = 1;
  }
}

/** The columns of each group, keys among them: columns that are no values of it and that its tuples carry. */
const groupReaders: CompiledColumn[][] = [];

function makeGroup(columns: readonly Column[], keys: readonly CompiledColumn[] = []): ColumnGroup {
  const plans = columns.map((column) => requirePlan(column.name));
  const paths = new Uint8Array(pathCount);
  const keysOf = new Map<number, string[]>();
  for (const plan of [...plans, ...keys]) {
    for (const read of [plan, ...plan.needs.map(requirePlan)]) {
      for (const { pathIds, location } of [...read.classic, ...read.framed]) {
        for (const id of pathIds) {
          paths[id] = location.key === undefined ? 1 : 2;
          if (location.key !== undefined) append(keysOf, id, location.key);
        }
      }
    }
  }
  const index = columnCount + groupReaders.length;
  groupReaders.push([...plans, ...keys]);
  return { plans, index, paths, csaKeys: keysOf };
}

function append(keysOf: Map<number, string[]>, path: number, key: string): void {
  const known = keysOf.get(path);
  if (known === undefined) keysOf.set(path, [key]);
  else if (!known.includes(key)) known.push(key);
}

function requirePlan(name: string): CompiledColumn {
  const plan = planOf.get(name);
  if (plan === undefined) throw new Error(`the catalogue has no column ${name}`);
  return plan;
}

export const studyInstanceUid = requirePlan("study_instance_uid");
export const seriesInstanceUid = requirePlan("series_instance_uid");
export const sopInstanceUid = requirePlan("sop_instance_uid");
export const sopClassUid = requirePlan("sop_class_uid");

export const seriesGroup = makeGroup(seriesColumns, [studyInstanceUid, seriesInstanceUid]);
export const settingGroup = makeGroup(settingColumns);
export const coordinateGroup = makeGroup(coordinateColumns);
export const instanceGroup = makeGroup(instanceOnlyColumns);

export const groupCount = groupReaders.length;

/** By path id: the columns and groups, by index, whose values depend on it. */
export const classicReaders: readonly (readonly number[])[] = findReaders("classic");

/** The same of objects with functional groups. */
export const framedReaders: readonly (readonly number[])[] = findReaders("framed");

function findReaders(object: "classic" | "framed"): number[][] {
  const readers: number[][] = Array.from({ length: pathCount }, () => []);
  const add = (reader: number, plans: readonly CompiledColumn[]): void => {
    for (const path of pathsOf(plans, object)) (readers[path] as number[]).push(reader);
  };
  for (const plan of compiled.columns) add(plan.index, [plan]);
  for (const [group, plans] of groupReaders.entries()) add(columnCount + group, plans);
  return readers;
}

/** Paths that the values of columns depend on. */
function pathsOf(
  plans: readonly CompiledColumn[],
  object: "classic" | "framed",
): ReadonlySet<number> {
  const read = plans.flatMap((plan) => [plan, ...plan.needs.map(requirePlan)]);
  if (read.some((plan) => plan[object].some(({ decodedAs }) => decodedAs === "datetime"))) {
    read.push(requirePlan("timezone_offset"));
  }
  return new Set(read.flatMap((plan) => plan[object].flatMap(({ pathIds }) => pathIds)));
}

export const planOfColumn = requirePlan;
