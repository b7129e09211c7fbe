import type { CommandContext } from "#cli/command.ts";
import { applyChanges, findChanges } from "#cli/extract/choose-cohort.ts";
import {
  type CohortOptions,
  readCohortName,
  readCohortRequest,
} from "#cli/extract/cohort-request.ts";
import type { Consequence, SettingChange } from "#cli/extract/cohort-settings.ts";
import { writeDatabaseOption } from "#cli/extract/database-option.ts";
import { requireOutsideSource } from "#cli/extract/source-folder.ts";
import { locateDatabase, requireCohort } from "#cli/open-store.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { withStore } from "#cli/with-store.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";

export async function editCohort(
  context: CommandContext,
  options: CohortOptions & { readonly newName: string | undefined },
  given: ReadonlySet<string>,
): Promise<void> {
  const { database } = options;
  const newName = options.newName === undefined ? undefined : readCohortName(options.newName);
  const request = readCohortRequest(context, options, given);
  if (request.source !== undefined) {
    requireOutsideSource(locateDatabase(context, database), request.source);
  }
  if (newName === undefined && ![...given].some((name) => name !== "database")) {
    throw new WrongUseError(
      "nils cohort edit needs something to change, for example --name or --source; --help shows what there is.",
    );
  }
  await withStore(context, { database }, async (store) => {
    const cohort = await requireCohort(store, options.cohort);
    const changes = await findChanges(store, cohort, request);
    const isRenamed = newName !== undefined && newName !== cohort.name;
    if (isRenamed || changes.length > 0) {
      await applyChanges(store, cohort, { ...request, newName }, changes);
    }
    const name = isRenamed ? newName : cohort.name;
    const lines = [
      ...(isRenamed ? [`Cohort ${cohort.name} is now called ${name}.`] : []),
      ...changes.map(({ option, was, now }) => `${option}: ${now} (was ${was}).`),
      ...describeFollowUp(changes, (command) =>
        [
          `${context.program} ${command} --cohort ${quoteWord(name)}`,
          writeDatabaseOption(database),
        ].join(""),
      ),
    ];
    context.stderr.write(
      lines.length === 0 ? `Cohort ${name} was so already.\n` : `${lines.join("\n")}\n`,
    );
  });
}

/** What is still to be done for a change, and by what. */
function describeFollowUp(
  changes: readonly SettingChange[],
  type: (command: string) => string,
): string[] {
  const sentences: Readonly<Record<Consequence, string>> = {
    source: `Files are looked for in the new place by: ${type("extract")}`,
    "read-all": `All files are read again by: ${type("extract")}`,
    "read-links": `Links are looked at again by: ${type("extract")}`,
    recode: "Subjects have other codes from now on.",
    restack: `Stacks are formed anew, without the archive, by: ${type("restack")}`,
    headers: `Headers that are to be kept and are not there yet are read by: ${type("extract")}`,
  };
  // Headers that are no longer kept went with the change.
  const open = changes.filter(({ needs, now }) => needs !== "headers" || now !== "none");
  return [...new Set(open.map(({ needs }) => needs))].map((need) => sentences[need]);
}
