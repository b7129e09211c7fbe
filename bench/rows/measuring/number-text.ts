import { spreadOf } from "./spread.ts";

const format = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** Three significant digits: `18,200`, `0.0431`. No measurement here is better than that. */
export const writeNumber = (value: number): string => format.format(value);

/** `18,200 (17,900 to 18,800)`; of a single sample the number alone. */
export function writeSpread(samples: readonly number[]): string {
  const { median, lowest, highest } = spreadOf(samples);
  if (samples.length === 1) return writeNumber(median);
  return `${writeNumber(median)} (${writeNumber(lowest)} to ${writeNumber(highest)})`;
}
