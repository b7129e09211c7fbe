import { planVolume } from "#demo/geometry.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { type CtFrame, makeCt } from "./ct-image.ts";

/** A scout from the front. */
export function makeCtScout(context: SeriesContext): Instance[] {
  const planes = planVolume({
    plane: "coronal",
    rows: 96,
    columns: 64,
    spacing: [7, 7],
    slices: 1,
    sliceSpacing: 1,
    centre: [0, 0, 30],
  });
  const frames = planes.map(
    (plane): CtFrame => ({
      plane,
      imageType: ["ORIGINAL", "PRIMARY", "LOCALIZER", "CT_SOM5 TOP"],
      kernel: "T20f",
      sliceThickness: 0.6,
      tubeCurrent: 35,
      exposureTime: 3200,
      exposure: 112,
      modulation: "NONE",
      seconds: 0,
      window: [0, 1200],
      noise: 30,
      title: "SCOUT",
      caption: "",
    }),
  );
  return makeCt(context, { description: "Topogram  0.6  T20f", bodyPart: "CHEST" }, frames);
}

const kernels = [
  { kernel: "B30f", title: "CT B30F", noise: 35, window: [40, 400] },
  { kernel: "B70f", title: "CT B70F", noise: 140, window: [-500, 1500] },
] as const;

/**
 * A chest with automatic dose modulation, reconstructed with a soft and a sharp kernel into one series: the
 * tube current follows the body from slice to slice.
 */
export function makeCtChest(context: SeriesContext): Instance[] {
  const planes = planVolume({
    plane: "transverse",
    rows: 64,
    columns: 64,
    spacing: [6.2, 6.2],
    slices: scaleCount(context, 24),
    sliceSpacing: 12,
    centre: [0, 0, 60],
  });
  const frames = kernels.flatMap((kind) =>
    planes.map((plane, slice): CtFrame => {
      const along = slice / Math.max(1, planes.length - 1);
      const tubeCurrent = Math.round(220 - 180 * Math.sin(along * Math.PI));
      return {
        plane,
        imageType: ["ORIGINAL", "PRIMARY", "AXIAL", "CT_SOM5 SPI"],
        kernel: kind.kernel,
        sliceThickness: 12,
        tubeCurrent,
        exposureTime: 500,
        exposure: Math.round(tubeCurrent / 2),
        modulation: "XYZ_EC",
        seconds: 20 + slice * 0.25,
        window: kind.window,
        noise: kind.noise,
        title: kind.title,
        caption: String(slice + 1),
      };
    }),
  );
  return makeCt(context, { description: "Thorax  12.0", bodyPart: "CHEST" }, frames);
}
