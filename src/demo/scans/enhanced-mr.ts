/** The enhanced twin of classic MR images (PS3.3 §A.36.2): one instance, one frame per image, same values. */
import { formatDateTime, formatTime } from "#demo/clock.ts";
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
import { describeFrame, frameType } from "./enhanced-mr-frame.ts";
import type { MrFrame, MrSettings } from "./mr-image.ts";

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
