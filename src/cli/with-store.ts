import { explainFailure } from "#store/explain-failure.ts";
import type { Store } from "#store/store.ts";
import { ClosedPipeError } from "./closed-pipe-error.ts";
import type { CommandContext } from "./command.ts";
import { openStore, type StoreChoice } from "./open-store.ts";

/**
 * Opens the database that is there, does `work`, and closes it whatever happens. A network disk is no
 * hindrance: somebody insisted when the database was made there.
 */
export async function withStore<Result>(
  context: CommandContext,
  choice: StoreChoice,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(context, { mustExist: true, allowNetworkDisk: true, ...choice });
  try {
    return await work(store);
  } catch (error) {
    if (error instanceof ClosedPipeError) throw error;
    throw await explainFailure(store, error);
  } finally {
    await store.close();
  }
}
