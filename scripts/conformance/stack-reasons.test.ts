/** That the reasons explain what they say and no more: series made up here, as no sample has them. */
import { expect, test } from "vitest";
import type { SeriesPair } from "./compare-stacks.ts";
import type { OracleVolume } from "./oracle-volumes.ts";
import type { OurStack } from "./read-extracted.ts";
import { explainPair } from "./stack-reasons.ts";

const image = {
  rows: 64,
  columns: 64,
  manufacturer: "SIEMENS",
  sop_class_uid: "1.2.840.10008.5.1.4.1.1.4",
  transfer_syntax_uid: "1.2.840.10008.1.2.1",
  has_pixels: 1,
  image_type: "ORIGINAL\\PRIMARY\\M\\ND",
} as const;

function makeStack(key: string, images: number, more: Record<string, string> = {}): OurStack {
  const values: Record<string, string | number> = { ...image, ...more };
  return {
    key,
    images,
    row: { stack_n_frames: images, stack_n_positions: images, stack_type: "M", stack_flags: null },
    values: (column) => [values[column] ?? null],
  };
}

function makeVolume(dims: readonly number[], more: Partial<OracleVolume> = {}): OracleVolume {
  return {
    name: "1_",
    dims,
    seriesNumber: 1,
    modality: "MR",
    echoTime: null,
    inversionTime: null,
    component: null,
    imageType: [],
    ...more,
  };
}

function explain(stacks: OurStack[], volumes: OracleVolume[], note = "") {
  const pair: SeriesPair = {
    folder: "folder",
    number: 1,
    series: [],
    equal: [],
    stacks,
    volumes,
    oracle: { folder: "folder", volumes, resampled: [], note },
    unstored: [],
  };
  const { explanations, unexplained } = explainPair(pair);
  return {
    reasons: explanations.map(({ reason }) => reason.name),
    left: unexplained.stacks.length + unexplained.volumes.length,
  };
}

test("a stack that dcm2niix splits, or two that it joins, are not explained by that alone", () => {
  const whole = [makeStack("MR|TYPE=M", 10)];
  const halves = [makeStack("MR|TYPE=M|COIL=A", 5), makeStack("MR|TYPE=M|COIL=B", 5)];
  const [one, five] = [makeVolume([64, 64, 10]), makeVolume([64, 64, 5])];
  expect(explain(whole, [five, five])).toEqual({ reasons: [], left: 3 });
  expect(explain(halves, [one])).toEqual({ reasons: [], left: 3 });
});

test("joined planes are explained where all images are there, and not where one is missing", () => {
  const planes = [makeStack("MR|ORIENT=TRA", 5), makeStack("MR|ORIENT=SAG", 5)];
  expect(explain(planes, [makeVolume([64, 64, 10])])).toEqual({
    reasons: ["planes in one volume"],
    left: 0,
  });
  expect(explain(planes, [makeVolume([64, 64, 9])])).toEqual({ reasons: [], left: 3 });
});

test("a stack that dcm2niix left out is explained only where it says or shows why", () => {
  const stack = makeStack("MR|TYPE=M", 10);
  expect(explain([stack], [])).toEqual({ reasons: [], left: 1 });
  expect(explain([stack], [], "exit 8; ")).toEqual({ reasons: ["dcm2niix failed"], left: 0 });
  const coded = makeStack("MR|TYPE=M", 10, { transfer_syntax_uid: "1.2.840.10008.1.2.4.80" });
  expect(explain([coded], [])).toEqual({
    reasons: ["coding that dcm2niix does not decode"],
    left: 0,
  });
});

test("a field map beside its magnitude needs vendor elements of GE only", () => {
  const volumes = [makeVolume([64, 64, 2]), makeVolume([64, 64, 2], { component: "R" })];
  const ge = makeStack("MR|TYPE=M", 4, { manufacturer: "GE MEDICAL SYSTEMS" });
  expect(explain([ge], volumes).left).toBe(0);
  expect(explain([makeStack("MR|TYPE=M", 4)], volumes)).toEqual({ reasons: [], left: 3 });
});
