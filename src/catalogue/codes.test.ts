import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { problemCodes } from "./codes/problem-codes.ts";
import { stackFlags } from "./codes/stack-flags.ts";
import { stateCodes } from "./codes/state-codes.ts";
import { fileStates } from "./codes/states.ts";
import { warningCodes } from "./codes/warning-codes.ts";
import { findCode, findProblemWarning, findState, findWarning } from "./codes.ts";

const all = [...fileStates, ...stateCodes, ...warningCodes, ...problemCodes, ...stackFlags];
const src = join(import.meta.dirname, "..");

test("no code has two meanings", () => {
  const codes = all.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test("codes are words joined by hyphens, meanings and advice are sentences", () => {
  for (const { code, meaning, advice } of all) {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect([code, meaning, advice]).toEqual([
      code,
      expect.stringMatching(/^[^a-z].*\.$/),
      expect.stringMatching(/^[^a-z].*\.$/),
    ]);
  }
});

test("a code is found in its kind", () => {
  expect(findState("conflict")?.code).toBe("conflict");
  expect(findWarning("number-comma")?.isProblem).toBe(false);
  expect(findProblemWarning("number-comma")).toBeUndefined();
  expect(findProblemWarning("orientation-invalid")?.code).toBe("orientation-invalid");
  expect(findCode("duplicate-bytes")?.code).toBe("duplicate-bytes");
  expect(findCode("no-such-code")).toBeUndefined();
});

test("the reader gives no code that is not explained here", () => {
  const given = new Set<string>();
  for (const file of globSync(["dicom/**/*.ts", "pipeline/parse/**/*.ts"], { cwd: src })) {
    if (file.endsWith(".test.ts")) continue;
    const text = readFileSync(join(src, file), "utf8");
    for (const [, code = ""] of text.matchAll(/(?:warn|warnings\.add)\(\s*"([a-z0-9-]+)"/g)) {
      given.add(code);
    }
  }
  expect(given.size).toBeGreaterThan(20);
  expect([...given].filter((code) => findWarning(code) === undefined)).toEqual([]);
});
