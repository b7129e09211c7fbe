import { privateBlock } from "#demo/element.ts";
import { planVolume } from "#demo/geometry.ts";
import { head } from "#demo/phantom/body.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { drawMagnitude, drawPhase, MR_BITS } from "./draw-mr.ts";
import { makeEnhancedMr } from "./enhanced-mr.ts";
import { type MrFrame, type MrSettings, makeClassicMr } from "./mr-image.ts";

const settings: MrSettings = {
  description: "B0 map",
  bodyPart: "HEAD",
  scanningSequence: "GR",
  sequenceVariant: "SS",
  scanOptions: "OTHER",
  sequenceName: "FFE",
  dimension: "2D",
  echoTrainLength: 1,
  averages: 1,
  bandwidth: 434,
  sliceThickness: 8,
  sliceSpacing: 8,
  phaseDirection: "ROW",
  coil: "MULTI COIL",
};

const echoTimes = [4.6, 6.9];

/** Two gradient echoes with magnitude and phase in one series, from which a field map can be computed. */
export function makeFieldMap(context: SeriesContext): Instance[] {
  return makeClassicMr(context, settings, makeFrames(context));
}

/** The same as one enhanced instance. */
export function makeEnhancedFieldMap(context: SeriesContext): Instance[] {
  return makeEnhancedMr(context, settings, makeFrames(context));
}

function makeFrames(context: SeriesContext): MrFrame[] {
  const planes = planVolume({
    plane: "transverse",
    rows: 64,
    columns: 64,
    spacing: [3.9, 3.9],
    slices: scaleCount(context, 12),
    sliceSpacing: settings.sliceSpacing,
    centre: [0, -18, 10],
  });
  return echoTimes.flatMap((echoTime, echo) =>
    (["MAGNITUDE", "PHASE"] as const).flatMap((component, kind) =>
      planes.map((plane, slice): MrFrame => {
        const contrast = { echoTime, repetitionTime: 650, flipAngle: 8 };
        const isPhase = component === "PHASE";
        const picture = {
          context,
          number: (echo * 2 + kind) * planes.length + slice,
          body: head,
          plane,
          title: `FMAP ${isPhase ? "P" : "M"}${echo + 1}`,
          caption: String(slice + 1),
        };
        return {
          ...contrast,
          plane,
          imageType: isPhase
            ? ["ORIGINAL", "PRIMARY", "PHASE MAP", "P", "FFE"]
            : ["ORIGINAL", "PRIMARY", "M_FFE", "M", "FFE"],
          component,
          contrast: "PROTON_DENSITY",
          echo: echo + 1,
          acquisition: 1,
          seconds: 0,
          // Phase in milliradians: 0 to 4095 stands for −π to π.
          ...(isPhase
            ? { rescale: { slope: 1.534_798, intercept: -3142.5, type: "mrad" } }
            : { rescale: { slope: 1, intercept: 0, type: "normalized" } }),
          window: isPhase ? [0, 6285] : [900, 1800],
          bitsStored: MR_BITS,
          vendor: [
            ...privateBlock("Philips Imaging DD 001", { group: 0x2001 }, [[0x0a, "IS", slice + 1]]),
            ...privateBlock("Philips MR Imaging DD 001", { group: 0x2005 }, [
              [0x11, "CS", isPhase ? "P" : "M"],
            ]),
          ],
          draw: () =>
            isPhase ? drawPhase(picture, echoTime) : drawMagnitude(picture, contrast, 12_000),
        };
      }),
    ),
  );
}
