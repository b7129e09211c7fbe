import { expect, test } from "vitest";
import { formatTag } from "./tag.ts";
import { element, fileOf, sequence, type TestElement } from "./testing/dataset-bytes.ts";
import { readEverything } from "./testing/read-records.ts";
import { buildHeaderTree, type HeaderElement } from "./whole-header.ts";

/** An element list as nested text, as written and as read. */
function describeWritten(elements: readonly TestElement[]): unknown[] {
  return elements.map(({ tag, vr, value, items }) =>
    items === undefined
      ? `${formatTag(tag)} ${vr} ${String(value)}`
      : [formatTag(tag), items.map(describeWritten)],
  );
}

function describeRead(elements: readonly HeaderElement[]): unknown[] {
  return elements
    .filter(({ tag }) => tag >>> 16 !== 2)
    .map(({ tag, vr, value, items }) =>
      items === null
        ? `${formatTag(tag)} ${vr} ${String.fromCharCode(...(value ?? []))}`
        : [formatTag(tag), items.map(describeRead)],
    );
}

const elements = [
  element(0x0008_0005, "CS", "ISO_IR 100"),
  sequence(0x0008_1140, []),
  sequence(0x0040_0275, [
    [],
    [
      element(0x0040_0007, "LO", "one "),
      sequence(0x0040_0008, [[element(0x0008_0104, "LO", "deep")], []]),
    ],
    [element(0x0040_0007, "LO", "two ")],
  ]),
  element(0x0011_0010, "LO", "CREATOR "),
  element(0x0011_1001, "UN", "private "),
  element(0x0020_4000, "LT", "back in order "),
];

test("the tree is the data set, in its order, private and nested elements too", () => {
  for (const encoding of ["ELE", "ILE", "EBE", "DEFL"] as const) {
    const tree = buildHeaderTree(readEverything(fileOf(elements, encoding)));
    expect(describeRead(tree)).toEqual(describeWritten(elements));
  }
});

test("values are copies, and those too long to keep are null with their place", () => {
  const header = readEverything(fileOf([element(0x0009_1000, "OB", new Uint8Array(70_000))]));
  const [, , long] = buildHeaderTree(header);
  expect(long).toMatchObject({ value: null, declared: 70_000, items: null, bigEndian: false });
  expect(long?.position).toBe(header.dataSetPosition + 12);
});

test("fragments of an icon are one value, item headers included", () => {
  const fragments = { ...sequence(0x7fe0_0010, [], { isDelimited: true }), vr: "OB" };
  const header = readEverything(fileOf([sequence(0x0088_0200, [[fragments]])]));
  const icon = buildHeaderTree(header).at(-1)?.items?.[0]?.[0];
  expect(icon).toMatchObject({ vr: "OB", declared: 0xffff_ffff, items: null });
  expect(icon?.value).toHaveLength(0);
});
