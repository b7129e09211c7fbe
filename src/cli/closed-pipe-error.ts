/**
 * The reader of standard output has gone, as in `nils dump … | head`. Not an error: main ends the
 * command with exit status 0. No user reads its message.
 */
export class ClosedPipeError extends Error {
  override readonly name = "ClosedPipeError";

  constructor() {
    super("standard output was closed by its reader");
  }
}
