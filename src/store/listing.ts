/** Reading the views, a page at a time by key. */
import type { Cell } from "./packed-rows.ts";

export const viewNames = [
  "v_subjects",
  "v_studies",
  "v_series",
  "v_stacks",
  "v_instances",
  "v_files",
  "v_problems",
  "v_resume",
] as const;

export type ViewName = (typeof viewNames)[number];

export interface ListQuery {
  readonly view: ViewName;
  readonly cohortId: number;
  /** Column → value that it must equal, or a list of values one of which it must; null means empty. */
  readonly where: Readonly<Record<string, Cell | readonly Cell[]>>;
  /** Last key of the page before; null for the first. */
  readonly after: number | null;
  readonly limit: number;
}

export interface Page {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Key to go on from; null after the last page. */
  readonly next: number | null;
}
