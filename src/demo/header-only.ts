/**
 * Archives for benchmarks: MR headers with pictures of 16 pixels, as fast as the file system takes them. Each
 * series is encoded once; per file only fields of fixed width are written over.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { formatDateTime, formatTime } from "./clock.ts";
import type { Plane } from "./geometry.ts";
import { requireEmptyDirectory } from "./require-empty-directory.ts";
import {
  type FieldName,
  fields,
  type HeaderOnlyOptions,
  makeSeriesTemplate,
  type SeriesTemplate,
} from "./series-template.ts";
import type { WrittenArchive } from "./write-archive.ts";

/**
 * Writes `files` files into `directory`, which must be empty or not there, one folder per series. Returns
 * their number and bytes. Synchronous: nothing else runs meanwhile.
 */
export function writeHeaderOnlyArchive(
  directory: string,
  options: HeaderOnlyOptions,
): WrittenArchive {
  requireEmptyDirectory(directory);
  const filesPerSeries = options.filesPerSeries ?? 200;
  let files = 0;
  let bytes = 0;
  for (let series = 0; files < options.files; series++) {
    const template = makeSeriesTemplate(options, series, filesPerSeries);
    const folder = `${directory}/${template.folder}`;
    mkdirSync(folder, { recursive: true });
    const count = Math.min(filesPerSeries, options.files - files);
    for (let index = 0; index < count; index++) {
      patchTemplate(template, index);
      writeFileSync(`${folder}/IM${String(index + 1).padStart(5, "0")}.dcm`, template.bytes);
      bytes += template.bytes.length;
    }
    files += count;
  }
  return { files, bytes };
}

function patchTemplate(template: SeriesTemplate, index: number): void {
  const { bytes, offsets, context } = template;
  const [x, y, z] = (template.planes[index] as Plane).position;
  const seconds = context.startSeconds + index * 0.0675;
  const acquisitionTime = formatTime(seconds);
  const centre = 900 + Math.floor(template.random() * 200);
  const uid = template.makeUid(index);
  const put = (name: FieldName, text: string) => {
    bytes.write(text.padEnd(fields[name][1]), offsets[name], "latin1");
  };
  put("mediaStorageSopInstanceUid", uid);
  put("sopInstanceUid", uid);
  put("acquisitionDateTime", formatDateTime(context.session.date, seconds).padEnd(22));
  put("acquisitionTime", acquisitionTime);
  put("contentTime", formatTime(seconds + 4));
  put("instanceNumber", String(index + 1));
  put("position", `${x}\\${y}\\${z}`);
  put("sliceLocation", String(z));
  put("windowCentre", String(centre));
  put("windowWidth", String(centre * 2));
}
