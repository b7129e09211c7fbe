/** The parts of a stack key, as data: their order, the modalities that have them, and what people call them. */

export interface KeyPart {
  readonly name: string;
  /** Words for `stack_reason`. */
  readonly label: string;
  /** Modalities that have the part; without the field, all. */
  readonly modalities?: readonly string[];
  /**
   * When the part is in a key: `known`: on every stack that has a value; else only on stacks that it sets
   * apart from others: wherever it `differs`, or where it also passes a `test`. There a missing value is `-`.
   */
  readonly printed: "known" | "differs" | "test";
  /** What is printed. */
  readonly about: string;
}

/** In the order of the key. */
export const keyParts = [
  {
    name: "TE",
    label: "echo time",
    modalities: ["MR"],
    printed: "known",
    about: "Echo time in ms. Times within 0.01 ms are one. A time of 0 is left out.",
  },
  {
    name: "TI",
    label: "inversion time",
    modalities: ["MR"],
    printed: "known",
    about:
      "Inversion time in ms. Times within 1 ms are one. `VAR` where it follows the heart or was shuffled over slices.",
  },
  {
    name: "FA",
    label: "flip angle",
    modalities: ["MR"],
    printed: "known",
    about: "Flip angle in degrees. Angles within 0.1° are one.",
  },
  {
    name: "ECHO",
    label: "echo number",
    modalities: ["MR"],
    printed: "known",
    about: "Echo number as written, else inferred from the echo time.",
  },
  {
    name: "KVP",
    label: "tube voltage",
    modalities: ["CT"],
    printed: "known",
    about: "Tube voltage in kV. `80+140` for an image that two tubes made.",
  },
  {
    name: "MA",
    label: "tube current",
    modalities: ["CT"],
    printed: "known",
    about:
      "Tube current in mA. `MOD` where dose modulation changes it from slice to slice, which is no reason to separate.",
  },
  {
    name: "MAS",
    label: "exposure",
    modalities: ["CT"],
    printed: "known",
    about: "Exposure in mAs. `MOD` as for the tube current.",
  },
  {
    name: "BED",
    label: "bed",
    modalities: ["PT"],
    printed: "known",
    about:
      "Bed, from 1 in the order of acquisition. `ALL` for beds that were stitched into one volume.",
  },
  {
    name: "FRAME",
    label: "frame type",
    modalities: ["PT"],
    printed: "known",
    about: "`STATIC`, `DYNAMIC`, `GATED` or `WHOLE_BODY`.",
  },
  {
    name: "TYPE",
    label: "image type",
    printed: "known",
    about:
      "What the images show, as one code: `M` magnitude, `P` phase, `R` real, `I` imaginary, `ADC`, `W` water, `AXIAL`, `MIP`, …",
  },
  {
    name: "ORIENT",
    label: "orientation",
    printed: "known",
    about:
      "`TRA`, `COR` or `SAG` by the normal of the plane, `ROT` for planes that turn about one axis. Left out where nothing says.",
  },
  {
    name: "OBJ",
    label: "object kind",
    printed: "differs",
    about:
      "`CLASSIC`, `ENH` (enhanced) or `LEGACY` (converted from classic), where one acquisition was exported twice.",
  },
  {
    name: "FOR",
    label: "frame of reference",
    printed: "test",
    about:
      "Rank of the frame of reference among those of the series. Not where every file has one of its own, as de-identification leaves them.",
  },
  {
    name: "PHOT",
    label: "pixel format",
    printed: "differs",
    about: "Photometric interpretation, with the number of samples where it is unusual.",
  },
  { name: "DIM", label: "matrix", printed: "differs", about: "Rows `X` columns." },
  {
    name: "PIX",
    label: "pixel spacing",
    printed: "differs",
    about: "Distance of rows and of columns in mm. Within 0.001 mm they are one.",
  },
  {
    name: "THK",
    label: "slice thickness",
    modalities: ["MR", "CT"],
    printed: "differs",
    about: "Slice thickness in mm. Within 0.01 mm they are one.",
  },
  {
    name: "KER",
    label: "kernel",
    modalities: ["CT"],
    printed: "differs",
    about: "Convolution kernel.",
  },
  {
    name: "PLANE",
    label: "plane",
    printed: "differs",
    about:
      "Normal of the plane, for packages turned by more than 0.5°. The row follows where two planes have one normal.",
  },
  {
    name: "SRC",
    label: "original/derived",
    printed: "test",
    about: "`ORIG` or `DERIV`, where both show the same place at the same time.",
  },
  {
    name: "SEQ",
    label: "sequence",
    modalities: ["MR"],
    printed: "differs",
    about: "Of scanning sequence and variant what changes contrast: `EP`, `GR`, `IR`, `MTC`, `SE`.",
  },
  {
    name: "TR",
    label: "repetition time",
    modalities: ["MR"],
    printed: "test",
    about:
      "Repetition time in ms, where two to four times were planned: 5 % apart, each on all slices and equally often.",
  },
  {
    name: "VENC",
    label: "velocity direction",
    modalities: ["MR"],
    printed: "test",
    about: "Velocity encoding in cm/s, where several show the same place at the same time.",
  },
  {
    name: "COIL",
    label: "coil",
    modalities: ["MR"],
    printed: "test",
    about: "Coil elements, where channels were saved uncombined.",
  },
  {
    name: "CORR",
    label: "attenuation correction",
    modalities: ["PT"],
    printed: "differs",
    about: "`AC` with attenuation correction, `NAC` without.",
  },
  {
    name: "UNITS",
    label: "units",
    modalities: ["PT"],
    printed: "differs",
    about: "Unit of the pixel values.",
  },
  {
    name: "ACQ",
    label: "acquisition",
    modalities: ["CT"],
    printed: "test",
    about: "Acquisition number, where contrast phases cover ranges of their own.",
  },
  {
    name: "QUAL",
    label: "image qualifier",
    printed: "test",
    about:
      "Words of the image type that TYPE does not use, where they alone tell images of one place and time apart.",
  },
] as const satisfies readonly KeyPart[];

export type PartName = (typeof keyParts)[number]["name"];

/** Whether keys of the modality have the part. */
export function hasPart(modality: string, name: PartName): boolean {
  const part: KeyPart | undefined = keyParts.find((entry) => entry.name === name);
  return part?.modalities === undefined || part.modalities.includes(modality);
}
