/**
 * MR images from numbers: the same series and frames become classic instances (PS3.3 §A.4) or one enhanced
 * instance (PS3.3 §A.36), so that twins hold equal values. Scans say only what they measured.
 */
import { formatDateTime, formatTime } from "#demo/clock.ts";
import { describePixels } from "#demo/describe-pixels.ts";
import { describeSeries } from "#demo/describe-series.ts";
import { attribute, type Element, orderElements } from "#demo/element.ts";
import { findSliceLocation, type Plane } from "#demo/geometry.ts";
import {
  frameOfReferenceUid,
  type Instance,
  instanceFileName,
  type SeriesContext,
} from "#demo/session.ts";

export const MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";

/** What all frames of a series share. Units: ms, mm, degrees, Hz per pixel. */
export interface MrSettings {
  readonly description: string;
  readonly protocol?: string;
  readonly bodyPart: string;
  readonly scanningSequence: string;
  readonly sequenceVariant: string;
  readonly scanOptions: string;
  readonly sequenceName: string;
  readonly dimension: "2D" | "3D";
  readonly echoTrainLength: number;
  readonly averages: number;
  readonly bandwidth: number;
  readonly sliceThickness: number;
  readonly sliceSpacing: number;
  readonly phaseDirection: "ROW" | "COL";
  readonly coil: string;
  /** Acceleration in the plane, where there is any. */
  readonly acceleration?: number;
  /** Private elements that all frames share, in classic instances. */
  readonly vendor?: readonly Element[];
}

/** One image. */
export interface MrFrame {
  readonly plane: Plane;
  readonly imageType: readonly string[];
  readonly component: "MAGNITUDE" | "PHASE" | "REAL";
  readonly contrast: string;
  readonly echoTime: number;
  /** Echo number, where the scanner writes one. */
  readonly echo?: number;
  readonly repetitionTime: number;
  readonly inversionTime?: number;
  readonly flipAngle: number;
  readonly acquisition: number;
  /** Begin of the acquisition after that of the series, s. */
  readonly seconds: number;
  /** Number of the volume in time, from 1, where it is a dynamic scan. */
  readonly temporalPosition?: number;
  readonly diffusion?: Diffusion;
  readonly rescale?: { readonly slope: number; readonly intercept: number; readonly type: string };
  readonly window: readonly [centre: number, width: number];
  readonly bitsStored: number;
  /** Private elements, in classic instances. */
  readonly vendor?: readonly Element[];
  readonly draw: () => Uint16Array;
}

export interface Diffusion {
  /** s/mm². */
  readonly bValue: number;
  readonly directionality: "NONE" | "DIRECTIONAL" | "ISOTROPIC";
  /** Unit vector in patient coordinates. */
  readonly direction?: readonly [number, number, number];
}

/** Gyromagnetic ratio of ¹H over 2π, MHz/T. */
const HYDROGEN_MHZ_PER_TESLA = 42.577_478;

export function imagingFrequency(context: SeriesContext): number {
  return Math.round((context.scanner.fieldStrength ?? 0) * HYDROGEN_MHZ_PER_TESLA * 1e6) / 1e6;
}

/** One instance per frame, numbered as they come. */
export function makeClassicMr(
  context: SeriesContext,
  settings: MrSettings,
  frames: readonly MrFrame[],
): Instance[] {
  return frames.map((frame, index) => ({
    fileName: instanceFileName(index + 1),
    makeDataSet: () =>
      orderElements(
        describeSeries(context, {
          sopClassUid: MR_IMAGE_STORAGE,
          modality: "MR",
          description: settings.description,
          ...(settings.protocol === undefined ? {} : { protocol: settings.protocol }),
          instanceNumber: index + 1,
          imageType: frame.imageType,
        }),
        describeSettings(context, settings),
        describeTiming(context, frame),
        describePlane(frame.plane),
        describeContrast(frame),
        describePixels(frame.plane, frame.draw(), frame.bitsStored),
        settings.vendor ?? [],
        frame.vendor ?? [],
      ),
  }));
}

function describeSettings(context: SeriesContext, settings: MrSettings): Element[] {
  return [
    attribute("BodyPartExamined", settings.bodyPart),
    attribute("PatientPosition", "HFS"),
    attribute("FrameOfReferenceUID", frameOfReferenceUid(context)),
    attribute("PositionReferenceIndicator", ""),
    attribute("ScanningSequence", settings.scanningSequence),
    attribute("SequenceVariant", settings.sequenceVariant),
    attribute("ScanOptions", settings.scanOptions),
    attribute("SequenceName", settings.sequenceName),
    attribute("MRAcquisitionType", settings.dimension),
    attribute("EchoTrainLength", settings.echoTrainLength),
    attribute("NumberOfAverages", settings.averages),
    attribute("PixelBandwidth", settings.bandwidth),
    attribute("SliceThickness", settings.sliceThickness),
    attribute("SpacingBetweenSlices", settings.sliceSpacing),
    attribute("InPlanePhaseEncodingDirection", settings.phaseDirection),
    attribute("ReceiveCoilName", settings.coil),
    attribute("TransmitCoilName", "Body"),
    attribute("ImagingFrequency", imagingFrequency(context)),
    attribute("ImagedNucleus", "1H"),
    attribute("MagneticFieldStrength", context.scanner.fieldStrength ?? 0),
    attribute("PercentSampling", 100),
    attribute("PercentPhaseFieldOfView", 100),
    attribute("AngioFlag", "N"),
    attribute("VariableFlipAngleFlag", "N"),
    attribute("SAR", 0.125),
  ];
}

function describeTiming(context: SeriesContext, frame: MrFrame): Element[] {
  const { date } = context.session;
  const seconds = context.startSeconds + frame.seconds;
  return [
    attribute("AcquisitionDate", date),
    attribute("AcquisitionTime", formatTime(seconds)),
    attribute("AcquisitionDateTime", formatDateTime(date, seconds)),
    attribute("ContentDate", date),
    attribute("ContentTime", formatTime(seconds + 4)),
    attribute("AcquisitionNumber", frame.acquisition),
  ];
}

function describePlane(plane: Plane): Element[] {
  return [
    attribute("ImagePositionPatient", plane.position),
    attribute("ImageOrientationPatient", plane.orientation),
    attribute("SliceLocation", findSliceLocation(plane)),
    attribute("PixelSpacing", plane.spacing),
    attribute("AcquisitionMatrix", [plane.columns, 0, 0, plane.rows]),
    attribute("NumberOfPhaseEncodingSteps", plane.rows),
  ];
}

function describeContrast(frame: MrFrame): Element[] {
  const { rescale, diffusion } = frame;
  return [
    attribute("EchoTime", frame.echoTime),
    attribute("RepetitionTime", frame.repetitionTime),
    attribute("FlipAngle", frame.flipAngle),
    attribute("WindowCenter", frame.window[0]),
    attribute("WindowWidth", frame.window[1]),
    ...(frame.echo === undefined ? [] : [attribute("EchoNumbers", frame.echo)]),
    ...(frame.inversionTime === undefined ? [] : [attribute("InversionTime", frame.inversionTime)]),
    ...(frame.temporalPosition === undefined
      ? []
      : [attribute("TemporalPositionIdentifier", frame.temporalPosition)]),
    ...(diffusion === undefined ? [] : describeDiffusion(diffusion)),
    ...(rescale === undefined
      ? []
      : [
          attribute("RescaleIntercept", rescale.intercept),
          attribute("RescaleSlope", rescale.slope),
          attribute("RescaleType", rescale.type),
        ]),
  ];
}

/** The standard's attributes, which late classic exports write at the top level too. */
function describeDiffusion(diffusion: Diffusion): Element[] {
  return [
    attribute("DiffusionBValue", diffusion.bValue),
    attribute("DiffusionDirectionality", diffusion.directionality),
    ...(diffusion.direction === undefined
      ? []
      : [attribute("DiffusionGradientOrientation", diffusion.direction)]),
  ];
}
