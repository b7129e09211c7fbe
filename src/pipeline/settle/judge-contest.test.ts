import fc from "fast-check";
import { expect, test } from "vitest";
import type { Contest, ContestFile, FileDigests } from "#store/settlement.ts";
import { concludeContest, duplicateCode, judgeContest } from "./judge-contest.ts";

const digests: FileDigests = {
  bytes: "b",
  content: "c",
  header: "h",
  transferSyntaxUid: "1.2.840.10008.1.2",
  isLossy: false,
};

const file = (fileId: number, changes: Partial<ContestFile> = {}): ContestFile => ({
  fileId,
  folder: "folder",
  name: `${fileId}`,
  path: `folder/${fileId}`,
  size: 1,
  state: fileId === 1 ? "stored" : "duplicate",
  code: fileId === 1 ? null : "not-compared",
  digests: { ...digests, bytes: `b${fileId}` },
  ...changes,
});

const contest = (...files: ContestFile[]): Contest => ({ seriesId: 1, instanceId: 1, files });

test("two files say the same by their bytes, then by their data sets, then by their headers", () => {
  expect(duplicateCode(digests, digests)).toBe("duplicate-bytes");
  expect(duplicateCode(digests, { ...digests, bytes: "x" })).toBe("duplicate-dataset");
  const other = { ...digests, bytes: "x", content: "x", transferSyntaxUid: "1.2.840.10008.1.2.1" };
  expect(duplicateCode(digests, other)).toBe("same-header-other-encoding");
});

test("equal headers are no proof where the encoding is the same or either file is lossy", () => {
  const other = { ...digests, bytes: "x", content: "x" };
  const encoded = { ...other, transferSyntaxUid: "1.2.840.10008.1.2.4.50" };
  expect(duplicateCode(digests, other)).toBeNull();
  expect(duplicateCode(digests, { ...encoded, isLossy: true })).toBeNull();
  expect(duplicateCode({ ...digests, isLossy: true }, encoded)).toBeNull();
  expect(duplicateCode(digests, { ...encoded, header: "x" })).toBeNull();
});

test("how two files compare does not depend on which is asked first", () => {
  const sum = fc.constantFrom("a", "b");
  const any: fc.Arbitrary<FileDigests> = fc.record({
    bytes: sum,
    content: sum,
    header: sum,
    transferSyntaxUid: fc.constantFrom("1.2", "1.3", null),
    isLossy: fc.boolean(),
  });
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(duplicateCode(a, b)).toBe(duplicateCode(b, a));
    }),
  );
});

test("the smallest path is promoted when it is not the stored one", () => {
  const files = [file(5), file(1), file(7)];
  expect(judgeContest(contest(...files))).toEqual({ kind: "promote", file: files[0] });
  expect(judgeContest(contest(file(5)))).toMatchObject({ kind: "promote" });
});

test("digests are made of those files alone that lack them", () => {
  const files = [file(1), file(2, { digests: null }), file(3)];
  expect(judgeContest(contest(...files))).toEqual({ kind: "digest", files: [files[1]] });
});

test("a file that nobody else claims needs no digest and gets no verdict", () => {
  expect(judgeContest(contest(file(1, { digests: null })))).toEqual({
    kind: "decided",
    verdicts: [],
  });
  expect(judgeContest(contest())).toEqual({ kind: "decided", verdicts: [] });
});

test("the others are duplicates or conflicts of the stored one, each by itself", () => {
  const conflicting = { ...digests, bytes: "x", content: "x", header: "x" };
  const ruling = judgeContest(contest(file(1), file(2), file(3, { digests: conflicting })));
  expect(ruling).toEqual({
    kind: "decided",
    verdicts: [
      { fileId: 2, state: "duplicate", code: "duplicate-dataset", digests: file(2).digests },
      { fileId: 3, state: "conflict", code: "sop-uid-conflict", digests: conflicting },
    ],
  });
});

test("a verdict that is known already is not written again", () => {
  const settled = file(2, { code: "duplicate-dataset" });
  expect(judgeContest(contest(file(1), settled))).toEqual({ kind: "decided", verdicts: [] });
});

test("digests just read and what follows from them are one set of verdicts", () => {
  const files = [file(1, { digests: null }), file(2, { digests: null })];
  const read = new Map([
    [1, digests],
    [2, digests],
  ]);
  expect(concludeContest(contest(...files), read)).toEqual([
    { fileId: 1, state: "stored", code: null, digests },
    { fileId: 2, state: "duplicate", code: "duplicate-bytes", digests },
  ]);
});

test("a file that could not be read is not compared, and read again by the next job", () => {
  const files = [file(1), file(2, { digests: null }), file(3)];
  expect(concludeContest(contest(...files), new Map([[2, null]]))).toMatchObject([
    { fileId: 2, state: "duplicate", code: "not-compared", digests: null, recheck: true },
    { fileId: 3, code: "duplicate-dataset" },
  ]);
});

test("where the stored file could not be read, no other is what it was held for", () => {
  const conflict = file(2, { state: "conflict", code: "sop-uid-conflict" });
  const files = [file(1, { digests: null }), conflict, file(3)];
  expect(concludeContest(contest(...files), new Map([[1, null]]))).toEqual([
    { fileId: 1, state: "stored", code: null, digests: null, recheck: true },
    { fileId: 2, state: "duplicate", code: "not-compared", digests: conflict.digests },
  ]);
});
