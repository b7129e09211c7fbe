/** A tree that changes at random from job to job has at each moment the database of one job over it. */
import { renameSync, rmSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { attribute } from "#demo/element.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage } from "./support/make-image.ts";
import { Extraction } from "./support/run-extraction.ts";

/** Contents that meet: copies, other encodings and other pixels of few instances in few series. */
const contents: readonly (() => Uint8Array | string)[] = [
  () => makeImage({ instance: 1 }),
  () => makeImage({ instance: 1 }, { encoding: "ILE" }),
  () => makeImage({ instance: 1, pixels: 7 }),
  () => makeImage({ instance: 2 }),
  () => makeImage({ instance: 2, with: [attribute("EchoTime", 20)] }),
  () => makeImage({ series: "series-2", instance: 1 }),
  () => makeImage({ series: "series-2", instance: 2, with: [attribute("StudyTime", "25")] }),
  () => makeImage({ subject: "subject-2", study: "study of subject-1", instance: 1 }),
  () =>
    makeImage({
      subject: "subject-2",
      instance: 3,
      with: [attribute("SOPInstanceUID", "2.25.5"), attribute("IssuerOfPatientID", "A")],
    }),
  () =>
    makeImage({
      subject: "subject-2",
      series: "series-2",
      instance: 3,
      with: [attribute("SOPInstanceUID", "2.25.5")],
    }),
  () => "no image",
  () => makeImage({ instance: 4 }).subarray(0, 500),
];

const folders = ["a", "b", "a/deep", "c"];
const names = ["1", "2", "3"];
const paths = folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));

const path = fc.constantFrom(...paths);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant("write"), path, fc.nat(contents.length - 1)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("remove"), path) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("move"), path, path) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant("move"),
      fc.constantFrom("a", "b", "c"),
      fc.constantFrom("d", "0"),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant("remove"), fc.constantFrom("a", "b", "c", "d", "0")),
  },
);
type Step = readonly [kind: string, from: string, to?: string | number];
const rounds = fc.array(
  fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 8 }),
    workers: fc.constantFrom(1, 2),
    batchSize: fc.constantFrom(1, 3, 1000),
  }),
  { minLength: 2, maxLength: 5 },
);

let clock = Date.parse("2020-01-01T00:00:00.5Z");

function apply(lab: Extraction, [kind, from, to]: Step): void {
  clock += 1000;
  try {
    if (kind === "remove") rmSync(lab.path(from), { recursive: true });
    else if (kind === "move") renameSync(lab.path(from), lab.path(to as string));
    else lab.write(from, (contents[to as number] as () => Uint8Array | string)(), new Date(clock));
  } catch {
    // What is not there cannot be moved or removed, and a file has no files below it.
  }
}

test("after each of several jobs the dump is that of one job over the tree as it is", async () => {
  const property = fc.asyncProperty(rounds, async (played) => {
    const lab = new Extraction();
    try {
      for (const { steps, workers, batchSize } of played) {
        for (const each of steps) apply(lab, each);
        const { account } = await lab.run({ job: { workers, batchSize, acceptShrink: true } });
        expect(account.imbalances).toEqual([]);
        const fresh = new Extraction();
        try {
          await fresh.run({ source: lab.source });
          expect(compareDumps(await lab.dump(), await fresh.dump())).toEqual([]);
        } finally {
          await fresh.remove();
        }
      }
      expect(await lab.store.check()).toEqual([]);
    } finally {
      await lab.remove();
    }
  });
  await fc.assert(property, {
    numRuns: Number(process.env["RANDOM_TREES"] ?? 2),
    endOnFailure: true,
  });
});
