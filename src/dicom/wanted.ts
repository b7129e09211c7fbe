/**
 * The elements a program wants from a header, compiled from a list of paths into a tree that the walker follows
 * with one cursor per level. The tree also tells an implicit-VR walk what is a sequence and what the VRs are.
 */
import { normalizeCreator } from "./private-creator.ts";
import { type VrCode, vrCode } from "./vr.ts";

/** One step of a wanted path: a tag, or element 00–FF of the private block that `creator` owns in `group`. */
export type WantedStep =
  | { readonly tag: number }
  | { readonly creator: string; readonly group: number; readonly element: number };

/**
 * A path from the top level to an element, the sequences on the way included; `vr` is used where the file does
 * not state one. Every item of (5200,9230) is looked into; of other sequences the first or all.
 */
export interface WantedPath {
  readonly steps: readonly WantedStep[];
  readonly vr: string;
  readonly items: "first" | "all";
  /** Large and seldom needed: recorded, and read when it is asked for (`Header.fetch`). */
  readonly isDeferred?: boolean;
}

/** A creator that is taken to own block 10 where an item names no owner and the file is of one of its makers. */
export interface UsualCreator {
  readonly creator: string;
  /** Upper-case words that Manufacturer (0008,0070) then holds one of. */
  readonly makers: readonly string[];
}

/** The elements wanted at one level. */
export interface WantedNode {
  /** Ascending, closed by 0xffffffff so that a cursor needs no bound. */
  readonly tags: Uint32Array;
  /** Parallel to `tags`; null at the closing entry. */
  readonly entries: readonly (WantedEntry | null)[];
  /** Empty for most nodes. */
  readonly privateGroups: readonly WantedPrivateGroup[];
}

export interface WantedEntry {
  /** Number of the entry in the tree. */
  readonly id: number;
  /** Id of the path that ends here; −1 when the entry only leads on. */
  readonly path: number;
  readonly vr: VrCode;
  readonly isDeferred: boolean;
  /** What is wanted inside; null when nothing is. */
  readonly sequence: WantedSequence | null;
}

export interface WantedSequence {
  /** Wanted in the first item. */
  readonly first: WantedNode;
  /** Wanted in the other items; null when nothing is. */
  readonly rest: WantedNode | null;
}

export interface WantedPrivateGroup {
  readonly group: number;
  readonly creators: readonly WantedCreator[];
}

export interface WantedCreator {
  /** Normalised name as bytes. */
  readonly name: Uint8Array;
  /** Makers that are believed to have named it where block 10 has no owner; of most creators none. */
  readonly makers: readonly string[];
  /** By element number 00–FF inside the block. */
  readonly elements: ReadonlyMap<number, WantedEntry>;
}

export interface WantedTree {
  readonly paths: readonly WantedPath[];
  readonly top: WantedNode;
  readonly entryCount: number;
  /** For each path the next path with equal steps, or −1. */
  readonly twins: Int32Array;
}

/** Per-frame Functional Groups Sequence: every item is looked into (PS3.3 §C.7.6.16). */
const PER_FRAME = 0x5200_9230;

/** A path that is still to be placed, with its id and the depth reached. */
interface Pending {
  readonly id: number;
  readonly path: WantedPath;
}

/** Compiles the tree. A path's id is its index in the list. */
export function compileWanted(
  paths: readonly WantedPath[],
  usual: readonly UsualCreator[] = [],
): WantedTree {
  const compilation: Compilation = {
    entryCount: 0,
    twins: new Int32Array(paths.length).fill(-1),
    makersOf: new Map(usual.map(({ creator, makers }) => [normalizeCreator(creator), makers])),
  };
  const pending = paths.map((path, id) => ({ id, path }));
  const top = compileNode(pending, 0, compilation);
  return { paths, top, entryCount: compilation.entryCount, twins: compilation.twins };
}

interface Compilation {
  entryCount: number;
  readonly twins: Int32Array;
  /** By normalised name. */
  readonly makersOf: ReadonlyMap<string, readonly string[]>;
}

function compileNode(
  pending: readonly Pending[],
  depth: number,
  compilation: Compilation,
): WantedNode {
  const byTag = new Map<number, Pending[]>();
  const byGroup = new Map<number, Map<string, Map<number, Pending[]>>>();
  for (const each of pending) {
    const step = each.path.steps[depth];
    if (step === undefined) continue;
    if ("tag" in step) {
      append(byTag, step.tag >>> 0, each);
    } else {
      const creators = nested(byGroup, step.group);
      append(nested(creators, normalizeCreator(step.creator)), step.element & 0xff, each);
    }
  }
  const tags = [...byTag.keys()].sort((a, b) => a - b);
  const entries = tags.map((tag) =>
    compileEntry(byTag.get(tag) ?? [], depth, depth === 0 && tag === PER_FRAME, compilation),
  );
  return {
    tags: Uint32Array.of(...tags, 0xffff_ffff),
    entries: [...entries, null],
    privateGroups: [...byGroup].map(([group, creators]) => ({
      group,
      creators: [...creators].map(([name, elements]) => ({
        name: Uint8Array.from(name, (character) => character.charCodeAt(0)),
        makers: compilation.makersOf.get(name) ?? [],
        elements: new Map(
          [...elements].map(([element, paths]) => [
            element,
            compileEntry(paths, depth, false, compilation),
          ]),
        ),
      })),
    })),
  };
}

function compileEntry(
  pending: readonly Pending[],
  depth: number,
  isPerFrame: boolean,
  compilation: Compilation,
): WantedEntry {
  const id = compilation.entryCount++;
  const leaves = pending.filter(({ path }) => path.steps.length === depth + 1);
  for (const [index, leaf] of leaves.entries()) {
    compilation.twins[leaf.id] = leaves[index + 1]?.id ?? -1;
  }
  const leaf = leaves[0];
  const deeper = pending.filter(({ path }) => path.steps.length > depth + 1);
  return {
    id,
    path: leaf?.id ?? -1,
    vr: deeper.length > 0 ? vrCode("SQ") : vrCode(leaf?.path.vr ?? "UN"),
    isDeferred: leaf?.path.isDeferred === true,
    sequence:
      deeper.length > 0 ? compileSequence(deeper, depth + 1, isPerFrame, compilation) : null,
  };
}

function compileSequence(
  pending: readonly Pending[],
  depth: number,
  isPerFrame: boolean,
  compilation: Compilation,
): WantedSequence {
  const first = compileNode(pending, depth, compilation);
  if (isPerFrame) return { first, rest: first };
  const ofAllItems = pending.filter(({ path }) => path.items === "all");
  return {
    first,
    rest: ofAllItems.length > 0 ? compileNode(ofAllItems, depth, compilation) : null,
  };
}

function append<K>(lists: Map<K, Pending[]>, key: K, value: Pending): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function nested<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const found = maps.get(key);
  if (found !== undefined) return found;
  const made = new Map<L, V>();
  maps.set(key, made);
  return made;
}
