/** Values that this program wrote in a form of its own, read back. */
import { UserError } from "#base/user-error.ts";

/** A value cannot be read back, so that it is not the one that was written. */
export class DamagedValueError extends UserError {
  override readonly name = "DamagedValueError";

  constructor(cause: unknown) {
    super(
      "database-damaged",
      "The database is damaged: a value in it cannot be read back. Restore a backup with nils restore, or start a new database with --database.",
      { cause },
    );
  }
}

/** What `read` gives; whatever it throws is owed to the value. */
export function readStored<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new DamagedValueError(error);
  }
}

/** An object or an array that was stored as JSON. */
export function parseStored<Value extends object>(text: unknown): Value {
  return readStored(() => {
    const value: unknown = JSON.parse(text as string);
    if (typeof value !== "object" || value === null) throw new TypeError("no object and no array");
    return value as Value;
  });
}
