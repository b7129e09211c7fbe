/** Measurements that are compared are taken in turns: on a shared machine only neighbours in time are alike. */

/**
 * Takes each measurement `turns` times, in turns, every second turn backwards; `before` each turn. Results are in
 * order of the turns.
 */
export async function inTurns<Name extends string, Result>(
  turns: number,
  measurements: Readonly<Record<Name, () => Promise<Result>>>,
  before: () => Promise<void>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(measurements) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Result[]
  >;
  for (let turn = 0; turn < turns; turn++) {
    await before();
    for (const name of turn % 2 === 0 ? names : names.toReversed()) {
      results[name].push(await measurements[name]());
    }
  }
  return results;
}

/** Of each turn one number, from its two results. */
export function pairwise<A, B>(
  first: readonly A[],
  second: readonly B[],
  compare: (first: A, second: B) => number,
): number[] {
  return first.map((each, turn) => compare(each, second[turn] as B));
}
