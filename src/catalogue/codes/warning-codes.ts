/** What stored files were stored in spite of. A warning costs at most the value that it is about. */
import type { WarningCode } from "./code.ts";

const asWritten = "Nothing to do: the value was understood.";
const rawKept = "The text as written is in `raw_values`; `nils inspect` shows where it stands.";
const encoding = "Nothing to do: the encoding that was found was used.";
const cut = "What was read before is stored; ask for the file anew if values are missing.";
const harmless = "Nothing to do.";

export const warningCodes = [
  // Recognition and encoding
  {
    code: "preamble-nonzero",
    isProblem: false,
    meaning: "The 128 bytes before the file's mark are not empty.",
    advice: harmless,
  },
  {
    code: "dicm-at-zero",
    isProblem: false,
    meaning: "The file's mark stands at its beginning; the preamble is missing.",
    advice: harmless,
  },
  {
    code: "dicm-offset-256",
    isProblem: false,
    meaning: "128 foreign bytes stand before the preamble.",
    advice: harmless,
  },
  {
    code: "no-preamble",
    isProblem: false,
    meaning: "The meta group begins without preamble and mark.",
    advice: harmless,
  },
  {
    code: "no-file-meta",
    isProblem: false,
    meaning: "The file is a bare data set without a meta group; its encoding was found by trying.",
    advice: harmless,
  },
  {
    code: "transfer-syntax-mismatch",
    isProblem: true,
    meaning: "The data set is not encoded as the file declares.",
    advice: encoding,
  },
  {
    code: "transfer-syntax-unknown",
    isProblem: true,
    meaning: "The declared transfer syntax is not known.",
    advice: encoding,
  },
  {
    code: "meta-length-wrong",
    isProblem: false,
    meaning: "The length of the meta group is wrong.",
    advice: harmless,
  },
  {
    code: "meta-implicit",
    isProblem: false,
    meaning: "The meta group has no VRs.",
    advice: encoding,
  },
  {
    code: "meta-big-endian",
    isProblem: false,
    meaning: "The meta group is in big endian.",
    advice: encoding,
  },
  // Structure
  {
    code: "vr-missing",
    isProblem: false,
    meaning: "An element has no VR in a data set that has them.",
    advice: encoding,
  },
  {
    code: "vr-unknown",
    isProblem: false,
    meaning: "An element has a VR that does not exist; it was read as bytes.",
    advice: harmless,
  },
  {
    code: "duplicate-element",
    isProblem: true,
    meaning: "An element occurs twice at one level; the first counts.",
    advice: "Look at the file with `nils inspect` if the values matter.",
  },
  {
    code: "sequence-not-delimited",
    isProblem: true,
    meaning:
      "A sequence of undefined length has no end; what follows it was taken for its content.",
    advice: cut,
  },
  {
    code: "length-beyond-file",
    isProblem: true,
    meaning: "An element claims more bytes than there are; reading ended before it.",
    advice: cut,
  },
  {
    code: "header-truncated",
    isProblem: true,
    meaning: "Reading ended before the header's end.",
    advice: cut,
  },
  {
    code: "no-progress",
    isProblem: true,
    meaning: "Elements followed each other without moving on; reading ended there.",
    advice: cut,
  },
  {
    code: "nesting-limit",
    isProblem: true,
    meaning: "Sequences are nested deeper than 32 levels; the deeper ones were passed over.",
    advice: cut,
  },
  {
    code: "item-limit",
    isProblem: true,
    meaning: "A sequence has more than 200 000 items; the rest was passed over.",
    advice: cut,
  },
  {
    code: "element-limit",
    isProblem: true,
    meaning: "The header has more than 20 000 000 elements; reading ended there.",
    advice: cut,
  },
  {
    code: "header-limit",
    isProblem: true,
    meaning: "The header is larger than 1 GiB; reading ended there.",
    advice: cut,
  },
  {
    code: "inflate-limit",
    isProblem: true,
    meaning: "The compressed data set grows more than 200 times over; reading ended there.",
    advice: cut,
  },
  {
    code: "value-too-long",
    isProblem: false,
    meaning: "A value is longer than is kept in memory and was passed over.",
    advice: harmless,
  },
  {
    code: "text-truncated",
    isProblem: false,
    meaning: "A text was cut after 10 240 characters.",
    advice: harmless,
  },
  {
    code: "private-creator-missing",
    isProblem: false,
    meaning:
      "Private elements are there and their creator is not; the maker's usual block was read.",
    advice: "Have de-identification keep private creators.",
  },
  {
    code: "csa-invalid",
    isProblem: false,
    meaning: "A Siemens CSA header cannot be followed and was left out.",
    advice: harmless,
  },
  // Pixels and frames
  {
    code: "pixel-data-truncated",
    isProblem: true,
    meaning: "There are fewer pixels than the header says.",
    advice: "The header is stored in full; ask for the file anew if you need the image.",
  },
  {
    code: "pixel-data-missing",
    isProblem: true,
    meaning: "The header describes an image and there are no pixels.",
    advice: "The header is stored in full; ask for the file anew if you need the image.",
  },
  {
    code: "frame-count-mismatch",
    isProblem: true,
    meaning:
      "The number of frames is not that of the items that describe them; the smaller counts.",
    advice: "Look at the file with `nils inspect`; frames may be missing.",
  },
  // Text
  {
    code: "charset-assumed",
    isProblem: false,
    meaning:
      "No character set is declared, or text is not in the one declared; UTF-8 or Latin-1 was assumed.",
    advice: "Check a few names if characters matter.",
  },
  {
    code: "charset-unknown",
    isProblem: false,
    meaning: "The declared character set is not known; it was taken as absent.",
    advice: "Check a few names if characters matter.",
  },
  {
    code: "charset-invalid-bytes",
    isProblem: false,
    meaning: "A text holds bytes that its character set does not have; each became U+FFFD.",
    advice: "Check a few names if characters matter.",
  },
  // Numbers, dates, times
  {
    code: "number-invalid",
    isProblem: true,
    meaning: "A value is no number where one belongs.",
    advice: rawKept,
  },
  {
    code: "number-comma",
    isProblem: false,
    meaning: "A number is written with a comma.",
    advice: asWritten,
  },
  {
    code: "number-range",
    isProblem: false,
    meaning: "A whole number is out of the range that its VR has, or has a fraction.",
    advice: rawKept,
  },
  {
    code: "number-as-text",
    isProblem: false,
    meaning: "A binary number was written as text.",
    advice: asWritten,
  },
  {
    code: "date-form-old",
    isProblem: false,
    meaning: "A date is written in another form than YYYYMMDD.",
    advice: asWritten,
  },
  {
    code: "date-partial",
    isProblem: false,
    meaning: "A date lacks its day or month.",
    advice: rawKept,
  },
  {
    code: "date-invalid",
    isProblem: true,
    meaning: "A date is not one of the calendar.",
    advice: rawKept,
  },
  {
    code: "time-form-old",
    isProblem: false,
    meaning: "A time is written in another form than HHMMSS.FFFFFF.",
    advice: asWritten,
  },
  {
    code: "time-leap",
    isProblem: false,
    meaning: "A time is in a leap second; it was put just before it.",
    advice: asWritten,
  },
  {
    code: "time-invalid",
    isProblem: true,
    meaning: "A time is not one of the clock.",
    advice: rawKept,
  },
  // Identity
  {
    code: "uid-nonconformant",
    isProblem: true,
    meaning: "A UID breaks the rules for UIDs; it was used as written.",
    advice: "Nothing to do, unless other programs refuse the files.",
  },
  {
    code: "uid-multivalued",
    isProblem: true,
    meaning: "A UID has several values; the first counts.",
    advice: "Look at the file with `nils inspect`.",
  },
  {
    code: "sop-uid-meta-mismatch",
    isProblem: true,
    meaning:
      "The meta group names another SOP Instance UID than the data set; the data set counts.",
    advice: "A program that edited the file left the meta group as it was.",
  },
  {
    code: "patient-id-missing",
    isProblem: true,
    meaning: "PatientID is missing or names nobody; the subject was found by folder or study.",
    advice: "Use --subject-folders or --subject-from folder if folders tell subjects apart.",
  },
  {
    code: "modality-missing",
    isProblem: true,
    meaning: "Modality is missing; it was taken from the SOP class.",
    advice: harmless,
  },
  // Values
  {
    code: "value-out-of-range",
    isProblem: true,
    meaning: "A value cannot be true and was left out.",
    advice: rawKept,
  },
  {
    code: "value-count",
    isProblem: true,
    meaning: "An attribute has another number of values than it should and was left out.",
    advice: rawKept,
  },
  {
    code: "value-invalid",
    isProblem: true,
    meaning: "A term is none of those that the attribute has and was left out.",
    advice: rawKept,
  },
  {
    code: "orientation-invalid",
    isProblem: true,
    meaning: "Image Orientation (Patient) is no pair of unit vectors at right angles.",
    advice:
      "The images are in a stack without orientation; the text as written is in `raw_values`.",
  },
  {
    code: "unit-assumed",
    isProblem: true,
    meaning: "A value fits only if it is in another unit than the standard's; it was converted.",
    advice: "Check the value; the column's description names the units.",
  },
  {
    code: "unit-assumed-mbq",
    isProblem: true,
    meaning:
      "The dose of a classic PET is too small to be in becquerel; megabecquerel was assumed.",
    advice: "Check `radionuclide_total_dose_written` before you compute an SUV.",
  },
  {
    code: "unit-unknown",
    isProblem: true,
    meaning: "A dose may be in kilobecquerel or another unit and was left out.",
    advice: "See `radionuclide_total_dose_written` for the number as written.",
  },
  {
    code: "half-life-unexpected",
    isProblem: true,
    meaning: "The half-life is more than 5 % off that of the nuclide; it was kept.",
    advice: "Check nuclide and half-life before you correct for decay.",
  },
  // The file's place
  {
    code: "path-not-utf8",
    isProblem: false,
    meaning: "The path is not valid UTF-8; it is stored in an escaped form.",
    advice: harmless,
  },
  {
    code: "reread-failed",
    isProblem: true,
    meaning: "The file is stored from an earlier job and could not be read again.",
    advice: "Mend the cause and start the job again; until then the earlier values stay.",
  },
  {
    code: "header-not-read",
    isProblem: true,
    meaning:
      "The file is stored, and could not be read once more for the full header that is kept.",
    advice: "Mend the cause and start the job again, which reads the file and its header.",
  },
] as const satisfies readonly WarningCode[];
