/** Attributes of all modalities. */
import { compactDate, compactTime } from "./compact.ts";
import { converted, inGroup, notEnhanced, type Place, topOfAll } from "./place.ts";

const titleCase = (text: string): string => text.charAt(0) + text.slice(1).toLowerCase();

/** Frame Acquisition DateTime holds both parts; the legacy-converted form need not have it (PS3.3 §C.7.6.16.2.2). */
const partOfMoment = (keyword: string, compact: (text: string) => string): Place => ({
  classic: (value) => [[keyword, compact(String(value))]],
  enhanced: (_, { acquisition_date, acquisition_time }) => [
    [
      "FG/FrameContentSequence/FrameAcquisitionDateTime",
      compactDate(String(acquisition_date)) + compactTime(String(acquisition_time)),
    ],
  ],
  legacy: (value) => [[`U/${keyword}`, compact(String(value))]],
});

/** A value of the agent or of its only administration (PS3.3 §C.7.6.4b); the legacy-converted form has the classic module. */
const ofContrast = (classic: string, enhanced: string): Place => ({
  classic: (value) => [[classic, value]],
  enhanced: (value) => [[`ContrastBolusAgentSequence/${enhanced}`, value]],
  legacy: (value) => [[classic, value]],
});

const ofAdministration = (keyword: string): Place =>
  ofContrast(keyword, `ContrastAdministrationProfileSequence/${keyword}`);

const clock = (place: Place): Place => ({
  classic: (value) => place.classic(compactTime(String(value))),
  enhanced: (value, values) => place.enhanced(compactTime(String(value)), values),
  legacy: (value) => place.legacy(compactTime(String(value))),
});

export const commonPlaces = {
  image_position_patient: inGroup("PlanePositionSequence", "ImagePositionPatient"),
  image_orientation_patient: inGroup("PlaneOrientationSequence", "ImageOrientationPatient"),
  pixel_spacing: inGroup("PixelMeasuresSequence", "PixelSpacing"),
  slice_thickness: inGroup("PixelMeasuresSequence", "SliceThickness"),
  spacing_between_slices: inGroup("PixelMeasuresSequence", "SpacingBetweenSlices"),
  slice_location: notEnhanced("SliceLocation", "a frame's place is its Image Position (Patient)"),
  window_center: inGroup("FrameVOILUTSequence", "WindowCenter"),
  window_width: inGroup("FrameVOILUTSequence", "WindowWidth"),
  rescale_intercept: inGroup("PixelValueTransformationSequence", "RescaleIntercept"),
  rescale_slope: inGroup("PixelValueTransformationSequence", "RescaleSlope"),
  rescale_type: inGroup("PixelValueTransformationSequence", "RescaleType"),
  acquisition_number: {
    classic: (value) => [["AcquisitionNumber", value]],
    enhanced: (value) => [["FG/FrameContentSequence/FrameAcquisitionNumber", value]],
    legacy: (value) => [["FG/FrameContentSequence/FrameAcquisitionNumber", value]],
  },
  acquisition_date: partOfMoment("AcquisitionDate", compactDate),
  acquisition_time: partOfMoment("AcquisitionTime", compactTime),
  content_date: topOfAll("ContentDate", (value) => compactDate(String(value))),
  content_time: topOfAll("ContentTime", (value) => compactTime(String(value))),
  patient_position: topOfAll("PatientPosition"),
  burned_in_annotation: topOfAll("BurnedInAnnotation"),
  lossy_image_compression: topOfAll("LossyImageCompression"),
  body_part_examined: {
    classic: (value) => [["BodyPartExamined", value]],
    enhanced: (value) => [
      ["FG/FrameAnatomySequence/AnatomicRegionSequence/CodeMeaning", titleCase(String(value))],
      ["FG/FrameAnatomySequence/FrameLaterality", "U"],
    ],
    legacy: (value) => [
      ["FG/FrameAnatomySequence/AnatomicRegionSequence/CodeMeaning", titleCase(String(value))],
    ],
  },
  scan_options: notEnhanced("ScanOptions", "each option has an attribute of its own"),
  images_in_acquisition: notEnhanced("ImagesInAcquisition", "the number of frames says it"),
  derivation_description: {
    classic: (value) => [["DerivationDescription", value]],
    enhanced: (value) => [["FG/DerivationImageSequence/DerivationDescription", value]],
    legacy: (value) => [["U/DerivationDescription", value]],
  },
  image_comments: {
    classic: (value) => [["ImageComments", value]],
    enhanced: (value) => [["FG/FrameContentSequence/FrameComments", value]],
    legacy: (value) => [["U/ImageComments", value]],
  },
  study_comments: converted("StudyComments", "StudyComments"),
  contrast_bolus_agent: ofContrast("ContrastBolusAgent", "CodeMeaning"),
  contrast_bolus_route: ofContrast(
    "ContrastBolusRoute",
    "ContrastBolusAdministrationRouteSequence/CodeMeaning",
  ),
  contrast_bolus_volume: ofContrast("ContrastBolusVolume", "ContrastBolusVolume"),
  contrast_bolus_concentration: ofContrast(
    "ContrastBolusIngredientConcentration",
    "ContrastBolusIngredientConcentration",
  ),
  contrast_bolus_ingredient: {
    classic: (value) => [["ContrastBolusIngredient", value]],
    enhanced: (value) => [
      [
        "ContrastBolusAgentSequence/ContrastBolusIngredientCodeSequence/CodeMeaning",
        titleCase(String(value)),
      ],
    ],
    legacy: (value) => [["ContrastBolusIngredient", value]],
  },
  contrast_bolus_start_time: clock(ofAdministration("ContrastBolusStartTime")),
  contrast_bolus_stop_time: clock(ofAdministration("ContrastBolusStopTime")),
  contrast_flow_rate: ofAdministration("ContrastFlowRate"),
  contrast_flow_duration: ofAdministration("ContrastFlowDuration"),
} as const satisfies Readonly<Record<string, Place>>;
