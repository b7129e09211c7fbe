/** Remarks that the stack rules put on a stack (`stack_flags`). */
import type { Code } from "./code.ts";

const known = "Nothing to do: the stack is as it should be.";

export const stackFlags = [
  {
    code: "irregular-spacing",
    meaning: "Gaps between neighbouring positions differ by more than 0.05 mm and 1 %.",
    advice: "Do not take the median gap for the spacing of a volume.",
  },
  {
    code: "incomplete-grid",
    meaning: "Positions were not all taken equally often, or some have no image at all.",
    advice:
      "Look for missing files, a run that was broken off, or slices that were taken again; `stack_n_missing` counts what would complete the grid.",
  },
  {
    code: "duplicate-position",
    meaning: "Images share place, time and weighting, and nothing that is read tells them apart.",
    advice:
      "Look at the images: repetitions, or parts that the maker tells apart by their order or in private elements.",
  },
  {
    code: "no-geometry",
    meaning: "No image has both position and orientation.",
    advice: "Expect no volume of this stack.",
  },
  {
    code: "type-assumed",
    meaning: "Nothing says whether the images are magnitude or phase; magnitude was assumed.",
    advice: "Check if phase images are expected.",
  },
  {
    code: "dose-modulated",
    meaning: "Tube current or exposure follow the patient and do not part the stack.",
    advice: known,
  },
  {
    code: "mosaic",
    meaning: "Each image is a sheet that holds the slices of a volume as tiles.",
    advice:
      "Cut the slices out. `image_position_patient` is the corner of the sheet; on Siemens' the first slice's lies half of (sheet − tile) from it, along rows and along columns.",
  },
  {
    code: "inversion-time-varies",
    meaning: "The inversion time follows the heart and does not part the stack.",
    advice: known,
  },
  {
    code: "frame-of-reference-varies",
    meaning: "Images have different frames of reference and are one volume all the same.",
    advice:
      "De-identification gave each file a UID of its own; have it keep the frame of reference.",
  },
  {
    code: "trace-weighted",
    meaning: "All diffusion images are isotropic and are measured ones, not maps.",
    advice: known,
  },
  {
    code: "echo-inferred",
    meaning: "All images have one echo number; GE's raw data runs gave each its own.",
    advice: known,
  },
] as const satisfies readonly Code[];
