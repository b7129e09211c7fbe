/** Lays our stacks beside the volumes of dcm2niix, series by series, and says where they differ. */
import { crc32 } from "node:zlib";
import type { Extracted } from "./extract-samples.ts";
import type { Component, OracleFolder, OracleVolume } from "./oracle-volumes.ts";
import type { OurSeries, OurStack, UnstoredFile } from "./read-extracted.ts";

/** One series number in one folder: all our series that have it, and all volumes. */
export interface SeriesPair {
  readonly folder: string;
  readonly number: number | null;
  readonly series: readonly OurSeries[];
  /** Stacks and volumes that are the same images in the same number. */
  readonly equal: readonly (readonly [OurStack, OracleVolume])[];
  /** Stacks without a volume that is their like, and volumes without such a stack. */
  readonly stacks: readonly OurStack[];
  readonly volumes: readonly OracleVolume[];
  readonly oracle: OracleFolder;
  /** Files of the folder that are in none of our series. */
  readonly unstored: readonly UnstoredFile[];
}

export const isEqual = ({ stacks, volumes }: SeriesPair): boolean =>
  stacks.length === 0 && volumes.length === 0;

export function compareStacks(ours: Extracted, oracle: readonly OracleFolder[]): SeriesPair[] {
  return oracle.flatMap((theirs) => {
    const series = ours.series.filter(({ folder }) => folder === theirs.folder);
    const unstored = ours.unstored.filter(({ folder }) => folder === theirs.folder);
    return pairSeries(series, theirs)
      .filter(({ equal, stacks, volumes }) => equal.length + stacks.length + volumes.length > 0)
      .map((pair) => ({ ...pair, oracle: theirs, unstored }));
  });
}

type Pairing = Omit<SeriesPair, "oracle" | "unstored">;

function pairSeries(series: readonly OurSeries[], theirs: OracleFolder): Pairing[] {
  const left = new Set(theirs.volumes);
  const pairings: Pairing[] = [];
  const pools = new Map<string, OurSeries[]>();
  for (const each of series) {
    const key = numbersOf(each).join(" ");
    const pool = pools.get(key);
    if (pool === undefined) pools.set(key, [each]);
    else pool.push(each);
  }
  for (const pool of pools.values()) {
    const numbers = new Set(pool.flatMap(numbersOf));
    const volumes = [...left].filter(({ seriesNumber }) => numbers.has(seriesNumber));
    for (const volume of volumes) left.delete(volume);
    pairings.push(align(theirs.folder, pool, volumes));
  }
  for (const number of new Set([...left].map(({ seriesNumber }) => seriesNumber))) {
    const volumes = [...left].filter(({ seriesNumber }) => seriesNumber === number);
    pairings.push({ folder: theirs.folder, number, series: [], equal: [], stacks: [], volumes });
  }
  return pairings;
}

/** Numbers under which dcm2niix may have written a series; several where its files differ in it. */
function numbersOf({ folder, uid, number, stacks }: OurSeries): number[] {
  if (number === null || number < 1) return [crc32(uid)];
  const written = stacks.flatMap(({ values }) => values("series_number").map(Number));
  const others = renumbered.filter((entry) => entry.folder === folder && entry.ours === number);
  return [...new Set([number, ...written, ...others.map(({ theirs }) => theirs)])];
}

/** Series to which dcm2niix gave another number than the one that is written. A missing one is the CRC of the UID. */
const renumbered = [
  {
    folder: "ct/dcm_qa_ct/S4010__header-only",
    ours: 401,
    theirs: 200, // of a series that an item of the dose report names
  },
  {
    folder: "ge/dcm_qa_polar/6_FM_cv12_2_3mm",
    ours: 6,
    theirs: 1006, // volumes of the other polarity
  },
];

function align(
  folder: string,
  series: readonly OurSeries[],
  all: readonly OracleVolume[],
): Pairing {
  const volumes = [...all];
  const equal: [OurStack, OracleVolume][] = [];
  const stacks = series
    .flatMap((each) => each.stacks)
    .filter((stack) => {
      const at = volumes.findIndex((volume) => isLike(stack, volume));
      if (at < 0) return true;
      equal.push([stack, ...(volumes.splice(at, 1) as [OracleVolume])]);
      return false;
    });
  return { folder, number: series[0]?.number ?? null, series, equal, stacks, volumes };
}

/** Are they the same number of images of one size, with the same times and part of the signal? */
function isLike(stack: OurStack, volume: OracleVolume): boolean {
  return (
    hasSameImages(stack, volume) &&
    isClose(stack.row["stack_echo_time"], volume.echoTime, 0.0105) &&
    isClose(stack.row["stack_inversion_time"], volume.inversionTime, 1.05) &&
    componentOf(stack) === volume.component
  );
}

function hasSameImages(stack: OurStack, volume: OracleVolume): boolean {
  const [x = 1, y = 1, z = 1, count = 1] = volume.dims;
  const size = sizeOf(stack);
  if (isSheet(stack)) return count === stack.images && x * y * z <= size && size % (x * y) === 0;
  return voxelsOf(volume) === size * stack.images;
}

/** Pixels of one image; 0 where the images of the stack differ in it. */
export function sizeOf(stack: OurStack): number {
  const [rows, columns] = [stack.values("rows"), stack.values("columns")];
  return rows.length === 1 && columns.length === 1 ? Number(rows[0]) * Number(columns[0]) : 0;
}

export const voxelsOf = ({ dims }: OracleVolume): number => dims.reduce((a, b) => a * b, 1);

/** Whether its images are sheets of slices. */
export const isSheet = (stack: OurStack): boolean =>
  String(stack.row["stack_flags"]).split("\\").includes("mosaic");

function componentOf(stack: OurStack): Component {
  const match = /(?:^|\+)(P|R|I)$/.exec(String(stack.row["stack_type"]));
  return (match?.[1] ?? null) as Component;
}

const isClose = (ours: unknown, theirs: number | null, tolerance: number): boolean =>
  typeof ours !== "number" || theirs === null || Math.abs(ours - theirs) <= tolerance;
