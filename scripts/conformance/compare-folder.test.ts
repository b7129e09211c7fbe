import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compareFolder } from "./compare-folder.ts";
import { countValues, differencesOf } from "./compared-file.ts";
import { findReaders } from "./differential-readers.ts";
import { hasSamples, samples } from "./oracle-values.ts";
import { explain } from "./value-reasons.ts";

// Where the samples lie beside the repository and dcmdump or pydicom is installed: makers that write private elements.
const { found } = findReaders();
const folders = ["siemens", "ge", "philips", "uih", "pet"];

test.runIf(hasSamples).each(found)(
  "private elements and frames are as $name reads them",
  (reader) => {
    for (const folder of folders) {
      const { files, unread } = compareFolder(fileURLToPath(new URL(folder, samples)), reader);
      expect([folder, countValues(files) > 300]).toEqual([folder, true]);
      expect(differencesOf(files).filter((each) => explain(each) === undefined)).toEqual([]);
      expect(unread.filter(({ reason }) => reason === undefined)).toEqual([]);
    }
  },
);
