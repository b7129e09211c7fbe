/** Stacks of a series do not depend on how its files arrived, nor on what else is in the archive. */
import { afterEach, expect, test } from "vitest";
import { planDemoArchive } from "#demo/archive.ts";
import { attribute, type Element, emptyAttribute } from "#demo/element.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { makeImage } from "./support/make-image.ts";
import { Extraction } from "./support/run-extraction.ts";

const labs: Extraction[] = [];

afterEach(async () => {
  await Promise.all(labs.splice(0).map((each) => each.remove()));
});

function another(): Extraction {
  const made = new Extraction();
  labs.push(made);
  return made;
}

type Files = readonly (readonly [path: string, bytes: Uint8Array])[];

async function extract(into: Extraction, files: Files): Promise<void> {
  for (const [path, bytes] of files) into.write(path, bytes);
  const { account } = await into.run();
  expect(account.imbalances).toEqual([]);
}

/** A line of the dump: a stack, or an instance in one. */
interface StackLine {
  readonly series_instance_uid: string;
  readonly series_description: string;
  readonly stack_key: string;
  readonly stack_index: number;
  readonly stack_n_frames: number;
}

const readLine = (line: string): StackLine => JSON.parse(line.slice(line.indexOf("\t") + 1));

/** Lines of stacks and their members, of the series named if any. */
async function dumpStacks(of: Extraction, series?: ReadonlySet<string>): Promise<string[]> {
  const lines = (await of.dump()).filter((line) => /^(stack|member)\t/.test(line));
  return lines.filter((line) => series?.has(readLine(line).series_instance_uid) ?? true);
}

const stacksOf = (lines: readonly string[]): StackLine[] =>
  lines.filter((line) => line.startsWith("stack\t")).map(readLine);

const seriesOf = (lines: readonly string[]): Set<string> =>
  new Set(lines.map((line) => readLine(line).series_instance_uid));

/** Counts and keys, in the order of stacks. */
const keysOf = (lines: readonly string[]): string[] =>
  stacksOf(lines)
    .sort((a, b) => a.stack_index - b.stack_index)
    .map((stack) => `${stack.stack_n_frames} × ${stack.stack_key}`);

test("every scan of the demo archive in one job and in three", async () => {
  const files: Files = planDemoArchive({ seed: 3, subjects: 3, scale: 0.25 }).flatMap((file) =>
    file.kind === "file" && !file.path.startsWith("usual-mess")
      ? [[file.path, file.makeBytes()] as const]
      : [],
  );
  const whole = another();
  await extract(whole, files);
  const expected = await dumpStacks(whole);
  const modalities = new Set(stacksOf(expected).map(({ stack_key }) => stack_key.split("|")[0]));
  expect([...modalities].sort()).toEqual(["CT", "MR", "PT"]);

  const pieces = another();
  for (const piece of [2, 0, 1]) {
    await extract(
      pieces,
      files.filter((_, index) => index % 3 === piece),
    );
  }
  expect(compareDumps(await dumpStacks(pieces), expected)).toEqual([]);
});

const noEcho = emptyAttribute("EchoNumbers");
const images = (folder: string, first: number, elements: readonly Element[]): Files =>
  [0, 1, 2, 3].map((slice) => [
    `${folder}/${slice}.dcm`,
    makeImage({
      instance: first + slice,
      with: [attribute("ImagePositionPatient", [0, 0, slice * 6]), noEcho, ...elements],
    }),
  ]);

/** One series in three pieces, each of which changes keys of the others. */
const pieces: readonly Files[] = [
  images("late-echo", 1, [attribute("EchoTime", 90)]),
  images("early-echo", 11, [attribute("EchoTime", 30)]),
  [
    ...images("thin", 21, [attribute("EchoTime", 90), attribute("SliceThickness", 3)]),
    ...images("derived", 31, [
      attribute("EchoTime", 30),
      attribute("ImageType", ["DERIVED", "PRIMARY", "M", "ND"]),
    ]),
  ],
];

const wholeKeys = [
  "4 × MR|TE=30|FA=90|ECHO=1|TYPE=M|ORIENT=TRA|SRC=DERIV",
  "4 × MR|TE=30|FA=90|ECHO=1|TYPE=M|ORIENT=TRA|SRC=ORIG",
  "4 × MR|TE=90|FA=90|ECHO=2|TYPE=M|ORIENT=TRA|THK=3",
  "4 × MR|TE=90|FA=90|ECHO=2|TYPE=M|ORIENT=TRA|THK=6",
];

test("keys change as pieces of a series arrive, and in the end are those of the whole", async () => {
  const whole = another();
  await extract(whole, pieces.flat());
  const expected = await dumpStacks(whole);
  expect(keysOf(expected)).toEqual(wholeKeys);

  const inPieces = another();
  const [late, early, rest] = pieces as [Files, Files, Files];
  await extract(inPieces, late);
  expect(keysOf(await dumpStacks(inPieces))).toEqual([
    "4 × MR|TE=90|FA=90|ECHO=1|TYPE=M|ORIENT=TRA",
  ]);
  await extract(inPieces, early);
  expect(keysOf(await dumpStacks(inPieces))).toEqual([
    "4 × MR|TE=30|FA=90|ECHO=1|TYPE=M|ORIENT=TRA",
    "4 × MR|TE=90|FA=90|ECHO=2|TYPE=M|ORIENT=TRA",
  ]);
  await extract(inPieces, rest);
  expect(compareDumps(await inPieces.dump(), await whole.dump())).toEqual([]);

  for (const order of [
    [0, 2, 1],
    [1, 0, 2],
    [2, 1, 0],
  ]) {
    const other = another();
    for (const piece of order) await extract(other, pieces[piece] as Files);
    expect(compareDumps(await other.dump(), await whole.dump()), order.join()).toEqual([]);
  }
});

/** Series that have nothing to do with it, of the same study and of another subject; settings in between. */
const unrelated: Files = [1, 2, 3].flatMap((instance) => {
  const elements = [attribute("EchoTime", 60), noEcho, attribute("SliceThickness", 4)];
  return [
    [`a-series/${instance}.dcm`, makeImage({ series: "series-2", instance, with: elements })],
    [`z-series/${instance}.dcm`, makeImage({ subject: "subject-2", instance, with: elements })],
  ] as const;
});

test("other series beside it, before, between and after", async () => {
  const whole = another();
  await extract(whole, pieces.flat());
  const expected = await dumpStacks(whole);
  const series = seriesOf(expected);

  for (const place of [0, 1, 3]) {
    const other = another();
    const jobs = [...pieces.slice(0, place), unrelated, ...pieces.slice(place)];
    for (const files of jobs) await extract(other, files);
    expect(seriesOf(await dumpStacks(other)).size).toBe(3);
    expect(compareDumps(await dumpStacks(other, series), expected), `after ${place}`).toEqual([]);
  }

  const together = another();
  await extract(together, [...unrelated, ...pieces.flat()]);
  expect(compareDumps(await dumpStacks(together, series), expected)).toEqual([]);
});

test("a piece that is taken away again leaves the stacks of what remains", async () => {
  const [late, early] = pieces as [Files, Files, Files];
  const part = another();
  await extract(part, [...late, ...early]);
  const expected = await dumpStacks(part);

  const lab = another();
  await extract(lab, pieces.flat());
  expect(keysOf(await dumpStacks(lab))).toEqual(wholeKeys);
  for (const [path] of pieces[2] as Files) lab.write(path, "no longer an image", new Date());
  await extract(lab, []);
  expect(compareDumps(await dumpStacks(lab), expected)).toEqual([]);
});
