/**
 * Where a walk stands, as its chunks tell it: what another thread needs to go on when the one that walks hangs.
 * A chunk that was not handed over is walked again.
 */
import { encodePath, joinPath } from "#base/path-text.ts";
import { type PackedRows, packRows } from "#store/packed-rows.ts";
import { type FoundEntries, folderTimeout, foundCells, type WalkStart } from "./walk.ts";
import type { WalkPlace } from "./walk-pulse.ts";

export class Frontier {
  /** Folders to be listed, the next one last. */
  readonly #folders: string[] = [""];
  /** The folder of which a part was handed over, and more is to come. */
  #open: FoundEntries | null = null;
  readonly #stuckFolders = new Set<string>();
  readonly #stuckEntries = new Set<string>();

  /** Where a thread begins that goes on from here. */
  get start(): WalkStart {
    return {
      folders: this.#folders,
      stuckFolders: this.#stuckFolders,
      stuckEntries: this.#stuckEntries,
    };
  }

  /** Takes note of a chunk that was handed over. */
  advance(chunk: readonly FoundEntries[]): void {
    for (const part of chunk) {
      if (part.isFirst) this.#folders.pop();
      this.#folders.push(...part.folders);
      this.#open = part.state === "listing" ? part : null;
    }
  }

  /**
   * Takes note of where a thread hangs, to be passed over by the next one. What comes back is to be handed over
   * first: the end of a folder of which a part was, since it cannot be listed from its middle.
   */
  passOver({ folder, name }: WalkPlace): FoundEntries | null {
    const open = this.#open;
    if (open !== null) {
      this.#open = null;
      return { ...open, files: noFiles, folders: [], isFirst: false, ...unlisted };
    }
    if (name === null) this.#stuckFolders.add(folder);
    else this.#stuckEntries.add(joinPath(folder, encodePath(name)));
    return null;
  }
}

const unlisted = { state: "unreadable", code: folderTimeout, detail: null } as const;

const noFiles: PackedRows = packRows([], foundCells.length);
