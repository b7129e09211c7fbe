/** Remarks on a stack. Those that the parts make are marked on frames; a stack has what any of its frames has. */
import type { stackFlags } from "#catalogue/codes/stack-flags.ts";

/** A remark on a stack; the catalogue says what each means. */
export type StackFlag = (typeof stackFlags)[number]["code"];

const frameFlags = [
  "type-assumed",
  "dose-modulated",
  "inversion-time-varies",
  "echo-inferred",
  "frame-of-reference-varies",
] as const satisfies readonly StackFlag[];

export type FrameFlag = (typeof frameFlags)[number];

/** The flags of all frames of a series, as bits. */
export class FrameFlags {
  readonly #bits: Uint8Array;

  constructor(count: number) {
    this.#bits = new Uint8Array(count);
  }

  mark(frame: number, flag: FrameFlag): void {
    this.#bits[frame] = (this.#bits[frame] as number) | (1 << frameFlags.indexOf(flag));
  }

  /** Flags that any of the frames has. */
  of(frames: Int32Array): FrameFlag[] {
    let bits = 0;
    for (const frame of frames) bits |= this.#bits[frame] as number;
    return frameFlags.filter((_, index) => (bits & (1 << index)) !== 0);
  }
}
