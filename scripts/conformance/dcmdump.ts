/** What dcmdump of DCMTK shows of a file, as a data set. */
import { spawnSync } from "node:child_process";
import type { DataElement, DataSet } from "./data-set.ts";

/** Version, or null where it is not installed. */
export function findDcmdump(): string | null {
  const { status, stdout } = spawnSync("dcmdump", ["--version"], { encoding: "utf8" });
  return status === 0 ? (/v([\d.]+)/.exec(stdout)?.[1] ?? "of unknown version") : null;
}

/** Values above this many KiB are not loaded: pixels, but no Siemens CSA header. */
const mostKibibytes = "1024";

/** Null for a file that it cannot read, or not to its end. */
export function readWithDcmdump(path: string): DataSet | null {
  // It knows not all character sets (`+U8`). Without them, text that is not ASCII is not compared.
  return dump(path, ["+U8"], "utf8") ?? dump(path, [], "latin1");
}

function dump(
  path: string,
  charset: readonly string[],
  encoding: "utf8" | "latin1",
): DataSet | null {
  // UIDs as they are, values whole, those above a limit not loaded.
  const options = ["-q", "-Un", "+L", "-M", "+R", mostKibibytes, ...charset];
  const { status, stdout } = spawnSync("dcmdump", [...options, path], {
    encoding,
    maxBuffer: 1 << 30,
  });
  return status === 0 ? parseDump(stdout, { isUtf8: encoding === "utf8" }) : null;
}

interface OpenElement {
  readonly items: DataElement[][];
}

/** Reads the lines that dcmdump prints; text with line breaks goes on until the line that ends its value. */
export function parseDump(text: string, { isUtf8 }: { readonly isUtf8: boolean }): DataSet {
  const top: DataElement[] = [];
  const open: OpenElement[] = [];
  let pending = "";
  for (const line of text.split("\n")) {
    const whole = pending === "" ? line : `${pending}\n${line}`;
    const match = elementLine.exec(whole);
    if (match === null) {
      pending = beginsText.test(whole) ? whole : "";
      continue;
    }
    pending = "";
    const [, group = "", element = "", vr = "", value = ""] = match;
    const tag = Number.parseInt(group + element, 16);
    if (tag === itemTag && vr === "na") open.at(-1)?.items.push([]);
    else if (tag === sequenceEndTag) open.pop();
    else if (group.toLowerCase() !== "fffe") {
      const level = open.at(-1)?.items.at(-1) ?? top;
      const described = describe(tag, vr, value);
      const shown = isUtf8 || isAscii(value) ? described : { ...described, values: null };
      level.push(shown);
      if (isOpened(vr, value)) open.push({ items: shown.items as DataElement[][] });
    }
  }
  return top;
}

/** `(0008,0060) CS [MR]      #   2, 1 Modality`; the length is `u/l` where it is not written. */
const elementLine = /^ *\(([\da-f]{4}),([\da-f]{4})\) (..) (.*?) *# *(?:\d+|u\/l), *\d+ [^\n]*$/is;
const beginsText = /^ *\([\da-f]{4},[\da-f]{4}\) .. \[/i;

const itemTag = 0xfffe_e000;
const sequenceEndTag = 0xfffe_e0dd;

const isOpened = (vr: string, value: string): boolean =>
  vr === "SQ" || value.startsWith("(PixelSequence");

function describe(tag: number, vr: string, value: string): DataElement {
  const none = { tag, vr, values: null, bytes: null, items: null };
  if (isOpened(vr, value)) return { ...none, items: [] };
  if (value.startsWith("(no value")) return { ...none, values: [] };
  if (value.startsWith("(not loaded")) return { ...none, bytes: new Uint8Array() };
  if (value.startsWith("[")) return { ...none, values: splitText(vr, value.slice(1, -1)) };
  if (byteVrs.has(vr)) return { ...none, bytes: readBytes(value) };
  return { ...none, values: value.split("\\").map(numberOrText) };
}

/** Escape sequences change what the characters after them mean. */
const isAscii = (text: string): boolean =>
  [...text].every((character) => character < "\x7f" && character !== "\x1b");

const byteVrs: ReadonlySet<string> = new Set(["OB", "UN", "OW", "ox", "px", "??"]);

const wholeTexts: ReadonlySet<string> = new Set(["LT", "ST", "UT", "UR"]);

const splitText = (vr: string, text: string): string[] =>
  wholeTexts.has(vr) ? [text] : text.split("\\");

/** `4d\00`, and words of four digits for OW. */
function readBytes(value: string): Uint8Array {
  const hex = value
    .split("\\")
    .map((part) => (part.length === 4 ? part.slice(2) + part.slice(0, 2) : part))
    .join("");
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

const numberOrText = (text: string): number | string =>
  text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
