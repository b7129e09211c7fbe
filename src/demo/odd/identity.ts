/** Rows 43 to 49: identities that are missing, odd, or said twice. */
import { attribute, findElement } from "#demo/element.ts";
import { asciiBytes, encode, image, oddRow, refused, stored } from "./odd-file.ts";

const noStudy = refused("invalid", "study-instance-uid-missing");

export const identityFiles = [
  ...oddRow(43, "A study without a UID.", [
    [
      "empty.dcm",
      noStudy,
      () => encode(image("row-43-empty", { with: [attribute("StudyInstanceUID", "")] })),
    ],
    [
      "blank.dcm",
      noStudy,
      () =>
        encode(
          image("row-43-blank", { with: [attribute("StudyInstanceUID", asciiBytes("  \0\0"))] }),
        ),
    ],
  ]),
  ...oddRow(44, "A patient without ID and name.", [
    [
      "absent.dcm",
      stored("patient-id-missing"),
      () => encode(image("row-44-absent", { without: ["PatientID", "PatientName"] })),
    ],
    [
      "empty.dcm",
      stored("patient-id-missing"),
      () =>
        encode(
          image("row-44-empty", {
            with: [attribute("PatientID", ""), attribute("PatientName", "")],
          }),
        ),
    ],
  ]),
  ...oddRow(45, "UIDs that differ or are none of the standard; the data set's is used as it is.", [
    [
      "meta-differs.dcm",
      stored("sop-uid-meta-mismatch"),
      () => encode(image("row-45-meta"), { mediaStorageSopInstanceUid: "2.25.4545" }),
    ],
    [
      "blank-after.dcm",
      stored(),
      () =>
        encode(image("row-45-blank", { with: [attribute("SOPInstanceUID", "2.25.45001 \0")] }), {
          mediaStorageSopInstanceUid: "2.25.45001",
        }),
    ],
    [
      "letters.dcm",
      stored("uid-nonconformant"),
      () => encode(image("row-45-letters", { with: [attribute("SOPInstanceUID", "ANON.45.A1")] })),
    ],
    [
      "seventy.dcm",
      stored("uid-nonconformant"),
      () =>
        encode(
          image("row-45-seventy", {
            with: [attribute("SOPInstanceUID", `2.25.${"7".repeat(65)}`)],
          }),
        ),
    ],
  ]),
  ...oddRow(46, "A copy, byte for byte.", [
    ["a.dcm", stored(), () => encode(image("row-46"))],
    ["b.dcm", refused("duplicate", "duplicate-bytes"), () => encode(image("row-46"))],
  ]),
  ...oddRow(47, "A copy with another preamble, and one in another encoding.", [
    ["a.dcm", stored(), () => encode(image("row-47"))],
    [
      "other-preamble.dcm",
      refused("duplicate", "duplicate-dataset"),
      () => encode(image("row-47"), { preamble: asciiBytes("II*\0") }),
    ],
    [
      "other-encoding.dcm",
      refused("duplicate", "same-header-other-encoding"),
      () => encode(image("row-47"), { encoding: "ILE" }),
    ],
  ]),
  ...oddRow(48, "The same instance with other pixels, and with another date.", [
    ["a.dcm", stored(), () => encode(image("row-48"))],
    ["other-pixels.dcm", refused("conflict", "sop-uid-conflict"), makeOtherPixels],
    [
      "other-date.dcm",
      refused("conflict", "sop-uid-conflict"),
      () => encode(image("row-48", { with: [attribute("ContentDate", "20200301")] })),
    ],
  ]),
  ...oddRow(49, "One series in two studies, and one study of two patients.", [
    [
      "series-1.dcm",
      stored(),
      () => makeShared("row-49-series-1", "SeriesInstanceUID", "2.25.4901"),
    ],
    [
      "series-2.dcm",
      stored(),
      () => makeShared("row-49-series-2", "SeriesInstanceUID", "2.25.4901"),
    ],
    ["study-1.dcm", stored(), () => makeShared("row-49-study-1", "StudyInstanceUID", "2.25.4902")],
    [
      "study-2.dcm",
      stored(),
      () => makeShared("row-49-study-2", "StudyInstanceUID", "2.25.4902", "KANARI-4902"),
    ],
  ]),
];

function makeOtherPixels(): Uint8Array {
  const dataSet = image("row-48");
  const pixels = findElement(dataSet, "PixelData")?.value as Uint16Array;
  const other = attribute(
    "PixelData",
    pixels.map((value) => 4095 - value),
  );
  return encode(image("row-48", { with: [other] }));
}

/** An image with a UID that another file has too. */
function makeShared(
  name: string,
  keyword: "SeriesInstanceUID" | "StudyInstanceUID",
  uid: string,
  patientId?: string,
): Uint8Array {
  const patient = patientId === undefined ? [] : [attribute("PatientID", patientId)];
  return encode(image(name, { with: [attribute(keyword, uid), ...patient] }));
}
