import { expect, test } from "vitest";
import { wantedPath } from "./testing/read-records.ts";
import { vrCode } from "./vr.ts";
import { compileWanted } from "./wanted.ts";

test("tags of a level are ascending and closed by the largest number", () => {
  const { top } = compileWanted(
    [0x7fe0_0001, 0x0008_0018, 0xfffa_fffa].map((tag) => wantedPath([tag], "UI")),
  );
  expect([...top.tags]).toEqual([0x0008_0018, 0x7fe0_0001, 0xfffa_fffa, 0xffff_ffff]);
  expect(top.entries.map((entry) => entry?.path ?? null)).toEqual([1, 0, 2, null]);
});

test("a tag that only leads on is a sequence without a path", () => {
  const { top } = compileWanted([wantedPath([0x0054_0016, 0x0018_1074], "DS")]);
  expect(top.entries[0]).toMatchObject({ path: -1, vr: vrCode("SQ") });
  expect(top.entries[0]?.sequence).toMatchObject({
    first: { entries: [{ path: 0 }, null] },
    rest: null,
  });
});

test("later items are looked into for paths of all items, and always for frames", () => {
  const { top } = compileWanted([
    wantedPath([0x0054_0016, 0x0018_1074], "DS"),
    wantedPath([0x0054_0016, 0x0018_0031], "LO", "all"),
    wantedPath([0x5200_9230, 0x0018_9114], "SQ"),
  ]);
  expect([...(top.entries[0]?.sequence?.rest?.tags ?? [])]).toEqual([0x0018_0031, 0xffff_ffff]);
  const frames = top.entries[1]?.sequence;
  expect(frames?.rest).toBe(frames?.first);
});

test("equal paths are twins", () => {
  const { twins, top } = compileWanted([
    wantedPath([0x0018_0081], "DS"),
    wantedPath([0x0018_0086], "IS"),
    wantedPath([0x0018_0081], "DS"),
  ]);
  expect([...twins]).toEqual([2, -1, -1]);
  expect(top.entries[0]?.path).toBe(0);
});

test("private steps with one creator share a group, whatever its spelling", () => {
  const { top } = compileWanted([
    wantedPath([{ creator: "SIEMENS  MR Header ", group: 0x19, element: 0x100c }], "IS"),
    wantedPath([{ creator: "siemens mr header", group: 0x19, element: 0x0a }], "US"),
  ]);
  expect(top.privateGroups).toHaveLength(1);
  const creators = top.privateGroups[0]?.creators ?? [];
  expect(creators).toHaveLength(1);
  expect([...(creators[0]?.elements.keys() ?? [])]).toEqual([0x0c, 0x0a]);
});
