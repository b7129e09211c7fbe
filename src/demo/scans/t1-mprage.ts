import { planVolume } from "#demo/geometry.ts";
import { head } from "#demo/phantom/body.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { drawMagnitude, MR_BITS } from "./draw-mr.ts";
import { type MrFrame, type MrSettings, makeClassicMr } from "./mr-image.ts";

const settings: MrSettings = {
  description: "t1_mprage_sag",
  bodyPart: "HEAD",
  scanningSequence: "GR\\IR",
  sequenceVariant: "SK\\SP\\MP",
  scanOptions: "IR\\PFP",
  sequenceName: "*tfl3d1_16ns",
  dimension: "3D",
  echoTrainLength: 1,
  averages: 1,
  bandwidth: 230,
  sliceThickness: 4,
  sliceSpacing: 4,
  phaseDirection: "ROW",
  coil: "Head_32",
};

const contrast = { echoTime: 2.5, repetitionTime: 2300, inversionTime: 900, flipAngle: 9 };

/** T1-weighted 3D gradient echo after inversion, sagittal: one volume. */
export function makeT1Mprage(context: SeriesContext): Instance[] {
  const planes = planVolume({
    plane: "sagittal",
    rows: 64,
    columns: 64,
    spacing: [3.75, 3.75],
    slices: scaleCount(context, 40),
    sliceSpacing: settings.sliceSpacing,
  });
  const frames = planes.map(
    (plane, slice): MrFrame => ({
      ...contrast,
      plane,
      imageType: ["ORIGINAL", "PRIMARY", "M", "ND", "NORM"],
      component: "MAGNITUDE",
      contrast: "T1",
      echo: 1,
      acquisition: 1,
      seconds: 0,
      window: [900, 1800],
      bitsStored: MR_BITS,
      draw: () =>
        drawMagnitude(
          {
            context,
            number: slice,
            body: head,
            plane,
            title: "T1",
            caption: String(slice + 1),
          },
          contrast,
          3200,
        ),
    }),
  );
  return makeClassicMr(context, settings, frames);
}
