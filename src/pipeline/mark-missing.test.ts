import fc from "fast-check";
import { expect, test } from "vitest";
import type { UnseenFolder } from "#store/ledger.ts";
import { isTooMuch, judgeUnseenFolders } from "./mark-missing.ts";

const unseen = (
  folderId: number,
  parentId: number | null,
  parentState: UnseenFolder["parentState"],
): UnseenFolder => ({ folderId, parentId, parentState });

test("an unseen folder is gone when the one above it was listed whole", () => {
  expect(judgeUnseenFolders([unseen(2, 1, "listed")])).toEqual({ gone: [2], kept: [] });
});

test.each(["unreadable", "listing"] as const)("it is kept when the one above is %s", (state) => {
  expect(judgeUnseenFolders([unseen(2, 1, state)])).toEqual({ gone: [], kept: [2] });
});

test("what lies below an unseen folder shares its lot, in whatever order they come", () => {
  const folders = [
    unseen(2, 1, "listed"),
    unseen(3, 2, null),
    unseen(4, 3, null),
    unseen(5, 1, "unreadable"),
    unseen(6, 5, null),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(folders, { minLength: folders.length }), (shuffled) => {
      const { gone, kept } = judgeUnseenFolders(shuffled);
      expect(gone.sort()).toEqual([2, 3, 4]);
      expect(kept.sort()).toEqual([5, 6]);
    }),
  );
});

test("the source itself, when it was not seen, is kept with all below it", () => {
  expect(judgeUnseenFolders([unseen(1, null, null), unseen(2, 1, null)])).toEqual({
    gone: [],
    kept: [1, 2],
  });
});

test("a chain of a hundred thousand folders is judged without a deep stack", () => {
  const chain = Array.from({ length: 100_000 }, (_, index) =>
    unseen(index + 2, index + 1, index === 0 ? "listed" : null),
  );
  expect(judgeUnseenFolders(chain.reverse()).gone).toHaveLength(100_000);
});

test.each([
  ["a hundred files", { noted: 100, moved: 0, present: 200 }, 100, 0, false],
  ["a hundred and one of many", { noted: 101, moved: 0, present: 1010 }, 909, 0, false],
  ["a hundred and one, more than a tenth", { noted: 101, moved: 0, present: 1009 }, 908, 0, true],
  ["many that only moved", { noted: 5000, moved: 4900, present: 9900 }, 4900, 4900, false],
  ["many, more of them than moved", { noted: 5000, moved: 4000, present: 9900 }, 4900, 4000, true],
  ["many whose copies were always there", { noted: 480, moved: 480, present: 960 }, 480, 0, true],
  ["a single file, and nothing else was found", { noted: 1, moved: 0, present: 1 }, 0, 0, true],
  ["nothing", { noted: 0, moved: 0, present: 0 }, 0, 0, false],
])("losing %s", (_, report, found, newFiles, expected) => {
  expect(isTooMuch(report, found, newFiles)).toBe(expected);
});
