/**
 * Privacy of any element of a header, of those too that are no column. What is not known to be harmless counts
 * as text that may name a person: a header holds more of it than any list of tags (PS3.15 Table E.1-1).
 */
import { normalizeCreator } from "#dicom/private-creator.ts";
import { columns } from "./catalogue.ts";
import type { Column, PrivacyClass } from "./column.ts";
import { inputColumns } from "./input-columns.ts";
import { isLeftOut } from "./left-out.ts";
import type { Location, Step } from "./location.ts";

/** From harmless to telling. */
const ranks: readonly PrivacyClass[] = ["none", "quasi", "text", "identifier"];

const stricter = (a: PrivacyClass, b: PrivacyClass): PrivacyClass =>
  ranks.indexOf(a) >= ranks.indexOf(b) ? a : b;

/** An element of a private block is known by its creator, a standard one by its tag. */
function keyOf(step: Step): string {
  if ("tag" in step) return String(step.tag);
  return privateKey(step.creator, step.group, step.element);
}

const privateKey = (creator: string, group: number, element: number): string =>
  `${group}/${element}@${normalizeCreator(creator)}`;

const known: ReadonlyMap<string, { readonly privacy: PrivacyClass; readonly vr: string }> =
  collectElements();

/** What is read of a location is what its column says; containers of many values are not. */
function collectElements(): Map<string, { privacy: PrivacyClass; vr: string }> {
  const elements = new Map<string, { privacy: PrivacyClass; vr: string }>();
  const add = (key: string, privacy: PrivacyClass, vr: string): void => {
    const before = elements.get(key);
    const strictest = before === undefined ? privacy : stricter(before.privacy, privacy);
    elements.set(key, { privacy: strictest, vr });
  };
  const all: readonly Column[] = [...columns, ...inputColumns];
  for (const column of all) {
    for (const { kind, steps, vr } of column.locations) {
      const last = steps.at(-1);
      if (last !== undefined && kind !== "csa") add(keyOf(last), column.privacy, vr);
    }
  }
  return elements;
}

/** Code Sequence Macro and what describes it: terms of published lists (PS3.3 §8.8). */
const codedTerms: ReadonlySet<number> = new Set([
  0x0008_0100, 0x0008_0102, 0x0008_0103, 0x0008_0104, 0x0008_0105, 0x0008_0115, 0x0008_0118,
  0x0008_0122,
]);

/** Values of content items: a report may state a date of birth (PS3.3 §C.17.3). */
const contentValues: ReadonlySet<number> = new Set([0x0040_a120, 0x0040_a121, 0x0040_a122]);

/** VRs whose values people type. */
const textVrs: ReadonlySet<string> = new Set(["LO", "SH", "LT", "ST", "UT", "UC", "UR"]);

/** VRs of bytes that may hold anything, whole headers among them. */
const byteVrs: ReadonlySet<string> = new Set(["OB", "UN", "OW", "OD", "OF", "OL", "OV"]);

/** Groups about the person: patient, clinical trial. */
const personGroups: ReadonlySet<number> = new Set([0x0010, 0x0012]);

/** VRs that show what a private element holds well enough: no dates there, which may be of birth. */
const privateVrs: ReadonlySet<string> = new Set(
  "CS DS IS UI TM US SS UL SL UV SV FL FD AT".split(" "),
);

const metaGroup = 0x0002;

/** Private information of the meta group, which anybody may define. */
const metaPrivate: ReadonlySet<number> = new Set([0x0002_0100, 0x0002_0102]);

/** `creator`: who owns the block of a private element; null for a standard one, or where nobody is named. */
export function findElementPrivacy(
  tag: number,
  vr: string,
  creator: string | null = null,
): PrivacyClass {
  const group = tag >>> 16;
  const isPrivate = group % 2 === 1;
  const isCreator = isPrivate && (tag & 0xffff) >= 0x10 && (tag & 0xffff) <= 0xff;
  if (isCreator || vr === "SQ") return "none";
  const entry = isPrivate ? findPrivate(tag, creator) : known.get(String(tag));
  if (entry !== undefined) return entry.privacy;
  if (vr === "PN" || personGroups.has(group)) return "identifier";
  if (group === metaGroup && !metaPrivate.has(tag)) return "none";
  if (codedTerms.has(tag)) return "none";
  if (isPrivate) return privateVrs.has(vr) ? "quasi" : "text";
  const isText = textVrs.has(vr) || byteVrs.has(vr) || contentValues.has(tag);
  return isText ? "text" : "quasi";
}

/** As `isLeftOut` of columns: is the element's value kept from being shown unless identifiers are asked for? */
export function isElementLeftOut(tag: number, vr: string, creator: string | null = null): boolean {
  const privacy = findElementPrivacy(tag, vr, creator);
  if (privacy === "none" || privacy === "quasi") return false;
  const own = columns.filter((column) => column.tag === tag);
  return privacy === "identifier" || own.length === 0 || own.some(isLeftOut);
}

/** A block of a private element, whose number does not matter here. */
const anyBlock = 0x1000;

/** Keys of CSA headers with a whole protocol as their text. */
const protocolKeys: ReadonlySet<string> = new Set(["MrPhoenixProtocol", "MrProtocol"]);

/**
 * As `isElementLeftOut`, of what is written in a place, whatever a column takes from it: a comment may hold a number.
 * Of most keys of a CSA header the column tells, since the header as a whole may hold anything.
 */
export function isPlaceLeftOut({ kind, steps, vr, key }: Location): boolean {
  if (kind === "csa") return protocolKeys.has(key ?? "");
  const last = steps.at(-1);
  if (last === undefined) return false;
  if ("tag" in last) return isElementLeftOut(last.tag, vr);
  const tag = last.group * 0x1_0000 + anyBlock + last.element;
  return isElementLeftOut(tag, vr, last.creator);
}

/** VR of a private element that the catalogue knows, for files that state none. */
export function findPrivateVr(tag: number, creator: string | null): string | null {
  return findPrivate(tag, creator)?.vr ?? null;
}

function findPrivate(
  tag: number,
  creator: string | null,
): { readonly privacy: PrivacyClass; readonly vr: string } | undefined {
  return creator === null ? undefined : known.get(privateKey(creator, tag >>> 16, tag & 0xff));
}
