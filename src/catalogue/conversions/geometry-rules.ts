/** Rules of directions in space. */
import type { Rule } from "#catalogue/conversion.ts";
import { parseDecimals } from "#dicom/number.ts";
import { found, joinNumbers, numberOf, numbersOf, refused } from "./results.ts";

/** How far a length may be from 1, and a right angle's cosine from 0. */
const tolerance = 0.05;

/** Up to this length a direction means none. */
const noLength = 1e-3;

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] as number), 0);

const length = (vector: readonly number[]): number => Math.sqrt(dot(vector, vector));

const isUnit = (vector: readonly number[]): boolean => Math.abs(length(vector) - 1) <= tolerance;

/** Rounded to 10 decimals: normalising must not turn six short numbers into six of 17 digits. */
const shorten = (value: number): number => Math.round(value * 1e10) / 1e10 || 0;

/**
 * Rows and columns as unit vectors at right angles: both are normalised, and the part of the second along
 * the first is taken away. Six zeros or NaN (secondary captures, projections) are no orientation.
 */
const orientation: Rule = {
  reads: "texts",
  convert(value) {
    const warnings: string[] = [];
    const numbers = parseDecimals(String(value), 6, (code) => warnings.push(code)).map(
      (number) => number ?? Number.NaN,
    );
    const rows = numbers.slice(0, 3);
    const columns = numbers.slice(3);
    const isValid =
      numbers.length === 6 &&
      numbers.every(Number.isFinite) &&
      isUnit(rows) &&
      isUnit(columns) &&
      Math.abs(dot(rows, columns)) <= tolerance;
    if (!isValid) return refused("orientation-invalid");
    const row = normalise(rows);
    const along = dot(row, columns);
    const column = normalise(columns.map((part, index) => part - along * (row[index] as number)));
    return { value: joinNumbers([...row, ...column].map(shorten)), warnings };
  },
};

function normalise(vector: readonly number[]): number[] {
  const size = length(vector);
  return vector.map((value) => value / size);
}

/** A unit vector or zeros, kept as written. */
const gradientDirection: Rule = { convert: (value) => checkDirection(numbersOf(value)) };

function checkDirection(numbers: readonly number[]) {
  const isValid =
    numbers.length === 3 &&
    numbers.every(Number.isFinite) &&
    (length(numbers) <= noLength || isUnit(numbers));
  return isValid ? found(joinNumbers(numbers)) : refused("value-out-of-range");
}

/** Philips writes right-left, anterior-posterior and feet-head, which are x, y and z of the patient. */
const gradientOfPhilips: Rule = {
  needs: ["philips_gradient_rl", "philips_gradient_ap", "philips_gradient_fh"],
  convert(_, { get }) {
    const numbers = [
      get("philips_gradient_rl"),
      get("philips_gradient_ap"),
      get("philips_gradient_fh"),
    ].map(numberOf);
    return numbers.includes(null) ? found(null) : checkDirection(numbers as number[]);
  },
};

const gradientOfGe: Rule = {
  needs: ["ge_gradient_phase", "ge_gradient_frequency", "ge_gradient_slice"],
  convert(_, { get }) {
    const numbers = [
      get("ge_gradient_phase"),
      get("ge_gradient_frequency"),
      get("ge_gradient_slice"),
    ].map(numberOf);
    return found(numbers.includes(null) ? null : joinNumbers(numbers as number[]));
  },
};

/**
 * Each direction times its largest velocity, so that a triple means the same from every maker. One maximum
 * stands for all directions; other counts leave the value out.
 */
const velocityVector: Rule = {
  needs: ["velocity_encoding_maxima"],
  convert(value, { get }) {
    const parts = numbersOf(value);
    const maxima = numbersOf(get("velocity_encoding_maxima"));
    const directions = parts.length / 3;
    const isValid =
      Number.isInteger(directions) &&
      (maxima.length === 1 || maxima.length === directions) &&
      [...parts, ...maxima].every(Number.isFinite);
    if (!isValid) return refused("value-count");
    const scaled = parts.map((part, index) => {
      const maximum = maxima.length === 1 ? maxima[0] : maxima[Math.floor(index / 3)];
      return part * (maximum as number) || 0;
    });
    return found(joinNumbers(scaled));
  },
};

export const geometryRules = {
  orientation,
  "gradient-direction": gradientDirection,
  "gradient-of-philips": gradientOfPhilips,
  "gradient-of-ge": gradientOfGe,
  "velocity-vector": velocityVector,
} as const satisfies Readonly<Record<string, Rule>>;
