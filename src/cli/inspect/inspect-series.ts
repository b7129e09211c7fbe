/** Carries out `nils inspect --series`: the story of a series and its stacks, from the database alone. */
import { UserError } from "#base/user-error.ts";
import type { CommandContext } from "#cli/command.ts";
import { writeJsonArray } from "#cli/output/list.ts";
import type { Store } from "#store/store.ts";
import { renderSeries } from "./render-series.ts";
import { loadStories } from "./series-story.ts";

export interface SeriesRequest {
  readonly uid: string;
  /** Only that of this cohort. */
  readonly cohort: string | undefined;
  readonly isJson: boolean;
}

/** Characters of a line where there is no terminal, and most of one. */
const lineWidth = 100;

export async function inspectSeries(
  { stdout }: CommandContext,
  store: Store,
  { uid, cohort, isJson }: SeriesRequest,
): Promise<void> {
  const stories = await loadStories(store, uid, cohort);
  if (stories.length === 0) {
    throw new UserError(
      "series-unknown",
      `There is no series ${uid} in this database; nils export --view v_series lists those there are.`,
    );
  }
  if (isJson) {
    await writeJsonArray(stdout, stories);
    return;
  }
  const width = stdout.isTerminal ? Math.min(lineWidth, stdout.columns) : lineWidth;
  stdout.write(stories.map((story) => renderSeries(story, width)).join("\n"));
}
