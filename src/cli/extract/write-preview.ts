/** What a look without writing found, for people: counts only, no identifier and no name of a folder. */
import { formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import type { Preview, PreviewCount } from "#pipeline/preview.ts";
import type { SurveyResult } from "#pipeline/subject-survey.ts";
import { type Entry, writeEntries } from "./write-summary.ts";

export interface PreviewStyle {
  readonly cohort: string;
  readonly source: string;
  readonly subjectFrom: "patient-id" | "folder";
  readonly subjectFolders: string | null;
  /** Columns that a line may fill. */
  readonly width: number;
}

/** Codes of one state that are named; the others are counted. */
const shownCodes = 3;

export function writePreview(preview: Preview, style: PreviewStyle): string {
  const { survey, counts } = preview;
  const unlisted =
    counts.foldersUnlisted === 0
      ? ""
      : `, ${plural(counts.foldersUnlisted, "folder")} could not be listed`;
  const entries: Entry[] = [
    ["Source", style.source],
    ["Files", `${plural(counts.found, "file")} in ${plural(counts.folders, "folder")}${unlisted}`],
    ...describeStates(preview.files).map((text): Entry => ["", text]),
    ["Subjects", describeSubjects(survey, style)],
    ["", describeAlternative(survey, style)],
    ["Folders", describeAgreement(survey, style)],
    ["PatientIDs", describePatientIds(survey)],
  ];
  return `A look for cohort ${style.cohort}; nothing was written\n${writeEntries(entries, style.width)}`;
}

/** A state a line, with its most frequent codes. */
function describeStates(files: readonly PreviewCount[]): string[] {
  const states = [...new Set(files.map(({ state }) => state))];
  return states.map((state) => {
    const ofState = files.filter((each) => each.state === state);
    const total = ofState.reduce((sum, each) => sum + each.files, 0);
    const codes = ofState.filter((each) => each.code !== null);
    const named = codes
      .slice(0, shownCodes)
      .map(({ code, files: count }) => `${formatNumber(count)} ${code}`);
    if (codes.length > shownCodes) named.push("others");
    const list = named.length === 0 ? "" : ` (${named.join(", ")})`;
    const copies = state === "stored" ? ", copies among them not told apart yet" : "";
    return `${formatNumber(total)} ${state}${list}${copies}`;
  });
}

function describeSubjects(
  survey: SurveyResult,
  { subjectFrom, subjectFolders }: PreviewStyle,
): string {
  const rule = subjectFrom === "folder" ? "--subject-from folder" : "--subject-from patient-id";
  const pattern = subjectFolders === null ? "" : `, --subject-folders '${subjectFolders}'`;
  const kinds = survey.subjectsByKind;
  const parts = [
    [kinds["patient-id"], "by PatientID"],
    [kinds.folder, "by folder"],
    [kinds.study, "by study, since nothing else tells"],
  ] as const;
  const list = parts
    .filter(([count]) => count > 0)
    .map(([count, how]) => `${formatNumber(count)} ${how}`)
    .join(", ");
  return `${plural(survey.subjects, "subject")} with ${rule}${pattern}: ${list}`;
}

function describeAlternative(survey: SurveyResult, { subjectFrom }: PreviewStyle): string {
  return subjectFrom === "folder"
    ? `${plural(survey.subjectsByPatientId, "subject")} with --subject-from patient-id`
    : `${plural(survey.subjectsByFolder, "subject")} with --subject-from folder`;
}

function describeAgreement(survey: SurveyResult, { subjectFolders }: PreviewStyle): string {
  const { subjectFolders: folders, foldersThatAgree, outsideFolders } = survey;
  const parts = [
    `${plural(folders, "subject folder")} by the pattern ${subjectFolders ?? "*"}, ${formatNumber(foldersThatAgree)} with one PatientID that is in no other`,
    `${formatNumber(survey.foldersWithSeveralPatientIds)} with several PatientIDs`,
  ];
  if (outsideFolders.files > 0) {
    parts.push(`${plural(outsideFolders.files, "file")} outside of any`);
  }
  return parts.join("; ");
}

function describePatientIds(survey: SurveyResult): string {
  const { patientIds, patientIdsInSeveralFolders, missingPatientId, placeholderPatientId } = survey;
  const lack = (what: string, { files, studies }: { files: number; studies: number }): string =>
    `${what} in ${plural(files, "file")}${files === 0 ? "" : ` of ${plural(studies, "study", "studies")}`}`;
  return [
    `${plural(patientIds, "PatientID")}, ${formatNumber(patientIdsInSeveralFolders)} of them in several subject folders`,
    lack("missing", missingPatientId),
    lack("a placeholder", placeholderPatientId),
  ].join("; ");
}
