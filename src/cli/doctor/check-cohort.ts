/** Looks at one cohort: can its source be read, did its job end, and do its numbers hold? */
import { accessSync, constants, statSync } from "node:fs";
import { UserError } from "#base/user-error.ts";
import { requireOutsideSource } from "#cli/extract/source-folder.ts";
import { plural } from "#cli/output/plural.ts";
import { printPath } from "#cli/output/print-path.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { checkAccount } from "#pipeline/account.ts";
import { systemPath } from "#pipeline/discover/walk.ts";
import { Progress } from "#pipeline/progress.ts";
import type { Cohort } from "#store/cohort.ts";
import type { StackSums } from "#store/ledger.ts";
import type { Store } from "#store/store.ts";
import { bad, type Finding, good } from "./finding.ts";

export function checkSource(cohort: Cohort, database: string): Finding {
  const about = `source of ${cohort.name}`;
  const shown = printPath(cohort.sourcePath);
  const folder = systemPath(cohort.sourcePath, "");
  try {
    if (!statSync(folder).isDirectory()) throw new Error("no folder");
    accessSync(folder, constants.R_OK | constants.X_OK);
    requireOutsideSource(database, cohort.sourcePath);
    return good(about, shown);
  } catch (error) {
    if (error instanceof UserError) return bad(about, error.message, "Move the database first.");
    return bad(
      about,
      `${shown} is not a folder that you can list.`,
      `Mount its disk or get the right to read it; if it has moved: nils cohort edit ${quoteWord(cohort.name)} --source DIR`,
    );
  }
}

/** A job that ended without a word, and that no later one has taken over. */
export async function checkJobs(store: Store, cohort: Cohort): Promise<Finding[]> {
  const [last] = await store.listJobs({ cohortId: cohort.cohortId, limit: 1 });
  if (last?.state !== "lost") return [];
  return [
    bad(
      `job ${last.jobId} of ${cohort.name}`,
      `It ended without a word (last heard of ${last.heartbeatAt}).`,
      `Nothing that it committed is lost; go on with: nils extract --cohort ${quoteWord(cohort.name)}`,
    ),
  ];
}

/** Proves counters against rows and stacks against frames. Reads the whole cohort. */
export async function recountCohort(store: Store, cohort: Cohort): Promise<Finding[]> {
  const about = `recount of ${cohort.name}`;
  const [last] = await store.listJobs({ cohortId: cohort.cohortId, limit: 1 });
  if (last !== undefined && last.endedAt === null && last.state !== "lost") {
    return [good(about, `left out while job ${last.jobId} runs`)];
  }
  const { cohortId } = cohort;
  const ledger = await store.recountFiles(cohortId);
  const account = checkAccount(
    new Progress().counts,
    ledger,
    await store.countFiles(cohortId),
    false,
  );
  const stacks = await store.recountStacks(cohortId);
  const wrong = [...account.imbalances, ...describeWrongStacks(stacks)];
  if (wrong.length > 0) {
    return wrong.map((sentence) =>
      bad(
        about,
        sentence,
        `This is a bug of the program: please report it. nils cohort clear ${quoteWord(cohort.name)} and a new extraction mend it.`,
      ),
    );
  }
  if (stacks.unsettledSeries > 0) {
    return [
      bad(
        about,
        `${plural(stacks.unsettledSeries, "series", "series")} were left unfinished by an interrupted job.`,
        `The next job finishes them: nils extract --cohort ${quoteWord(cohort.name)}`,
      ),
    ];
  }
  return [
    good(
      about,
      `${plural(account.ledgerRows, "file")} and ${plural(stacks.frames, "frame")} are accounted for`,
    ),
  ];
}

/** One sentence for each sum that should be 0. */
export function describeWrongStacks(sums: StackSums): string[] {
  const say = (count: number, one: string, rest: string, many = `${one}s`): string[] =>
    count === 0 ? [] : [`${plural(count, one, many)} ${rest}`];
  return [
    ...say(sums.framesInNoStack, "frame", "of stored images should be in a stack and are in none."),
    ...say(sums.framesInSeveralStacks, "frame", "should be in one stack and are in several."),
    ...say(sums.strangeMembers, "stack member", "point to no frame that is stored and present."),
    ...say(
      sums.miscountedSeries,
      "series",
      "have counts of instances, frames or stacks that are not those of their rows.",
      "series",
    ),
  ];
}
