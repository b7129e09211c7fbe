/** What differs within and between the stacks of a series and separates nothing, for people. */
import { escapeControls } from "#cli/output/escape-controls.ts";
import { plural } from "#cli/output/plural.ts";
import { wrapLabelled, wrapText } from "#cli/output/wrap-text.ts";
import type { ViewRow } from "#cli/read-pages.ts";
import { nameStacks } from "./name-stacks.ts";
import type { SeriesStory } from "./series-story.ts";
import type { ShownCompanion, ShownVariation } from "./series-variations.ts";
import { flagsOf, numberOf } from "./stack-row.ts";

/** Blocks of text, each ending with a line break. */
export function renderVariations(story: SeriesStory, width: number): string[] {
  const { variations, companions, stacks } = story;
  if (variations === null || companions === null || stacks.length === 0) return [];
  const between = renderTable(
    "The stacks also differ in",
    companions
      // That one form of object has a value and another has none says nothing of the images.
      .filter(({ column, values }) => values > 1 && !toldElsewhere.has(column))
      .map(({ column, text }: ShownCompanion) => [column.replaceAll("_", " "), text]),
    width,
  );
  const within = renderTable(
    "What differs within a stack and does not separate it",
    foldTimes(variations, stacks.length),
    width,
  );
  return [...between, ...within, ...renderSilence(stacks, variations, width)];
}

/** Inputs that the lines of each stack show, and those that say when it was taken. */
const toldElsewhere: ReadonlySet<string> = new Set([
  "acquisition_date",
  "acquisition_number",
  "acquisition_time",
  "attenuation_corrected",
  "cardiac_phase",
  "columns",
  "convolution_kernel",
  "diffusion_b_value",
  "diffusion_directionality",
  "echo_numbers",
  "echo_time",
  "echo_train_length",
  "exposure",
  "flip_angle",
  "frame_reference_time",
  "image_type",
  "inversion_time",
  "kvp",
  "number_of_temporal_positions",
  "pixel_spacing",
  "receive_coil_name",
  "repetition_time",
  "rows",
  "series_type",
  "slice_thickness",
  "spacing_between_slices",
  "temporal_position_identifier",
  "tiles",
  "trigger_time",
  "units",
  "x_ray_tube_current",
]);

type Line = readonly [label: string, text: string];

function renderTable(title: string, lines: readonly Line[], width: number): string[] {
  if (lines.length === 0) return [];
  const label = Math.max(...lines.map(([name]) => name.length)) + 4;
  const text = lines.map(([name, value]) =>
    wrapLabelled(`  ${name}`, escapeControls(value), { label, line: width }),
  );
  return [`${title}\n${text.join("")}`];
}

/** Inputs that say when an image was taken, told in one line where their reason is one. */
const timeColumns: ReadonlySet<string> = new Set([
  "acquisition_date",
  "acquisition_number",
  "acquisition_time",
  "cardiac_phase",
  "frame_reference_time",
  "temporal_position_identifier",
  "trigger_time",
]);

function foldTimes(variations: readonly ShownVariation[], stacks: number): Line[] {
  const groups = Map.groupBy(variations, ({ column, why }) =>
    timeColumns.has(column) ? why : `${column} ${why}`,
  );
  return [...groups.values()].map((group): Line => {
    const [first] = group as [ShownVariation];
    if (group.length === 1) {
      const values = describeApart(first) ?? describeWithin(first, stacks);
      return [first.column, `${values}. ${first.why}`];
    }
    const values = group.map((each) => `${each.column} ${describeWithin(each, stacks)}`).join("; ");
    return ["time", `${values}. ${first.why}`];
  });
}

/** The values of two kinds of stacks; null where all stacks have the same, or more kinds. */
function describeApart({ within }: ShownVariation): string | null {
  const kinds = Map.groupBy(within, ({ text }) => text);
  if (kinds.size !== 2) return null;
  return [...kinds]
    .map(([text, members]) => `${nameStacks(members.map(({ stack }) => stack))}: ${text}`)
    .join("; ");
}

function describeWithin({ within }: ShownVariation, stacks: number): string {
  const texts = new Set(within.map(({ text }) => text));
  const counts = within.map(({ values }) => values).sort((a, b) => a - b);
  const [fewest = 0, most = 0] = [counts[0], counts.at(-1)];
  const range = fewest === most ? plural(most, "value") : `${fewest} to ${most} values`;
  const what = texts.size === 1 ? [...texts][0] : `${range} each`;
  const where = within.length === stacks ? "" : `${nameStacks(within.map(({ stack }) => stack))}: `;
  return `${where}${what}`;
}

/** What tells the images of a stack apart where none of the values that the rules look at does. */
function renderSilence(
  stacks: readonly ViewRow[],
  variations: readonly ShownVariation[],
  width: number,
): string[] {
  const varied = new Set(variations.flatMap(({ within }) => within.map(({ stack }) => stack)));
  const alike = stacks.filter(
    (stack) =>
      !varied.has(Number(stack["stack_index"])) && (numberOf(stack, "stack_n_frames") ?? 0) > 1,
  );
  if (alike.length === 0) return [];
  const ordered = Map.groupBy(alike, nameOrder);
  const sentences = [...ordered].flatMap(([order, group]) => {
    if (order === null) return [];
    const isAll = group.length === stacks.length;
    const where = isAll ? "" : `${nameStacks(group.map((each) => Number(each["stack_index"])))}: `;
    return [`${where}${order}`];
  });
  if (sentences.length > 0) return sentences.map((sentence) => wrap(sentence, width));
  return variations.length > 0
    ? []
    : [
        wrap(
          "Apart from their positions, the images of a stack agree in all that the rules look at.",
          width,
        ),
      ];
}

/** Null where each image has a position of its own. */
function nameOrder(stack: ViewRow): string | null {
  const images = numberOf(stack, "stack_n_frames") ?? 0;
  const positions = numberOf(stack, "stack_n_positions") ?? 0;
  const number =
    images === numberOf(stack, "stack_n_instances") ? "instance number" : "frame number";
  if (flagsOf(stack).includes("mosaic"))
    return `Only their order (${number}) tells the volumes apart.`;
  if (positions === 0) return `Only their order (${number}) tells the images apart.`;
  return positions >= images
    ? null
    : `Only their order (${number}) tells the images of one position apart.`;
}

const wrap = (text: string, width: number): string =>
  wrapText(text, width)
    .map((line) => `${line}\n`)
    .join("");
