/** Sets over 0…n−1 that are united step by step. The smallest member stands for its set. */
export class DisjointSets {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, index) => index);
  }

  /** Smallest member of the set that holds `member`. */
  find(member: number): number {
    let at = member;
    for (;;) {
      const parent = this.#parent[at] as number;
      if (parent === at) return at;
      const grandparent = this.#parent[parent] as number;
      this.#parent[at] = grandparent;
      at = grandparent;
    }
  }

  unite(a: number, b: number): void {
    const rootA = this.find(a);
    const rootB = this.find(b);
    this.#parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }
}
