/**
 * An error that the user can do something about. `code` is stable and listed in docs/errors.md; the
 * message is one sentence on what is wrong with which thing and, where it helps, one on what to do.
 * It is printed without a stack, with `exitStatus`. A message holds no identifier of a patient.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
  readonly code: string;
  readonly exitStatus: number;

  /** `exitStatus`: 1 failed, 2 wrong use or settings, 4 busy (design of exit statuses: docs/reference/cli.md). */
  constructor(
    code: string,
    message: string,
    options: { exitStatus?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.exitStatus = options.exitStatus ?? 1;
  }
}
