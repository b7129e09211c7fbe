import { expect, test } from "vitest";
import { readingOf } from "./data-set.ts";
import { parseDump } from "./dcmdump.ts";

const dump = `
# Dicom-Data-Set
# Used TransferSyntax: Little Endian Explicit
(0008,0008) CS [ORIGINAL\\PRIMARY]                        #  16, 2 ImageType
(0008,1030) LO (no value available)                     #   0, 0 StudyDescription
(0010,4000) LT [one line
(0010,4001) LO [a second one]                           #   1, 1 which is text
]                                                       #  60, 1 PatientComments
(0019,0010) LO [MAKER A]                                #   8, 1 PrivateCreator
(0019,0011) LO [Maker  B ]                              #   8, 1 PrivateCreator
(0019,1001) UN 31\\32                                    #   2, 1 Unknown Tag & Data
(0019,1101) FD 1.5\\-2                                   #  16, 2 Unknown Tag & Data
(5200,9230) SQ (Sequence with undefined length #=2)     # u/l, 1 PerFrameFunctionalGroupsSequence
  (fffe,e000) na (Item with undefined length #=1)         # u/l, 1 Item
    (0018,9114) SQ (Sequence with explicit length #=1)      #  24, 1 MREchoSequence
      (fffe,e000) na (Item with explicit length #=1)          #  16, 1 Item
        (0018,9082) FD 2.5                                      #   8, 1 EffectiveEchoTime
      (fffe,e00d) na (ItemDelimitationItem for re-encoding)   #   0, 0 ItemDelimitationItem
    (fffe,e0dd) na (SequenceDelimitationItem for re-encod.) #   0, 0 SequenceDelimitationItem
  (fffe,e00d) na (ItemDelimitationItem)                   #   0, 0 ItemDelimitationItem
  (fffe,e000) na (Item with undefined length #=0)         # u/l, 1 Item
  (fffe,e00d) na (ItemDelimitationItem)                   #   0, 0 ItemDelimitationItem
(fffe,e0dd) na (SequenceDelimitationItem)               #   0, 0 SequenceDelimitationItem
(7fe0,0010) OW 0000\\0000                                #   4, 1 PixelData
`;

test("reads what dcmdump prints: text over several lines, private blocks, frames", () => {
  const reading = readingOf(parseDump(dump, { isUtf8: true }));
  const at = (steps: readonly object[], frame = 1, vr = "LO") =>
    reading.at({ steps: steps as never, items: "first", vr, key: undefined }, frame);
  expect(reading.frames).toEqual([1, 2]);
  expect(at([{ tag: 0x0008_0008 }])?.texts).toEqual(["ORIGINAL", "PRIMARY"]);
  expect(at([{ tag: 0x0008_1030 }])?.texts).toEqual([]);
  expect(at([{ tag: 0x0010_4000 }])?.texts[0]).toContain("a second one");
  expect(at([{ tag: 0x0010_4001 }])).toBeNull();
  expect(at([{ creator: "Maker A", group: 0x19, element: 1 }], 1, "IS")?.numbers).toEqual([12]);
  expect(at([{ creator: "MAKER B", group: 0x19, element: 1 }])?.numbers).toEqual([1.5, -2]);
  const echoTime = [{ tag: 0x5200_9230 }, { tag: 0x0018_9114 }, { tag: 0x0018_9082 }];
  expect(at(echoTime)?.numbers).toEqual([2.5]);
  expect(at(echoTime, 2)).toBeNull();
});

test("tells nothing of text whose characters dcmdump could not convert", () => {
  const [element] = parseDump("(0010,0010) PN [M\xfcller]   #   6, 1 PatientName", {
    isUtf8: false,
  });
  expect(element?.values).toBeNull();
});
