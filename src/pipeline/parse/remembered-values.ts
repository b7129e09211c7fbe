/**
 * Values of columns from one file to the next: what a header repeats of the one before is not decoded again. Of
 * objects with functional groups nothing is remembered, since each frame has values of its own.
 */
import type { CompiledColumn } from "#catalogue/compiled-locations.ts";
import type { Header } from "#dicom/header.ts";
import { ChangedPlaces } from "./changed-places.ts";
import {
  type ColumnGroup,
  columnCount,
  groupCount,
  isCsaPath,
  readersOfPath,
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
  #isRemembering = false;

  constructor(values: HeaderValues) {
    this.#values = values;
    this.#changes = new ChangedPlaces(isCsaPath, (path) => {
      for (const reader of readersOfPath[path] as readonly number[]) this.#isStale[reader] = 1;
    });
  }

  /** Takes the header that `values` was given. */
  open(header: Header): void {
    this.#isRemembering = header.kind !== "not-dicom" && !header.hasFunctionalGroups;
    if (!this.#isRemembering) this.#changes.forget();
    else if (!this.#changes.compare(header)) this.#isStale.fill(1);
  }

  read(plan: CompiledColumn, findings: Findings): ColumnValue {
    if (!this.#isRemembering) return this.#values.read(plan, findings);
    const { index } = plan;
    if (this.#isStale[index] === 1) this.#readAnew(plan);
    const found = this.#found[index];
    if (found) findings.take(found);
    return this.#known[index] as ColumnValue;
  }

  /** Is each value of the group what it was when `noteRead` was called last, CSA headers left aside? */
  isUnchanged(group: ColumnGroup): boolean {
    return this.#isRemembering && this.#isStale[group.index] === 0;
  }

  /** The values of the group have been taken. */
  noteRead(group: ColumnGroup): void {
    this.#isStale[group.index] = this.#isRemembering ? 0 : 1;
  }

  #readAnew(plan: CompiledColumn): void {
    const { index } = plan;
    const finding = this.#finding;
    const looks = this.#values.csaLooks;
    this.#known[index] = this.#values.read(plan, finding);
    this.#found[index] = finding.isEmpty ? null : finding;
    if (!finding.isEmpty) this.#finding = new Findings();
    // What a CSA header says is not compared, and what the file's structure says is in no place.
    const isOfPlaces = this.#values.csaLooks === looks && plan.column.computed !== "reader";
    this.#isStale[index] = isOfPlaces ? 0 : 1;
  }
}
