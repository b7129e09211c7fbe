/** Where a column is read, in the short form of `nils fields` and docs/reference/columns.md. */
import type { Column, ComputedBy } from "./column.ts";
import type { Location, Step } from "./location.ts";

/** Places in order of precedence. */
export function describeLocations(column: Column): string[] {
  return column.locations.map((location) => describeLocation(location, column.tag));
}

/** Who makes a column that is read nowhere. */
export const whoMakes: Readonly<Record<ComputedBy, string>> = {
  reader: "the reader, of the file's structure",
  derive: "the reader, of other columns",
  settle: "settle",
  stacks: "the stack rules",
};

/** `T` for the column's own tag at the top level, `T(a/b)` in a sequence, `FG(a/b)` in functional groups. */
export function describeLocation(
  { kind, steps, items, key }: Location,
  tag: number | null,
): string {
  const path = steps.map(describeStep);
  if (items === "all" && path.length > 1) path[path.length - 2] += "[*]";
  const last = steps.at(-1);
  const isOwnTag = last !== undefined && "tag" in last && last.tag === tag;
  switch (kind) {
    case "top":
      return isOwnTag ? "T" : `T(${path.join("/")})`;
    case "nested":
      return `T(${path.join("/")})`;
    case "meta":
      return isOwnTag ? "meta" : `meta(${path.join("/")})`;
    case "functional-group":
      return `FG(${path.join("/")})`;
    case "unassigned":
      return isOwnTag && path.length === 1 ? "U" : `U(${path.join("/")})`;
    case "private":
      return path.join("/");
    case "csa":
      return `Siemens CSA header, ${key}`;
    case "philips-frame":
      return `Philips frame item ${path.join("/")}`;
  }
}

const hex = (number: number, digits: number): string =>
  number.toString(16).toUpperCase().padStart(digits, "0");

function describeStep(step: Step): string {
  if ("tag" in step) return `${hex(step.tag >>> 16, 4)},${hex(step.tag & 0xffff, 4)}`;
  return `${hex(step.group, 4)},xx${hex(step.element, 2)}@${step.creator}`;
}
