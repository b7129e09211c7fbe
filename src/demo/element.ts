/**
 * A data set as data: elements in the order in which they are written. Builders of well-formed objects
 * sort with `orderElements`; builders of broken ones leave the order as it is.
 */
import { type AttributeKeyword, attributes } from "./attributes.ts";

export interface Element {
  /** 0xggggeeee. */
  readonly tag: number;
  readonly vr: string;
  readonly value: ElementValue;
}

/**
 * Text (several values joined by a backslash), numbers of a binary VR, items of an SQ, 16-bit words (OW),
 * or the bytes of the value as they are, whatever the VR.
 */
export type ElementValue =
  | string
  | readonly number[]
  | readonly DataSet[]
  | Uint16Array
  | Uint8Array;

export type DataSet = readonly Element[];

/** What `attribute` takes: numbers for text VRs are written by their VR's rule. */
export type AttributeValue = ElementValue | number | readonly string[];

/** VRs whose numbers are written as text (PS3.5 §6.2). */
const NUMBER_TEXT_VRS: ReadonlySet<string> = new Set(["DS", "IS"]);

/** A standard element, named by its keyword (PS3.6). */
export function attribute(keyword: AttributeKeyword, value: AttributeValue): Element {
  const [tag, vr] = attributes[keyword];
  return element(tag, vr, value);
}

/** The element without a value: present and empty. */
export function emptyAttribute(keyword: AttributeKeyword): Element {
  return attribute(keyword, new Uint8Array(0));
}

/** A sequence with these items, whose elements are put in order. */
export function sequence(keyword: AttributeKeyword, ...items: readonly DataSet[]): Element {
  return attribute(
    keyword,
    items.map((item) => orderElements(item)),
  );
}

/** Any element. Numbers become text for DS and IS, and a list of one number for a binary VR. */
export function element(tag: number, vr: string, value: AttributeValue): Element {
  if (typeof value === "number") return element(tag, vr, [value]);
  if (isNumbers(value) && NUMBER_TEXT_VRS.has(vr)) {
    return { tag, vr, value: value.map(vr === "DS" ? formatDecimal : formatInteger).join("\\") };
  }
  if (isTexts(value)) return { tag, vr, value: value.join("\\") };
  return { tag, vr, value };
}

/**
 * A private block (PS3.5 §7.8.1): the element that names the creator, and its elements, given by the low
 * byte of their number. `block` is 0x10 to 0xFF.
 */
export function privateBlock(
  creator: string,
  options: { readonly group: number; readonly block?: number },
  elements: readonly (readonly [element: number, vr: string, value: AttributeValue])[],
): Element[] {
  const group = options.group * 0x1_0000;
  const block = options.block ?? 0x10;
  return [
    element(group + block, "LO", creator),
    ...elements.map(([low, vr, value]) => element(group + block * 0x100 + low, vr, value)),
  ];
}

/**
 * Elements in ascending order of tag, as PS3.5 §7.1 asks. Where a tag is given twice the later one wins, so
 * that a scan can override what its modules say.
 */
export function orderElements(...lists: readonly (readonly Element[])[]): DataSet {
  const byTag = new Map<number, Element>();
  for (const list of lists) for (const one of list) byTag.set(one.tag, one);
  return [...byTag.values()].sort((a, b) => a.tag - b.tag);
}

/** The element with this keyword at the top level, if it is there. */
export function findElement(dataSet: DataSet, keyword: AttributeKeyword): Element | undefined {
  const [tag] = attributes[keyword];
  return dataSet.find((one) => one.tag === tag);
}

/** The data set with other elements put in or over its own, and `without` left out. */
export function changeDataSet(
  dataSet: DataSet,
  changes: {
    readonly with?: readonly Element[];
    readonly without?: readonly AttributeKeyword[];
  },
): DataSet {
  const left = new Set<number>((changes.without ?? []).map((keyword) => attributes[keyword][0]));
  return orderElements(
    dataSet.filter((one) => !left.has(one.tag)),
    changes.with ?? [],
  );
}

/** A number as a Decimal String: shortest form of at most 16 characters (PS3.5 §6.2). */
export function formatDecimal(value: number): string {
  const shortest = String(Object.is(value, -0) ? 0 : value);
  if (shortest.length <= 16) return shortest;
  for (let digits = 15; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= 16) return text;
  }
  return "0";
}

function formatInteger(value: number): string {
  return String(Math.round(value));
}

function isNumbers(value: AttributeValue): value is readonly number[] {
  return Array.isArray(value) && typeof value[0] === "number";
}

function isTexts(value: AttributeValue): value is readonly string[] {
  return Array.isArray(value) && typeof value[0] === "string";
}
