import { planVolume } from "#demo/geometry.ts";
import { head } from "#demo/phantom/body.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { makePet, type PetFrame } from "./pet-image.ts";

/** Lengths of the time frames, s: short while the tracer floods in. */
const durations = [30, 60, 120, 300, 600, 600];

/** The brain from the injection on: each slice again in each time frame, brighter as the tracer comes in. */
export function makePetDynamic(context: SeriesContext): Instance[] {
  const planes = planVolume({
    plane: "transverse",
    rows: 64,
    columns: 64,
    spacing: [4, 4],
    slices: scaleCount(context, 9),
    sliceSpacing: 12,
    centre: [0, -14, 10],
  });
  let begin = 0;
  const frames = durations.flatMap((durationSeconds, time) => {
    const seconds = begin;
    begin += durationSeconds;
    return planes.map(
      (plane, slice): PetFrame => ({
        plane,
        seconds,
        durationSeconds,
        uptake: (time + 1) / durations.length,
        title: "PET DYN",
        caption: `${slice + 1}/${time + 1}`,
      }),
    );
  });
  const settings = {
    description: "PET Brain dynamic",
    bodyPart: "HEAD",
    body: head,
    kind: "DYNAMIC",
    slices: planes.length,
    timeSlices: durations.length,
    sliceThickness: 12,
    uptakeSeconds: 5,
  } as const;
  return makePet(context, settings, frames);
}
