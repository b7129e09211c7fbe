/** docs/conformance-stacks.md: how our stacks of the sample files compare with the volumes that dcm2niix writes. */
import { comparePositions, type PositionDifference } from "./compare-positions.ts";
import { isEqual } from "./compare-stacks.ts";
import { isUnexplained, type StackComparison, type StackDifference } from "./oracle-stacks.ts";
import type { OracleVolume } from "./oracle-volumes.ts";
import { writeTable } from "./page-table.ts";
import type { OurStack } from "./read-extracted.ts";
import { type Rest, type StackReason, stackReasons } from "./stack-reasons.ts";

export function writeStacksPage({
  folders,
  pairs,
  differences,
  resampled,
}: StackComparison): string {
  const stacks = count(pairs.map((pair) => pair.series.flatMap((series) => series.stacks).length));
  const unexplained = differences.filter(isUnexplained).length;
  const positions = comparePositions(pairs);
  return `# Conformance of stacks

Made by \`npm run conformance\` from the sample files and the volumes that dcm2niix 1.0.20220720 wrote of them, which lie
beside the repository when it is developed. Compared folder by folder, as dcm2niix was run: the stacks of the series with one number and
the volumes with that number. A stack is equal to a volume that has as many images of the same size, the
same echo and inversion time where both have one, and the same part of the complex signal. Of a sheet of
slices (mosaic) the sheets are counted, and the tiles have to fit.

${folders} folders, ${pairs.length} series, ${stacks} stacks: ${pairs.length - differences.length} series are equal, ${differences.length} differ, ${unexplained} of them without a reason.
${resampled} volumes that dcm2niix resampled from another one (without gantry tilt, with even gaps, cut) are left out.

${writeTable(["modality", "series", "equal"], describeModalities(pairs))}

In ${positions.compared} equal stacks of images with a place, slices were counted too: in ${positions.compared - positions.differences.length} there are as many as positions.

${writeTable(["folder", "series", "positions", "slices", "reason"], positions.differences.map(describePositions))}

Where the two differ, dcm2niix is not wrong: it makes volumes for analysis, and leaves to a person what cannot be told apart. The reasons
are conditions in \`scripts/conformance/stack-reasons.ts\`, and a difference without one fails a test.

## Reasons

${writeTable(
  ["reason", "series", "what to know"],
  stackReasons.flatMap((reason) => describeReason(reason, differences)),
)}

## Series that differ

Of each series only what has no counterpart. Images × key, and columns × rows × slices × volumes.

${writeTable(["folder", "series", "our stacks", "its volumes", "reason"], differences.flatMap(describeDifference))}
`;
}

function count(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** Of volumes whose files are not stored we know no modality. */
function describeModalities(pairs: StackComparison["pairs"]): string[][] {
  const groups = Map.groupBy(
    pairs,
    ({ series }) =>
      (series.find(({ stacks: own }) => own.length > 0) ?? series[0])?.modality ?? "not stored",
  );
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([modality, own]) => [modality, String(own.length), String(own.filter(isEqual).length)]);
}

function describePositions(each: PositionDifference): string[] {
  const { folder, number, stack, slices, reason = "**none**" } = each;
  return [folder, `${number}`, `${stack.row["stack_n_positions"]}`, `${slices}`, reason];
}

function describeReason(reason: StackReason, differences: readonly StackDifference[]): string[][] {
  const own = differences.filter(({ explanations }) =>
    explanations.some((each) => each.reason === reason),
  );
  return own.length === 0 ? [] : [[reason.name, String(own.length), reason.about]];
}

function describeDifference({
  pair,
  explanations,
  unexplained: rest,
}: StackDifference): string[][] {
  const named = explanations.map(({ reason, ...part }) => ({ name: reason.name, part }));
  const all = [...named, { name: "**none**", part: rest }];
  return all
    .filter(({ part }) => part.stacks.length + part.volumes.length > 0)
    .map(({ name, part }) => [pair.folder, String(pair.number ?? ""), ...describeRest(part), name]);
}

function describeRest({ stacks: ours, volumes }: Rest): string[] {
  return [tally(ours.map(describeStack)), tally(volumes.map(describeVolume))];
}

function describeStack({ key, images }: OurStack): string {
  return `${images} × \`${key.replaceAll("|", "\\|")}\``;
}

function describeVolume({ dims, echoTime, component }: OracleVolume): string {
  const words = { P: "phase", R: "real", I: "imaginary" } as const;
  return [
    dims.join("×"),
    ...(echoTime === null ? [] : [`TE ${Number(echoTime.toFixed(2))}`]),
    ...(component === null ? [] : [words[component]]),
  ].join(", ");
}

/** One line per different text, with how often it is there. */
function tally(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .map(([text, times]) => (times === 1 ? text : `${text} (${times} times)`))
    .join("<br>");
}
