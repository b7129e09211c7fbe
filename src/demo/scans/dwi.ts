/** Diffusion: a run of directions, its enhanced twin, and the two images that a scanner computes from it. */
import { privateBlock } from "#demo/element.ts";
import { type Plane, planVolume } from "#demo/geometry.ts";
import { head } from "#demo/phantom/body.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { drawMagnitude, drawTissues, MR_BITS } from "./draw-mr.ts";
import { makeEnhancedMr } from "./enhanced-mr.ts";
import { type Diffusion, type MrFrame, type MrSettings, makeClassicMr } from "./mr-image.ts";

const settings: MrSettings = {
  description: "ep2d_diff_6dir",
  bodyPart: "HEAD",
  scanningSequence: "EP",
  sequenceVariant: "SK\\SP",
  scanOptions: "PFP\\FS",
  sequenceName: "ep_b1000",
  dimension: "2D",
  echoTrainLength: 48,
  averages: 1,
  bandwidth: 1626,
  sliceThickness: 8,
  sliceSpacing: 10,
  phaseDirection: "COL",
  coil: "Head_32",
  acceleration: 2,
};

const timing = { echoTime: 78, repetitionTime: 6200, flipAngle: 90 };

const B_VALUE = 1000;
const DIAGONAL = Math.SQRT1_2;

/** Both diagonals of each pair of axes. */
const directions: readonly (readonly [number, number, number])[] = [
  [DIAGONAL, 0, DIAGONAL],
  [-DIAGONAL, 0, DIAGONAL],
  [0, DIAGONAL, DIAGONAL],
  [0, DIAGONAL, -DIAGONAL],
  [DIAGONAL, DIAGONAL, 0],
  [-DIAGONAL, DIAGONAL, 0],
];

/** One volume without weighting and one per direction. */
export function makeDwi(context: SeriesContext): Instance[] {
  return makeClassicMr(context, settings, makeRun(context));
}

/** The same as one enhanced instance. */
export function makeEnhancedDwi(context: SeriesContext): Instance[] {
  return makeEnhancedMr(context, settings, makeRun(context));
}

/** Trace-weighted images: the mean over directions. */
export function makeDwiTrace(context: SeriesContext): Instance[] {
  const diffusion: Diffusion = { bValue: B_VALUE, directionality: "ISOTROPIC" };
  const frames = planSlices(context).map((plane, slice) => ({
    ...makeFrame(context, plane, { volume: 0, slice, slices: 1, diffusion, title: "TRACE" }),
    imageType: ["DERIVED", "PRIMARY", "DIFFUSION", "TRACEW", "ND", "NORM"],
  }));
  return makeClassicMr(context, { ...settings, description: "ep2d_diff_6dir_TRACEW" }, frames);
}

/** Apparent diffusion coefficients, 10⁻⁶ mm²/s. */
export function makeDwiAdc(context: SeriesContext): Instance[] {
  const diffusion: Diffusion = { bValue: B_VALUE, directionality: "ISOTROPIC" };
  const frames = planSlices(context).map((plane, slice): MrFrame => {
    const picture = {
      context,
      number: slice,
      body: head,
      plane,
      title: "ADC",
      caption: String(slice + 1),
    };
    const { diffusion: _, ...frame } = makeFrame(context, plane, {
      volume: 0,
      slice,
      slices: 1,
      diffusion,
      title: "ADC",
    });
    return {
      ...frame,
      imageType: ["DERIVED", "PRIMARY", "DIFFUSION", "ADC", "ND", "NORM"],
      window: [1400, 2800],
      vendor: [],
      draw: () =>
        drawTissues(picture, (tissue) => (tissue.density > 0.1 ? tissue.diffusion * 1000 : 0)),
    };
  });
  return makeClassicMr(context, { ...settings, description: "ep2d_diff_6dir_ADC" }, frames);
}

function planSlices(context: SeriesContext): Plane[] {
  return planVolume({
    plane: "transverse",
    rows: 64,
    columns: 64,
    spacing: [3.9, 3.9],
    slices: scaleCount(context, 9),
    sliceSpacing: settings.sliceSpacing,
    centre: [0, -18, 10],
  });
}

function makeRun(context: SeriesContext): MrFrame[] {
  const planes = planSlices(context);
  const volumes: Diffusion[] = [
    { bValue: 0, directionality: "NONE" },
    ...directions.map(
      (direction): Diffusion => ({ bValue: B_VALUE, directionality: "DIRECTIONAL", direction }),
    ),
  ];
  return volumes.flatMap((diffusion, volume) =>
    planes.map((plane, slice) =>
      makeFrame(context, plane, {
        volume,
        slice,
        slices: planes.length,
        diffusion,
        title: `DWI B${diffusion.bValue}`,
      }),
    ),
  );
}

function makeFrame(
  context: SeriesContext,
  plane: Plane,
  at: {
    readonly volume: number;
    readonly slice: number;
    readonly slices: number;
    readonly diffusion: Diffusion;
    readonly title: string;
  },
): MrFrame {
  const { diffusion } = at;
  const contrast = { ...timing, isSpinEcho: true, bValue: diffusion.bValue };
  const picture = {
    context,
    number: at.volume * at.slices + at.slice,
    body: head,
    plane,
    title: at.title,
    caption: at.slices === 1 ? String(at.slice + 1) : `${at.slice + 1}/${at.volume + 1}`,
  };
  return {
    ...timing,
    plane,
    imageType: ["ORIGINAL", "PRIMARY", "DIFFUSION", "NONE", "ND", "NORM"],
    component: "MAGNITUDE",
    contrast: "DIFFUSION",
    echo: 1,
    acquisition: at.volume + 1,
    seconds: at.volume * 6.2 + at.slice * 0.6,
    diffusion,
    window: diffusion.bValue === 0 ? [1900, 3800] : [500, 1000],
    bitsStored: MR_BITS,
    vendor: describePrivately(diffusion),
    draw: () => drawMagnitude(picture, contrast, 5200),
  };
}

/** Where Siemens scanners up to VE11 write diffusion (creator SIEMENS MR HEADER). */
function describePrivately(diffusion: Diffusion) {
  return privateBlock("SIEMENS MR HEADER", { group: 0x0019 }, [
    [0x0c, "IS", diffusion.bValue],
    [0x0d, "CS", diffusion.directionality],
    ...(diffusion.direction === undefined
      ? []
      : [[0x0e, "FD", diffusion.direction] as [number, string, readonly number[]]]),
  ]);
}
