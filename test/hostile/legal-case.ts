/**
 * Odd files that are legal, or that writers have always written: each is read whole. All are made of one image, of
 * which everything must be read as if nothing were odd, besides what the case is about.
 */
import { attribute, changeDataSet, type DataSet } from "#demo/element.ts";
import { encodeFile, type FileOptions } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { makeSyntheticUid } from "#demo/synthetic-uid.ts";
import { insertBytes } from "./make-bytes.ts";
import type { Row } from "./observe.ts";

export interface LegalCase {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** Column → value. */
  readonly values: Row;
  /** All of them, in order: what is odd in a way that a person should know of. */
  readonly warnings: readonly string[];
}

export type Encoding = FileOptions["encoding"];
type Changes = Parameters<typeof changeDataSet>[1];

/** What every case has, unless it says otherwise. */
const baseValues: Row = {
  patient_id: "KANARI-9991",
  patient_name: "Kanarienvogel^Quirin",
  patient_sex: "M",
  other_patient_ids: "KANARI-ALT-9991",
  study_date: "2020-02-29",
  study_time: "10:00:00",
  modality: "MR",
  manufacturer: "SIEMENS",
  image_type: "ORIGINAL\\PRIMARY\\M\\ND",
  echo_time: 90,
  repetition_time: 4000,
  acquisition_matrix: "48\\0\\0\\48",
  instance_number: 1,
  image_position_patient: "-112.8\\-112.8\\14",
  image_orientation_patient: "1\\0\\0\\0\\1\\0",
  pixel_spacing: "4.8\\4.8",
  rows: 48,
  columns: 48,
  bits_stored: 12,
  window_width: "2000",
  has_pixels: 1,
};

const image = makeSingleImage(7, "legal", {
  with: [attribute("PixelData", new Uint16Array(48 * 48).fill(100))],
});

/** The image, in a study that is named as the case. */
export function imageOf(name: string, changes: Changes = {}): DataSet {
  const uids = (["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"] as const).map(
    (keyword) => attribute(keyword, makeSyntheticUid(7, `${keyword} ${name}`)),
  );
  return changeDataSet(changeDataSet(image, { with: uids }), changes);
}

export function legalCase(
  name: string,
  bytes: () => Uint8Array,
  values: Row,
  warnings: readonly string[] = [],
): LegalCase {
  return { name, bytes, values: { ...baseValues, ...values }, warnings: [...warnings].sort() };
}

/** The image with other elements, as our own writer writes them. */
export function changedCase(
  name: string,
  changes: Changes,
  values: Row,
  options: Partial<FileOptions> = {},
  warnings: readonly string[] = [],
): LegalCase {
  const bytes = (): Uint8Array =>
    encodeFile(imageOf(name, changes), { encoding: "ELE", ...options });
  return legalCase(name, bytes, values, warnings);
}

/** The image with bytes put before the element `tag`, and without the elements of these keywords. */
export function insertedCase(
  name: string,
  inserted: {
    readonly tag: number;
    readonly bytes: Uint8Array;
    readonly without?: Changes["without"];
  },
  values: Row,
  options: Partial<FileOptions> = {},
  warnings: readonly string[] = [],
): LegalCase {
  const { tag, bytes, without = [] } = inserted;
  const make = (): Uint8Array =>
    insertBytes(imageOf(name, { without }), tag, bytes, { encoding: "ELE", ...options });
  return legalCase(name, make, values, warnings);
}
