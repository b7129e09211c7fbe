import { describe, expect, test } from "vitest";
import { stackSeries } from "#stacks/stack-series.ts";
import { buildSeries, keysOf, slices, type TestFrame } from "#stacks/testing/build-series.ts";

const settings = { image_type: "ORIGINAL\\PRIMARY\\AXIAL" };
const modulation = { ...settings, exposure_modulation_type: "XYZ" };

const scan = (
  count: number,
  current: (slice: number) => number,
  more: { start?: number; settings?: TestFrame["settings"] } = {},
): TestFrame[] =>
  slices(count, more.settings ?? settings, {
    ...(more.start === undefined ? {} : { start: more.start }),
    numbers: (slice) => ({ x_ray_tube_current: current(slice) }),
  });

const ramp = (slice: number): number => 20 + Math.round((slice * 200) / 119);
const key = (count: number, current: number | string): string =>
  `${count} × CT|MA=${current}|TYPE=AXIAL|ORIENT=TRA`;

describe("auto", () => {
  test("keeps a modulated scan together and says so", () => {
    expect(keysOf("CT", scan(120, ramp))).toEqual([key(120, "MOD")]);
    const [stack] = stackSeries(buildSeries("CT", scan(120, ramp)), { ctSplitOnDose: "auto" });
    expect(stack?.columns).toMatchObject({
      stack_flags: "dose-modulated",
      stack_tube_current_min: 20,
      stack_tube_current_max: 220,
    });
  });

  test("splits one anatomy at two doses", () => {
    expect(keysOf("CT", [...scan(40, () => 300), ...scan(40, () => 100)])).toEqual([
      key(40, 100),
      key(40, 300),
    ]);
  });

  test("keeps a step between two halves of a volume together", () => {
    expect(keysOf("CT", [...scan(10, () => 100), ...scan(10, () => 200, { start: 20 })])).toEqual([
      key(20, "MOD"),
    ]);
  });

  test("splits few doses where positions are not known", () => {
    const frames = [100, 200].map((current) => ({
      settings,
      numbers: { x_ray_tube_current: current },
    }));
    expect(keysOf("CT", frames)).toEqual(["1 × CT|MA=100|TYPE=AXIAL", "1 × CT|MA=200|TYPE=AXIAL"]);
  });

  test("takes many doses without positions for modulation", () => {
    const frames = [100, 200, 300, 400, 500].map((current) => ({
      settings,
      numbers: { x_ray_tube_current: current },
    }));
    expect(keysOf("CT", frames)).toEqual(["5 × CT|MA=MOD|TYPE=AXIAL"]);
  });

  test.each([settings, modulation])("splits the same positions at six currents: %j", (given) => {
    const currents = [50, 100, 150, 200, 250, 300];
    expect(
      keysOf(
        "CT",
        currents.flatMap((current) => scan(40, () => current, { settings: given })),
      ),
    ).toEqual(currents.map((current) => key(40, current)));
  });

  test("takes 200 and 201 as one", () => {
    expect(
      keysOf(
        "CT",
        scan(20, (slice) => 200 + (slice % 2)),
      ),
    ).toEqual([key(20, 200)]);
    expect(
      keysOf(
        "CT",
        scan(20, (slice) => 500 + (slice % 2) * 5),
      ),
    ).toEqual([key(20, 500)]);
  });

  test("splits doses that share positions, unless modulation is on", () => {
    const twoRuns = (given: TestFrame["settings"]) => [
      ...scan(20, () => 100, { settings: given }),
      ...scan(20, () => 200, { settings: given, start: 16 }),
    ];
    expect(keysOf("CT", twoRuns(settings))).toEqual([key(20, 100), key(20, 200)]);
    expect(keysOf("CT", twoRuns(modulation))).toEqual([key(40, "MOD")]);
    expect(keysOf("CT", twoRuns({ ...settings, exposure_modulation_type: "NONE" }))).toHaveLength(
      2,
    );
  });

  test("keeps slices of a modulated scan that are written with 0, or not at all", () => {
    const thin = scan(20, (slice) => slice * 10);
    expect(keysOf("CT", thin)).toEqual([key(20, "MOD")]);
  });

  test("leaves slices without a current to themselves", () => {
    expect(keysOf("CT", [...scan(5, () => 100), ...scan(5, () => 0, { start: 10 })])).toEqual([
      "5 × CT|TYPE=AXIAL|ORIENT=TRA",
      key(5, 100),
    ]);
  });

  test("does not mix localizer and volume", () => {
    expect(
      keysOf("CT", [
        ...scan(60, () => 200),
        ...slices(
          1,
          { image_type: "ORIGINAL\\PRIMARY\\LOCALIZER" },
          { axis: "y", numbers: () => ({ x_ray_tube_current: 35 }) },
        ),
      ]),
    ).toEqual(["1 × CT|MA=35|TYPE=LOCALIZER|ORIENT=COR", key(60, 200)]);
  });

  test("reads a dose that comes with the settings", () => {
    const frames = slices(3, { ...settings, x_ray_tube_current: 100, exposure: 50 });
    expect(keysOf("CT", frames)).toEqual(["3 × CT|MA=100|MAS=50|TYPE=AXIAL|ORIENT=TRA"]);
  });
});

test("always splits by the rounded value", () => {
  expect(
    keysOf(
      "CT",
      scan(4, (slice) => [200, 200.4, 201, 220][slice] ?? 0),
      {
        ctSplitOnDose: "always",
      },
    ),
  ).toEqual([key(2, 200), key(1, 201), key(1, 220)]);
});

test("never splits", () => {
  const twice = [...scan(40, () => 300), ...scan(40, () => 100)];
  expect(keysOf("CT", twice, { ctSplitOnDose: "never" })).toEqual([key(80, "MOD")]);
  expect(
    keysOf(
      "CT",
      scan(3, () => 100),
      { ctSplitOnDose: "never" },
    ),
  ).toEqual([key(3, 100)]);
});
