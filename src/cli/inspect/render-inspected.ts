/** An inspected file for people: a line for each value and where it was read, what was passed over below it. */
import { findCode, findState } from "#catalogue/codes.ts";
import { whoMakes } from "#catalogue/describe-location.ts";
import { makersKinds } from "#catalogue/location.ts";
import { escapeControls } from "#cli/output/escape-controls.ts";
import { formatNumber } from "#cli/output/format.ts";
import { renderPairs } from "#cli/output/table.ts";
import type {
  InspectedColumn,
  InspectedFile,
  InspectedPlace,
  PlaceOutcome,
} from "#pipeline/parse/inspect-file.ts";
import { chooseInspected, type InspectView, isMasked, isTextMasked } from "./inspected-json.ts";
import { masked } from "./mask.ts";

const encodings: Readonly<Record<string, string>> = {
  ILE: "implicit VR, little endian",
  ELE: "explicit VR, little endian",
  EBE: "explicit VR, big endian",
  DEFL: "explicit VR, deflated",
};

export function* renderInspected(
  title: string,
  file: InspectedFile,
  view: InspectView,
): Generator<string> {
  yield `${escapeControls(title)}\n\n`;
  yield renderPairs(
    [
      ["state", describeState(file)],
      ["transfer syntax", file.transferSyntaxUid],
      ["encoding", file.encoding === null ? null : encodings[file.encoding]],
      ["size", `${formatNumber(file.size)} bytes`],
      [
        "data set",
        file.encoding === null ? null : `from byte ${formatNumber(file.dataSetPosition)}`,
      ],
      ["elements read", file.elements === 0 ? null : file.elements],
      ["read as far as", file.stopped === null ? null : describeCode(file.stopped)],
      [
        "frames",
        file.frames === 0
          ? null
          : `${formatNumber(file.frames)}, values of frame ${formatNumber(file.frame)}`,
      ],
    ].filter((pair): pair is [string, string | number] => pair[1] !== null),
  );
  if (file.warnings.length > 0) {
    yield "\nWarnings\n";
    for (const code of file.warnings) yield `  ${describeCode(code)}\n`;
  }
  if (file.problems.length > 0) {
    yield "\nProblems\n";
    for (const { code, path, offset, sentence } of file.problems) {
      const place = path === "" ? "" : `${path} `;
      yield `  ${code}  ${place}at byte ${formatNumber(offset)}: ${sentence}\n`;
    }
  }
  yield* renderColumns(chooseInspected(file.columns, view), view);
}

function describeState({ state, code, detail }: InspectedFile): string {
  if (state === "stored") {
    return "stored, unless another file with its SOP Instance UID holds the instance: nils files tells.";
  }
  const meaning = (code === null ? findState(state) : findCode(code))?.meaning ?? "";
  const words = [state, ...(code === null ? [] : [code]), ...(detail === null ? [] : [detail])];
  return `${words.join(", ")}. ${meaning}`;
}

function describeCode(code: string): string {
  const meaning = findCode(code)?.meaning;
  return meaning === undefined ? code : `${code}: ${meaning}`;
}

function* renderColumns(columns: readonly InspectedColumn[], view: InspectView): Generator<string> {
  const width = Math.max(0, ...columns.map(({ column }) => column.name.length));
  let table = "";
  for (const inspected of columns) {
    const { column, places } = inspected;
    if (column.table !== table) {
      table = column.table;
      yield `\n${table}\n`;
    }
    const shown = describeValue(inspected, view);
    const source = describeSource(inspected, view);
    yield `  ${column.name.padEnd(width)}  ${shown}${source}\n`.replace(/ +\n$/, "\n");
    const indent = " ".repeat(width + 6);
    for (const source of inspected.madeOf) {
      yield `${indent}of ${source.column.name}: ${describeValue(source, view)}${describeSource(source, view)}\n`;
    }
    for (const place of places) {
      if (place.outcome === "taken") continue;
      if (place.outcome === "absent" && makersKinds.has(place.kind) && !view.showsAll) continue;
      yield `${indent}${describePassedOver(place, isTextMasked(inspected, place, view))}\n`;
    }
  }
}

function describeValue(inspected: InspectedColumn, view: InspectView): string {
  const { column, value } = inspected;
  if (value === null) return "–";
  if (isMasked(inspected, view)) return masked;
  return escapeControls(String(value)) + (column.unit === undefined ? "" : ` ${column.unit}`);
}

/** Where the value was read, and how it is written there if that is not what is stored. */
function describeSource(inspected: InspectedColumn, view: InspectView): string {
  const { value, places, madeBy } = inspected;
  const taken = places.find(({ outcome }) => outcome === "taken");
  if (taken === undefined) return madeBy === null ? "" : `  (made by ${whoMakes[madeBy]})`;
  const isHidden = isTextMasked(inspected, taken, view);
  const isAsWritten = isHidden || taken.rawText === null || taken.rawText === String(value);
  const written = isAsWritten ? "" : `, written ${quote(taken.rawText)}`;
  const notes = taken.warnings.length === 0 ? "" : `, ${taken.warnings.join(", ")}`;
  return `  (${describePlace(taken)}${written}${notes})`;
}

function describePlace({ kind, path, offset, vr }: InspectedPlace): string {
  const at = offset === null ? "" : `, byte ${formatNumber(offset)}`;
  return `${kind} ${path}${vr === null || vr === "" ? "" : ` ${vr}`}${at}`;
}

const outcomes: Readonly<Record<PlaceOutcome, string>> = {
  taken: "taken",
  absent: "not there",
  empty: "empty",
  refused: "passed over",
  zero: "0 stands for not written",
  silent: "says nothing of this",
  "not-needed": "not needed",
};

function describePassedOver(place: InspectedPlace, isHidden: boolean): string {
  const { outcome, rawText, warnings } = place;
  const reason =
    outcome === "refused" ? ` (${warnings.length > 0 ? warnings.join(", ") : "not valid"})` : "";
  const written = rawText === null ? "" : `, written ${isHidden ? masked : quote(rawText)}`;
  return `${outcomes[outcome]}${reason}: ${describePlace(place)}${written}`;
}

const quote = (text: string | null): string => `"${escapeControls(text ?? "")}"`;
