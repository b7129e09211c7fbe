import { type PlaneName, planVolume } from "#demo/geometry.ts";
import { head } from "#demo/phantom/body.ts";
import type { Instance, SeriesContext } from "#demo/session.ts";
import { drawMagnitude, MR_BITS } from "./draw-mr.ts";
import { makeEnhancedMr } from "./enhanced-mr.ts";
import { type MrFrame, type MrSettings, makeClassicMr } from "./mr-image.ts";

const settings: MrSettings = {
  description: "localizer",
  bodyPart: "HEAD",
  scanningSequence: "GR",
  sequenceVariant: "SP",
  scanOptions: "PFP",
  sequenceName: "*fl2d1",
  dimension: "2D",
  echoTrainLength: 1,
  averages: 1,
  bandwidth: 320,
  sliceThickness: 7,
  sliceSpacing: 24,
  phaseDirection: "ROW",
  coil: "Head_32",
};

const planeNames: readonly PlaneName[] = ["sagittal", "coronal", "transverse"];
const SLICES_PER_PLANE = 3;

/** Three slices in each of three planes, in one series. */
export function makeLocalizer(context: SeriesContext): Instance[] {
  return makeClassicMr(context, settings, makeFrames(context));
}

/** The same as one enhanced instance. */
export function makeEnhancedLocalizer(context: SeriesContext): Instance[] {
  return makeEnhancedMr(context, settings, makeFrames(context));
}

function makeFrames(context: SeriesContext): MrFrame[] {
  const contrast = { echoTime: 4, repetitionTime: 8.6, flipAngle: 20 };
  return planeNames.flatMap((name, index) =>
    planVolume({
      plane: name,
      rows: 64,
      columns: 64,
      spacing: [3.9, 3.9],
      slices: SLICES_PER_PLANE,
      sliceSpacing: settings.sliceSpacing,
    }).map((plane, slice): MrFrame => {
      const number = index * SLICES_PER_PLANE + slice;
      const picture = {
        context,
        number,
        body: head,
        plane,
        title: `LOC ${name.slice(0, 3)}`,
        caption: String(number + 1),
      };
      return {
        ...contrast,
        plane,
        imageType: ["ORIGINAL", "PRIMARY", "M", "ND", "NORM"],
        component: "MAGNITUDE",
        contrast: "T1",
        echo: 1,
        acquisition: 1,
        seconds: number,
        window: [500, 1000],
        bitsStored: MR_BITS,
        draw: () => drawMagnitude(picture, contrast, 22_000),
      };
    }),
  );
}
