import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compareFolder } from "./compare-folder.ts";
import { countValues, differencesOf } from "./compared-file.ts";
import { findReaders } from "./differential-readers.ts";
import { hasSamples, samples } from "./oracle-values.ts";
import { explain } from "./value-reasons.ts";

// Where the samples lie beside the repository and dcmdump or pydicom is installed: some that have private elements, CSA headers
// and frames. `npm run conformance` reads them all.
const { found, missing } = findReaders();
const folders = [
  "siemens/dcm_qa_xa30",
  "siemens/dcm_qa_me",
  "ge/dcm_qa_nih",
  "philips/dcm_qa_enh",
  "philips/dcm_qa_philips_asl_enh",
  "uih",
  "pet",
];

test("a program that is not installed is named with its package", () => {
  expect(found.length + missing.length).toBe(2);
  for (const line of missing) expect(line).toMatch(/Debian package (?:dcmtk|python3-pydicom)/);
});

test.runIf(hasSamples).each(found)(
  "private elements and frames are as $name reads them",
  (reader) => {
    for (const folder of folders) {
      const { files, unread } = compareFolder(fileURLToPath(new URL(folder, samples)), reader);
      expect([folder, countValues(files) > 100]).toEqual([folder, true]);
      expect(differencesOf(files).filter((each) => explain(each) === undefined)).toEqual([]);
      expect(unread.filter(({ reason }) => reason === undefined)).toEqual([]);
    }
  },
);
