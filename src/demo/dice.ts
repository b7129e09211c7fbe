import type { Random } from "./random.ts";

/** Choices that depend on nothing but the state of a generator. */
export class Dice {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A whole number from 0 to `below` − 1; 0 where `below` is less than 1. */
  below(below: number): number {
    return Math.floor(this.#random() * Math.max(1, below));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256));
  }
}
