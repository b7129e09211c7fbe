/**
 * A line of ../shared/oracle/elements as a reading: chosen attributes of the top level, the tracer, and all
 * standard attributes in functional groups. It tells nothing of private elements and of other sequences.
 */
import { findAttribute } from "#dicom/dictionary.ts";
import { type Element, numberElement, type Place, type Reading, textElement } from "./reading.ts";

type OracleValue =
  | readonly (string | number)[]
  | { readonly s: readonly string[]; readonly f: readonly (number | null)[] }
  | { readonly error: string }
  | { readonly vr: string }
  | { readonly items: number };

type Values = Readonly<Record<string, OracleValue>>;

type Runs =
  | { readonly runs: readonly (readonly [number, OracleValue | null])[] }
  | { readonly n_runs: number; readonly first: OracleValue; readonly last: OracleValue };

export interface OracleFile {
  readonly path: string;
  readonly dicom: boolean;
  readonly transferSyntax?: string | null;
  readonly metaSopClass?: string | null;
  readonly sopClass?: string | null;
  readonly top?: Values;
  readonly RadiopharmaceuticalInformationSequence?: readonly Values[];
  readonly functionalGroups?: {
    readonly shared?: Values;
    readonly frames?: number;
    readonly perFrame?: Readonly<Record<string, Runs>>;
  };
}

/** `asked`: keywords that the oracle was asked for at the top level; it tells nothing of others. */
export function readingOfOracle(file: OracleFile, asked: ReadonlySet<string>): Reading {
  const frames = Math.max(1, file.functionalGroups?.frames ?? 1);
  return {
    hasFunctionalGroups: file.functionalGroups !== undefined,
    frames: Array.from({ length: frames }, (_, index) => index + 1),
    at: (place, frame) => find(file, asked, place, frame),
  };
}

function find(
  file: OracleFile,
  asked: ReadonlySet<string>,
  place: Place,
  frame: number,
): Element | null | undefined {
  const keywords = place.steps.map((step) =>
    "tag" in step ? (findAttribute(step.tag)?.keyword ?? null) : null,
  );
  if (keywords.includes(null)) return undefined;
  const [first = "", ...rest] = keywords as string[];
  const key = rest.join(".");
  switch (first) {
    case "PerFrameFunctionalGroupsSequence":
      return inGroup(file.functionalGroups?.perFrame, rest, place, (runs) =>
        valueOfFrame(runs, frame, file.functionalGroups?.frames ?? 0),
      );
    case "SharedFunctionalGroupsSequence":
      return inGroup(file.functionalGroups?.shared, rest, place, (value) => value);
    case "RadiopharmaceuticalInformationSequence":
      return elementOf(file.RadiopharmaceuticalInformationSequence?.[0]?.[key]);
    case "TransferSyntaxUID":
      return file.transferSyntax ? textElement([file.transferSyntax]) : null;
    case "MediaStorageSOPClassUID":
      return file.metaSopClass ? textElement([file.metaSopClass]) : null;
    default:
      return rest.length > 0 || !asked.has(first) ? undefined : elementOf(file.top?.[first]);
  }
}

/** Of several items it tells the first one's values, and only their number of the others. */
function inGroup<Kept>(
  groups: Readonly<Record<string, Kept>> | undefined,
  path: readonly string[],
  { items }: Place,
  take: (kept: Kept) => OracleValue | null | undefined,
): Element | null | undefined {
  const isOneOfSeveral = path.some(
    (_, index) => groups?.[`${path.slice(0, index + 1).join(".")}#`] !== undefined,
  );
  if (items === "all" && isOneOfSeveral) return undefined;
  const kept = groups?.[path.join(".")];
  if (kept === undefined) return null;
  const value = take(kept);
  return value === undefined ? undefined : elementOf(value);
}

/** Undefined for a frame between the first and the last of a value that changes too often to be listed. */
function valueOfFrame(runs: Runs, frame: number, frames: number): OracleValue | null | undefined {
  if ("first" in runs) return frame === 1 ? runs.first : frame === frames ? runs.last : undefined;
  let end = 0;
  for (const [count, value] of runs.runs) {
    end += count;
    if (frame <= end) return value;
  }
  return null;
}

function elementOf(value: OracleValue | null | undefined): Element | null | undefined {
  if (value === undefined || value === null) return null;
  if ("error" in value || "vr" in value || "items" in value) return undefined;
  if ("s" in value) return { texts: textElement(value.s).texts, numbers: value.f };
  return value.every((each) => typeof each === "number")
    ? numberElement(value)
    : textElement(value.map(String));
}
