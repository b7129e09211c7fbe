/**
 * One file explained: what it was recognised as, what was odd about it, and for each column where its value was read and what
 * was passed over. The same reading as a job's, told step by step. As data; showing it is left to others.
 */
import { columns } from "#catalogue/catalogue.ts";
import type { Column, ComputedBy } from "#catalogue/column.ts";
import type { CompiledColumn } from "#catalogue/compiled-locations.ts";
import { conversionNeeds } from "#catalogue/conversions.ts";
import { isPlaceLeftOut } from "#catalogue/element-privacy.ts";
import type { LocationKind, Step } from "#catalogue/location.ts";
import type { Header } from "#dicom/header.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import type { DicomProblem } from "#dicom/problem.ts";
import { formatTag } from "#dicom/tag.ts";
import { vrName } from "#dicom/vr.ts";
import { planOfColumn, wantedTree } from "./column-plan.ts";
import type { ColumnValue } from "./column-value.ts";
import { Findings, HeaderValues, type TraceStep } from "./header-values.ts";
import { nodePlatform } from "./node-platform.ts";
import { openFile } from "./open-file.ts";
import { FileReader, type ReadFile } from "./read-file.ts";

/**
 * What became of a place: `taken`; `absent`; `empty`; `refused`: its value is not valid, and the warnings say why;
 * `zero`: the 0 there stands for not written; `silent`: its value is valid and says nothing of the column;
 * `not-needed`: a place before it had a valid value.
 */
export type PlaceOutcome =
  | "taken"
  | "absent"
  | "empty"
  | "refused"
  | "zero"
  | "silent"
  | "not-needed";

export interface InspectedPlace {
  readonly kind: LocationKind;
  /** Tags from the top of the data set, such as `5200,9230/0018,9114/0018,9082`. */
  readonly path: string;
  /** Offset of the value in the file, or in the inflated bytes of a deflated data set; null where there is none. */
  readonly offset: number | null;
  readonly vr: string | null;
  readonly outcome: PlaceOutcome;
  /** As it is written; null also where nothing is left of it as text. */
  readonly rawText: string | null;
  /** What is written there may name a person, whatever the column takes from it, as in comments. */
  readonly isLeftOut: boolean;
  readonly warnings: readonly string[];
}

export interface InspectedColumn {
  readonly column: Column;
  readonly value: ColumnValue;
  /** In order of precedence. */
  readonly places: readonly InspectedPlace[];
  /** Who made the value, or would, where it is read in no place. */
  readonly madeBy: ComputedBy | null;
  /** What a value made of others was made of: those of them that have a value. */
  readonly madeOf: readonly InspectedColumn[];
}

export interface InspectedFile extends Pick<ReadFile, "state" | "code" | "detail" | "warnings"> {
  readonly size: number;
  readonly encoding: Header["encoding"];
  readonly transferSyntaxUid: string | null;
  /** Offset of the data set, after the meta group. */
  readonly dataSetPosition: number;
  /** Elements and items passed. */
  readonly elements: number;
  /** Why reading ended early; null when it did not. */
  readonly stopped: string | null;
  readonly problems: readonly DicomProblem[];
  /** Frames described in functional groups; 0 for a classic object. */
  readonly frames: number;
  /** The frame whose values are shown, from 1. */
  readonly frame: number;
  readonly columns: readonly InspectedColumn[];
}

/**
 * Reads a file again for a person. `frame` (from 1) chooses the frame of an object with functional groups; beyond the last one, the
 * last. Throws the system's I/O errors.
 */
export function inspectFile(path: string | Buffer, name: string, frame = 1): InspectedFile {
  const file = openFile(path, 0, ignore);
  try {
    const facts = file.facts();
    const read = new FileReader(nodePlatform, ignore).read(path, name, facts);
    const header = new HeaderReader(wantedTree).read({ ...file, size: facts.size }, name);
    const isRead = header.kind !== "not-dicom";
    const frames = header.perFrameItems;
    const shown = Math.max(1, Math.min(frame, frames));
    return {
      state: read.state,
      code: read.code,
      detail: read.detail,
      warnings: isRead ? [...new Set([...header.warnings, ...read.warnings])].sort() : [],
      size: facts.size,
      encoding: header.encoding,
      transferSyntaxUid: header.transferSyntaxUid,
      dataSetPosition: header.dataSetPosition,
      elements: header.elements,
      stopped: header.stopped,
      problems: header.problems.map((problem) => ({ ...problem })),
      frames,
      frame: shown,
      columns: isRead ? inspectColumns(header, shown) : [],
    };
  } finally {
    file.close();
  }
}

function inspectColumns(header: Header, frame: number): InspectedColumn[] {
  const values = new HeaderValues(nodePlatform);
  values.open(header);
  if (header.perFrameItems > 0) values.selectFrame(frame);
  return columns.map((column) => inspectColumn(column, header, values));
}

function inspectColumn(column: Column, header: Header, values: HeaderValues): InspectedColumn {
  const plan = planOfColumn(column.name);
  const trace: TraceStep[] = [];
  const value = values.read(plan, new Findings(), trace);
  const taken = trace.find((step) => step.value !== null);
  const rest: TraceStep[] = [];
  const last = taken ?? (value === null ? undefined : trace.at(-1));
  if (last !== undefined) traceRest(afterLast(plan, last, header), values, rest);
  const isDerived = taken === undefined && value !== null;
  return {
    column,
    value,
    places: [
      ...trace
        .filter((step, index) =>
          taken !== undefined && isSamePlace(step, taken)
            ? step === taken
            : trace.findIndex((known) => isSamePlace(step, known)) === index,
        )
        .map((step) => describePlace(step, column, header, values, step === taken)),
      ...rest
        .filter((step) => !trace.some((known) => isSamePlace(step, known)))
        .map((step) => describePlace(step, column, header, values, false))
        .filter(({ outcome }) => outcome !== "absent")
        .map((place) => ({ ...place, outcome: "not-needed" as const, warnings: [] })),
    ],
    madeBy: taken === undefined ? whoMakes(column, value) : null,
    madeOf: isDerived ? inspectSources(column, header, values) : [],
  };
}

/** A column may look twice into one place, by another rule. */
const isSamePlace = (a: TraceStep, b: TraceStep): boolean =>
  a.path === b.path && a.record === b.record && a.location.key === b.location.key;

function whoMakes({ computed, derive }: Column, value: ColumnValue): ComputedBy | null {
  if (computed !== undefined) return computed;
  return derive !== undefined && value !== null ? "derive" : null;
}

function inspectSources(
  { derive, deriveFirst }: Column,
  header: Header,
  values: HeaderValues,
): InspectedColumn[] {
  const names = [deriveFirst, derive].flatMap((rule) =>
    rule === undefined ? [] : (conversionNeeds[rule] ?? []),
  );
  return [...new Set(names)]
    .map((name) => inspectColumn(planOfColumn(name).column, header, values))
    .filter(({ value }) => value !== null);
}

/** The places after the last one that was looked at, as a column of their own. */
function afterLast(
  plan: CompiledColumn,
  { location, path }: TraceStep,
  header: Header,
): CompiledColumn {
  const candidates = header.hasFunctionalGroups ? plan.framed : plan.classic;
  const index = candidates.findIndex((each) => each.location === location);
  const rest = candidates.slice(index).map((candidate, position) => {
    if (position > 0) return candidate;
    return { ...candidate, pathIds: candidate.pathIds.slice(candidate.pathIds.indexOf(path) + 1) };
  });
  const { derive, deriveFirst, ...column } = plan.column;
  return { ...plan, column, classic: rest, framed: rest };
}

/** Looks at all places, those after a valid value too. */
function traceRest(plan: CompiledColumn, values: HeaderValues, trace: TraceStep[]): void {
  for (const candidate of plan.classic) {
    for (const path of candidate.pathIds) {
      const only = [{ ...candidate, pathIds: [path] }];
      values.read({ ...plan, classic: only, framed: only }, new Findings(), trace);
    }
  }
}

function describePlace(
  step: TraceStep,
  column: Column,
  header: Header,
  values: HeaderValues,
  isTaken: boolean,
): InspectedPlace {
  const { records } = header;
  const { location, path, record, rawText, warnings } = step;
  const inCsa =
    location.key === undefined || record < 0
      ? undefined
      : values.csa.read(header, record).texts?.get(location.key);
  const isAbsent =
    record < 0 || (location.key !== undefined && inCsa === undefined && warnings.length === 0);
  const steps = wantedTree.paths[path]?.steps ?? [];
  return {
    kind: location.kind,
    path: [
      ...steps.map((each, index) => {
        const isLast = index === steps.length - 1;
        return writeStep(each, isAbsent || !isLast ? null : (records.tag[record] ?? null));
      }),
      ...(location.key === undefined ? [] : [location.key]),
    ].join("/"),
    offset: isAbsent ? null : (records.position[record] ?? 0) + (inCsa?.position ?? 0),
    vr: isAbsent ? null : (inCsa?.vr ?? vrName(records.vr[record] ?? 0)),
    outcome: isTaken
      ? "taken"
      : isAbsent
        ? "absent"
        : judgePlace(step, column, records.length[record] ?? 0),
    rawText,
    isLeftOut: isPlaceLeftOut(location),
    warnings,
  };
}

function judgePlace(
  { rawText, isSilent, warnings }: TraceStep,
  { limits }: Column,
  length: number,
): PlaceOutcome {
  if (isSilent) return "silent";
  if (limits?.zeroIsNull === true && warnings.length === 0 && isZero(rawText)) return "zero";
  if (rawText !== null || warnings.length > 0) return "refused";
  return length === 0 ? "empty" : "silent";
}

/** Is the first value of a text 0, in any form of a number? */
function isZero(text: string | null): boolean {
  const first = text?.split("\\")[0]?.trim() ?? "";
  return first !== "" && Number(first) === 0;
}

/** `0018,0081`; of a private element its creator too, and `xx` for a block that is not known. */
function writeStep(step: Step, tag: number | null): string {
  if ("tag" in step) return formatTag(step.tag);
  const hex = (number: number, digits: number): string =>
    number.toString(16).toUpperCase().padStart(digits, "0");
  const written = tag === null ? `${hex(step.group, 4)},xx${hex(step.element, 2)}` : formatTag(tag);
  return `${written}@${step.creator}`;
}

const ignore = (): void => undefined;
