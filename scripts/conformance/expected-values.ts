/** The value that a column has to hold by what another program read: its places in order, the first that says something. */
import type { Column } from "#catalogue/column.ts";
import {
  type Candidate,
  type CompiledColumn,
  compileLocations,
} from "#catalogue/compiled-locations.ts";
import { makersKinds } from "#catalogue/location.ts";
import { formatNumber } from "#dicom/number.ts";
import {
  dateText,
  dateTimeText,
  type Expected,
  expectedConversions,
  expectedDerivations,
  type Other,
  timeText,
} from "./expected-conversions.ts";
import type { Element, Reading } from "./reading.ts";

const compiled = compileLocations();
const plans: ReadonlyMap<string, CompiledColumn> = new Map(
  compiled.columns.map((plan) => [plan.column.name, plan]),
);

/** Columns that an element is read for, or that are derived of such. */
export const comparedColumns: readonly Column[] = compiled.columns
  .filter(({ isStored, column }) => isStored && (column.locations.length > 0 || column.derive))
  .map(({ column }) => column);

export interface Expectation {
  /** Undefined where the program does not tell enough, or a conversion is not stated a second time. */
  readonly value: Expected | undefined;
  /** Whether an element with a value was met, wherever. */
  readonly isWritten: boolean;
}

/** Values that a reading leads to, for one frame. */
export class ExpectedValues {
  readonly #reading: Reading;
  readonly #frame: number;
  readonly #known = new Map<string, Expectation>();

  constructor(reading: Reading, frame: number) {
    this.#reading = reading;
    this.#frame = frame;
  }

  of(name: string): Expectation {
    let expectation = this.#known.get(name);
    if (expectation === undefined) {
      const plan = plans.get(name);
      if (plan === undefined) throw new Error(`no column or input column has the name ${name}`);
      expectation = this.#expect(plan);
      this.#known.set(name, expectation);
    }
    return expectation;
  }

  /** Whether something was asked that the program does not tell. */
  #isUntold = false;

  readonly #other: Other = (name) => {
    const { value } = this.of(name);
    if (value === undefined) this.#isUntold = true;
    return value ?? null;
  };

  #expect(plan: CompiledColumn): Expectation {
    let isWritten = false;
    let refused: Expected = null;
    const isFramed = this.#reading.hasFunctionalGroups;
    let first = isFramed ? plan.column.deriveFirst : undefined;
    for (const candidate of isFramed ? plan.framed : plan.classic) {
      if (first !== undefined && makersKinds.has(candidate.location.kind)) {
        const value = this.#derive(first, { isMadeOfAll: true });
        if (value !== null) return { value, isWritten };
        first = undefined;
      }
      for (const path of candidate.pathIds) {
        const element = this.#find(candidate, path);
        if (element === undefined) return { value: undefined, isWritten };
        if (element === null || element.texts.every((text) => text === "")) continue;
        isWritten = true;
        const value = this.#convert(plan.column, candidate, element);
        if (value === undefined) return { value, isWritten };
        if (value !== null && isInLimits(plan.column, value)) return { value, isWritten };
        refused ??= value;
      }
    }
    const { derive } = plan.column;
    if (derive === undefined) return { value: refused, isWritten };
    return { value: this.#derive(derive), isWritten };
  }

  /**
   * Undefined where nothing follows from what is told, and not all is; with `isMadeOfAll` also where something
   * does: terms that are joined may lack one.
   */
  #derive(rule: string, { isMadeOfAll = false } = {}): Expected | undefined {
    const before = this.#isUntold;
    this.#isUntold = false;
    const value = expectedDerivations[rule]?.(this.#other);
    const isUntold = this.#isUntold;
    this.#isUntold = before;
    return isUntold && (value === null || isMadeOfAll) ? undefined : value;
  }

  #find({ location }: Candidate, path: number): Element | null | undefined {
    const { steps = [], items = "first" } = compiled.paths[path] ?? {};
    return this.#reading.at({ steps, items, vr: location.vr, key: location.key }, this.#frame);
  }

  #convert(column: Column, { location }: Candidate, element: Element): Expected | undefined {
    const rule = location.convert ?? column.convert;
    if (rule === undefined) return this.#byType(column, element);
    return expectedConversions[rule]?.(element, this.#other);
  }

  /** The element's value in the form in which the column's type is stored. */
  #byType(column: Column, { texts: written, numbers }: Element): Expected {
    const texts = [...written];
    while (texts.at(-1) === "") texts.pop();
    const first = texts[0] ?? "";
    switch (column.type) {
      case "integer":
      case "real":
        return numbers[0] ?? null;
      case "reals":
        return joinNumbers(numbers.slice(0, texts.length));
      case "date":
        return dateText(first) || null;
      case "time":
        return timeText(first) || null;
      case "datetime":
        return dateTimeText(first, this.#other("timezone_offset") as string | null) || null;
      case "code":
      case "codes":
        return texts.join("\\").toUpperCase() || null;
      default:
        return texts.join("\\") || null;
    }
  }
}

function joinNumbers(numbers: readonly (number | null)[]): string | null {
  return numbers.includes(null) ? null : (numbers as number[]).map(formatNumber).join("\\");
}

/** Whether a number may count before one of a later place. One that no place replaces is compared all the same. */
function isInLimits({ limits }: Column, value: Expected): boolean {
  if (limits === undefined || typeof value !== "number") return true;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, above = false } = limits;
  return value <= max && (above ? value > min : value >= min);
}
