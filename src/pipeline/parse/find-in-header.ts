/** One value of a kept header by its path, from where the standard puts it for the frame that is meant. */
import { normalizeCreator } from "#dicom/private-creator.ts";
import type { KeptElement } from "./stored-header.ts";

/** A standard element, or an element of the private block that `creator` owns. */
export type HeaderStep =
  | { readonly tag: number }
  | { readonly creator: string; readonly group: number; readonly element: number };

const perFrameGroups = 0x5200_9230;
const sharedGroups = 0x5200_9229;

/** Sequences inside functional groups that describe other images than this one. */
const ofOtherImages: ReadonlySet<number> = new Set([0x0008_1140, 0x0008_9124, 0x0008_9154]);

/** Levels below an item of the functional groups in which a value is looked for. */
const groupDepth = 3;

/**
 * The element at the path, first items taken on the way. Of an object with functional groups those of the frame (from 1)
 * come first, then the shared ones, then the top level: a stray copy there must not hide what holds for the
 * frame (dcm2niix#988).
 */
export function findInHeader(
  elements: readonly KeptElement[],
  path: readonly HeaderStep[],
  frame: number,
): KeptElement | null {
  const ofFrame = itemOf(elements, perFrameGroups, frame - 1);
  const shared = itemOf(elements, sharedGroups, 0);
  return (
    (ofFrame && findBelow(ofFrame, path, groupDepth)) ??
    (shared && findBelow(shared, path, groupDepth)) ??
    findAt(elements, path)
  );
}

function itemOf(
  elements: readonly KeptElement[],
  tag: number,
  index: number,
): readonly KeptElement[] | null {
  return elements.find((element) => element.tag === tag)?.items?.[index] ?? null;
}

function findBelow(
  elements: readonly KeptElement[],
  path: readonly HeaderStep[],
  depth: number,
): KeptElement | null {
  const here = findAt(elements, path);
  if (here !== null || depth === 0) return here;
  for (const { tag, items } of elements) {
    const first = items?.[0];
    if (first === undefined || ofOtherImages.has(tag)) continue;
    const found = findBelow(first, path, depth - 1);
    if (found !== null) return found;
  }
  return null;
}

function findAt(elements: readonly KeptElement[], path: readonly HeaderStep[]): KeptElement | null {
  let level: readonly KeptElement[] | undefined = elements;
  let found: KeptElement | undefined;
  for (const step of path) {
    found = level?.find((element) => isAt(element, step));
    level = found?.items?.[0];
  }
  return found ?? null;
}

function isAt({ tag, creator }: KeptElement, step: HeaderStep): boolean {
  if ("tag" in step) return tag === step.tag;
  return (
    creator !== null &&
    tag >>> 16 === step.group &&
    (tag & 0xff) === step.element &&
    normalizeCreator(creator) === normalizeCreator(step.creator)
  );
}
