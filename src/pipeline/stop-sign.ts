/** Asks the stages to end at the next good place. */
export class StopSign {
  #reason: "cancel" | "pause" | null = null;
  #failure: { readonly error: unknown } | null = null;
  readonly #waiting = new Set<() => void>();

  get reason(): "cancel" | "pause" | null {
    return this.#reason;
  }

  raise(reason: "cancel" | "pause"): void {
    this.#reason ??= reason;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Stops as a cancel does, and `throwFailure` says why: the job has failed. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.raise("cancel");
  }

  throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  /**
   * What `work` resolves to, or undefined as soon as the sign is raised. Leaves nothing behind when `work`
   * is done: `Promise.race` with a promise that lives as long as the job would keep something of each call.
   */
  orRaised<Result>(work: Promise<Result>): Promise<Result | undefined> {
    if (this.#reason !== null) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const wake = (): void => resolve(undefined);
      this.#waiting.add(wake);
      work.then(
        (result) => {
          this.#waiting.delete(wake);
          resolve(result);
        },
        (error: unknown) => {
          this.#waiting.delete(wake);
          reject(error);
        },
      );
    });
  }
}
