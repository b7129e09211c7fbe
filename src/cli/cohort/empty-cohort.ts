import type { CommandContext } from "#cli/command.ts";
import { confirm } from "#cli/confirm.ts";
import type { ExitStatus } from "#cli/exit-status.ts";
import { requireCohort } from "#cli/open-store.ts";
import { plural } from "#cli/output/plural.ts";
import { withStore } from "#cli/with-store.ts";
import { type DescribedCohort, describeCohort } from "./describe-cohort.ts";

/** Clears or removes a cohort, after saying what goes and asking. */
export async function emptyCohort(
  context: CommandContext,
  name: string,
  options: {
    readonly database: string | undefined;
    readonly yes: boolean;
    /** Settings and the list of jobs stay. */
    readonly keepsSettings: boolean;
  },
): Promise<ExitStatus> {
  const { database, yes, keepsSettings } = options;
  return withStore(context, { database }, async (store) => {
    const cohort = await requireCohort(store, name);
    const { cohortId } = cohort;
    await store.requireIdleCohort(cohortId); // before anybody thinks about the question
    const described = await describeCohort(store, cohort);
    const question = keepsSettings
      ? `Clear cohort ${name}: ${listLosses(described)}?`
      : `Remove cohort ${name} with its settings and jobs: ${listLosses(described)}?`;
    if (!(await confirm(context, question, { yes }))) {
      context.stderr.write("Nothing was changed.\n");
      return 1;
    }
    if (keepsSettings) await store.clearCohort(cohortId);
    else await store.removeCohort(cohortId);
    const action = keepsSettings ? "cleared" : "removed";
    await store.audit({
      action: keepsSettings ? "clear-cohort" : "remove-cohort",
      cohortId,
      detail: listLosses(described),
    });
    context.stderr.write(
      `Cohort ${name} is ${action}: ${listLosses(described)}. The archive is as it was.\n`,
    );
    return 0;
  });
}

function listLosses({ files, content }: DescribedCohort): string {
  const count = (name: string): number => content[name] ?? 0;
  return [
    `${plural(files, "file")} of the ledger`,
    plural(count("subjects"), "subject"),
    plural(count("studies"), "study", "studies"),
    plural(count("series"), "series", "series"),
    plural(count("stacks"), "stack"),
  ].join(", ");
}
