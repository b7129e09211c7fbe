/** Reads one file's header: opened once, parsed by itself, and looked at again for a change meanwhile. */
import type { Header } from "#dicom/header.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import type { Platform } from "#dicom/platform.ts";
import { instanceCells, instanceColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";
import {
  coordinateGroup,
  instanceGroup,
  sopClassUid,
  sopInstanceUid,
  wantedTree,
} from "./column-plan.ts";
import { Findings } from "./header-values.ts";
import { type FileFacts, openFile } from "./open-file.ts";
import { describeShape, type Outcome, type ParsedRange, refuse } from "./parsed-file.ts";
import { rawText, type SeriesTuple, type SettingTuple, TupleReader } from "./tuple-reader.ts";

export interface ReadFile {
  readonly state: Outcome["state"] | "changed";
  readonly code: string | null;
  readonly detail: string | null;
  readonly warnings: readonly string[];
  readonly facts: FileFacts;
  readonly instance: ReadInstance | null;
}

export interface ReadInstance {
  readonly series: SeriesTuple;
  /** Settings of an object without functional groups. */
  readonly setting: SettingTuple | null;
  /** Cells in the order of `instanceCells`. */
  readonly cells: readonly Cell[];
  readonly ranges: readonly ParsedRange<SettingTuple>[];
}

const none: readonly string[] = [];

/** Where in `instanceCells` the groups begin, after identity, raw values and number of frames. */
const groupsAt = instanceCells.length - instanceColumns.length;

export class FileReader {
  readonly #headers: HeaderReader;
  readonly #tuples: TupleReader;
  readonly #onProgress: () => void;
  /** Of the file that is being read. */
  readonly #findings = new Findings();

  /** `onProgress` is called whenever bytes came or elements passed, for a watchdog. */
  constructor(platform: Platform, onProgress: () => void) {
    this.#onProgress = onProgress;
    this.#headers = new HeaderReader(wantedTree, { onProgress });
    this.#tuples = new TupleReader(platform);
  }

  /** `expected`: what was seen when the file was found. Throws the system's I/O errors. */
  read(path: string | Buffer, name: string, expected: FileFacts): ReadFile {
    const file = openFile(path, expected.size, this.#onProgress);
    try {
      const first = this.#interpret(this.#headers.read(file, name), expected);
      let facts = file.facts();
      if (isSame(facts, expected)) return first;
      // It changed since it was found. Once more, against what it is now; then it must hold still.
      const present = { ...file, size: facts.size };
      const second = this.#interpret(this.#headers.read(present, name), facts);
      const before = facts;
      facts = file.facts();
      if (isSame(facts, before)) return second;
      return {
        state: "changed",
        code: "changed-during-read",
        detail: null,
        warnings: [],
        facts,
        instance: null,
      };
    } finally {
      file.close();
    }
  }

  #interpret(header: Header, facts: FileFacts): ReadFile {
    const findings = this.#findings;
    findings.clear();
    this.#tuples.open(header);
    const series = this.#tuples.readSeries();
    const text = (name: string): string | null =>
      this.#tuples.readColumn(name, findings) as string | null;
    const identity = {
      studyInstanceUid: series.studyInstanceUid,
      seriesInstanceUid: series.seriesInstanceUid,
      sopInstanceUid: text(sopInstanceUid.column.name),
      sopClassUid: text(sopClassUid.column.name),
    };
    const refused = refuse(header, identity);
    if (refused !== null) return { ...refused, warnings: [], facts, instance: null };
    const { warnings } = findings;
    for (const code of header.warnings) warnings.add(code);
    for (const code of series.warnings) warnings.add(code);
    const shape = describeShape(header, identity.sopClassUid as string, this.#tuples, warnings);
    if (series.patientId === null) warnings.add("patient-id-missing");

    const setting = shape.isFramed ? null : this.#tuples.readSetting();
    for (const code of setting?.warnings ?? []) warnings.add(code);
    const cells: Cell[] = new Array(instanceCells.length).fill(null);
    cells[0] = identity.sopInstanceUid;
    cells[2] = shape.frames;
    this.#tuples.readInto(cells, groupsAt, instanceGroup, findings);
    if (!shape.isFramed) {
      const at = groupsAt + instanceGroup.plans.length;
      this.#tuples.readInto(cells, at, coordinateGroup, findings);
    }
    const ranges = shape.isFramed ? this.#readFrames(header, shape.frames, findings) : [];
    cells[1] = rawText(findings);
    return {
      state: "stored",
      code: null,
      detail: null,
      warnings: warnings.size === 0 ? none : [...warnings].sort(),
      facts,
      instance: {
        series,
        setting,
        cells,
        ranges,
      },
    };
  }

  /**
   * Frames in runs of equal settings, with their coordinates column by column. Of coordinates that cannot be taken
   * the first text of each column is the object's.
   */
  #readFrames(header: Header, frames: number, findings: Findings): ParsedRange<SettingTuple>[] {
    const ranges: ParsedRange<SettingTuple>[] = [];
    const listed = Math.max(1, Math.min(frames, header.perFrameItems));
    let first = 1;
    let run: { setting: SettingTuple; rows: Cell[][] } | null = null;
    const close = (last: number): void => {
      if (run === null) return;
      ranges.push({ first, last, setting: run.setting, coordinates: packCoordinates(run.rows) });
    };
    for (let frame = 1; frame <= listed; frame++) {
      if (header.perFrameItems > 0) this.#tuples.selectFrame(frame);
      const setting = this.#tuples.readSetting();
      const coordinates = this.#tuples.readCoordinates(findings);
      for (const code of setting.warnings) findings.warn(code);
      if (run === null || run.setting.part.hash !== setting.part.hash) {
        close(frame - 1);
        first = frame;
        run = { setting, rows: [] };
      }
      run.rows.push(coordinates);
    }
    close(Math.max(listed, frames));
    return ranges;
  }
}

/** JSON of column → the one value of all frames, or an array with one per frame; columns without any left out. */
function packCoordinates(rows: readonly Cell[][]): string {
  const packed: Record<string, Cell | Cell[]> = {};
  coordinateGroup.plans.forEach(({ column }, index) => {
    const values = rows.map((row) => row[index] ?? null);
    const first = values[0] ?? null;
    if (values.every((value) => value === first)) {
      if (first !== null) packed[column.name] = first;
    } else packed[column.name] = values;
  });
  return JSON.stringify(packed);
}

function isSame(a: FileFacts, b: FileFacts): boolean {
  return a.size === b.size && a.mtime === b.mtime && a.ctime === b.ctime;
}
