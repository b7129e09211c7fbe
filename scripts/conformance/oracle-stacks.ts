/** The comparison of stacks as a whole: all sample folders, and what became of each difference. */
import { fileURLToPath } from "node:url";
import { compareStacks, isEqual, type SeriesPair } from "./compare-stacks.ts";
import { extractSamples } from "./extract-samples.ts";
import { hasSamples, samples } from "./oracle-values.ts";
import { hasVolumes, readOracleFolders } from "./oracle-volumes.ts";
import { type Explained, explainPair } from "./stack-reasons.ts";

export const hasStackOracle = hasSamples && hasVolumes;

export interface StackDifference extends Explained {
  readonly pair: SeriesPair;
}

export interface StackComparison {
  readonly folders: number;
  readonly pairs: readonly SeriesPair[];
  readonly differences: readonly StackDifference[];
  /** Volumes that dcm2niix resampled from others, left out of the comparison. */
  readonly resampled: number;
}

export async function compareWithVolumes(): Promise<StackComparison> {
  const folders = readOracleFolders();
  const ours = await extractSamples(fileURLToPath(samples));
  const pairs = compareStacks(ours, folders);
  const differences = pairs
    .filter((pair) => !isEqual(pair))
    .map((pair) => ({ pair, ...explainPair(pair) }));
  const resampled = folders.reduce((count, folder) => count + folder.resampled.length, 0);
  return { folders: folders.length, pairs, differences, resampled };
}

export const isUnexplained = ({ unexplained }: StackDifference): boolean =>
  unexplained.stacks.length + unexplained.volumes.length > 0;
