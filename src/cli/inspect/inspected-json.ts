/** An inspected file as `--json` shows it: what may name a person masked. */
import type { ColumnTable } from "#catalogue/column.ts";
import { detailsTables, findDetailsTable } from "#catalogue/details-tables.ts";
import { isLeftOut } from "#catalogue/left-out.ts";
import type {
  InspectedColumn,
  InspectedFile,
  InspectedPlace,
} from "#pipeline/parse/inspect-file.ts";

export interface InspectView {
  /** Columns without a value too. */
  readonly showsAll: boolean;
  readonly showsIdentifiers: boolean;
}

/**
 * Columns that are shown: those with a value, and those that should have one and could not be read, but none of
 * the details that only series of another modality have.
 */
export function chooseInspected(
  columns: readonly InspectedColumn[],
  { showsAll }: InspectView,
): readonly InspectedColumn[] {
  if (showsAll) return columns;
  const modality = columns.find(({ column }) => column.name === "modality")?.value;
  const details = findDetailsTable(String(modality));
  const ofOthers = new Set<ColumnTable>(detailsTables.filter((table) => table !== details));
  return columns.filter(
    ({ column, value, places }) =>
      !ofOthers.has(column.table) &&
      (value !== null || places.some(({ outcome }) => outcome === "refused")),
  );
}

/** Is the value of this column kept from being shown? */
export function isMasked({ column }: InspectedColumn, view: InspectView): boolean {
  return !view.showsIdentifiers && isLeftOut(column);
}

/** Is what is written in this place kept from being shown, the column's own value or not? */
export function isTextMasked(
  inspected: InspectedColumn,
  place: InspectedPlace,
  view: InspectView,
): boolean {
  return isMasked(inspected, view) || (place.isLeftOut && !view.showsIdentifiers);
}

export function writeInspected(file: InspectedFile, view: InspectView): object {
  const { columns, ...rest } = file;
  return {
    ...rest,
    columns: chooseInspected(columns, view).map((inspected) => writeColumn(inspected, view)),
  };
}

function writeColumn(inspected: InspectedColumn, view: InspectView): object {
  const { column, value, places, madeBy, madeOf } = inspected;
  const isHidden = isMasked(inspected, view);
  return {
    name: column.name,
    table: column.table,
    value: isHidden ? null : value,
    ...(isHidden && value !== null ? { isMasked: true } : {}),
    unit: column.unit ?? null,
    madeBy,
    madeOf: madeOf.map((source) => writeColumn(source, view)),
    places: places.map((place) => {
      const { isLeftOut: _, ...shown } = place;
      return isTextMasked(inspected, place, view) ? { ...shown, rawText: null } : shown;
    }),
  };
}
