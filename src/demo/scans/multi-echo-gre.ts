import { planVolume } from "#demo/geometry.ts";
import { head } from "#demo/phantom/body.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { drawMagnitude, MR_BITS } from "./draw-mr.ts";
import { type MrFrame, type MrSettings, makeClassicMr } from "./mr-image.ts";

const settings: MrSettings = {
  description: "gre_multi_echo",
  bodyPart: "HEAD",
  scanningSequence: "GR",
  sequenceVariant: "SP",
  scanOptions: "PFP",
  sequenceName: "*fl2d3",
  dimension: "2D",
  echoTrainLength: 3,
  averages: 1,
  bandwidth: 260,
  sliceThickness: 6,
  sliceSpacing: 8,
  phaseDirection: "COL",
  coil: "Head_32",
};

const echoTimes = [4.92, 19.68, 34.44];

/** Gradient echo with three echoes in one series: the same slices get darker from echo to echo. */
export function makeMultiEchoGre(context: SeriesContext): Instance[] {
  const planes = planVolume({
    plane: "transverse",
    rows: 64,
    columns: 64,
    spacing: [3.9, 3.9],
    slices: scaleCount(context, 14),
    sliceSpacing: settings.sliceSpacing,
    centre: [0, -18, 10],
  });
  const frames = echoTimes.flatMap((echoTime, echo) =>
    planes.map((plane, slice): MrFrame => {
      const contrast = { echoTime, repetitionTime: 550, flipAngle: 25 };
      return {
        ...contrast,
        plane,
        imageType: ["ORIGINAL", "PRIMARY", "M", "ND", "NORM"],
        component: "MAGNITUDE",
        contrast: "T2_STAR",
        echo: echo + 1,
        acquisition: 1,
        seconds: slice * 0.055,
        window: [800, 1600],
        bitsStored: MR_BITS,
        draw: () =>
          drawMagnitude(
            {
              context,
              number: echo * planes.length + slice,
              body: head,
              plane,
              title: `GRE E${echo + 1}`,
              caption: String(slice + 1),
            },
            contrast,
            4200,
          ),
      };
    }),
  );
  return makeClassicMr(context, settings, frames);
}
