/**
 * Plan: what was found against what is known gives what is to be read. Pure: the same input, the same plan.
 * A file is skipped only if path, size and times agree with the ledger, and its row is of a reader that made
 * the same of it and asks for no second look.
 */
import type { EntryKind } from "./discover/walk.ts";

export interface FoundFile {
  readonly name: string;
  readonly kind: EntryKind;
  readonly size: number;
  /** µs since 1970. */
  readonly mtime: number;
  /** µs since 1970. */
  readonly ctime: number;
  readonly detail: string | null;
}

export interface KnownFile {
  readonly fileId: number;
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly state: string;
  readonly recheck: boolean;
  readonly readerVersion: number;
  /** Code and detail of an entry that is a link: where it leads is no part of its own size and times. */
  readonly linkCode: string | null;
  readonly linkDetail: string | null;
}

export interface PlanRules {
  readonly resume: boolean;
  /** Whether a file in this state, read by this version of the reader, has to be read again. */
  readonly isOutdated: (state: string, readerVersion: number) => boolean;
  /** `size-mtime` for disks whose ctime changes by itself. */
  readonly trust: "size-mtime-ctime" | "size-mtime";
  readonly files: "all" | "dcm" | "no-ext" | "dcm-or-none";
  /** Files younger than this wait for the next job, µs. */
  readonly minAge: number;
  /** µs since 1970. */
  readonly now: number;
}

export type PlannedAs = "unchanged" | "new" | "changed" | "read-again" | "waiting";

/** What to do with a file: read it, write a row without opening it, or nothing. */
export type PlannedFile =
  | { readonly planned: "unchanged" }
  | { readonly planned: PlannedAs; readonly action: "read" }
  | {
      readonly planned: PlannedAs;
      readonly action: "note";
      readonly state: "skipped" | "unreadable";
      readonly code: string;
      readonly recheck: boolean;
    };

export function planFile(
  found: FoundFile,
  known: KnownFile | undefined,
  rules: PlanRules,
): PlannedFile {
  const planned = compare(found, known, rules);
  if (planned === "unchanged") return { planned };
  const note = noteWithoutOpening(found, rules);
  if (note !== null) {
    return { planned: note.code === "too-young" ? "waiting" : planned, action: "note", ...note };
  }
  return { planned, action: "read" };
}

function compare(found: FoundFile, known: KnownFile | undefined, rules: PlanRules): PlannedAs {
  if (known === undefined || known.state === "missing") return "new";
  const isSame =
    found.size === known.size &&
    found.mtime === known.mtime &&
    (rules.trust === "size-mtime" || found.ctime === known.ctime) &&
    leadsAsBefore(found, known);
  if (!isSame) return "changed";
  const isStale = known.recheck || rules.isOutdated(known.state, known.readerVersion);
  return rules.resume && !isStale ? "unchanged" : "read-again";
}

const linkKinds: ReadonlySet<EntryKind> = new Set([
  "symlink",
  "symlink-loop",
  "symlink-outside-root",
  "same-file",
]);

function leadsAsBefore({ kind, detail }: FoundFile, known: KnownFile): boolean {
  if (!linkKinds.has(kind)) return known.linkCode === null;
  return known.linkCode === kind && known.linkDetail === detail;
}

function noteWithoutOpening(
  found: FoundFile,
  rules: PlanRules,
): { state: "skipped" | "unreadable"; code: string; recheck: boolean } | null {
  if (found.kind === "no-stat") {
    const isDenied = found.detail === "EACCES" || found.detail === "EPERM";
    return {
      state: "unreadable",
      code: isDenied ? "permission-denied" : "io-error",
      recheck: true,
    };
  }
  if (found.kind === "stuck") return { state: "unreadable", code: "reader-timeout", recheck: true };
  if (found.kind !== "file") return { state: "skipped", code: found.kind, recheck: false };
  if (!isWanted(found.name, rules.files)) {
    return { state: "skipped", code: "filtered", recheck: false };
  }
  if (rules.minAge > 0 && found.mtime > rules.now - rules.minAge) {
    return { state: "skipped", code: "too-young", recheck: true };
  }
  return null;
}

/** The name filters of `--files`; content decides what a file is in any case. */
export function isWanted(name: string, files: PlanRules["files"]): boolean {
  if (files === "all") return true;
  const hasDcm = name.toLowerCase().endsWith(".dcm");
  const hasNone = !name.includes(".");
  return (hasDcm && files !== "no-ext") || (hasNone && files !== "dcm");
}

/**
 * Is a modification time so close to the moment of reading that a later change could leave it as it is?
 * The grain is that of the file system: 2 s where times have no fraction (FAT, HFS+), else the tick of the
 * kernel's clock with room to spare.
 */
export function isRacy(mtime: number, readAt: number): boolean {
  const grain = mtime % 1_000_000 === 0 ? 2_000_000 : 50_000;
  return mtime > readAt - grain;
}
