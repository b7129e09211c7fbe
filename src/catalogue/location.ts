/**
 * Where a value can lie in a DICOM object, as data. A column lists its locations in order of precedence
 * inside one kind; the order of the kinds depends on the object (see `locationOrder`).
 */

/** An element of a sequence path: a standard tag, or an element of the private block that `creator` owns. */
export type Step =
  | { readonly tag: number }
  | { readonly creator: string; readonly group: number; readonly element: number };

/** Which items of the sequences on the way are looked at: the first, or all in order. */
export type Items = "first" | "all";

export type LocationKind =
  | "functional-group"
  | "unassigned"
  | "top"
  | "nested"
  | "meta"
  | "private"
  | "csa"
  | "philips-frame";

/**
 * One place. `steps` are the sequences from the top of the data set (or of the functional groups item, for
 * `functional-group`) down to the element; `vr` is the element's VR where the file does not state it.
 */
export interface Location {
  readonly kind: LocationKind;
  readonly steps: readonly Step[];
  readonly vr: string;
  readonly items: Items;
  /** Name of a rule in conversions.ts that reads the value found here, where it is not the column's own. */
  readonly convert?: string;
  /** Key in a Siemens CSA header (kind `csa`). */
  readonly key?: string;
  /** Precedes the column's other places, whatever their kinds. */
  readonly isFirst?: true;
}

/** A path from the top of the data set, sequences included. */
export interface WantedPath {
  readonly steps: readonly Step[];
  /** VR where the file states none. */
  readonly vr: string;
  readonly items: Items;
  /** Large and seldom needed: the bytes are read when a value is asked for. */
  readonly isDeferred: boolean;
}

type Path = readonly number[];

interface LocationOptions {
  readonly items?: Items;
  readonly convert?: string;
}

const steps = (path: Path): Step[] => path.map((tag) => ({ tag }));

/** `T`: top level of the data set. */
export const top = (tag: number, vr: string, convert?: string): Location =>
  location("top", [{ tag }], vr, convert);

/** `meta`: group 0002. */
export const meta = (tag: number, vr: string): Location => location("meta", [{ tag }], vr);

/** `FG(a/b)`: per-frame functional group of the frame, then the shared one. */
export const group = (path: Path, vr: string, options: LocationOptions = {}): Location => ({
  ...location("functional-group", steps(path), vr, options.convert),
  items: options.items ?? "first",
});

/** `U`: unassigned converted attributes of legacy-converted objects, per frame, then shared. */
export const unassigned = (
  path: number | Path,
  vr: string,
  options: LocationOptions = {},
): Location => ({
  ...location("unassigned", steps(typeof path === "number" ? [path] : path), vr, options.convert),
  items: options.items ?? "first",
});

/**
 * An attribute of a classic image for which legacy-converted objects have neither a module nor a functional group,
 * so that it is unassigned in them (PS3.3 Tables A.70-1 to A.72-2, §C.7.6.16.2.25).
 */
export const classicTop = (tag: number, vr: string, convert?: string): Location[] => [
  unassigned(tag, vr, convert === undefined ? {} : { convert }),
  top(tag, vr, convert),
];

/** As `classicTop`, inside a sequence. */
export const classicNested = (
  path: Path,
  vr: string,
  options: LocationOptions = {},
): Location[] => [unassigned(path, vr, options), nested(path, vr, options)];

/**
 * The usual three: functional group, unassigned converted attributes, top level, with one tag in all of
 * them. `sequence`: the functional group that holds the tag.
 */
export const groupOrTop = (sequence: number, tag: number, vr: string): Location[] => [
  group([sequence, tag], vr),
  unassigned(tag, vr),
  top(tag, vr),
];

/** A standard sequence at the top level, such as Radiopharmaceutical Information (`RI`). */
export const nested = (path: Path, vr: string, options: LocationOptions = {}): Location => ({
  ...location("nested", steps(path), vr, options.convert),
  items: options.items ?? "first",
});

/** `P:…`: an element of a private block, found by its creator and never by its number. */
export const privateElement = (
  creator: string,
  groupNumber: number,
  element: number,
  vr: string,
  convert?: string,
): Location => location("private", [{ creator, group: groupNumber, element }], vr, convert);

/** A place known to be right where it and the standard's attribute differ. */
export const beforeAll = (location: Location): Location => ({ ...location, isFirst: true });

/** Private sequence in which Siemens XA repeats its private elements inside functional groups items. */
const siemensFrameSequence = 0xfe;

/**
 * `P:XA-S` (shared) and `P:XA-I` (per frame): the element inside the private sequence of the functional groups,
 * then where classic objects have it, so that what stands outside of the frames comes last.
 */
export const siemensXa = (
  creator: "SIEMENS MR SDS 01" | "SIEMENS MR SDI 02",
  element: number,
  vr: string,
  convert?: string,
): Location[] => [
  location(
    "private",
    [
      { creator, group: 0x0021, element: siemensFrameSequence },
      { creator, group: 0x0021, element },
    ],
    vr,
    convert,
  ),
  privateElement(creator, 0x0021, element, vr, convert),
];

/**
 * `PH`: the item that Philips puts beside the functional groups, private (2005,xx0F) of the creator in
 * `philipsFrameSequence`. `steps` begin inside that item.
 */
export const philipsFrame = (tag: number, vr: string, convert?: string): Location =>
  location("philips-frame", [{ tag }], vr, convert);

/** The sequence that `philips-frame` locations lie in: per frame, and at the top level of classic objects. */
export const philipsFrameSequence: Step = {
  creator: "Philips MR Imaging DD 005",
  group: 0x2005,
  element: 0x0f,
};

/** `CSA-I` and `CSA-S`: a key of the Siemens image or series header. */
export const csa = (header: "image" | "series", key: string, convert?: string): Location => ({
  kind: "csa",
  steps: [
    { creator: "SIEMENS CSA HEADER", group: 0x0029, element: header === "image" ? 0x10 : 0x20 },
  ],
  vr: "OB",
  items: "first",
  key,
  ...(convert === undefined ? {} : { convert }),
});

function location(
  kind: LocationKind,
  path: readonly Step[],
  vr: string,
  convert?: string,
): Location {
  return { kind, steps: path, vr, items: "first", ...(convert === undefined ? {} : { convert }) };
}

/** Kinds of location that only makers write; they come after all others in objects with functional groups. */
export const makersKinds: ReadonlySet<LocationKind> = new Set(["philips-frame", "private", "csa"]);

/**
 * Order of the kinds of location. The meta group only steps in for what the data set lacks. A stray top-level copy must not hide per-frame truth, hence the first
 * order for objects with functional groups (dcm2niix#988); classic objects read their own tag first.
 */
export const locationOrder: Readonly<Record<"framed" | "classic", readonly LocationKind[]>> = {
  framed: [
    "functional-group",
    "unassigned",
    "top",
    "nested",
    "meta",
    "philips-frame",
    "private",
    "csa",
  ],
  classic: ["top", "nested", "meta", "private", "csa", "philips-frame"],
};
