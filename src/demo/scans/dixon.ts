import { privateBlock } from "#demo/element.ts";
import { planVolume } from "#demo/geometry.ts";
import { trunk } from "#demo/phantom/body.ts";
import { findMrSignal } from "#demo/phantom/mr-signal.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { drawTissues, MR_BITS } from "./draw-mr.ts";
import { type MrFrame, type MrSettings, makeClassicMr } from "./mr-image.ts";

const settings: MrSettings = {
  description: "Ax LAVA-Flex",
  bodyPart: "ABDOMEN",
  scanningSequence: "GR",
  sequenceVariant: "SS\\SP",
  scanOptions: "FAST_GEMS",
  sequenceName: "LAVAFLEX",
  dimension: "3D",
  echoTrainLength: 1,
  averages: 1,
  bandwidth: 1302,
  sliceThickness: 8,
  sliceSpacing: 8,
  phaseDirection: "COL",
  coil: "AIR 30ch",
};

interface Kind {
  readonly token: string;
  readonly title: string;
  readonly echoTime: number;
  readonly echo: number;
  /** Signal from the parts of water and fat. */
  readonly mix: (water: number, fat: number) => number;
}

/** Water and fat from two echoes, and the echoes: 180° apart at 1.23 ms, in step at 2.46 ms (3 T). */
const kinds: readonly Kind[] = [
  { token: "WATER", title: "WATER", echoTime: 1.23, echo: 1, mix: (water) => water },
  { token: "FAT", title: "FAT", echoTime: 1.23, echo: 1, mix: (_, fat) => fat },
  {
    token: "OUT_PHASE",
    title: "OPPOSED",
    echoTime: 1.23,
    echo: 1,
    mix: (water, fat) => Math.abs(water - fat),
  },
  { token: "IN_PHASE", title: "IN", echoTime: 2.46, echo: 2, mix: (water, fat) => water + fat },
];

/** Two-point Dixon of the abdomen: four kinds of image in one series. */
export function makeDixon(context: SeriesContext): Instance[] {
  const planes = planVolume({
    plane: "transverse",
    rows: 48,
    columns: 64,
    spacing: [6, 6],
    slices: scaleCount(context, 12),
    sliceSpacing: settings.sliceSpacing,
    centre: [0, 0, -90],
  });
  const frames = kinds.flatMap((kind, kindIndex) =>
    planes.map((plane, slice): MrFrame => {
      const contrast = { echoTime: kind.echoTime, repetitionTime: 3.9, flipAngle: 9 };
      const isMade = kind.token === "WATER" || kind.token === "FAT";
      return {
        ...contrast,
        plane,
        imageType: [isMade ? "DERIVED" : "ORIGINAL", "PRIMARY", "DIXON", kind.token],
        component: "MAGNITUDE",
        contrast: "T1",
        echo: kind.echo,
        acquisition: 1,
        seconds: 0,
        window: [700, 1400],
        bitsStored: MR_BITS,
        vendor: privateBlock("GEMS_PARM_01", { group: 0x0043 }, [[0x2f, "SS", 0]]),
        draw: () =>
          drawTissues(
            {
              context,
              number: kindIndex * planes.length + slice,
              body: trunk,
              plane,
              title: kind.title,
              caption: String(slice + 1),
            },
            (tissue) => {
              const signal = findMrSignal(tissue, contrast) * 38_000;
              return kind.mix(signal * (1 - tissue.fat), signal * tissue.fat);
            },
          ),
      };
    }),
  );
  return makeClassicMr(context, settings, frames);
}
