/**
 * One acquisition as the three forms of an object: classic images of one frame each, an enhanced object, and
 * the object that a conversion of the classic images makes (PS3.3 Annex A.70 to A.72).
 */
import { describePixels } from "#demo/describe-pixels.ts";
import { describeSeries } from "#demo/describe-series.ts";
import {
  type AttributeValue,
  attribute,
  type DataSet,
  type Element,
  element,
  orderElements,
} from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { splitFunctionalGroups } from "#demo/functional-groups.ts";
import { makeOddContext } from "#demo/odd-session.ts";
import { instanceUid, type SeriesContext, seriesUid } from "#demo/session.ts";
import { makeSyntheticUid } from "#demo/synthetic-uid.ts";
import { findAttributeByKeyword } from "#dicom/dictionary.ts";
import { type Acquisition, type Frame, imageSize } from "./acquisition.ts";
import { commonPlaces } from "./common-places.ts";
import { ctPlaces } from "./ct-places.ts";
import { mrPlaces } from "./mr-places.ts";
import { petPlaces } from "./pet-places.ts";
import type { Place, Writes } from "./place.ts";

export const forms = ["classic", "enhanced", "legacy"] as const;

export type Form = (typeof forms)[number];

const storage = "1.2.840.10008.5.1.4.1.1.";

const sopClasses = {
  MR: { classic: "4", enhanced: "4.1", legacy: "4.4" },
  CT: { classic: "2", enhanced: "2.1", legacy: "2.2" },
  PT: { classic: "128", enhanced: "130", legacy: "128.1" },
} as const satisfies Readonly<Record<Acquisition["modality"], Readonly<Record<Form, string>>>>;

const frameTypeGroups = {
  MR: "MRImageFrameTypeSequence",
  CT: "CTImageFrameTypeSequence",
  PT: "PETFrameTypeSequence",
} as const;

const places: Readonly<Record<string, Place>> = {
  ...commonPlaces,
  ...mrPlaces,
  ...ctPlaces,
  ...petPlaces,
};

export function placeOf(acquisition: Acquisition, column: string): Place {
  const own: Readonly<Record<string, Place>> = acquisition.places ?? {};
  const place = own[column] ?? places[column];
  if (place === undefined) throw new Error(`no place for ${column}`);
  return place;
}

/** What a conversion makes of an image type: value 2 is PRIMARY, value 3 is kept, value 4 is NONE. */
export function convertedFrameType(imageType: string): string {
  const [first = "ORIGINAL", , third = "VOLUME"] = imageType.split("\\");
  return [first, "PRIMARY", third, "NONE"].join("\\");
}

/** Bytes of the files of one form: one per frame, or one. */
export function writeForm(acquisition: Acquisition, form: Form): Uint8Array[] {
  const context = contextOf(acquisition, form);
  const dataSets =
    form === "classic"
      ? acquisition.frames.map((_, index) => makeClassic(acquisition, context, index))
      : [makeFramed(acquisition, context, form)];
  return dataSets.map((dataSet) => encodeFile(dataSet, { encoding: "ELE" }));
}

/** Series of their own in one study, which they share as the copies of an archive do. */
function contextOf(acquisition: Acquisition, form: Form): SeriesContext {
  const context = makeOddContext(5, acquisition.name, acquisition.scanner);
  return { ...context, name: form };
}

export const seriesUidOf = (acquisition: Acquisition, form: Form): string =>
  seriesUid(contextOf(acquisition, form));

function describeObject(
  acquisition: Acquisition,
  context: SeriesContext,
  form: Form,
  instanceNumber: number,
): Element[] {
  return [
    ...describeSeries(context, {
      sopClassUid: storage + sopClasses[acquisition.modality][form],
      modality: acquisition.modality,
      description: acquisition.name,
      instanceNumber,
    }),
    attribute("FrameOfReferenceUID", makeSyntheticUid(5, `space of ${acquisition.name}`)),
  ];
}

const zeroPixels = (frames: number): Element[] =>
  describePixels(
    { rows: imageSize, columns: imageSize },
    new Uint16Array(imageSize * imageSize * frames),
    12,
  );

function makeClassic(acquisition: Acquisition, context: SeriesContext, index: number): DataSet {
  const frame = acquisition.frames[index] as Frame;
  return orderElements(
    describeObject(acquisition, context, "classic", index + 1),
    [attribute("ImageType", frame.imageType)],
    nest(writesOf(acquisition, frame, "classic")),
    frame.vendor ?? [],
    zeroPixels(1),
  );
}

function makeFramed(
  acquisition: Acquisition,
  context: SeriesContext,
  form: "enhanced" | "legacy",
): DataSet {
  const { frames } = acquisition;
  const written = frames.map((frame, index) => [
    ...writesOf(acquisition, frame, form),
    ...describeFrameType(acquisition, frame, form),
    [`FG/FrameContentSequence/StackID`, "1"] as const,
    [`FG/FrameContentSequence/InStackPositionNumber`, index + 1] as const,
    ...(form === "legacy" ? describeSource(acquisition, index) : []),
  ]);
  const [first = []] = written;
  const top = only(first, "");
  for (const each of written.slice(1)) requireEqual(top, only(each, ""));
  return orderElements(
    describeObject(acquisition, context, form, 1),
    [
      attribute("ImageType", frameTypeOf(frames[0] as Frame, form)),
      attribute("NumberOfFrames", frames.length),
    ],
    nest(top),
    describeGroups(written, form === "legacy" ? frames.map(({ vendor = [] }) => vendor) : []),
    zeroPixels(frames.length),
  );
}

const frameTypeOf = (frame: Frame, form: "enhanced" | "legacy"): string =>
  form === "enhanced" ? frame.frameType : convertedFrameType(frame.imageType);

function describeFrameType(
  { modality }: Acquisition,
  frame: Frame,
  form: "enhanced" | "legacy",
): Writes {
  const sequence = `FG/${frameTypeGroups[modality]}`;
  return [
    [`${sequence}/FrameType`, frameTypeOf(frame, form)],
    [`${sequence}/PixelPresentation`, "MONOCHROME"],
    [`${sequence}/VolumetricProperties`, "VOLUME"],
    [`${sequence}/VolumeBasedCalculationTechnique`, "NONE"],
    ...(form === "enhanced" && frame.component !== undefined
      ? ([
          [`${sequence}/ComplexImageComponent`, frame.component],
          [`${sequence}/AcquisitionContrast`, frame.contrast ?? "UNKNOWN"],
        ] as const)
      : []),
  ];
}

/** Image Frame Conversion Source (PS3.3 §C.7.6.16.2.25.3). */
function describeSource(acquisition: Acquisition, index: number): Writes {
  const sequence = "FG/ConversionSourceAttributesSequence";
  return [
    [`${sequence}/ReferencedSOPClassUID`, storage + sopClasses[acquisition.modality].classic],
    [
      `${sequence}/ReferencedSOPInstanceUID`,
      instanceUid(contextOf(acquisition, "classic"), index + 1),
    ],
  ];
}

function writesOf(acquisition: Acquisition, { values }: Frame, form: Form): Writes {
  return Object.entries(values).flatMap(([column, value]) => {
    const place = placeOf(acquisition, column);
    return form === "enhanced" ? place.enhanced(value, values) : place[form](value);
  });
}

/** Writes below `prefix`, without it; those at the top for an empty one. */
function only(writes: Writes, prefix: "" | "FG" | "U"): Writes {
  return writes.flatMap(([path, value]) => {
    const [head = "", ...rest] = path.split("/");
    if (prefix === "") return head === "FG" || head === "U" ? [] : [[path, value] as const];
    return head === prefix ? [[rest.join("/"), value] as const] : [];
  });
}

/**
 * Groups that are equal in all frames are shared, and so is each unassigned attribute, private ones (`vendor`, by
 * frame) among them.
 */
function describeGroups(
  written: readonly Writes[],
  vendor: readonly (readonly Element[])[],
): Element[] {
  const unassigned = written.map((writes) => nest(only(writes, "U")));
  const [shared = [], ...perFrame] = splitShared(unassigned);
  const [sharedVendor = [], ...frameVendor] = splitShared(
    vendor.map((elements) => elements.filter((one) => !isCreator(one))),
  );
  const withCreators = (elements: readonly Element[]): Element[] => [
    ...(vendor[0] ?? []).filter(
      (one) => isCreator(one) && elements.some(({ tag }) => blockOf(tag) === ofCreator(one.tag)),
    ),
    ...elements,
  ];
  return splitFunctionalGroups(
    written.map((writes, index) => [
      ...nest(only(writes, "FG")),
      ...wrap("UnassignedSharedConvertedAttributesSequence", [
        ...shared,
        ...withCreators(sharedVendor),
      ]),
      ...wrap("UnassignedPerFrameConvertedAttributesSequence", [
        ...(perFrame[index] ?? []),
        ...withCreators(frameVendor[index] ?? []).map(inNextBlock),
      ]),
    ]),
  );
}

const isCreator = ({ tag }: Element): boolean => (tag & 0x1_ff00) === 0x1_0000;

const blockOf = (tag: number): number => tag >>> 8;

const ofCreator = (tag: number): number => blockOf((tag & 0xffff_0000) + (tag & 0xff) * 0x100);

/** Frames have their elements in another block than the shared item, as each names its own creators (PS3.5 §7.8.1). */
const inNextBlock = (one: Element): Element => ({
  ...one,
  tag: one.tag + (isCreator(one) ? 1 : 0x100),
});

const wrap = (keyword: string, item: readonly Element[]): Element[] =>
  item.length === 0 ? [] : [makeElement(keyword, [orderElements(item)])];

/** Elements that all items have in common, then what is left of each item. */
function splitShared(items: readonly (readonly Element[])[]): Element[][] {
  const [first = []] = items;
  const texts = items.map((item) => new Map(item.map((one) => [one.tag, JSON.stringify(one)])));
  const shared = first.filter((one) =>
    texts.every((each) => each.get(one.tag) === JSON.stringify(one)),
  );
  const tags = new Set(shared.map(({ tag }) => tag));
  return [shared, ...items.map((item) => item.filter(({ tag }) => !tags.has(tag)))];
}

interface Branch {
  readonly leaves: Element[];
  readonly branches: Map<string, Branch>;
}

const newBranch = (): Branch => ({ leaves: [], branches: new Map() });

/** Elements of a data set from paths; sequences have one item. */
function nest(writes: Writes): Element[] {
  const root = newBranch();
  for (const [path, value] of writes) {
    const keywords = path.split("/");
    const last = keywords.pop() as string;
    let branch = root;
    for (const keyword of keywords) {
      const next = branch.branches.get(keyword) ?? newBranch();
      branch.branches.set(keyword, next);
      branch = next;
    }
    branch.leaves.push(makeElement(last, value));
  }
  return elementsOf(root);
}

function elementsOf(branch: Branch): Element[] {
  const sequences = [...branch.branches].map(([keyword, below]) =>
    makeElement(keyword, [elementsOf(below)]),
  );
  return [...orderElements(branch.leaves, sequences)];
}

function makeElement(keyword: string, value: AttributeValue): Element {
  const found = findAttributeByKeyword(keyword);
  if (found === null) throw new Error(`no attribute ${keyword}`);
  return element(found.tag, found.vr, value);
}

function requireEqual(a: Writes, b: Writes): void {
  if (JSON.stringify(a) !== JSON.stringify(b)) {
    throw new Error(`frames differ at the top: ${JSON.stringify(a)} and ${JSON.stringify(b)}`);
  }
}
