/** Carries out `nils inspect --series`: the story of a series and its stacks, from the database alone. */
import type { CommandContext } from "#cli/command.ts";
import { requireCohort } from "#cli/open-store.ts";
import { writeJsonArray } from "#cli/output/list.ts";
import type { Store } from "#store/store.ts";
import { renderSeries } from "./render-series.ts";
import { loadStories } from "./series-story.ts";
import { explainUnknownSeries } from "./unknown-series.ts";

export interface SeriesRequest {
  readonly uid: string;
  /** Only that of this cohort. */
  readonly cohort: string | undefined;
  readonly isJson: boolean;
  /** What a line to be typed needs to mean the same database; may be empty. */
  readonly typedDatabase: string;
}

/** Characters of a line where there is no terminal, and most of one. */
const lineWidth = 100;

export async function inspectSeries(
  { stdout }: CommandContext,
  store: Store,
  { uid, cohort, isJson, typedDatabase }: SeriesRequest,
): Promise<void> {
  if (cohort !== undefined) await requireCohort(store, cohort);
  const stories = await loadStories(store, uid, cohort, typedDatabase);
  if (stories.length === 0) throw await explainUnknownSeries(store, uid, cohort, typedDatabase);
  if (isJson) {
    await writeJsonArray(stdout, stories);
    return;
  }
  const width = stdout.isTerminal ? Math.min(lineWidth, stdout.columns) : lineWidth;
  stdout.write(stories.map((story) => renderSeries(story, width, typedDatabase)).join("\n"));
}
