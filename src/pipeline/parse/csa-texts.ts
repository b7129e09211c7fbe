/** What the Siemens CSA headers of one open header say: each is looked into once, and only if it is asked for. */
import { type CsaValue, readCsaHeader } from "#dicom/csa-header.ts";
import type { Header } from "#dicom/header.ts";
import { csaKeys } from "./column-plan.ts";

/** What one of them says. */
export interface CsaTexts {
  /** Bytes of the header; −1 where it is too long to be read. */
  readonly length: number;
  /** By key; null for a header that is empty or broken, or too long. */
  readonly texts: ReadonlyMap<string, CsaValue> | null;
}

/** Of one header at a time: `open` before another, `selectFrame` before another of its frames. */
export class CsaReader {
  /** By record: those outside of frames, and those of the selected frame. */
  readonly #outsideFrames = new Map<number, CsaTexts>();
  readonly #ofFrame = new Map<number, CsaTexts>();

  open(): void {
    this.#outsideFrames.clear();
    this.#ofFrame.clear();
  }

  /** Of an object of many frames no more than the selected one's are held. */
  selectFrame(): void {
    this.#ofFrame.clear();
  }

  read(header: Header, record: number): CsaTexts {
    const known = header.records.frame[record] === 0 ? this.#outsideFrames : this.#ofFrame;
    let read = known.get(record);
    if (read === undefined) {
      const bytes = header.fetch(record);
      read = {
        length: bytes === null ? -1 : bytes.length,
        texts: bytes === null ? null : readCsaHeader(bytes, 0, bytes.length, csaKeys),
      };
      known.set(record, read);
    }
    return read;
  }
}
