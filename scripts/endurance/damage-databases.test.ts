import { expect, test } from "vitest";
import { damageDatabases } from "./damage-databases.ts";

const cases = 25;

test("databases damaged at random are told to be, or are whole", async () => {
  const seed = Number(process.env["NILS_DAMAGE_SEED"] ?? 1);
  const report = await damageDatabases({ seed, from: 1, cases, lanes: 1 });
  expect({ seed, failed: report.failed }).toEqual({ seed, failed: [] });
  expect(report.cases).toBe(cases);
  expect(report.seen).toBeGreaterThan(0);
  expect(report.whole).toBeGreaterThan(0);
});
