import { expect, test } from "vitest";
import { confirm } from "./confirm.ts";
import { createRecordingContext } from "./recording-context.ts";

test.each([
  [["y"], true],
  [["YES "], true],
  [["n"], false],
  [[""], false],
  [[], false],
  [["what?", "maybe", "yes"], true],
])("takes %j for %s", async (answers, agreed) => {
  const context = createRecordingContext({ isTerminal: true, answers });
  expect(await confirm(context, "Remove it?", { yes: false })).toBe(agreed);
  expect(context.questions.length).toBe(Math.max(1, answers.length));
});

test("asks nothing with --yes", async () => {
  const context = createRecordingContext();
  expect(await confirm(context, "Remove it?", { yes: true })).toBe(true);
  expect(context.questions).toEqual([]);
});

test("is refused where nobody can answer", async () => {
  await expect(
    confirm(createRecordingContext(), "Remove it?", { yes: false }),
  ).rejects.toMatchObject({
    exitStatus: 2,
    message:
      '"Remove it?" needs an answer, and there is no terminal to ask on; add --yes if it is meant.',
  });
});
