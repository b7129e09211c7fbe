/** Why files have their states. */
import type { StateCode } from "./code.ts";

const lost = "Ask for the file anew from where it came from, or look at what wrote it.";
const nothing = "Nothing to do.";

export const stateCodes = [
  {
    state: "not-dicom",
    code: "empty-file",
    meaning: "The file has no bytes.",
    advice: "If it should be an image, its copy failed: copy it again.",
  },
  {
    state: "not-dicom",
    code: "no-dicom-signature",
    meaning: "Nothing in the file says that it is DICOM.",
    advice: nothing,
  },
  {
    state: "not-dicom",
    code: "foreign-format",
    meaning: "The file is of another format, whatever its name says; the row names the format.",
    advice: nothing,
  },
  {
    state: "not-dicom",
    code: "archive-file",
    meaning: "The file is an archive such as zip or tar; it is never unpacked.",
    advice: "Unpack it yourself if it holds images, and start the job again.",
  },
  {
    state: "not-dicom",
    code: "appledouble",
    meaning: "The file holds what macOS keeps beside another file.",
    advice: nothing,
  },
  {
    state: "not-dicom",
    code: "system-file",
    meaning: "The file belongs to an operating system.",
    advice: nothing,
  },
  {
    state: "skipped",
    code: "special-file",
    meaning: "The entry is a device, a pipe or a socket.",
    advice: nothing,
  },
  {
    state: "skipped",
    code: "symlink",
    meaning: "The entry is a symbolic link, and links are not followed.",
    advice: "Say --follow-links if files of the source are reached only by links.",
  },
  {
    state: "skipped",
    code: "symlink-loop",
    meaning: "The link leads to itself or to a folder that holds it.",
    advice: nothing,
  },
  {
    state: "skipped",
    code: "symlink-outside-root",
    meaning: "The link leads out of the source.",
    advice: "Make a cohort of the other place if it is to be read.",
  },
  {
    state: "skipped",
    code: "filtered",
    meaning: "The option --files leaves files of such a name out.",
    advice: "Use --files all to have content decide.",
  },
  {
    state: "skipped",
    code: "too-young",
    meaning: "The file is younger than --min-age.",
    advice: "The next job reads it when it has come of age.",
  },
  {
    state: "unreadable",
    code: "permission-denied",
    meaning: "You may not read the file.",
    advice: "Give the account that runs the job the right to read it; every job tries again.",
  },
  {
    state: "unreadable",
    code: "io-error",
    meaning: "The disk or the network failed while the file was read.",
    advice: "Look after the disk or the connection; every job tries again.",
  },
  {
    state: "unreadable",
    code: "truncated-before-identity",
    meaning: "The header ends, or cannot be followed, before all four identifiers are known.",
    advice: lost,
  },
  {
    state: "unreadable",
    code: "reader-crash",
    meaning: "The reader broke down on this file.",
    advice: "Report it with the file, if you may: it is a fault of this program.",
  },
  {
    state: "unreadable",
    code: "reader-timeout",
    meaning: "The reader got no byte and passed no element for 60 seconds.",
    advice:
      "Look after the disk or the share; the file is tried again when it or the reader changed.",
  },
  {
    state: "unsupported",
    code: "dicomdir",
    meaning: "The file is a directory of a medium (DICOMDIR).",
    advice: "Nothing to do: the files that it lists are found without it.",
  },
  {
    state: "invalid",
    code: "study-instance-uid-missing",
    meaning: "Study Instance UID is missing or unusable.",
    advice: lost,
  },
  {
    state: "invalid",
    code: "series-instance-uid-missing",
    meaning: "Series Instance UID is missing or unusable.",
    advice: lost,
  },
  {
    state: "invalid",
    code: "sop-instance-uid-missing",
    meaning: "SOP Instance UID is missing or unusable, in the data set and in the meta group.",
    advice: lost,
  },
  {
    state: "invalid",
    code: "sop-class-uid-missing",
    meaning: "SOP Class UID is missing or unusable, in the data set and in the meta group.",
    advice: lost,
  },
  {
    state: "invalid",
    code: "database-refused",
    meaning: "The database refused a value of this file; the rest of its batch was stored.",
    advice: "Report it with the file, if you may: such a value should have been caught before.",
  },
  {
    state: "changed",
    code: "changed-during-read",
    meaning:
      "Size, time or identity of the file changed between opening it and the end of reading.",
    advice: "Start the job again when the export is over, or use --min-age.",
  },
  {
    state: "changed",
    code: "file-vanished",
    meaning: "The file was listed and gone when it was to be opened.",
    advice: "Nothing to do: the next job sees whether it is there.",
  },
  {
    state: "missing",
    code: "file-gone",
    meaning: "The file was there in an earlier job and is no longer in its folder.",
    advice: "Nothing to do if it was meant to go; the file is read again if it comes back.",
  },
  {
    state: "duplicate",
    code: "not-compared",
    meaning:
      "The file claims an instance that another file has, and the two were not compared yet.",
    advice:
      "Start the job again if it has ended: one of the two could not be read, or the job was interrupted.",
  },
  {
    state: "duplicate",
    code: "same-file",
    meaning: "The entry is a link to a file that is stored.",
    advice: nothing,
  },
  {
    state: "duplicate",
    code: "duplicate-bytes",
    meaning:
      "Byte for byte the same as the stored file. After extracting again or copying twice this is normal.",
    advice: nothing,
  },
  {
    state: "duplicate",
    code: "duplicate-dataset",
    meaning: "The same data set as in the stored file; preamble or meta group differ.",
    advice: nothing,
  },
  {
    state: "duplicate",
    code: "same-header-other-encoding",
    meaning: "The same header as in the stored file, with pixels in another lossless encoding.",
    advice: nothing,
  },
  {
    state: "conflict",
    code: "sop-uid-conflict",
    meaning: "The same SOP Instance UID as the stored file, with other content.",
    advice:
      "`nils files --cohort NAME --state conflict` names both files; compare them with `nils inspect`. A program that copies UIDs, or edits without new ones, made one of them.",
  },
] as const satisfies readonly StateCode[];
