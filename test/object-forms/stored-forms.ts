/** What the database holds of a series: its frames in order, what the views show of it, and its stacks. */
import type { DatabaseSync } from "node:sqlite";

export type Row = Readonly<Record<string, string | number | null>>;

export interface StoredForm {
  /** Values of each frame by column, wherever they are kept. */
  readonly frames: readonly Row[];
  /** Rows of `v_instances`, in the order of instance numbers. */
  readonly instances: readonly Row[];
  readonly series: Row;
  readonly stacks: readonly Row[];
}

export function readStoredForm(db: DatabaseSync, seriesInstanceUid: string): StoredForm {
  const all = (sql: string): Row[] => db.prepare(sql).all(seriesInstanceUid) as unknown as Row[];
  const instances = all(`SELECT instance.*, series_values.*, instance.instance_id
    FROM instance JOIN series_values USING (series_values_id) JOIN series ON series.series_id = instance.series_id
    WHERE series_instance_uid = ? ORDER BY instance_number`);
  return {
    frames: instances.flatMap((instance) => framesOf(db, instance)),
    instances: all(
      "SELECT * FROM v_instances WHERE series_instance_uid = ? ORDER BY instance_number",
    ),
    series: all("SELECT * FROM v_series WHERE series_instance_uid = ?")[0] as Row,
    stacks: all("SELECT * FROM v_stacks WHERE series_instance_uid = ? ORDER BY stack_index"),
  };
}

export function framesOf(db: DatabaseSync, instance: Row): Row[] {
  const settings = (id: string | number | null | undefined): Row =>
    db
      .prepare("SELECT * FROM frame_values WHERE frame_values_id = ?")
      .get(id ?? null) as unknown as Row;
  const ranges = db
    .prepare("SELECT * FROM frame_range WHERE instance_id = ? ORDER BY first_frame")
    .all(instance["instance_id"] ?? null) as unknown as Row[];
  if (ranges.length === 0) return [{ ...instance, ...settings(instance["frame_values_id"]) }];
  return ranges.flatMap((range) => {
    const packed = JSON.parse(String(range["coordinates"])) as Record<string, unknown>;
    const first = Number(range["first_frame"]);
    const count = Number(range["last_frame"]) - first + 1;
    return Array.from({ length: count }, (_, index) => ({
      ...instance,
      ...settings(range["frame_values_id"]),
      ...Object.fromEntries(
        Object.entries(packed).map(([column, value]) => [
          column,
          (Array.isArray(value) ? value[index] : value) as string | number | null,
        ]),
      ),
    }));
  });
}
