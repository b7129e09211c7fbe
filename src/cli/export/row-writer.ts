/** How rows become a file: one writer per format, all with the same two calls. */
import type { Cell } from "#store/packed-rows.ts";
import type { RowColumn } from "#store/row-reading.ts";

/** Where bytes go: a file or standard output. */
export interface ByteSink {
  write(chunk: string | Uint8Array): void;
  /** Waits until what was written has left. */
  drain(): Promise<void>;
}

export type WrittenColumn = Pick<RowColumn, "name" | "type">;

/** Holds no more than some rows; what is complete goes to the sink. */
export interface RowWriter {
  /** One cell per column. */
  writeRow(row: readonly Cell[]): void;
  /** Writes what is left and the end of the file. */
  finish(): void;
}

/** Characters gathered before they go to the sink: a call for each row would cost more than the row. */
const chunkLength = 65_536;

/** Gathers pieces of text into chunks. */
export class TextGatherer {
  readonly #sink: ByteSink;
  #text = "";

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= chunkLength) this.flush();
  }

  flush(): void {
    if (this.#text !== "") this.#sink.write(this.#text);
    this.#text = "";
  }
}
