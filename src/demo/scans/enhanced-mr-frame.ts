/** Functional groups of a frame of an enhanced MR image (PS3.3 §C.8.13.5). */
import { formatDateTime } from "#demo/clock.ts";
import { makeCode } from "#demo/code-item.ts";
import { attribute, type Element, emptyAttribute, sequence } from "#demo/element.ts";
import type { SeriesContext } from "#demo/session.ts";
import { imagingFrequency, type MrFrame, type MrSettings } from "./mr-image.ts";

/** Value 3 is the flavour and value 4 the derived contrast (PS3.3 §C.8.13.3.1.1). */
export function frameType(frame: MrFrame): readonly string[] {
  return [frame.imageType[0] ?? "ORIGINAL", "PRIMARY", frame.contrast, "NONE"];
}

/** All functional groups of one frame (PS3.3 Table A.36-2). */
export function describeFrame(
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
      attribute("OperatingModeType", "RF"),
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
