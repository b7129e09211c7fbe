import { UserError } from "#base/user-error.ts";

/** A command line or a setting that cannot be carried out; ends with exit status 2. */
export class WrongUseError extends UserError {
  override readonly name = "WrongUseError";

  /** `message`: one sentence on what is wrong, then what to type instead. */
  constructor(message: string, options: { cause?: unknown } = {}) {
    super("wrong-use", message, { exitStatus: 2, ...options });
  }
}
