/**
 * Gives units to the readers, a few at a time, and sees each of them through: a file that a reader fails on is
 * told and left out, and the rest of its unit is read again. What is done with what was read is the caller's.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "#base/user-error.ts";
import type { UnitRows } from "#store/unit-rows.ts";
import type { Unit } from "./parse/read-unit.ts";
import type { ReaderFailure, ReaderPool } from "./parse/reader-pool.ts";
import type { StopSign } from "./stop-sign.ts";

/** Readers that fail one after another without a unit done are no fault of the files. */
const failuresInARow = 25;

export interface UnitTaker {
  /** `rest`: the unit without what failed; `positions`: where its files stood in the whole unit. */
  onRead(rows: UnitRows, rest: Unit, positions: readonly number[]): Promise<void> | void;
  /** `position`: where the file stood in the unit. */
  onFailed(position: number, code: ReaderFailure): Promise<void> | void;
}

export class UnitRunner {
  readonly #pool: Pick<ReaderPool, "readUnit">;
  readonly #stop: StopSign;
  readonly #mustWait: () => boolean;
  readonly #inFlight = new Set<Promise<void>>();
  #failuresInARow = 0;
  #failure: { readonly error: unknown } | null = null;

  /** `mustWait`: whether those behind have enough to do for now; asked again whenever a unit is done. */
  constructor(pool: Pick<ReaderPool, "readUnit">, stop: StopSign, mustWait: () => boolean) {
    this.#pool = pool;
    this.#stop = stop;
    this.#mustWait = mustWait;
  }

  /** Waits its turn. Throws what went wrong with this or an earlier unit; does nothing after a stop. */
  async submit(unit: Unit, taker: UnitTaker): Promise<void> {
    while (this.#stop.reason === null && this.#inFlight.size > 0 && this.#mustWait()) {
      await this.#stop.orRaised(Promise.race(this.#inFlight));
      this.#throwFailure();
    }
    if (this.#stop.reason !== null) return;
    const work = this.#read(unit, taker)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#inFlight.delete(work));
    this.#inFlight.add(work);
  }

  /** Waits for all units; after a stop no longer than `patienceMs`. */
  async finish(patienceMs: number): Promise<void> {
    while (this.#inFlight.size > 0 && this.#stop.reason === null) {
      await this.#stop.orRaised(Promise.race(this.#inFlight));
      this.#throwFailure();
    }
    if (this.#inFlight.size > 0 && patienceMs > 0) {
      const patience = sleep(patienceMs, undefined, { ref: false });
      await Promise.race([Promise.all(this.#inFlight), patience]);
    }
    this.#throwFailure();
  }

  async #read(unit: Unit, taker: UnitTaker): Promise<void> {
    let rest = unit;
    let positions = unit.files.map((_, position) => position);
    while (rest.files.length > 0) {
      const { result, failure } = await this.#pool.readUnit(rest);
      if (result !== null) {
        this.#failuresInARow = 0;
        await taker.onRead(result, rest, positions);
        return;
      }
      if (failure === null) return; // the pool was closed
      this.#failuresInARow += 1;
      if (this.#failuresInARow > failuresInARow) {
        throw new UserError(
          "readers-failing",
          "Reader threads failed one after another, so this is no fault of single files; run nils doctor, and report it where that finds nothing.",
        );
      }
      const index = Math.min(failure.file, rest.files.length - 1);
      await taker.onFailed(positions[index] as number, failure.code);
      rest = { ...rest, files: rest.files.filter((_, each) => each !== index) };
      positions = positions.filter((_, each) => each !== index);
    }
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
