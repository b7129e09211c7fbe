/**
 * What the phantoms are made of. The numbers are of the order that textbooks give for 3 T; they only have to
 * make contrasts that a person recognises.
 */
export interface Tissue {
  /** Proton density, 0 to 1. */
  readonly density: number;
  /** Relaxation times, ms. */
  readonly t1: number;
  readonly t2: number;
  readonly t2Star: number;
  /** Apparent diffusion coefficient, 10⁻³ mm²/s. */
  readonly diffusion: number;
  /** Part of the signal that comes from fat, 0 to 1. */
  readonly fat: number;
  /** CT number, HU. */
  readonly hounsfield: number;
  /** Uptake of a glucose tracer, in standardised uptake values. */
  readonly uptake: number;
}

/** density, T1, T2, T2*, ADC, fat, HU, uptake. */
type Row = readonly [number, number, number, number, number, number, number, number];

const rows = {
  air: [0, 1000, 100, 10, 0, 0, -1000, 0],
  fat: [0.9, 370, 130, 45, 0.05, 0.95, -100, 0.4],
  bone: [0.06, 800, 20, 2, 0.1, 0.1, 900, 0.6],
  muscle: [0.75, 1400, 45, 30, 1.4, 0.03, 50, 0.9],
  water: [1, 4200, 1800, 900, 3, 0, 5, 0.1],
  gray: [0.85, 1350, 100, 55, 0.85, 0, 40, 7],
  white: [0.72, 840, 75, 48, 0.7, 0, 30, 3.2],
  lesion: [0.9, 1700, 220, 110, 0.45, 0, 45, 13],
  lung: [0.12, 1200, 50, 3, 1, 0, -820, 0.5],
  blood: [0.9, 1900, 220, 60, 2.6, 0, 55, 1.8],
  heart: [0.8, 1250, 55, 35, 1.5, 0.02, 60, 6],
  liver: [0.75, 810, 40, 22, 1.1, 0.08, 65, 2.4],
} as const satisfies Record<string, Row>;

export type TissueName = keyof typeof rows;

export const tissues: Readonly<Record<TissueName, Tissue>> = Object.fromEntries(
  Object.entries(rows).map(([name, row]) => [name, toTissue(row)]),
) as Record<TissueName, Tissue>;

function toTissue(row: Row): Tissue {
  const [density, t1, t2, t2Star, diffusion, fat, hounsfield, uptake] = row;
  return { density, t1, t2, t2Star, diffusion, fat, hounsfield, uptake };
}
