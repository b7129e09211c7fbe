/** The usual mess of an archive, each file with what is expected of it. */
import { encodePath } from "#base/path-text.ts";
import type { DemoFile } from "./demo-file.ts";
import { attribute, type DataSet, findElement } from "./element.ts";
import { encodeFile } from "./encode-file.ts";
import type { Expectation } from "./expectation.ts";
import { makeDicomdir } from "./make-dicomdir.ts";
import { makeZip } from "./make-zip.ts";
import { makeSingleImage } from "./single-image.ts";
import { tinyJpeg } from "./tiny-jpeg.ts";

export interface DemoExpectation extends Expectation {
  /** Path below the archive's directory, in the form of `encodePath`. */
  readonly path: string;
}

interface MessFile extends DemoExpectation {
  readonly makeBytes: (seed: number) => Uint8Array;
}

interface MessLink extends DemoExpectation {
  readonly target: string;
}

/** After the subjects' folders in byte order: of two files with one content the first path is kept. */
const FOLDER = "usual-mess";

const stored = (...warnings: string[]): Expectation => ({ state: "stored", code: null, warnings });
const notDicom = (code: string): Expectation => ({ state: "not-dicom", code });

const messFiles: readonly MessFile[] = [
  file("no-extension", stored(), (seed) =>
    encodeFile(makeSingleImage(seed, "no-ext"), { encoding: "ELE" }),
  ),
  file("2.25.170141183460469231731687303715884105728.4.2", stored(), (seed) =>
    encodeFile(makeSingleImage(seed, "uid"), { encoding: "ELE" }),
  ),
  file("no-preamble.dcm", stored("dicm-at-zero"), (seed) =>
    encodeFile(makeSingleImage(seed, "no-pream"), { encoding: "ELE", preamble: false }),
  ),
  file("no-meta", stored("no-file-meta"), (seed) =>
    encodeFile(makeSingleImage(seed, "no-meta"), { encoding: "ILE", meta: false }),
  ),
  file("implicit.dcm", stored(), (seed) =>
    encodeFile(makeSingleImage(seed, "implicit"), { encoding: "ILE" }),
  ),
  file("big-endian.dcm", stored(), (seed) =>
    encodeFile(makeSingleImage(seed, "big-end"), { encoding: "EBE" }),
  ),
  file("deflated.dcm", stored(), (seed) =>
    encodeFile(makeSingleImage(seed, "deflated"), { encoding: "DEFL" }),
  ),
  file("readme.txt", notDicom("no-dicom-signature"), () =>
    text("Scans of the demo. Not an image.\n"),
  ),
  file("photo.jpg", notDicom("foreign-format"), tinyJpeg),
  file("photo-as.dcm", notDicom("foreign-format"), tinyJpeg),
  file("empty.dcm", notDicom("empty-file"), () => new Uint8Array(0)),
  file(".DS_Store", notDicom("system-file"), () => text("\0\0\0\x01Bud1")),
  file("export.zip", notDicom("archive-file"), (seed) =>
    makeZip({
      "IM0001.dcm": encodeFile(makeSingleImage(seed, "zipped"), { encoding: "ELE" }),
    }),
  ),
  file("DICOMDIR", { state: "unsupported", code: "dicomdir" }, makeDicomdir),
  file("truncated.dcm", stored("pixel-data-truncated"), (seed) =>
    encodeFile(makeSingleImage(seed, "trunc"), { encoding: "ELE" }).slice(0, -1000),
  ),
  file("truncated-early.dcm", { state: "unreadable", code: "truncated-before-identity" }, (seed) =>
    encodeFile(makeSingleImage(seed, "early"), { encoding: "ELE" }).slice(0, 600),
  ),
  file("twice-1.dcm", stored(), makeTwice),
  file("twice-2.dcm", { state: "duplicate", code: "duplicate-bytes" }, makeTwice),
  file("conflict-1.dcm", stored(), (seed) =>
    encodeFile(makeSingleImage(seed, "conflict"), { encoding: "ELE" }),
  ),
  file("conflict-2.dcm", { state: "conflict", code: "sop-uid-conflict" }, (seed) =>
    encodeFile(invertPixels(makeSingleImage(seed, "conflict")), { encoding: "ELE" }),
  ),
  file("anonymous-1/IM0001.dcm", stored(), (seed) => makeAnonymous(seed, "anon-1")),
  file("anonymous-2/IM0001.dcm", stored(), (seed) => makeAnonymous(seed, "anon-2")),
  {
    path: encodePath(Buffer.from(`${FOLDER}/caf\xe9.dcm`, "latin1")),
    ...stored("path-not-utf8"),
    makeBytes: (seed) => encodeFile(makeSingleImage(seed, "cafe"), { encoding: "ELE" }),
  },
];

const messLinks: readonly MessLink[] = [
  { path: `${FOLDER}/loop`, target: "..", state: "skipped", code: "symlink" },
];

/** What is expected of each file of the mess; all others are stored without a warning. */
export const demoExpectations: readonly DemoExpectation[] = [...messFiles, ...messLinks].map(
  ({ path, state, code, warnings }) => ({ path, state, code, ...(warnings ? { warnings } : {}) }),
);

export function planMess(seed: number): DemoFile[] {
  return [
    ...messFiles.map(
      ({ path, makeBytes }): DemoFile => ({ kind: "file", path, makeBytes: () => makeBytes(seed) }),
    ),
    ...messLinks.map(({ path, target }): DemoFile => ({ kind: "link", path, target })),
  ];
}

function file(
  name: string,
  expectation: Expectation,
  makeBytes: (seed: number) => Uint8Array,
): MessFile {
  return { path: `${FOLDER}/${name}`, ...expectation, makeBytes };
}

function makeTwice(seed: number): Uint8Array {
  return encodeFile(makeSingleImage(seed, "twice"), { encoding: "ELE" });
}

/** Two persons under one placeholder instead of a PatientID, which must not make them one subject. */
function makeAnonymous(seed: number, name: string): Uint8Array {
  const dataSet = makeSingleImage(seed, name, {
    with: [attribute("PatientID", "ANON"), attribute("PatientName", "ANON")],
  });
  return encodeFile(dataSet, { encoding: "ELE" });
}

function invertPixels(dataSet: DataSet): DataSet {
  const pixels = findElement(dataSet, "PixelData")?.value as Uint16Array;
  const inverted = attribute(
    "PixelData",
    pixels.map((value) => 4095 - value),
  );
  return dataSet.map((one) => (one.tag === inverted.tag ? inverted : one));
}

function text(content: string): Uint8Array {
  return Buffer.from(content, "latin1");
}
