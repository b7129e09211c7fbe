import fc from "fast-check";
import { expect, test } from "vitest";
import type { EntryKind } from "./discover/walk.ts";
import {
  type FoundFile,
  isRacy,
  isWanted,
  type KnownFile,
  type PlanRules,
  planFile,
} from "./plan.ts";

const now = 1_700_000_000_000_000;

const rules: PlanRules = {
  resume: true,
  isOutdated: (_state, version) => version !== 3,
  trust: "size-mtime-ctime",
  files: "all",
  minAge: 0,
  now,
};

const file: FoundFile = {
  name: "IM0001.dcm",
  kind: "file",
  size: 1000,
  mtime: now - 3_600_000_000,
  ctime: now - 3_600_000_000,
  detail: null,
};

const isLink = (kind: string): boolean => kind.startsWith("symlink") || kind === "same-file";

/** The ledger's row of a file that was read as it was found. */
function knownAs(found: FoundFile, changes: Partial<KnownFile> = {}): KnownFile {
  const { size, mtime, ctime } = found;
  return {
    fileId: 1,
    size,
    mtime,
    ctime,
    state: "stored",
    recheck: false,
    readerVersion: 3,
    linkCode: isLink(found.kind) ? found.kind : null,
    linkDetail: isLink(found.kind) ? found.detail : null,
    ...changes,
  };
}

const kinds: readonly EntryKind[] = [
  "file",
  "symlink",
  "symlink-loop",
  "symlink-outside-root",
  "same-file",
  "special-file",
];

const found: fc.Arbitrary<FoundFile> = fc.record({
  name: fc.constantFrom("a", "a.dcm", "a.DCM", "a.txt", "DICOMDIR"),
  kind: fc.constantFrom(...kinds),
  size: fc.nat(),
  mtime: fc.nat(now),
  ctime: fc.nat(now),
  detail: fc.constant(null),
});

const anyRules: fc.Arbitrary<PlanRules> = fc.record({
  resume: fc.constant(true),
  isOutdated: fc.constant(rules.isOutdated),
  trust: fc.constantFrom("size-mtime-ctime", "size-mtime"),
  files: fc.constantFrom("all", "dcm", "no-ext", "dcm-or-none"),
  minAge: fc.constant(0),
  now: fc.constant(now),
});

test("nothing is known at first, so that everything is new", () => {
  fc.assert(
    fc.property(found, anyRules, (each, rule) => {
      expect(planFile(each, undefined, rule).planned).toBe("new");
    }),
  );
});

test("a second plan of the same is empty", () => {
  fc.assert(
    fc.property(found, anyRules, (each, rule) => {
      const first = planFile(each, undefined, rule);
      const state = "state" in first ? first.state : "stored";
      const recheck = "recheck" in first ? first.recheck : false;
      expect(planFile(each, knownAs(each, { state, recheck }), rule)).toEqual({
        planned: "unchanged",
      });
    }),
  );
});

test("only ordinary files are ever opened", () => {
  fc.assert(
    fc.property(found, anyRules, (each, rule) => {
      const plan = planFile(each, undefined, rule);
      if ("action" in plan && plan.action === "read") expect(each.kind).toBe("file");
    }),
  );
});

test.each(["size", "mtime", "ctime"] as const)("another %s makes a file changed", (fact) => {
  const before = knownAs(file, { [fact]: file[fact] - 1 });
  expect(planFile(file, before, rules)).toEqual({ planned: "changed", action: "read" });
});

test("ctime says nothing where size and mtime are trusted", () => {
  const before = knownAs(file, { ctime: 1 });
  const trusting: PlanRules = { ...rules, trust: "size-mtime" };
  expect(planFile(file, before, trusting)).toEqual({ planned: "unchanged" });
  expect(planFile(file, knownAs(file, { mtime: 1 }), trusting).planned).toBe("changed");
});

test.each([
  ["asks for a second look", { recheck: true }, {}],
  ["was read by another reader", { readerVersion: 2 }, {}],
  ["is to be read whatever is known", {}, { resume: false }],
])("a file that %s is read again", (_, known, rule) => {
  const plan = planFile(file, knownAs(file, known), { ...rules, ...rule });
  expect(plan).toEqual({ planned: "read-again", action: "read" });
});

test("a file that was missing and is back is new", () => {
  expect(planFile(file, knownAs(file, { state: "missing" }), rules)).toEqual({
    planned: "new",
    action: "read",
  });
});

test("an entry that could not be looked at is unreadable and tried again", () => {
  const blind: FoundFile = { ...file, kind: "no-stat", detail: "EACCES" };
  expect(planFile(blind, undefined, rules)).toEqual({
    planned: "new",
    action: "note",
    state: "unreadable",
    code: "permission-denied",
    recheck: true,
  });
  expect(planFile({ ...blind, detail: "EIO" }, undefined, rules)).toMatchObject({
    code: "io-error",
  });
  expect(planFile({ ...blind, kind: "stuck", detail: null }, undefined, rules)).toMatchObject({
    state: "unreadable",
    code: "reader-timeout",
    recheck: true,
  });
});

test("links and special files are noted under their own code", () => {
  for (const kind of kinds.filter((each) => each !== "file")) {
    expect(planFile({ ...file, kind }, undefined, rules)).toMatchObject({
      action: "note",
      state: "skipped",
      code: kind,
      recheck: false,
    });
  }
});

test("a file younger than asked for waits, whether it is known or not, and asks for another look", () => {
  const young: FoundFile = { ...file, mtime: now - 999 };
  const patient: PlanRules = { ...rules, minAge: 1000 };
  const waiting = { planned: "waiting", action: "note", code: "too-young", recheck: true };
  expect(planFile(young, undefined, patient)).toMatchObject(waiting);
  expect(planFile(young, knownAs(file), patient)).toMatchObject(waiting);
  const waited = knownAs(young, { state: "skipped", recheck: true });
  expect(planFile(young, waited, patient)).toMatchObject(waiting);
  expect(planFile(young, waited, rules)).toEqual({ planned: "read-again", action: "read" });
  expect(planFile({ ...young, mtime: now - 1000 }, undefined, patient)).toMatchObject({
    action: "read",
  });
});

test.each([
  ["IM0001.dcm", { all: true, dcm: true, "no-ext": false, "dcm-or-none": true }],
  ["IM0001.DCM", { all: true, dcm: true, "no-ext": false, "dcm-or-none": true }],
  ["IM0001", { all: true, dcm: false, "no-ext": true, "dcm-or-none": true }],
  ["IM0001.ima", { all: true, dcm: false, "no-ext": false, "dcm-or-none": false }],
  ["1.2.840.113619", { all: true, dcm: false, "no-ext": false, "dcm-or-none": false }],
] as const)("the filters judge %s by its name", (name, expected) => {
  for (const [files, isLetIn] of Object.entries(expected)) {
    expect(isWanted(name, files as PlanRules["files"]), files).toBe(isLetIn);
  }
});

test("a file that a filter leaves out is noted as filtered", () => {
  expect(planFile({ ...file, name: "a.txt" }, undefined, { ...rules, files: "dcm" })).toMatchObject(
    {
      action: "note",
      state: "skipped",
      code: "filtered",
      recheck: false,
    },
  );
});

test("a time within the file system's grain of the reading is not to be trusted", () => {
  const readAt = 1_700_000_000_500_000;
  expect(isRacy(readAt - 49_999, readAt)).toBe(true);
  expect(isRacy(readAt - 50_000, readAt)).toBe(false);
  // Without a fraction the grain may be that of FAT.
  expect(isRacy(1_700_000_000_000_000, readAt)).toBe(true);
  expect(isRacy(1_699_999_998_000_000, readAt)).toBe(false);
  // A clock that runs ahead.
  expect(isRacy(readAt + 3_600_000_000, readAt)).toBe(true);
});
