/** Beside equal stacks and volumes: whether our positions are as many as the slices of dcm2niix. */
import { isSheet, type SeriesPair } from "./compare-stacks.ts";
import type { OurStack } from "./read-extracted.ts";

export interface PositionDifference {
  readonly folder: string;
  readonly number: number | null;
  readonly stack: OurStack;
  readonly slices: number;
  /** Undefined for a fault. */
  readonly reason: string | undefined;
}

export interface PositionComparison {
  readonly compared: number;
  readonly differences: readonly PositionDifference[];
}

const reasons: readonly {
  readonly about: string;
  explains(stack: OurStack, positions: number): boolean;
}[] = [
  {
    about: "one place: time points, metabolites or planes of a dose grid, written as slices",
    explains: (stack, positions) => positions === 1 && stack.images > 1,
  },
  {
    about:
      "a run of which the samples have only a part: what is no whole grid is written as slices",
    explains: (stack, positions) => stack.images % positions !== 0,
  },
];

/** Sheets, whose tiles are the slices, and images without a place are left out. */
export function comparePositions(pairs: readonly SeriesPair[]): PositionComparison {
  let compared = 0;
  const differences = pairs.flatMap(({ folder, number, equal }) =>
    equal.flatMap(([stack, volume]): PositionDifference[] => {
      const positions = Number(stack.row["stack_n_positions"]);
      if (isSheet(stack) || positions === 0) return [];
      compared += 1;
      const slices = stack.images / (volume.dims[3] ?? 1);
      if (slices === positions) return [];
      const reason = reasons.find(({ explains }) => explains(stack, positions))?.about;
      return [{ folder, number, stack, slices, reason }];
    }),
  );
  return { compared, differences };
}
