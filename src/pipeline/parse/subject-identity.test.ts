import { expect, test } from "vitest";
import { identifySubject, type SubjectRule, subjectCode } from "./subject-identity.ts";

const byId: SubjectRule = { subjectFrom: "patient-id", hasFolderPattern: false, seed: "seed" };
const byIdWithFolders: SubjectRule = { ...byId, hasFolderPattern: true };
const byFolder: SubjectRule = { ...byId, subjectFrom: "folder" };

test("a PatientID that names somebody is the identity", () => {
  expect(identifySubject("A17", "sub-1", "1.2", byIdWithFolders)).toEqual({
    kind: "patient-id",
    identity: "A17",
  });
});

test.each([null, "0000", "ANON", "anonymous", "X", "Un-known", "N/A"])(
  "PatientID %s names nobody: the named folder does, else the study",
  (patientId) => {
    expect(identifySubject(patientId, "sub-1", "1.2", byId)).toEqual({
      kind: "study",
      identity: "1.2",
    });
    expect(identifySubject(patientId, "sub-1", "1.2", byIdWithFolders)).toEqual({
      kind: "folder",
      identity: "sub-1",
    });
    expect(identifySubject(patientId, null, "1.2", byIdWithFolders)).toEqual({
      kind: "study",
      identity: "1.2",
    });
  },
);

test("a PatientID that only begins like a placeholder names somebody", () => {
  expect(identifySubject("ANON0042", null, "1.2", byId).kind).toBe("patient-id");
});

test("by the folder rule the folder is the identity, whatever the PatientID", () => {
  expect(identifySubject("A17", "sub-1", "1.2", byFolder)).toEqual({
    kind: "folder",
    identity: "sub-1",
  });
});

test("outside of any subject folder the folder rule leaves the study", () => {
  expect(identifySubject("A17", null, "1.2", byFolder)).toEqual({ kind: "study", identity: "1.2" });
});

// Computed with Python's hashlib.blake2b(identity, digest_size=8, key=seed).
test.each([
  ["patient-id", "12345", "seed", "0cd63587abde311c"],
  ["patient-id", "PAT-1", "STUDY", "885f22265d84c93c"],
  ["folder", "sub-01", "seed", "0061acaa8b1d6ace"],
  ["study", "1.2.3", "seed", "a83f0e5e555574fb"],
  ["patient-id", "Müller", "clé", "1fe27671158ab262"],
  ["patient-id", "12345", "x".repeat(64), "6b253404e423b913"],
  ["patient-id", "12345", "", "74584b93e0c0f6a1"],
] as const)("the code of %s %s keyed with %s is %s", (kind, identity, seed, code) => {
  expect(subjectCode({ kind, identity }, seed)).toBe(code);
});

test("a seed longer than a key may be is hashed with SHA-512 first", () => {
  const code = subjectCode({ kind: "patient-id", identity: "12345" }, "x".repeat(65));
  expect(code).toBe("4c9882ad4176ef10");
});

test("a PatientID that looks like a folder's identity does not share its code", () => {
  const folder = subjectCode({ kind: "folder", identity: "sub-01" }, "seed");
  const study = subjectCode({ kind: "study", identity: "sub-01" }, "seed");
  const patient = subjectCode({ kind: "patient-id", identity: "sub-01" }, "seed");
  expect(new Set([folder, study, patient]).size).toBe(3);
});
