/** The records of one header that count for one frame: its own, laid over those outside of frames. */
import type { Header } from "#dicom/header.ts";
import type { RecordRun } from "./changed-places.ts";
import { pathCount, wantsAllItems } from "./column-plan.ts";

/** In place of a record where the header has no element. */
export const noRecord = -1;

/** From here on it is quicker to find out once which places a header has. */
const manyFrames = 16;

const none: readonly number[] = [];

/** Of one header at a time. */
export class FrameRecords {
  /** First record by path; `noRecord` where the frame has none. */
  readonly firstAt = new Int32Array(pathCount).fill(noRecord);
  /** Further records of paths whose every item is wanted. */
  readonly #furtherAt = new Map<number, number[]>();
  /** By path: 1 where the header has a record of it, of any frame; kept of objects of many frames only. */
  readonly #isPresent = new Uint8Array(pathCount);
  #header: Header | null = null;
  #outsideFrames: number[] = [];
  /** End of each frame's records, by its number + 1. */
  #ends = new Int32Array(2);
  #start = 0;
  #end = 0;

  get header(): Header {
    if (this.#header === null) throw new Error("no header is open");
    return this.#header;
  }

  /** Has the header so many frames that it pays to ask `isPresent`? */
  get hasManyFrames(): boolean {
    return this.header.perFrameItems >= manyFrames;
  }

  /** Takes a header; no frame's records count until one is selected. */
  open(header: Header): void {
    this.#header = header;
    this.firstAt.fill(noRecord);
    this.#furtherAt.clear();
    this.#start = 0;
    this.#end = 0;
    const { records, perFrameItems } = header;
    if (perFrameItems === 0) {
      for (let index = 0; index < records.count; index++) this.#place(index);
      return;
    }
    this.#outsideFrames = [];
    if (this.#ends.length < perFrameItems + 2) this.#ends = new Int32Array(perFrameItems + 2);
    this.#ends.fill(0, 0, perFrameItems + 2);
    if (this.hasManyFrames) {
      this.#isPresent.fill(0);
      for (let index = 0; index < records.count; index++) {
        this.#isPresent[records.path[index] as number] = 1;
      }
    }
    for (let index = 0; index < records.count; index++) {
      const frame = records.frame[index] as number;
      if (frame === 0) {
        this.#outsideFrames.push(index);
        this.#place(index);
      } else this.#ends[frame + 1] = index + 1;
    }
  }

  /** Lays the records of a frame (1-based), which follow each other, over those outside of frames. */
  select(frame: number): void {
    const { records } = this.header;
    for (let index = this.#start; index < this.#end; index++) {
      const path = records.path[index] as number;
      if (records.frame[index] !== 0) this.firstAt[path] = noRecord;
      this.#furtherAt.delete(path);
    }
    this.#end = this.#ends[frame + 1] ?? 0;
    this.#start = this.#end;
    while (this.#start > 0 && records.frame[this.#start - 1] === frame) this.#start -= 1;
    for (let index = this.#start; index < this.#end; index++) {
      if (records.frame[index] === frame) this.#place(index);
    }
  }

  /** The selected frame's own records. */
  get ownRun(): RecordRun {
    const { records, bytes } = this.header;
    return { records, bytes, first: this.#start, end: this.#end };
  }

  furtherAt(path: number): readonly number[] {
    return wantsAllItems[path] === 1 ? (this.#furtherAt.get(path) ?? none) : none;
  }

  isPresent(path: number): boolean {
    return this.#isPresent[path] === 1;
  }

  /** Calls `see` with each record outside of frames, then with each of the selected frame. */
  visit(see: (record: number) => void): void {
    const { perFrameItems, records } = this.header;
    if (perFrameItems === 0) {
      for (let record = 0; record < records.count; record++) see(record);
      return;
    }
    for (const record of this.#outsideFrames) see(record);
    for (let record = this.#start; record < this.#end; record++) see(record);
  }

  #place(index: number): void {
    const path = this.header.records.path[index] as number;
    if (this.firstAt[path] === noRecord) this.firstAt[path] = index;
    else if (wantsAllItems[path] === 1) {
      const further = this.#furtherAt.get(path);
      if (further === undefined) this.#furtherAt.set(path, [index]);
      else further.push(index);
    }
  }
}
