/** Problems that are not a warning of one file: what several files, or folders, say together. */
import type { Code } from "./code.ts";

export const problemCodes = [
  {
    code: "study-in-two-subjects",
    meaning: "One Study Instance UID occurs with two subjects; it is a study of each.",
    advice:
      "Find out whose study it is; a PatientID was mistyped, or subjects were merged elsewhere.",
  },
  {
    code: "series-in-two-studies",
    meaning: "One Series Instance UID occurs in two studies; it is a series of each.",
    advice: "A classic export of Siemens XA does so; look whether the parts belong together.",
  },
  {
    code: "sop-uid-in-two-series",
    meaning: "One SOP Instance UID occurs in two series; it is an instance of each.",
    advice: "A program copied images without new UIDs; look which series is the original.",
  },
  {
    code: "patient-id-issuers",
    meaning: "One PatientID comes from two issuers; it is one subject.",
    advice: "If two hospitals gave the number to two persons, use --subject-from folder.",
  },
  {
    code: "folder-unreadable",
    meaning: "A folder could not be listed; what was known below it was kept.",
    advice:
      "`nils export --cohort NAME --table folder` names each, with the system's word: give the account that runs the job the right to list it, or look after its disk or share, and start the job again.",
  },
] as const satisfies readonly Code[];
