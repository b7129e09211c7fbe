/** Where the images of a stack lie: volumes, positions, spacing, and what is missing or doubled. */
import { formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import type { ViewRow } from "#cli/read-pages.ts";
import type { ImageName, ShownDetails } from "./series-variations.ts";
import type { Hole } from "./stack-details.ts";
import { flagsOf, numberOf } from "./stack-row.ts";

/** Null where nothing is known. */
export function describeGeometry(stack: ViewRow, details: ShownDetails | null): string | null {
  const isSheet = flagsOf(stack).includes("mosaic");
  const positions = numberOf(stack, "stack_n_positions") ?? 0;
  if (!isSheet && positions === 0) return null;
  return [
    isSheet ? describeSheets(stack) : describeVolumes(stack, details),
    ...describeMissing(stack, details),
    ...describeDoubled(stack, details, isSheet),
  ].join("; ");
}

function describeSheets(stack: ViewRow): string {
  const slices = numberOf(stack, "stack_n_positions");
  const spacing = numberOf(stack, "stack_spacing");
  const images = numberOf(stack, "stack_n_frames") ?? 0;
  const volumes = images === 1 ? "one volume" : plural(images, "volume");
  if (slices !== null) {
    const apart = spacing === null || slices === 1 ? "" : `, ${formatNumber(spacing)} mm apart`;
    return `${volumes} of ${plural(slices, "slice")}${apart}`;
  }
  const apart = spacing === null ? "" : ` ${formatNumber(spacing)} mm apart`;
  return `${volumes}, ${images === 1 ? "" : "each "}a sheet of slices${apart}`;
}

function describeVolumes(stack: ViewRow, details: ShownDetails | null): string {
  const positions = numberOf(stack, "stack_n_positions") ?? 0;
  const images = numberOf(stack, "stack_n_frames") ?? 0;
  const distinct = images - (numberOf(stack, "stack_n_doubled") ?? 0);
  if (positions === 1) {
    return distinct === 1 ? "one position" : `one position, ${plural(images, "image")}`;
  }
  const slices = plural(positions, "position") + describeSpacing(stack, details);
  const volumes = numberOf(stack, "stack_n_volumes") ?? 1;
  if (volumes > 1) return `${plural(volumes, "volume")} of ${slices}`;
  return distinct === positions ? slices : `${plural(images, "image")} at ${slices}`;
}

function describeSpacing(stack: ViewRow, details: ShownDetails | null): string {
  const spacing = numberOf(stack, "stack_spacing");
  if (spacing === null) return "";
  if (!flagsOf(stack).includes("irregular-spacing")) return `, ${formatNumber(spacing)} mm apart`;
  const gaps = details?.gaps ?? null;
  return gaps === null
    ? `, median gap ${formatNumber(spacing)} mm`
    : `, gaps of ${formatNumber(gaps[0])} to ${formatNumber(gaps[1])} mm`;
}

function describeMissing(stack: ViewRow, details: ShownDetails | null): string[] {
  const missing = numberOf(stack, "stack_n_missing") ?? 0;
  if (missing === 0) return [];
  const share = shareOf(numberOf(stack, "stack_completeness"));
  const hole = details?.hole ?? null;
  const where = hole === null ? "" : `, ${missing > 1 ? "such as " : ""}${placeOf(hole)}`;
  return [`${plural(missing, "image")} missing${share}${where}`];
}

const placeOf = (hole: Hole): string =>
  "between" in hole
    ? `between ${hole.between.map(writeMillimetres).join(" and ")} mm along the normal`
    : `at ${writeMillimetres(hole.at)} mm along the normal, where there ${hole.images === 1 ? "is" : "are"} ${formatNumber(hole.images)}`;

const writeMillimetres = (value: number): string =>
  formatNumber(Math.round(value * 100) / 100 + 0).replace("-", "−");

/** Never all nor nothing, where something is missing and something is there. */
function shareOf(completeness: number | null): string {
  if (completeness === null) return "";
  const percent = Math.min(99.9, Math.max(0.1, Math.round(completeness * 1000) / 10));
  return ` (${formatNumber(percent)} % are there)`;
}

function describeDoubled(stack: ViewRow, details: ShownDetails | null, isSheet: boolean): string[] {
  const doubled = numberOf(stack, "stack_n_doubled") ?? 0;
  if (doubled === 0) return [];
  const twins = details?.twins ?? null;
  const such = twins === null ? "" : `, such as ${nameTwins(twins.images)}`;
  const times = twins?.times ?? null;
  const text =
    times === null || isSheet
      ? `${plural(doubled, "image")} ${doubled === 1 ? "shares" : "share"} place and time with another`
      : describeRepeats(stack, times);
  return [text + such];
}

/** Images that were all taken equally often. */
function describeRepeats(stack: ViewRow, times: number): string {
  const often = times === 2 ? "twice" : `${formatNumber(times)} times`;
  const images = numberOf(stack, "stack_n_frames") ?? 0;
  const positions = numberOf(stack, "stack_n_positions") ?? 0;
  const volumes = numberOf(stack, "stack_n_volumes") ?? 1;
  const all = plural(images, "image");
  if (volumes > 1) return `${all} of ${formatNumber(volumes)} volumes, each volume ${often}`;
  return positions > 1
    ? `${all} of ${formatNumber(positions)} positions, each position ${often}`
    : `${all} of it`;
}

/** `instance numbers 3 and 12`, `frames 1 and 2 of instance number 5`; UIDs where numbers do not tell. */
function nameTwins([first, second]: readonly [ImageName, ImageName]): string {
  const isOneInstance = first.sopInstanceUid === second.sopInstanceUid;
  const hasNumbers =
    first.instanceNumber !== null &&
    second.instanceNumber !== null &&
    (isOneInstance || first.instanceNumber !== second.instanceNumber);
  const nameOf = ({ instanceNumber, sopInstanceUid }: ImageName): string =>
    hasNumbers ? (instanceNumber ?? "") : sopInstanceUid;
  const what = hasNumbers ? "instance number" : "instance";
  if (isOneInstance) {
    return `frames ${first.frame} and ${second.frame} of ${what} ${nameOf(first)}`;
  }
  const [one, other] = [first, second].map(
    (image) => nameOf(image) + (image.frame === null ? "" : `, frame ${image.frame}`),
  );
  return `${what}s ${one} and ${other}`;
}
