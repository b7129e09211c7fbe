import type { WantedNode, WantedSequence } from "./wanted.ts";

/** An item being walked, with the sequence that it is of. Level 0 is the data set or the meta group. */
export interface WalkLevel {
  /** Last tag passed, or the sequence that was entered. */
  tag: number;
  explicit: boolean;
  bigEndian: boolean;
  node: WantedNode | null;
  /** Place in `node.tags`. */
  cursor: number;
  /** Number of this item among all that the walker ever walked: marks what was seen in it. */
  serial: number;
  /** Index into `Header.charsets`. */
  charset: number;
  /** 1-based item number inside (5200,9230); 0 elsewhere. */
  frame: number;
  /** 0-based number of the innermost item of another sequence than the functional groups. */
  item: number;
  /** Position after the item; after what encloses it where the item ends at a delimiter. */
  end: number;
  isDelimited: boolean;
  /** Nothing below is recorded, whatever is wanted. */
  isMuted: boolean;

  sequenceTag: number;
  sequenceEnd: number;
  isSequenceDelimited: boolean;
  /** What is wanted in the sequence's items. */
  wanted: WantedSequence | null;
  itemCount: number;
  /** Records whose length is the number of items: the first, and the one after the last. */
  countFrom: number;
  countTo: number;
}

export function createWalkLevel(): WalkLevel {
  return {
    tag: 0,
    explicit: true,
    bigEndian: false,
    node: null,
    cursor: 0,
    serial: 0,
    charset: 0,
    frame: 0,
    item: 0,
    // Not an integer on purpose: the field is then a double from the start, also for files beyond 2 GiB.
    end: 0.5,
    isDelimited: false,
    isMuted: false,
    sequenceTag: 0,
    sequenceEnd: 0.5,
    isSequenceDelimited: false,
    wanted: null,
    itemCount: 0,
    countFrom: 0,
    countTo: 0,
  };
}
