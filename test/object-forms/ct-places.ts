/** Attributes of the CT Image Module (PS3.3 §C.8.2.1) and those of the enhanced form (PS3.3 §C.8.15.3). */
import { converted, notEnhanced, type Place, topOfAll } from "./place.ts";

const inMacro = (sequence: string, keyword: string, enhanced = keyword): Place =>
  converted(keyword, `FG/${sequence}/${enhanced}`);

export const ctPlaces = {
  kvp: inMacro("CTXRayDetailsSequence", "KVP"),
  focal_spots: inMacro("CTXRayDetailsSequence", "FocalSpots"),
  filter_type: inMacro("CTXRayDetailsSequence", "FilterType"),
  generator_power: notEnhanced("GeneratorPower", "no such attribute"),
  x_ray_tube_current: inMacro("CTExposureSequence", "XRayTubeCurrent", "XRayTubeCurrentInmA"),
  exposure_time: inMacro("CTExposureSequence", "ExposureTime", "ExposureTimeInms"),
  exposure: inMacro("CTExposureSequence", "Exposure", "ExposureInmAs"),
  exposure_modulation_type: inMacro("CTExposureSequence", "ExposureModulationType"),
  estimated_dose_saving: inMacro("CTExposureSequence", "EstimatedDoseSaving"),
  ctdi_vol: inMacro("CTExposureSequence", "CTDIvol"),
  ctdi_phantom_type: inMacro("CTExposureSequence", "CTDIPhantomTypeCodeSequence/CodeMeaning"),
  ctdi_phantom_type_code: inMacro("CTExposureSequence", "CTDIPhantomTypeCodeSequence/CodeValue"),
  convolution_kernel: inMacro("CTReconstructionSequence", "ConvolutionKernel"),
  reconstruction_diameter: inMacro("CTReconstructionSequence", "ReconstructionDiameter"),
  data_collection_diameter: inMacro("CTAcquisitionDetailsSequence", "DataCollectionDiameter"),
  gantry_detector_tilt: inMacro("CTAcquisitionDetailsSequence", "GantryDetectorTilt"),
  table_height: inMacro("CTAcquisitionDetailsSequence", "TableHeight"),
  rotation_direction: inMacro("CTAcquisitionDetailsSequence", "RotationDirection"),
  revolution_time: inMacro("CTAcquisitionDetailsSequence", "RevolutionTime"),
  single_collimation_width: inMacro("CTAcquisitionDetailsSequence", "SingleCollimationWidth"),
  total_collimation_width: inMacro("CTAcquisitionDetailsSequence", "TotalCollimationWidth"),
  table_speed: inMacro("CTTableDynamicsSequence", "TableSpeed"),
  table_feed_per_rotation: inMacro("CTTableDynamicsSequence", "TableFeedPerRotation"),
  spiral_pitch_factor: inMacro("CTTableDynamicsSequence", "SpiralPitchFactor"),
  calcium_scoring_mass_factor_device: inMacro(
    "CTXRayDetailsSequence",
    "CalciumScoringMassFactorDevice",
  ),
  multienergy: topOfAll("MultienergyCTAcquisition"),
  monoenergetic_kev: inMacro(
    "MultienergyCTCharacteristicsSequence",
    "MonoenergeticEnergyEquivalent",
  ),
} as const satisfies Readonly<Record<string, Place>>;

/** Classic images of makers that write thousandths: of mA, of ms and of mAs (PS3.3 §C.8.7.5, §C.8.2.1). */
const inThousandths = (keyword: string, place: Place): Place => {
  const classic = converted(keyword, "");
  return {
    ...place,
    classic: (value) => classic.classic(Number(value) * 1000),
    legacy: (value) => classic.legacy(Number(value) * 1000),
  };
};

export const thousandths = {
  x_ray_tube_current: inThousandths("XRayTubeCurrentInuA", ctPlaces.x_ray_tube_current),
  exposure_time: inThousandths("ExposureTimeInuS", ctPlaces.exposure_time),
  exposure: inThousandths("ExposureInuAs", ctPlaces.exposure),
} as const satisfies Readonly<Record<string, Place>>;

/** Classic images keep what is a functional group of enhanced ones in the same sequence (PS3.3 §C.8.2.2). */
export const multienergy = {
  monoenergetic_kev: converted(
    "MultienergyCTCharacteristicsSequence/MonoenergeticEnergyEquivalent",
    "FG/MultienergyCTCharacteristicsSequence/MonoenergeticEnergyEquivalent",
  ),
} as const satisfies Readonly<Record<string, Place>>;
