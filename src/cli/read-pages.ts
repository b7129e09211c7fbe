/** Rows of a view as objects, a page at a time, so that a list of any length is shown in little memory. */
import type { ListQuery } from "#store/listing.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { Store } from "#store/store.ts";

export type ViewRow = Readonly<Record<string, Cell>>;

/** Rows fetched at a time. */
const rowsPerPage = 1_000;

export async function* readPages(
  store: Store,
  query: Omit<ListQuery, "after" | "limit">,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<ViewRow[]> {
  let left = limit;
  let after: ListQuery["after"] = null;
  while (left > 0) {
    const page = await store.readView({ ...query, after, limit: Math.min(left, rowsPerPage) });
    if (page.rows.length === 0) return;
    yield page.rows.map((row) =>
      Object.fromEntries(page.columns.map((column, index) => [column, row[index] ?? null])),
    );
    if (page.next === null) return;
    after = page.next;
    left -= page.rows.length;
  }
}
