/** docs/conformance-private.md: what the stored readings do not tell, beside programs that are installed. */
import type { FolderComparison } from "./compare-folder.ts";
import type { ComparedFile } from "./compared-file.ts";
import { columnList, writeCount, writeTable } from "./page-table.ts";
import { sumValues, writeColumnTables, writeReasonTable } from "./value-tables.ts";

export interface ReaderComparison extends FolderComparison {
  readonly name: string;
}

/** `known`: what was compared with the stored readings, and is not shown again. */
export function writePrivatePage(
  comparisons: readonly ReaderComparison[],
  known: readonly ComparedFile[],
): string {
  const rows = comparisons.map((each) => {
    const own = sumValues(leaveOut(each.files, known));
    const all = sumValues(each.files);
    return [
      each.name,
      writeCount(all.files),
      String(each.oursOnly.length),
      writeCount(all.values),
      String(all.different),
      writeCount(own.values),
      String(own.different),
      String(all.unexplained),
    ];
  });
  const head = [
    "program",
    "files",
    "not read by it",
    "values",
    "differ",
    "of them not in the stored reading",
    "differ",
    "without a reason",
  ];
  return `# Conformance of private elements

Made by \`npm run conformance\`, where dcmdump or pydicom is installed. Both read every sample file, and from the elements that they
show follows what each column has to hold, as in [conformance of values](conformance-values.md): private elements by
their creator, the keys of Siemens CSA headers, nested sequences, and all frames of objects with functional
groups. Of any folder the same is told by \`npm run differential -- DIR\`. Summary: [conformance](conformance.md).

${writeTable(head, rows)}

What a program shows as bytes without knowing it to be a sequence is not compared. Files that one of them cannot read: ${describeUnread(comparisons)}.

## Reasons of differences

Of all values that a program was compared in, the page before among them.

${comparisons.map(({ name, files }) => `### ${name}\n\n${writeReasonTable(files)}`).join("\n\n")}

## Columns by maker

Files compared in columns of which the stored reading tells nothing, with any of the programs, and how many of them differ.

${writeColumnTables(leaveOut(unite(comparisons), known))}
`;
}

/** Files by path, each with the columns that any of the programs was compared in. */
function unite(comparisons: readonly ReaderComparison[]): ComparedFile[] {
  const united = new Map<string, ComparedFile>();
  for (const file of comparisons.flatMap(({ files }) => files)) {
    const known = united.get(file.path);
    united.set(file.path, known === undefined ? file : addColumns(known, file));
  }
  return [...united.values()];
}

function addColumns(file: ComparedFile, other: ComparedFile): ComparedFile {
  const columns = file.columns.map((each) => {
    const same = other.columns.find(({ column }) => column === each.column);
    return { ...each, differences: [...each.differences, ...(same?.differences ?? [])] };
  });
  const names = new Set(columns.map(({ column }) => column));
  const added = other.columns.filter(({ column }) => !names.has(column));
  return { ...file, columns: [...columns, ...added] };
}

function describeUnread(comparisons: readonly ReaderComparison[]): string {
  const unread = comparisons.flatMap(({ oursOnly }) => oursOnly);
  return unread.length === 0 ? "none" : columnList(unread);
}

/** The same files without the columns that `known` has of them. */
function leaveOut(files: readonly ComparedFile[], known: readonly ComparedFile[]): ComparedFile[] {
  const columnsOf = new Map(
    known.map(({ path, columns }) => [path, new Set(columns.map(({ column }) => column.name))]),
  );
  return files.map((file) => ({
    ...file,
    columns: file.columns.filter(({ column }) => !columnsOf.get(file.path)?.has(column.name)),
  }));
}
