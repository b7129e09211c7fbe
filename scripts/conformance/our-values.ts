/** What our reader stores of one file, column by column and frame by frame. */
import { nodePlatform } from "#pipeline/parse/node-platform.ts";
import { FileReader, type ReadFile } from "#pipeline/parse/read-file.ts";
import { instanceCells, seriesColumns, settingColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";

export interface OurValues {
  readonly state: ReadFile["state"];
  readonly warnings: readonly string[];
  /** Frame from 1; null for a column that has no value, or none per file. */
  value(column: string, frame: number): Cell;
}

const reader = new FileReader(nodePlatform, () => undefined);

/** Reads the file with the reader of a job. */
export function readOurValues(path: string, name: string): OurValues {
  const { instance, state, warnings } = reader.read(path, name, { size: 0, mtime: 0, ctime: 0 });
  if (instance === null) return { state, warnings, value: () => null };
  const whole = new Map<string, Cell>([
    ["study_instance_uid", instance.series.studyInstanceUid],
    ["series_instance_uid", instance.series.seriesInstanceUid],
  ]);
  const put = (names: readonly string[], cells: readonly Cell[]): void => {
    for (const [index, column] of names.entries()) whole.set(column, cells[index] ?? null);
  };
  put(seriesNames, instance.series.values);
  put(settingNames, instance.setting?.part.values ?? []);
  put(instanceCells, instance.cells);
  const ranges = instance.ranges.map(({ first, last, setting, coordinates }) => ({
    first,
    last,
    setting: setting.part.values,
    coordinates: JSON.parse(coordinates) as Record<string, Cell | Cell[]>,
  }));
  return {
    state,
    warnings,
    value(column, frame) {
      const range = ranges.find(({ first, last }) => frame >= first && frame <= last);
      if (range === undefined) return whole.get(column) ?? null;
      const setting = settingNames.indexOf(column);
      if (setting >= 0) return range.setting[setting] ?? null;
      const packed = range.coordinates[column];
      if (packed === undefined) return whole.get(column) ?? null;
      return (Array.isArray(packed) ? packed[frame - range.first] : packed) ?? null;
    },
  };
}

const seriesNames = seriesColumns.map(({ name }) => name);
const settingNames = settingColumns.map(({ name }) => name);
