import { LabelSet, labelFrames, type PartLabel } from "#stacks/group.ts";
import { type Settings, settingText } from "#stacks/series-frames.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import { splitTokens } from "#stacks/types/image-tokens.ts";
import { valueText } from "#stacks/value-text.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** Enhanced PET and legacy-converted enhanced PET say in value 3 of Image Type what classic PET says in Series Type. */
const framedClasses = ["1.2.840.10008.5.1.4.1.1.130", "1.2.840.10008.5.1.4.1.1.128.1"];

/** Terms of enhanced PET (PS3.3 §C.8.22.5.1) in those of Series Type (PS3.3 §C.8.9.1.1.4). */
const terms: Readonly<Record<string, string>> = {
  CARDIAC_GATED: "GATED",
  RESP_GATED: "GATED",
  CARDRESP_GATED: "GATED",
};

/** ms: times closer than this are one. */
const SAME_TIME = 1;

/** FRAME of PET: value 1 of the Series Type; where nothing is written, what varies at one position tells. */
export const frameType: GroupingStep = {
  part: "FRAME",
  prepare({ series, members }) {
    const { frames } = series;
    const set = new LabelSet();
    const written = frames.settings.map((settings) => {
      const term = readFrameType(settings);
      return term === null ? null : set.label(valueText(term), 0);
    });
    const writtenOf = (frame: number): PartLabel | null =>
      written[frames.setting[frame] as number] ?? null;
    const silent = members.filter((frame) => writtenOf(frame) === null);
    const inferred = set.label(silent.length > 0 ? inferFrameType(series, silent) : "STATIC", 0);
    return (group) => labelFrames(group.frames, (frame) => writtenOf(frame) ?? inferred);
  },
};

function readFrameType(settings: Settings): string | null {
  const seriesType = splitTokens(settingText(settings, "series_type"))[0] ?? "";
  const isFramed = framedClasses.includes(settingText(settings, "sop_class_uid") ?? "");
  const frame = isFramed ? (splitTokens(settingText(settings, "image_type"))[2] ?? "") : "";
  const term = seriesType === "" ? frame : seriesType;
  return term === "" ? null : (terms[term] ?? term);
}

function inferFrameType(series: SeriesView, frames: Int32Array): string {
  if (variesAtPosition(series, frames, series.numbers("trigger_time"))) return "GATED";
  if (variesAtPosition(series, frames, series.numbers("frame_reference_time"))) return "DYNAMIC";
  return "STATIC";
}

/** Whether two frames of one position have different times. */
function variesAtPosition(series: SeriesView, frames: Int32Array, times: Float64Array): boolean {
  const earliest = new Map<number, number>();
  const latest = new Map<number, number>();
  for (const frame of frames) {
    const position = series.positions.of[frame] as number;
    const time = times[frame] as number;
    if (position < 0 || Number.isNaN(time)) continue;
    const first = Math.min(time, earliest.get(position) ?? time);
    const last = Math.max(time, latest.get(position) ?? time);
    if (last - first > SAME_TIME) return true;
    earliest.set(position, first);
    latest.set(position, last);
  }
  return false;
}
