/** Numbers of the key, from the frames to the printed part. */
import { expect, test } from "vitest";
import { keysOf, slices } from "#stacks/testing/build-series.ts";

const keysOfSettings = (modality: string, list: readonly Record<string, string | number>[]) =>
  keysOf(
    modality,
    list.flatMap((settings) => slices(2, { image_type: "ORIGINAL\\PRIMARY\\M", ...settings })),
  );

test.each([
  [[{ echo_time: 4.6049 }, { echo_time: 4.6051 }], ["4 × MR|TE=4.6|ECHO=1|TYPE=M|ORIENT=TRA"]],
  [
    [{ echo_time: 2.3 }, { echo_time: 2.46 }],
    ["2 × MR|TE=2.3|ECHO=1|TYPE=M|ORIENT=TRA", "2 × MR|TE=2.46|ECHO=2|TYPE=M|ORIENT=TRA"],
  ],
  [[{ echo_time: 1.005 }], ["2 × MR|TE=1.01|ECHO=1|TYPE=M|ORIENT=TRA"]],
  [[{ flip_angle: 8.00000019 }], ["2 × MR|FA=8|TYPE=M|ORIENT=TRA"]],
  [[{ inversion_time: 2249.99 }], ["2 × MR|TI=2250|TYPE=M|ORIENT=TRA"]],
  [[{ flip_angle: 0, inversion_time: 0 }], ["2 × MR|TYPE=M|ORIENT=TRA"]],
])("MR %j", (settings, keys) => {
  expect(keysOfSettings("MR", settings)).toEqual(keys);
});

test.each([
  [[{ kvp: 119.7 }, { kvp: 120 }], ["4 × CT|KVP=120|TYPE=AXIAL|ORIENT=TRA"]],
  [[{ kvp: 80, kvp_values: "80\\140" }], ["2 × CT|KVP=80+140|TYPE=AXIAL|ORIENT=TRA"]],
  [
    [{ kvp: 80 }, { kvp: 140 }],
    ["2 × CT|KVP=80|TYPE=AXIAL|ORIENT=TRA", "2 × CT|KVP=140|TYPE=AXIAL|ORIENT=TRA"],
  ],
])("CT %j", (settings, keys) => {
  expect(keysOfSettings("CT", settings)).toEqual(keys);
});
