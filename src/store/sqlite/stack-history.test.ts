import { expect, test } from "vitest";
import type { SettledStack } from "#store/settlement.ts";
import { StackSuccessors } from "./stack-history.ts";

const stack = (stackKey: string, ...instanceIds: number[]): SettledStack => ({
  stackKey,
  stackIndex: 0,
  values: {},
  representativeInstanceId: instanceIds[0] as number,
  representativeFrame: 1,
  members: instanceIds.map((instanceId) => ({ instanceId, frames: null })),
});

test("the successor of a stack holds most of its instances, of several the smallest key", () => {
  const successors = new StackSuccessors([stack("b", 1, 2), stack("a", 3, 4), stack("c", 5)]);
  expect(successors.of([1, 2, 3])).toBe("b");
  expect(successors.of([1, 2, 3, 4])).toBe("a");
  expect(successors.of([5, 9])).toBe("c");
  expect(successors.of([9])).toBeNull();
  expect(successors.of([])).toBeNull();
});

test("keys are ordered by UTF-8 bytes", () => {
  expect(new StackSuccessors([stack("\u{1f600}", 1), stack("\uff5a", 1)]).of([1])).toBe("\uff5a");
});

test("thousands of stacks that share one instance find their successors at once", () => {
  const stacks = Array.from({ length: 30_000 }, (_, index) => stack(`new-${index}`, 1));
  const successors = new StackSuccessors(stacks);
  const began = performance.now();
  for (let index = 0; index < stacks.length; index++) successors.of([1]);
  expect(performance.now() - began).toBeLessThan(5_000);
});
