/** Which part of the complex MR signal an image shows, as data: M, P, R, I, or CR (Philips corrected real). */

export type Component = "M" | "P" | "R" | "I" | "CR";

/** Terms of Complex Image Component (0008,9208) (PS3.3 §C.8.13.3.1.1). `MIXED` is no answer. */
export const componentTerms: Readonly<Record<string, Component>> = {
  MAGNITUDE: "M",
  PHASE: "P",
  REAL: "R",
  IMAGINARY: "I",
};

/** Values of Philips' private image type (2005,xx11) that name a component. */
export const philipsComponents: Readonly<Record<string, Component>> = {
  M: "M",
  P: "P",
  R: "R",
  I: "I",
  CR: "CR",
};

const written: Readonly<Record<Component, readonly string[]>> = {
  M: ["MAG", "MAGNITUDE", "SW_M", "SW_M_FFE"],
  P: ["PHASE", "PHASE_MAP", "PHASE_DIFFERENCE", "SW_P", "SW_P_FFE"],
  R: ["REAL"],
  I: ["IMAGINARY", "IMAG"],
  CR: [],
};

/** Endings that Philips adds to the letter of the component, by technique: `M_FFE`. */
const techniques = ["SE", "FFE", "IR", "PCA", "TFE", "EPI", "MIP"];

/** Tokens of Image Type that name a component. */
export const componentTokens: ReadonlyMap<string, Component> = new Map(
  (Object.keys(written) as Component[]).flatMap((component) =>
    [
      component,
      ...written[component],
      ...techniques.map((technique) => `${component}_${technique}`),
    ].map((token) => [token, component] as const),
  ),
);
