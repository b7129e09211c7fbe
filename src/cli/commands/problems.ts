import { defineCommand } from "#cli/command.ts";
import { cohortOption, databaseOption, jsonOption } from "#cli/common-options.ts";
import { escapeControls } from "#cli/output/escape-controls.ts";
import type { TableColumn } from "#cli/output/table.ts";
import type { ViewRow } from "#cli/read-pages.ts";
import type { Store } from "#store/store.ts";

/** Open problems of one code, in words. */
interface ListedProblem {
  readonly code: string;
  readonly about: string;
  readonly things: number;
  readonly count: number;
  readonly example: string;
  readonly meaning: string | null;
  readonly advice: string | null;
}

const columns: readonly TableColumn<ViewRow>[] = [
  { header: "about", value: (row) => row["about"] },
  { header: "thing", value: (row) => row["thing"], whole: true },
  { header: "column", value: (row) => row["column_name"] },
  { header: "count", value: (row) => row["count"] },
  { header: "example", value: (row) => row["example"], whole: true },
];

export const problemsCommand = defineCommand({
  name: "problems",
  summary: "List what in a cohort is worth a look",
  details:
    "Problems are kept until the next job finds that they no longer hold. An example is the smallest path or UID.",
  examples: [
    { line: "nils problems --cohort brain", about: "each kind of problem, with what to do" },
    {
      line: "nils problems --cohort brain --code study-in-two-subjects",
      about: "every study that it is about",
    },
  ],
  options: {
    cohort: cohortOption,
    code: {
      type: "text",
      placeholder: "CODE",
      about: "Only this kind of problem, one row for each thing that has it.",
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
      const { code } = options;
      await store.audit({ action: "list-problems", cohortId, detail: code ?? "all" });
      if (code === undefined) {
        const problems = await describeProblems(store, cohortId);
        if (options.json) await writeJsonArray(context.stdout, problems);
        else if (problems.length > 0) context.stdout.write(problems.map(writeProblem).join("\n"));
        else context.stderr.write(`Cohort ${name} has no open problems.\n`);
        return;
      }
      const where = { code, state: "open" };
      const pages = readPages(store, { view: "v_problems", cohortId, where });
      if (options.json) {
        await writeJsonArray(context.stdout, eachRow(pages));
        return;
      }
      const shown = await writeTablePages(context.stdout, columns, pages);
      if (shown === 0) context.stderr.write(`Cohort ${name} has no open problem ${code}.\n`);
    });
  },
});

async function describeProblems(store: Store, cohortId: number): Promise<ListedProblem[]> {
  const { findCode, findState } = await import("#catalogue/codes.ts");
  return (await store.countProblems(cohortId)).map((problem) => {
    const known = findCode(problem.code) ?? findState(problem.code);
    return { ...problem, meaning: known?.meaning ?? null, advice: known?.advice ?? null };
  });
}

const plurals: Readonly<Record<string, string>> = {
  subject: "subjects",
  study: "studies",
  series: "series",
  folder: "folders",
};

/** A problem as a paragraph. */
function writeProblem(problem: ListedProblem): string {
  const { code, about, things, count, example, meaning, advice } = problem;
  const where = about === "cohort" ? "" : `, ${things} ${things === 1 ? about : plurals[about]}`;
  const lines = [
    `${code} (count ${count}${where})`,
    ...[meaning, advice].flatMap((sentence) => (sentence === null ? [] : [`  ${sentence}`])),
    ...(example === "" ? [] : [`  Example: ${escapeControls(example)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

async function* eachRow(pages: AsyncIterable<readonly ViewRow[]>): AsyncGenerator<ViewRow> {
  for await (const page of pages) {
    yield* page.map(({ code, about, thing, column_name, count, example }) => ({
      code: code ?? null,
      about: about ?? null,
      thing: thing ?? null,
      column: column_name ?? null,
      count: count ?? null,
      example: example ?? null,
    }));
  }
}
