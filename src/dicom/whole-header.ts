/** The tree of a header that was read in everything mode: all elements in their order, private and nested ones too. */
import { BIG_ENDIAN_VALUE, type Header, type HeaderRecords, ITEM_TAG } from "./header.ts";
import { vrName } from "./vr.ts";

export interface HeaderElement {
  readonly tag: number;
  readonly vr: string;
  /** Offset of the value in the file, or in the inflated bytes of a deflated data set. */
  readonly position: number;
  /** Length field; 0xffffffff = undefined. */
  readonly declared: number;
  /** A copy; null for a sequence, and for a value that was too long to keep. */
  readonly value: Uint8Array | null;
  /** Of a sequence, else null. */
  readonly items: HeaderElement[][] | null;
  /** Index into `Header.charsets`. */
  readonly charset: number;
  readonly bigEndian: boolean;
}

/** Builds the tree of a header's records. Copies all values: costs memory in proportion to the header. */
export function buildHeaderTree(header: Header): HeaderElement[] {
  const { records } = header;
  const top: HeaderElement[] = [];
  /** The open element list of each depth. */
  const lists: HeaderElement[][] = [top];
  for (let index = 0; index < records.count; index++) {
    const depth = records.depth[index] as number;
    if (records.tag[index] === ITEM_TAG && records.vr[index] === 0) {
      const item: HeaderElement[] = [];
      lists[depth - 1]?.at(-1)?.items?.push(item);
      lists[depth] = item;
    } else {
      lists[depth]?.push(copyElement(header.bytes, records, index));
    }
  }
  return top;
}

function copyElement(bytes: Uint8Array, records: HeaderRecords, index: number): HeaderElement {
  const vr = vrName(records.vr[index] as number);
  const start = records.start[index] as number;
  const length = records.length[index] as number;
  const isSequence = vr === "SQ";
  return {
    tag: records.tag[index] as number,
    vr,
    position: records.position[index] as number,
    declared: records.declared[index] as number,
    value: isSequence || length < 0 ? null : bytes.slice(start, start + length),
    items: isSequence ? [] : null,
    charset: records.charset[index] as number,
    bigEndian: ((records.flags[index] as number) & BIG_ENDIAN_VALUE) !== 0,
  };
}
