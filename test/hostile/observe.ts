/** What a job, and the reading of each file by itself, say of the files below a source. */

import { readFileSync } from "node:fs";
import { joinPath } from "#base/path-text.ts";
import { columns } from "#catalogue/catalogue.ts";
import { memorySource } from "#dicom/byte-source.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import { systemPath } from "#pipeline/discover/walk.ts";
import { planOfColumn, wantedTree } from "#pipeline/parse/column-plan.ts";
import { Findings, HeaderValues } from "#pipeline/parse/header-values.ts";
import { nodePlatform } from "#pipeline/parse/node-platform.ts";
import { coordinateColumns, settingColumns } from "#store/columns.ts";
import type { ViewName } from "#store/listing.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { Store } from "#store/store.ts";

/** Where the files are, and the store of the job that read them. */
export interface Source {
  readonly source: string;
  readonly store: Pick<Store, "readView">;
  cohort(): Promise<{ readonly cohortId: number }>;
}

export type Row = Readonly<Record<string, Cell>>;

/** A file as the ledger has it, and its values. */
export interface Observed {
  readonly state: string;
  readonly code: string | null;
  readonly warnings: readonly string[];
  readonly detail: string | null;
  readonly keptName: string | null;
  /** Column → value read from the file by itself; of an object with functional groups those of its first frame. */
  readonly values: Row;
  /** Has the object functional groups for its frames? */
  readonly isFramed: boolean;
  /** Column → text of a value that could not be taken. */
  readonly raw: Readonly<Record<string, string>>;
  /** The instance's row in the database; null where the file is not stored. */
  readonly instance: Row | null;
  /** Stacks of the series that the file is in. */
  readonly stacks: readonly Row[];
}

/** Everything about the files of a cohort, by stored path. */
export async function observeFiles(lab: Source): Promise<Map<string, Observed>> {
  const [files, instances, stacks] = await Promise.all([
    readAll(lab, "v_files"),
    readAll(lab, "v_instances"),
    readAll(lab, "v_stacks"),
  ]);
  const reader = new ValueReader();
  const instanceOf = new Map(instances.map((row) => [pathOf(row, "file_name"), row]));
  return new Map(
    files.map((file) => {
      const path = pathOf(file, "name");
      const instance = instanceOf.get(path) ?? null;
      const observed: Observed = {
        state: String(file["state"]),
        code: file["code"] as string | null,
        warnings: ((file["warnings"] ?? "") as string).split(" ").filter((code) => code !== ""),
        detail: file["detail"] as string | null,
        keptName: file["kept_name"] as string | null,
        ...(instance === null
          ? { values: {}, raw: {}, isFramed: false }
          : reader.read(readFileSync(systemPath(lab.source, path)))),
        instance,
        stacks: stacks.filter((stack) => isOfSeries(stack, instance)),
      };
      return [path, observed];
    }),
  );
}

/** Rows of a view with the names of their columns. */
export async function readAll(lab: Source, view: ViewName): Promise<Row[]> {
  const { cohortId } = await lab.cohort();
  const query = { view, cohortId, where: {}, after: null, limit: 100_000 } as const;
  const { columns, rows } = await lab.store.readView(query);
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])),
  );
}

/**
 * Columns that have one value in the file and another in the instance's row, which has none of the values that each
 * frame of an object with functional groups has.
 */
export function differingColumns({ values, instance, isFramed }: Observed): string[] {
  const perFrame = new Set(
    isFramed ? [...settingColumns, ...coordinateColumns].map(({ name }) => name) : [],
  );
  return Object.entries(instance ?? {})
    .filter(([column]) => column !== "subject_code" && column in values && !perFrame.has(column))
    .filter(([column, value]) => values[column] !== value)
    .map(([column, value]) => `${column}: ${values[column]} is stored as ${value}`);
}

function pathOf(row: Row, name: string): string {
  return joinPath(String(row["folder"]), String(row[name]));
}

function isOfSeries(stack: Row, instance: Row | null): boolean {
  return ["study_instance_uid", "series_instance_uid"].every(
    (column) => stack[column] === instance?.[column],
  );
}

/** Reads values of files one after another, each from its own bytes alone. */
class ValueReader {
  readonly #headers = new HeaderReader(wantedTree);
  readonly #values = new HeaderValues(nodePlatform);

  read(bytes: Uint8Array): Pick<Observed, "values" | "raw" | "isFramed"> {
    const header = this.#headers.read(memorySource(bytes), "");
    this.#values.open(header);
    if (header.perFrameItems > 0) this.#values.selectFrame(1);
    const findings = new Findings();
    const values = Object.fromEntries(
      columns.map(({ name }) => [name, this.#values.read(planOfColumn(name), findings)]),
    );
    return {
      values,
      raw: Object.fromEntries(findings.raw),
      isFramed: header.perFrameItems > 0,
    };
  }
}
