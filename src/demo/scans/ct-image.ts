/** CT images from numbers (PS3.3 §A.3). */
import { formatTime } from "#demo/clock.ts";
import { describePixels } from "#demo/describe-pixels.ts";
import { describeSeries } from "#demo/describe-series.ts";
import { attribute, orderElements } from "#demo/element.ts";
import { findSliceLocation, type Plane } from "#demo/geometry.ts";
import { trunk } from "#demo/phantom/body.ts";
import { drawPlane } from "#demo/phantom/draw-plane.ts";
import {
  frameOfReferenceUid,
  type Instance,
  instanceFileName,
  instanceRandom,
  type SeriesContext,
} from "#demo/session.ts";

const CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";

/** Stored value = HU + 1024, 12 bits. */
const INTERCEPT = -1024;
const CT_BITS = 12;
const CT_MAXIMUM = 4095;

export interface CtFrame {
  readonly plane: Plane;
  readonly imageType: readonly string[];
  readonly kernel: string;
  readonly sliceThickness: number;
  /** mA. */
  readonly tubeCurrent: number;
  /** ms. */
  readonly exposureTime: number;
  /** mAs. */
  readonly exposure: number;
  readonly modulation: string;
  /** After the begin of the series, s. */
  readonly seconds: number;
  readonly window: readonly [centre: number, width: number];
  /** Largest noise, HU: sharp kernels have more. */
  readonly noise: number;
  readonly title: string;
  readonly caption: string;
}

export function makeCt(
  context: SeriesContext,
  series: { readonly description: string; readonly bodyPart: string },
  frames: readonly CtFrame[],
): Instance[] {
  return frames.map((frame, index) => ({
    fileName: instanceFileName(index + 1),
    makeDataSet: () =>
      orderElements(
        describeSeries(context, {
          sopClassUid: CT_IMAGE_STORAGE,
          modality: "CT",
          description: series.description,
          instanceNumber: index + 1,
          imageType: frame.imageType,
        }),
        [attribute("BodyPartExamined", series.bodyPart)],
        describeCtFrame(context, frame),
        describePixels(frame.plane, drawCt(context, frame, index), CT_BITS),
      ),
  }));
}

function drawCt(context: SeriesContext, frame: CtFrame, index: number): Uint16Array {
  return drawPlane({
    body: trunk,
    plane: frame.plane,
    value: (tissue) => tissue.hounsfield - INTERCEPT,
    noise: frame.noise,
    random: instanceRandom(context, index),
    maximum: CT_MAXIMUM,
    title: frame.title,
    caption: frame.caption,
  });
}

function describeCtFrame(context: SeriesContext, frame: CtFrame) {
  const { date } = context.session;
  const at = formatTime(context.startSeconds + frame.seconds);
  return [
    attribute("AcquisitionDate", date),
    attribute("AcquisitionTime", at),
    attribute("ContentDate", date),
    attribute("ContentTime", at),
    attribute("AcquisitionNumber", 1),
    attribute("PatientPosition", "HFS"),
    attribute("FrameOfReferenceUID", frameOfReferenceUid(context)),
    attribute("PositionReferenceIndicator", ""),
    attribute("KVP", 120),
    attribute("XRayTubeCurrent", frame.tubeCurrent),
    attribute("ExposureTime", frame.exposureTime),
    attribute("Exposure", frame.exposure),
    attribute("ExposureModulationType", frame.modulation),
    attribute("ConvolutionKernel", frame.kernel),
    attribute("FilterType", "WEDGE_3"),
    attribute("FocalSpots", 1.2),
    attribute("GeneratorPower", 42),
    attribute("SliceThickness", frame.sliceThickness),
    attribute("DataCollectionDiameter", 500),
    attribute("ReconstructionDiameter", frame.plane.columns * frame.plane.spacing[1]),
    attribute("DistanceSourceToDetector", 1085.6),
    attribute("DistanceSourceToPatient", 595),
    attribute("GantryDetectorTilt", 0),
    attribute("TableHeight", 142),
    attribute("RotationDirection", "CW"),
    attribute("SingleCollimationWidth", 0.6),
    attribute("TotalCollimationWidth", 38.4),
    attribute("SpiralPitchFactor", 0.6),
    attribute("CTDIvol", Math.round(frame.exposure * 6.8) / 100),
    attribute("ImagePositionPatient", frame.plane.position),
    attribute("ImageOrientationPatient", frame.plane.orientation),
    attribute("SliceLocation", findSliceLocation(frame.plane)),
    attribute("PixelSpacing", frame.plane.spacing),
    attribute("WindowCenter", frame.window[0]),
    attribute("WindowWidth", frame.window[1]),
    attribute("RescaleIntercept", INTERCEPT),
    attribute("RescaleSlope", 1),
    attribute("RescaleType", "HU"),
  ];
}
