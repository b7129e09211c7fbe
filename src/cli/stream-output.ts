import { once } from "node:events";
import type { Writable } from "node:stream";
import { ClosedPipeError } from "./closed-pipe-error.ts";
import type { Output } from "./command.ts";

/** What `process.stdout` and `process.stderr` are, as far as is needed here. */
type StandardStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Columns assumed where no terminal says how wide it is. */
const DEFAULT_COLUMNS = 80;

/**
 * Standard output or standard error as an `Output`. After the reader closed its end, writes go
 * nowhere: a job is not stopped because somebody stopped watching it.
 */
export class StreamOutput implements Output {
  readonly isTerminal: boolean;
  readonly color: boolean;
  readonly #stream: StandardStream;
  #isClosed = false;
  #failure: Error | undefined;

  constructor(stream: StandardStream, env: Readonly<Record<string, string | undefined>>) {
    this.#stream = stream;
    this.isTerminal = stream.isTTY === true;
    this.color = this.isTerminal && !env["NO_COLOR"] && env["TERM"] !== "dumb";
    stream.on("error", (error: NodeJS.ErrnoException) => {
      this.#isClosed = true;
      if (error.code !== "EPIPE") this.#failure = error;
    });
  }

  get columns(): number {
    return this.#stream.columns || DEFAULT_COLUMNS;
  }

  /** Waits until all was written; gives what kept it from being, such as a full disk behind `> file`. */
  async finish(): Promise<Error | undefined> {
    if (!this.#isClosed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      // Called with an error as well, which the listener above notes.
      this.#stream.write("", () => resolve());
      await promise;
    }
    return this.#failure;
  }

  write(text: string | Uint8Array): void {
    if (!this.#isClosed) this.#stream.write(text);
  }

  async drain(): Promise<void> {
    if (!this.#isClosed && this.#stream.writableNeedDrain) {
      await once(this.#stream, "drain").catch(() => {
        // Rejects at an error, which the listener above has noted.
      });
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isClosed) throw new ClosedPipeError();
  }
}
