/** Why our stacks may differ from dcm2niix's volumes: each difference has one of these reasons, or is a fault. */
import { isSheet, type SeriesPair, sizeOf, voxelsOf } from "./compare-stacks.ts";
import type { OracleVolume } from "./oracle-volumes.ts";
import type { OurStack, UnstoredFile } from "./read-extracted.ts";

/** Stacks and volumes of a series that have no counterpart. */
export interface Rest {
  readonly stacks: readonly OurStack[];
  readonly volumes: readonly OracleVolume[];
}

export interface StackReason {
  readonly name: string;
  /** What a physicist should know, for docs/conformance-stacks.md. */
  readonly about: string;
  /** The part of the rest that it explains; a part without stacks and volumes is none. */
  explain(rest: Rest, pair: SeriesPair): Rest;
}

export interface Explanation extends Rest {
  readonly reason: StackReason;
}

export interface Explained {
  readonly explanations: readonly Explanation[];
  readonly unexplained: Rest;
}

const nothing: Rest = { stacks: [], volumes: [] };

const stacksThat =
  (isMeant: (stack: OurStack, pair: SeriesPair) => boolean) =>
  ({ stacks }: Rest, pair: SeriesPair): Rest => ({
    stacks: stacks.filter((stack) => isMeant(stack, pair)),
    volumes: [],
  });

/** Stacks without a volume, in a series for which dcm2niix wrote no other one either. */
const unwrittenThat =
  (isMeant: (stack: OurStack, pair: SeriesPair) => boolean) =>
  (rest: Rest, pair: SeriesPair): Rest =>
    rest.volumes.length === 0 ? stacksThat(isMeant)(rest, pair) : nothing;

/** All of the rest, where both sides have the same images in all. */
const regroupedThat =
  (isMeant: (rest: Rest, pair: SeriesPair) => boolean) =>
  (rest: Rest, pair: SeriesPair): Rest => {
    const ours = sum(rest.stacks.map((stack) => sizeOf(stack) * stack.images));
    const theirs = sum(rest.volumes.map(voxelsOf));
    return ours > 0 && ours === theirs && isMeant(rest, pair) ? rest : nothing;
  };

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const hasOnly = (stack: OurStack, column: string, isMeant: (value: string) => boolean): boolean =>
  stack.values(column).every((value) => value !== null && isMeant(String(value)));

/** Whether the keys of the stacks differ in one of the parts. */
function differIn(stacks: readonly OurStack[], ...parts: readonly string[]): boolean {
  return parts.some((part) => {
    const values = stacks.map(({ key }) => new RegExp(`\\|${part}=([^|]*)`).exec(key)?.[1]);
    return new Set(values).size > 1;
  });
}

/** JPEG progressive, JPEG-LS and deflated. */
const undecoded = /^1\.2\.840\.10008\.1\.2\.(?:4\.53|4\.55|4\.80|4\.81|1\.99)$/;

const encapsulated = /^1\.2\.840\.10008\.1\.2\.(?:4\.\d+|5)$/;

const spectroscopy = "1.2.840.10008.5.1.4.1.1.4.2";
const secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";

const hasFlag = (stack: OurStack, flag: string): boolean =>
  String(stack.row["stack_flags"]).split("\\").includes(flag);

const isMadeBy = (stack: OurStack, maker: RegExp): boolean =>
  hasOnly(stack, "manufacturer", (name) => maker.test(name));

/** dcm2niix writes blanks for `_` too, and adds its reading of the component. */
const isSameType = ({ imageType }: OracleVolume, type: string): boolean =>
  imageType.join(" ").replace(/ REAL$/, "") === type.replaceAll(/[\\_]/g, " ");

/** Whether the volume can be that of a file: all of its pixels, or tiles of its sheet. */
function isOf(volume: OracleVolume, { rows, columns, images }: UnstoredFile): boolean {
  const [x = 1, y = 1, z = 1] = volume.dims;
  const voxels = voxelsOf(volume);
  const hasTiles = z > 1 && columns % x === 0 && rows % y === 0 && voxels <= rows * columns;
  return voxels === rows * columns * images || (images === 1 && hasTiles);
}

/** In this order: the first that explains a stack or a volume takes it. */
export const stackReasons: readonly StackReason[] = [
  {
    name: "map in hertz, called real",
    about:
      "A GE B0 map and its magnitude lie in one series at the same places with equal standard values. GE's code (0043,1030) tells them apart, and they are two stacks (QUAL: the magnitude has GEDIR2); but nothing written calls one of them a map, so both are of TYPE M. dcm2niix takes negative pixels for a map and calls it real.",
    explain: regroupedThat(
      ({ stacks, volumes }) =>
        stacks.length === 1 &&
        stacks.every((stack) => isMadeBy(stack, /^GE/)) &&
        volumes.some(({ component }) => component === "R"),
    ),
  },
  {
    name: "polarities of phase encoding in one run",
    about:
      "The research sequence epi_pepolar of GE takes volumes with both polarities of phase encoding in one series. Its private name (0019,109C) and user data (0019,10B3) say so of the series and not of an image; for us the volumes are time points of one stack. Do not average or motion-correct such a stack as one run.",
    explain: regroupedThat(
      ({ stacks, volumes }) =>
        stacks.length === 1 &&
        stacks.every((stack) => isMadeBy(stack, /^GE/)) &&
        new Set(volumes.map(({ seriesNumber }) => seriesNumber % 1000)).size === 1 &&
        new Set(volumes.map(({ seriesNumber }) => seriesNumber)).size === 2,
    ),
  },
  {
    name: "planes in one volume",
    about:
      "Frames of an enhanced object, or scouts, whose planes are more than 0.5° apart are written as one volume with the orientation of the first. For us each plane is a stack of its own; where contrasts are mixed in too, each of these.",
    explain: regroupedThat(
      ({ stacks, volumes }) => volumes.length === 1 && differIn(stacks, "ORIENT", "PLANE"),
    ),
  },
  {
    name: "slice thickness in one volume",
    about:
      "A sequential head CT has thinner slices at the base than at the vertex. dcm2niix writes one volume with uneven gaps and a resampled one beside it; for us thickness separates.",
    explain: regroupedThat(
      ({ stacks, volumes }) => volumes.length === 1 && differIn(stacks, "THK"),
    ),
  },
  {
    name: "M0 among label and control",
    about:
      "The calibration scan of an ASL run is a volume of the run for dcm2niix. The frames say ASL Context M_ZERO_SCAN, it has another contrast, and for us it is a stack of its own (TYPE M0).",
    explain: regroupedThat(
      ({ stacks, volumes }) =>
        volumes.length === 1 && stacks.some(({ row }) => row["stack_type"] === "M0"),
    ),
  },
  {
    name: "sheet without whole tiles",
    about:
      "The sheet of a mosaic was scaled down for a test, so that its tiles no longer have whole pixels. The number of sheets is the same.",
    explain: ({ stacks, volumes }) =>
      stacks.length === 1 &&
      volumes.length === 1 &&
      stacks.every((stack) => isSheet(stack) && stack.images === (volumes[0]?.dims[3] ?? 1))
        ? { stacks, volumes }
        : nothing,
  },
  {
    name: "file not stored",
    about:
      "dcm2niix needs no UIDs. A file without Study, Series or SOP Class UID is refused with a code that says so; and of two files that claim one SOP Instance UID one is stored and the other is shown as conflict.",
    explain: ({ volumes }, { unstored }) => {
      const left = [...unstored];
      return {
        stacks: [],
        volumes: volumes.filter((volume) => {
          const at = left.findIndex(
            (file) =>
              (file.number === null || file.number === volume.seriesNumber) && isOf(volume, file),
          );
          if (at >= 0) left.splice(at, 1);
          return at >= 0;
        }),
      };
    },
  },
  {
    name: "spectroscopy",
    about: "dcm2niix writes no spectra. For us an MR spectrum is a stack of type MRS.",
    explain: stacksThat((stack) => hasOnly(stack, "sop_class_uid", (uid) => uid === spectroscopy)),
  },
  {
    name: "coding that dcm2niix does not decode",
    about:
      "Deflated files, JPEG-LS and progressive JPEG. Headers are all that we need, so the coding of the pixels does not matter here.",
    explain: unwrittenThat((stack) =>
      hasOnly(stack, "transfer_syntax_uid", (uid) => undecoded.test(uid)),
    ),
  },
  {
    name: "no pixels",
    about:
      "Headers without pixel data, as found at their source: nothing that dcm2niix could convert. They are stored with the warning `pixel-data-missing`.",
    explain: unwrittenThat(
      (stack, { folder }) =>
        !folder.endsWith("__header-only") && hasOnly(stack, "has_pixels", (value) => value === "0"),
    ),
  },
  {
    name: "compressed films",
    about:
      "Ultrasound and angiography of many images in one compressed object: dcm2niix leaves them out. For us such an object is one member of a stack.",
    explain: unwrittenThat(
      (stack) =>
        stack.images > Number(stack.row["stack_n_frames"]) &&
        hasOnly(stack, "transfer_syntax_uid", (uid) => encapsulated.test(uid)),
    ),
  },
  {
    name: "fragments",
    about:
      "dcm2niix says that it cannot decode an image that is stored in several fragments, or without any.",
    explain: unwrittenThat(
      (stack, { oracle }) =>
        /fragments/.test(oracle.note) &&
        hasOnly(stack, "transfer_syntax_uid", (uid) => encapsulated.test(uid)),
    ),
  },
  {
    name: "copies of one image",
    about:
      "The same image in several codings, with SOP Instance UIDs of its own each, in one series. dcm2niix drops what it takes to be a copy or cannot decode; for us all are images of one stack at one place, with the flag `duplicate-position`.",
    explain: ({ stacks, volumes }) => {
      const copies = stacks.flatMap((stack) => {
        const volume = volumes.find(
          (each) =>
            voxelsOf(each) === sizeOf(stack) &&
            stack.images > 1 &&
            Number(stack.row["stack_n_positions"]) <= 1 &&
            stack.values("transfer_syntax_uid").length > 1 &&
            hasOnly(stack, "image_type", (type) => isSameType(each, type)),
        );
        return volume === undefined ? [] : [{ stack, volume }];
      });
      return {
        stacks: copies.map(({ stack }) => stack),
        volumes: [...new Set(copies.map(({ volume }) => volume))],
      };
    },
  },
  {
    name: "images without a place",
    about:
      "Secondary captures and projection images have neither position nor orientation, so nothing in space tells whether they belong together. dcm2niix joins those of one size and leaves out what looks like a copy; for us the pixel format and the matrix separate.",
    explain: ({ stacks, volumes }) => {
      const placeless = stacks.filter(
        (stack) =>
          hasFlag(stack, "no-geometry") ||
          hasOnly(stack, "sop_class_uid", (uid) => uid === secondaryCapture),
      );
      return {
        stacks: placeless,
        volumes: volumes.filter(({ dims: [x = 1, y = 1] }) =>
          placeless.some((stack) => sizeOf(stack) === x * y),
        ),
      };
    },
  },
  {
    name: "dcm2niix failed",
    about:
      "It crashed in this folder (exit status -11), or said at its end that it could not convert all that it found (exit status 8).",
    explain: unwrittenThat((_, { oracle }) => /^exit (?:-11|8);/.test(oracle.note)),
  },
  {
    name: "meta group in implicit VR",
    about:
      "A file whose meta group is written in implicit VR; dcm2niix does not find its data set.",
    explain: unwrittenThat(
      (_, { folder, number }) =>
        folder === "hostile/ts-issues/dicom-ts-issues__header-only" && number === 6,
    ),
  },
  {
    name: "empty slice thickness",
    about:
      "A projection made as a test of an empty slice thickness; dcm2niix warns of the thickness and leaves it out.",
    explain: unwrittenThat(
      (stack, { folder, oracle }) =>
        folder === "siemens/nibabel/nicom" &&
        /slice thickness/.test(oracle.note) &&
        stack.row["stack_type"] === "MIP",
    ),
  },
];

export function explainPair(pair: SeriesPair): Explained {
  const explanations: Explanation[] = [];
  let rest: Rest = { stacks: pair.stacks, volumes: pair.volumes };
  for (const reason of stackReasons) {
    const taken = reason.explain(rest, pair);
    if (taken.stacks.length + taken.volumes.length === 0) continue;
    explanations.push({ reason, ...taken });
    rest = {
      stacks: rest.stacks.filter((stack) => !taken.stacks.includes(stack)),
      volumes: rest.volumes.filter((volume) => !taken.volumes.includes(volume)),
    };
  }
  return { explanations, unexplained: rest };
}
