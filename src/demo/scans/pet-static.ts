import { planVolume } from "#demo/geometry.ts";
import { head } from "#demo/phantom/body.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { makePet, type PetFrame } from "./pet-image.ts";

/** The brain once, when the uptake is done. */
export function makePetStatic(context: SeriesContext): Instance[] {
  const planes = planVolume({
    plane: "transverse",
    rows: 64,
    columns: 64,
    spacing: [4, 4],
    slices: scaleCount(context, 14),
    sliceSpacing: 10,
    centre: [0, -14, 10],
  });
  const frames = planes.map(
    (plane, slice): PetFrame => ({
      plane,
      seconds: 0,
      durationSeconds: 900,
      uptake: 1,
      title: "PET STAT",
      caption: String(slice + 1),
    }),
  );
  const settings = {
    description: "PET Brain static",
    bodyPart: "HEAD",
    body: head,
    kind: "STATIC",
    slices: planes.length,
    timeSlices: 1,
    sliceThickness: 10,
    uptakeSeconds: 3600,
  } as const;
  return makePet(context, settings, frames);
}
