/**
 * An error as data, for a way that keeps neither class nor fields: from a thread, or from a process.
 * What the user can mend arrives whole. Of an error of the system no path goes along (see `writeErrorStack`).
 */
import { writeErrorStack } from "./error-stack.ts";
import { UserError } from "./user-error.ts";

export interface FlatError {
  /** Stable code of a `UserError`; null for a bug. */
  readonly code: string | null;
  readonly message: string;
  readonly exitStatus: number;
  readonly stack: string;
}

export function flattenError(error: unknown): FlatError {
  const known = error instanceof Error ? error : new Error(String(error));
  const isUserError = known instanceof UserError;
  return {
    code: isUserError ? known.code : null,
    message: known.message,
    exitStatus: isUserError ? known.exitStatus : 1,
    stack: writeErrorStack(known),
  };
}

export function unflattenError({ code, message, exitStatus, stack }: FlatError): Error {
  const error = code === null ? new Error(message) : new UserError(code, message, { exitStatus });
  error.stack = stack;
  return error;
}
