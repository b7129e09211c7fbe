/** A whole data set as another program shows it, and the elements in it by their place. */
import type { Step } from "#catalogue/location.ts";
import { usualCreators } from "#catalogue/private-creators.ts";
import { normalizeCreator } from "#dicom/private-creator.ts";
import { readCsaTexts } from "./csa-text.ts";
import { type Element, numberElement, type Place, type Reading, textElement } from "./reading.ts";

export interface DataElement {
  /** 0xggggeeee */
  readonly tag: number;
  readonly vr: string;
  /** Texts or numbers as the program shows them; null where it shows bytes, items, or nothing that can be compared. */
  readonly values: readonly (string | number | null)[] | null;
  readonly bytes: Uint8Array | null;
  readonly items: readonly DataSet[] | null;
}

/** In the order of the file, group 0002 included at the top. */
export type DataSet = readonly DataElement[];

const perFrameGroups = 0x5200_9230;
const sharedGroups = 0x5200_9229;

/** The data set by places. Elements that the program shows as bytes are read by the VR of the catalogue. */
export function readingOf(dataSet: DataSet): Reading {
  const perFrame = itemsOf(dataSet, perFrameGroups);
  const manufacturer = (find(dataSet, { tag: 0x0008_0070 }, "")?.values ?? []).join("\\");
  return {
    hasFunctionalGroups: perFrame.length + itemsOf(dataSet, sharedGroups).length > 0,
    frames: perFrame.length === 0 ? [1] : perFrame.map((_, index) => index + 1),
    at: (place, frame) => findElement(dataSet, place, frame, manufacturer),
  };
}

const itemsOf = (dataSet: DataSet, tag: number): readonly DataSet[] =>
  dataSet.find((element) => element.tag === tag)?.items ?? [];

function findElement(
  dataSet: DataSet,
  place: Place,
  frame: number,
  manufacturer: string,
): Element | null | undefined {
  let levels: readonly DataSet[] = [dataSet];
  for (const step of place.steps.slice(0, -1)) {
    const sequences = levels.flatMap((level) => find(level, step, manufacturer) ?? []);
    // A sequence that is shown as bytes, or not at all: what lies in it is not told.
    if (sequences.some(({ items, values }) => items === null && values?.length !== 0)) {
      return undefined;
    }
    const all = sequences.flatMap(({ items }) => items ?? []);
    levels = chooseItems(all, step, frame, place.items);
  }
  const last = place.steps.at(-1) as Step;
  const found = levels.flatMap((level) => find(level, last, manufacturer) ?? []);
  if (found.length === 0) return null;
  const read = found.map((element) => readElement(element, place));
  if (read.includes(undefined)) return undefined;
  const elements = read.flatMap((element) => element ?? []);
  if (elements.length === 0) return null;
  return {
    texts: elements.flatMap(({ texts }) => texts),
    numbers: elements.flatMap(({ numbers }) => numbers),
  };
}

function chooseItems(
  items: readonly DataSet[],
  step: Step,
  frame: number,
  wanted: Place["items"],
): readonly DataSet[] {
  if ("tag" in step && step.tag === perFrameGroups) return items.slice(frame - 1, frame);
  const isShared = "tag" in step && step.tag === sharedGroups;
  return wanted === "all" && !isShared ? items : items.slice(0, 1);
}

/** The element of a step in one item: of a private one by the creator that this item names. */
function find(dataSet: DataSet, step: Step, manufacturer: string): DataElement | undefined {
  if ("tag" in step) return dataSet.find(({ tag }) => tag === step.tag);
  const { group, element } = step;
  const creator = normalizeCreator(step.creator);
  const blocks = dataSet.filter(
    ({ tag }) => tag >>> 16 === group && (tag & 0xffff) >= 0x10 && (tag & 0xffff) <= 0xff,
  );
  for (const block of blocks) {
    if (normalizeCreator(blockOwner(block)) !== creator) continue;
    const wanted = ((group << 16) | ((block.tag & 0xff) << 8) | element) >>> 0;
    const found = dataSet.find(({ tag }) => tag === wanted);
    if (found !== undefined) return found;
  }
  const hasOwner = blocks.some(({ tag }) => (tag & 0xffff) === 0x10);
  const usual = usualCreators.find((each) => normalizeCreator(each.creator) === creator);
  const isMaker = usual?.makers.some((maker) => manufacturer.toUpperCase().includes(maker));
  if (hasOwner || isMaker !== true) return undefined;
  const wanted = ((group << 16) | 0x1000 | element) >>> 0;
  return dataSet.find(({ tag }) => tag === wanted);
}

function blockOwner({ values, bytes }: DataElement): string {
  return values === null ? Buffer.from(bytes ?? []).toString("latin1") : values.join("\\");
}

function readElement(element: DataElement, { vr, key }: Place): Element | null | undefined {
  const { values, bytes } = element;
  if (key !== undefined) {
    const texts = bytes === null ? null : readCsaTexts(bytes, key);
    return texts === null ? null : textElement(texts);
  }
  if (values !== null) {
    return values.every((value) => typeof value === "string")
      ? textElement(values)
      : numberElement(values.map((value) => (value === null ? null : Number(value))));
  }
  return bytes === null ? undefined : decodeBytes(bytes, vr);
}

const sizes: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 };

/** Bytes of unknown VR, little endian as implicit VR is. */
export function decodeBytes(bytes: Uint8Array, vr: string): Element {
  const size = sizes[vr];
  if (size === undefined) {
    return textElement(Buffer.from(bytes).toString("latin1").split("\\"));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers: number[] = [];
  for (let at = 0; at + size <= bytes.length; at += size) numbers.push(readNumber(view, at, vr));
  return numberElement(numbers);
}

function readNumber(view: DataView, at: number, vr: string): number {
  switch (vr) {
    case "US":
      return view.getUint16(at, true);
    case "SS":
      return view.getInt16(at, true);
    case "UL":
      return view.getUint32(at, true);
    case "SL":
      return view.getInt32(at, true);
    case "FL":
      return view.getFloat32(at, true);
    default:
      return view.getFloat64(at, true);
  }
}
