/** An inspected file as `--json` shows it: what may name a person masked. */
import { isLeftOut } from "#catalogue/left-out.ts";
import type { InspectedColumn, InspectedFile } from "#pipeline/parse/inspect-file.ts";

export interface InspectView {
  /** Columns without a value too. */
  readonly showsAll: boolean;
  readonly showsIdentifiers: boolean;
}

/** Columns that are shown: those with a value, and those that should have one and could not be read. */
export function chooseInspected(
  columns: readonly InspectedColumn[],
  { showsAll }: InspectView,
): readonly InspectedColumn[] {
  if (showsAll) return columns;
  return columns.filter(
    ({ value, places }) => value !== null || places.some(({ outcome }) => outcome === "refused"),
  );
}

/** Is the value of this column kept from being shown? */
export function isMasked({ column }: InspectedColumn, view: InspectView): boolean {
  return !view.showsIdentifiers && isLeftOut(column);
}

export function writeInspected(file: InspectedFile, view: InspectView): object {
  const { columns, ...rest } = file;
  return {
    ...rest,
    columns: chooseInspected(columns, view).map((inspected) => {
      const { column, value, places, madeBy } = inspected;
      const isHidden = isMasked(inspected, view);
      return {
        name: column.name,
        table: column.table,
        value: isHidden ? null : value,
        ...(isHidden && value !== null ? { isMasked: true } : {}),
        unit: column.unit ?? null,
        madeBy,
        places: isHidden ? places.map((place) => ({ ...place, rawText: null })) : places,
      };
    }),
  };
}
