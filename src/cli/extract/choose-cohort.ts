/** The cohort that a command line means: made where it is new, asked about where the line says otherwise than before. */
import { randomBytes } from "node:crypto";
import type { CommandContext } from "#cli/command.ts";
import { confirm } from "#cli/confirm.ts";
import { printPath } from "#cli/output/print-path.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";
import type { Cohort, CohortSettings } from "#store/cohort.ts";
import type { Store } from "#store/store.ts";
import { changeSettings } from "./change-cohort.ts";
import { compareSettings, describeConsequences, type SettingChange } from "./cohort-settings.ts";
import { writeDatabaseOption } from "./database-option.ts";

/** What a command line says about a cohort; undefined where it says nothing. */
export interface CohortRequest {
  readonly name: string;
  /** Stored text of the real path. */
  readonly source: string | undefined;
  readonly settings: Partial<CohortSettings>;
  /** PatientID → code. */
  readonly codes: ReadonlyMap<string, string> | undefined;
  /** As it was typed; undefined when nothing was. */
  readonly database: string | undefined;
}

/** Settings of a new cohort for which nothing was said; the seed is random. */
export function makeDefaultSettings(): CohortSettings {
  return {
    subjectFrom: "patient-id",
    subjectFolders: null,
    subjectSeed: randomBytes(16).toString("hex"),
    hasGivenCodes: false,
    files: "all",
    followLinks: false,
    ctSplitOnDose: "auto",
    headers: "representative",
  };
}

/** Finds or makes the cohort, and changes it after a person said yes. */
export async function chooseCohort(
  context: CommandContext,
  store: Store,
  request: CohortRequest,
): Promise<Cohort> {
  const cohort = await store.findCohort(request.name);
  if (cohort === null) return createCohort(context, store, request);
  return changeCohort(context, store, cohort, request);
}

async function createCohort(
  context: CommandContext,
  store: Store,
  request: CohortRequest,
): Promise<Cohort> {
  const { name, source, settings, codes } = request;
  if (source === undefined) {
    const names = (await store.listCohorts()).map((each) => each.name);
    throw makeUnknownCohortError(context, request, names);
  }
  const merged = { ...makeDefaultSettings(), ...settings };
  requireUsableCodes(merged, codes);
  return store.createCohort({
    name,
    sourcePath: source,
    settings: merged,
    ...(codes === undefined ? {} : { codes }),
  });
}

/** Names the line to type, with what was typed already. */
export function makeUnknownCohortError(
  { program }: Pick<CommandContext, "program">,
  { name, database }: Pick<CohortRequest, "name" | "database">,
  names: readonly string[],
): WrongUseError {
  const others = names.length === 0 ? "" : ` (there are ${names.slice(0, 10).join(", ")})`;
  return new WrongUseError(
    `There is no cohort ${name} yet${others}. To make it, say where its files are: ${program} extract --cohort ${quoteWord(name)} --source DIR${writeDatabaseOption(database)}`,
  );
}

async function changeCohort(
  context: CommandContext,
  store: Store,
  cohort: Cohort,
  request: CohortRequest,
): Promise<Cohort> {
  const changes = await findChanges(store, cohort, request);
  if (changes.length === 0) return cohort;
  await requireConsent(context, request.name, changes);
  return applyChanges(store, cohort, request, changes);
}

/** Where the request says otherwise than the cohort has it. */
export async function findChanges(
  store: Store,
  cohort: Cohort,
  { source, settings, codes }: CohortRequest,
): Promise<SettingChange[]> {
  requireUsableCodes({ ...cohort.settings, ...settings }, codes);
  const changes = compareSettings(cohort.settings, settings);
  if (source !== undefined && source !== cohort.sourcePath) {
    const was = printPath(cohort.sourcePath);
    changes.unshift({ option: "--source", was, now: printPath(source), needs: "source" });
  }
  if (codes !== undefined && !isSameList(codes, await store.subjectCodes(cohort.cohortId))) {
    changes.push({
      option: "--subject-codes",
      was: "another one",
      now: "this one",
      needs: "recode",
    });
  }
  return changes;
}

/** Makes the cohort what the request says; `changes` are what `findChanges` found. */
export function applyChanges(
  store: Store,
  cohort: Cohort,
  { source, settings, codes, newName }: CohortRequest & { readonly newName?: string | undefined },
  changes: readonly SettingChange[],
): Promise<Cohort> {
  return changeSettings(store, cohort, {
    newName,
    settings: { ...cohort.settings, ...settings },
    sourcePath: source,
    codes,
    needs: new Set(changes.map((change) => change.needs)),
  });
}

/** Asks on a terminal; elsewhere nothing is changed by the way. */
async function requireConsent(
  context: CommandContext,
  name: string,
  changes: readonly SettingChange[],
): Promise<void> {
  const options = changes.map(({ option }) => option).join(" and ");
  const kept = changes.map(({ option, was }) => `${option} ${was}`).join(", ");
  if (!context.isTerminal) {
    throw new WrongUseError(
      `Cohort ${name} is kept with ${kept}; leave ${options} out to go on with that, or run this line on a terminal, where you are asked whether to change it.`,
    );
  }
  const wanted = changes.map(({ option, now }) => `${option} ${now}`).join(", ");
  const consequences = describeConsequences(changes);
  const cost = consequences === null ? "" : `, so that ${consequences}`;
  const isMeant = await confirm(
    context,
    `Cohort ${name} is kept with ${kept}. Change it to ${wanted}${cost}?`,
    { yes: false },
  );
  if (!isMeant) {
    throw new WrongUseError(
      `Nothing was changed and nothing was started; leave ${options} out to go on with the cohort as it is.`,
    );
  }
}

/** A list by PatientID says nothing where folders tell subjects apart. */
function requireUsableCodes(
  settings: CohortSettings,
  codes: ReadonlyMap<string, string> | undefined,
): void {
  if (codes === undefined || settings.subjectFrom === "patient-id") return;
  throw new WrongUseError(
    "--subject-codes lists codes by PatientID, but with --subject-from folder subjects are told apart by folder; leave one of the two out.",
  );
}

function isSameList(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([id, code]) => b.get(id) === code);
}
