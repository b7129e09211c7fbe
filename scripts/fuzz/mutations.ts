/** What is done to headers. Each entry is one kind of damage; where and how much the dice say. */

import type { Dice } from "#demo/dice.ts";
import { encodeCsaHeader } from "#demo/encode-csa.ts";
import type { Draft, Place } from "./draft.ts";
import type { SeedFile } from "./seed-file.ts";
import {
  characterSetTexts,
  creatorTexts,
  dateTexts,
  numberTexts,
  plainTexts,
  uidTexts,
} from "./texts.ts";

export interface Mutation {
  readonly name: string;
  /** Does nothing where the file has nothing of the kind. `others` lend their bytes. */
  readonly apply: (draft: Draft, dice: Dice, others: readonly SeedFile[]) => void;
}

const ITEM = 0xfffe_e000;
const ITEM_END = 0xfffe_e00d;
const SEQUENCE_END = 0xfffe_e0dd;
const UNDEFINED = 0xffff_ffff;
const CHARACTER_SET = 0x0008_0005;
const PIXELS = 0x7fe0_0010;
const NUMBER_OF_FRAMES = 0x0028_0008;
const PER_FRAME_GROUPS = 0x5200_9230;

const vrs = (
  "AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM " +
  "UC UI UL UN UR US UT UV"
).split(" ");
const oddVrs = ["  ", "\0\0", "??", "ZZ", "un", "sq", "S\0", "\xff\xff", "OX", "--", "UN", "SQ"];

const oddTags = [
  0,
  1,
  0xffff_ffff,
  0xfffc_fffc,
  ITEM,
  ITEM_END,
  SEQUENCE_END,
  0xfffe_0000,
  PIXELS,
  0x7fe0_0008,
  0x0002_0000,
  0x0002_0010,
  0x0004_1220,
  CHARACTER_SET,
  0x0008_0016,
  0x0020_000d,
  0x0400_0561,
  0x5200_9229,
  PER_FRAME_GROUPS,
  0x5400_0100,
  0x5600_0020,
  0x0029_1010,
  0x0029_0010,
  0x2005_140f,
  0x0019_10aa,
  0x0021_10fe,
  0x0028_0010,
  NUMBER_OF_FRAMES,
];

/** Tags by what their values hold, where the file does not say it (PS3.6). */
const isDateTag = (tag: number): boolean =>
  tag >>> 8 === 0x0008_00 || tag === 0x0008_002a || tag === 0x0018_9074;

export const mutations: readonly Mutation[] = [
  { name: "flip-bit", apply: flipBit },
  { name: "set-byte", apply: setByte },
  { name: "overwrite", apply: overwrite },
  { name: "insert-bytes", apply: insertBytes },
  { name: "remove-bytes", apply: removeBytes },
  { name: "set-length", apply: setLength },
  { name: "set-length", apply: setLength },
  { name: "set-vr", apply: setVr },
  { name: "set-tag", apply: setTag },
  { name: "delete-element", apply: deleteElement },
  { name: "duplicate-element", apply: duplicateElement },
  { name: "move-element", apply: moveElement },
  { name: "borrow-element", apply: borrowElement },
  { name: "truncate", apply: truncate },
  { name: "pad-end", apply: padEnd },
  { name: "insert-delimiter", apply: insertDelimiter },
  { name: "remove-delimiter", apply: removeDelimiter },
  { name: "nest-sequences", apply: nestSequences },
  { name: "many-items", apply: repeatItems },
  { name: "set-creator", apply: setCreator },
  { name: "break-csa", apply: breakCsa },
  { name: "plant-csa", apply: plantCsa },
  { name: "number-text", apply: valueFrom(numberTexts, (tag) => tag >>> 16 > 0x10) },
  { name: "date-text", apply: valueFrom(dateTexts, isDateTag) },
  { name: "uid-text", apply: valueFrom(uidTexts, isUidTag) },
  { name: "plain-text", apply: valueFrom(plainTexts, () => true) },
  { name: "character-set", apply: setCharacterSet },
  { name: "functional-groups", apply: changeGroups },
  { name: "frame-count", apply: setFrameCount },
  { name: "empty-value", apply: emptyValue },
  { name: "mark", apply: breakMark },
  { name: "deflate", apply: deflate },
];

function isUidTag(tag: number): boolean {
  const uids = [0x0002_0002, 0x0002_0003, 0x0002_0010, 0x0008_0016, 0x0008_0018];
  return uids.includes(tag) || tag === 0x0020_000d || tag === 0x0020_000e || tag === 0x0020_0052;
}

/** An element that fulfils a condition; any where a few looks find none. Null where the file has no elements. */
function findPlace(draft: Draft, dice: Dice, isMeant = (_: number): boolean => true): Place | null {
  const { placeCount, seed } = draft;
  if (placeCount === 0) return null;
  const first = dice.below(placeCount);
  for (let step = 0; step < placeCount; step++) {
    const index = (first + step) % placeCount;
    if (isMeant(seed.tags[index] as number)) return draft.place(index);
  }
  return null;
}

/** Half of the time where elements begin, else anywhere behind the preamble. */
function anywhere(draft: Draft, dice: Dice): number {
  if (dice.once(2)) {
    const place = findPlace(draft, dice);
    if (place !== null) return place.start + dice.below(14);
  }
  const first = dice.once(16) ? 0 : Math.min(128, draft.bytes.length);
  return first + dice.below(draft.bytes.length - first);
}

function flipBit(draft: Draft, dice: Dice): void {
  const at = anywhere(draft, dice);
  draft.replace(at, 1, Uint8Array.of((draft.bytes[at] ?? 0) ^ (1 << dice.below(8))));
}

function setByte(draft: Draft, dice: Dice): void {
  const byte = dice.once(2) ? dice.pick([0, 1, 0x20, 0x5c, 0x7f, 0x80, 0xff]) : dice.below(256);
  draft.replace(anywhere(draft, dice), 1, Uint8Array.of(byte));
}

function overwrite(draft: Draft, dice: Dice): void {
  const count = 1 + dice.below(dice.once(8) ? 400 : 24);
  const fill = dice.pick([0, 0xff, 0x20, -1]);
  const bytes = fill < 0 ? dice.bytes(count) : new Uint8Array(count).fill(fill);
  draft.replace(anywhere(draft, dice), count, bytes);
}

function insertBytes(draft: Draft, dice: Dice): void {
  const count = 1 + dice.below(dice.once(8) ? 300 : 12);
  draft.replace(anywhere(draft, dice), 0, dice.once(2) ? dice.bytes(count) : new Uint8Array(count));
}

function removeBytes(draft: Draft, dice: Dice): void {
  draft.replace(anywhere(draft, dice), 1 + dice.below(dice.once(8) ? 2000 : 12), new Uint8Array(0));
}

function setLength(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice, dice.once(3) ? isStructure : undefined);
  if (place === null) return;
  const left = draft.bytes.length - place.valueAt;
  const length = dice.pick([
    0,
    1,
    place.length + 1,
    place.length - 1,
    place.length + 2,
    place.length * 2,
    left,
    left + 1,
    left - 8,
    dice.below(0x1_0000),
    0xffff,
    0x7fff_fff0,
    0x8000_0000,
    0x2020_2020,
    0xffff_fff8,
    UNDEFINED - 1,
    UNDEFINED,
    UNDEFINED,
  ]);
  const bytes = draft.encodeNumber(Math.max(0, length), place.lengthSize);
  draft.replace(place.lengthAt, place.lengthSize, bytes);
}

function isStructure(tag: number): boolean {
  return tag === ITEM || tag >>> 16 === 0x5200 || tag === 0x0008_1140 || tag === 0x2005_140f;
}

function setVr(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice);
  if (place === null) return;
  const vr = dice.pick(dice.once(2) ? vrs : oddVrs);
  draft.replace(place.start + 4, 2, Buffer.from(vr, "latin1"));
}

function setTag(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice);
  if (place === null) return;
  const other = findPlace(draft, dice)?.tag ?? 0;
  const tag = dice.pick([dice.pick(oddTags), other, place.tag + 1, place.tag ^ 0x1_0000]);
  draft.replace(place.start, 4, draft.encodeTag(tag >>> 0));
}

function endOf(place: Place): number {
  return place.valueAt + place.length;
}

function deleteElement(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice);
  if (place === null) return;
  draft.replace(place.start, endOf(place) - place.start, new Uint8Array(0));
}

function duplicateElement(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice);
  if (place === null) return;
  const at = dice.once(2) ? endOf(place) : (findPlace(draft, dice)?.start ?? 0);
  const times = dice.once(8) ? dice.pick([10, 100, 300]) : 1;
  draft.replace(at, 0, takeElement(draft.bytes, place.start, endOf(place)), times);
}

function moveElement(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice);
  if (place === null) return;
  const bytes = takeElement(draft.bytes, place.start, endOf(place));
  draft.replace(place.start, bytes.length, new Uint8Array(0));
  draft.replace(findPlace(draft, dice)?.start ?? 0, 0, bytes);
}

/** Copies at most 16 KiB, so that copies of copies stay small. */
function takeElement(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return bytes.slice(start, Math.min(end, start + 16_384));
}

function borrowElement(draft: Draft, dice: Dice, others: readonly SeedFile[]): void {
  const other = dice.pick(others);
  const index = dice.below(other.starts.length);
  const start = other.starts[index] ?? 0;
  const valueAt = other.valuesAt[index] ?? 0;
  const length = Math.min(other.lengths[index] ?? 0, other.bytes.length - valueAt);
  const at = findPlace(draft, dice)?.start ?? dice.below(draft.bytes.length);
  draft.replace(at, 0, takeElement(other.bytes, start, valueAt + length));
}

function truncate(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice);
  const inElement =
    place === null ? 0 : place.start + dice.pick([0, 1, 4, 6, 7, 8, 10, 11, 12, 13, 14]);
  const inValue = place === null ? 0 : place.valueAt + dice.below(place.length);
  const whole = draft.bytes.length;
  const length = dice.pick([
    inElement,
    inElement,
    inValue,
    inValue,
    dice.below(whole),
    dice.below(500),
    whole - 1 - dice.below(20),
  ]);
  draft.replace(length, whole, new Uint8Array(0));
}

function padEnd(draft: Draft, dice: Dice): void {
  const count = 1 + dice.below(dice.pick([4, 16, 600]));
  const bytes = dice.once(2) ? new Uint8Array(count) : dice.bytes(count);
  draft.replace(draft.bytes.length, 0, bytes);
}

/** A tag with a length, as items and delimiters have. */
function encodeMark(draft: Draft, tag: number, length: number): Uint8Array {
  return Uint8Array.of(...draft.encodeTag(tag), ...draft.encodeNumber(length, 4));
}

function insertDelimiter(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice);
  const at =
    place === null ? dice.below(draft.bytes.length) : dice.pick([place.start, endOf(place)]);
  const length = dice.pick([0, 0, 4, UNDEFINED, dice.below(2000)]);
  const mark = encodeMark(draft, dice.pick([ITEM, ITEM_END, SEQUENCE_END]), length);
  draft.replace(at, 0, mark, dice.once(20) ? dice.pick([50, 5_000]) : 1);
}

function removeDelimiter(draft: Draft, dice: Dice): void {
  const mark = draft.encodeTag(dice.pick([ITEM, ITEM_END, SEQUENCE_END]));
  const from = dice.below(draft.bytes.length);
  const bytes = Buffer.from(draft.bytes.buffer, draft.bytes.byteOffset, draft.bytes.length);
  const found = bytes.indexOf(mark, from);
  const at = found < 0 ? bytes.indexOf(mark) : found;
  if (at >= 0) draft.replace(at, 8, new Uint8Array(0));
}

function nestSequences(draft: Draft, dice: Dice): void {
  const tag = dice.pick([0x0040_0275, 0x0008_1140, PER_FRAME_GROUPS, 0x2005_140f, 0x0009_1001]);
  const isExplicit = draft.seed.isExplicit || draft.seed.isBigEndian;
  const length = dice.pick([UNDEFINED, UNDEFINED, 0x7fff_fff0, 40, 400]);
  const header = isExplicit
    ? [...Buffer.from(dice.pick(["SQ\0\0", "SQ\0\0", "UN\0\0", "OB\0\0"]), "latin1")]
    : [];
  const opening = Uint8Array.of(
    ...draft.encodeTag(tag),
    ...header,
    ...draft.encodeNumber(length, 4),
    ...encodeMark(draft, ITEM, dice.pick([UNDEFINED, UNDEFINED, 0, 32, 0x7fff_fff0])),
  );
  const times = dice.once(12) ? dice.pick([500, 5_000]) : 1 + dice.below(40);
  const at = findPlace(draft, dice)?.start ?? draft.bytes.length;
  draft.replace(at, 0, opening, times);
}

function repeatItems(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice, isStructure);
  if (place === null) return;
  const isItem = place.tag === ITEM;
  const at = isItem ? place.start : place.valueAt;
  const item = dice.once(2)
    ? encodeMark(draft, ITEM, 0)
    : Uint8Array.of(...encodeMark(draft, ITEM, UNDEFINED), ...encodeMark(draft, ITEM_END, 0));
  draft.replace(at, 0, item, dice.once(10) ? dice.pick([2_000, 20_000]) : 1 + dice.below(30));
}

/** Gives an element another value, and its header the length of it as far as that can say it. */
function setValue(draft: Draft, place: Place, value: Uint8Array): void {
  const largest = place.lengthSize === 2 ? 0xfffe : UNDEFINED - 1;
  const fitting = value.subarray(0, Math.min(value.length, largest));
  const even = fitting.length % 2 === 0 ? fitting : Uint8Array.of(...fitting, 0x20);
  draft.replace(place.valueAt, place.length, even);
  draft.replace(
    place.lengthAt,
    place.lengthSize,
    draft.encodeNumber(even.length, place.lengthSize),
  );
}

function valueFrom(texts: readonly string[], isMeant: (tag: number) => boolean): Mutation["apply"] {
  return (draft, dice) => {
    const isLeaf = (tag: number): boolean => tag !== ITEM && tag !== PIXELS && isMeant(tag);
    const place = findPlace(draft, dice, isLeaf);
    if (place === null) return;
    setValue(draft, place, Buffer.from(dice.pick(texts), "latin1"));
  };
}

function setCharacterSet(draft: Draft, dice: Dice): void {
  const value = Buffer.from(dice.pick(characterSetTexts), "latin1");
  const place = findPlace(draft, dice, (tag) => tag === CHARACTER_SET);
  if (place !== null) {
    setValue(draft, place, value);
    return;
  }
  const isExplicit = draft.seed.isExplicit || draft.seed.isBigEndian;
  const length = draft.encodeNumber(value.length, isExplicit ? 2 : 4);
  const header = [
    ...draft.encodeTag(CHARACTER_SET),
    ...(isExplicit ? [0x43, 0x53] : []),
    ...length,
  ];
  draft.replace(draft.follow(draft.seed.dataSetAt), 0, Uint8Array.of(...header, ...value));
}

const isCreatorTag = (tag: number): boolean =>
  ((tag >>> 16) & 1) === 1 && (tag & 0xffff) >= 0x10 && (tag & 0xffff) <= 0xff;

function setCreator(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice, isCreatorTag);
  if (place === null) return;
  if (dice.once(4)) {
    const moved = (place.tag & 0xffff_ff00) + dice.pick([0x10, 0x11, 0x01, 0xff, 0x0f]);
    draft.replace(place.start, 4, draft.encodeTag(moved >>> 0));
  } else setValue(draft, place, Buffer.from(dice.pick(creatorTexts), "latin1"));
}

const isCsaTag = (tag: number): boolean =>
  tag >>> 16 === 0x0029 && [0x10, 0x20, 0x60].includes(tag & 0xff) && (tag & 0xffff) > 0x1000;

function breakCsa(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice, isCsaTag);
  if (place === null) return;
  const damages = 1 + dice.below(4);
  for (let count = 0; count < damages; count++) {
    // Words stand at multiples of four: the number of keys, lengths, markers.
    const at = place.valueAt + (dice.once(4) ? 8 : 4 * dice.below(place.length / 4));
    const word = dice.pick([0, 1, 0xffff_ffff, 0x7fff_ffff, 0x8000_0000, 77, dice.below(4096)]);
    draft.replace(at, 4, draft.encodeNumber(word, 4));
  }
  if (dice.once(6)) draft.replace(place.valueAt + dice.below(place.length), 7, dice.bytes(3));
}

/** A CSA header of few keys with odd values in place of whatever an element held. */
function plantCsa(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice, isCsaTag);
  if (place === null) return;
  const names = [
    "NumberOfImagesInMosaic",
    "SliceNormalVector",
    "B_value",
    "DiffusionGradientDirection",
    "MosaicRefAcqTimes",
    "PhaseEncodingDirectionPositive",
    "BandwidthPerPixelPhaseEncode",
    "SequenceName",
    "tProtocolName",
  ];
  const tags = Array.from({ length: 1 + dice.below(6) }, () => ({
    name: dice.pick(names),
    vr: dice.pick(["IS", "DS", "FD", "LO"]),
    values: Array.from({ length: dice.below(8) }, () => dice.pick(numberTexts).slice(0, 500)),
  }));
  // The encoder writes ASCII.
  const ascii = tags.map((tag) => ({
    ...tag,
    values: tag.values.map((value) => value.replaceAll(/[^ -~]/g, "")),
  }));
  setValue(draft, place, encodeCsaHeader(ascii));
}

function changeGroups(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice, (tag) => tag >>> 16 === 0x5200 || tag === ITEM);
  if (place === null) return;
  const element = takeElement(draft.bytes, place.start, endOf(place));
  if (dice.once(3)) draft.replace(place.start, endOf(place) - place.start, new Uint8Array(0));
  else if (dice.once(2)) draft.replace(place.start, 0, element, 1 + dice.below(5));
  else {
    const groups = [0x5200_9229, PER_FRAME_GROUPS, 0x0020_9111, 0x0018_9114, 0x0020_9113, ITEM];
    draft.replace(place.start, 4, draft.encodeTag(dice.pick(groups)));
  }
}

function setFrameCount(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice, (tag) => tag === NUMBER_OF_FRAMES);
  if (place === null) return;
  const texts = ["0", "-1", "1", "2147483648", "200001", "1e9", "3.5", "", "2\\3", "NaN"];
  setValue(draft, place, Buffer.from(dice.pick(texts), "latin1"));
}

function emptyValue(draft: Draft, dice: Dice): void {
  const place = findPlace(draft, dice, (tag) => tag !== ITEM);
  if (place !== null) setValue(draft, place, new Uint8Array(0));
}

/** The bytes that a file is recognised by (PS3.10 §7.1), or those of something else. */
function breakMark(draft: Draft, dice: Dice): void {
  const foreign = ["PK\x03\x04", "\x1f\x8b", "MZ", "II*\0", "\x89PNG\r\n\x1a\n", "<?xml", "DICM"];
  switch (dice.below(6)) {
    case 0:
      draft.replace(0, 128, new Uint8Array(0));
      break;
    case 1:
      draft.replace(0, 132, new Uint8Array(0));
      break;
    case 2:
      draft.replace(0, 0, dice.once(2) ? new Uint8Array(128) : dice.bytes(128));
      break;
    case 3:
      draft.replace(0, draft.follow(draft.seed.dataSetAt), new Uint8Array(0));
      break;
    case 4:
      draft.replace(128 + dice.below(4), 1, dice.bytes(1));
      break;
    default: {
      const magic = Buffer.from(dice.pick(foreign), "latin1");
      draft.replace(0, magic.length, magic);
    }
  }
}

/** Deflates the data set, in half of the cases with damage to the stream. */
function deflate(draft: Draft, dice: Dice): void {
  if (!draft.seed.isExplicit || draft.edits.some((edit) => "deflateFrom" in edit)) return;
  if (dice.once(60)) {
    const empty = Uint8Array.of(0x09, 0, 0, 0x10, 0x4c, 0x4f, 0, 0);
    draft.replace(draft.follow(draft.seed.dataSetAt), 0, empty, 100_000);
  }
  draft.deflate();
  if (dice.once(2)) return;
  const at = Math.min(160, draft.bytes.length) + dice.below(draft.bytes.length - 160);
  if (dice.once(3)) draft.replace(at, draft.bytes.length, new Uint8Array(0));
  else draft.replace(at, dice.below(3), dice.bytes(1 + dice.below(3)));
}
