import { joinPath } from "#base/path-text.ts";
import { fileStates } from "#catalogue/codes/states.ts";
import { defineCommand } from "#cli/command.ts";
import { cohortOption, databaseOption, jsonOption } from "#cli/common-options.ts";
import type { TableColumn } from "#cli/output/table.ts";
import type { ViewRow } from "#cli/read-pages.ts";

/** One entry of the ledger as it is shown. */
interface ListedFile {
  /** Below the source. */
  readonly path: string;
  readonly state: string;
  readonly code: string | null;
  readonly warnings: readonly string[];
  readonly detail: string | null;
  /** The stored file of the instance that a duplicate or a conflict claims. */
  readonly kept_path: string | null;
}

const columns: readonly TableColumn<ListedFile>[] = [
  { header: "state", value: (file) => file.state },
  { header: "code", value: (file) => file.code },
  { header: "path", value: (file) => file.path, whole: true },
  { header: "warnings", value: (file) => file.warnings.join(" ") },
  { header: "detail", value: (file) => file.detail },
  { header: "kept path", value: (file) => file.kept_path },
];

/** Rows of a listing beyond what anybody reads; larger numbers are no different. */
const mostRows = 1_000_000_000;

export const filesCommand = defineCommand({
  name: "files",
  summary: "List what became of each file of a cohort",
  details:
    "Every entry of the source has one row and one state; docs/reference/codes.md explains states and codes. A path that is no valid UTF-8 begins with // and has %XX for each odd byte.",
  examples: [
    {
      line: "nils files --cohort brain --state unreadable invalid conflict",
      about: "files that were refused, and why",
    },
    { line: "nils files --cohort brain --code duplicate-bytes", about: "copies" },
    { line: "nils files --cohort brain --json > files.json", about: "all of them, for a program" },
  ],
  options: {
    cohort: cohortOption,
    state: {
      type: "choice",
      choices: fileStates.map(({ code }) => code),
      many: true,
      about: "Only files in this state, or in one of these.",
    },
    code: {
      type: "text",
      placeholder: "CODE",
      many: true,
      about: "Only files with this code, or one of these.",
    },
    limit: {
      type: "integer",
      placeholder: "N",
      min: 1,
      max: mostRows,
      about: "At most so many files.",
    },
    database: databaseOption,
    json: jsonOption,
  },
  lists: true,
  async run(context, { options }) {
    const { withStore } = await import("#cli/with-store.ts");
    const { requireCohort } = await import("#cli/open-store.ts");
    const { readPages } = await import("#cli/read-pages.ts");
    const { writeJsonArray, writeTablePages } = await import("#cli/output/list.ts");
    await withStore(context, { database: options.database }, async (store) => {
      const { cohortId, name } = await requireCohort(store, options.cohort);
      const detail = [...options.state, ...options.code].join(" ");
      await store.audit({ action: "list-files", cohortId, detail });
      const where = {
        ...(options.state.length === 0 ? {} : { state: options.state }),
        ...(options.code.length === 0 ? {} : { code: options.code }),
      };
      const pages = readPages(store, { view: "v_files", cohortId, where }, options.limit);
      if (options.json) {
        await writeJsonArray(context.stdout, eachFile(pages));
        return;
      }
      const shown = await writeTablePages(context.stdout, columns, mapPages(pages));
      if (shown === 0) context.stderr.write(`Cohort ${name} has no such files.\n`);
    });
  },
});

async function* eachFile(pages: AsyncIterable<readonly ViewRow[]>): AsyncGenerator<ListedFile> {
  for await (const page of pages) yield* page.map(describeFile);
}

async function* mapPages(pages: AsyncIterable<readonly ViewRow[]>): AsyncGenerator<ListedFile[]> {
  for await (const page of pages) yield page.map(describeFile);
}

function describeFile(row: ViewRow): ListedFile {
  const text = (column: string): string | null => {
    const value = row[column] ?? null;
    return value === null ? null : String(value);
  };
  const keptName = text("kept_name");
  return {
    path: joinPath(text("folder") ?? "", text("name") ?? ""),
    state: text("state") ?? "",
    code: text("code"),
    warnings: text("warnings")?.split(" ") ?? [],
    detail: text("detail"),
    kept_path: keptName === null ? null : joinPath(text("kept_folder") ?? "", keptName),
  };
}
