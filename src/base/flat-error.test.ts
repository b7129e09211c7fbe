import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { flattenError, unflattenError } from "./flat-error.ts";
import { UserError } from "./user-error.ts";

/** As a channel between processes carries it. */
function send(error: unknown): Error {
  return unflattenError(JSON.parse(JSON.stringify(flattenError(error))));
}

test("a user's error keeps its code, status, message and stack", () => {
  const error = new UserError("cohort-busy", "Busy.", { exitStatus: 4 });
  const arrived = send(error);
  expect(arrived).toBeInstanceOf(UserError);
  expect(arrived).toMatchObject({
    code: "cohort-busy",
    message: "Busy.",
    exitStatus: 4,
    stack: error.stack,
  });
});

test("a bug stays one, with its stack", () => {
  const bug = new TypeError("oops");
  const arrived = send(bug);
  expect(arrived).not.toBeInstanceOf(UserError);
  expect(arrived).toMatchObject({ message: "oops", stack: bug.stack });
  expect(send("oops")).toMatchObject({ message: "oops" });
});

test("a path of the system's error is not in the stack that arrives", () => {
  try {
    readFileSync("/nowhere/Doe");
  } catch (error) {
    expect(send(error).stack).toMatch(/^Error: ENOENT, open\n/);
  }
});
