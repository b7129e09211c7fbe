import { expect, test } from "vitest";
import { stackSeries } from "#stacks/stack-series.ts";
import { buildSeries, keysOf, slices, type TestFrame } from "#stacks/testing/build-series.ts";

const image_type = "ORIGINAL\\PRIMARY\\M";
const times = Array.from({ length: 10 }, (_, index) => 100 + index * 500);

/** Five slices at ten inversion times, which are shared by all slices or each slice's own. */
const molli = (isShared: boolean): TestFrame[] =>
  times.flatMap((time) =>
    slices(5, {}).map((frame, slice) => ({
      ...frame,
      settings: {
        ...frame.settings,
        image_type,
        inversion_time: isShared ? time : time + slice * 10,
      },
    })),
  );

test("splits by inversion times that the slices share", () => {
  expect(keysOf("MR", molli(true))).toEqual(
    times.map((time) => `5 × MR|TI=${time}|TYPE=M|ORIENT=TRA`),
  );
});

test("keeps inversion times that follow the heart together", () => {
  expect(keysOf("MR", molli(false))).toEqual(["50 × MR|TI=VAR|TYPE=M|ORIENT=TRA"]);
  const [stack] = stackSeries(buildSeries("MR", molli(false)), { ctSplitOnDose: "auto" });
  expect(stack?.columns["stack_flags"]).toBe("inversion-time-varies");
  expect(stack?.columns["stack_inversion_time"]).toBe(null);
});

test("splits up to 64 inversion times", () => {
  const lookLocker = (count: number) =>
    keysOf(
      "MR",
      Array.from({ length: count }, (_, index) =>
        slices(3, { image_type, inversion_time: 50 + index * 20 }),
      ).flat(),
    );
  expect(lookLocker(64)).toHaveLength(64);
  expect(lookLocker(65)).toEqual(["195 × MR|TI=VAR|TYPE=M|ORIENT=TRA"]);
});

test("leaves frames without an inversion time to themselves", () => {
  expect(
    keysOf("MR", [...slices(5, { image_type }), ...slices(5, { image_type, inversion_time: 400 })]),
  ).toEqual(["5 × MR|TYPE=M|ORIENT=TRA", "5 × MR|TI=400|TYPE=M|ORIENT=TRA"]);
});

test("splits without positions, where coverage cannot be told", () => {
  const frames = [100, 200].map((inversion_time) => ({ settings: { image_type, inversion_time } }));
  expect(keysOf("MR", frames)).toEqual(["1 × MR|TI=100|TYPE=M", "1 × MR|TI=200|TYPE=M"]);
});
