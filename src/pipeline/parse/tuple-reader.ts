/**
 * The tuples of one open header: series values and frame settings through their caches, the rest decoded.
 * One per thread; its caches outlive files and units.
 */
import { createHash } from "node:crypto";
import type { CompiledColumn } from "#catalogue/compiled-locations.ts";
import type { Header } from "#dicom/header.ts";
import type { Platform } from "#dicom/platform.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { SettingPart } from "#store/unit-rows.ts";
import {
  type ColumnGroup,
  coordinateGroup,
  planOfColumn,
  seriesGroup,
  seriesInstanceUid,
  settingGroup,
  studyInstanceUid,
} from "./column-plan.ts";
import { Findings, HeaderValues } from "./header-values.ts";
import { RememberedValues } from "./remembered-values.ts";
import { Signature } from "./signature.ts";
import { TupleCache } from "./tuple-cache.ts";

/** Series-level values as decoded, before it is known whose they are. */
export interface SeriesTuple {
  readonly studyInstanceUid: string | null;
  readonly seriesInstanceUid: string | null;
  readonly patientId: string | null;
  readonly values: readonly Cell[];
  readonly rawValues: string | null;
  readonly warnings: readonly string[];
}

export interface SettingTuple {
  readonly part: SettingPart;
  readonly warnings: readonly string[];
}

/** Tuples kept: series that are read at the same time, and settings of their frames. */
const seriesKept = 500;
const settingsKept = 5_000;

/** In place of a tuple: the CSA headers that have to be looked into for it. */
class CsaNeeds {
  readonly paths: ReadonlySet<number>;

  constructor(paths: ReadonlySet<number>) {
    this.paths = paths;
  }
}

/** Tuples of one group: by the bytes that they were made of, and of those that need CSA headers by what these say. */
class GroupCache<Tuple> {
  /** What was taken last. */
  last: Tuple | CsaNeeds | null = null;
  readonly plain: TupleCache<Tuple | CsaNeeds>;
  readonly withCsa: TupleCache<Tuple>;

  /** `capacity`: tuples of each kind that are kept. */
  constructor(capacity: number) {
    this.plain = new TupleCache(capacity);
    this.withCsa = new TupleCache(capacity);
  }
}

export class TupleReader {
  readonly #values: HeaderValues;
  readonly #remembered: RememberedValues;
  readonly #signature = new Signature();
  readonly #series = new GroupCache<SeriesTuple>(seriesKept);
  readonly #settings = new GroupCache<SettingTuple>(settingsKept);

  constructor(platform: Platform) {
    this.#values = new HeaderValues(platform);
    this.#remembered = new RememberedValues(this.#values);
  }

  /** Takes a header; of an object with functional groups its first frame is selected. */
  open(header: Header): void {
    this.#values.open(header);
    this.#remembered.open(header);
    if (header.perFrameItems > 0) this.selectFrame(1);
  }

  selectFrame(frame: number): void {
    this.#values.selectFrame(frame);
    this.#remembered.selectFrame();
  }

  readColumn(name: string, findings: Findings): Cell {
    return this.#remembered.read(planOfColumn(name), findings);
  }

  readSeries(): SeriesTuple {
    return this.#remember(this.#series, seriesGroup, () => {
      const findings = new Findings();
      const values = this.#readAll(seriesGroup, findings);
      const keys = new Findings();
      const uid = (plan: typeof studyInstanceUid): string | null =>
        this.#values.read(plan, keys) as string | null;
      const tuple: SeriesTuple = {
        studyInstanceUid: uid(studyInstanceUid),
        seriesInstanceUid: uid(seriesInstanceUid),
        patientId: values[patientIdAt] as string | null,
        values,
        rawValues: rawText(findings),
        warnings: [...findings.warnings, ...keys.warnings],
      };
      return tuple;
    });
  }

  /** Settings of the selected frame. */
  readSetting(): SettingTuple {
    return this.#remember(this.#settings, settingGroup, () => {
      const findings = new Findings();
      const values = this.#readAll(settingGroup, findings);
      const rawValues = rawText(findings);
      return {
        part: { values, rawValues, hash: hashTuple([values, rawValues]) },
        warnings: [...findings.warnings],
      };
    });
  }

  /**
   * A group's tuple by the bytes that it was made of. Which CSA headers it needs depends on what was found
   * before them, so that is remembered too, and only then their values are looked at. No column reads two of
   * them, or the second would depend on the first; of one that a conversion keeps in several places all count.
   */
  #remember<Tuple>(cache: GroupCache<Tuple>, group: ColumnGroup, decode: () => Tuple): Tuple {
    if (this.#remembered.isUnchanged(group) && !(cache.last instanceof CsaNeeds)) {
      return cache.last as Tuple;
    }
    const { records, csa } = this.#values;
    const known = cache.plain.get(this.#signature.of(records, group), () => {
      this.#values.takeCsaPathsRead();
      const tuple = decode();
      const paths = this.#values.takeCsaPathsRead();
      return paths.size === 0 ? tuple : new CsaNeeds(paths);
    });
    cache.last = known;
    this.#remembered.noteRead(group);
    if (!(known instanceof CsaNeeds)) return known;
    return cache.withCsa.get(this.#signature.withCsa(records, group, csa, known.paths), decode);
  }

  /** Coordinates of the selected frame, in the order of the group's columns. */
  readCoordinates(findings: Findings): Cell[] {
    return this.readGroup(coordinateGroup, findings);
  }

  /** The group's values into `cells` from `at` on. */
  readInto(cells: Cell[], at: number, { plans }: ColumnGroup, findings: Findings): void {
    for (let index = 0; index < plans.length; index++) {
      cells[at + index] = this.#remembered.read(plans[index] as CompiledColumn, findings);
    }
  }

  readGroup(group: ColumnGroup, findings: Findings): Cell[] {
    return group.plans.map((plan) => this.#remembered.read(plan, findings));
  }

  #readAll(group: ColumnGroup, findings: Findings): Cell[] {
    return group.plans.map((plan) => this.#values.read(plan, findings));
  }
}

const patientIdAt = seriesGroup.plans.findIndex((plan) => plan.column.name === "patient_id");

/** JSON of the texts that could not be read, in the order of their columns' names; null when there are none. */
export function rawText(findings: Findings): string | null {
  if (findings.raw.size === 0) return null;
  const entries = [...findings.raw].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}

/** 32 hex digits that stand for a tuple. */
export function hashTuple(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);
}
