/** Columns that are no columns of the database: elements of the headers kept in it. */
import { isElementLeftOut } from "#catalogue/element-privacy.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";
import { findAttribute, findAttributeByKeyword } from "#dicom/dictionary.ts";
import { formatTag, parseTag } from "#dicom/tag.ts";
import { findInHeader, type HeaderStep } from "#pipeline/parse/find-in-header.ts";
import {
  decodeElement,
  type KeptElement,
  writeElementValue,
} from "#pipeline/parse/stored-header.ts";

export interface AddedColumn {
  /** As it heads the column: the keyword, or the tag as it was given. */
  readonly name: string;
  readonly path: readonly HeaderStep[];
}

/**
 * Reads `EchoTime`, `0018,0081`, `0019,100C@SIEMENS MR HEADER`, or such names joined by `/` where the
 * element lies inside sequences. Throws WrongUseError for anything else, and for a whole sequence.
 */
export function parseAddedColumn(text: string): AddedColumn {
  const at = text.indexOf("@");
  const names = (at < 0 ? text : text.slice(0, at)).split("/").map((name) => name.trim());
  const creator = at < 0 ? null : text.slice(at + 1).trim();
  const path = names.map((name, index) =>
    parseStep(name, index === names.length - 1 ? creator : null, text),
  );
  const last = path.at(-1);
  if (last !== undefined && "tag" in last && findAttribute(last.tag)?.vr === "SQ") {
    throw new WrongUseError(
      `--add ${text} is a sequence, which fits no cell; name the element inside it, such as --add ${text}/CodeValue.`,
    );
  }
  const written = path.map((step, index) => ("tag" in step ? nameTag(step.tag) : names[index]));
  return { name: written.join("/") + (creator === null ? "" : `@${creator}`), path };
}

function parseStep(name: string, creator: string | null, text: string): HeaderStep {
  const tag = parseTag(name.replace(/,xx/i, ",10"));
  if (creator !== null) {
    if (tag === null || creator === "" || (tag >>> 16) % 2 === 0) {
      throw new WrongUseError(
        `--add ${text} is no private element; write its tag and its creator, such as "0019,100C@SIEMENS MR HEADER".`,
      );
    }
    return { creator, group: tag >>> 16, element: tag & 0xff };
  }
  if (tag !== null) {
    if ((tag >>> 16) % 2 === 0) return { tag };
    throw new WrongUseError(
      `--add ${text} is private: who wrote it decides what it means, so add the creator, such as "${text}@SIEMENS MR HEADER"; nils headers UID shows it.`,
    );
  }
  const attribute = findAttributeByKeyword(name);
  if (attribute !== null) return { tag: attribute.tag };
  throw new WrongUseError(
    `--add ${text} is neither a keyword of the standard nor a tag; write it as EchoTime or as 0018,0081.`,
  );
}

const nameTag = (tag: number): string => findAttribute(tag)?.keyword ?? formatTag(tag);

/** Refuses a column that may name a person, as far as that is known before a header was read. */
export function requireHarmless({ name, path }: AddedColumn): void {
  const last = path.at(-1);
  if (last === undefined || !("tag" in last)) return;
  if (!isElementLeftOut(last.tag, findAttribute(last.tag)?.vr ?? "UN")) return;
  throw new WrongUseError(
    `--add ${name} may name a person; add --identifiers if it is meant, which is noted in the audit.`,
  );
}

/** A value of a kept header as text; `withheld` where there is one that may name a person. */
export function readAddedValue(
  column: AddedColumn,
  elements: readonly KeptElement[],
  frame: number,
  showsIdentifiers: boolean,
): { readonly text: string | null; readonly isWithheld: boolean } {
  const element = findInHeader(elements, column.path, frame);
  if (element?.bytes == null || element.bytes.length === 0)
    return { text: null, isWithheld: false };
  if (!showsIdentifiers && isElementLeftOut(element.tag, element.vr, element.creator)) {
    return { text: null, isWithheld: true };
  }
  const value = decodeElement(element);
  const text =
    value.kind === "bytes" ? Buffer.from(value.bytes).toString("hex") : writeElementValue(value);
  return { text, isWithheld: false };
}
