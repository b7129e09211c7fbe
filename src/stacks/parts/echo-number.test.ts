import { expect, test } from "vitest";
import { stackSeries } from "#stacks/stack-series.ts";
import { buildSeries, keysOf, slices } from "#stacks/testing/build-series.ts";

const image_type = "ORIGINAL\\PRIMARY\\M";

test("takes the smallest number of the same echo time, else the rank of the echo time", () => {
  expect(
    keysOf("MR", [
      ...slices(2, { image_type, echo_time: 5, echo_numbers: 3 }),
      ...slices(2, { image_type, echo_time: 5, echo_numbers: 2 }),
      ...slices(2, { image_type, echo_time: 5.002 }),
      ...slices(2, { image_type, echo_time: 9 }),
    ]),
  ).toEqual([
    "4 × MR|TE=5|ECHO=2|TYPE=M|ORIENT=TRA",
    "2 × MR|TE=9|ECHO=2|TYPE=M|ORIENT=TRA",
    "2 × MR|TE=5|ECHO=3|TYPE=M|ORIENT=TRA",
  ]);
});

test("leaves out echo time 0, and the number where nothing is known", () => {
  expect(
    keysOf("MR", [
      ...slices(2, { image_type, echo_time: 0, echo_numbers: 0 }),
      ...slices(2, { image_type, echo_time: 0 }),
    ]),
  ).toEqual(["2 × MR|TYPE=M|ORIENT=TRA", "2 × MR|ECHO=0|TYPE=M|ORIENT=TRA"]);
});

test("joins several numbers of one image", () => {
  expect(keysOf("MR", slices(1, { image_type, echo_numbers: "1\\2" }))).toEqual([
    "1 × MR|ECHO=1+2|TYPE=M|ORIENT=TRA",
  ]);
});

/** Three images at each of four positions, from raw data runs that only rank within a position. */
const geEchoes = (settings: Record<string, number>, runs = [11, 12, 13]) =>
  runs.flatMap((run) =>
    slices(
      4,
      { image_type, echo_time: 4, ...settings },
      {
        numbers: (slice) => ({ ge_raw_run: run + slice * 100 }),
      },
    ),
  );

test("ranks GE's raw data runs where all echoes have one number", () => {
  const frames = geEchoes({ ge_echoes: 3, echo_numbers: 1 });
  expect(keysOf("MR", frames)).toEqual([
    "4 × MR|TE=4|ECHO=1|TYPE=M|ORIENT=TRA",
    "4 × MR|TE=4|ECHO=2|TYPE=M|ORIENT=TRA",
    "4 × MR|TE=4|ECHO=3|TYPE=M|ORIENT=TRA",
  ]);
  const [stack] = stackSeries(buildSeries("MR", frames), { ctSplitOnDose: "auto" });
  expect(stack?.columns).toMatchObject({ stack_flags: "echo-inferred", stack_n_positions: 4 });
});

test("a number that the echo time gives is no guess", () => {
  const [stack] = stackSeries(buildSeries("MR", slices(2, { image_type, echo_time: 5 })), {
    ctSplitOnDose: "auto",
  });
  expect(stack?.columns).toMatchObject({ stack_echo_numbers: "1", stack_flags: null });
});

test("takes GE's numbers as written where there are several, or one echo", () => {
  expect(keysOf("MR", geEchoes({ ge_echoes: 1, echo_numbers: 1 }))).toEqual([
    "12 × MR|TE=4|ECHO=1|TYPE=M|ORIENT=TRA",
  ]);
  const numbered = [1, 2].flatMap((echo_numbers) =>
    geEchoes({ ge_echoes: 2, echo_numbers }, [11, 12]),
  );
  expect(keysOf("MR", numbered)).toEqual([
    "8 × MR|TE=4|ECHO=1|TYPE=M|ORIENT=TRA",
    "8 × MR|TE=4|ECHO=2|TYPE=M|ORIENT=TRA",
  ]);
});
