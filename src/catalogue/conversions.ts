/**
 * The conversions that columns and locations name. A rule gets the decoded value: a number, or a text with
 * its values joined by a backslash. How an element is decoded before the rule sees it is told by
 * `decodedAs` in compiled-locations.ts.
 */
import type { ColumnType } from "./column.ts";
import type { Conversion, Rule } from "./conversion.ts";
import { generalRules } from "./conversions/general-rules.ts";
import { geometryRules } from "./conversions/geometry-rules.ts";
import { mrRules } from "./conversions/mr-rules.ts";
import { patientRules } from "./conversions/patient-rules.ts";
import { petRules } from "./conversions/pet-rules.ts";

const rules = { ...generalRules, ...patientRules, ...geometryRules, ...mrRules, ...petRules };

const entries: readonly (readonly [string, Rule])[] = Object.entries(rules);

export type { Conversion, ConversionContext, ConversionResult, Value } from "./conversion.ts";

/** Rules by name. */
export const conversions: Readonly<Record<string, Conversion>> = Object.fromEntries(
  entries.map(([name, rule]) => [name, rule.convert]),
);

/** How an element is decoded for a rule that says so itself, by the rule's name. */
export const conversionReads: Readonly<Record<string, ColumnType | undefined>> = Object.fromEntries(
  entries.map(([name, rule]) => [name, rule.reads]),
);

/** Columns and input columns that a rule asks for, by the rule's name. */
export const conversionNeeds: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  entries.map(([name, rule]) => [name, rule.needs ?? []]),
);
