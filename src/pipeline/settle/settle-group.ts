/** A study or a subject as the tuples of its series say. Pure. */
import { columnsOf } from "#catalogue/catalogue.ts";
import { ValueCount } from "#pipeline/most-frequent.ts";
import { seriesColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { SettleGroup, SettleResult } from "#store/settlement.ts";

const indexOf = new Map(seriesColumns.map((column, index) => [column.name, index]));

export function settleGroup(group: SettleGroup, level: "study" | "subject"): SettleResult {
  const values: Record<string, Cell> = {};
  const varying: [string, number][] = [];
  for (const column of columnsOf(level)) {
    const count = new ValueCount();
    const copy = column.copies?.find(({ table }) => table === level);
    const index = indexOf.get(column.name);
    if (copy !== undefined) {
      for (const series of group.series)
        count.add(series.values[column.name] ?? null, series.weight);
    } else if (index !== undefined) {
      for (const tuple of group.tuples) count.add(tuple.values[index] ?? null, tuple.weight);
    } else continue;
    if (copy?.of === "distinct") {
      const distinct = count.distinct();
      values[column.name] = distinct.length === 0 ? null : distinct.join("\\");
      continue;
    }
    const summary = count.summary();
    values[column.name] = summary.value;
    if (summary.distinct > 1) varying.push([column.name, summary.distinct]);
  }
  varying.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    id: group.id,
    values,
    varying: varying.length === 0 ? null : JSON.stringify(Object.fromEntries(varying)),
  };
}
