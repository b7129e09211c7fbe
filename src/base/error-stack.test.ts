import { readFileSync, renameSync } from "node:fs";
import { expect, test } from "vitest";
import { writeErrorStack } from "./error-stack.ts";

function caught(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

test("of an error of the system the code, the call and the stack stay, no path", () => {
  const stack = writeErrorStack(caught(() => readFileSync("/nowhere/Doe^Jane/1.dcm")));
  expect(stack).toMatch(/^Error: ENOENT, open\n {4}at /);
  expect(stack).not.toContain("Doe");
});

test("a path of bytes and a second path go too", () => {
  const bytes = caught(() => readFileSync(Buffer.from("/nowhere/D\xf6e/1.dcm", "latin1")));
  expect(writeErrorStack(bytes)).not.toContain("nowhere");
  const moved = caught(() => renameSync("/nowhere/Doe", "/nowhere/else/Doe"));
  expect(writeErrorStack(moved)).not.toMatch(/nowhere|Doe/);
});

test("a path goes from a message that was changed", () => {
  const error = caught(() => readFileSync("/nowhere/Doe"));
  error.message = `reading: ${error.message}`;
  expect(writeErrorStack(error)).not.toContain("Doe");
});

test("another error is shown as it is, and what is no error as text", () => {
  const bug = new TypeError("no such thing");
  expect(writeErrorStack(bug)).toBe(bug.stack);
  expect(writeErrorStack("oops")).toBe("oops");
});
