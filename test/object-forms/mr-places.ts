/** Attributes of the MR Image Module (PS3.3 §C.8.3.1) and those of the enhanced form (PS3.3 §C.8.13). */
import type { Value, Values } from "./acquisition.ts";
import { converted, notEnhanced, type Place, topOfAll, type Writes } from "./place.ts";

const hasTerm = (value: Value, term: string): boolean => String(value).split("\\").includes(term);

const yesOrNo = (isYes: boolean): string => (isYes ? "YES" : "NO");

/** Echo Pulse Sequence, Inversion Recovery and Echo Planar Pulse Sequence (PS3.3 §C.8.13.4, §C.8.13.5.5). */
const scanningSequence = (value: Value): Writes => [
  ["EchoPulseSequence", hasTerm(value, "SE") ? "SPIN" : "GRADIENT"],
  ["EchoPlanarPulseSequence", yesOrNo(hasTerm(value, "EP"))],
  ["FG/MRModifierSequence/InversionRecovery", yesOrNo(hasTerm(value, "IR"))],
];

const sequenceVariant = (value: Value): Writes => [
  ["SegmentedKSpaceTraversal", hasTerm(value, "SK") ? "PARTIAL" : "SINGLE"],
  ["SteadyStatePulseSequence", hasTerm(value, "SS") ? "FREE_PRECESSION" : "NONE"],
  [
    "FG/MRImagingModifierSequence/MagnetizationTransfer",
    hasTerm(value, "MTC") ? "ON_RESONANCE" : "NONE",
  ],
  ["FG/MRModifierSequence/Spoiling", hasTerm(value, "SP") ? "RF" : "NONE"],
];

/** Frequency rows, frequency columns, phase rows, phase columns: two of them are 0. */
function acquisitionMatrix(value: Value): Writes {
  const [frequencyRows = 0, frequencyColumns = 0, phaseRows = 0, phaseColumns = 0] =
    value as readonly number[];
  return [
    [
      "FG/MRFOVGeometrySequence/MRAcquisitionFrequencyEncodingSteps",
      frequencyRows || frequencyColumns,
    ],
    ["FG/MRFOVGeometrySequence/MRAcquisitionPhaseEncodingStepsInPlane", phaseRows || phaseColumns],
  ];
}

const timing = "MRTimingAndRelatedParametersSequence";

/** Lines per excitation, whatever the echoes; of gradient and spin echo together each length is a factor of it. */
function echoTrain(value: Value, { scanning_sequence = "" }: Values): Writes {
  const isPlanar = hasTerm(scanning_sequence, "EP");
  const spinEchoes = hasTerm(scanning_sequence, "SE") ? (isPlanar ? 4 : Number(value)) : 0;
  return [
    [`FG/${timing}/EchoTrainLength`, value],
    [`FG/${timing}/RFEchoTrainLength`, spinEchoes],
    [`FG/${timing}/GradientEchoTrainLength`, isPlanar ? Number(value) / (spinEchoes || 1) : 0],
  ];
}

const inMacro = (sequence: string, keyword: string): Place =>
  converted(keyword, `FG/${sequence}/${keyword}`);

export const mrPlaces = {
  echo_time: converted("EchoTime", "FG/MREchoSequence/EffectiveEchoTime"),
  repetition_time: inMacro(timing, "RepetitionTime"),
  flip_angle: inMacro(timing, "FlipAngle"),
  inversion_time: converted("InversionTime", "FG/MRModifierSequence/InversionTimes"),
  echo_numbers: notEnhanced("EchoNumbers", "an enhanced object does not number echoes"),
  echo_train_length: {
    ...inMacro(timing, "EchoTrainLength"),
    enhanced: echoTrain,
  },
  scanning_sequence: {
    ...converted("ScanningSequence", ""),
    enhanced: scanningSequence,
  },
  sequence_variant: {
    ...converted("SequenceVariant", ""),
    enhanced: sequenceVariant,
  },
  sequence_name: converted("SequenceName", "PulseSequenceName"),
  mr_acquisition_type: converted("MRAcquisitionType", "MRAcquisitionType"),
  angio_flag: notEnhanced("AngioFlag", "the contrast of a frame says it"),
  variable_flip_angle_flag: notEnhanced("VariableFlipAngleFlag", "no such attribute"),
  number_of_averages: inMacro("MRAveragesSequence", "NumberOfAverages"),
  imaging_frequency: converted(
    "ImagingFrequency",
    "FG/MRImagingModifierSequence/TransmitterFrequency",
  ),
  imaged_nucleus: converted("ImagedNucleus", "ResonantNucleus"),
  magnetic_field_strength: topOfAll("MagneticFieldStrength"),
  acquisition_duration: topOfAll("AcquisitionDuration"),
  number_of_phase_encoding_steps: converted(
    "NumberOfPhaseEncodingSteps",
    "FG/MRFOVGeometrySequence/MRAcquisitionPhaseEncodingStepsInPlane",
  ),
  percent_sampling: inMacro("MRFOVGeometrySequence", "PercentSampling"),
  percent_phase_field_of_view: inMacro("MRFOVGeometrySequence", "PercentPhaseFieldOfView"),
  pixel_bandwidth: inMacro("MRImagingModifierSequence", "PixelBandwidth"),
  acquisition_matrix: {
    ...converted("AcquisitionMatrix", ""),
    enhanced: acquisitionMatrix,
  },
  phase_encoding_direction: converted(
    "InPlanePhaseEncodingDirection",
    "FG/MRFOVGeometrySequence/InPlanePhaseEncodingDirection",
    (value) => (value === "COL" ? "COLUMN" : value),
  ),
  receive_coil_name: inMacro("MRReceiveCoilSequence", "ReceiveCoilName"),
  transmit_coil_name: inMacro("MRTransmitCoilSequence", "TransmitCoilName"),
  sar: {
    ...converted("SAR", ""),
    enhanced: (value) => [
      [`FG/${timing}/SpecificAbsorptionRateSequence/SpecificAbsorptionRateValue`, value],
      [
        `FG/${timing}/SpecificAbsorptionRateSequence/SpecificAbsorptionRateDefinition`,
        "IEC_WHOLE_BODY",
      ],
    ],
  },
  b1rms: topOfAll("B1rms"),
  dbdt: {
    ...converted("dBdt", ""),
    enhanced: (value) => [
      [`FG/${timing}/GradientOutput`, value],
      [`FG/${timing}/GradientOutputType`, "DB_DT"],
    ],
  },
  temporal_position_identifier: converted(
    "TemporalPositionIdentifier",
    "FG/FrameContentSequence/TemporalPositionIndex",
  ),
  number_of_temporal_positions: notEnhanced(
    "NumberOfTemporalPositions",
    "the dimensions of the object say it",
  ),
  temporal_resolution: notEnhanced("TemporalResolution", "the times of the frames say it"),
  trigger_time: converted(
    "TriggerTime",
    "FG/CardiacSynchronizationSequence/NominalCardiacTriggerDelayTime",
  ),
  diffusion_b_value: inMacro("MRDiffusionSequence", "DiffusionBValue"),
  diffusion_directionality: inMacro("MRDiffusionSequence", "DiffusionDirectionality"),
  diffusion_gradient_orientation: converted(
    "DiffusionGradientOrientation",
    "FG/MRDiffusionSequence/DiffusionGradientDirectionSequence/DiffusionGradientOrientation",
  ),
  parallel_acquisition_technique: inMacro("MRModifierSequence", "ParallelAcquisitionTechnique"),
  parallel_reduction_factor_in_plane: inMacro(
    "MRModifierSequence",
    "ParallelReductionFactorInPlane",
  ),
  parallel_reduction_factor_out_of_plane: inMacro(
    "MRModifierSequence",
    "ParallelReductionFactorOutOfPlane",
  ),
} as const satisfies Readonly<Record<string, Place>>;
