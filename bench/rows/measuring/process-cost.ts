import type { ProcessRun } from "./measure-process.ts";
import { writeNumber, writeSpread } from "./number-text.ts";
import { medianOf } from "./spread.ts";

/** `18,200 (17,900 to 18,800) files/s, 131 µs of processor time a file`. */
export function describeCost(runs: readonly ProcessRun[], files: number): string {
  const rates = runs.map(({ seconds }) => files / seconds);
  const cpu = medianOf(runs.map(({ cpuSeconds }) => (cpuSeconds * 1e6) / files));
  return `${writeSpread(rates)} files/s, ${writeNumber(cpu)} µs of processor time a file`;
}
