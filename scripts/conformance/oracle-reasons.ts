/** Why a value of ours may differ from the oracle's: each difference has one of these reasons, or is a fault. */
import { columnByName } from "#catalogue/catalogue.ts";
import type { Difference } from "./oracle-values.ts";

export interface Reason {
  readonly name: string;
  /** In one sentence, for docs/conformance-values.md. */
  readonly about: string;
  explains(difference: Difference): boolean;
}

const typeOf = (difference: Difference): string | undefined =>
  columnByName(difference.column)?.type;

const isColumn =
  (...names: string[]) =>
  (difference: Difference): boolean =>
    names.includes(difference.column);

const isPlus = (a: string, b: string): boolean => Math.abs(Number(a) - Number(b)) <= 1e-6;

/** Are the vectors the same but for their length? */
function isNormalized({ ours, oracle }: Difference): boolean {
  const [a, b] = [String(ours).split("\\"), oracle.split("\\")];
  return (
    a.length === b.length &&
    a.every((part, index) => Math.abs(Number(part) - Number(b[index])) < 1e-3)
  );
}

export const reasons: readonly Reason[] = [
  {
    name: "old date form",
    about:
      "Dates with dots or dashes (ACR-NEMA) are read as dates; the oracle gives them as written.",
    explains: (d) => typeOf(d) === "date" && d.ours === d.oracle.replaceAll(/[./]/g, "-"),
  },
  {
    name: "impossible date",
    about: "What is no day of the calendar is null, with its text kept as raw value.",
    explains: (d) => typeOf(d) === "date" && d.ours === null,
  },
  {
    name: "old time form",
    about: "Times with colons are read as times; the oracle gives them as written.",
    explains: (d) =>
      typeOf(d) === "time" && String(d.ours).replace(/(\.\d*?)0+$/, "$1") === d.oracle,
  },
  {
    name: "zero stands for nothing",
    about:
      "Zero is a sentinel in quantities that cannot be zero: null, with its text kept as raw value.",
    explains: (d) =>
      d.ours === null && Number(d.oracle) === 0 && columnByName(d.column)?.limits !== undefined,
  },
  {
    name: "outside its limits",
    about: "A value that no scanner can mean is null, with its text kept as raw value.",
    explains: (d) => {
      const limits = columnByName(d.column)?.limits;
      return d.ours === null && limits?.max !== undefined && Number(d.oracle) > limits.max;
    },
  },
  {
    name: "orientation normalised",
    about: "Orientation vectors are brought to length 1 and a right angle, to ten decimals.",
    explains: (d) => isColumn("image_orientation_patient")(d) && isNormalized(d),
  },
  {
    name: "orientation invalid",
    about: "Vectors that are all zero or not at a right angle are no orientation: null.",
    explains: (d) => isColumn("image_orientation_patient")(d) && d.ours === null,
  },
  {
    name: "empty components of a name",
    about: "Trailing empty components and groups of a person's name are dropped.",
    explains: (d) =>
      typeOf(d) === "name" &&
      d.oracle.replaceAll(/\^+(?==|$)/g, "").replace(/=+$/, "") === (d.ours ?? ""),
  },
  {
    name: "escapes of ISO 2022",
    about: "Escape sequences to GB 2312 are followed; the oracle's reader leaves them in the text.",
    explains: (d) => typeOf(d) === "name" && d.oracle.includes("$)A"),
  },
  {
    name: "sex not of the standard",
    about: "Letters other than those of M, F and O give null, with the text kept as raw value.",
    explains: (d) => isColumn("patient_sex")(d) && !/^(M|F|O|MALE|FEMALE|OTHER)$/.test(d.oracle),
  },
  {
    name: "unit converted",
    about:
      "Gauss, millitesla and hertz are converted to the column's unit, or null where nothing confirms the unit.",
    explains: isColumn("magnetic_field_strength", "imaging_frequency"),
  },
  {
    name: "text in a binary VR",
    about: "Digits written as text into a binary value are read as the numbers they show.",
    explains: isColumn("acquisition_matrix"),
  },
  {
    name: "repeated element",
    about:
      "Of an element that stands twice in a data set the first is taken; the oracle's reader takes the last.",
    explains: (d) => d.path.endsWith("FreezePattern.dcm"),
  },
  {
    name: "rounding of the oracle",
    about: "Numbers that agree to a millionth.",
    explains: (d) => typeof d.ours === "number" && isPlus(String(d.ours), d.oracle),
  },
];

/** The first reason that explains a difference; undefined for a fault of ours. */
export function explain(difference: Difference): Reason | undefined {
  return reasons.find((reason) => reason.explains(difference));
}
