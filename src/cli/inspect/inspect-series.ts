/** Carries out `nils inspect --series`: the story of a series and its stacks, from the database alone. */
import { UserError } from "#base/user-error.ts";
import { columnByName } from "#catalogue/catalogue.ts";
import { findCode } from "#catalogue/codes.ts";
import type { CommandContext } from "#cli/command.ts";
import { formatNumber } from "#cli/output/format.ts";
import { writeJsonArray } from "#cli/output/list.ts";
import { renderPairs } from "#cli/output/table.ts";
import { readPages, type ViewRow } from "#cli/read-pages.ts";
import type { ViewName } from "#store/listing.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { Store } from "#store/store.ts";

interface SeriesStory {
  readonly cohort: string;
  readonly series: ViewRow;
  /** Column → number of distinct values in the series' files, for those that differ. */
  readonly varying: Readonly<Record<string, number>>;
  readonly stacks: readonly ViewRow[];
}

export interface SeriesRequest {
  readonly uid: string;
  /** Only that of this cohort. */
  readonly cohort: string | undefined;
  readonly isJson: boolean;
}

export async function inspectSeries(
  { stdout }: CommandContext,
  store: Store,
  request: SeriesRequest,
): Promise<void> {
  const stories = await loadStories(store, request);
  if (stories.length === 0) {
    throw new UserError(
      "series-unknown",
      `There is no series ${request.uid} in this database; nils export --view v_series lists those there are.`,
    );
  }
  if (request.isJson) {
    await writeJsonArray(stdout, stories);
    return;
  }
  stdout.write(stories.map(renderStory).join("\n"));
}

async function loadStories(store: Store, { uid, cohort }: SeriesRequest): Promise<SeriesStory[]> {
  const stories: SeriesStory[] = [];
  for (const { cohortId, name } of await store.listCohorts()) {
    if (cohort !== undefined && cohort !== name) continue;
    const stacks = await readAll(store, "v_stacks", cohortId, uid);
    for (const series of await readAll(store, "v_series", cohortId, uid)) {
      const { varying, ...values } = series;
      stories.push({
        cohort: name,
        series: withoutKeys(values),
        varying: typeof varying === "string" ? JSON.parse(varying) : {},
        stacks: stacks
          .filter((stack) => isOf(stack, series))
          .map((stack) => withoutKeys(stack))
          .sort((a, b) => Number(a["stack_index"]) - Number(b["stack_index"])),
      });
    }
  }
  return stories;
}

/** A series UID may occur in two studies, and a study in two subjects. */
const isOf = (stack: ViewRow, series: ViewRow): boolean =>
  stack["study_instance_uid"] === series["study_instance_uid"] &&
  stack["subject_code"] === series["subject_code"];

/** Keys that mean nothing outside this database. */
const withoutKeys = (row: ViewRow): ViewRow =>
  Object.fromEntries(
    Object.entries(row).filter(
      ([name]) => !["series_id", "series_stack_id", "cohort_id", "cohort"].includes(name),
    ),
  );

async function readAll(
  store: Store,
  view: ViewName,
  cohortId: number,
  seriesInstanceUid: string,
): Promise<ViewRow[]> {
  const rows: ViewRow[] = [];
  const where = { series_instance_uid: seriesInstanceUid };
  for await (const page of readPages(store, { view, cohortId, where })) rows.push(...page);
  return rows;
}

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

function renderStory({ cohort, series, varying, stacks }: SeriesStory): string {
  const head = renderPairs([
    ["cohort", cohort],
    ...shownOfSeries
      .filter((name) => series[name] !== null && series[name] !== undefined)
      .map((name): [string, Cell] => [name, series[name] ?? null]),
  ]);
  return head + renderVarying(varying) + stacks.map((stack) => renderStack(stack)).join("");
}

function renderVarying(varying: Readonly<Record<string, number>>): string {
  const entries = Object.entries(varying);
  if (entries.length === 0) return "\nIts files agree in every value of the series.\n";
  const lines = entries.map(([name, count]) => `  ${name}  ${formatNumber(count)} values\n`);
  return `\nIts files differ in\n${lines.join("")}`;
}

function withUnit(name: string, value: Cell): Cell {
  const unit = columnByName(name)?.unit;
  if (unit === undefined || unit === "1") return value;
  return `${typeof value === "number" ? formatNumber(value) : value} ${unit}`;
}

function renderStack(stack: ViewRow): string {
  const { stack_index, stack_key, stack_reason, stack_flags, ...rest } = stack;
  const values = Object.entries(rest)
    .filter(([name, value]) => value !== null && /^(stack|diffusion|representative)_/.test(name))
    .map(([name, value]): [string, Cell] => [name, withUnit(name, value)]);
  const flags = typeof stack_flags === "string" ? stack_flags.split("\\") : [];
  const remarks = flags.map((flag): [string, Cell] => [
    "remark",
    `${flag}: ${findCode(flag)?.meaning ?? ""}`,
  ]);
  const pairs = renderPairs([["reason", stack_reason ?? null], ...values, ...remarks]);
  return `\nstack ${stack_index}  ${stack_key}\n${pairs.replaceAll(/^(?=.)/gm, "  ")}`;
}
