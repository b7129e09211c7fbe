/**
 * Standard attributes of catalogue columns that stand in functional groups or at the top level where no column
 * reads them: a place that the catalogue may lack. Each has a reason, or is a fault.
 */
import { columns } from "#catalogue/catalogue.ts";
import { compileLocations } from "#catalogue/compiled-locations.ts";
import { inputColumns } from "#catalogue/input-columns.ts";
import { findAttribute } from "#dicom/dictionary.ts";
import type { DataSet } from "./data-set.ts";

export interface UnreadPlace {
  /** Keywords joined by dots. */
  readonly place: string;
  readonly files: number;
  /** Undefined for a fault. */
  readonly reason: string | undefined;
}

const keywordOf = (tag: number): string | null => findAttribute(tag)?.keyword ?? null;

const attributes: ReadonlySet<string | null> = new Set(
  [...columns, ...inputColumns].map(({ keyword }) => keyword),
);

const readPlaces: ReadonlySet<string> = new Set(
  compileLocations().paths.map(({ steps }) =>
    steps.map((step) => ("tag" in step ? keywordOf(step.tag) : step.creator)).join("."),
  ),
);

const groups: ReadonlySet<string> = new Set([
  "PerFrameFunctionalGroupsSequence",
  "SharedFunctionalGroupsSequence",
]);

const reasons: readonly { readonly about: string; readonly places: RegExp }[] = [
  {
    about: "of other images, which this one was derived or planned from",
    places: /\.(?:DerivationImage|ReferencedImage|SourceImage)Sequence\./,
  },
  {
    about:
      "written by Philips at the top level too, also of enhanced objects that have lost their functional groups; the column is read where it holds for the frame",
    places:
      /^(?:GradientOutputType|MRAcquisition\w+Steps\w*|MagnetizationTransfer|SpecificAbsorptionRateDefinition|Spoiling|VelocityEncodingM\w+Value)$/,
  },
  {
    about: "names of the maker's own stacks in classic images; nothing is grouped by them",
    places: /^(?:StackID|InStackPositionNumber)$/,
  },
  {
    about: "written by Siemens XA60 beside the Effective Echo Time, which tells the echoes apart",
    places: /\.MREchoSequence\.EchoNumbers$/,
  },
  {
    about: "not of the standard, written by Hyperfine; the same value is at the top level",
    places: /\.MRModifierSequence\.(?:InversionTime|ScanOptions)$/,
  },
  {
    about: "number of the classic original; the object has one of its own",
    places: /\.UnassignedPerFrameConvertedAttributesSequence\.InstanceNumber$/,
  },
];

/** Counts files by place. */
export class UnreadPlaces {
  readonly #files = new Map<string, number>();

  add(dataSet: DataSet): void {
    const found = new Set<string>();
    collect(dataSet, [], found);
    for (const place of found) this.#files.set(place, (this.#files.get(place) ?? 0) + 1);
  }

  list(): UnreadPlace[] {
    return [...this.#files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([place, files]) => ({
        place,
        files,
        reason: reasons.find(({ places }) => places.test(place))?.about,
      }));
  }
}

/** Of a sequence outside functional groups nothing is looked at: it describes something else. */
function collect(dataSet: DataSet, path: readonly string[], found: Set<string>): void {
  for (const { tag, values, items } of dataSet) {
    const keyword = keywordOf(tag);
    if (keyword === null || (tag >>> 16) % 2 === 1) continue;
    const place = [...path, keyword];
    if (items !== null && groups.has(place[0] ?? "")) {
      for (const item of items) collect(item, place, found);
    }
    const hasValue = values?.some((value) => value !== "" && value !== null) === true;
    const name = place.join(".");
    if (hasValue && attributes.has(keyword) && !readPlaces.has(name)) found.add(name);
  }
}
