import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isRefusal, translateError } from "./database-errors.ts";

let db: DatabaseSync;

beforeAll(() => {
  db = new DatabaseSync(":memory:");
  db.exec(`
    CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE thing (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (length(name) < 9),
      parent INTEGER REFERENCES parent
    ) STRICT;
    INSERT INTO thing VALUES (1, 'one', NULL);
    CREATE TRIGGER refuse BEFORE INSERT ON thing WHEN NEW.name = 'no'
      BEGIN SELECT RAISE(ABORT, 'refused'); END;`);
});

afterAll(() => db.close());

function errorOf(sql: string): unknown {
  try {
    db.exec(sql);
  } catch (error) {
    return error;
  }
  throw new Error("it was taken");
}

test.each([
  ["NULL", "INSERT INTO thing VALUES (2, NULL, NULL)"],
  ["a check", "INSERT INTO thing VALUES (2, 'much too long', NULL)"],
  ["a type", "INSERT INTO thing VALUES (2, 'two', 'text')"],
  ["a trigger", "INSERT INTO thing VALUES (2, 'no', NULL)"],
  ["a key of another type", "INSERT INTO thing VALUES ('two', 'two', NULL)"],
  ["size", "INSERT INTO thing VALUES (2, zeroblob(2000000000), NULL)"],
])("%s is refused for what is in the row", (_, sql) => {
  expect(isRefusal(errorOf(sql))).toBe(true);
});

test.each([
  ["a value that must be unique", "INSERT INTO thing VALUES (2, 'one', NULL)"],
  ["a key", "INSERT INTO thing VALUES (1, 'two', NULL)"],
  ["a reference to nothing", "INSERT INTO thing VALUES (2, 'two', 7)"],
])("%s is a fault of the program", (_, sql) => {
  expect(isRefusal(errorOf(sql))).toBe(false);
});

test("a disk without room for what connections share is told from one that fails", () => {
  const told = (errcode: number): unknown =>
    translateError(Object.assign(new Error("disk I/O error"), { errcode }), "nils.db");
  expect(told(4874)).toMatchObject({ message: expect.stringMatching(/has no room, or fails/) });
  expect(told(266)).toMatchObject({
    message: expect.stringMatching(/^nils\.db could not be read/),
  });
});
