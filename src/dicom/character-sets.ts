/**
 * Which character set each Defined Term of Specific Character Set and each escape sequence stands for
 * (PS3.3 §C.12.1.1.2, Tables C.12-2 to C.12-5).
 */
import {
  type DoubleByteSet,
  kanaSet,
  latin1Set,
  makeDoubleByteSet,
  makeSingleByteSet,
  type SingleByteSet,
  withControlsC1,
  withoutPrivateUse,
} from "./character-set.ts";

/**
 * What bytes 21 to 7E mean (G0 of ISO 2022): ASCII; the Roman letters of JIS X 0201, where 5C is `¥` and
 * 7E is `‾`; or a set of two bytes.
 */
export type LowSet = "ascii" | "roman" | DoubleByteSet;

/** What bytes A0 to FF mean (G1 of ISO 2022); null if nothing. */
export type HighSet = SingleByteSet | DoubleByteSet | null;

/** The sets in use at the start of a value. */
export interface InitialSets {
  readonly low: LowSet;
  readonly high: HighSet;
}

const latin2 = makeSingleByteSet("iso-8859-2");
const latin3 = makeSingleByteSet("iso-8859-3");
const latin4 = makeSingleByteSet("iso-8859-4");
const cyrillic = makeSingleByteSet("iso-8859-5");
const arabic = makeSingleByteSet("iso-8859-6");
const greek = makeSingleByteSet("iso-8859-7");
const hebrew = makeSingleByteSet("iso-8859-8");
const latin5 = withControlsC1(makeSingleByteSet("windows-1254"));
const latin9 = makeSingleByteSet("iso-8859-15");
const thai = makeSingleByteSet("windows-874");
const jisX0208 = withoutPrivateUse(makeDoubleByteSet("euc-jp"));
const jisX0212 = withoutPrivateUse(makeDoubleByteSet("euc-jp", [0x8f]));
const ksX1001 = withoutPrivateUse(makeDoubleByteSet("euc-kr"));
const gb2312 = withoutPrivateUse(makeDoubleByteSet("gbk"));

/** Term by its number in the ISO register. Those of two bytes in G0 start with ASCII: an escape selects them. */
export const setsByIsoNumber: ReadonlyMap<number, InitialSets> = new Map([
  [6, { low: "ascii", high: null }],
  [13, { low: "roman", high: kanaSet }],
  [58, { low: "ascii", high: gb2312 }],
  [87, { low: "ascii", high: null }],
  [100, { low: "ascii", high: latin1Set }],
  [101, { low: "ascii", high: latin2 }],
  [109, { low: "ascii", high: latin3 }],
  [110, { low: "ascii", high: latin4 }],
  [126, { low: "ascii", high: greek }],
  [127, { low: "ascii", high: arabic }],
  [138, { low: "ascii", high: hebrew }],
  [144, { low: "ascii", high: cyrillic }],
  [148, { low: "ascii", high: latin5 }],
  [149, { low: "ascii", high: ksX1001 }],
  [159, { low: "ascii", high: null }],
  [166, { low: "ascii", high: thai }],
  [203, { low: "ascii", high: latin9 }],
]);

/** Numbers of the sets of two bytes: without code extensions they cannot be used. */
export const doubleByteIsoNumbers: ReadonlySet<number> = new Set([58, 87, 149, 159]);

/** An escape sequence without its ESC, and the set that it puts into G0 (`low`) or G1 (`high`). */
export type Escape =
  | { readonly sequence: string; readonly low: LowSet }
  | { readonly sequence: string; readonly high: HighSet };

/** All escape sequences; none is the beginning of another. */
export const escapes: readonly Escape[] = [
  { sequence: "(B", low: "ascii" },
  { sequence: "(J", low: "roman" },
  { sequence: ")I", high: kanaSet },
  { sequence: "-A", high: latin1Set },
  { sequence: "-B", high: latin2 },
  { sequence: "-C", high: latin3 },
  { sequence: "-D", high: latin4 },
  { sequence: "-F", high: greek },
  { sequence: "-G", high: arabic },
  { sequence: "-H", high: hebrew },
  { sequence: "-L", high: cyrillic },
  { sequence: "-M", high: latin5 },
  { sequence: "-T", high: thai },
  { sequence: "-b", high: latin9 },
  { sequence: "$B", low: jisX0208 },
  { sequence: "$@", low: jisX0208 },
  { sequence: "$(D", low: jisX0212 },
  { sequence: "$)A", high: gb2312 },
  { sequence: "$)C", high: ksX1001 },
];
