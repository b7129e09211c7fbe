/** The enhanced twin of classic MR images (PS3.3 §A.36.2): one instance, one frame per image, same values. */
import { formatDateTime, formatTime } from "#demo/clock.ts";
import { makeCode } from "#demo/code-item.ts";
import { describePixels } from "#demo/describe-pixels.ts";
import { describeSeries } from "#demo/describe-series.ts";
import { attribute, type Element, emptyAttribute, orderElements, sequence } from "#demo/element.ts";
import { splitFunctionalGroups } from "#demo/functional-groups.ts";
import {
  frameOfReferenceUid,
  type Instance,
  instanceFileName,
  type SeriesContext,
  seriesUid,
} from "#demo/session.ts";
import { imagingFrequency, type MrFrame, type MrSettings } from "./mr-image.ts";

const ENHANCED_MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4.1";

export function makeEnhancedMr(
  context: SeriesContext,
  settings: MrSettings,
  frames: readonly MrFrame[],
): Instance[] {
  return [
    {
      fileName: instanceFileName(1),
      makeDataSet: () =>
        orderElements(
          describeSeries(context, {
            sopClassUid: ENHANCED_MR_IMAGE_STORAGE,
            modality: "MR",
            description: settings.description,
            instanceNumber: 1,
            imageType: frameType(frames[0] as MrFrame),
          }),
          describeAcquisition(context, settings, frames),
          describePulseSequence(settings, frames),
          describeDimensions(context),
          splitFunctionalGroups(
            frames.map((frame, index) => describeFrame(context, settings, frame, index)),
          ),
          drawFrames(frames),
        ),
    },
  ];
}

/** Value 3 is the flavour and value 4 the derived contrast (PS3.3 §C.8.13.3.1.1). */
function frameType(frame: MrFrame): readonly string[] {
  return [frame.imageType[0] ?? "ORIGINAL", "PRIMARY", frame.contrast, "NONE"];
}

/** `MIXED` at the top says that frames differ (PS3.3 §C.8.13.3.1). */
function commonComponent(frames: readonly MrFrame[]): string {
  const components = new Set(frames.map((frame) => frame.component));
  return components.size === 1 ? (frames[0] as MrFrame).component : "MIXED";
}

function drawFrames(frames: readonly MrFrame[]): Element[] {
  const first = frames[0] as MrFrame;
  const { rows, columns } = first.plane;
  const pixels = new Uint16Array(rows * columns * frames.length);
  frames.forEach((frame, index) => {
    pixels.set(frame.draw(), index * rows * columns);
  });
  return describePixels({ rows, columns }, pixels, first.bitsStored);
}

function describeAcquisition(
  context: SeriesContext,
  settings: MrSettings,
  frames: readonly MrFrame[],
): Element[] {
  const { date } = context.session;
  const first = frames[0] as MrFrame;
  return [
    attribute("NumberOfFrames", frames.length),
    attribute("ContentDate", date),
    attribute("ContentTime", formatTime(context.startSeconds + 4)),
    attribute("AcquisitionDateTime", formatDateTime(date, context.startSeconds)),
    attribute("AcquisitionDuration", 60),
    attribute("AcquisitionNumber", 1),
    attribute("PatientPosition", "HFS"),
    attribute("FrameOfReferenceUID", frameOfReferenceUid(context)),
    attribute("PositionReferenceIndicator", ""),
    attribute("PixelPresentation", "MONOCHROME"),
    attribute("VolumetricProperties", "VOLUME"),
    attribute("VolumeBasedCalculationTechnique", "NONE"),
    attribute("ComplexImageComponent", commonComponent(frames)),
    attribute("AcquisitionContrast", first.contrast),
    attribute("ContentQualification", "PRODUCT"),
    emptyAttribute("AcquisitionContextSequence"),
    attribute("BurnedInAnnotation", "NO"),
    attribute("LossyImageCompression", "00"),
    attribute("PresentationLUTShape", "IDENTITY"),
    attribute("ResonantNucleus", "1H"),
    attribute("KSpaceFiltering", "NONE"),
    attribute("MagneticFieldStrength", context.scanner.fieldStrength ?? 0),
    attribute("ApplicableSafetyStandardAgency", "IEC"),
    attribute("BodyPartExamined", settings.bodyPart),
  ];
}

/** MR Pulse Sequence (PS3.3 §C.8.13.4), from the words of the classic object. */
function describePulseSequence(settings: MrSettings, frames: readonly MrFrame[]): Element[] {
  const sequences = new Set(settings.scanningSequence.split("\\"));
  const isSpin = sequences.has("SE");
  return [
    attribute("PulseSequenceName", settings.sequenceName),
    attribute("MRAcquisitionType", settings.dimension),
    attribute("EchoPulseSequence", isSpin ? (sequences.has("GR") ? "BOTH" : "SPIN") : "GRADIENT"),
    attribute("EchoPlanarPulseSequence", sequences.has("EP") ? "YES" : "NO"),
    ...(isSpin ? [attribute("MultipleSpinEcho", "NO")] : []),
    attribute("MultiPlanarExcitation", "NO"),
    attribute("PhaseContrast", "NO"),
    attribute("TimeOfFlightContrast", "NO"),
    attribute("SteadyStatePulseSequence", "NONE"),
    attribute("SaturationRecovery", "NO"),
    attribute("SpectrallySelectedSuppression", "NONE"),
    attribute("OversamplingPhase", "NONE"),
    attribute("GeometryOfKSpaceTraversal", "RECTILINEAR"),
    attribute("SegmentedKSpaceTraversal", "SINGLE"),
    attribute("RectilinearPhaseEncodeReordering", "LINEAR"),
    ...(settings.dimension === "3D" ? [attribute("CoverageOfKSpace", "FULL")] : []),
    attribute("NumberOfKSpaceTrajectories", 1),
    attribute("NumberOfTemporalPositions", countTemporalPositions(frames)),
  ];
}

function countTemporalPositions(frames: readonly MrFrame[]): number {
  return Math.max(1, ...frames.map((frame) => frame.temporalPosition ?? 1));
}

function describeDimensions(context: SeriesContext): Element[] {
  const uid = `${seriesUid(context)}.1`;
  return [
    sequence("DimensionOrganizationSequence", [attribute("DimensionOrganizationUID", uid)]),
    sequence("DimensionIndexSequence", [
      attribute("DimensionOrganizationUID", uid),
      attribute("DimensionIndexPointer", [0x0020_9057]),
      attribute("FunctionalGroupPointer", [0x0020_9111]),
    ]),
  ];
}

/** All functional groups of one frame (PS3.3 Table A.36-2). */
function describeFrame(
  context: SeriesContext,
  settings: MrSettings,
  frame: MrFrame,
  index: number,
): Element[] {
  const [rowSpacing, columnSpacing] = frame.plane.spacing;
  return [
    sequence("PixelMeasuresSequence", [
      attribute("SliceThickness", settings.sliceThickness),
      attribute("SpacingBetweenSlices", settings.sliceSpacing),
      attribute("PixelSpacing", [rowSpacing, columnSpacing]),
    ]),
    describeFrameContent(context, frame, index),
    sequence("PlanePositionSequence", [attribute("ImagePositionPatient", frame.plane.position)]),
    sequence("PlaneOrientationSequence", [
      attribute("ImageOrientationPatient", frame.plane.orientation),
    ]),
    sequence("FrameAnatomySequence", [
      sequence("AnatomicRegionSequence", makeCode("69536005", "SCT", "Head")),
      attribute("FrameLaterality", "U"),
    ]),
    sequence("FrameVOILUTSequence", [
      attribute("WindowCenter", frame.window[0]),
      attribute("WindowWidth", frame.window[1]),
    ]),
    sequence("PixelValueTransformationSequence", [
      attribute("RescaleIntercept", frame.rescale?.intercept ?? 0),
      attribute("RescaleSlope", frame.rescale?.slope ?? 1),
      attribute("RescaleType", frame.rescale?.type ?? "US"),
    ]),
    sequence("MRImageFrameTypeSequence", [
      attribute("FrameType", frameType(frame)),
      attribute("PixelPresentation", "MONOCHROME"),
      attribute("VolumetricProperties", "VOLUME"),
      attribute("VolumeBasedCalculationTechnique", "NONE"),
      attribute("ComplexImageComponent", frame.component),
      attribute("AcquisitionContrast", frame.contrast),
    ]),
    describeFrameTiming(settings, frame),
    sequence("MREchoSequence", [attribute("EffectiveEchoTime", frame.echoTime)]),
    describeModifier(settings, frame),
    describeImagingModifier(context, settings),
    describeFieldOfView(settings, frame),
    sequence("MRReceiveCoilSequence", [
      attribute("ReceiveCoilName", settings.coil),
      emptyAttribute("ReceiveCoilManufacturerName"),
      attribute("ReceiveCoilType", "VOLUME"),
      attribute("QuadratureReceiveCoil", "NO"),
    ]),
    sequence("MRTransmitCoilSequence", [
      attribute("TransmitCoilName", "Body"),
      emptyAttribute("TransmitCoilManufacturerName"),
      attribute("TransmitCoilType", "BODY"),
    ]),
    sequence("MRAveragesSequence", [attribute("NumberOfAverages", settings.averages)]),
    ...describeFrameDiffusion(frame),
  ];
}

function describeFrameContent(context: SeriesContext, frame: MrFrame, index: number): Element {
  const at = formatDateTime(context.session.date, context.startSeconds + frame.seconds);
  return sequence("FrameContentSequence", [
    attribute("StackID", "1"),
    attribute("InStackPositionNumber", index + 1),
    attribute("FrameAcquisitionNumber", frame.acquisition),
    attribute("FrameAcquisitionDateTime", at),
    attribute("FrameReferenceDateTime", at),
    attribute("FrameAcquisitionDuration", 1000),
    attribute("DimensionIndexValues", [index + 1]),
    ...(frame.temporalPosition === undefined
      ? []
      : [attribute("TemporalPositionIndex", frame.temporalPosition)]),
  ]);
}

function describeFrameTiming(settings: MrSettings, frame: MrFrame): Element {
  const isEchoPlanar = settings.scanningSequence.includes("EP");
  return sequence("MRTimingAndRelatedParametersSequence", [
    attribute("RepetitionTime", frame.repetitionTime),
    attribute("EchoTrainLength", settings.echoTrainLength),
    attribute("FlipAngle", frame.flipAngle),
    attribute("GradientEchoTrainLength", isEchoPlanar ? settings.echoTrainLength : 0),
    attribute("RFEchoTrainLength", isEchoPlanar ? 0 : settings.echoTrainLength),
    sequence("OperatingModeSequence", [
      attribute("OperatingModeType", "SPECIFIC ABSORPTION RATE"),
      attribute("OperatingMode", "IEC_NORMAL"),
    ]),
    sequence("SpecificAbsorptionRateSequence", [
      attribute("SpecificAbsorptionRateDefinition", "IEC_WHOLE_BODY"),
      attribute("SpecificAbsorptionRateValue", 0.125),
    ]),
  ]);
}

function describeModifier(settings: MrSettings, frame: MrFrame): Element {
  return sequence("MRModifierSequence", [
    attribute("InversionRecovery", frame.inversionTime === undefined ? "NO" : "YES"),
    ...(frame.inversionTime === undefined
      ? []
      : [attribute("InversionTimes", frame.inversionTime)]),
    attribute("FlowCompensation", "NONE"),
    attribute("Spoiling", "RF"),
    attribute("T2Preparation", "NO"),
    attribute("SpectrallySelectedExcitation", "NONE"),
    attribute("SpatialPresaturation", "NONE"),
    attribute("PartialFourier", "NO"),
    attribute("ParallelAcquisition", settings.acceleration === undefined ? "NO" : "YES"),
    ...(settings.acceleration === undefined
      ? []
      : [
          attribute("ParallelAcquisitionTechnique", "SENSE"),
          attribute("ParallelReductionFactorInPlane", settings.acceleration),
          attribute("ParallelReductionFactorOutOfPlane", 1),
          attribute("ParallelReductionFactorSecondInPlane", 1),
        ]),
  ]);
}

function describeImagingModifier(context: SeriesContext, settings: MrSettings): Element {
  return sequence("MRImagingModifierSequence", [
    attribute("MagnetizationTransfer", "NONE"),
    attribute("BloodSignalNulling", "NO"),
    attribute("Tagging", "NONE"),
    attribute("TransmitterFrequency", imagingFrequency(context)),
    attribute("PixelBandwidth", settings.bandwidth),
  ]);
}

function describeFieldOfView(settings: MrSettings, frame: MrFrame): Element {
  return sequence("MRFOVGeometrySequence", [
    attribute(
      "InPlanePhaseEncodingDirection",
      settings.phaseDirection === "ROW" ? "ROW" : "COLUMN",
    ),
    attribute("MRAcquisitionFrequencyEncodingSteps", frame.plane.columns),
    attribute("MRAcquisitionPhaseEncodingStepsInPlane", frame.plane.rows),
    attribute("PercentSampling", 100),
    attribute("PercentPhaseFieldOfView", 100),
  ]);
}

function describeFrameDiffusion(frame: MrFrame): Element[] {
  const { diffusion } = frame;
  if (diffusion === undefined) return [];
  return [
    sequence("MRDiffusionSequence", [
      attribute("DiffusionBValue", diffusion.bValue),
      attribute("DiffusionDirectionality", diffusion.directionality),
      ...(diffusion.direction === undefined
        ? []
        : [
            sequence("DiffusionGradientDirectionSequence", [
              attribute("DiffusionGradientOrientation", diffusion.direction),
            ]),
          ]),
    ]),
  ];
}
