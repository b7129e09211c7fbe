/** Rows 34 to 40: texts, numbers, dates and directions that are not as they should be. */
import { attribute, type Element } from "#demo/element.ts";
import { encode, hexBytes, image, oddRow, stored } from "./odd-file.ts";

function imageWith(name: string, ...elements: Element[]): () => Uint8Array {
  return () => encode(image(name, { with: elements }));
}

export const valueFiles = [
  ...oddRow(
    34,
    "A name in half-width kana, kanji and kana; the second byte of a kanji is a backslash's.",
    [
      [
        "japanese.dcm",
        stored(),
        imageWith(
          "row-34",
          attribute("SpecificCharacterSet", "ISO 2022 IR 13\\ISO 2022 IR 87"),
          attribute("PatientName", japaneseName()),
        ),
      ],
    ],
  ),
  ...oddRow(
    35,
    "UTF-8 bytes where Latin-1 is declared, which are read as declared, and where nothing is.",
    [
      [
        "declared-latin-1.dcm",
        stored(),
        imageWith("row-35-latin", attribute("PatientName", Buffer.from("Kanarienvögelchen^Zoë"))),
      ],
      [
        "nothing-declared.dcm",
        stored("charset-assumed"),
        () =>
          encode(
            image("row-35-none", {
              with: [attribute("PatientName", Buffer.from("Kanarienvögelchen^Zoë"))],
              without: ["SpecificCharacterSet"],
            }),
          ),
      ],
    ],
  ),
  ...oddRow(36, "A character set that nobody knows; UTF-8 with broken bytes and a NUL.", [
    [
      "unknown-set.dcm",
      stored("charset-unknown"),
      imageWith("row-36-xyz", attribute("SpecificCharacterSet", "XYZ")),
    ],
    [
      "broken-utf-8.dcm",
      stored("charset-invalid-bytes"),
      imageWith(
        "row-36-utf8",
        attribute("SpecificCharacterSet", "ISO_IR 192"),
        // `Kanari`, a lone first byte, `^Zo`, a lone following byte, NUL, `e`.
        attribute("PatientName", hexBytes("4b616e617269 c3 5e5a6f ab 00 65")),
      ),
    ],
  ]),
  ...oddRow(37, "Decimal strings: no number, a comma, more digits than allowed.", [
    [
      "decimals.dcm",
      stored("number-invalid", "number-comma"),
      imageWith(
        "row-37",
        attribute("EchoTime", "NaN"),
        attribute("RepetitionTime", "1.#QNAN"),
        attribute("FlipAngle", "1,5"),
        attribute("InversionTime", "900.0000000000000000000000000000000000001"),
      ),
    ],
  ]),
  ...oddRow(38, "Integer strings: a fraction, and more than any integer.", [
    [
      "integers.dcm",
      stored("number-range"),
      imageWith(
        "row-38",
        attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.2"),
        attribute("Modality", "CT"),
        attribute("Exposure", "150.5"),
        attribute("XRayTubeCurrent", "99999999999999999999"),
        attribute("ImagesInAcquisition", "99999999999999999999"),
      ),
    ],
  ]),
  ...oddRow(39, "Dates and times in the form of ACR-NEMA, and such as do not exist.", [
    [
      "dates.dcm",
      stored("date-form-old", "date-invalid", "time-form-old", "time-invalid"),
      imageWith(
        "row-39",
        attribute("StudyDate", "2013.04.22"),
        attribute("SeriesDate", "20151399"),
        attribute("StudyTime", "18:16:00"),
        attribute("SeriesTime", "256000"),
      ),
    ],
  ]),
  ...oddRow(40, "Directions that are none.", [
    [
      "zero.dcm",
      stored("orientation-invalid"),
      imageWith("row-40-zero", attribute("ImageOrientationPatient", [0, 0, 0, 0, 0, 0])),
    ],
    [
      "five-values.dcm",
      stored("orientation-invalid"),
      imageWith("row-40-five", attribute("ImageOrientationPatient", [1, 0, 0, 0, 1])),
    ],
    [
      "not-a-number.dcm",
      stored("orientation-invalid"),
      imageWith("row-40-nan", attribute("ImageOrientationPatient", "NaN\\0\\0\\0\\NaN\\0")),
    ],
  ]),
];

/** `ｶﾅﾘｱ^ﾎﾝ=金糸雀^本=かなりあ^ほん` (PS3.5 §H.3.2 has such a name); 本 is 4B 5C. */
function japaneseName(): Uint8Array {
  const kanji = (hex: string) => `1b2442 ${hex} 1b284a`;
  return hexBytes(
    [
      "b6c5d8b1 5e cedd",
      `${kanji("36623b653f7d")} 5e ${kanji("4b5c")}`,
      `${kanji("242b244a246a2422")} 5e ${kanji("245b2473")}`,
    ].join(" 3d "),
  );
}
