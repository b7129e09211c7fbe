/** The frames of a stored series, as the stack rules were given them when its stacks were formed. */
import type { SeriesContent } from "#store/settlement.ts";
import type { Store } from "#store/store.ts";
import { unpackSeries } from "./settle/loaded-series.ts";
import { type AssembledFrames, assembleFrames } from "./settle/series-frames.ts";
import { showValues } from "./settle/shown-values.ts";

/** Null where the series has no present image. */
export async function loadFrames(store: Store, seriesId: number): Promise<AssembledFrames | null> {
  const [content] = await store.loadSeries([seriesId]);
  const assembled = content === undefined ? null : assembleContent(content);
  return assembled === null || assembled.frames.count === 0 ? null : assembled;
}

function assembleContent(content: SeriesContent): AssembledFrames {
  const series = unpackSeries(content);
  const modality = showValues(series).values["modality"];
  return assembleFrames(series, typeof modality === "string" ? modality : null);
}
