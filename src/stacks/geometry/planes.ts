/** Planes of a series: clusters of its image orientations, and the letter of each. */
import { type SeriesFrames, settingText } from "#stacks/series-frames.ts";
import { linkOrientations } from "./link-orientations.ts";
import { type Orientation, parseOrientation } from "./orientation.ts";
import type { Vector } from "./vector.ts";
import { letterFromWords, type PlaneLetter } from "./written-orientation.ts";

/** A cluster of orientations, with those of its representative: the bytewise smallest. */
export interface Plane extends Orientation {
  readonly letter: PlaneLetter;
  /** Size of the normal's largest component, 0.577 to 1. */
  readonly confidence: number;
}

export interface Planes {
  /** In the order of their representatives' text. */
  readonly list: readonly Plane[];
  /** Per tuple of settings: index into `list`, −1 = no orientation. */
  readonly ofSetting: Int32Array;
  /** Per frame: index into `list`, −1 = no orientation. */
  readonly of: Int32Array;
  /** Per tuple of settings: letter of the plane, or of the words where there is no orientation. */
  readonly letters: readonly (PlaneLetter | null)[];
}

export function clusterPlanes(frames: SeriesFrames): Planes {
  const parsed = parseSettings(frames);
  const distinct = [
    ...new Map(parsed.flatMap((entry) => (entry ? [[entry.text, entry]] : []))).values(),
  ].sort((a, b) => (a.text < b.text ? -1 : 1));
  const roots = linkOrientations(distinct);
  const list: Plane[] = [];
  const planeOf = new Map<string, number>();
  distinct.forEach((orientation, index) => {
    const root = distinct[roots[index] as number] as Orientation;
    // A root has the smallest index of its set, so it comes before all that it stands for.
    if (root === orientation) {
      planeOf.set(orientation.text, list.length);
      list.push({ ...orientation, ...nameNormal(orientation.normal) });
    } else planeOf.set(orientation.text, planeOf.get(root.text) as number);
  });
  const ofSetting = Int32Array.from(parsed, (entry) =>
    entry ? (planeOf.get(entry.text) as number) : -1,
  );
  return {
    list,
    ofSetting,
    of: frames.setting.map((setting) => ofSetting[setting] as number),
    letters: frames.settings.map(
      (settings, index) => list[ofSetting[index] as number]?.letter ?? letterFromWords(settings),
    ),
  };
}

/** The orientation of each tuple; equal texts are parsed once. */
function parseSettings(frames: SeriesFrames): (Orientation | null)[] {
  const parsed = new Map<string, Orientation | null>();
  return frames.settings.map((settings) => {
    const written = settingText(settings, "image_orientation_patient");
    if (written === null) return null;
    let orientation = parsed.get(written);
    if (orientation === undefined) {
      orientation = parseOrientation(written);
      parsed.set(written, orientation);
    }
    return orientation;
  });
}

/** Components this close to the largest count as large, so that a 45° oblique has a letter. */
const NEARLY_LARGEST = 0.001;

/** The letter of a plane by the largest component of its normal; of equals TRA goes before COR before SAG. */
function nameNormal([x, y, z]: Vector): { letter: PlaneLetter; confidence: number } {
  const confidence = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
  const isLarge = (component: number): boolean =>
    Math.abs(component) >= confidence - NEARLY_LARGEST;
  if (isLarge(z)) return { letter: "TRA", confidence };
  return { letter: isLarge(y) ? "COR" : "SAG", confidence };
}
