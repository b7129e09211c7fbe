/**
 * What a rule for subjects would find, and how well folders and PatientIDs agree. Keeps hashes and counts
 * only, so that memory grows with subjects and studies, never with files, and no identifier stays in it.
 */
import { hash } from "node:crypto";
import { isPlaceholderPatientId } from "#catalogue/placeholder-patient-ids.ts";
import type { IdentityKind } from "#store/unit-rows.ts";
import { identifySubject, type SubjectRule } from "./parse/subject-identity.ts";

/** One file's part in the survey; several files of one series may be added at once. */
export interface SurveyedFiles {
  readonly patientId: string | null;
  readonly subjectFolder: string | null;
  readonly studyInstanceUid: string;
  readonly files: number;
}

/** Files and studies that lack something. */
export interface Lack {
  readonly files: number;
  readonly studies: number;
}

export interface SurveyResult {
  /** Subjects by the rule that was asked about. */
  readonly subjects: number;
  /** The same by what they would be found by. */
  readonly subjectsByKind: Readonly<Record<IdentityKind, number>>;
  /** Subjects there would be with each of the two rules. */
  readonly subjectsByPatientId: number;
  readonly subjectsByFolder: number;
  readonly patientIds: number;
  /** Subject folders that hold instances. */
  readonly subjectFolders: number;
  readonly foldersWithSeveralPatientIds: number;
  readonly patientIdsInSeveralFolders: number;
  /** Folders with one PatientID that occurs in no other folder. */
  readonly foldersThatAgree: number;
  readonly outsideFolders: Lack;
  readonly missingPatientId: Lack;
  readonly placeholderPatientId: Lack;
}

type Rule = Omit<SubjectRule, "seed">;

export class SubjectSurvey {
  readonly #rule: Rule;
  readonly #subjects = new Map<string, IdentityKind>();
  readonly #byPatientId = new Set<string>();
  readonly #byFolder = new Set<string>();
  readonly #foldersOf = new Map<string, Set<string>>();
  readonly #patientIdsOf = new Map<string, Set<string>>();
  readonly #outside = new LackCount();
  readonly #missing = new LackCount();
  readonly #placeholder = new LackCount();

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  add({ patientId, subjectFolder, studyInstanceUid, files }: SurveyedFiles): void {
    const identify = (rule: Rule): [key: string, kind: IdentityKind] => {
      const subject = identifySubject(patientId, subjectFolder, studyInstanceUid, {
        ...rule,
        seed: "",
      });
      return [keyOf(`${subject.kind}:${subject.identity}`), subject.kind];
    };
    this.#subjects.set(...identify(this.#rule));
    this.#byPatientId.add(identify({ ...this.#rule, subjectFrom: "patient-id" })[0]);
    this.#byFolder.add(identify({ ...this.#rule, subjectFrom: "folder" })[0]);
    const study = keyOf(studyInstanceUid);
    const folder = subjectFolder === null ? null : keyOf(subjectFolder);
    if (folder === null) this.#outside.add(study, files);
    else addTo(this.#patientIdsOf, folder, null);
    if (patientId === null) this.#missing.add(study, files);
    else if (isPlaceholderPatientId(patientId)) this.#placeholder.add(study, files);
    else {
      const person = keyOf(patientId);
      addTo(this.#foldersOf, person, folder);
      if (folder !== null) addTo(this.#patientIdsOf, folder, person);
    }
  }

  result(): SurveyResult {
    const kinds = { "patient-id": 0, folder: 0, study: 0 };
    for (const kind of this.#subjects.values()) kinds[kind] += 1;
    const people = [...this.#patientIdsOf.values()];
    const agrees = (ids: ReadonlySet<string>): boolean => {
      const [id] = ids;
      return ids.size === 1 && id !== undefined && this.#foldersOf.get(id)?.size === 1;
    };
    return {
      subjects: this.#subjects.size,
      subjectsByKind: kinds,
      subjectsByPatientId: this.#byPatientId.size,
      subjectsByFolder: this.#byFolder.size,
      patientIds: this.#foldersOf.size,
      subjectFolders: people.length,
      foldersWithSeveralPatientIds: people.filter((ids) => ids.size > 1).length,
      patientIdsInSeveralFolders: [...this.#foldersOf.values()].filter(({ size }) => size > 1)
        .length,
      foldersThatAgree: people.filter(agrees).length,
      outsideFolders: this.#outside.result(),
      missingPatientId: this.#missing.result(),
      placeholderPatientId: this.#placeholder.result(),
    };
  }
}

class LackCount {
  #files = 0;
  readonly #studies = new Set<string>();

  add(study: string, files: number): void {
    this.#files += files;
    this.#studies.add(study);
  }

  result(): Lack {
    return { files: this.#files, studies: this.#studies.size };
  }
}

/** 72 bits: two of 10^8 texts share them with a chance of one in a million. */
function keyOf(text: string): string {
  return hash("sha256", text, "base64").slice(0, 12);
}

/** Adds to the set of a key, which is made if it is not there; null makes it only. */
function addTo(sets: Map<string, Set<string>>, key: string, value: string | null): void {
  let set = sets.get(key);
  if (set === undefined) {
    set = new Set();
    sets.set(key, set);
  }
  if (value !== null) set.add(value);
}
