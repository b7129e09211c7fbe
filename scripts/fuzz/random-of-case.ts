import { makeRandom, type Random } from "#demo/random.ts";

/** The generator of one case. Neighbouring numbers must not give neighbouring states. */
export function randomOfCase(seed: number, number: number): Random {
  return makeRandom(Math.imul(seed + 1, 0x9e37_79b1) ^ Math.imul(number + 1, 0x85eb_ca6b));
}
