import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eachRow } from "#store/packed-rows.ts";
import { Frontier } from "./frontier.ts";
import { type FoundEntries, walk } from "./walk.ts";
import { WalkPulse } from "./walk-pulse.ts";

let source: string;

/** More than one part holds. */
const bigFolder = 4_100;

beforeAll(() => {
  source = realpathSync(mkdtempSync(join(tmpdir(), "nils-frontier-")));
  for (const folder of ["a/b/c", "a/d", "big/below", "e"]) {
    mkdirSync(join(source, folder), { recursive: true });
    writeFileSync(join(source, folder, "file"), "");
  }
  for (let file = 0; file < bigFolder; file++) writeFileSync(join(source, "big", `${file}`), "");
});

afterAll(() => rmSync(source, { recursive: true }));

function* walkOn(frontier: Frontier, pulse = new WalkPulse()): Generator<FoundEntries[]> {
  yield* walk(source, { followLinks: false }, frontier.start, pulse);
}

/** Path of each entry and of each folder's end. */
function listPaths(parts: readonly FoundEntries[]): string[] {
  const paths: string[] = [];
  for (const { path, files, state, code } of parts) {
    eachRow(files, ([name, kind]) => paths.push(`${path}/${name} ${kind}`));
    if (state !== "listing") paths.push(`${path} ${code ?? state}`);
  }
  return paths.sort();
}

const wholeWalk = (): string[] => listPaths([...walkOn(new Frontier())].flat());

test("a walk that another thread goes on with, after each chunk, finds the same", () => {
  const chunks = [...walkOn(new Frontier())].length;
  expect(chunks).toBeGreaterThan(3);
  // Inside a folder that comes in parts nothing can go on.
  for (let taken = 0; taken < chunks; taken++) {
    const frontier = new Frontier();
    const parts: FoundEntries[] = [];
    for (const chunk of walkOn(frontier)) {
      if (parts.length >= taken && parts.at(-1)?.state !== "listing") break;
      frontier.advance(chunk);
      parts.push(...chunk);
    }
    for (const chunk of walkOn(frontier)) parts.push(...chunk);
    expect(listPaths(parts)).toEqual(wholeWalk());
  }
});

test("a folder that a thread hung on is not listed, and the rest is", () => {
  const frontier = new Frontier();
  expect(frontier.passOver({ folder: "a", name: null })).toBeNull();
  const expected = wholeWalk().filter((path) => !path.startsWith("a"));
  const found = listPaths([...walkOn(frontier)].flat());
  expect(found).toEqual([...expected, "a folder-timeout"].sort());
});

test("an entry that a thread hung on has a row, and is not looked at", () => {
  const frontier = new Frontier();
  frontier.passOver({ folder: "a/b/c", name: Buffer.from("file") });
  const found = listPaths([...walkOn(frontier)].flat());
  expect(found).toEqual(wholeWalk().map((path) => path.replace("c/file file", "c/file stuck")));
});

test("a folder of which a part was handed over ends there, and what is below it is walked", () => {
  const frontier = new Frontier();
  const parts: FoundEntries[] = [];
  for (const chunk of walkOn(frontier)) {
    frontier.advance(chunk);
    parts.push(...chunk);
    if (parts.at(-1)?.state === "listing") break;
  }
  const end = frontier.passOver({ folder: "big", name: Buffer.from("file") });
  expect(end).toMatchObject({ path: "big", state: "unreadable", isFirst: false });
  expect(end?.entries).toBeGreaterThan(1_000);
  parts.push(...(end === null ? [] : [end]), ...[...walkOn(frontier)].flat());
  const found = listPaths(parts);
  expect(found).toContain("big folder-timeout");
  expect(found).not.toContain("big listed");
  expect(found.filter((path) => !path.startsWith("big"))).toEqual(
    wholeWalk().filter((path) => !path.startsWith("big")),
  );
  expect(new Set(found).size).toBe(found.length);
});

test("the pulse says where the walk stands", () => {
  const pulse = new WalkPulse();
  const seen = new WalkPulse(pulse.memory);
  pulse.enterFolder("a/é");
  expect(seen.place()).toEqual({ folder: "a/é", name: null });
  const { progress } = seen;
  pulse.lookAt(Buffer.from([0x66, 0xff]));
  expect(seen.place()).toEqual({ folder: "a/é", name: new Uint8Array([0x66, 0xff]) });
  pulse.readOn();
  expect(seen.place().name).toBeNull();
  expect(seen.progress).toBe(progress + 2);
  expect(seen.isWorking).toBe(false);
  pulse.isWorking = true;
  expect(seen.isWorking).toBe(true);
});
