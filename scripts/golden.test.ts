import { expect, test } from "vitest";
import { makeGolden, readGolden } from "./golden.ts";

test("the demo archive becomes the golden tables, line by line", async () => {
  const golden = await makeGolden();
  expect(golden.size).toBe(6);
  for (const [file, text] of golden) {
    const [made, known] = [text.split("\n"), readGolden(file).split("\n")];
    const differing = made.filter((line) => !known.includes(line)).slice(0, 5);
    expect({ file, differing, lines: made.length }).toEqual({
      file,
      differing: [],
      lines: known.length,
    });
  }
});
