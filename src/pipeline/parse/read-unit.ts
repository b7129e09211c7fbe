/**
 * Extracts one unit: files in, rows out. The same function in this process, in a worker of another machine
 * and under a batch system. It holds no state but its reader's caches.
 */
import { joinPath } from "#base/path-text.ts";
import { errorCode, systemPath } from "#pipeline/discover/walk.ts";
import { isRacy } from "#pipeline/plan.ts";
import { instanceCells } from "#store/columns.ts";
import { RowPacker } from "#store/packed-rows.ts";
import {
  type FrameRange,
  fileCells,
  type SeriesPart,
  type SettingPart,
  type UnitRows,
} from "#store/unit-rows.ts";
import { nodePlatform } from "./node-platform.ts";
import type { FileFacts } from "./open-file.ts";
import { FileReader, type ReadFile } from "./read-file.ts";
import { identifySubject, type SubjectRule, subjectCode } from "./subject-identity.ts";
import { hashTuple, type SeriesTuple, type SettingTuple } from "./tuple-reader.ts";

/** One file to read, as it was found. */
export interface UnitFile extends FileFacts {
  /** Index into the unit's folders. */
  readonly folder: number;
  readonly name: string;
  /** The ledger has a row for it. */
  readonly isKnown: boolean;
}

export interface Unit {
  readonly folders: readonly { readonly path: string; readonly subjectFolder: string | null }[];
  readonly files: readonly UnitFile[];
}

export interface UnitRules extends SubjectRule {
  /** Absolute path of the source, stored text. */
  readonly source: string;
  /** PatientID → code where a person gave a list. */
  readonly codes: ReadonlyMap<string, string>;
}

/** States whose files are looked at again by the next job, whatever their times say. */
const retriedCodes: ReadonlySet<string> = new Set([
  "permission-denied",
  "io-error",
  "file-vanished",
  "changed-during-read",
]);

export class UnitReader {
  readonly #rules: UnitRules;
  readonly #files: FileReader;
  readonly #parts = new WeakMap<SeriesTuple, Map<string | null, SeriesPart>>();

  constructor(rules: UnitRules, onProgress: () => void) {
    this.#rules = rules;
    this.#files = new FileReader(nodePlatform, onProgress);
  }

  /** `onFile` is told the index of each file before it is touched. */
  read(unit: Unit, onFile: (index: number) => void): UnitRows {
    const packer = new RowPacker(fileCells.length + instanceCells.length, unit.files.length);
    const series = new Numbered<SeriesPart>();
    const settings = new Numbered<SettingPart>();
    const frames: FrameRange[] = [];
    unit.files.forEach((file, index) => {
      onFile(index);
      const folder = unit.folders[file.folder] as Unit["folders"][number];
      const read = this.#readFile(folder.path, file);
      const { instance } = read;
      const part =
        instance === null
          ? null
          : series.of(this.#seriesPart(instance.series, folder.subjectFolder));
      const setting =
        instance?.setting === undefined || instance.setting === null
          ? null
          : settings.of(instance.setting.part);
      for (const range of instance?.ranges ?? []) {
        frames.push({
          file: index,
          first: range.first,
          last: range.last,
          setting: settings.of((range.setting as SettingTuple).part),
          coordinates: range.coordinates,
        });
      }
      const isRetried = read.code !== null && retriedCodes.has(read.code);
      const recheck = isRetried || isRacy(read.facts.mtime, Date.now() * 1000);
      // Cell by cell, in the order of `fileCells`: an array for each row would be garbage at once.
      packer.add(file.folder);
      packer.add(file.name);
      packer.add(file.isKnown ? 1 : 0);
      packer.add(read.facts.size);
      packer.add(read.facts.mtime);
      packer.add(read.facts.ctime);
      packer.add(read.state);
      packer.add(read.code);
      packer.add(read.warnings.length === 0 ? null : read.warnings.join(" "));
      packer.add(read.detail);
      packer.add(recheck ? 1 : 0);
      packer.add(part);
      packer.add(setting);
      for (const cell of instance === null ? noInstance : instance.cells) packer.add(cell);
    });
    return {
      folders: unit.folders.map((folder) => folder.path),
      series: series.items,
      settings: settings.items,
      files: packer.finish(),
      frames,
    };
  }

  #readFile(folder: string, file: UnitFile): ReadFile {
    const path = joinPath(folder, file.name);
    try {
      const read = this.#files.read(systemPath(this.#rules.source, path), file.name, file);
      if (path === "" || !path.startsWith("//") || read.state !== "stored") return read;
      return { ...read, warnings: [...read.warnings, "path-not-utf8"].sort() };
    } catch (error) {
      return failedRead(errorCode(error), file);
    }
  }

  #seriesPart(tuple: SeriesTuple, subjectFolder: string | null): SeriesPart {
    let byFolder = this.#parts.get(tuple);
    if (byFolder === undefined) {
      byFolder = new Map();
      this.#parts.set(tuple, byFolder);
    }
    let part = byFolder.get(subjectFolder);
    if (part === undefined) {
      part = this.#makePart(tuple, subjectFolder);
      byFolder.set(subjectFolder, part);
    }
    return part;
  }

  #makePart(tuple: SeriesTuple, subjectFolder: string | null): SeriesPart {
    const studyInstanceUid = tuple.studyInstanceUid as string;
    const seriesInstanceUid = tuple.seriesInstanceUid as string;
    const subject = identifySubject(tuple.patientId, subjectFolder, studyInstanceUid, this.#rules);
    // The list is by PatientID; a folder may hold several, and must not get the code of whichever came first.
    const given =
      subject.kind === "patient-id" ? this.#rules.codes.get(subject.identity) : undefined;
    const hash = hashTuple([
      subject.kind,
      subject.identity,
      studyInstanceUid,
      seriesInstanceUid,
      tuple.values,
      tuple.rawValues,
    ]);
    return {
      identityKind: subject.kind,
      identity: subject.identity,
      subjectCode: given ?? subjectCode(subject, this.#rules.seed),
      studyInstanceUid,
      seriesInstanceUid,
      values: tuple.values,
      rawValues: tuple.rawValues,
      hash,
    };
  }
}

const noInstance: readonly null[] = instanceCells.map(() => null);

function failedRead(error: string, facts: FileFacts): ReadFile {
  const [state, code] = failures[error] ?? ["unreadable", "io-error"];
  return { state, code, detail: error, warnings: [], facts, instance: null };
}

const denied = ["unreadable", "permission-denied"] as const;
const vanished = ["changed", "file-vanished"] as const;
/** A link, a folder, a pipe or a socket took the file's place. */
const replaced = ["changed", "changed-during-read"] as const;

/** What the system's errors (errno(3)) say of a file that was there a moment ago. */
const failures: Readonly<Record<string, readonly [state: ReadFile["state"], code: string]>> = {
  EACCES: denied,
  EPERM: denied,
  ENOENT: vanished,
  ELOOP: replaced,
  EISDIR: replaced,
  ESPIPE: replaced,
  ENXIO: replaced,
};

/** Distinct objects in the order of first use. */
class Numbered<Item> {
  readonly items: Item[] = [];
  readonly #numbers = new Map<Item, number>();

  of(item: Item): number {
    let number = this.#numbers.get(item);
    if (number === undefined) {
      number = this.items.length;
      this.items.push(item);
      this.#numbers.set(item, number);
    }
    return number;
  }
}
