/** The other programs that a folder is compared with, as far as they are installed. */
import type { DataSet } from "./data-set.ts";
import { findDcmdump, readWithDcmdump } from "./dcmdump.ts";
import { findPydicom, readWithPydicom } from "./pydicom.ts";

export interface OtherReader {
  /** With its version. */
  readonly name: string;
  /** In the order of the paths; null for a file that it cannot read. */
  read(paths: readonly string[]): readonly (DataSet | null)[];
}

export interface Readers {
  readonly found: readonly OtherReader[];
  /** What to install for those that are not. */
  readonly missing: readonly string[];
}

export function findReaders(): Readers {
  const dcmdump = findDcmdump();
  const pydicom = findPydicom();
  return {
    found: [
      ...(dcmdump === null
        ? []
        : [
            {
              name: `dcmdump ${dcmdump}`,
              read: (paths: readonly string[]) => paths.map(readWithDcmdump),
            },
          ]),
      ...(pydicom === null
        ? []
        : [
            {
              name: `pydicom ${pydicom.version}`,
              read: (paths: readonly string[]) => readWithPydicom(pydicom, paths),
            },
          ]),
    ],
    missing: [
      ...(dcmdump === null
        ? ["dcmdump is not installed; it is in the Debian package dcmtk: apt install dcmtk"]
        : []),
      ...(pydicom === null
        ? [
            "pydicom is not installed; it is in the Debian package python3-pydicom: apt install python3-pydicom",
          ]
        : []),
    ],
  };
}
