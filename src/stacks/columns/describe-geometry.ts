/** What the columns of a stack say of its geometry: plane, spacing, and how complete its grid is. */
import {
  countMissing,
  countVolumes,
  type Grid,
  isUneven,
  isWithin,
  measureGrid,
} from "#stacks/geometry/grid.ts";
import { areIrregular, countHoles, gapsOf } from "#stacks/geometry/spacing.ts";
import { absentLabel, type Group } from "#stacks/group.ts";
import { median, roundedText } from "#stacks/numbers.ts";
import { type Settings, settingNumber, settingText } from "#stacks/series-frames.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import type { StackFlag } from "#stacks/stack-flags.ts";
import { composeKey } from "#stacks/stack-key.ts";
import { splitTokens } from "#stacks/types/image-tokens.ts";

export interface Geometry {
  /** Slice positions; null for sheets that do not say how many slices they hold. */
  readonly positions: number | null;
  /** Images at a position; of sheets their number. */
  readonly volumes: number | null;
  /** mm, at five decimals. */
  readonly spacing: number | null;
  /** Unit vector at five decimals, joined by a backslash. */
  readonly normal: string | null;
  /** Size of the normal's largest component. */
  readonly confidence: number | null;
  /** Images that the grid lacks. */
  readonly missing: number | null;
  /** Images whose coordinate another one has too, beyond the first of each. */
  readonly doubled: number | null;
  /** 0 to 1 */
  readonly completeness: number | null;
  readonly flags: readonly StackFlag[];
}

/** The geometry of each stack of a modality; the stacks are needed together, to be held against each other. */
export function describeGeometries(series: SeriesView, groups: readonly Group[]): Geometry[] {
  const shapes = groups.map((group) => readShape(series, group));
  const families = Map.groupBy(shapes, ({ family }) => family);
  return shapes.map((shape) => {
    const family = shape.family === null ? [] : (families.get(shape.family) ?? []);
    return describeGeometry(series, shape, findWider(shape, family));
  });
}

/** A stack and what its images are: slices of one plane, of segments, planes that turn, or sheets of slices. */
interface Shape {
  readonly group: Group;
  readonly kind: "slices" | "segments" | "turning" | "sheets";
  /** Of the representative. */
  readonly settings: Settings;
  readonly grid: Grid;
  /** Shared by stacks that differ in nothing but the component that they show; null = no siblings. */
  readonly family: string | null;
}

function readShape(series: SeriesView, group: Group): Shape {
  const { frames } = series;
  const representative = group.frames[0] as number;
  const settings = frames.settings[frames.setting[representative] as number] ?? {};
  const kind = kindOf(group, settings);
  const grid = measureGrid(series, group.frames, {
    further: findFurther(series, group),
    volumes: countAnnounced(series, group, settings),
  });
  const family = kind === "slices" && isComponent(series, group) ? nameFamily(group) : null;
  return { group, kind, settings, grid, family };
}

/** What tells images of one coordinate apart in a stack that keeps several inversion times together. */
const findFurther = (series: SeriesView, { labels }: Group): Float64Array | null =>
  labels.TI?.text === "VAR" ? series.numbers("inversion_time") : null;

/**
 * Volumes that GE announces in (0020,0105) and tells apart by nothing but the number of the image: one
 * acquisition time, no temporal index.
 */
function countAnnounced(series: SeriesView, group: Group, settings: Settings): number {
  const indices = series.numbers("temporal_position_identifier");
  const isNumbered = group.frames.some((frame) => !Number.isNaN(indices[frame]));
  const announced = settingNumber(settings, "number_of_temporal_positions");
  return !isNumbered && announced > 1 ? announced : 1;
}

function kindOf(group: Group, settings: Settings): Shape["kind"] {
  if (isSheet(settings)) return "sheets";
  if (isTurning(group)) return "turning";
  const isSegment = settingText(settings, "referenced_segment_number") !== null;
  return isSegment ? "segments" : "slices";
}

/** Tokens of one frame that is a sheet of slices: Siemens' mosaic and its kin. */
const sheetTokens = ["MOSAIC", "VFRAME"];

const isSheet = (settings: Settings): boolean =>
  splitTokens(settingText(settings, "image_type")).some((token) => sheetTokens.includes(token));

const isTurning = ({ labels }: Group): boolean => labels.ORIENT?.text === "ROT";

function describeGeometry(series: SeriesView, shape: Shape, wider: Grid | null): Geometry {
  const { group, kind, settings, grid } = shape;
  const { planes } = series;
  // Planes that turn have no common normal.
  const plane =
    kind === "turning" ? undefined : planes.list[planes.of[group.frames[0] as number] as number];
  const gaps = gapsOf(series.positions, grid.positions);
  const tiles = settingNumber(settings, "tiles");
  const spacing =
    kind === "sheets" ? Math.abs(settingNumber(settings, "spacing_between_slices")) : median(gaps);
  const missing = findMissing(series, shape, gaps, wider);
  return {
    positions: kind === "sheets" ? (tiles > 0 ? tiles : null) : grid.positions.length,
    volumes: findVolumes(shape),
    // Differences of projections are no exact decimals.
    spacing: Number.isNaN(spacing) ? null : Number(roundedText(spacing, 5)),
    normal: plane?.normal.map((value) => roundedText(value, 5)).join("\\") ?? null,
    confidence: plane?.confidence ?? null,
    missing,
    doubled: grid.placed === 0 ? null : grid.doubled,
    completeness: missing === null ? null : shareOf(grid.placed - grid.doubled, missing),
    flags: [
      // A sheet without a place is a volume all the same, if its plane is known.
      ...(grid.placed === 0 && (kind !== "sheets" || plane === undefined) ? noGeometry : []),
      ...flagGeometry(shape, gaps, missing),
    ],
  };
}

const noGeometry: readonly StackFlag[] = ["no-geometry"];

function findVolumes({ kind, grid, group }: Shape): number | null {
  if (kind === "sheets") return group.frames.length;
  return grid.placed === 0 || kind === "turning" ? null : countVolumes(grid);
}

const shareOf = (present: number, missing: number): number => present / (present + missing);

/**
 * Images that the grid lacks, null where there is no grid: nothing has a position, planes turn, or the images
 * are of segments, which writers leave out where a segment is empty (highdicom's omit_empty_frames).
 */
function findMissing(
  { positions }: SeriesView,
  { kind, grid }: Shape,
  gaps: Float64Array,
  wider: Grid | null,
): number | null {
  if (grid.placed === 0 || kind === "turning" || kind === "segments") return null;
  // A sheet is a whole volume. Sheets lie at several positions where the scanner follows the head.
  if (kind === "sheets") return 0;
  if (wider === null) return countMissing(grid, countHoles(gaps));
  // What the sibling lacks as well may be a hole in both.
  const lacking = wider.positions.length - grid.positions.length;
  return countMissing(grid, lacking + countHoles(gapsOf(positions, wider.positions)));
}

function flagGeometry(
  { group, kind, grid }: Shape,
  gaps: Float64Array,
  missing: number | null,
): StackFlag[] {
  const flags: StackFlag[] = [];
  if (kind === "sheets") flags.push("mosaic");
  if (grid.doubled > 0) flags.push("duplicate-position");
  if (kind !== "sheets" && areIrregular(gaps)) flags.push("irregular-spacing");
  // Beds that were stitched overlap by a slice.
  const isIncomplete = (missing ?? 0) > 0 || (isUneven(grid) && group.labels.BED?.text !== "ALL");
  if (kind === "slices" && isIncomplete) flags.push("incomplete-grid");
  return flags;
}

/** Types that are components of one complex signal, and so cover the same slices. */
const componentTypes = ["M", "P", "R", "I", "CR"];

/** Whether the images say what component they show; an assumed one is no sibling of a written one. */
const isComponent = (series: SeriesView, { labels, frames }: Group): boolean =>
  componentTypes.includes(labels.TYPE?.text ?? "") &&
  !series.flags.of(frames).includes("type-assumed");

const nameFamily = ({ labels }: Group): string => composeKey("", { ...labels, TYPE: absentLabel });

/** The sibling that has all positions of a stack and most others beside; null = none. */
function findWider({ grid }: Shape, family: readonly Shape[]): Grid | null {
  let widest: Grid | null = null;
  for (const sibling of family) {
    const most = widest?.positions.length ?? 0;
    if (sibling.grid.positions.length > most && isWithin(grid, sibling.grid)) widest = sibling.grid;
  }
  return widest;
}
