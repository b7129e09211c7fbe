/**
 * The short form of `npm run test:faults`: of each kind of path the call that its work is made of fails at a point in
 * the middle of the work, once and from then on, with the error that is met most.
 */
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { whyNoFaults } from "./build-shim.ts";
import { FaultLab, readDump, removeDatabase } from "./fault-lab.ts";
import { type Expected, prepareExpected, runFault } from "./fault-run.ts";

const points = [
  { kind: "database", call: "write", errno: "EIO", nth: 20 },
  { kind: "wal", call: "write", errno: "ENOSPC", nth: 150 },
  { kind: "source", call: "read", errno: "EIO", nth: 30 },
  { kind: "export", call: "write", errno: "ENOSPC", nth: 2 },
] as const;

const reason = whyNoFaults();
let lab: FaultLab;
let expected: Expected;

beforeAll(async () => {
  if (reason !== null) return;
  lab = new FaultLab();
  await lab.writeArchive();
  expected = await prepareExpected(lab);
});

beforeEach(({ skip }) => skip(reason !== null, reason ?? ""));

afterAll(() => lab?.remove());

test("a call that fails loses nothing, and is told of", async () => {
  const outcomes = points.map(async ({ nth, ...point }) => {
    const once = await runFault(lab, expected, { ...point, isSticky: false }, nth);
    const forEver = await runFault(lab, expected, { ...point, isSticky: true }, nth);
    return [once, forEver].map(({ hasFired, wrongs }) => ({ point, hasFired, wrongs }));
  });
  for (const outcome of (await Promise.all(outcomes)).flat()) {
    expect(outcome).toMatchObject({ hasFired: true, wrongs: [] });
  }
});

test("an entry that is listed and not found keeps its place in the account", async () => {
  const database = lab.makePath("unfound.db");
  const path = "subject-01/visit-1/04-dwi/IM0003.IMA";
  const effect = { kind: "error", errno: "ENOENT" } as const;
  const fault = { call: "stat", path: join(lab.source, path), nth: 1, effect } as const;
  const words = lab.extractWords(database);
  expect(await lab.run(words, { ...fault, isSticky: false })).toMatchObject({ status: 3 });
  expect(await readDump(database)).toEqual(expected.dump);
  removeDatabase(database);
  expect(await lab.run(words, { ...fault, isSticky: true })).toMatchObject({ status: 3 });
  const row = `file\t${JSON.stringify({ path, state: "unreadable", code: "io-error" })}`;
  expect(await readDump(database)).toContain(row);
});
