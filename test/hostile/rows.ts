/**
 * The fifty hostile inputs, numbered as everywhere, each with what becomes of it. Rows that need a file system
 * that misbehaves have no files here: their tests make them.
 */
import { image } from "#demo/odd/odd-file.ts";
import {
  type Expected,
  file,
  type HostileFile,
  oddFile,
  wholeImage,
  wholeKey,
} from "./hostile-file.ts";
import {
  makeHugeBomb,
  makeJpegLossless,
  makeOpenSequence,
  makeUnSequence,
  makeZipBomb,
} from "./make-bytes.ts";
import type { Row } from "./observe.ts";

export interface HostileRow {
  readonly row: number;
  readonly about: string;
  readonly files: readonly HostileFile[];
}

/** All of the image is read, and it is in its stack. */
const whole = (values: Row = {}, warnings?: readonly string[]): Expected => ({
  values: { ...wholeImage, ...values },
  stackKeys: [wholeKey],
  ...(warnings === undefined ? {} : { warnings }),
});

/** Values of the image that lie after most places where reading stops. */
const pastStop: Row = {
  pixel_spacing: null,
  rows: null,
  columns: null,
  bits_stored: null,
  has_pixels: 0,
};

const jpegLossless = "1.2.840.10008.1.2.4.70";
const threeStacks = ["TRA", "COR", "SAG"].map(
  (name) => `MR|TE=4|FA=20|ECHO=1|TYPE=M|ORIENT=${name}`,
);
const noPixels: Expected = { values: { has_pixels: 0, rows: null }, stackKeys: [] };
const noDirection: Expected = {
  values: { ...wholeImage, image_orientation_patient: null },
  stackKeys: ["MR|TE=90|FA=90|ECHO=1|TYPE=M"],
};

export const hostileRows: readonly HostileRow[] = [
  row(1, "a file without bytes", [oddFile(1, "IM0001.dcm")]),
  row(2, "text under an image's name", [oddFile(2, "a.dcm")]),
  row(3, "other formats under an image's name", [
    oddFile(3, "jpeg.dcm", { detail: "jpeg" }),
    oddFile(3, "pdf.dcm", { detail: "pdf" }),
    oddFile(3, "nifti.dcm", { detail: "nifti" }),
  ]),
  row(4, "an AppleDouble file beside an image", [
    oddFile(4, "._IM0001.dcm", { detail: "appledouble" }),
    oddFile(4, "IM0001.dcm", whole()),
  ]),
  row(5, "what desktops leave in folders", [
    oddFile(5, "Thumbs.db"),
    oddFile(5, ".DS_Store"),
    oddFile(5, "desktop.ini"),
  ]),
  row(6, "a file that may not be read"),
  row(7, "a read error at byte 700, before the series is named"),
  row(8, "a pipe and a socket under images' names"),
  row(9, "symbolic links: a loop, one out of the source, one to a file inside"),
  row(10, "a name that is not UTF-8, with a newline and an emoji", [
    oddFile(10, "%CA%F0\n😀.dcm", whole()),
  ]),
  row(11, "a file that grows while it is read"),
  row(12, "a stored file that is gone"),
  row(13, "`DICM` at byte 0, and 128 foreign bytes in front", [
    oddFile(13, "at-0.dcm", whole()),
    oddFile(13, "at-256.dcm", whole()),
  ]),
  row(14, "data sets without a meta group, and a meta group alone", [
    ...(["implicit", "explicit", "big-endian"] as const).map((name, index) => {
      const actual_encoding = ["ILE", "ELE", "EBE"][index] as string;
      return oddFile(14, `bare-${name}`, whole({ actual_encoding, transfer_syntax_uid: null }));
    }),
    oddFile(14, "meta-at-0", whole({ actual_encoding: "ELE" })),
  ]),
  row(15, "a preamble that begins as an image or a program", [
    oddFile(15, "tiff.dcm", whole()),
    oddFile(15, "executable.dcm", whole()),
  ]),
  row(16, "a transfer syntax declared that the data set does not have", [
    oddFile(
      16,
      "says-explicit.dcm",
      whole({ actual_encoding: "ILE", transfer_syntax_uid: "1.2.840.10008.1.2.1" }),
    ),
    oddFile(
      16,
      "says-implicit.dcm",
      whole({ actual_encoding: "ELE", transfer_syntax_uid: "1.2.840.10008.1.2" }),
    ),
  ]),
  row(17, "a meta group length that is too large, too small or absent", [
    oddFile(17, "too-large.dcm", whole()),
    oddFile(17, "too-small.dcm", whole()),
    oddFile(17, "absent.dcm", whole()),
  ]),
  row(18, "a meta group in another encoding", [
    oddFile(18, "implicit.dcm", whole({ implementation_version_name: "NILS_DEMO_1" })),
    oddFile(18, "big-endian.dcm", whole({ implementation_version_name: "NILS_DEMO_1" })),
  ]),
  row(19, "big endian beside its little-endian twin", [
    oddFile(19, "big-endian.dcm", whole({ actual_encoding: "EBE" })),
    oddFile(19, "little-endian.dcm", whole({ actual_encoding: "ELE" })),
  ]),
  row(20, "deflated headers that grow without measure", [
    oddFile(20, "bomb.dcm", {
      values: { ...wholeImage, ...pastStop },
      warnings: ["inflate-limit", "header-truncated"],
    }),
    file("row-20/after-identity.dcm", () => makeHugeBomb("row-20-after", 0x0021), {
      values: { ...wholeImage, ...pastStop },
      warnings: ["inflate-limit", "header-truncated"],
    }),
    file("row-20/before-identity.dcm", () => makeHugeBomb("row-20-before", 0x0009, 1), {
      state: "unreadable",
      code: "truncated-before-identity",
      detail: "inflate-limit",
    }),
  ]),
  row(21, "declared deflated, and plain", [
    oddFile(21, "plain.dcm", whole({ actual_encoding: "ELE" })),
  ]),
  row(22, "an unknown transfer syntax", [
    oddFile(22, "unknown.dcm", whole({ actual_encoding: "ELE", transfer_syntax_uid: "1.2.3.4" })),
  ]),
  row(23, "the directory of a medium, also under an image's name", [
    oddFile(23, "DICOMDIR"),
    oddFile(23, "IM1.dcm"),
  ]),
  row(24, "instances that are no images", [
    oddFile(24, "report.dcm", noPixels),
    oddFile(24, "presentation.dcm", noPixels),
    oddFile(24, "raw-data.dcm", noPixels),
    oddFile(24, "document.dcm", noPixels),
    oddFile(24, "exam-card", noPixels),
  ]),
  row(25, "an image of ACR-NEMA 2.0", [oddFile(25, "acr-nema")]),
  row(26, "cut in the pixels", [oddFile(26, "cut.dcm", whole())]),
  row(27, "cut at byte 400", [oddFile(27, "cut.dcm", { detail: "length-beyond-file" })]),
  row(28, "cut after the instance number", [
    oddFile(28, "cut.dcm", {
      values: {
        ...wholeImage,
        ...pastStop,
        image_position_patient: null,
        image_orientation_patient: null,
        instance_number: 1,
      },
      warnings: ["header-truncated", "length-beyond-file"],
      stackKeys: ["MR|TE=90|FA=90|ECHO=1|TYPE=M"],
    }),
  ]),
  row(29, "a private text of almost 2 GiB", [
    oddFile(29, "long.dcm", {
      values: { ...wholeImage, ...pastStop },
      warnings: ["header-truncated", "length-beyond-file"],
    }),
  ]),
  row(30, "a sequence without an end", [
    oddFile(30, "open.dcm", {
      values: { ...wholeImage, has_pixels: 0 },
      warnings: ["pixel-data-missing", "sequence-not-delimited"],
    }),
    file("row-30/values-inside.dcm", makeOpenSequence, {
      values: { ...wholeImage, echo_time: 4.6, has_pixels: 0 },
      warnings: ["pixel-data-missing", "sequence-not-delimited"],
    }),
  ]),
  row(31, "a sequence written as UN of undefined length", [
    oddFile(31, "un-sequence.dcm", whole()),
    file("row-31/values-inside.dcm", makeUnSequence, {
      values: { ...wholeImage, echo_time: 4.6, flip_angle: 8, repetition_time: 2500 },
    }),
  ]),
  row(32, "sequences too deep and too long", [
    oddFile(32, "deep.dcm", { values: { ...wholeImage, has_pixels: 0 } }),
    oddFile(32, "many-items.dcm", whole()),
  ]),
  row(33, "an icon with its own rows and pixels", [oddFile(33, "icon.dcm", whole())]),
  row(34, "a Japanese name with escapes and a backslash in a kanji", [
    oddFile(34, "japanese.dcm", whole({ patient_name: "ｶﾅﾘｱ^ﾎﾝ=金糸雀^本=かなりあ^ほん" })),
  ]),
  row(35, "UTF-8 where Latin-1 is declared, and where nothing is", [
    oddFile(35, "declared-latin-1.dcm", whole({ patient_name: "KanarienvÃ¶gelchen^ZoÃ«" })),
    oddFile(35, "nothing-declared.dcm", whole({ patient_name: "Kanarienvögelchen^Zoë" })),
  ]),
  row(36, "an unknown character set, and broken UTF-8 with a NUL", [
    oddFile(36, "unknown-set.dcm", whole()),
    oddFile(36, "broken-utf-8.dcm", whole({ patient_name: "Kanari\ufffd^Zo\ufffde" })),
  ]),
  row(37, "decimals that are none, with a comma, and of forty characters", [
    oddFile(37, "decimals.dcm", {
      values: {
        ...wholeImage,
        echo_time: null,
        repetition_time: null,
        flip_angle: 1.5,
        inversion_time: 900,
      },
    }),
  ]),
  row(38, "integers with a fraction, and beyond all integers", [
    oddFile(38, "integers.dcm", {
      values: { exposure: 150.5, images_in_acquisition: null, x_ray_tube_current: null },
      warnings: ["number-range", "value-out-of-range"],
    }),
  ]),
  row(39, "dates and times of old form, and such as do not exist", [
    oddFile(
      39,
      "dates.dcm",
      whole({
        study_date: "2013-04-22",
        series_date: null,
        study_time: "18:16:00",
        series_time: null,
      }),
    ),
  ]),
  row(40, "directions of zeros, of five values, and not of numbers", [
    oddFile(40, "zero.dcm", noDirection),
    oddFile(40, "five-values.dcm", noDirection),
    oddFile(40, "not-a-number.dcm", noDirection),
  ]),
  row(41, "numbers of frames that the items contradict", [
    oddFile(41, "one-more.dcm", {
      stackKeys: threeStacks,
      warnings: ["frame-count-mismatch", "pixel-data-truncated"],
    }),
    oddFile(41, "zero.dcm", { stackKeys: threeStacks, values: { number_of_frames: 0 } }),
    oddFile(41, "negative.dcm", { stackKeys: threeStacks, values: { number_of_frames: -1 } }),
    oddFile(41, "huge.dcm", {
      stackKeys: threeStacks,
      values: { number_of_frames: 2 ** 31 },
      warnings: ["frame-count-mismatch", "number-range", "pixel-data-truncated"],
    }),
  ]),
  row(42, "two series named at the top level, and a third before", [
    oddFile(42, "two-series.dcm", whole()),
  ]),
  row(43, "a study without a UID", [oddFile(43, "empty.dcm"), oddFile(43, "blank.dcm")]),
  row(44, "a patient without ID and name", [
    oddFile(44, "absent.dcm", whole({ patient_id: null, patient_name: null })),
    oddFile(44, "empty.dcm", whole({ patient_id: null, patient_name: null })),
  ]),
  row(45, "instance UIDs that differ, are padded or are none", [
    oddFile(45, "meta-differs.dcm", whole({ media_storage_sop_instance_uid: "2.25.4545" })),
    oddFile(45, "blank-after.dcm", whole({ sop_instance_uid: "2.25.45001" })),
    oddFile(45, "letters.dcm", whole({ sop_instance_uid: "ANON.45.A1" })),
    oddFile(45, "seventy.dcm", whole({ sop_instance_uid: `2.25.${"7".repeat(65)}` })),
  ]),
  row(46, "a copy, byte for byte", [
    oddFile(46, "a.dcm", whole()),
    oddFile(46, "b.dcm", { keptName: "a.dcm" }),
  ]),
  row(47, "a copy with another preamble, in another encoding, compressed without loss", [
    oddFile(47, "a.dcm", whole()),
    oddFile(47, "other-preamble.dcm", { keptName: "a.dcm", warnings: ["preamble-nonzero"] }),
    oddFile(47, "other-encoding.dcm", { keptName: "a.dcm" }),
    file("row-47/jpeg-lossless.dcm", () => makeJpegLossless(image("row-47")), {
      state: "duplicate",
      code: "same-header-other-encoding",
      keptName: "a.dcm",
    }),
    file("row-47/only-compressed.dcm", () => makeJpegLossless(image("row-47-only")), {
      ...whole({ transfer_syntax_uid: jpegLossless }),
    }),
  ]),
  row(48, "the same instance with other pixels, and with another date", [
    oddFile(48, "a.dcm", whole()),
    oddFile(48, "other-pixels.dcm", { keptName: "a.dcm" }),
    oddFile(48, "other-date.dcm", { keptName: "a.dcm" }),
  ]),
  row(49, "one series in two studies, one study of two patients", [
    oddFile(49, "series-1.dcm", whole({ series_instance_uid: "2.25.4901" })),
    oddFile(49, "series-2.dcm", whole({ series_instance_uid: "2.25.4901" })),
    oddFile(49, "study-1.dcm", whole({ study_instance_uid: "2.25.4902" })),
    oddFile(
      49,
      "study-2.dcm",
      whole({ study_instance_uid: "2.25.4902", patient_id: "KANARI-4902" }),
    ),
  ]),
  row(50, "archives full of DICOM", [
    oddFile(50, "export.zip", { detail: "zip" }),
    oddFile(50, "export.tar.gz", { detail: "gzip" }),
    oddFile(50, "export.tar", { detail: "tar" }),
    oddFile(50, "encrypted.zip", { detail: "zip" }),
    file("row-50/bomb.zip", makeZipBomb, {
      state: "not-dicom",
      code: "archive-file",
      detail: "zip",
    }),
  ]),
];

function row(number: number, about: string, files: readonly HostileFile[] = []): HostileRow {
  return { row: number, about, files };
}
