/** Rows 1 to 5 and 50: what is no DICOM, whatever its name says. */
import { gzipSync } from "fflate";
import { encodePath } from "#base/path-text.ts";
import { makeZip } from "#demo/make-zip.ts";
import { tinyJpeg } from "#demo/tiny-jpeg.ts";
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

export const foreignFiles = [
  ...oddRow(1, "A file without bytes.", [
    ["IM0001.dcm", refused("not-dicom", "empty-file"), () => new Uint8Array(0)],
  ]),
  ...oddRow(2, "Text under an image's name.", [
    [
      "a.dcm",
      refused("not-dicom", "no-dicom-signature"),
      () =>
        asciiBytes(
          "This was exported by hand. It is a note and no image, whatever the name says it is.\n",
        ),
    ],
  ]),
  ...oddRow(3, "Other formats under an image's name.", [
    ["jpeg.dcm", refused("not-dicom", "foreign-format"), tinyJpeg],
    [
      "pdf.dcm",
      refused("not-dicom", "foreign-format"),
      () =>
        asciiBytes(
          "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
        ),
    ],
    ["nifti.dcm", refused("not-dicom", "foreign-format"), makeNifti],
  ]),
  ...oddRow(4, "What macOS puts beside a file on other file systems; the file itself is read.", [
    ["._IM0001.dcm", refused("not-dicom", "appledouble"), makeAppleDouble],
    ["IM0001.dcm", stored(), () => encode(image("row-04"))],
  ]),
  ...oddRow(5, "Files that desktops leave in folders.", [
    [
      "Thumbs.db",
      refused("not-dicom", "system-file"),
      () => hexBytes("d0cf11e0a1b11ae1 0000000000000000"),
    ],
    [
      ".DS_Store",
      refused("not-dicom", "system-file"),
      () => hexBytes("00000001 42756431 00001000"),
    ],
    ["desktop.ini", refused("not-dicom", "system-file"), () => asciiBytes("[.ShellClassInfo]\r\n")],
  ]),
  ...oddRow(10, "A name that is not UTF-8, with a line feed and an emoji.", [
    [
      encodePath(joinBytes(hexBytes("caf0"), asciiBytes("\n"), Buffer.from("😀.dcm"))).slice(2),
      stored("path-not-utf8"),
      () => encode(image("row-10")),
    ],
  ]).map((one) => ({ ...one, name: `//${one.name}` })),
  ...oddRow(50, "Archives are not unpacked, whatever their names would do.", [
    [
      "export.zip",
      refused("not-dicom", "archive-file"),
      () => makeZip({ "../IM0001.dcm": encode(image("row-50-zip")) }),
    ],
    [
      "export.tar.gz",
      refused("not-dicom", "archive-file"),
      () => gzipSync(makeTar("IM0001.dcm", encode(image("row-50-tar"))), { mtime: 0 }),
    ],
    [
      "export.tar",
      refused("not-dicom", "archive-file"),
      () => makeTar("IM0001.dcm", encode(image("row-50-tar"))),
    ],
    ["encrypted.zip", refused("not-dicom", "archive-file"), makeEncryptedZip],
  ]),
];

/** Header of NIfTI-1: its size, 348, at byte 0 and `n+1` at byte 344. */
function makeNifti(): Uint8Array {
  const bytes = new Uint8Array(352);
  new DataView(bytes.buffer).setInt32(0, 348, true);
  bytes.set(asciiBytes("n+1\0"), 344);
  return bytes;
}

/** AppleDouble version 2 without entries (RFC 1740). */
function makeAppleDouble(): Uint8Array {
  return joinBytes(hexBytes("00051607 00020000"), asciiBytes("Mac OS X        "), hexBytes("0000"));
}

/** A zip whose files say that they are encrypted: bit 0 of the flags in both headers of each. */
function makeEncryptedZip(): Uint8Array {
  const zip = makeZip({ "IM0001.dcm": encode(image("row-50-encrypted")) });
  const bytes = Buffer.from(zip);
  const central = bytes.lastIndexOf(hexBytes("504b0102"));
  bytes[6] = (bytes[6] as number) | 1;
  bytes[central + 8] = (bytes[central + 8] as number) | 1;
  return new Uint8Array(bytes);
}

/** A tar archive of one file (POSIX ustar). */
function makeTar(name: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0, "latin1");
  header.write("0000644\0", 100, "latin1");
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  header.write("00000000000\0", 136, "latin1");
  header.write("        0", 148, "latin1");
  header.write("ustar\x0000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  const padding = new Uint8Array((512 - (content.length % 512)) % 512);
  return joinBytes(header, content, padding, new Uint8Array(1024));
}
