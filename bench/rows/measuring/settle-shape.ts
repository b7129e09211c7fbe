/** From what the store would give of a series to its settled stacks, and how long that takes. */
import { settleSeries } from "#pipeline/settle/settle-series.ts";
import { coordinateColumns, seriesColumns, settingColumns } from "#store/columns.ts";
import { type Cell, packRows } from "#store/packed-rows.ts";
import { loadedInstanceCells, type SeriesContent } from "#store/settlement.ts";
import { ordinarySeries, type Shape } from "./series-shapes.ts";

export interface Settled {
  readonly frames: number;
  readonly stacks: number;
  readonly seconds: number;
}

/** Settles a series `turns` times, from one and the same content. */
export function settleShape(shape: Shape, turns: number): Settled[] {
  const content = contentOf(shape, 1);
  return Array.from({ length: turns }, () => {
    const began = performance.now();
    const { stacks } = settleSeries(content, { ctSplitOnDose: "auto" });
    const seconds = (performance.now() - began) / 1000;
    return { frames: shape.frames, stacks: stacks.length, seconds };
  });
}

/** Settles ordinary series, each once, until they have so many frames together. */
export function settleOrdinary(frames: number): Settled {
  const sum = { frames: 0, stacks: 0, seconds: 0 };
  while (sum.frames < frames) {
    for (const shape of ordinarySeries) {
      for (const settled of settleShape(shape, 1)) {
        sum.frames += settled.frames;
        sum.stacks += settled.stacks;
        sum.seconds += settled.seconds;
      }
    }
  }
  return sum;
}

function contentOf(shape: Shape, seriesId: number): SeriesContent {
  const rows = Array.from({ length: shape.frames }, (_, frame): Cell[] => {
    const coordinates = shape.coordinates(frame);
    return [
      frame + 1,
      // The store gives them by UID.
      `1.2.826.${seriesId}.${1_000_000 + frame}`,
      shape.settingOf(frame) + 1,
      null,
      1,
      ...coordinateColumns.map(({ name }) => coordinates[name] ?? null),
    ];
  });
  return {
    seriesId,
    seriesInstanceUid: `1.2.826.${seriesId}`,
    tuples: [{ seriesValuesId: 1, values: seriesColumns.map(() => null), weight: shape.frames }],
    settings: Array.from({ length: shape.settings }, (_, index) => {
      const values = shape.setting(index);
      return {
        frameValuesId: index + 1,
        values: settingColumns.map(({ name }) => values[name] ?? null),
      };
    }),
    instances: packRows(rows, loadedInstanceCells.length + coordinateColumns.length),
    ranges: [],
    warnings: [],
    settledInstances: null,
    stackKeys: [],
  };
}
