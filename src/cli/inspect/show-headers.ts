/** Carries out `nils headers`. */
import { UserError } from "#base/user-error.ts";
import type { CommandContext } from "#cli/command.ts";
import { writeJsonArray } from "#cli/output/list.ts";
import { parseStoredHeader } from "#pipeline/parse/stored-header.ts";
import type { Store } from "#store/store.ts";
import { showHeader } from "./header-tree.ts";
import { renderHeader } from "./render-header.ts";

export interface HeadersRequest {
  readonly uid: string;
  /** Only that of this cohort. */
  readonly cohort: string | undefined;
  readonly showsIdentifiers: boolean;
  readonly isJson: boolean;
}

export async function showHeaders(
  { stdout }: CommandContext,
  store: Store,
  { uid, cohort, showsIdentifiers, isJson }: HeadersRequest,
): Promise<void> {
  const found = await store.findHeaders(uid);
  const headers = found.filter((header) => cohort === undefined || header.cohort === cohort);
  if (headers.length === 0) throw await explainMissing(store, uid, cohort);
  if (showsIdentifiers) {
    for (const name of new Set(headers.map((header) => header.cohort))) {
      const cohortId = (await store.findCohort(name))?.cohortId ?? null;
      await store.audit({ action: "headers-identifiers", cohortId, detail: uid });
    }
  }
  const trees = headers.map((header) => ({
    cohort: header.cohort,
    sopInstanceUid: uid,
    elements: showHeader(parseStoredHeader(header), showsIdentifiers),
  }));
  if (isJson) {
    await writeJsonArray(stdout, trees);
    return;
  }
  for (const [index, tree] of trees.entries()) {
    if (trees.length > 1) stdout.write(`${index === 0 ? "" : "\n"}cohort ${tree.cohort}\n`);
    for (const line of renderHeader(tree.elements)) stdout.write(line);
    await stdout.drain();
  }
}

async function explainMissing(
  store: Store,
  uid: string,
  cohort: string | undefined,
): Promise<UserError> {
  const files = await store.findInstanceFiles(uid);
  const isKnown = files.some((file) => cohort === undefined || file.cohort === cohort);
  return new UserError(
    isKnown ? "header-not-kept" : "instance-unknown",
    isKnown
      ? `No header of ${uid} is kept: a cohort keeps those of the images that represent its stacks, unless it was extracted with --headers all; nils inspect ${uid} reads the file.`
      : `There is no instance ${uid} in this database; nils export --view v_instances lists those there are.`,
  );
}
