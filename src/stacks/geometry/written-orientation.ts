import { type Settings, settingText } from "#stacks/series-frames.ts";

export type PlaneLetter = "TRA" | "COR" | "SAG";

/** Axis of the body that a letter of Patient Orientation runs along (PS3.3 §C.7.6.1.1.1). */
const axes: Readonly<Record<string, "x" | "y" | "z">> = {
  L: "x",
  R: "x",
  A: "y",
  P: "y",
  F: "z",
  H: "z",
};

/** Beginnings of vendors' words for a plane, and GE's codes of the series plane (GEMS_ACQU_01, 0019xx17). */
const words: readonly (readonly [beginning: string, letter: PlaneLetter])[] = [
  ["TRA", "TRA"],
  ["AX", "TRA"],
  ["COR", "COR"],
  ["SAG", "SAG"],
  ["2", "TRA"],
  ["4", "SAG"],
  ["8", "COR"],
];

/** The plane that a header without image orientation puts into letters or words; null = it says nothing. */
export function letterFromWords(settings: Settings): PlaneLetter | null {
  return (
    letterFromPatientOrientation(settingText(settings, "patient_orientation")) ??
    letterFromText(settingText(settings, "orientation_text"))
  );
}

/** `L\P` is TRA, `P\F` SAG, `L\F` COR: by the first letters of row and column, the principal directions. */
function letterFromPatientOrientation(text: string | null): PlaneLetter | null {
  const [row, column] = (text ?? "")
    .toUpperCase()
    .split("\\")
    .map((value) => axes[value.trim().charAt(0)]);
  if (row === undefined || column === undefined || row === column) return null;
  if (row !== "z" && column !== "z") return "TRA";
  return row === "y" || column === "y" ? "SAG" : "COR";
}

/** The first word decides: `Tra>Cor(-5.0)` is TRA. */
function letterFromText(text: string | null): PlaneLetter | null {
  const written = (text ?? "").trim().toUpperCase();
  const found = words.find(([beginning]) =>
    /^\d/.test(beginning) ? written === beginning : written.startsWith(beginning),
  );
  return found?.[1] ?? null;
}
