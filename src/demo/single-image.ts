/**
 * One small MR image that is a study of its own: what odd files are made of. Everything about it follows
 * from the seed and its name.
 */
import { changeDataSet, type DataSet } from "./element.ts";
import { planVolume } from "./geometry.ts";
import { makeOddContext } from "./odd-session.ts";
import { head } from "./phantom/body.ts";
import { scanners } from "./scanners.ts";
import { drawMagnitude, MR_BITS } from "./scans/draw-mr.ts";
import { type MrFrame, type MrSettings, makeClassicMr } from "./scans/mr-image.ts";
import type { Instance, SeriesContext } from "./session.ts";

const settings: MrSettings = {
  description: "odd",
  bodyPart: "HEAD",
  scanningSequence: "SE",
  sequenceVariant: "SK",
  scanOptions: "",
  sequenceName: "se2d1",
  dimension: "2D",
  echoTrainLength: 1,
  averages: 1,
  bandwidth: 130,
  sliceThickness: 6,
  sliceSpacing: 6,
  phaseDirection: "ROW",
  coil: "Head_32",
};

/** An image named `name`, with elements put in, over its own or left out. */
export function makeSingleImage(
  seed: number,
  name: string,
  changes: Parameters<typeof changeDataSet>[1] = {},
): DataSet {
  const context = makeOddContext(seed, name, scanners.siemensMr);
  const [instance] = makeClassicMr(context, settings, [makeFrame(context, name)]);
  return changeDataSet((instance as Instance).makeDataSet(), changes);
}

function makeFrame(context: SeriesContext, name: string): MrFrame {
  const [plane] = planVolume({
    plane: "transverse",
    rows: 48,
    columns: 48,
    spacing: [4.8, 4.8],
    slices: 1,
    sliceSpacing: 6,
    centre: [0, 0, 14],
  }) as [MrFrame["plane"]];
  const contrast = { echoTime: 90, repetitionTime: 4000, flipAngle: 90, isSpinEcho: true };
  return {
    ...contrast,
    plane,
    imageType: ["ORIGINAL", "PRIMARY", "M", "ND"],
    component: "MAGNITUDE",
    contrast: "T2",
    echo: 1,
    acquisition: 1,
    seconds: 0,
    window: [1000, 2000],
    bitsStored: MR_BITS,
    draw: () =>
      drawMagnitude(
        { context, number: 1, body: head, plane, title: name.slice(0, 8) },
        contrast,
        4000,
      ),
  };
}
