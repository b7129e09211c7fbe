import { expect, test } from "vitest";
import type { SettledStack } from "./settlement.ts";
import { type FormerStack, findSuccessions } from "./stack-succession.ts";

type Members = readonly (number | readonly [instanceId: number, frames: string])[];

/** An object of functional groups has 10 frames. */
const frameCount = 10;

const stack = (stackIndex: number, stackKey: string, ...members: Members): SettledStack => ({
  stackKey,
  stackIndex,
  values: {},
  representativeInstanceId: 1,
  representativeFrame: 1,
  members: members.map((each) =>
    typeof each === "number"
      ? { instanceId: each, frames: null }
      : { instanceId: each[0], frames: each[1] },
  ),
});

/** Instances given with frames are objects with functional groups, others have one frame. */
const former = (stackId: number, key: string, ...members: Members): FormerStack => ({
  stackId,
  key,
  members: members.map((each) =>
    typeof each === "number"
      ? { instanceId: each, frames: null, frameCount: 1 }
      : { instanceId: each[0], frames: each[1], frameCount },
  ),
});

/** `old key: heldBy takenBy` */
const follow = (
  olds: readonly FormerStack[],
  stacks: readonly SettledStack[],
  rows: readonly string[] = [],
): string[] =>
  findSuccessions(olds, stacks, (key) => rows.includes(key)).map(
    (each) => `${each.former.key}: ${each.heldBy} ${each.takenBy}`,
  );

test("the stack that shares most takes the row", () => {
  expect(follow([former(1, "o", 1, 2, 3)], [stack(0, "a", 1), stack(1, "b", 2, 3)])).toEqual([
    "o: b b",
  ]);
});

test("of stacks that share as much the one with the smaller index takes the row", () => {
  expect(follow([former(1, "o", 1, 2)], [stack(1, "a", 1), stack(0, "b", 2)])).toEqual(["o: b b"]);
});

test("a stack that has a row holds most, and another one takes the row", () => {
  const stacks = [stack(0, "a", 1, 2), stack(1, "b", 3)];
  expect(follow([former(1, "o", 1, 2, 3)], stacks, ["a"])).toEqual(["o: a b"]);
  expect(follow([former(1, "o", 1, 2)], stacks, ["a"])).toEqual(["o: a null"]);
});

test("a stack takes one row, of several that share as much the oldest", () => {
  const olds = [former(2, "p", 1), former(1, "o", 2), former(3, "q", 3, 4)];
  expect(follow(olds, [stack(0, "a", 1, 2, 3, 4)])).toEqual(["p: a null", "o: a null", "q: a a"]);
  expect(follow(olds.slice(0, 2), [stack(0, "a", 1, 2)])).toEqual(["p: a null", "o: a a"]);
});

test("a row that lost its first choice goes to the next one", () => {
  const olds = [former(1, "o", 1, 2, 3), former(2, "p", 4, 5)];
  const stacks = [stack(0, "a", 1, 2, 4, 5), stack(1, "b", 3)];
  expect(follow(olds, stacks)).toEqual(["o: a a", "p: a null"]);
  const more = [former(1, "o", 1, 2, 3), former(2, "p", 4, 5, 6)];
  expect(follow(more, [stack(0, "a", 1, 2, 3, 4, 5), stack(1, "b", 6)])).toEqual([
    "o: a a",
    "p: a b",
  ]);
});

test("a stack of which nothing is left has no successor", () => {
  expect(follow([former(1, "o", 9), former(2, "p")], [stack(0, "a", 1)])).toEqual([
    "o: null null",
    "p: null null",
  ]);
});

test("stacks of one object are followed by their frames", () => {
  const olds = [former(1, "o", [1, "1-5"]), former(2, "p", [1, "6-10"])];
  const stacks = [stack(0, "a", [1, "6,8-10"]), stack(1, "b", [1, "1-5,7"])];
  expect(follow(olds, stacks)).toEqual(["o: b b", "p: a a"]);
});

test("an object that is in one stack counts with all its frames", () => {
  const old = former(1, "o", [1, "1-10"], 2, 3, 4);
  expect(follow([old], [stack(0, "a", 2, 3, 4), stack(1, "b", 1)])).toEqual(["o: b b"]);
  const whole: FormerStack = {
    ...old,
    members: [{ instanceId: 1, frames: null, frameCount }, ...old.members.slice(1)],
  };
  expect(follow([whole], [stack(0, "a", 2, 3, 4), stack(1, "b", 1)])).toEqual(["o: b b"]);
  const parts = [stack(0, "a", 2, 3, 4, [1, "10"]), stack(1, "b", [1, "1-9"])];
  expect(follow([whole], parts)).toEqual(["o: b b"]);
});

test("thousands of stacks of one object find their successors at once", () => {
  const frames = Array.from({ length: 30_000 }, (_, index) => index + 1);
  const olds = frames.map(
    (frame): FormerStack => ({
      stackId: frame,
      key: `old ${frame}`,
      members: [{ instanceId: 1, frames: `${frame}`, frameCount: frames.length }],
    }),
  );
  const stacks = frames.map((frame) => stack(frame, `new ${frame}`, [1, `${frame}`]));
  const began = performance.now();
  const found = findSuccessions(olds, stacks, () => false);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(found.every(({ former: { key }, takenBy }) => takenBy === key.replace("old", "new"))).toBe(
    true,
  );
});

test("stacks that were divided and are put together again are in the row that they began in", () => {
  const parts = [stack(0, "x 40", 1), stack(1, "x 100", 2)];
  expect(follow([former(1, "x", 1, 2)], parts)).toEqual(["x: x 40 x 40"]);
  const olds = [former(2, "x 100", 2), former(1, "x 40", 1)];
  expect(follow(olds, [stack(0, "x", 1, 2)])).toEqual(["x 100: x null", "x 40: x x"]);
});
