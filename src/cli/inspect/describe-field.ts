import type { Column } from "#catalogue/column.ts";
import { describeLocations, whoMakes } from "#catalogue/describe-location.ts";
import { formatTag } from "#dicom/tag.ts";

/** What the catalogue says of one column, in words. */
export interface Field {
  readonly name: string;
  readonly table: string;
  readonly type: string;
  readonly unit: string | null;
  readonly tag: string | null;
  readonly keyword: string | null;
  /** In order of precedence; of a computed column who makes it. */
  readonly readFrom: readonly string[];
  readonly kept: string;
  readonly privacy: string;
  readonly stackKeyPart: string | null;
  readonly alsoIn: readonly string[];
  readonly meaning: string;
}

export function describeField(column: Column): Field {
  const { name, table, type, unit, tag, keyword, scope, privacy, computed, about } = column;
  return {
    name,
    table,
    type,
    unit: unit ?? null,
    tag: tag === null ? null : formatTag(tag),
    keyword,
    readFrom:
      computed === undefined ? describeLocations(column) : [`made by ${whoMakes[computed]}`],
    kept: scope,
    privacy,
    stackKeyPart: column.keyPart ?? null,
    alsoIn: (column.copies ?? []).map((copy) => copy.table),
    meaning: about,
  };
}
