import type { Store } from "#store/store.ts";
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
  } finally {
    await store.close();
  }
}
