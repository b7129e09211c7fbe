/** The private blocks found in the items being walked, by the creators that their own item names (PS3.5 §7.8.1). */
import { isCreator } from "./private-creator.ts";
import type { WantedCreator, WantedEntry, WantedPrivateGroup } from "./wanted.ts";

/** Blocks of one item that are remembered: more than any vendor uses, so that a hostile item stays cheap. */
const BLOCKS_PER_ITEM = 256;

interface Block {
  /** Group × 256 + block number. */
  readonly key: number;
  /** Null for a creator of whom nothing is wanted. */
  readonly creator: WantedCreator | null;
}

export class PrivateBlocks {
  private readonly blocks: Block[] = [];
  /** Where the blocks of each open item begin. */
  private readonly marks: number[] = [];
  private first = 0;

  clear(): void {
    this.blocks.length = 0;
    this.marks.length = 0;
    this.first = 0;
  }

  enterItem(): void {
    this.marks.push(this.first);
    this.first = this.blocks.length;
  }

  leaveItem(): void {
    this.blocks.length = this.first;
    this.first = this.marks.pop() ?? 0;
  }

  /** Takes down the creator start…end of `bytes` that the element `tag` (gggg,0010–00FF) of this item names. */
  remember(
    tag: number,
    group: WantedPrivateGroup,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const key = ((tag >>> 16) << 8) | (tag & 0xff);
    if (this.blocks.length - this.first >= BLOCKS_PER_ITEM || this.find(key) !== undefined) return;
    const creator = group.creators.find(({ name }) => isCreator(bytes, start, end, name)) ?? null;
    this.blocks.push({ key, creator });
  }

  /**
   * What is wanted of the element `tag` (gggg,bbee): null if this item gave block bb to a creator of whom that
   * is not wanted, undefined if it gave the block to nobody.
   */
  findEntry(tag: number): WantedEntry | null | undefined {
    if (this.blocks.length === this.first) return undefined;
    const block = this.find(((tag >>> 16) << 8) | ((tag >>> 8) & 0xff));
    return block === undefined ? undefined : (block.creator?.elements.get(tag & 0xff) ?? null);
  }

  /** Whether this item names the creator for some block of a group. */
  names(group: number, creator: WantedCreator): boolean {
    for (let index = this.first; index < this.blocks.length; index++) {
      const block = this.blocks[index] as Block;
      if (block.key >>> 8 === group && block.creator === creator) return true;
    }
    return false;
  }

  private find(key: number): Block | undefined {
    for (let index = this.first; index < this.blocks.length; index++) {
      if (this.blocks[index]?.key === key) return this.blocks[index];
    }
    return undefined;
  }
}
