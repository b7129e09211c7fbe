import type { CommandContext } from "#cli/command.ts";
import { describeState, type Entry, writeEntries } from "#cli/extract/write-summary.ts";
import { formatMoment } from "#cli/jobs/job-times.ts";
import { requireCohort } from "#cli/open-store.ts";
import { formatNumber } from "#cli/output/format.ts";
import { writeJsonLine } from "#cli/output/list.ts";
import { plural } from "#cli/output/plural.ts";
import { printPath } from "#cli/output/print-path.ts";
import { withStore } from "#cli/with-store.ts";
import type { CohortSettings } from "#store/cohort.ts";
import {
  type DescribedCohort,
  type DescribedJob,
  describeCohort,
  describeJobs,
} from "./describe-cohort.ts";

/** Jobs that are shown; nils jobs list has all. */
const shownJobs = 5;

interface ShownCohort extends DescribedCohort {
  readonly database: string;
  /** Without the seed, which gives identifiers back. */
  readonly settings: Omit<CohortSettings, "subjectSeed">;
  readonly jobs: readonly DescribedJob[];
}

export async function showCohort(
  context: CommandContext,
  name: string,
  options: { readonly database: string | undefined; readonly json: boolean },
): Promise<void> {
  const shown = await withStore(context, { database: options.database }, async (store) => {
    const cohort = await requireCohort(store, name);
    const { subjectSeed: _, ...settings } = cohort.settings;
    return {
      ...(await describeCohort(store, cohort)),
      database: await store.describe(),
      settings,
      jobs: await describeJobs(store, cohort.cohortId, shownJobs),
    };
  });
  if (options.json) writeJsonLine(context.stdout, shown);
  else context.stdout.write(writeEntries(listEntries(shown), context.stdout.columns));
}

function listEntries(cohort: ShownCohort): Entry[] {
  const { content, settings } = cohort;
  const count = (name: string): number => content[name] ?? 0;
  return [
    ["Cohort", `${cohort.name} (${cohort.state})`],
    ["Source", printPath(cohort.source), "unbroken"],
    ["Database", cohort.database, "unbroken"],
    ["Files", writeAccount(cohort)],
    [
      "Content",
      [
        plural(count("subjects"), "subject"),
        plural(count("studies"), "study", "studies"),
        plural(count("series"), "series", "series"),
        plural(count("stacks"), "stack"),
        plural(count("instances"), "instance"),
        plural(count("frames"), "frame"),
      ].join(", "),
    ],
    ...listSettings(settings).map((text, index): Entry => [index === 0 ? "Settings" : "", text]),
    ...(cohort.jobs.length === 0 ? [["Jobs", "none yet"] as const] : []),
    ...cohort.jobs.map((job, index): Entry => [index === 0 ? "Jobs" : "", writeJob(job)]),
  ];
}

/** The sum over states, which is that of all rows. */
function writeAccount({ files, byState }: ShownCohort): string {
  const terms = Object.entries(byState)
    .sort(([, a], [, b]) => b - a)
    .map(([state, count]) => `${formatNumber(count)} ${state}`);
  return terms.length === 0 ? "none" : `${plural(files, "file")} = ${terms.join(" + ")}`;
}

/** As they would be typed. */
function listSettings(settings: ShownCohort["settings"]): string[] {
  const { subjectFrom, subjectFolders, hasGivenCodes, files } = settings;
  return [
    `--subject-from ${subjectFrom}`,
    subjectFolders === null ? "no --subject-folders" : `--subject-folders ${subjectFolders}`,
    hasGivenCodes
      ? "subject codes by a list or a seed that was given"
      : "subject codes by a random seed",
    `--files ${files}`,
    settings.followLinks ? "--follow-links" : "links are not followed",
    `--ct-split-on-dose ${settings.ctSplitOnDose}`,
    `--headers ${settings.headers}`,
  ];
}

function writeJob({ job, state, startedAt, message }: DescribedJob): string {
  const end = message === null ? "" : `: ${message}`;
  return `${job}, ${formatMoment(startedAt)}, ${describeState(state)}${end}`;
}
