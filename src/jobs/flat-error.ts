import { UserError } from "#base/user-error.ts";
import type { FlatError } from "./job-order.ts";

export function flattenError(error: unknown): FlatError {
  const known = error instanceof Error ? error : new Error(String(error));
  return {
    code: known instanceof UserError ? known.code : null,
    message: known.message,
    exitStatus: known instanceof UserError ? known.exitStatus : 1,
    stack: known.stack ?? null,
  };
}

export function unflattenError(flat: FlatError): Error {
  if (flat.code !== null) {
    return new UserError(flat.code, flat.message, { exitStatus: flat.exitStatus });
  }
  const error = new Error(flat.message);
  if (flat.stack !== null) error.stack = flat.stack;
  return error;
}
