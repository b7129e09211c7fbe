/** A header as an indented listing: tag, VR, keyword, value; items of sequences below it. */
import { escapeControls } from "#cli/output/escape-controls.ts";
import { formatBytes, formatNumber } from "#cli/output/format.ts";
import type { ShownElement } from "./header-tree.ts";
import { masked } from "./mask.ts";

/** Numbers of one value that a line shows. */
const shownNumbers = 16;

export function* renderHeader(elements: readonly ShownElement[], indent = ""): Generator<string> {
  for (const element of elements) {
    const { tag, vr, keyword, creator, items } = element;
    const name = keyword ?? (creator === undefined ? "" : `[${creator}]`);
    const line = `${indent}${tag} ${vr} ${escapeControls(name)}`.trimEnd();
    const value = items === undefined ? renderValue(element) : countItems(items.length);
    yield `${value === "" ? line : `${line}: ${value}`}\n`;
    for (const [index, item] of (items ?? []).entries()) {
      yield `${indent}  item ${index + 1}\n`;
      yield* renderHeader(item, `${indent}    `);
    }
  }
}

const countItems = (count: number): string =>
  count === 1 ? "1 item" : `${formatNumber(count)} items`;

function renderValue({ value, isMasked, length, sha256 }: ShownElement): string {
  if (isMasked === true) return masked;
  if (sha256 !== undefined) return `${formatBytes(length ?? 0)}, SHA-256 ${sha256}`;
  if (value === undefined || value === null) return "";
  if (typeof value === "string") {
    if (length === undefined) return escapeControls(value);
    const isWhole = value.length === 2 * length;
    return `${value}${isWhole ? "" : "…"} (${formatBytes(length)})`;
  }
  const shown = value.slice(0, shownNumbers).map((number) => String(number ?? ""));
  const rest = value.length > shownNumbers ? `\\… (${formatNumber(value.length)} values)` : "";
  return shown.join("\\") + rest;
}
