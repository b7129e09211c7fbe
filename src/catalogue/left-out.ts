/** Which columns a person sees only when identifiers are asked for. */
import type { ColumnName } from "./catalogue.ts";
import type { Column } from "./column.ts";

/**
 * Texts typed by people that name what was done, not whom it was done to. Sorting and conversion begin with
 * them, so they are shown; a text column that is not listed here is not.
 */
const namesOfProcedures: ReadonlySet<string> = new Set<ColumnName>([
  "study_description",
  "series_description",
  "protocol_name",
  "performed_procedure_step_description",
  "derivation_description",
  "deidentification_method",
]);

/** Is the column left out of exports and masked elsewhere unless identifiers are asked for? */
export function isLeftOut(column: Column): boolean {
  if (column.privacy === "identifier") return true;
  return column.privacy === "text" && !namesOfProcedures.has(column.name);
}
