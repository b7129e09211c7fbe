/** Rows 13 to 25: preambles, meta groups, encodings, and objects that are no images. */
import { Deflate } from "fflate";
import { attribute, type DataSet, type Element, element } from "#demo/element.ts";
import { encodeDataSet } from "#demo/encode-data-set.ts";
import { wrapBody } from "#demo/encode-file.ts";
import { makeDicomdir } from "#demo/make-dicomdir.ts";
import { makeOddContext } from "#demo/odd-session.ts";
import { scanners } from "#demo/scanners.ts";
import { makePresentationState } from "#demo/scans/presentation-state.ts";
import { makeStructuredReport } from "#demo/scans/structured-report.ts";
import type { Instance, SeriesContext } from "#demo/session.ts";
import {
  asciiBytes,
  encode,
  hexBytes,
  image,
  joinBytes,
  oddRow,
  refused,
  stored,
} from "./odd-file.ts";

export const recognitionFiles = [
  ...oddRow(13, "`DICM` at another place than byte 128.", [
    ["at-0.dcm", stored("dicm-at-zero"), () => encode(image("row-13-at-0"), { preamble: false })],
    [
      "at-256.dcm",
      stored("dicm-offset-256"),
      () => joinBytes(new Uint8Array(128).fill(1), encode(image("row-13-at-256"))),
    ],
  ]),
  ...oddRow(14, "A bare data set, and a meta group without preamble and `DICM`.", [
    [
      "bare-implicit",
      stored("no-file-meta"),
      () => encode(image("row-14-ile"), { encoding: "ILE", meta: false }),
    ],
    ["bare-explicit", stored("no-file-meta"), () => encode(image("row-14-ele"), { meta: false })],
    [
      "bare-big-endian",
      stored("no-file-meta"),
      () => encode(image("row-14-ebe"), { encoding: "EBE", meta: false }),
    ],
    [
      "meta-at-0",
      stored("no-preamble"),
      () => encode(image("row-14-meta"), { preamble: false }).slice(4),
    ],
  ]),
  ...oddRow(15, "A preamble that is the begin of another kind of file.", [
    [
      "tiff.dcm",
      stored("preamble-nonzero"),
      () => encode(image("row-15-tiff"), { preamble: hexBytes("49492a00 08000000 0000") }),
    ],
    [
      "executable.dcm",
      stored("preamble-nonzero"),
      () =>
        encode(image("row-15-exe"), {
          preamble: asciiBytes("MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff"),
        }),
    ],
  ]),
  ...oddRow(
    16,
    "The meta group declares another encoding than the data set has; what it has counts.",
    [
      [
        "says-explicit.dcm",
        stored("transfer-syntax-mismatch"),
        () =>
          encode(image("row-16-ile"), {
            encoding: "ILE",
            transferSyntaxUid: "1.2.840.10008.1.2.1",
          }),
      ],
      [
        "says-implicit.dcm",
        stored("transfer-syntax-mismatch"),
        () => encode(image("row-16-ele"), { transferSyntaxUid: "1.2.840.10008.1.2" }),
      ],
    ],
  ),
  ...oddRow(17, "The length of the meta group is wrong or not there; it ends where its tags end.", [
    [
      "too-large.dcm",
      stored("meta-length-wrong"),
      () => encode(image("row-17-large"), { groupLengthError: 4000 }),
    ],
    [
      "too-small.dcm",
      stored("meta-length-wrong"),
      () => encode(image("row-17-small"), { groupLengthError: -60 }),
    ],
    [
      "absent.dcm",
      stored("meta-length-wrong"),
      () => encode(image("row-17-absent"), { groupLengthError: null }),
    ],
  ]),
  ...oddRow(18, "A meta group in another encoding than explicit little endian.", [
    [
      "implicit.dcm",
      stored("meta-implicit"),
      () => encode(image("row-18-ile"), { metaEncoding: "ILE" }),
    ],
    [
      "big-endian.dcm",
      stored("meta-big-endian"),
      () => encode(image("row-18-ebe"), { encoding: "EBE", metaEncoding: "EBE" }),
    ],
  ]),
  ...oddRow(19, "Big endian, beside the same image in little endian.", [
    ["big-endian.dcm", stored(), () => encode(image("row-19-ebe"), { encoding: "EBE" })],
    ["little-endian.dcm", stored(), () => encode(image("row-19-ele"))],
  ]),
  ...oddRow(20, "A deflated header that grows to more than 200 times its size.", [
    ["bomb.dcm", stored("inflate-limit"), makeDeflateBomb],
  ]),
  ...oddRow(21, "Declared deflated, but not deflated.", [
    [
      "plain.dcm",
      stored("transfer-syntax-mismatch"),
      () => encode(image("row-21"), { transferSyntaxUid: "1.2.840.10008.1.2.1.99" }),
    ],
  ]),
  ...oddRow(22, "A transfer syntax that nobody knows.", [
    [
      "unknown.dcm",
      stored("transfer-syntax-unknown"),
      () => encode(image("row-22"), { transferSyntaxUid: "1.2.3.4" }),
    ],
  ]),
  ...oddRow(23, "The directory of a medium, under its own and under an image's name.", [
    ["DICOMDIR", refused("unsupported", "dicomdir"), () => makeDicomdir(1)],
    ["IM1.dcm", refused("unsupported", "dicomdir"), () => makeDicomdir(2)],
  ]),
  ...oddRow(24, "Instances without pixels: stored, in no stack.", [
    ["report.dcm", stored(), () => encode(firstOf(makeStructuredReport(makeContext("row-24-sr"))))],
    [
      "presentation.dcm",
      stored(),
      () =>
        encode(
          firstOf(
            makePresentationState(makeContext("row-24-pr"), {
              series: makeContext("row-24-shown"),
              sopClassUid: "1.2.840.10008.5.1.4.1.1.4",
            }),
          ),
        ),
    ],
    [
      "raw-data.dcm",
      stored(),
      () => encode(withoutPixels("row-24-raw", "1.2.840.10008.5.1.4.1.1.66")),
    ],
    [
      "document.dcm",
      stored(),
      () =>
        encode(
          withoutPixels("row-24-pdf", "1.2.840.10008.5.1.4.1.1.104.1", [
            attribute("MIMETypeOfEncapsulatedDocument", "application/pdf"),
            attribute("EncapsulatedDocument", asciiBytes("%PDF-1.4\n%%EOF\n")),
          ]),
        ),
    ],
    [
      "exam-card",
      stored(),
      () => encode(withoutPixels("row-24-card", "1.3.46.670589.11.0.0.12.1")),
    ],
  ]),
  ...oddRow(25, "An image of ACR-NEMA 2.0, from before there were UIDs.", [
    ["acr-nema", refused("invalid", "study-instance-uid-missing"), makeAcrNema],
  ]),
];

function makeContext(name: string): SeriesContext {
  return makeOddContext(1, name, scanners.workstation);
}

function firstOf(instances: readonly Instance[]): DataSet {
  return (instances[0] as Instance).makeDataSet();
}

/** An instance of another SOP class, without what makes an image. */
function withoutPixels(name: string, sopClassUid: string, more: readonly Element[] = []): DataSet {
  return image(name, {
    with: [
      attribute("SOPClassUID", sopClassUid),
      attribute("ImageType", "ORIGINAL\\PRIMARY"),
      ...more,
    ],
    without: [
      "Rows",
      "Columns",
      "BitsAllocated",
      "BitsStored",
      "HighBit",
      "PixelRepresentation",
      "SamplesPerPixel",
      "PhotometricInterpretation",
      "PixelData",
    ],
  });
}

/** Bytes of zeros that the bomb's private value holds. */
const BOMB_BYTES = 64 * 1024 * 1024;

/**
 * The identity, then a private value of 64 MiB of zeros. The zeros are compressed once: deflate can end a
 * part at a byte's border, so that the part can be repeated.
 */
function makeDeflateBomb(): Uint8Array {
  const dataSet = image("row-20");
  const isBefore = (tag: number) => tag < 0x0021_0000;
  const before = joinBytes(
    encodeDataSet(
      dataSet.filter((one) => isBefore(one.tag)),
      "ELE",
    ),
    encodeDataSet([element(0x0021_0010, "LO", "NILS DEMO BOMB")], "ELE"),
    bombHeader(),
  );
  const after = encodeDataSet(
    dataSet.filter((one) => !isBefore(one.tag)),
    "ELE",
  );
  const part = 1024 * 1024;
  const zeros = deflatePart(new Uint8Array(part), false);
  const body = joinBytes(
    deflatePart(before, false),
    ...Array.from({ length: BOMB_BYTES / part }, () => zeros),
    deflatePart(after, true),
  );
  return wrapBody(body, dataSet, { encoding: "DEFL" });
}

/** Header of (0021,1001) OB. */
function bombHeader(): Uint8Array {
  const bytes = hexBytes("2100 0110 4f42 0000 00000000");
  new DataView(bytes.buffer).setUint32(8, BOMB_BYTES, true);
  return bytes;
}

/** A part of a deflate stream that ends at a byte's border, or its last part. */
function deflatePart(bytes: Uint8Array, isLast: boolean): Uint8Array {
  const parts: Uint8Array[] = [];
  const deflate = new Deflate({ level: 6 });
  deflate.ondata = (part) => parts.push(part);
  deflate.push(bytes, isLast);
  if (!isLast) deflate.flush(true);
  return joinBytes(...parts);
}

/** Implicit little endian from byte 0; (0008,0010) says what it is. */
function makeAcrNema(): Uint8Array {
  const kept = image("row-25", {
    without: [
      "SOPClassUID",
      "SOPInstanceUID",
      "StudyInstanceUID",
      "SeriesInstanceUID",
      "FrameOfReferenceUID",
    ],
  }).filter((one) => one.tag >= 0x0008_0010);
  const body = [element(0x0008_0010, "SH", "ACR-NEMA 2.0"), ...kept];
  const length = encodeDataSet(body, "ILE").length;
  return encode([element(0x0008_0001, "UL", length), ...body], { encoding: "ILE", meta: false });
}
