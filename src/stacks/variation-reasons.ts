/**
 * Why an input that differs within a stack did not separate its images. A part that passes its test
 * separates, so what is left within a stack proves that its test did not pass; which test that is, is told
 * from the stack.
 */

import { hasPart, type PartName } from "./key-parts.ts";
import { clusterNumbers } from "./numbers.ts";
import { namesModulation } from "./parts/dose.ts";
import { INVERSION_TIME_DECIMALS, MOST_TIMES } from "./parts/inversion-time.ts";
import type { Settings } from "./series-frames.ts";
import type { StackOptions } from "./stack-options.ts";
import { splitTokens } from "./types/image-tokens.ts";
import { readImageType } from "./types/image-type.ts";
import { type InputColumn, type InputValues, numbersOf } from "./variation-values.ts";

/** What a reason may depend on: one stack, and the input that differs within it. */
export interface StackFacts {
  readonly modality: string;
  /** Parts that its key prints. */
  readonly parts: ReadonlyMap<string, string>;
  readonly options: StackOptions;
  readonly values: InputValues;
  /** Distinct settings of its images. */
  readonly settings: readonly Settings[];
  /** Whether its positions were taken once, all as often as each other, or some more often than others. */
  readonly repeats: "none" | "even" | "uneven";
  /** Whether two images of one place, time and weighting differ in the input. */
  readonly hasCollision: boolean;
}

export interface Reason {
  /** Without it, the reason holds for every stack. */
  readonly holds?: (facts: StackFacts) => boolean;
  /** One sentence. */
  readonly why: string;
  /** Where the rule comes from: an issue, a paragraph of the standard, or these rules themselves. */
  readonly source: string;
}

export interface InputReasons {
  /** Parts of the key that are made of the input. */
  readonly parts: readonly PartName[];
  /** The first that holds is the reason; the last one always does. Empty for what the geometry tells. */
  readonly reasons: readonly Reason[];
}

/** Source of a rule that is the judgement of this program. */
export const ownRule = "NILS";

/** The reason why an input that varies within a stack did not separate it. */
export function findReason(column: InputColumn, facts: StackFacts): Reason | null {
  const { reasons } = inputReasons[column];
  return reasons.find(({ holds }) => holds === undefined || holds(facts)) ?? null;
}

const always = (why: string, source: string = ownRule): Reason => ({ why, source });

const when = (
  holds: (facts: StackFacts) => boolean,
  why: string,
  source: string = ownRule,
): Reason => ({ holds, why, source });

/** Modalities that have parts of their own. */
const modalityWords: Readonly<Record<string, string>> = { MR: "MR", CT: "CT", PT: "PET" };

/** For a part that only some modalities have. */
function only(part: PartName): Reason {
  const words = Object.keys(modalityWords)
    .filter((modality) => hasPart(modality, part))
    .map((modality) => modalityWords[modality]);
  return when(
    ({ modality }) => !hasPart(modality, part),
    `Separates images of ${words.join(" and ")} only.`,
  );
}

/** For a number of which only values above 0 say something. */
const notWritten = when(
  ({ values }) => numbersOf(values).every((value) => value <= 0),
  "A value of 0 says the same as none: it was not written.",
);

const steps = (step: string, source: string = ownRule): Reason =>
  always(`Steps of ${step} or less are jitter, not a setting.`, source);

const isModality =
  (...modalities: readonly string[]) =>
  ({ modality }: StackFacts): boolean =>
    modalities.includes(modality);

const hasText =
  (part: PartName, text: string) =>
  ({ parts }: StackFacts): boolean =>
    parts.get(part) === text;

/** Whether all settings of a stack say the same in what is left for SRC and QUAL, in other words or another order. */
function areSynonyms({ modality, settings, parts }: StackFacts): boolean {
  const isTrace = parts.get("TYPE")?.startsWith("TRACE") ?? false;
  const said = settings.map((each) => {
    const written = each["image_type"];
    const source = splitTokens(typeof written === "string" ? written : null)[0] ?? "";
    return [source, ...readImageType(modality, each, isTrace).qualifiers].join("\\");
  });
  return new Set(said).size <= 1;
}

/** A part that separates only what place, time and weighting do not tell apart (parts/collision.ts). */
const goesWithTime = (source: string): readonly Reason[] => [
  when(
    ({ hasCollision }) => !hasCollision,
    "It separates only where nothing else tells two images apart; here images that differ in it also differ in place, time or weighting.",
    source,
  ),
  always(
    "It separates only where nothing else tells two images apart, and too few images of one place, time and weighting differ in it.",
    source,
  ),
];

const sameType = always(
  "The type of an image is read from several places of the header; all images come to the same one.",
);

const sameText = always("They are one, written in several ways.");

/** For the sizes of an image. */
const oneMatrix: readonly Reason[] = [
  when(
    ({ settings }) => settings.some((each) => Number(each["tiles"] ?? 0) > 1),
    "Of mosaics the tiles are compared and not the sheets, and they agree.",
  ),
  always("Without rows and columns both above 0 there is no matrix to compare."),
];

const oneSequence: readonly Reason[] = [
  only("SEQ"),
  always(
    "Only spin echo, gradient echo, echo planar, inversion recovery and magnetisation transfer change what an image shows, and in these they agree.",
    "PS3.3 §C.8.3.1.1",
  ),
];

const oneDose = (part: "MA" | "MAS", unit: string): readonly Reason[] => [
  only(part),
  when(
    ({ options }) => options.ctSplitOnDose === "always",
    `They round to the same whole ${unit}.`,
  ),
  notWritten,
  when(
    (facts) => hasText(part, "MOD")(facts) && facts.options.ctSplitOnDose === "never",
    "The cohort keeps doses together (--ct-split-on-dose never).",
  ),
  when(
    (facts) => hasText(part, "MOD")(facts) && facts.settings.some(namesModulation),
    "The scanner says that it modulated the dose, so it follows the patient from slice to slice.",
    "dcm2niix#887",
  ),
  when(
    hasText(part, "MOD"),
    "As far as positions tell, the same slices were not scanned at each dose, so it follows the patient's shape.",
    "dcm2niix#468",
  ),
  always(`Doses within 1 ${unit}, or 1 %, of each other are one.`),
];

/** Inversion times as the rule for TI counts them. */
const countTimes = (values: StackFacts["values"]): number =>
  clusterNumbers(Float64Array.from(numbersOf(values)), INVERSION_TIME_DECIMALS).values.length;

/** Repetition times as the rule for TR looks at them. */
const repetitionTimes = ({ values }: StackFacts): Float64Array =>
  clusterNumbers(Float64Array.from(numbersOf(values).filter((value) => value > 0)), 0).values;

const oneAfterAnother = "Images are taken one after another; time never separates.";

/** For what says when an image was taken. One sentence for all of them, so that they can be told together. */
const timesOfMeasurement = (source: string = ownRule): readonly Reason[] => [
  when(
    hasText("BED", "ALL"),
    "Beds that abut were stitched into one volume, whenever each was scanned.",
  ),
  when(
    isModality("PT"),
    "Frames in time stay together; only beds that were not stitched are apart.",
  ),
  always(oneAfterAnother, source),
];

const neverSeparates = (why: string): InputReasons => ({ parts: [], reasons: [always(why)] });

/** One entry per stack input. */
export const inputReasons: Readonly<Record<InputColumn, InputReasons>> = {
  acquisition_date: {
    parts: [],
    reasons: timesOfMeasurement(),
  },
  acquisition_number: {
    parts: ["ACQ"],
    reasons: [
      // Of MR it counts repetitions or slices, as the maker likes.
      when(isModality("MR"), oneAfterAnother, "Slicer#4872"),
      only("ACQ"),
      when(
        ({ repeats }) => repeats === "none",
        "No position was taken twice, so it counts slices or passes of one volume.",
        "Slicer#4872",
      ),
      when(
        ({ repeats }) => repeats === "even",
        "Every position was taken as often as any other: these are the volumes of a series in time.",
        "dcm2niix#721",
      ),
      always(
        "The acquisitions are no passes over the same slices: one of them takes a position twice, or too few share positions.",
        "dcm2niix#721",
      ),
    ],
  },
  acquisition_time: {
    parts: [],
    reasons: timesOfMeasurement(),
  },
  asl_context: neverSeparates("Label and control are the two halves of one perfusion measurement."),
  attenuation_corrected: {
    parts: ["CORR"],
    reasons: [only("CORR"), always("Neither says that the images were corrected or were not.")],
  },
  metabolite_map_description: neverSeparates("Maps of several substances are one measurement."),
  referenced_segment_number: neverSeparates("Segments are the parts of one segmentation."),
  cardiac_phase: { parts: [], reasons: timesOfMeasurement() },
  coil_string: { parts: ["COIL"], reasons: [only("COIL"), ...goesWithTime("dcm2niix#136")] },
  columns: { parts: ["DIM"], reasons: oneMatrix },
  complex_image_component: { parts: ["TYPE"], reasons: [sameType] },
  convolution_kernel: { parts: ["KER"], reasons: [only("KER"), sameText] },
  diffusion_b_value: neverSeparates(
    "A diffusion run is one measurement: images of all its b-values are analysed together.",
  ),
  diffusion_directionality: {
    parts: ["TYPE"],
    reasons: [
      always(
        "A diffusion run is one measurement; of its images only processed ones are set apart, by image type.",
        "dcm2niix#44",
      ),
    ],
  },
  diffusion_gradient_orientation: neverSeparates(
    "A diffusion run is one measurement: its directions are analysed together.",
  ),
  echo_numbers: {
    parts: ["ECHO"],
    reasons: [
      only("ECHO"),
      when(
        ({ values }) => values.missing > 0,
        "Images without an echo number take that of the images with their echo time.",
        "dcm2niix#720",
      ),
      always("They are one number, written in several ways."),
    ],
  },
  echo_time: {
    parts: ["TE", "ECHO"],
    reasons: [only("TE"), notWritten, steps("0.01 ms", "dcm2niix#543")],
  },
  echo_train_length: neverSeparates("Is shown with the stack and changes no contrast by itself."),
  exposure: { parts: ["MAS"], reasons: oneDose("MAS", "mAs") },
  exposure_modulation_type: {
    parts: [],
    reasons: [only("MA"), always("Only tells how to understand tube current and exposure.")],
  },
  flip_angle: { parts: ["FA"], reasons: [only("FA"), notWritten, steps("0.1°")] },
  frame_of_reference_uid: {
    parts: ["FOR"],
    reasons: [
      always(
        "One of them holds one position at most, so it is no system of coordinates; de-identification often gives each file a UID of its own.",
      ),
    ],
  },
  frame_reference_time: { parts: [], reasons: timesOfMeasurement() },
  ge_diffusion_code: {
    parts: ["QUAL"],
    reasons: [
      when(({ modality }) => modality !== "MR", "Separates images of MR only."),
      when(
        areSynonyms,
        "The code tells b = 0 from directions, and both are one measurement.",
        "dcm2niix#690",
      ),
      ...goesWithTime("dcm2niix#690"),
    ],
  },
  ge_echoes: neverSeparates("Only tells whether echo numbers have to be inferred."),
  ge_gradient_image_frame: neverSeparates(
    "A diffusion run is one measurement: its directions are analysed together.",
  ),
  ge_raw_run: {
    parts: ["ECHO"],
    reasons: [
      when(
        ({ modality }) => modality !== "MR",
        "Is looked at only where GE's MR does not say which echo is which.",
      ),
      always(
        "What counts is its rank at a position, and only where GE gave all echoes one number.",
        "dcm2niix#359",
      ),
    ],
  },
  image_orientation_patient: {
    parts: ["ORIENT", "PLANE"],
    reasons: [
      when(
        hasText("ORIENT", "ROT"),
        "The planes turn about one axis, as in radial MRCP and rotating projections, and are one set.",
      ),
      always(
        "Planes that are linked by steps of 0.5° or less are one: jitter of numbers, or motion correction during the scan.",
        "dwv#1877",
      ),
    ],
  },
  image_position_patient: { parts: [], reasons: [] },
  image_type: {
    parts: ["TYPE", "SRC", "QUAL", "SEQ", "FRAME"],
    reasons: [
      when(
        areSynonyms,
        "They come to the same: what differs is their order, value 2 (primary or secondary), or words for one thing.",
      ),
      ...goesWithTime(ownRule),
    ],
  },
  image_type_text: {
    parts: ["TYPE", "QUAL"],
    reasons: [
      when(
        areSynonyms,
        "They come to the same: what differs is their order, or words for one thing.",
      ),
      ...goesWithTime(ownRule),
    ],
  },
  inversion_time: {
    parts: ["TI"],
    reasons: [
      only("TI"),
      when(
        ({ values }) => countTimes(values) > MOST_TIMES,
        "More times than any scan plans, so they follow the heart.",
        "dcm2niix#845",
      ),
      when(
        hasText("TI", "VAR"),
        "Not every time was used on half of the slices or more, so they follow the heart or were shuffled over the slices.",
        "dcm2niix#845",
      ),
      notWritten,
      steps("1 ms"),
    ],
  },
  kvp: {
    parts: ["KVP"],
    reasons: [
      only("KVP"),
      when(
        ({ parts }) => parts.get("KVP")?.includes("+") ?? false,
        "With several tubes the voltages of each are compared, and these agree.",
      ),
      notWritten,
      steps("1 kV"),
    ],
  },
  kvp_values: { parts: ["KVP"], reasons: [only("KVP"), steps("1 kV")] },
  magnetization_transfer: { parts: ["SEQ"], reasons: oneSequence },
  manufacturer: neverSeparates("Only tells how to read what makers write in ways of their own."),
  modality: {
    parts: [],
    reasons: [always("An image that does not say its modality has that of the series.")],
  },
  monoenergetic_kev: {
    parts: ["TYPE"],
    reasons: [
      when(({ modality }) => modality !== "CT", "Separates images of CT only."),
      when(
        ({ parts }) => parts.get("TYPE")?.startsWith("VMI") ?? false,
        "They are equal to 0.1 keV.",
      ),
      always("The images are of a type that the energy does not change."),
    ],
  },
  number_of_temporal_positions: {
    parts: [],
    reasons: [always("Announces how many volumes in time there are, which is no setting.")],
  },
  orientation_text: {
    parts: ["ORIENT"],
    reasons: [
      always("Is read only where Image Orientation is missing, and comes to the same plane."),
    ],
  },
  patient_orientation: {
    parts: ["ORIENT"],
    reasons: [
      always("Is read only where Image Orientation is missing, and comes to the same plane."),
    ],
  },
  philips_image_type: { parts: ["TYPE"], reasons: [sameType] },
  photometric_interpretation: { parts: ["PHOT"], reasons: [sameText] },
  pixel_spacing: { parts: ["PIX"], reasons: [steps("0.001 mm")] },
  receive_coil_name: neverSeparates("Is shown with the stack; coils separate by their elements."),
  repetition_time: {
    parts: ["TR"],
    reasons: [
      only("TR"),
      when(
        (facts) => repetitionTimes(facts).length <= 1,
        "Steps of 1 ms or less are jitter, not a setting.",
      ),
      when(
        (facts) => repetitionTimes(facts).length > 4,
        "More than four times are taken to follow the heart or the breath, and not to be planned.",
        "dcm2niix#641",
      ),
      always(
        "Times separate only if each was planned: two to four of them, 5 % apart or more, each on all slices and equally often.",
        "dcm2niix#641",
      ),
    ],
  },
  rows: { parts: ["DIM"], reasons: oneMatrix },
  samples_per_pixel: {
    parts: ["PHOT", "TYPE"],
    reasons: [
      always("Where it is missing, the photometric interpretation says it.", "PS3.3 §C.7.6.3.1.2"),
    ],
  },
  scanning_sequence: { parts: ["SEQ"], reasons: oneSequence },
  sequence_variant: { parts: ["SEQ"], reasons: oneSequence },
  series_type: {
    parts: ["FRAME", "TYPE"],
    reasons: [
      only("FRAME"),
      always("They come to the same kind of frame and image.", "PS3.3 §C.8.9.1"),
    ],
  },
  slice_thickness: { parts: ["THK"], reasons: [only("THK"), notWritten, steps("0.01 mm")] },
  sop_class_uid: {
    parts: ["OBJ", "TYPE"],
    reasons: [
      always("The classes are of one form: all classic, all enhanced or all legacy-converted."),
    ],
  },
  spacing_between_slices: neverSeparates(
    "What is written is read only of mosaics; the spacing of other stacks is measured from the positions.",
  ),
  table_position: {
    parts: ["BED"],
    reasons: [
      when(
        ({ parts }) => parts.get("BED") === "ALL",
        "Beds that abut were stitched into one volume.",
      ),
      when(isModality("PT"), "Positions of the table within 1 mm of each other are one bed."),
      always("The table moves to bring each slice into place; positions are told by the geometry."),
    ],
  },
  temporal_position_identifier: { parts: [], reasons: timesOfMeasurement() },
  tiles: {
    parts: ["DIM"],
    reasons: [always("Only tells how many slices a mosaic holds, and so the size of one.")],
  },
  trigger_time: { parts: [], reasons: timesOfMeasurement("dcm2niix#395") },
  units: { parts: ["UNITS"], reasons: [only("UNITS"), sameText] },
  velocity_encoding: { parts: ["VENC"], reasons: [only("VENC"), ...goesWithTime(ownRule)] },
  volume_based_calculation_technique: { parts: ["TYPE"], reasons: [sameType] },
  x_ray_tube_current: { parts: ["MA"], reasons: oneDose("MA", "mA") },
};
