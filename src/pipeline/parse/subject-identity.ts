/** Who a file belongs to, by the cohort's rule; pure. */
import { createHash } from "node:crypto";
import { blake2b } from "@noble/hashes/blake2.js";
import { isPlaceholderPatientId } from "#catalogue/placeholder-patient-ids.ts";
import type { IdentityKind } from "#store/unit-rows.ts";

export interface SubjectRule {
  readonly subjectFrom: "patient-id" | "folder";
  /** Subject folders were named by a person, so they may stand in for a missing PatientID. */
  readonly hasFolderPattern: boolean;
  readonly seed: string;
}

export interface SubjectIdentity {
  readonly kind: IdentityKind;
  readonly identity: string;
}

/**
 * By PatientID, or by the subject folder where that is the rule. A missing or placeholder PatientID leaves
 * the folder, if folders were named, else the study: one person in two pieces is mended later, two persons in one are not.
 */
export function identifySubject(
  patientId: string | null,
  subjectFolder: string | null,
  studyInstanceUid: string,
  rule: SubjectRule,
): SubjectIdentity {
  if (rule.subjectFrom === "folder" && subjectFolder !== null) {
    return { kind: "folder", identity: subjectFolder };
  }
  if (
    rule.subjectFrom === "patient-id" &&
    patientId !== null &&
    !isPlaceholderPatientId(patientId)
  ) {
    return { kind: "patient-id", identity: patientId };
  }
  if (rule.hasFolderPattern && subjectFolder !== null) {
    return { kind: "folder", identity: subjectFolder };
  }
  return { kind: "study", identity: studyInstanceUid };
}

/** Longest key that BLAKE2b takes, bytes (RFC 7693 §2.1). */
const longestKey = 64;

/**
 * The code that the world sees: BLAKE2b of 8 bytes over the identity, keyed with the cohort's seed, as 16
 * hex digits. A seed longer than a key can be is hashed first.
 */
export function subjectCode({ kind, identity }: SubjectIdentity, seed: string): string {
  const encoder = new TextEncoder();
  const text = kind === "patient-id" ? identity : `${kind}:${identity}`;
  const bytes = encoder.encode(seed);
  const key = bytes.length > longestKey ? createHash("sha512").update(bytes).digest() : bytes;
  // An empty key is none (RFC 7693 §2.9), which the library wants said so.
  const options = key.length === 0 ? { dkLen: 8 } : { dkLen: 8, key };
  return Buffer.from(blake2b(encoder.encode(text), options)).toString("hex");
}
