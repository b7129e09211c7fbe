/**
 * A process that runs its share of the cases, so that a crash of SQLite or a case without an end is seen from
 * outside. Told what to do by its parent; says each case before it begins, and what came of it.
 */
import type { DamageBase } from "./damage-base.ts";
import { checkDamage, type DamageCase } from "./damage-case.ts";

export interface LaneOrder {
  readonly base: DamageBase;
  readonly seed: number;
  readonly numbers: readonly number[];
}

export type LaneMessage =
  | { readonly kind: "begins"; readonly number: number }
  | { readonly kind: "ended"; readonly result: DamageCase };

process.on("message", async ({ base, seed, numbers }: LaneOrder) => {
  for (const number of numbers) {
    say({ kind: "begins", number });
    say({ kind: "ended", result: await checkDamage(base, seed, number) });
  }
  process.disconnect?.();
});

function say(message: LaneMessage): void {
  process.send?.(message);
}
