import { expect, test } from "vitest";
import type { TaskOutcome } from "./parse/reader-pool.ts";
import { readInParts } from "./read-in-parts.ts";
import { StopSign } from "./stop-sign.ts";

/** A reader that dies on some files and finds nothing in 0. */
const readerOf =
  (...deadly: number[]) =>
  async (part: readonly number[]): Promise<TaskOutcome<(number | null)[]>> => {
    const file = part.findIndex((item) => deadly.includes(item));
    if (file >= 0) return { result: null, failure: { file, code: "reader-crash" } };
    return { result: part.map((item) => (item === 0 ? null : item * 10)), failure: null };
  };

test("a reader that fails costs the files it failed on, in whatever task", async () => {
  const outcomes = await readInParts(new StopSign(), [1, 2, 0, 3, 4, 5], 4, readerOf(2, 3, 5));
  expect(outcomes).toEqual([
    { result: 10, failure: null },
    { result: null, failure: "reader-crash" },
    { result: null, failure: null },
    { result: null, failure: "reader-crash" },
    { result: 40, failure: null },
    { result: null, failure: "reader-crash" },
  ]);
});

test("a stop does not wait for what is being read", async () => {
  const stop = new StopSign();
  const outcomes = readInParts(stop, [1], 1, () => new Promise(() => undefined));
  stop.raise("cancel");
  expect(await outcomes).toBeUndefined();
});

test("a pool that was closed gives nothing, and no end of tries", async () => {
  const closed = async (): Promise<TaskOutcome<number[]>> => ({ result: null, failure: null });
  expect(await readInParts(new StopSign(), [1, 2], 2, closed)).toEqual([
    { result: null, failure: null },
    { result: null, failure: null },
  ]);
});
