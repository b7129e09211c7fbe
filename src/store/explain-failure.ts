import { UserError } from "#base/user-error.ts";
import type { Store } from "./store.ts";

/**
 * The error that work with a store ended with, as it should be told. A broken page can make anything of a row, so
 * that code fails in places which nobody foresaw: such an error is one of the program only where the database is
 * sound. Looks through the whole database then, which takes minutes where it is large.
 */
export async function explainFailure(store: Store, error: unknown): Promise<unknown> {
  if (error instanceof UserError) return error;
  const path = await store.describe();
  if (!(await isDamaged(store))) return error;
  return new UserError(
    "database-damaged",
    `${path} is damaged; restore a backup with nils restore, or start a new database with --database. nils doctor says more.`,
    { cause: error },
  );
}

/** A store that cannot be asked any more, as where its thread has ended, says nothing of its file. */
async function isDamaged(store: Store): Promise<boolean> {
  try {
    return (await store.check()).length > 0;
  } catch (error) {
    return error instanceof UserError && error.code === "database-damaged";
  }
}
