/**
 * A list of subject codes as people keep them: a CSV with a line of headers, PatientID and code. What is
 * refused is named by its line and never by what stands there.
 */
import { WrongUseError } from "#cli/wrong-use-error.ts";

interface Line {
  /** From 1, where the line begins. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** PatientID → code. `bytes`: UTF-8 with or without a byte order mark; commas, semicolons or tabs. */
export function parseSubjectCodes(bytes: Uint8Array): Map<string, string> {
  const lines = splitLines(decode(bytes));
  const [header, ...rows] = lines;
  if (header === undefined) throw refuse(1, "there is nothing in it; it needs a line of headers");
  const [idColumn, codeColumn] = findColumns(header);
  if (rows.length === 0) throw refuse(header.number, "no line follows the headers");
  const codes = new Map<string, string>();
  const lineOfId = new Map<string, number>();
  const lineOfCode = new Map<string, number>();
  for (const { number, cells } of rows) {
    if (cells.length !== header.cells.length) {
      throw refuse(
        number,
        `there are ${cells.length} columns, and ${header.cells.length} in the line of headers`,
      );
    }
    // Blanks around a value mean nothing in DICOM either (PS3.5 §6.2, LO).
    const id = (cells[idColumn] ?? "").trim();
    const code = (cells[codeColumn] ?? "").trim();
    if (id === "") throw refuse(number, "the PatientID is empty");
    if (code === "") throw refuse(number, "the code is empty");
    if (hasControls(code)) throw refuse(number, "the code holds a control character");
    const idBefore = lineOfId.get(id);
    if (idBefore !== undefined) {
      throw refuse(number, `the PatientID stands in line ${idBefore} already`);
    }
    const codeBefore = lineOfCode.get(code);
    if (codeBefore !== undefined) {
      throw refuse(number, `the code stands in line ${codeBefore} already`);
    }
    lineOfId.set(id, number);
    lineOfCode.set(code, number);
    codes.set(id, code);
  }
  return codes;
}

function refuse(line: number, what: string): WrongUseError {
  return new WrongUseError(
    `Line ${line} of the file of --subject-codes cannot be used: ${what}. Mend it and run the command again.`,
  );
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes); // takes the mark away
  } catch (cause) {
    throw new WrongUseError(
      "The file of --subject-codes is not UTF-8; save it as CSV in UTF-8 and run the command again.",
      { cause },
    );
  }
}

/** Columns of PatientID and code: by their headers where these are known, else the first and the second. */
function findColumns({ number, cells }: Line): [number, number] {
  const names = cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ""));
  const id = names.indexOf("patientid");
  const code = Math.max(names.indexOf("subjectcode"), names.indexOf("code"));
  if (id >= 0 && code >= 0) return [id, code];
  if (cells.length === 2) return id === 1 || code === 0 ? [1, 0] : [0, 1];
  throw refuse(
    number,
    "it needs the headers PatientID and code, separated by commas, semicolons or tabs",
  );
}

/** Lines with something in them, cut into cells; quotes as in RFC 4180. */
function splitLines(text: string): Line[] {
  const separator = findSeparator(text);
  const lines: Line[] = [];
  let cells: string[] = [];
  let number = 1;
  let start = 1;
  let at = 0;
  const endLine = (): void => {
    if (cells.some((cell) => cell.trim() !== "")) lines.push({ number: start, cells });
    cells = [];
    number += 1;
    start = number;
  };
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        if (end < 0) throw refuse(start, "a quotation mark is not closed");
        cell += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at += 1;
      }
      number += cell.split("\n").length - 1;
      if (at < text.length && ![separator, "\r", "\n"].includes(text[at] as string)) {
        throw refuse(start, "something follows a closing quotation mark");
      }
    } else {
      const from = at;
      while (at < text.length && ![separator, "\r", "\n"].includes(text[at] as string)) at += 1;
      cell = text.slice(from, at);
    }
    cells.push(cell);
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) cells.push("");
      continue;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    endLine();
  }
  if (cells.length > 0) endLine();
  return lines;
}

/** Whichever separates most in the line of headers. */
function findSeparator(text: string): string {
  const [header = ""] = text.trimStart().split(/[\r\n]/, 1);
  const bare = header.replaceAll(/"[^"]*"/g, "");
  const count = (separator: string): number => bare.split(separator).length;
  return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
