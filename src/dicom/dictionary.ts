/**
 * The attributes of the standard (PS3.6 §6, §7, §8). Parsed when first asked: a program that never asks pays
 * nothing but the text.
 */
import { dictionaryText } from "./dictionary.generated.ts";
import { type VrCode, vrCode } from "./vr.ts";

export interface Attribute {
  /** Of a repeating group the tag that was asked for, or the first of the range. */
  readonly tag: number;
  /** The first of several where PS3.6 leaves a choice: US of "US or SS", OW of "OB or OW". */
  readonly vr: string;
  /** As PS3.6 writes it, such as `1-n`. */
  readonly vm: string;
  readonly keyword: string;
  /** The keyword in words: `Echo Time`. Close to the name of PS3.6, which adds apostrophes and brackets. */
  readonly name: string;
  readonly isRetired: boolean;
}

interface Dictionary {
  readonly byTag: ReadonlyMap<number, Attribute>;
  readonly byKeyword: ReadonlyMap<string, Attribute>;
  readonly vrByTag: ReadonlyMap<number, VrCode>;
}

let parsed: Dictionary | null = null;

const UL = vrCode("UL");
const LO = vrCode("LO");

/** The attribute of a tag, also in the repeating groups 50xx, 60xx and 7Fxx; null for private and unknown ones. */
export function findAttribute(tag: number): Attribute | null {
  const { byTag } = openDictionary();
  const found = byTag.get(tag) ?? byTag.get(foldTag(tag));
  if (found === undefined) return null;
  return found.tag === tag ? found : { ...found, tag };
}

export function findAttributeByKeyword(keyword: string): Attribute | null {
  return openDictionary().byKeyword.get(keyword) ?? null;
}

/**
 * VR of a tag where the file states none: the standard's, UL of a group length, LO of a private creator
 * (PS3.5 §7.2, §7.8.1); 0 for an unknown one.
 */
export function findVr(tag: number): VrCode {
  const { vrByTag } = openDictionary();
  const vr = vrByTag.get(tag) ?? vrByTag.get(foldTag(tag));
  if (vr !== undefined) return vr;
  const element = tag & 0xffff;
  if (element === 0) return UL;
  return (tag & 0x1_0000) !== 0 && element >= 0x10 && element <= 0xff ? LO : 0;
}

/** The entry that stands for a range of tags (PS3.5 §7.6): groups 50xx, 60xx, 7Fxx and elements (0020,31xx). */
function foldTag(tag: number): number {
  const high = tag >>> 24;
  const isRepeating = (high === 0x50 || high === 0x60 || high === 0x7f) && (tag & 0x1_0000) === 0;
  if (isRepeating) return (tag & 0xff00_ffff) >>> 0;
  return tag >>> 8 === 0x00_2031 ? 0x0020_3100 : tag;
}

function openDictionary(): Dictionary {
  parsed ??= parseDictionary(dictionaryText);
  return parsed;
}

function parseDictionary(text: string): Dictionary {
  const byTag = new Map<number, Attribute>();
  const byKeyword = new Map<string, Attribute>();
  const vrByTag = new Map<number, VrCode>();
  for (const line of text.split("\n")) {
    const [key = "", vr = "UN", vm = "1", word = ""] = line.split(" ");
    const isRetired = word.endsWith("!");
    const keyword = isRetired ? word.slice(0, -1) : word;
    const tag = Number.parseInt(key.replaceAll("x", "0"), 16);
    const attribute = { tag, vr, vm, keyword, name: spellOut(keyword), isRetired };
    // The dictionary also holds tags of other standards than medicine; the first of two keywords is DICOM's.
    byTag.set(tag, attribute);
    if (!byKeyword.has(keyword)) byKeyword.set(keyword, attribute);
    vrByTag.set(tag, vrCode(vr));
  }
  return { byTag, byKeyword, vrByTag };
}

/** `EchoTime` in words; abbreviations stay together: `SOPInstanceUID` becomes `SOP Instance UID`. */
function spellOut(keyword: string): string {
  return keyword
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2");
}
