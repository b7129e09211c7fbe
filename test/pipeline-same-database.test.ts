/** Same archive, same database: whatever the order, the workers, the batches and the number of jobs. */
import { linkSync, renameSync, rmSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { attribute } from "#demo/element.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { type ImageKeys, makeImage } from "./support/make-image.ts";
import { Extraction } from "./support/run-extraction.ts";

let lab: Extraction;
const others: Extraction[] = [];

beforeEach(() => {
  lab = new Extraction();
});

afterEach(async () => {
  await Promise.all([lab, ...others.splice(0)].map((each) => each.remove()));
});

function another(): Extraction {
  const made = new Extraction();
  others.push(made);
  return made;
}

/** The dump of one job over the source of `of`, in a database of its own. */
async function freshDump(of: Extraction): Promise<string[]> {
  const fresh = another();
  const { account } = await fresh.run({ source: of.source });
  expect(account.imbalances).toEqual([]);
  return fresh.dump();
}

type Tree = readonly (readonly [path: string, bytes: Uint8Array | string])[];

function someTree(): Tree {
  const tree: [string, Uint8Array | string][] = [];
  const put = (path: string, keys: ImageKeys): void => {
    tree.push([path, makeImage(keys)]);
  };
  for (let instance = 1; instance <= 12; instance++) {
    put(`one/a/${instance}.dcm`, { instance });
    put(`one/b/${instance}.dcm`, { series: "series-2", instance });
    put(`two/${instance}`, { subject: "subject-2", instance, pixels: instance });
  }
  // Copies: of bytes, of other pixels, in another folder and before it in order.
  put("one/c/copy.dcm", { instance: 3 });
  put("before/copy.dcm", { instance: 4 });
  put("one/c/other.dcm", { instance: 5, pixels: 7 });
  put("before/other.dcm", { instance: 6, pixels: 9 });
  // Values that vary inside a series, and one UID in two places.
  const varied = attribute("ProtocolName", "another");
  put("one/a/varied-1.dcm", { instance: 31, with: [varied] });
  put("one/a/varied-2.dcm", { instance: 32, with: [attribute("FlipAngle", 33)] });
  put("three/x", { subject: "subject-3", study: "study of subject-1", instance: 1 });
  put("three/y", { subject: "subject-3", study: "study of subject-1", instance: 2 });
  put("two/elsewhere", {
    subject: "subject-2",
    series: "series-9",
    instance: 1,
    with: [attribute("SOPInstanceUID", "2.25.77")],
  });
  put("two/elsewhere-too", {
    subject: "subject-2",
    series: "series-8",
    instance: 1,
    with: [attribute("SOPInstanceUID", "2.25.77"), attribute("SeriesInstanceUID", "2.25.78")],
  });
  put("three/series", {
    subject: "subject-3",
    instance: 1,
    with: [attribute("SeriesInstanceUID", "2.25.78")],
  });
  put("three/issuer-1", {
    subject: "subject-3",
    instance: 7,
    with: [attribute("IssuerOfPatientID", "A")],
  });
  put("three/issuer-2", {
    subject: "subject-3",
    instance: 8,
    with: [attribute("IssuerOfPatientID", "B")],
  });
  tree.push(["notes/readme.txt", "nothing of interest"], ["notes/empty", ""]);
  return tree;
}

/** A deterministic shuffle. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed;
  return items
    .map((item) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return { item, key: state };
    })
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function plant(of: Extraction, tree: Tree): void {
  for (const [path, bytes] of tree) of.write(path, bytes);
}

test("the dump does not depend on workers, batch size and order of creation", async () => {
  const tree = someTree();
  plant(lab, tree);
  const report = await lab.run();
  expect(report).toMatchObject({ state: "completed-with-problems", exitStatus: 3 });
  const expected = await lab.dump();
  for (const workers of [1, 2, 8]) {
    for (const batchSize of [1, 10, 1000]) {
      const other = another();
      plant(other, shuffled(tree, workers * 10 + batchSize));
      const { account } = await other.run({ job: { workers, batchSize } });
      expect(account.imbalances).toEqual([]);
      const difference = compareDumps(await other.dump(), expected);
      expect(difference, `${workers} workers, batches of ${batchSize}`).toEqual([]);
    }
  }
});

test("settling what has been read while more is read gives the same dump", async () => {
  plant(lab, someTree());
  // More entries than one look brings, so that the copies come in several.
  for (let index = 0; index < 4500; index++) {
    lab.write(`${["aaa", "one", "zzz"][index % 3]}/notes-${index % 6}/${index}`, "a note");
  }
  await lab.run();
  const meanwhile = another();
  const options = { source: lab.source, job: { batchSize: 100 }, hooks: { settleEveryMs: 0 } };
  expect((await meanwhile.run(options)).account.imbalances).toEqual([]);
  expect(compareDumps(await meanwhile.dump(), await lab.dump())).toEqual([]);

  rmSync(lab.path("before"), { recursive: true });
  rmSync(lab.path("one/a/3.dcm"));
  lab.write("aaa/copy.dcm", makeImage({ instance: 7 }));
  expect((await meanwhile.run(options)).account.imbalances).toEqual([]);
  expect(compareDumps(await meanwhile.dump(), await freshDump(lab))).toEqual([]);
});

test("a job per file, in any order, gives the dump of one job over all", async () => {
  const tree = someTree();
  plant(lab, tree);
  await lab.run();
  const expected = await lab.dump();
  for (const seed of [1, 2]) {
    const other = another();
    const order = shuffled(tree, seed);
    for (let first = 0; first < order.length; first += 6) {
      plant(other, order.slice(first, first + 6));
      const { account } = await other.run();
      expect(account.imbalances).toEqual([]);
    }
    expect(compareDumps(await other.dump(), expected)).toEqual([]);
  }
});

test("five jobs over a tree that changes give the dump of one job over its last state", async () => {
  plant(lab, someTree());
  await lab.run();
  const later = new Date("2022-01-01T00:00:00.5Z");

  // Added, removed, and renamed to a place before and after.
  lab.write("one/a/new.dcm", makeImage({ instance: 40 }));
  lab.write("four/1.dcm", makeImage({ subject: "subject-4", instance: 1 }));
  rmSync(lab.path("one/b/3.dcm"));
  renameSync(lab.path("one/b/4.dcm"), lab.path("one/b/400.dcm"));
  renameSync(lab.path("two/9"), lab.path("before/9"));
  expect((await lab.run()).account.imbalances).toEqual([]);
  expect(compareDumps(await lab.dump(), await freshDump(lab))).toEqual([]);

  // Changed: to another instance, to other values of the same one, to no DICOM at all.
  lab.write("one/a/1.dcm", makeImage({ series: "series-2", instance: 90 }), later);
  lab.write("one/a/2.dcm", makeImage({ instance: 2, pixels: 3 }), later);
  lab.write("two/5", "no longer an image", later);
  lab.write(
    "two/6",
    makeImage({
      subject: "subject-2",
      instance: 6,
      with: [attribute("RepetitionTime", 77)],
    }),
    later,
  );
  expect((await lab.run()).account.imbalances).toEqual([]);
  expect(compareDumps(await lab.dump(), await freshDump(lab))).toEqual([]);

  // A folder renamed, and the stored one of two copies gone: the other takes its place.
  renameSync(lab.path("one/b"), lab.path("one/z"));
  rmSync(lab.path("before/copy.dcm"));
  rmSync(lab.path("one/a/3.dcm"));
  rmSync(lab.path("before/other.dcm"));
  expect((await lab.run()).account.imbalances).toEqual([]);
  expect(await lab.files()).toContainEqual({
    path: "one/c/copy.dcm",
    state: "stored",
    code: null,
    warnings: [],
    keptName: null,
  });
  expect(compareDumps(await lab.dump(), await freshDump(lab))).toEqual([]);

  // Back again, and what was in two places no longer is.
  renameSync(lab.path("one/z"), lab.path("one/b"));
  rmSync(lab.path("two/elsewhere"));
  rmSync(lab.path("three"), { recursive: true });
  lab.write("before/copy.dcm", makeImage({ instance: 4 }));
  expect((await lab.run()).account.imbalances).toEqual([]);
  expect(compareDumps(await lab.dump(), await freshDump(lab))).toEqual([]);
});

const copy = (keys: Partial<ImageKeys> = {}): ImageKeys => ({ instance: 1, ...keys });

/** Files that claim one instance, and how each stands to one that is plain. */
const claims: readonly (readonly [
  name: string,
  bytes: () => Uint8Array,
  state: string,
  code: string,
])[] = [
  ["bytes", () => makeImage(copy()), "duplicate", "duplicate-bytes"],
  [
    "preamble",
    () => makeImage(copy(), { encoding: "ELE", preamble: new Uint8Array(128).fill(1) }),
    "duplicate",
    "duplicate-dataset",
  ],
  [
    "encoding",
    () => makeImage(copy(), { encoding: "ILE" }),
    "duplicate",
    "same-header-other-encoding",
  ],
  [
    "big-endian",
    () => makeImage(copy(), { encoding: "EBE" }),
    "duplicate",
    "same-header-other-encoding",
  ],
  ["pixels", () => makeImage(copy({ pixels: 5 })), "conflict", "sop-uid-conflict"],
  [
    "date",
    () => makeImage(copy({ with: [attribute("AcquisitionDate", "20010101")] })),
    "conflict",
    "sop-uid-conflict",
  ],
];

test.each(claims)("a second file with the same instance: %s", async (_, makeBytes, state, code) => {
  lab.write("a/1.dcm", makeImage(copy()));
  lab.write("b/1.dcm", makeBytes());
  await lab.run();
  expect(await lab.files()).toMatchObject([
    { path: "a/1.dcm", state: "stored", code: null },
    { path: "b/1.dcm", state, code, keptName: "1.dcm" },
  ]);
});

test("a hard link is a duplicate of its bytes", async () => {
  lab.write("a/1.dcm", makeImage(copy()));
  linkSync(lab.path("a/1.dcm"), lab.path("a/2.dcm"));
  await lab.run();
  expect(await lab.files()).toMatchObject([
    { path: "a/1.dcm", state: "stored" },
    { path: "a/2.dcm", state: "duplicate", code: "duplicate-bytes" },
  ]);
});

test("the smallest path is stored, in whatever order the copies come over several jobs", async () => {
  const files = claims.map(
    ([name, makeBytes], index) => [`${index}/${name}.dcm`, makeBytes()] as const,
  );
  plant(lab, files);
  await lab.run();
  const expected = await lab.dump();
  for (const seed of [3, 4]) {
    const other = another();
    for (const file of shuffled(files, seed)) {
      plant(other, [file]);
      await other.run();
    }
    expect(compareDumps(await other.dump(), expected)).toEqual([]);
  }
});

test("when the stored copy changes, the others are compared with it anew", async () => {
  lab.write("a/1.dcm", makeImage(copy()));
  lab.write("b/1.dcm", makeImage(copy()));
  await lab.run();
  lab.write("a/1.dcm", makeImage(copy({ pixels: 8 })), new Date("2022-01-01T00:00:00.5Z"));
  await lab.run();
  expect(await lab.files()).toMatchObject([
    { state: "stored" },
    { state: "conflict", code: "sop-uid-conflict" },
  ]);
  expect(compareDumps(await lab.dump(), await freshDump(lab))).toEqual([]);
});
