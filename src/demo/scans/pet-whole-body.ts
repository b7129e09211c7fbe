import { planVolume } from "#demo/geometry.ts";
import { trunk } from "#demo/phantom/body.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { makePet, type PetFrame } from "./pet-image.ts";

const BEDS = 4;
const BED_SECONDS = 120;

/** The trunk in four places of the bed, stitched into one volume: slices of a place share their time. */
export function makePetWholeBody(context: SeriesContext): Instance[] {
  const planes = planVolume({
    plane: "transverse",
    rows: 64,
    columns: 64,
    spacing: [8, 8],
    slices: scaleCount(context, 10) * BEDS,
    sliceSpacing: 20,
  });
  const slicesPerBed = planes.length / BEDS;
  const frames = planes.map((plane, slice): PetFrame => {
    const bed = Math.floor(slice / slicesPerBed);
    return {
      plane,
      // From the thighs up, and some seconds for moving the bed.
      seconds: bed * (BED_SECONDS + 4),
      durationSeconds: BED_SECONDS,
      uptake: 1,
      title: "PET WB",
      caption: `${slice + 1} BED ${bed + 1}`,
    };
  });
  const settings = {
    description: "PET WB",
    bodyPart: "WHOLEBODY",
    body: trunk,
    kind: "WHOLE BODY",
    slices: planes.length,
    timeSlices: 1,
    sliceThickness: 20,
    uptakeSeconds: 3600,
  } as const;
  return makePet(context, settings, frames);
}
