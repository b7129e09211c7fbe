/** A kept header as it is shown: values decoded, what may name a person masked. */
import { isElementLeftOut } from "#catalogue/element-privacy.ts";
import { findAttribute } from "#dicom/dictionary.ts";
import { formatTag } from "#dicom/tag.ts";
import {
  decodeElement,
  type ElementValue,
  type KeptElement,
  writeNumber,
} from "#pipeline/parse/stored-header.ts";

export interface ShownElement {
  readonly tag: string;
  readonly vr: string;
  /** Keyword of the standard; null for a private or unknown element. */
  readonly keyword: string | null;
  /** Who owns the block of a private element. */
  readonly creator?: string;
  /** Text; numbers; for bytes hexadecimal digits. */
  readonly value?: string | readonly (number | string | null)[] | null;
  readonly isMasked?: true;
  readonly items?: readonly (readonly ShownElement[])[];
  /** Of a value that is not shown or not kept. */
  readonly length?: number;
  readonly sha256?: string;
}

/** Bytes that are shown of a value that is neither text nor numbers. */
const shownBytes = 64;

export function showHeader(
  elements: readonly KeptElement[],
  showsIdentifiers: boolean,
): ShownElement[] {
  return elements.map((element) => showElement(element, showsIdentifiers));
}

function showElement(element: KeptElement, showsIdentifiers: boolean): ShownElement {
  const { tag, vr, creator, items, digest, bytes } = element;
  const shown = {
    tag: formatTag(tag),
    vr,
    keyword: findAttribute(tag)?.keyword ?? null,
    ...(creator === null ? {} : { creator }),
  };
  if (items !== null) {
    return { ...shown, items: items.map((item) => showHeader(item, showsIdentifiers)) };
  }
  if (digest !== null) return { ...shown, ...digest };
  const length = bytes?.length ?? 0;
  if (length === 0) return { ...shown, value: null };
  if (!showsIdentifiers && isElementLeftOut(tag, vr, creator)) {
    return { ...shown, isMasked: true, length };
  }
  return { ...shown, ...showValue(decodeElement(element)) };
}

function showValue(value: ElementValue): Pick<ShownElement, "value" | "length"> {
  if (value.kind === "text") return { value: value.text };
  if (value.kind === "numbers") {
    const { numbers, vr } = value;
    return { value: vr === "AT" ? numbers.map((number) => writeNumber(number, vr)) : numbers };
  }
  const { bytes } = value;
  const hex = Buffer.from(bytes.subarray(0, shownBytes)).toString("hex");
  return { value: hex, length: bytes.length };
}
