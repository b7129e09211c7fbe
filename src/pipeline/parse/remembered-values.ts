/**
 * Values of columns from one file to the next, and from one frame to the next: what a header repeats of the one
 * before, or a frame of the frame before, is not decoded again.
 */
import type { CompiledColumn } from "#catalogue/compiled-locations.ts";
import type { Header } from "#dicom/header.ts";
import { ChangedPlaces, type RecordRun } from "./changed-places.ts";
import {
  type ColumnGroup,
  classicReaders,
  columnCount,
  framedReaders,
  groupCount,
  isCsaPath,
} from "./column-plan.ts";
import type { ColumnValue } from "./column-value.ts";
import { Findings, type HeaderValues } from "./header-values.ts";

export class RememberedValues {
  readonly #values: HeaderValues;
  readonly #changes: ChangedPlaces;
  /** By column and group: 1 where the header may differ from that which the value was read of. */
  readonly #isStale = new Uint8Array(columnCount + groupCount).fill(1);
  readonly #known: ColumnValue[] = new Array(columnCount).fill(null);
  /** By column: what else was found; null nearly always. */
  readonly #found: (Findings | null)[] = new Array(columnCount).fill(null);
  #finding = new Findings();
  /** By path, of the kind of object that is open. */
  #readers: readonly (readonly number[])[] = classicReaders;
  /** The frame that the values were read of last. */
  #frame: RecordRun | null = null;

  constructor(values: HeaderValues) {
    this.#values = values;
    this.#changes = new ChangedPlaces(isCsaPath, (path) => {
      for (const reader of this.#readers[path] as readonly number[]) this.#isStale[reader] = 1;
    });
  }

  /** Takes the header that `values` was given. */
  open(header: Header): void {
    this.#frame = null;
    this.#readers = header.hasFunctionalGroups ? framedReaders : classicReaders;
    if (header.hasFunctionalGroups || header.kind === "not-dicom") {
      this.#changes.forget();
      this.#isStale.fill(1);
    } else if (!this.#changes.compareHeader(header)) this.#isStale.fill(1);
  }

  /** Takes the frame that `values` has selected. */
  selectFrame(): void {
    const frame = this.#values.records.ownRun;
    if (this.#frame === null) this.#isStale.fill(1);
    else this.#changes.compareRuns(this.#frame, frame);
    this.#frame = frame;
  }

  read(plan: CompiledColumn, findings: Findings): ColumnValue {
    const { index } = plan;
    if (this.#isStale[index] === 1) this.#readAnew(plan);
    const found = this.#found[index];
    if (found) findings.take(found);
    return this.#known[index] as ColumnValue;
  }

  /** Is each value of the group what it was when `noteRead` was called last, CSA headers left aside? */
  isUnchanged(group: ColumnGroup): boolean {
    return this.#isStale[group.index] === 0;
  }

  /** The values of the group have been taken. */
  noteRead(group: ColumnGroup): void {
    this.#isStale[group.index] = 0;
  }

  #readAnew(plan: CompiledColumn): void {
    const { index } = plan;
    const finding = this.#finding;
    finding.clear(); // reading may have thrown, on a bad sector, and left behind what it had found
    const looks = this.#values.csaLooks;
    this.#known[index] = this.#values.read(plan, finding);
    this.#found[index] = finding.isEmpty ? null : finding;
    if (!finding.isEmpty) this.#finding = new Findings();
    // What a CSA header says is not compared, and what the file's structure says is in no place.
    const isOfPlaces = this.#values.csaLooks === looks && plan.column.computed !== "reader";
    this.#isStale[index] = isOfPlaces ? 0 : 1;
  }
}
