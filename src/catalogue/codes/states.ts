/** The states of files. */
import type { Code, FileStateCode } from "./code.ts";

interface State extends Code {
  readonly code: FileStateCode;
}

export const fileStates = [
  {
    code: "stored",
    meaning:
      "Read, and its identity is complete; of several files with one instance, the one that it is taken from.",
    advice: "Nothing to do; its warnings say what could not be read.",
  },
  {
    code: "duplicate",
    meaning:
      "Holds an instance of the same series that is stored from another file, with the same content.",
    advice: "Nothing to do: `kept_path` names the other file.",
  },
  {
    code: "conflict",
    meaning:
      "Claims the identity of an instance that is stored from another file, with other content.",
    advice: "Find out which of the two files is right; `kept_path` names the other one.",
  },
  {
    code: "unsupported",
    meaning: "DICOM that is no instance.",
    advice: "Nothing to do: what it lists is found by looking at the files themselves.",
  },
  {
    code: "skipped",
    meaning: "Not opened, by rule.",
    advice: "See the code of the file for the rule.",
  },
  {
    code: "not-dicom",
    meaning: "Its content is not DICOM.",
    advice: "Nothing to do, unless you expected images there.",
  },
  {
    code: "unreadable",
    meaning: "Could not be read as far as its identity.",
    advice: "Mend the cause that the code names and start the job again.",
  },
  {
    code: "invalid",
    meaning: "DICOM without an identifier that is required, or refused by the database.",
    advice: "Ask for the file anew from where it came from.",
  },
  {
    code: "changed",
    meaning: "Changed while it was read; nothing of it was stored.",
    advice: "Start the job again when the files are no longer being written.",
  },
  {
    code: "missing",
    meaning: "Known from an earlier job and gone.",
    advice: "Nothing to do if it was meant to go: what it held no longer counts.",
  },
] as const satisfies readonly State[];
