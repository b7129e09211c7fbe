/** Which table of details a series has, by its modality. */
import type { ColumnTable } from "./column.ts";

/** Details table of a modality (PS3.3 §C.7.3.1.1.1), where it has one. */
const tableByModality = {
  MR: "mri_series_details",
  CT: "ct_series_details",
  PT: "pet_series_details",
} as const satisfies Readonly<Record<string, ColumnTable>>;

/** A table with a row for each series of one modality. */
export type DetailsTable = (typeof tableByModality)[keyof typeof tableByModality];

/** All of them. */
export const detailsTables: readonly DetailsTable[] = Object.values(tableByModality);

const byModality: Readonly<Record<string, DetailsTable | undefined>> = tableByModality;

/** Null for a modality without details of its own. */
export const findDetailsTable = (modality: string): DetailsTable | null =>
  byModality[modality] ?? null;
