/** Damaged files that once broke something, or are the worst of their kind: read again by every test run. */
export interface KeptCase {
  readonly about: string;
  /** Seed file: of the demo archive or the odd files, never a sample. */
  readonly file: string;
  /** In the form of `writeEdit`. */
  readonly edits: string;
  /** Edits of another case that the same reader reads before. */
  readonly after?: string;
  /** Code of the file's row, or `stored`, and why its walk stopped. */
  readonly outcome: readonly [state: string, stopped: string | null];
  /** It still fails: the test says so when it no longer does. */
  readonly isOpen?: true;
}

const mosaic = "demo/subject-01/visit-1/07-bold-mosaic/IM0001.IMA";
const enhanced = "demo/subject-01/visit-2/05-dwi-enhanced/IM0001.dcm";

export const keptCases: readonly KeptCase[] = [
  {
    about: "a broken CSA series header, and no protocol name elsewhere",
    file: mosaic,
    edits: "1448-22 2178-2+2010 2196-4+ff*4",
    outcome: ["stored", null],
  },
  {
    about: "a broken CSA image header after an empty one",
    file: mosaic,
    after: "2206-4+00*4 2210-1004",
    edits: "2218-4+ff*4",
    outcome: ["stored", null],
  },
  {
    about: "a Manufacturer too long to be kept, and private blocks without creator",
    file: mosaic,
    edits:
      "2152-26 1572-26 698-16+080070005554000070110100 710-0+fe*70000 666-22+080050004f420000a0bb0d00 678-0+00*900000",
    outcome: ["stored", null],
  },
  {
    about: "5,000 nested sequences, after the identity",
    file: mosaic,
    edits: "1866-0+4000750253510000fffffffffeff00e0ffffffff*5000",
    outcome: ["stored", "nesting-limit"],
  },
  {
    about: "5,000 nested sequences, before the identity",
    file: mosaic,
    edits: "484-0+4000750253510000fffffffffeff00e0ffffffff*5000",
    outcome: ["truncated-before-identity", "nesting-limit"],
  },
  {
    about: "100,000 empty elements in 6 KB of a deflated data set",
    file: mosaic,
    edits: "1866-0+090000104c4f0000*100000 344-deflate",
    outcome: ["stored", null],
  },
  {
    about: "60,000 empty items before the frames that there are",
    file: enhanced,
    edits: "3306-0+feff00e000000000*60000",
    outcome: ["stored", "length-beyond-file"],
  },
  {
    about: "a number of frames of 2,147,483,647 beside a few items",
    file: enhanced,
    edits: "2020-2+323134373438333634372020 2018-2+0c00",
    outcome: ["stored", null],
  },
  {
    about: "a number of frames of 2,147,483,647 and shared groups alone",
    file: enhanced,
    edits: "3294-21312 2020-2+323134373438333634372020 2018-2+0c00",
    outcome: ["stored", null],
  },
  {
    about: "a length of four spaces (GDCM, CVE-2026-3650)",
    file: mosaic,
    edits: "2206-4+20*4",
    outcome: ["stored", "length-beyond-file"],
  },
  {
    about: "a UID that reaches beyond the file",
    file: mosaic,
    edits: "1758-2+ff*2",
    outcome: ["truncated-before-identity", "length-beyond-file"],
  },
  {
    about:
      "a deflated data set that ends between two items, read by a reader that has read others and by a fresh one",
    file: "odd/row-24/exam-card",
    edits: "1256-22+ff*22 0-128 216-deflate 768-337",
    outcome: ["study-instance-uid-missing", null],
  },
];
