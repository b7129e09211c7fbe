/** PET: one volume, and one volume after the other. */
import { scanners } from "#demo/scanners.ts";
import {
  type Acquisition,
  describeFrame,
  type Frame,
  planSlab,
  type Slab,
  type Values,
} from "./acquisition.ts";

const slab: Slab = { slices: 6, spacing: 2, thickness: 2, pixel: 4 };

const tracer: Values = {
  body_part_examined: "HEAD",
  radiopharmaceutical: "Fluorodeoxyglucose F^18^",
  radionuclide: "F-18",
  radionuclide_total_dose: 312_000_000,
  radionuclide_half_life: 6586.2,
  radionuclide_positron_fraction: 0.967,
  radiopharmaceutical_volume: 2.5,
  radiopharmaceutical_specific_activity: 5e10,
  radiopharmaceutical_route: "Intravenous route",
  radiopharmaceutical_start_time: "09:00:00",
  radiopharmaceutical_start_datetime: "2020-02-29T09:00:00",
  units: "BQML",
  counts_source: "EMISSION",
  corrected_image: "NORM\\DTIM\\ATTN\\SCAT\\DECY\\RAN",
  randoms_correction_method: "DLYD",
  scatter_correction_method: "Model-based",
  attenuation_correction_method: "measured,AC CT",
  decay_correction: "START",
  reconstruction_method: "PSF+TOF 3i21s",
  scatter_fraction_factor: 0.31,
  dead_time_factor: 1.04,
  dose_calibration_factor: 1,
  type_of_detector_motion: "STATIONARY",
  number_of_slices: slab.slices,
  patient_gantry_relationship_code: "F-10470",
  patient_gantry_relationship: "headfirst",
  patient_orientation_code: "F-10450",
  patient_orientation_meaning: "recumbent",
};

function describePet(kind: "STATIC" | "DYNAMIC", times: number, duration: number): Frame[] {
  const planes = planSlab(slab);
  return Array.from({ length: times }, (_, time) => time).flatMap((time) =>
    planes.map(
      (plane, slice): Frame => ({
        imageType: "ORIGINAL\\PRIMARY",
        frameType: `ORIGINAL\\PRIMARY\\${kind}\\NONE`,
        values: {
          ...describeFrame(slab, plane, time * duration),
          ...tracer,
          rescale_slope: 1 + slice / 8 + time / 64,
          series_type: `${kind}\\IMAGE`,
          decay_factor: 1 + time / 32,
          actual_frame_duration: duration * 1000,
          frame_reference_time: (time + 0.5) * duration * 1000,
          image_index: time * planes.length + slice + 1,
          ...(kind === "DYNAMIC" ? { number_of_time_slices: times } : {}),
        },
      }),
    ),
  );
}

const still: Acquisition = {
  name: "PET static",
  modality: "PT",
  scanner: scanners.siemensPet,
  stacks: {
    "PT|BED=1|FRAME=STATIC|TYPE=IMAGE|ORIENT=TRA": 6,
  },
  frames: describePet("STATIC", 1, 600),
};

const dynamic: Acquisition = {
  name: "PET dynamic",
  modality: "PT",
  scanner: scanners.siemensPet,
  stacks: {
    "PT|BED=1|FRAME=DYNAMIC|TYPE=IMAGE|ORIENT=TRA": 24,
  },
  frames: describePet("DYNAMIC", 4, 60),
};

export const petAcquisitions = [still, dynamic] as const;
