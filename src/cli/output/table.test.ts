import fc from "fast-check";
import { expect, test } from "vitest";
import { RecordingOutput } from "#cli/recording-context.ts";
import { measureWidth } from "./display-width.ts";
import { writeJsonArray, writeTable } from "./list.ts";
import { renderPairs, renderTable } from "./table.ts";

interface Row {
  readonly name: string;
  readonly files: number | null;
}

const columns = [
  { header: "name", value: (row: Row) => row.name },
  { header: "files", value: (row: Row) => row.files },
];

test("aligns text to the left and numbers to the right", () => {
  const rows = [
    { name: "brains", files: 1_234_567 },
    { name: "b", files: null },
  ];
  expect(renderTable(columns, rows)).toBe("name        files\nbrains  1,234,567\nb\n");
});

test("counts wide characters as two columns and marks as none", () => {
  const rows = [
    { name: "脳画像", files: 1 },
    { name: "é", files: 2 },
    { name: "abcdef", files: 3 },
  ];
  expect(renderTable(columns, rows)).toBe(
    "name    files\n脳画像      1\né           2\nabcdef      3\n",
  );
});

test("cuts the widest column to the width of the terminal", () => {
  const rows = [{ name: "a long name of a protocol", files: 12 }];
  expect(renderTable(columns, rows, { width: 20 })).toBe(
    "name           files\na long name …     12\n",
  );
});

test("never cuts what is to be copied", () => {
  const whole = [{ header: "uid", value: () => "1.2.840.113619.2.55", whole: true as const }];
  expect(renderTable(whole, [1], { width: 8 })).toContain("1.2.840.113619.2.55\n");
});

test("escapes what could drive the terminal or forge a line", () => {
  const rows = [{ name: "a\n\x1b]0;title\x07\u202eb\\c\u0085", files: 1 }];
  expect(renderTable(columns, rows)).toContain("a\\x0a\\x1b]0;title\\x07\\u{202e}b\\c\\x85  ");
});

test("draws one line a row within the width, whatever the values", () => {
  const value = fc.oneof(fc.string({ unit: "binary" }), fc.string());
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 5 }),
      fc.integer({ min: 20, max: 60 }),
      (names, width) => {
        const rows = names.map((name, files) => ({ name, files }));
        const lines = renderTable(columns, rows, { width }).split("\n");
        expect(lines.length).toBe(names.length + 2);
        for (const line of lines) expect(measureWidth(line)).toBeLessThanOrEqual(width);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
        expect(lines.join("")).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      },
    ),
  );
});

test("a list is cut on a terminal only", () => {
  const rows = [{ name: "x".repeat(100), files: 1 }];
  const terminal = new RecordingOutput({ isTerminal: true, columns: 40 });
  const pipe = new RecordingOutput();
  writeTable(terminal, columns, rows);
  writeTable(pipe, columns, rows);
  expect(terminal.text).toContain("…");
  expect(pipe.text).toContain("x".repeat(100));
});

test.each([[[]], [[1]], [[{ a: 1 }, { a: "x\ny" }]]])(
  "writes %j as a document of lines",
  async (rows) => {
    const output = new RecordingOutput();
    await writeJsonArray(output, rows);
    expect(JSON.parse(output.text)).toEqual(rows);
    expect(output.text.split("\n").length).toBe(rows.length === 0 ? 2 : rows.length + 3);
  },
);

test("keeps large whole numbers exact in JSON", async () => {
  const output = new RecordingOutput();
  await writeJsonArray(output, [{ size: 12n, hash: 2n ** 60n + 1n }]);
  expect(JSON.parse(output.text)).toEqual([{ size: 12, hash: "1152921504606846977" }]);
});

test("aligns pairs", () => {
  expect(
    renderPairs([
      ["name", "brains"],
      ["source_path", "/data\x1b"],
      ["files", 1200],
      ["note", null],
    ]),
  ).toBe("name         brains\nsource_path  /data\\x1b\nfiles        1,200\nnote\n");
});
