/** Parts of stack keys and what they print, in words for people. */
import type { PartName } from "#stacks/key-parts.ts";

/** Words of a part's texts, and the unit of its numbers. */
interface PartWords {
  readonly unit?: string;
  readonly words?: Readonly<Record<string, string>>;
}

const typeWords: Readonly<Record<string, string>> = {
  M: "magnitude",
  P: "phase",
  R: "real",
  I: "imaginary",
  CR: "corrected real",
  W: "water",
  F: "fat",
  IN: "in phase",
  OPP: "opposed phase",
  FF: "fat fraction",
  SC: "secondary capture",
  MRS: "spectroscopy",
  ADC: "apparent diffusion coefficient",
  EADC: "exponential diffusion coefficient",
  TRACE: "diffusion trace",
  TENSOR: "diffusion tensor",
  FA: "fractional anisotropy",
  CFA: "coloured fractional anisotropy",
  T1MAP: "T1 map",
  T2MAP: "T2 map",
  T2SMAP: "T2* map",
  R2MAP: "R2 map",
  R2SMAP: "R2* map",
  PDMAP: "proton density map",
  B0MAP: "B0 map",
  B1MAP: "B1 map",
  METMAP: "metabolite map",
  CBF: "cerebral blood flow",
  CBV: "cerebral blood volume",
  MTT: "mean transit time",
  TTP: "time to peak",
  TMAX: "time to maximum",
  PBP: "percentage of baseline at peak",
  GBP: "global bolus plot",
  KTRANS: "transfer constant Ktrans",
  KEP: "rate constant kep",
  VE: "extravascular volume fraction ve",
  IAUC: "initial area under the curve",
  SWI: "susceptibility-weighted",
  QSM: "susceptibility map",
  UNI: "uniform image of MP2RAGE",
  M0: "equilibrium magnetisation",
  MINIP: "minimum intensity projection",
  MIP: "maximum intensity projection",
  PROJ: "projection",
  MPR: "reformatted",
  VRT: "volume rendering",
  VEL: "velocity",
  SUB: "subtraction",
  MEAN: "mean",
  STD: "standard deviation",
  TTEST: "t-test map",
  ZSCORE: "z-score map",
  SUM: "sum",
  MAX: "maximum",
  MIN: "minimum",
  RATIO: "ratio",
  AXIAL: "cross-section",
  LOCALIZER: "localizer",
  VMI: "virtual monoenergetic",
  IODINE: "iodine map",
  VNC: "virtual non-contrast",
  IMAGE: "image",
  REPROJ: "reprojection",
  RAW: "raw data",
};

const partWords: Readonly<Partial<Record<PartName, PartWords>>> = {
  TE: { unit: "ms" },
  TI: { unit: "ms", words: { VAR: "varying" } },
  FA: { unit: "°" },
  KVP: { unit: "kV" },
  MA: { unit: "mA", words: { MOD: "modulated" } },
  MAS: { unit: "mAs", words: { MOD: "modulated" } },
  BED: { words: { ALL: "all beds in one volume" } },
  FRAME: {
    words: { STATIC: "static", DYNAMIC: "dynamic", GATED: "gated", WHOLE_BODY: "whole body" },
  },
  ORIENT: { words: { TRA: "axial", COR: "coronal", SAG: "sagittal", ROT: "rotational" } },
  OBJ: {
    words: {
      CLASSIC: "classic objects",
      ENH: "enhanced objects",
      LEGACY: "legacy-converted objects",
    },
  },
  PIX: { unit: "mm" },
  THK: { unit: "mm" },
  SRC: { words: { ORIG: "original", DERIV: "derived" } },
  TR: { unit: "ms" },
  VENC: { unit: "cm/s" },
  CORR: { words: { AC: "corrected", NAC: "not corrected" } },
};

/** A type code in words, where it has any: `W+P` is `water, phase`. */
export function typeInWords(code: string): string {
  const energy = /^VMI([\d.]+)$/.exec(code)?.[1];
  if (energy !== undefined) return `virtual monoenergetic, ${energy} keV`;
  const plus = code.indexOf("+");
  if (plus < 0) return typeWords[code] ?? code;
  return `${typeInWords(code.slice(0, plus))}, ${typeInWords(code.slice(plus + 1))}`;
}

/** What a key prints of a part, with its unit; null = the part is not printed. */
export function partInWords(part: PartName, text: string | null): string {
  if (text === null || text === "-") return "not given";
  if (part === "TYPE") return typeInWords(text);
  const { unit, words } = partWords[part] ?? {};
  const word = words?.[text];
  if (word !== undefined) return word;
  // The digest that keeps texts apart whose characters keys cannot print says nothing to people.
  const plain = text.replace(/~[0-9A-F]{6}$/, "");
  if (part === "DIM") return plain.replace("X", " × ");
  if (part === "PIX") return `${plain.replace("/", " × ")} mm`;
  return unit === undefined ? plain : withUnit(plain, unit);
}

/** `5 ms`, `90°`. */
export const withUnit = (text: string, unit: string): string =>
  unit === "°" ? `${text}°` : `${text} ${unit}`;

/** Units as people write them. */
const unitSigns: Readonly<Record<string, string>> = { deg: "°", "s/mm2": "s/mm²", "1": "" };

/** A text with the unit of a catalogue column, where it has one. */
export function withCatalogueUnit(text: string, unit: string | undefined): string {
  const sign = unit === undefined ? "" : (unitSigns[unit] ?? unit);
  return sign === "" ? text : withUnit(text, sign);
}
