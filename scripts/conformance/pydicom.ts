/** What pydicom reads of files, as data sets: one Python process for many files. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { DataElement, DataSet } from "./data-set.ts";

export interface Pydicom {
  readonly python: string;
  readonly version: string;
}

/** The first Python that has it: the one of the path, then Debian's. */
export function findPydicom(): Pydicom | null {
  for (const python of ["python3", "/usr/bin/python3"]) {
    const { status, stdout } = spawnSync(
      python,
      ["-c", "import pydicom; print(pydicom.__version__)"],
      { encoding: "utf8" },
    );
    if (status === 0) return { python, version: stdout.trim() };
  }
  return null;
}

const script = fileURLToPath(new URL("read-with-pydicom.py", import.meta.url));

/** Data sets in the order of the paths; null for a file that it cannot read. No path may hold a line break. */
export function readWithPydicom({ python }: Pydicom, paths: readonly string[]): (DataSet | null)[] {
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input: paths.map((path) => `${path}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const lines = stdout.split("\n").slice(0, -1);
  if (status !== 0 || lines.length !== paths.length) {
    throw new Error(`pydicom ended early (${lines.length} of ${paths.length} files): ${stderr}`);
  }
  return lines.map((line) => {
    const shown = JSON.parse(line) as readonly Shown[] | null;
    return shown === null ? null : shown.map(describe);
  });
}

/** Tag, VR, values, hexadecimal bytes, items. */
type Shown = readonly [
  number,
  string,
  readonly (string | number | null)[] | null,
  string | null,
  readonly (readonly Shown[])[] | null,
];

function describe([tag, vr, values, hex, items]: Shown): DataElement {
  return {
    tag,
    vr,
    values,
    bytes: hex === null ? null : Uint8Array.from(Buffer.from(hex, "hex")),
    items: items === null ? null : items.map((item) => item.map(describe)),
  };
}
