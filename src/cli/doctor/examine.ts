/** The whole examination: program, place, database, cohorts. */
import { existsSync } from "node:fs";
import { UserError } from "#base/user-error.ts";
import type { CommandContext } from "#cli/command.ts";
import { locateDatabase } from "#cli/open-store.ts";
import { withStore } from "#cli/with-store.ts";
import type { Store } from "#store/store.ts";
import { checkJobs, checkSource, recountCohort } from "./check-cohort.ts";
import { checkPlace, checkProgram } from "./check-place.ts";
import { bad, type Finding, good } from "./finding.ts";

export async function examine(
  context: CommandContext,
  options: { readonly database: string | undefined; readonly recount: boolean },
): Promise<Finding[]> {
  const path = locateDatabase(context, options.database);
  const findings = [...checkProgram(context.version), ...checkPlace(path)];
  if (!existsSync(path)) {
    return [...findings, good("database", `There is none at ${path} yet; nils extract makes it.`)];
  }
  try {
    const inside = await withStore(context, { database: options.database }, (store) =>
      examineDatabase(store, path, options.recount),
    );
    return [...findings, ...inside];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [
      ...findings,
      bad("database", error.message, "Until it can be opened, nothing else can be looked at."),
    ];
  }
}

async function examineDatabase(store: Store, path: string, recount: boolean): Promise<Finding[]> {
  const findings = [good("database", `${path} (schema ${await store.schemaVersion()})`)];
  const damages = await store.check();
  if (damages.length === 0) findings.push(good("integrity", "every page and reference is sound"));
  for (const damage of damages) {
    findings.push(
      bad("integrity", damage, "Put back a backup with nils restore, or start a new database."),
    );
  }
  for (const cohort of await store.listCohorts()) {
    findings.push(checkSource(cohort, path), ...(await checkJobs(store, cohort)));
    if (recount) findings.push(...(await recountCohort(store, cohort)));
  }
  return findings;
}
