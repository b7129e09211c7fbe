/** The rows of one export: pages from the store, with what headers add, without what is not to be shown. */
import { columnByName } from "#catalogue/catalogue.ts";
import { isLeftOut } from "#catalogue/left-out.ts";
import { type KeptElement, parseStoredHeader } from "#pipeline/parse/stored-header.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { HeaderOwner, RowColumn, RowSource } from "#store/row-reading.ts";
import type { Store } from "#store/store.ts";
import { parseStored } from "#store/stored-value.ts";
import { type AddedColumn, readAddedValue } from "./added-column.ts";
import type { WrittenColumn } from "./row-writer.ts";

/** Rows read at a time, and headers: one of an object with many frames may be large. */
const pageRows = 500;
const headersAtATime = 25;

export interface RowsToExport {
  readonly source: RowSource;
  readonly cohortId: number;
  readonly added: readonly AddedColumn[];
  readonly showsIdentifiers: boolean;
}

/** What rows can be joined with headers, and whose. */
export const headerOwners: Partial<Readonly<Record<RowSource, HeaderOwner>>> = {
  v_series: "series",
  series: "series",
  v_stacks: "series_stack",
  series_stack: "series_stack",
  v_instances: "instance",
  instance: "instance",
};

/** Columns of a source that are shown, in their order. */
export function chooseColumns(
  columns: readonly RowColumn[],
  showsIdentifiers: boolean,
): readonly RowColumn[] {
  if (showsIdentifiers) return columns;
  return columns.filter(({ name, isIdentifier }) => {
    const column = columnByName(name);
    return !isIdentifier && (column === undefined || !isLeftOut(column));
  });
}

export class ExportedRows {
  /** Cells left empty because what they would hold may name a person. */
  withheld = 0;
  /** Rows without a kept header, whose cells of `--add` are empty for want of one. */
  headerless = 0;
  /** Added columns that a header says something of. */
  readonly told = new Set<string>();
  readonly columns: readonly WrittenColumn[];
  readonly #store: Store;
  readonly #order: RowsToExport;
  readonly #read: readonly RowColumn[];

  private constructor(store: Store, order: RowsToExport, read: readonly RowColumn[]) {
    this.#store = store;
    this.#order = order;
    this.#read = read;
    const owner = headerOwners[order.source];
    this.columns =
      owner === undefined
        ? read
        : [...read, ...order.added.map(({ name }): WrittenColumn => ({ name, type: "text" }))];
  }

  static async open(store: Store, order: RowsToExport): Promise<ExportedRows> {
    const known = await store.describeRows(order.source);
    return new ExportedRows(store, order, chooseColumns(known, order.showsIdentifiers));
  }

  /** Pages of rows, each with a cell per column. */
  async *pages(): AsyncGenerator<readonly (readonly Cell[])[]> {
    const { source, cohortId, added, showsIdentifiers } = this.#order;
    const columns = this.#read.map((column) => column.name);
    const rawValues = showsIdentifiers ? -1 : columns.indexOf("raw_values");
    const owner = added.length === 0 ? undefined : headerOwners[source];
    let after: readonly number[] | null = null;
    do {
      const page = await this.#store.readRows({
        source,
        cohortId,
        columns,
        after,
        limit: pageRows,
      });
      let { rows } = page;
      if (rawValues >= 0) rows = rows.map((row) => row.with(rawValues, stripRaw(row[rawValues])));
      yield owner === undefined ? rows : await this.#add(owner, rows, page.keys);
      after = page.next;
    } while (after !== null);
  }

  async #add(
    owner: HeaderOwner,
    rows: readonly (readonly Cell[])[],
    keys: readonly number[],
  ): Promise<readonly (readonly Cell[])[]> {
    const { added } = this.#order;
    const values = new Map<number, readonly Cell[]>();
    for (let first = 0; first < keys.length; first += headersAtATime) {
      const part = keys.slice(first, first + headersAtATime);
      for (const header of await this.#store.readHeaders(owner, part)) {
        const elements = parseStoredHeader(header);
        values.set(header.ownerId, this.#readAll(elements, header.frame));
      }
    }
    const none = added.map(() => null);
    return rows.map((row, index) => {
      const found = values.get(keys[index] ?? -1);
      if (found === undefined) this.headerless += 1;
      return [...row, ...(found ?? none)];
    });
  }

  #readAll(elements: readonly KeptElement[], frame: number): Cell[] {
    const { added, showsIdentifiers } = this.#order;
    return added.map((column) => {
      const { text, isWithheld } = readAddedValue(column, elements, frame, showsIdentifiers);
      if (isWithheld) this.withheld += 1;
      if (isWithheld || text !== null) this.told.add(column.name);
      return text;
    });
  }
}

/** Texts that could not be read, without those of columns that are left out. */
function stripRaw(cell: Cell | undefined): Cell {
  if (typeof cell !== "string") return null;
  const texts = Object.entries(parseStored<Record<string, string>>(cell)).filter(([name]) => {
    const column = columnByName(name);
    return column !== undefined && !isLeftOut(column);
  });
  return texts.length === 0 ? null : JSON.stringify(Object.fromEntries(texts));
}
