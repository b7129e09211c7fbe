/** A series as its present files say: its values, its stacks, and the problems worth a look. Pure. */

import { findWarning } from "#catalogue/codes.ts";
import { measureTilt } from "#stacks/geometry/tilt.ts";
import { type StackOptions, stackSeries } from "#stacks/stack-series.ts";
import type { ProblemRow, SeriesContent, SeriesResult } from "#store/settlement.ts";
import { unpackSeries } from "./loaded-series.ts";
import { assembleFrames } from "./series-frames.ts";
import { settleStacks } from "./settled-stacks.ts";
import { showValues } from "./shown-values.ts";

export function settleSeries(content: SeriesContent, options: StackOptions): SeriesResult {
  const series = unpackSeries(content);
  const { values, varying } = showValues(series);
  const modality = (values["modality"] ?? null) as string | null;
  const { frames, instanceIds } = assembleFrames(series, modality);
  const stacks = frames.count === 0 ? [] : stackSeries(frames, options);
  return {
    seriesId: content.seriesId,
    values:
      modality === "CT" ? { ...values, tilt_from_positions: measureTilt(stacks, frames) } : values,
    modality,
    varying,
    instances: content.instances.rows,
    frames: frames.count,
    tupleWeights: content.tuples.map(({ seriesValuesId, weight }) => ({ seriesValuesId, weight })),
    stacks: settleStacks(stacks, frames, instanceIds),
    problems: problemsOf(content),
  };
}

/** Warnings that are worth a person's look; the others stay in the rows of their files. */
function problemsOf(content: SeriesContent): ProblemRow[] {
  return content.warnings
    .filter(({ code }) => findWarning(code)?.isProblem !== false)
    .map(({ code, count, example }) => ({
      code,
      about: "series",
      id: content.seriesId,
      column: "",
      count,
      example,
    }));
}
