/**
 * The catalogue as the reader wants it: one list of paths to look for, and for each column its candidates in
 * order of precedence, as indices into that list.
 */
import { columns } from "./catalogue.ts";
import type { Column, ColumnType } from "./column.ts";
import { conversionNeeds, conversionReads } from "./conversions.ts";
import { isPlaceLeftOut } from "./element-privacy.ts";
import { inputColumns } from "./input-columns.ts";
import { isLeftOut } from "./left-out.ts";
import {
  type Location,
  type LocationKind,
  locationOrder,
  philipsFrameSequence,
  type Step,
  type WantedPath,
} from "./location.ts";

/** A place of a column in one kind of object. */
export interface Candidate {
  /** Indices into `paths`. Of a place inside functional groups that of the frame's item, then that of the shared one. */
  readonly pathIds: readonly number[];
  readonly location: Location;
  /** Type to decode the element as, before a conversion sees it. */
  readonly decodedAs: ColumnType;
  /** May a text that cannot be taken be kept with the column? Not a comment, of a column that is shown. */
  readonly keepsRaw: boolean;
}

export interface CompiledColumn {
  readonly column: Column;
  /** Place in the list of all. */
  readonly index: number;
  /** In order of precedence. */
  readonly classic: readonly Candidate[];
  readonly framed: readonly Candidate[];
  /** Names of the columns and input columns that its value depends on, through any number of conversions. */
  readonly needs: readonly string[];
  /** False for an input column, which is read for others and kept nowhere. */
  readonly isStored: boolean;
}

export interface CompiledCatalogue {
  readonly paths: readonly WantedPath[];
  /** All columns in the order of the catalogue, then the input columns. */
  readonly columns: readonly CompiledColumn[];
}

const perFrameGroups: Step = { tag: 0x5200_9230 };
const sharedGroups: Step = { tag: 0x5200_9229 };
/** Unassigned Per-Frame and Unassigned Shared Converted Attributes Sequence (PS3.3 §C.7.6.16.2.25 f.). */
const unassignedPerFrame: Step = { tag: 0x0020_9171 };
const unassignedShared: Step = { tag: 0x0020_9170 };

export function compileLocations(): CompiledCatalogue {
  const paths: WantedPath[] = [];
  const ids = new Map<string, number>();
  const idOf = ({ kind, vr, items }: Location, steps: readonly Step[]): number => {
    const key = JSON.stringify([steps, items]);
    let id = ids.get(key);
    if (id === undefined) {
      id = paths.push({ steps, vr, items, isDeferred: kind === "csa" }) - 1;
      ids.set(key, id);
    }
    return id;
  };
  const candidates = (column: Column, object: "classic" | "framed"): Candidate[] =>
    inOrder(column.locations, locationOrder[object]).map((location) => ({
      pathIds: pathsOf(location, object).map((steps) => idOf(location, steps)),
      location,
      decodedAs: decodedAs(column, location),
      keepsRaw: isLeftOut(column) || !isPlaceLeftOut(location),
    }));
  const compile = (column: Column, index: number): CompiledColumn => ({
    column,
    index,
    classic: candidates(column, "classic"),
    framed: candidates(column, "framed"),
    needs: neededColumns(column),
    isStored: index < columns.length,
  });
  return { columns: [...columns, ...inputColumns].map(compile), paths };
}

/** By kind, but for the places that precede all. */
function inOrder(locations: readonly Location[], kinds: readonly LocationKind[]): Location[] {
  const [first, others] = [
    locations.filter(({ isFirst }) => isFirst === true),
    locations.filter(({ isFirst }) => isFirst !== true),
  ];
  return [...first, ...kinds.flatMap((kind) => others.filter((each) => each.kind === kind))];
}

/** Paths of a location in an object with functional groups or without. */
function pathsOf({ kind, steps }: Location, object: "classic" | "framed"): (readonly Step[])[] {
  switch (kind) {
    case "functional-group":
      return inGroups([], [], steps);
    case "unassigned":
      return inGroups([unassignedPerFrame], [unassignedShared], steps);
    case "philips-frame": {
      const inItem = [philipsFrameSequence, ...steps];
      return object === "framed"
        ? [
            [perFrameGroups, ...inItem],
            ...inGroups([unassignedPerFrame], [unassignedShared], inItem),
          ]
        : [inItem];
    }
    case "private":
      return object === "framed" ? privateInFrames(steps) : [steps];
    case "csa":
      return object === "framed"
        ? [...inGroups([unassignedPerFrame], [unassignedShared], steps), steps]
        : [steps];
    default:
      return [steps];
  }
}

/**
 * Private elements lie in the items of the functional groups, or among the unassigned attributes there, where a
 * conversion keeps those of the classic image as they were (PS3.3 §C.7.6.16.2.25.1 f.). Philips keeps those of a
 * frame in the item that `philips-frame` locations lie in.
 */
function privateInFrames(steps: readonly Step[]): (readonly Step[])[] {
  const [first] = steps;
  const isPhilips = first !== undefined && "creator" in first && /^Philips /.test(first.creator);
  return [
    ...(isPhilips ? [[perFrameGroups, philipsFrameSequence, ...steps]] : []),
    [perFrameGroups, ...steps],
    [perFrameGroups, unassignedPerFrame, ...steps],
    [sharedGroups, ...steps],
    [sharedGroups, unassignedShared, ...steps],
    steps,
  ];
}

const inGroups = (
  perFrame: readonly Step[],
  shared: readonly Step[],
  steps: readonly Step[],
): (readonly Step[])[] => [
  [perFrameGroups, ...perFrame, ...steps],
  [sharedGroups, ...shared, ...steps],
];

/** Types that elements of a VR are decoded as for a rule of their own; others are texts. */
const typeByVr: Readonly<Record<string, ColumnType>> = {
  DA: "date",
  TM: "time",
  DT: "datetime",
  UI: "uid",
  PN: "name",
  CS: "codes",
  LT: "text",
  ST: "text",
  UT: "text",
  DS: "reals",
  IS: "reals",
  FD: "reals",
  FL: "reals",
  US: "reals",
  SS: "reals",
  UL: "reals",
  SL: "reals",
};

/**
 * The type that an element is decoded as: that which its rule asks for; by its VR where the location has a
 * rule of its own, since the column's type says nothing of it; else the column's type.
 */
export function decodedAs(column: Column, location: Location): ColumnType {
  const rule = location.convert ?? column.convert;
  const asked = rule === undefined ? undefined : conversionReads[rule];
  if (asked !== undefined) return asked;
  return location.convert === undefined ? column.type : (typeByVr[location.vr] ?? "texts");
}

/** Rules that a column names. */
export function rulesOf(column: Column): string[] {
  const { convert, derive, deriveFirst, locations } = column;
  const named = [convert, derive, deriveFirst, ...locations.map((location) => location.convert)];
  return [...new Set(named.filter((rule) => rule !== undefined))];
}

const byName: ReadonlyMap<string, Column> = new Map(
  [...columns, ...inputColumns].map((column) => [column.name, column]),
);

/** Columns that a column's value depends on, itself left out. */
export function neededColumns(column: Column): readonly string[] {
  const needed = new Set<string>();
  const pending = [column];
  for (const each of pending) {
    for (const name of rulesOf(each).flatMap((rule) => conversionNeeds[rule] ?? [])) {
      const next = byName.get(name);
      if (next === undefined || needed.has(name)) continue;
      needed.add(name);
      pending.push(next);
    }
  }
  needed.delete(column.name);
  return [...needed];
}
