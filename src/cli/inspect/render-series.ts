/** The story of a series for people: what its stacks are, what separates them, what was passed over. */
import { findCode } from "#catalogue/codes.ts";
import { formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { renderPairs } from "#cli/output/table.ts";
import { wrapLabelled, wrapText } from "#cli/output/wrap-text.ts";
import type { Cell } from "#store/packed-rows.ts";
import { nameStacks } from "./name-stacks.ts";
import { renderStack } from "./render-stack.ts";
import { renderVariations } from "./render-variations.ts";
import type { Separation } from "./series-separations.ts";
import type { SeriesStory } from "./series-story.ts";
import { flagsOf } from "./stack-row.ts";

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

/** Stacks, and values of a part, that are shown. */
const MOST_STACKS = 20;
const MOST_VALUES = 8;

/** `typedDatabase`: what a line to be typed needs to mean the same database, such as ` --database x.db`. */
export function renderSeries(story: SeriesStory, width: number, typedDatabase = ""): string {
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
    ...stacks.slice(0, MOST_STACKS).map((stack) => renderStack(story, stack, width)),
    ...renderRest(story, width, typedDatabase),
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

function renderRest(
  { cohort, stacks }: SeriesStory,
  width: number,
  typedDatabase: string,
): string[] {
  const rest = stacks.length - MOST_STACKS;
  if (rest <= 0) return [];
  return [
    wrap(
      `${plural(rest, "stack")} more ${rest === 1 ? "is" : "are"} not shown; add --json for all of this series, or use nils export --cohort ${quoteWord(cohort)} --view v_stacks${typedDatabase} for all of the cohort.`,
      width,
    ),
  ];
}

function renderUnregarded({ unregarded }: SeriesStory, width: number): string[] {
  const entries = Object.entries(unregarded);
  if (entries.length === 0) return [];
  const list = entries.map(([name, count]) => `${name} (${plural(count, "value")})`).join(", ");
  return [wrap(`Not looked at by the rules, though the files differ in it: ${list}.`, width)];
}
