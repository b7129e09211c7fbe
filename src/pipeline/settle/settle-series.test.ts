import fc from "fast-check";
import { expect, test } from "vitest";
import { coordinateColumns, seriesColumns, settingColumns } from "#store/columns.ts";
import { type Cell, packRows } from "#store/packed-rows.ts";
import { loadedInstanceCells, type SeriesContent } from "#store/settlement.ts";
import { settleSeries } from "./settle-series.ts";

const options = { ctSplitOnDose: "auto" } as const;

type Values = Readonly<Record<string, Cell>>;

/** Values in the order of the columns, null in all that are not named. */
function cellsOf(columns: readonly { readonly name: string }[], values: Values): Cell[] {
  const names = columns.map((column) => column.name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(values)));
  return names.map((name) => values[name] ?? null);
}

interface TestInstance {
  readonly tuple?: Values;
  /** Modality MR unless it says another. */
  readonly setting?: Values;
  readonly coordinates?: Values;
  /** Frames of an object with functional groups. */
  readonly ranges?: readonly {
    first: number;
    last: number;
    setting: Values;
    coordinates: string;
  }[];
  readonly frameCount?: number;
}

const basic: Values = { series_description: "T1" };

/** What the store would load of these instances, which get the UIDs 1, 2, 3… and ids counted down from 100. */
function contentOf(instances: readonly TestInstance[]): SeriesContent {
  const tuples = new Map<string, { id: number; values: Values; weight: number }>();
  const settings = new Map<string, { id: number; values: Values }>();
  const settingId = (values: Values): number => {
    const key = JSON.stringify(values);
    const known = settings.get(key) ?? { id: settings.size + 1, values };
    settings.set(key, known);
    return known.id;
  };
  const ranges: SeriesContent["ranges"][number][] = [];
  const rows = instances.map((instance, index): Cell[] => {
    const values = instance.tuple ?? basic;
    const key = JSON.stringify(values);
    const tuple = tuples.get(key) ?? { id: tuples.size + 1, values, weight: 0 };
    tuple.weight += 1;
    tuples.set(key, tuple);
    const instanceId = 100 - index;
    for (const { setting, ...range } of instance.ranges ?? []) {
      ranges.push({
        ...range,
        instanceId,
        frameValuesId: settingId({ modality: "MR", ...setting }),
      });
    }
    const frames = instance.ranges?.at(-1)?.last ?? null;
    const isFramed = instance.ranges !== undefined;
    return [
      instanceId,
      `${index + 1}`,
      isFramed ? null : settingId({ modality: "MR", ...instance.setting }),
      frames,
      instance.frameCount ?? frames ?? 1,
      ...cellsOf(coordinateColumns, instance.coordinates ?? {}),
    ];
  });
  return {
    seriesId: 9,
    seriesInstanceUid: "1.2.3",
    tuples: [...tuples.values()].map(({ id, values, weight }) => ({
      seriesValuesId: id,
      weight,
      values: cellsOf(seriesColumns, values),
    })),
    settings: [...settings.values()].map(({ id, values }) => ({
      frameValuesId: id,
      values: cellsOf(settingColumns, values),
    })),
    instances: packRows(rows, loadedInstanceCells.length + coordinateColumns.length),
    ranges,
    warnings: [],
    settledInstances: null,
    stackKeys: [],
  };
}

const slice = (index: number, more: Partial<TestInstance> = {}): TestInstance => ({
  setting: { echo_time: 5, image_type: "ORIGINAL\\PRIMARY\\M" },
  coordinates: { image_position_patient: `0\\0\\${index}` },
  ...more,
});

test("a column shows its most frequent value, and those that vary say in how many", () => {
  const result = settleSeries(
    contentOf([slice(1), slice(2, { tuple: { ...basic, series_description: "t1" } }), slice(3)]),
    options,
  );
  expect(result).toMatchObject({
    seriesId: 9,
    modality: "MR",
    values: { modality: "MR", series_description: "T1" },
    varying: '{"series_description":2}',
    instances: 3,
    frames: 3,
  });
});

test("settings are weighed by their frames, positions do not count as varying", () => {
  const result = settleSeries(
    contentOf([
      slice(1, { setting: { echo_time: 5 } }),
      slice(2, { setting: { echo_time: 7 } }),
      slice(3, { setting: { echo_time: 7 } }),
    ]),
    options,
  );
  expect(result.values).toMatchObject({ echo_time: 7, image_position_patient: "0\\0\\1" });
  expect(result.varying).toBe('{"echo_time":2}');
});

test("stacks are named by their instances, whole ones without frames", () => {
  const { stacks } = settleSeries(
    contentOf([
      slice(1, { setting: { echo_time: 5 } }),
      slice(1, { setting: { echo_time: 9 } }),
      slice(2, { setting: { echo_time: 5 } }),
    ]),
    options,
  );
  expect(stacks.map(({ stackIndex, members }) => [stackIndex, members])).toEqual([
    [
      0,
      [
        { instanceId: 100, frames: null },
        { instanceId: 98, frames: null },
      ],
    ],
    [1, [{ instanceId: 99, frames: null }]],
  ]);
  expect(stacks[0]).toMatchObject({
    values: { stack_modality: "MR", stack_n_instances: 2, stack_n_frames: 2 },
    representativeFrame: 1,
  });
  expect([100, 98]).toContain(stacks[0]?.representativeInstanceId);
});

test("frames of one instance that belong to two stacks are given as ranges", () => {
  const { stacks, frames } = settleSeries(
    contentOf([
      {
        ranges: [
          { first: 1, last: 2, setting: { echo_time: 5 }, coordinates: "{}" },
          { first: 3, last: 3, setting: { echo_time: 9 }, coordinates: "{}" },
          { first: 4, last: 6, setting: { echo_time: 5 }, coordinates: "{}" },
        ],
      },
    ]),
    options,
  );
  expect(frames).toBe(6);
  expect(stacks.map(({ members }) => members)).toEqual([
    [{ instanceId: 100, frames: "1-2,4-6" }],
    [{ instanceId: 100, frames: "3" }],
  ]);
});

test("what is no image is an instance and in no stack", () => {
  const report: TestInstance = { setting: { modality: "SR" }, frameCount: 0 };
  expect(settleSeries(contentOf([report]), options)).toMatchObject({
    modality: "SR",
    instances: 1,
    frames: 0,
    stacks: [],
  });
});

test("a series of which nothing is present has no values, stacks and problems", () => {
  const result = settleSeries(contentOf([]), options);
  expect(result).toMatchObject({
    instances: 0,
    frames: 0,
    stacks: [],
    varying: null,
    problems: [],
  });
  expect(Object.values(result.values).filter((value) => value !== null)).toEqual([]);
});

test("warnings of files become problems of the series", () => {
  const content = contentOf([slice(1)]);
  const warnings = [{ code: "number-invalid", count: 3, example: "a/1.dcm" }];
  expect(settleSeries({ ...content, warnings }, options).problems).toEqual([
    { code: "number-invalid", about: "series", id: 9, column: "", count: 3, example: "a/1.dcm" },
  ]);
});

test("the order in which tuples and settings were first met makes no difference", () => {
  const instance = fc.record({
    tuple: fc.record({ series_description: fc.constantFrom("a", "b", null) }),
    setting: fc.record({
      echo_time: fc.constantFrom(5, 9, null),
      image_type: fc.constantFrom("ORIGINAL\\PRIMARY\\M", "ORIGINAL\\PRIMARY\\P"),
    }),
    coordinates: fc.record({
      image_position_patient: fc.constantFrom("0\\0\\1", "0\\0\\2", "0\\0\\3", null),
    }),
  });
  fc.assert(
    fc.property(fc.array(instance, { maxLength: 12 }), (instances) => {
      const content = contentOf(instances);
      const turned: SeriesContent = {
        ...content,
        tuples: content.tuples.toReversed(),
        settings: content.settings.toReversed(),
      };
      const forward = settleSeries(content, options);
      const backward = settleSeries(turned, options);
      expect({ ...backward, tupleWeights: [] }).toEqual({ ...forward, tupleWeights: [] });
    }),
  );
});

test("frames that all differ cost no more than ordinary ones each", () => {
  const count = 30_000;
  const cells = cellsOf(coordinateColumns, { image_position_patient: "0\\0\\1" });
  const setting: Values = { modality: "MR", image_type: "ORIGINAL\\PRIMARY\\M" };
  const settings = Array.from({ length: count }, (_, index) => ({
    frameValuesId: index + 1,
    values: settingColumns.map(({ name }) =>
      name === "echo_time" ? index + 1 : (setting[name] ?? null),
    ),
  }));
  const rows = settings.map(({ frameValuesId }): Cell[] => [
    frameValuesId,
    `${frameValuesId}`,
    frameValuesId,
    null,
    1,
    ...cells,
  ]);
  const instances = packRows(rows, loadedInstanceCells.length + coordinateColumns.length);
  const began = performance.now();
  const { stacks } = settleSeries({ ...contentOf([slice(1)]), settings, instances }, options);
  // Measured: 0.9 s; 54 s when each stack looked at all frames.
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(stacks).toHaveLength(count);
});
