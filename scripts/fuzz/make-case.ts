import { Dice } from "#demo/dice.ts";
import { Draft, type Edit } from "./draft.ts";
import { mutations } from "./mutations.ts";
import { randomOfCase } from "./random-of-case.ts";
import type { SeedFile } from "./seed-file.ts";

export interface FuzzCase {
  readonly seed: number;
  readonly number: number;
  /** Name of the seed file. */
  readonly file: string;
  readonly mutations: readonly string[];
  readonly edits: readonly Edit[];
  readonly bytes: Uint8Array;
}

/** Of seed files that take long to read, and so are chosen more rarely, one in so many is. */
const RARELY = 50;

const MOST_MUTATIONS = 12;

/** Makes a case, whose bytes are valid until the next one is made; the same for the same seed, number and seed files. */
export function makeCase(files: readonly SeedFile[], seed: number, number: number): FuzzCase {
  const dice = new Dice(randomOfCase(seed, number));
  let file = dice.pick(files);
  while (file.isSlow && !dice.once(RARELY)) file = dice.pick(files);
  const draft = new Draft(file);
  const names: string[] = [];
  do {
    const mutation = dice.pick(mutations);
    mutation.apply(draft, dice, files);
    names.push(mutation.name);
  } while (draft.edits.length === 0 || (names.length < MOST_MUTATIONS && !dice.once(3)));
  return {
    seed,
    number,
    file: file.name,
    mutations: names,
    edits: draft.edits,
    bytes: draft.bytes,
  };
}
