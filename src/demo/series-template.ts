/** The file that all files of a series of a header-only archive are made from. */
import { makePerson } from "./canaries.ts";
import { addDays } from "./clock.ts";
import { attribute, changeDataSet, type Element, privateBlock } from "./element.ts";
import { encodeCsaHeader } from "./encode-csa.ts";
import { encodeFile } from "./encode-file.ts";
import { findValueRange } from "./find-value-range.ts";
import { type Plane, planVolume } from "./geometry.ts";
import { makeRandomFor, type Random } from "./random.ts";
import { scanners } from "./scanners.ts";
import { type MrFrame, type MrSettings, makeClassicMr } from "./scans/mr-image.ts";
import { type Instance, type SeriesContext, seriesUid } from "./session.ts";

export interface HeaderOnlyOptions {
  readonly files: number;
  readonly seed: number;
  /** Default 200. */
  readonly filesPerSeries?: number;
  /** Size of a file that the headers are filled up to, bytes; they are never shorter than about 2,200. Default 2048. */
  readonly headerBytes?: number;
  /** Are SOP Instance UIDs random numbers, as some de-identifiers write, instead of counted up? Default no. */
  readonly randomUids?: boolean;
  /** Size of the two Siemens CSA headers together, bytes. They lie before wanted elements. Default none. */
  readonly csaBytes?: number;
}

const SERIES_PER_STUDY = 5;
const STUDIES_PER_SUBJECT = 2;

/** A series' file and where its files differ. */
export interface SeriesTemplate {
  readonly folder: string;
  readonly bytes: Buffer;
  readonly planes: readonly Plane[];
  readonly context: SeriesContext;
  readonly makeUid: (index: number) => string;
  readonly offsets: Readonly<Record<FieldName, number>>;
  readonly random: Random;
}

/** Tags of the fields that are written per file, and their width in bytes. */
export const fields = {
  mediaStorageSopInstanceUid: [0x0002_0003, 0],
  sopInstanceUid: [0x0008_0018, 0],
  acquisitionDateTime: [0x0008_002a, 22],
  acquisitionTime: [0x0008_0032, 14],
  contentTime: [0x0008_0033, 14],
  instanceNumber: [0x0020_0013, 6],
  position: [0x0020_0032, 32],
  sliceLocation: [0x0020_1041, 10],
  windowCentre: [0x0028_1050, 4],
  windowWidth: [0x0028_1051, 4],
} as const;

export type FieldName = keyof typeof fields;

const kinds = [
  { name: "localizer", te: 4, tr: 8.6, fa: 20, sequence: "GR", variant: "SP" },
  {
    name: "t1_mprage",
    te: 2.5,
    tr: 2300,
    fa: 9,
    ti: 900,
    sequence: "GR\\IR",
    variant: "SK\\SP\\MP",
  },
  { name: "t2_tse", te: 92, tr: 6000, fa: 150, sequence: "SE", variant: "SK\\SP" },
  { name: "flair", te: 85, tr: 9000, fa: 150, ti: 2500, sequence: "SE\\IR", variant: "SK\\SP" },
  { name: "bold", te: 30, tr: 2000, fa: 77, sequence: "EP", variant: "SK" },
] as const;

/** The file of series number `series`, from 0. */
export function makeSeriesTemplate(
  options: HeaderOnlyOptions,
  series: number,
  filesPerSeries: number,
): SeriesTemplate {
  const kind = kinds[series % kinds.length] as (typeof kinds)[number];
  const study = Math.floor(series / SERIES_PER_STUDY);
  const subject = Math.floor(study / STUDIES_PER_SUBJECT);
  const context = makeContext(
    options.seed,
    subject,
    study % STUDIES_PER_SUBJECT,
    series,
    kind.name,
  );
  const planes = planVolume({
    plane: "transverse",
    rows: 4,
    columns: 4,
    spacing: [56, 56],
    slices: filesPerSeries,
    sliceSpacing: 1.2,
  });
  const random = makeRandomFor(options.seed, `header-only series ${series}`);
  const makeUid = options.randomUids
    ? () => makeRandomUid(random)
    : (index: number) => `${seriesUid(context)}.${100_000 + index}`;
  const [instance] = makeClassicMr(context, makeSettings(kind), [makeFrame(kind, planes)]);
  const changed = changeDataSet((instance as Instance).makeDataSet(), {
    with: [...makePlaceholders(makeUid(0)), ...makeCsaBlobs(options.csaBytes ?? 0)],
  });
  const bytes = fillUp(changed, options.headerBytes ?? 2048);
  const folder = `subject-${pad(subject + 1, 5)}/visit-${(study % STUDIES_PER_SUBJECT) + 1}/series-${pad(series + 1, 5)}`;
  return { folder, bytes, planes, context, makeUid, offsets: findOffsets(bytes), random };
}

function makeContext(
  seed: number,
  subjectIndex: number,
  visitIndex: number,
  series: number,
  name: string,
): SeriesContext {
  const startSeconds = 8 * 3600 + (subjectIndex % 40) * 600;
  const seriesNumber = (series % SERIES_PER_STUDY) + 1;
  return {
    session: {
      seed,
      subjectIndex,
      visitIndex,
      person: makePerson(subjectIndex),
      date: addDays("20190107", (subjectIndex % 700) + visitIndex * 182),
      startSeconds,
      description: "Brain",
      scale: 1,
    },
    studyName: "header-only",
    scanner: scanners.siemensMr,
    seriesNumber,
    name,
    startSeconds: startSeconds + seriesNumber * 300,
  };
}

function makeSettings(kind: (typeof kinds)[number]): MrSettings {
  return {
    description: kind.name,
    bodyPart: "HEAD",
    scanningSequence: kind.sequence,
    sequenceVariant: kind.variant,
    scanOptions: "PFP",
    sequenceName: `*${kind.name}`,
    dimension: "2D",
    echoTrainLength: 1,
    averages: 1,
    bandwidth: 260,
    sliceThickness: 1.2,
    sliceSpacing: 1.2,
    phaseDirection: "ROW",
    coil: "Head_32",
    vendor: [
      ...privateBlock("SIEMENS MR HEADER", { group: 0x0019 }, [[0x0b, "DS", 67.5]]),
      ...privateBlock("SIEMENS MR HEADER", { group: 0x0051 }, [
        [0x0b, "LO", "256*256"],
        [0x0e, "LO", "Tra"],
        [0x0f, "LO", "HEA;HEP"],
        [0x11, "LO", "p2"],
      ]),
    ],
  };
}

function makeFrame(kind: (typeof kinds)[number], planes: readonly Plane[]): MrFrame {
  return {
    plane: planes[0] as Plane,
    imageType: ["ORIGINAL", "PRIMARY", "M", "ND", "NORM"],
    component: "MAGNITUDE",
    contrast: "T1",
    echoTime: kind.te,
    echo: 1,
    repetitionTime: kind.tr,
    ...("ti" in kind ? { inversionTime: kind.ti } : {}),
    flipAngle: kind.fa,
    acquisition: 1,
    seconds: 0,
    window: [1000, 2000],
    bitsStored: 12,
    draw: () => new Uint16Array(16),
  };
}

/** Values as wide as any that is written over them. */
function makePlaceholders(uid: string): Element[] {
  return [
    attribute("SOPInstanceUID", uid),
    attribute("InstanceNumber", "0".repeat(fields.instanceNumber[1])),
    attribute("ImagePositionPatient", "0".repeat(fields.position[1])),
    attribute("SliceLocation", "0".repeat(fields.sliceLocation[1])),
    attribute("WindowCenter", "0".repeat(fields.windowCentre[1])),
    attribute("WindowWidth", "0".repeat(fields.windowWidth[1])),
  ];
}

/** Image header of a sixth and series header of the rest, as large ones are shared out. */
function makeCsaBlobs(csaBytes: number): Element[] {
  if (csaBytes === 0) return [];
  const tags = Array.from({ length: 24 }, (_, index) => ({
    name: `DemoTag${index}`,
    vr: "IS",
    values: [String(index)],
  }));
  const header = encodeCsaHeader([
    { name: "PhaseEncodingDirectionPositive", vr: "IS", values: ["1"] },
    ...tags,
  ]);
  const sized = (length: number): Uint8Array => {
    const bytes = new Uint8Array(Math.max(length, header.length));
    bytes.set(header);
    return bytes;
  };
  return privateBlock("SIEMENS CSA HEADER", { group: 0x0029 }, [
    [0x10, "OB", sized(Math.floor(csaBytes / 6))],
    [0x20, "OB", sized(csaBytes - Math.floor(csaBytes / 6))],
  ]);
}

/** The file, with a private element before the pixels that makes it `size` bytes long if it is shorter. */
function fillUp(dataSet: readonly Element[], size: number): Buffer {
  const bare = encodeFile(dataSet, { encoding: "ELE" });
  const creator = privateBlock("NILS DEMO FILLER", { group: 0x0053 }, [
    [0x01, "OB", new Uint8Array(0)],
  ]);
  const overhead = encodeFile(changeDataSet(dataSet, { with: creator }), {
    encoding: "ELE",
  }).length;
  if (overhead > size) return Buffer.from(bare);
  const filler = privateBlock("NILS DEMO FILLER", { group: 0x0053 }, [
    [0x01, "OB", new Uint8Array(size - overhead)],
  ]);
  return Buffer.from(encodeFile(changeDataSet(dataSet, { with: filler }), { encoding: "ELE" }));
}

function findOffsets(bytes: Uint8Array): Record<FieldName, number> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, [tag, width]]) => {
      const { offset, length } = findValueRange(bytes, tag);
      if (width !== 0 && length !== width) throw new Error(`${name} is ${length} bytes wide`);
      return [name, offset];
    }),
  ) as Record<FieldName, number>;
}

/** `2.25.` and 39 digits, less than 2¹²⁸. */
function makeRandomUid(random: Random): string {
  let digits = random() < 0.5 ? "1" : "2";
  while (digits.length < 39) digits += String(Math.floor(random() * 1e9)).padStart(9, "0");
  return `2.25.${digits.slice(0, 39)}`;
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, "0");
}
