import { expect, test } from "vitest";
import { SubjectSurvey, type SurveyedFiles } from "./subject-survey.ts";

const files = (
  patientId: string | null,
  subjectFolder: string | null,
  studyInstanceUid: string,
  count = 1,
): SurveyedFiles => ({ patientId, subjectFolder, studyInstanceUid, files: count });

const archive = [
  files("P1", "sub-1", "1.1"),
  files("P1", "sub-1", "1.2"),
  files("P2", "sub-2", "2.1"),
  files("P3", "sub-2", "3.1"),
  files("P3", "sub-3", "3.2"),
  files("ANON", "sub-4", "4.1", 5),
  files(null, "sub-5", "5.1", 2),
  files(null, null, "6.1", 3),
];

function survey(subjectFrom: "patient-id" | "folder", hasFolderPattern: boolean) {
  const result = new SubjectSurvey({ subjectFrom, hasFolderPattern });
  for (const each of archive) result.add(each);
  return result.result();
}

test("folders and PatientIDs are compared, whatever the rule", () => {
  for (const rule of ["patient-id", "folder"] as const) {
    expect(survey(rule, false)).toMatchObject({
      patientIds: 3,
      subjectFolders: 5,
      foldersWithSeveralPatientIds: 1,
      patientIdsInSeveralFolders: 1,
      foldersThatAgree: 1,
      outsideFolders: { files: 3, studies: 1 },
      missingPatientId: { files: 5, studies: 2 },
      placeholderPatientId: { files: 5, studies: 1 },
      subjectsByPatientId: 6,
      subjectsByFolder: 6,
    });
  }
});

test("without a pattern, what has no PatientID is a subject a study", () => {
  expect(survey("patient-id", false)).toMatchObject({
    subjects: 6,
    subjectsByKind: { "patient-id": 3, folder: 0, study: 3 },
  });
});

test("with a pattern, folders stand in", () => {
  expect(survey("patient-id", true).subjectsByKind).toEqual({
    "patient-id": 3,
    folder: 2,
    study: 1,
  });
  expect(survey("folder", true).subjectsByKind).toEqual({ "patient-id": 0, folder: 5, study: 1 });
});
