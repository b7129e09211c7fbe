/** A file of the fifty rows with all that is expected of it, beyond what the demo's builders say. */
import { oddFiles } from "#demo/odd-files.ts";
import type { Row } from "./observe.ts";

export interface HostileFile {
  /** Path below the source, in stored form. */
  readonly path: string;
  readonly bytes: () => Uint8Array;
  readonly state: string;
  readonly code: string | null;
  /** All of them, in order. */
  readonly warnings: readonly string[];
  /** Format that was detected of what is no DICOM; why reading ended of what could not be read. */
  readonly detail: string | null;
  /** Name of the file that holds the instance of a duplicate or conflict. */
  readonly keptName: string | null;
  /** Column → value. */
  readonly values: Row;
  /** Keys of the series' stacks, where they are part of what is expected. */
  readonly stackKeys: readonly string[] | null;
}

export type Expected = Partial<Omit<HostileFile, "path" | "bytes">>;

/** The values of the image that most rows are made of. */
export const wholeImage: Row = {
  modality: "MR",
  patient_name: "Kanarienvogel^Quirin",
  patient_id: "KANARI-9991",
  study_date: "2020-02-29",
  series_description: "odd",
  image_type: "ORIGINAL\\PRIMARY\\M\\ND",
  echo_time: 90,
  repetition_time: 4000,
  flip_angle: 90,
  image_position_patient: "-112.8\\-112.8\\14",
  image_orientation_patient: "1\\0\\0\\0\\1\\0",
  pixel_spacing: "4.8\\4.8",
  rows: 48,
  columns: 48,
  bits_stored: 12,
  has_pixels: 1,
};

/** The key of its stack. */
export const wholeKey = "MR|TE=90|FA=90|ECHO=1|TYPE=M|ORIENT=TRA";

/** A file that the demo makes, by its name inside the row's folder. */
export function oddFile(row: number, name: string, expected: Expected = {}): HostileFile {
  const odd = oddFiles.find((one) => one.row === row && one.name.endsWith(`/${name}`));
  if (odd === undefined) throw new Error(`row ${row} has no file ${name}`);
  const { state, code, warnings } = odd;
  return file(odd.name, odd.bytes, { state, code, warnings: warnings ?? [], ...expected });
}

/** A file that is stored unless something else is expected. */
export function file(path: string, bytes: () => Uint8Array, expected: Expected = {}): HostileFile {
  return {
    path,
    bytes,
    state: "stored",
    code: null,
    detail: null,
    keptName: null,
    values: {},
    stackKeys: null,
    ...expected,
    warnings: [...(expected.warnings ?? [])].sort(),
  };
}
