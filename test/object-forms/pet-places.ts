/** Attributes of classic PET (PS3.3 §C.8.9) and those of the enhanced form (PS3.3 §C.8.22). */
import type { Value } from "./acquisition.ts";
import { compactDate, compactTime } from "./compact.ts";
import { converted, notEnhanced, type Place, type Writes } from "./place.ts";

const tracer = "RadiopharmaceuticalInformationSequence";

const ofTracer = (keyword: string, enhanced = keyword): Place =>
  converted(`${tracer}/${keyword}`, `${tracer}/${enhanced}`);

/** Values of a form of their own in the classic and in the legacy-converted object. */
const written = (place: Place, as: (value: Value) => Value): Place => ({
  ...place,
  classic: (value) => place.classic(as(value)),
  legacy: (value) => place.legacy(as(value)),
});

const inFrame = (keyword: string): Place =>
  converted(keyword, `FG/PETFrameCorrectionFactorsSequence/${keyword}`);

const moment = (value: Value): string => {
  const [date = "", time = ""] = String(value).split("T");
  return compactDate(date) + compactTime(time);
};

/** The type with its iterations and subsets, and whether it is iterative (PS3.3 §C.8.22.5.6). */
const reconstruction: Writes = [
  ["FG/PETReconstructionSequence/ReconstructionType", "3D"],
  ["FG/PETReconstructionSequence/ReconstructionAlgorithm", "ITERATIVE"],
  ["FG/PETReconstructionSequence/IterativeReconstructionMethod", "YES"],
  ["FG/PETReconstructionSequence/NumberOfIterations", 3],
  ["FG/PETReconstructionSequence/NumberOfSubsets", 21],
];

const isCorrected = (value: Value, term: string): string =>
  String(value).split("\\").includes(term) ? "YES" : "NO";

export const petPlaces = {
  radiopharmaceutical: ofTracer(
    "Radiopharmaceutical",
    "RadiopharmaceuticalCodeSequence/CodeMeaning",
  ),
  radionuclide: {
    classic: () => [[`${tracer}/RadionuclideCodeSequence/CodeMeaning`, "^18^Fluorine"]],
    enhanced: () => [[`${tracer}/RadionuclideCodeSequence/CodeMeaning`, "^18^Fluorine"]],
    legacy: () => [[`U/${tracer}/RadionuclideCodeSequence/CodeMeaning`, "^18^Fluorine"]],
  },
  radionuclide_total_dose: {
    ...ofTracer("RadionuclideTotalDose"),
    enhanced: (value) => [[`${tracer}/RadionuclideTotalDose`, Number(value) / 1e6]],
  },
  radionuclide_half_life: ofTracer("RadionuclideHalfLife"),
  radionuclide_positron_fraction: ofTracer("RadionuclidePositronFraction"),
  radiopharmaceutical_volume: ofTracer("RadiopharmaceuticalVolume"),
  radiopharmaceutical_specific_activity: ofTracer("RadiopharmaceuticalSpecificActivity"),
  radiopharmaceutical_route: ofTracer(
    "RadiopharmaceuticalRoute",
    "AdministrationRouteCodeSequence/CodeMeaning",
  ),
  radiopharmaceutical_start_time: {
    ...written(ofTracer("RadiopharmaceuticalStartTime"), (value) => compactTime(String(value))),
    enhanced: () => [],
  },
  radiopharmaceutical_start_datetime: {
    ...written(ofTracer("RadiopharmaceuticalStartDateTime"), moment),
    enhanced: (value) => [[`${tracer}/RadiopharmaceuticalStartDateTime`, moment(value)]],
  },
  units: {
    ...converted("Units", ""),
    enhanced: () => [
      ["FG/RealWorldValueMappingSequence/MeasurementUnitsCodeSequence/CodeValue", "Bq/ml"],
    ],
  },
  counts_source: converted("CountsSource", "CountsSource"),
  series_type: {
    ...notEnhanced("SeriesType", "the frame type has no word for reprojections"),
    shown: (value) => String(value).split("\\")[0] ?? null,
  },
  corrected_image: {
    ...notEnhanced("CorrectedImage", "each correction has a flag of its own"),
    enhanced: (value) => [
      ["AttenuationCorrected", isCorrected(value, "ATTN")],
      ["ScatterCorrected", isCorrected(value, "SCAT")],
      ["DecayCorrected", isCorrected(value, "DECY")],
      ["RandomsCorrected", isCorrected(value, "RAN")],
    ],
  },
  randoms_correction_method: converted("RandomsCorrectionMethod", "RandomsCorrectionMethod"),
  scatter_correction_method: converted("ScatterCorrectionMethod", "ScatterCorrectionMethod"),
  attenuation_correction_method: {
    ...converted("AttenuationCorrectionMethod", ""),
    enhanced: () => [["AttenuationCorrectionSource", "CT"]],
    differs: "the enhanced form names the source of the map",
    shown: () => "CT",
  },
  decay_correction: {
    ...converted("DecayCorrection", ""),
    enhanced: () => [["DecayCorrectionDateTime", "20200229100000"]],
  },
  reconstruction_method: {
    ...converted("ReconstructionMethod", ""),
    enhanced: () => reconstruction,
    differs: "the enhanced form has terms where the classic one has a text",
    shown: () => "3D (3 iterations, 21 subsets)",
  },
  decay_factor: inFrame("DecayFactor"),
  scatter_fraction_factor: inFrame("ScatterFractionFactor"),
  dead_time_factor: inFrame("DeadTimeFactor"),
  dose_calibration_factor: notEnhanced("DoseCalibrationFactor", "no such attribute"),
  actual_frame_duration: converted(
    "ActualFrameDuration",
    "FG/FrameContentSequence/FrameAcquisitionDuration",
  ),
  frame_reference_time: notEnhanced(
    "FrameReferenceTime",
    "Frame Reference DateTime (0018,9151) is a moment, not a time after the start",
  ),
  number_of_slices: notEnhanced("NumberOfSlices", "the positions say it"),
  number_of_time_slices: notEnhanced("NumberOfTimeSlices", "the times of the frames say it"),
  image_index: notEnhanced("ImageIndex", "the dimensions of the object say it"),
  suv_type: notEnhanced("SUVType", "the units say it"),
  type_of_detector_motion: converted("TypeOfDetectorMotion", "TypeOfDetectorMotion"),
  patient_gantry_relationship_code: notEnhanced(
    "PatientGantryRelationshipCodeSequence/CodeValue",
    "Patient Position says it",
  ),
  patient_gantry_relationship: notEnhanced(
    "PatientGantryRelationshipCodeSequence/CodeMeaning",
    "Patient Position says it",
  ),
  patient_orientation_code: notEnhanced(
    "PatientOrientationCodeSequence/CodeValue",
    "Patient Position says it",
  ),
  patient_orientation_meaning: notEnhanced(
    "PatientOrientationCodeSequence/CodeMeaning",
    "Patient Position says it",
  ),
} as const satisfies Readonly<Record<string, Place>>;
