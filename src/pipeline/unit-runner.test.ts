import { expect, test } from "vitest";
import type { UnitRows } from "#store/unit-rows.ts";
import type { Unit } from "./parse/read-unit.ts";
import type { TaskOutcome } from "./parse/reader-pool.ts";
import { StopSign } from "./stop-sign.ts";
import { UnitRunner } from "./unit-runner.ts";

type Outcome = TaskOutcome<UnitRows>;

const rows = {} as UnitRows;
const read: Outcome = { result: rows, failure: null };
const closed: Outcome = { result: null, failure: null };
const crash = (file: number): Outcome => ({
  result: null,
  failure: { file, code: "reader-crash" },
});

function makeUnit(files: number): Unit {
  const file = { folder: 0, isKnown: false, size: 1, mtime: 0, ctime: 0 };
  return {
    folders: [{ path: "", subjectFolder: null }],
    files: Array.from({ length: files }, (_, index) => ({ ...file, name: `${index}` })),
  };
}

function makeRunner(
  readUnit: (unit: Unit) => Promise<Outcome>,
  { mustWait = () => false }: { mustWait?: () => boolean } = {},
) {
  const stop = new StopSign();
  const told: unknown[] = [];
  const taker = {
    onRead: (_rows: UnitRows, rest: Unit, positions: readonly number[]) =>
      void told.push([rest.files.map(({ name }) => name), positions]),
    onFailed: (position: number, code: string) => void told.push([position, code]),
  };
  return { stop, told, taker, runner: new UnitRunner({ readUnit }, stop, mustWait) };
}

test("what readers fail on is told by where it stood, and the rest is read", async () => {
  const outcomes = [crash(1), crash(1), crash(9), read];
  const { runner, taker, told } = makeRunner(async () => outcomes.shift() as Outcome);
  await runner.submit(makeUnit(4), taker);
  await runner.finish(0);
  expect(told).toEqual([
    [1, "reader-crash"],
    [2, "reader-crash"],
    [3, "reader-crash"],
    [["0"], [0]],
  ]);
});

test("readers that fail without end are no fault of the files", async () => {
  const { runner, taker, told } = makeRunner(async () => crash(0));
  await runner.submit(makeUnit(100), taker);
  await expect(runner.finish(0)).rejects.toMatchObject({ code: "readers-failing" });
  expect(told).toHaveLength(25);
});

test("what goes wrong with one unit is thrown to who brings the next", async () => {
  const broken = new Error("the database is gone");
  const { runner, taker } = makeRunner(async () => read, { mustWait: () => true });
  const onRead = () => Promise.reject(broken);
  await runner.submit(makeUnit(1), { ...taker, onRead });
  await expect(runner.submit(makeUnit(1), taker)).rejects.toBe(broken);
  await expect(runner.finish(0)).rejects.toBe(broken);
});

test("a unit waits its turn, and none is begun after a stop", async () => {
  let isFull = true;
  const first = Promise.withResolvers<Outcome>();
  const begun: number[] = [];
  const { runner, taker, stop } = makeRunner(
    (unit) => {
      begun.push(unit.files.length);
      return begun.length === 1 ? first.promise : Promise.resolve(read);
    },
    { mustWait: () => isFull },
  );
  await runner.submit(makeUnit(1), taker);
  const second = runner.submit(makeUnit(2), taker);
  await Promise.resolve();
  expect(begun).toEqual([1]);
  isFull = false;
  first.resolve(read);
  await second;
  expect(begun).toEqual([1, 2]);
  stop.raise("cancel");
  await runner.submit(makeUnit(3), taker);
  expect(begun).toEqual([1, 2]);
});

test("a stop waits for a unit as long as it is told to, and no longer", async () => {
  const { runner, taker, stop, told } = makeRunner(() => new Promise(() => undefined));
  await runner.submit(makeUnit(1), taker);
  stop.raise("pause");
  await runner.finish(0);
  await runner.finish(10);
  expect(told).toEqual([]);
});

test("a pool that was closed ends a unit without a word", async () => {
  const { runner, taker, told } = makeRunner(async () => closed);
  await runner.submit(makeUnit(2), taker);
  await runner.finish(0);
  expect(told).toEqual([]);
});
