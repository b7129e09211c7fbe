/** Small DICOM files for tests of the pipeline: one image, told apart by the keys of the hierarchy. */
import { attribute, changeDataSet, type DataSet, type Element } from "#demo/element.ts";
import { encodeFile, type FileOptions } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { makeSyntheticUid } from "#demo/synthetic-uid.ts";

export interface ImageKeys {
  readonly subject?: string;
  readonly study?: string;
  readonly series?: string;
  /** Number of the instance in its series. */
  readonly instance: number;
  /** Value of all pixels. */
  readonly pixels?: number;
  /** Elements put in or over the image's own. */
  readonly with?: readonly Element[];
}

let base: DataSet | null = null;

/** UID of a study, a series or an instance by what `ImageKeys` calls it. */
export const uidOf = (...names: (string | number)[]): string =>
  makeSyntheticUid(7, names.join("/"));

export function makeDataSet(keys: ImageKeys): DataSet {
  base ??= makeSingleImage(7, "base");
  const subject = keys.subject ?? "subject-1";
  const study = keys.study ?? `study of ${subject}`;
  const series = keys.series ?? "series-1";
  return changeDataSet(base, {
    with: [
      attribute("PatientID", subject),
      attribute("StudyInstanceUID", uidOf(study)),
      attribute("SeriesInstanceUID", uidOf(study, series)),
      attribute("SOPInstanceUID", uidOf(study, series, keys.instance)),
      attribute("SeriesDescription", series),
      attribute("InstanceNumber", keys.instance),
      attribute("ImagePositionPatient", [0, 0, keys.instance * 6]),
      attribute("PixelData", new Uint16Array(48 * 48).fill(keys.pixels ?? 100)),
      ...(keys.with ?? []),
    ],
  });
}

export function makeImage(keys: ImageKeys, options: FileOptions = { encoding: "ELE" }): Uint8Array {
  return encodeFile(makeDataSet(keys), options);
}
