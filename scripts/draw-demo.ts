/**
 * `node scripts/draw-demo.ts`: docs/images/demo.png, one image of each kind of scan in the demo archive, as a
 * viewer would show it. All of it is drawn by src/demo; there is no patient in it.
 */
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import dicomParser from "dicom-parser";
import { defaultDemoOptions, planDemoArchive } from "#demo/archive.ts";

/** Parts of paths in the demo archive, in reading order. */
const wanted = [
  "-localizer/",
  "-t1-mprage/",
  "-multi-echo-gre/",
  "-dixon/",
  "-field-map/",
  "-bold-mosaic/",
  "-dwi-trace/",
  "-ct-scout/",
  "-ct-chest/",
  "-pet-static/",
];
const tile = 192;
const across = 5;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** 0 to 255, row by row. */
  readonly gray: Uint8Array;
}

function readPicture(bytes: Uint8Array): Picture | null {
  const data = dicomParser.parseDicom(bytes);
  const pixels = data.elements["x7fe00010"];
  const height = data.uint16("x00280010");
  const width = data.uint16("x00280011");
  if (pixels === undefined || width === undefined || height === undefined) return null;
  const values = new Int16Array(width * height);
  const view = new DataView(bytes.buffer, bytes.byteOffset + pixels.dataOffset);
  for (let index = 0; index < values.length; index++)
    values[index] = view.getInt16(index * 2, true);
  const sorted = Int16Array.from(values).sort();
  const low = sorted[Math.floor(sorted.length * 0.01)] ?? 0;
  const high = sorted[Math.floor(sorted.length * 0.99)] ?? 1;
  const scale = 255 / Math.max(1, high - low);
  return {
    width,
    height,
    gray: Uint8Array.from(values, (value) => Math.max(0, Math.min(255, (value - low) * scale))),
  };
}

function paste(
  sheet: Uint8Array,
  sheetWidth: number,
  left: number,
  top: number,
  picture: Picture,
): void {
  for (let y = 0; y < tile; y++) {
    for (let x = 0; x < tile; x++) {
      const fromY = Math.floor((y * picture.height) / tile);
      const fromX = Math.floor((x * picture.width) / tile);
      sheet[(top + y) * sheetWidth + left + x] = picture.gray[fromY * picture.width + fromX] ?? 0;
    }
  }
}

/** PNG of 8-bit grey (PNG specification, third edition, §11). */
function encodePng(width: number, height: number, gray: Uint8Array): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(gray.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const chunk = (type: string, content: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), content]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(content.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const files = planDemoArchive(defaultDemoOptions).filter((file) => file.kind === "file");
const rows = Math.ceil(wanted.length / across);
const sheet = new Uint8Array(across * tile * rows * tile);
wanted.forEach((name, index) => {
  const own = files.filter(({ path }) => path.includes(name));
  const middle = own[Math.floor(own.length / 2)];
  if (middle === undefined) throw new Error(`the demo has no ${name}`);
  const picture = readPicture(middle.makeBytes());
  if (picture === null) throw new Error(`${middle.path} has no pixels`);
  paste(sheet, across * tile, (index % across) * tile, Math.floor(index / across) * tile, picture);
});
writeFileSync(
  new URL("../docs/images/demo.png", import.meta.url),
  encodePng(across * tile, rows * tile, sheet),
);
