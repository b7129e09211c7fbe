/** PET images from numbers (PS3.3 §A.21). */
import { formatDateTime, formatTime } from "#demo/clock.ts";
import { makeCode } from "#demo/code-item.ts";
import { describePixels } from "#demo/describe-pixels.ts";
import { describeSeries } from "#demo/describe-series.ts";
import { attribute, type Element, emptyAttribute, orderElements, sequence } from "#demo/element.ts";
import { findSliceLocation, type Plane } from "#demo/geometry.ts";
import type { Body } from "#demo/phantom/body.ts";
import { drawPlane } from "#demo/phantom/draw-plane.ts";
import {
  frameOfReferenceUid,
  type Instance,
  instanceFileName,
  instanceRandom,
  type SeriesContext,
} from "#demo/session.ts";

const PET_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.128";

/** ¹⁸F: s. */
const HALF_LIFE = 6586.2;

/** Activity given to the patient, Bq. */
const TOTAL_DOSE = 312_000_000;

/** 16 bits are stored, of which scanners leave the highest unused. */
const PET_BITS = 16;
const PET_MAXIMUM = 32_767;

export interface PetSettings {
  readonly description: string;
  readonly bodyPart: string;
  readonly body: Body;
  readonly kind: "STATIC" | "DYNAMIC" | "WHOLE BODY";
  readonly slices: number;
  readonly timeSlices: number;
  readonly sliceThickness: number;
  /** From the injection to the begin of the series, s. */
  readonly uptakeSeconds: number;
}

export interface PetFrame {
  readonly plane: Plane;
  /** Begin of the acquisition after that of the series, and its length: s. */
  readonly seconds: number;
  readonly durationSeconds: number;
  /** Share of the final uptake, 0 to 1: rises in a dynamic scan. */
  readonly uptake: number;
  readonly title: string;
  readonly caption: string;
}

export function makePet(
  context: SeriesContext,
  settings: PetSettings,
  frames: readonly PetFrame[],
): Instance[] {
  return frames.map((frame, index) => ({
    fileName: instanceFileName(index + 1),
    makeDataSet: () => {
      const slope = findSlope(context, frame);
      return orderElements(
        describeSeries(context, {
          sopClassUid: PET_IMAGE_STORAGE,
          modality: "PT",
          description: settings.description,
          instanceNumber: index + 1,
          imageType: ["ORIGINAL", "PRIMARY"],
        }),
        describePetSeries(context, settings),
        describeTracer(context, settings),
        describePetFrame(context, frame, index, slope),
        describePixels(frame.plane, drawPet(context, settings, frame, index, slope), PET_BITS),
        [attribute("SmallestImagePixelValue", 0), attribute("LargestImagePixelValue", PET_MAXIMUM)],
      );
    },
  }));
}

/** Bq/ml of an uptake of 1: the dose spread evenly over the body, 1 g for 1 ml. */
function findMeanActivity(context: SeriesContext): number {
  return TOTAL_DOSE / (context.session.person.weight * 1000);
}

/**
 * Bq/ml per stored value. Each slice has its own, as PET scanners do to use all bits; here it
 * depends on the place alone, so that it has few digits.
 */
function findSlope(context: SeriesContext, frame: PetFrame): number {
  const brightest = findMeanActivity(context) * 16;
  const factor = 1 + (Math.abs(frame.plane.position[2]) % 50) / 100;
  return Number(((brightest * factor) / PET_MAXIMUM).toPrecision(6));
}

function drawPet(
  context: SeriesContext,
  settings: PetSettings,
  frame: PetFrame,
  index: number,
  slope: number,
): Uint16Array {
  const perUptake = (findMeanActivity(context) * frame.uptake) / slope;
  return drawPlane({
    body: settings.body,
    plane: frame.plane,
    value: (tissue) => tissue.uptake * perUptake,
    noise: perUptake * 0.4,
    random: instanceRandom(context, index),
    maximum: PET_MAXIMUM,
    title: frame.title,
    caption: frame.caption,
  });
}

/** PET Series (PS3.3 §C.8.9.1). */
function describePetSeries(context: SeriesContext, settings: PetSettings): Element[] {
  return [
    attribute("BodyPartExamined", settings.bodyPart),
    attribute("FrameOfReferenceUID", frameOfReferenceUid(context)),
    attribute("PositionReferenceIndicator", ""),
    attribute("Units", "BQML"),
    attribute("CountsSource", "EMISSION"),
    attribute("SeriesType", [settings.kind, "IMAGE"]),
    attribute("NumberOfSlices", settings.slices),
    ...(settings.kind === "DYNAMIC" ? [attribute("NumberOfTimeSlices", settings.timeSlices)] : []),
    attribute("CorrectedImage", ["NORM", "DTIM", "ATTN", "SCAT", "DECY", "RAN"]),
    attribute("RandomsCorrectionMethod", "DLYD"),
    attribute("AttenuationCorrectionMethod", "measured,AC CT"),
    attribute("ScatterCorrectionMethod", "Model-based"),
    attribute("DecayCorrection", "START"),
    attribute("ReconstructionMethod", "PSF+TOF 3i21s"),
    attribute("CollimatorType", "NONE"),
    attribute("DateOfLastCalibration", context.session.date),
    attribute("TimeOfLastCalibration", "060000.000000"),
    attribute("SliceThickness", settings.sliceThickness),
  ];
}

/** PET Isotope and Patient Orientation (PS3.3 §C.8.9.2, §C.8.4.6). */
function describeTracer(context: SeriesContext, settings: PetSettings): Element[] {
  const start = context.startSeconds - settings.uptakeSeconds;
  return [
    sequence("RadiopharmaceuticalInformationSequence", [
      attribute("Radiopharmaceutical", "Fluorodeoxyglucose"),
      attribute("RadiopharmaceuticalVolume", 2.5),
      attribute("RadiopharmaceuticalStartTime", formatTime(start)),
      attribute("RadionuclideTotalDose", TOTAL_DOSE),
      attribute("RadionuclideHalfLife", HALF_LIFE),
      attribute("RadionuclidePositronFraction", 0.967),
      attribute("RadiopharmaceuticalStartDateTime", formatDateTime(context.session.date, start)),
      sequence("RadionuclideCodeSequence", makeCode("C-111A1", "SRT", "^18^Fluorine")),
      sequence("AdministrationRouteCodeSequence", makeCode("47625008", "SCT", "Intravenous route")),
      sequence(
        "RadiopharmaceuticalCodeSequence",
        makeCode("C-B1031", "SRT", "Fluorodeoxyglucose F^18^"),
      ),
    ]),
    sequence("PatientOrientationCodeSequence", [
      ...makeCode("F-10450", "SRT", "recumbent"),
      sequence("PatientOrientationModifierCodeSequence", makeCode("F-10340", "SRT", "supine")),
    ]),
    sequence("PatientGantryRelationshipCodeSequence", makeCode("F-10470", "SRT", "headfirst")),
  ];
}

/** PET Image (PS3.3 §C.8.9.4). */
function describePetFrame(
  context: SeriesContext,
  frame: PetFrame,
  index: number,
  slope: number,
): Element[] {
  const { date } = context.session;
  const at = formatTime(context.startSeconds + frame.seconds);
  const middle = frame.seconds + frame.durationSeconds / 2;
  return [
    attribute("AcquisitionDate", date),
    attribute("AcquisitionTime", at),
    attribute("ContentDate", date),
    attribute("ContentTime", at),
    emptyAttribute("PatientOrientation"),
    attribute("FrameReferenceTime", middle * 1000),
    attribute("ActualFrameDuration", frame.durationSeconds * 1000),
    attribute(
      "DecayFactor",
      Number(Math.exp((Math.LN2 * frame.seconds) / HALF_LIFE).toPrecision(7)),
    ),
    attribute("DoseCalibrationFactor", 1),
    attribute("ScatterFractionFactor", 0.31),
    attribute("DeadTimeFactor", 1.04),
    attribute("ImageIndex", index + 1),
    attribute("ImagePositionPatient", frame.plane.position),
    attribute("ImageOrientationPatient", frame.plane.orientation),
    attribute("SliceLocation", findSliceLocation(frame.plane)),
    attribute("PixelSpacing", frame.plane.spacing),
    attribute("WindowCenter", Math.round(findMeanActivity(context) * 4)),
    attribute("WindowWidth", Math.round(findMeanActivity(context) * 8)),
    attribute("RescaleIntercept", 0),
    attribute("RescaleSlope", slope),
  ];
}
