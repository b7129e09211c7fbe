/** Numbers that look random and depend on nothing but the seed: no clock, no Math.random. */
import { createHash } from "node:crypto";

/** A generator of numbers in [0, 1). */
export type Random = () => number;

/**
 * mulberry32 (public domain): 32 bits of state advanced by a Weyl sequence, mixed by two
 * multiplications. Enough for noise in pictures; nothing here needs secrecy.
 */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A generator for one named thing, so that adding a thing elsewhere does not change it. */
export function makeRandomFor(seed: number, name: string): Random {
  return makeRandom(hashName(seed, name).readUInt32LE(0));
}

/** SHA-256 of the seed and a name. */
export function hashName(seed: number, name: string): Buffer {
  return createHash("sha256").update(`${seed}\0${name}`).digest();
}
