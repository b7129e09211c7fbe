import { deflateSync } from "fflate";
import { expect, test } from "vitest";
import { memorySource } from "./byte-source.ts";
import { InflatedSource } from "./inflated-source.ts";
import { defaultReaderLimits } from "./reader-limits.ts";

const plain = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index * 7) >> 5);

/** Reads forward in steps and joins what comes. */
function readAll(source: InflatedSource, step: number): number[] {
  const target = new Uint8Array(step);
  const bytes: number[] = [];
  for (let position = 0; ; position += step) {
    const read = source.read(target, 0, step, position);
    bytes.push(...target.subarray(0, read));
    if (read < step) return bytes;
  }
}

test("gives the inflated bytes and then knows its size", () => {
  const source = new InflatedSource(memorySource(deflateSync(plain)), 0, defaultReaderLimits);
  expect(source.size).toBe(Number.POSITIVE_INFINITY);
  expect(readAll(source, 777)).toEqual([...plain]);
  expect(source.size).toBe(plain.length);
  expect(source).toMatchObject({ limitReached: false, isDamaged: false });
});

test("skips what is not asked for", () => {
  const source = new InflatedSource(memorySource(deflateSync(plain)), 0, defaultReaderLimits);
  const target = new Uint8Array(4);
  expect(source.read(target, 0, 4, 250_000)).toBe(4);
  expect([...target]).toEqual([...plain.subarray(250_000, 250_004)]);
  expect(source.read(target, 0, 4, 300_001)).toBe(0);
});

test("gives what a cut stream holds", () => {
  const deflated = deflateSync(plain);
  const cut = deflated.subarray(0, deflated.length >> 1);
  const bytes = readAll(new InflatedSource(memorySource(cut), 0, defaultReaderLimits), 1000);
  expect(bytes.length).toBeGreaterThan(1000);
  expect(bytes).toEqual([...plain.subarray(0, bytes.length)]);
});

test("gives nothing more after damage", () => {
  const source = new InflatedSource(
    memorySource(new Uint8Array(5000).fill(0xff)),
    0,
    defaultReaderLimits,
  );
  expect(readAll(source, 100)).toEqual([]);
  expect(source.isDamaged).toBe(true);
});

test("stops at the limit of bytes and of growth", () => {
  const zeros = memorySource(deflateSync(new Uint8Array(9_000_000)));
  for (const limits of [{ headerBytes: 5_000_000 }, { inflateFree: 1_000_000 }]) {
    const source = new InflatedSource(zeros, 0, { ...defaultReaderLimits, ...limits });
    source.read(new Uint8Array(1), 0, 1, 100_000_000);
    expect(source.limitReached).toBe(true);
    expect(source.size).toBeLessThan(10_000_000);
  }
});

test("does not collect bytes that follow the stream", () => {
  let asked = 0;
  const deflated = deflateSync(plain);
  const inner = memorySource(deflated);
  const endless = {
    size: 1e12,
    read(target: Uint8Array, offset: number, length: number, position: number) {
      asked += 1;
      inner.read(target, offset, length, position);
      return length;
    },
  };
  const source = new InflatedSource(endless, 0, defaultReaderLimits);
  expect(readAll(source, 5000)).toEqual([...plain]);
  expect(asked).toBeLessThan(deflated.length / 4096 + 40);
});
