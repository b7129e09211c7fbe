/** The frames of a stored series, as the stack rules were given them when its stacks were formed. */
import type { SeriesFrames } from "#stacks/series-frames.ts";
import type { SeriesContent } from "#store/settlement.ts";
import type { Store } from "#store/store.ts";
import { unpackSeries } from "./settle/loaded-series.ts";
import { assembleFrames } from "./settle/series-frames.ts";
import { showValues } from "./settle/shown-values.ts";

/** Null where the series has no present image. */
export async function loadFrames(store: Store, seriesId: number): Promise<SeriesFrames | null> {
  const [content] = await store.loadSeries([seriesId]);
  const frames = content === undefined ? null : assembleContent(content);
  return frames === null || frames.count === 0 ? null : frames;
}

function assembleContent(content: SeriesContent): SeriesFrames {
  const series = unpackSeries(content);
  const modality = showValues(series).values["modality"];
  return assembleFrames(series, typeof modality === "string" ? modality : null).frames;
}
