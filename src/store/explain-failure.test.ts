import { expect, test } from "vitest";
import { UserError } from "#base/user-error.ts";
import { explainFailure } from "./explain-failure.ts";
import type { Store } from "./store.ts";

const storeWith = (check: () => Promise<string[]>): Store =>
  ({ describe: async () => "/data/nils.db", check }) as Partial<Store> as Store;

const unforeseen = new TypeError("Cannot read properties of null");

test("what nobody foresaw is damage where the database is damaged", async () => {
  const store = storeWith(async () => ["The file is damaged: Page 7 is never used."]);
  const explained = await explainFailure(store, unforeseen);
  expect(explained).toMatchObject({
    code: "database-damaged",
    exitStatus: 1,
    message: expect.stringMatching(/^\/data\/nils\.db is damaged; restore a backup/),
    cause: unforeseen,
  });
  const unreadable = storeWith(() => Promise.reject(new UserError("database-damaged", "Damaged.")));
  expect(await explainFailure(unreadable, unforeseen)).toMatchObject({ code: "database-damaged" });
});

test("it is a bug where the database is sound, or cannot be asked", async () => {
  expect(
    await explainFailure(
      storeWith(async () => []),
      unforeseen,
    ),
  ).toBe(unforeseen);
  const gone = storeWith(() => Promise.reject(new Error("the database thread has ended")));
  expect(await explainFailure(gone, unforeseen)).toBe(unforeseen);
});

test("an error that says what it is about needs no look at the database", async () => {
  const busy = new UserError("cohort-busy", "Cohort c is being extracted.", { exitStatus: 4 });
  const store = storeWith(() => Promise.reject(new Error("it was looked at")));
  expect(await explainFailure(store, busy)).toBe(busy);
});
