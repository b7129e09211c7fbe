import { UserError } from "#base/user-error.ts";
import type { CommandContext } from "#cli/command.ts";
import { chooseCohort } from "#cli/extract/choose-cohort.ts";
import { type CohortOptions, readCohortRequest } from "#cli/extract/cohort-request.ts";
import { writeDatabaseOption } from "#cli/extract/database-option.ts";
import { requireOutsideSource } from "#cli/extract/source-folder.ts";
import { locateDatabase } from "#cli/open-store.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { withStore } from "#cli/with-store.ts";

export async function createCohort(
  context: CommandContext,
  options: CohortOptions & { readonly allowNetworkDisk: boolean },
  given: ReadonlySet<string>,
): Promise<void> {
  const { database, allowNetworkDisk } = options;
  const request = readCohortRequest(context, options, given);
  const { name, source = "" } = request;
  requireOutsideSource(locateDatabase(context, database), source);
  const choice = { database, allowNetworkDisk, mustExist: false };
  await withStore(context, choice, async (store) => {
    if ((await store.findCohort(name)) !== null) {
      throw new UserError(
        "cohort-exists",
        `There is a cohort ${name} already; choose another name, or change it with nils cohort edit.`,
        { exitStatus: 2 },
      );
    }
    await chooseCohort(context, store, request);
    context.stderr.write(
      `Cohort ${name} is made. Next: ${context.program} extract --cohort ${quoteWord(name)}${writeDatabaseOption(database)}\n`,
    );
  });
}
