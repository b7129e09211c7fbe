/** The story of a series for people: what its stacks are, what separates them, what was passed over. */
import { findCode } from "#catalogue/codes.ts";
import { escapeControls } from "#cli/output/escape-controls.ts";
import { formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import { renderPairs } from "#cli/output/table.ts";
import { wrapLabelled, wrapText } from "#cli/output/wrap-text.ts";
import { ownRule } from "#stacks/variation-reasons.ts";
import type { Cell } from "#store/packed-rows.ts";
import { flagsOf, renderStack } from "./render-stack.ts";
import type { Separation } from "./series-separations.ts";
import type { SeriesStory } from "./series-story.ts";
import type { ShownVariation } from "./series-variations.ts";

/** Columns of a series that come first; the rest is what `nils export` is for. */
const shownOfSeries = [
  "subject_code",
  "study_instance_uid",
  "study_date",
  "series_instance_uid",
  "series_number",
  "series_description",
  "protocol_name",
  "modality",
  "manufacturer",
  "manufacturer_model_name",
  "instances",
  "frames",
  "stacks",
];

/** Stacks, values of a part, and stacks named in a line, that are shown. */
const MOST_STACKS = 20;
const MOST_VALUES = 8;
const MOST_NAMED = 6;

export function renderSeries(story: SeriesStory, width: number): string {
  const { cohort, series, notice, stacks } = story;
  const head = renderPairs([
    ["cohort", cohort],
    ...shownOfSeries
      .filter((name) => series[name] !== null && series[name] !== undefined)
      // A number by which a series is called is no quantity.
      .map((name): [string, Cell] => [
        name,
        name === "series_number" ? String(series[name]) : (series[name] ?? null),
      ]),
  ]);
  return [
    head,
    ...(notice === null ? [] : [wrap(notice, width)]),
    renderSeparations(story, width),
    ...stacks.slice(0, MOST_STACKS).map((stack) => renderStack(stack, width)),
    ...renderRest(story, width),
    ...renderRemarks(story, width),
    ...renderVariations(story, width),
    ...renderUnregarded(story, width),
  ].join("\n");
}

const wrap = (text: string, width: number): string =>
  wrapText(text, width)
    .map((line) => `${line}\n`)
    .join("");

function renderSeparations({ stacks, separations }: SeriesStory, width: number): string {
  const images = stacks.reduce((sum, stack) => sum + Number(stack["stack_n_frames"]), 0);
  if (stacks.length === 0) return "None of its files holds an image, so there is no stack.\n";
  if (stacks.length === 1) {
    return images === 1
      ? "The one image is a stack.\n"
      : `The ${formatNumber(images)} images make one stack.\n`;
  }
  const all = `${formatNumber(images)} images in ${formatNumber(stacks.length)} stacks`;
  // Keys that were cut may not show the part that differs.
  if (separations.length === 0) return `${all}, ${stacks[0]?.["stack_reason"] ?? ""}.\n`;
  const label = Math.max(...separations.map((each) => each.label.length)) + 4;
  const lines = separations.map((each) =>
    wrapLabelled(`  ${each.label}`, describeSeparation(each), { label, line: width }),
  );
  return `${all}, separated by\n${lines.join("")}`;
}

function describeSeparation({ values, unaffected }: Separation): string {
  const shown = values
    .slice(0, MOST_VALUES)
    .map(({ value, images }, index) =>
      index === 0 ? `${value} (${plural(images, "image")})` : `${value} (${formatNumber(images)})`,
    )
    .join(", ");
  const more =
    values.length > MOST_VALUES ? ` and ${formatNumber(values.length - MOST_VALUES)} more` : "";
  const others =
    unaffected === 0 ? "" : `; it separates nothing among the other ${formatNumber(unaffected)}`;
  return shown + more + others;
}

/** Each remark once, with the stacks that have it. */
function renderRemarks({ stacks }: SeriesStory, width: number): string[] {
  const stacksOf = new Map<string, number[]>();
  for (const stack of stacks) {
    for (const flag of flagsOf(stack)) {
      const indices = stacksOf.get(flag) ?? [];
      indices.push(Number(stack["stack_index"]));
      stacksOf.set(flag, indices);
    }
  }
  if (stacksOf.size === 0) return [];
  const flags = [...stacksOf].sort(([a], [b]) => (a < b ? -1 : 1));
  const label = Math.max(...flags.map(([flag]) => flag.length)) + 4;
  const lines = flags.map(([flag, indices]) => {
    const where = indices.length === stacks.length ? "" : `${nameStacks(indices)}: `;
    return wrapLabelled(`  ${flag}`, where + explainFlag(flag), { label, line: width });
  });
  return [`Remarks\n${lines.join("")}`];
}

function explainFlag(flag: string): string {
  const code = findCode(flag);
  if (code === undefined) return "";
  return code.advice.startsWith("Nothing to do") ? code.meaning : `${code.meaning} ${code.advice}`;
}

function renderRest({ cohort, stacks }: SeriesStory, width: number): string[] {
  const rest = stacks.length - MOST_STACKS;
  if (rest <= 0) return [];
  return [
    wrap(
      `${plural(rest, "stack")} more ${rest === 1 ? "is" : "are"} not shown; add --json for all of this series, or use nils export --cohort ${cohort} --view v_stacks for all of the cohort.`,
      width,
    ),
  ];
}

function renderVariations(story: SeriesStory, width: number): string[] {
  const { variations, companions, stacks } = story;
  if (variations === null || companions === null || stacks.length === 0) return [];
  const along =
    companions.length === 0
      ? []
      : [
          wrap(
            `The stacks also differ in ${companions.join(", ")}, ${companions.length === 1 ? "which is" : "each of which is"} the same throughout a stack.`,
            width,
          ),
        ];
  if (variations.length === 0) {
    if (stacks.every((stack) => stack["stack_n_frames"] === 1)) return along;
    return [
      ...along,
      wrap(
        "Apart from their positions, the images of a stack agree in all that the rules look at.",
        width,
      ),
    ];
  }
  const label = Math.max(...variations.map(({ column }) => column.length)) + 4;
  const lines = variations.map((variation) =>
    wrapLabelled(
      `  ${variation.column}`,
      escapeControls(describeVariation(variation, stacks.length)),
      {
        label,
        line: width,
      },
    ),
  );
  return [...along, `What differs within a stack and does not separate it\n${lines.join("")}`];
}

function describeVariation({ within, why, source }: ShownVariation, stacks: number): string {
  const texts = new Set(within.map(({ text }) => text));
  const counts = within.map(({ values }) => values).sort((a, b) => a - b);
  const [fewest = 0, most = 0] = [counts[0], counts.at(-1)];
  const range = fewest === most ? plural(most, "value") : `${fewest} to ${most} values`;
  const what = texts.size === 1 ? [...texts][0] : `${range} each`;
  const where = within.length === stacks ? "" : `${nameStacks(within.map(({ stack }) => stack))}: `;
  const origin = source === ownRule ? "" : ` (${source})`;
  return `${where}${what}. ${why}${origin}`;
}

function nameStacks(indices: readonly number[]): string {
  const shown = indices.slice(0, MOST_NAMED).join(", ");
  const more =
    indices.length > MOST_NAMED ? ` and ${formatNumber(indices.length - MOST_NAMED)} more` : "";
  return `${indices.length === 1 ? "stack" : "stacks"} ${shown}${more}`;
}

function renderUnregarded({ unregarded }: SeriesStory, width: number): string[] {
  const entries = Object.entries(unregarded);
  if (entries.length === 0) return [];
  const list = entries.map(([name, count]) => `${name} (${plural(count, "value")})`).join(", ");
  return [wrap(`Not looked at by the rules, though the files differ in it: ${list}.`, width)];
}
