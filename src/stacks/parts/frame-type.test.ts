import { expect, test } from "vitest";
import { keysOf, repeat, slices, type TestFrame } from "#stacks/testing/build-series.ts";

const frameTypesOf = (frames: readonly TestFrame[]): (string | undefined)[] =>
  keysOf("PT", frames).map((key) => /FRAME=([^|]*)/.exec(key)?.[1]);

test("reads the Series Type", () => {
  expect(frameTypesOf(slices(2, { series_type: "WHOLE BODY\\IMAGE" }))).toEqual(["WHOLE_BODY"]);
  expect(frameTypesOf(slices(2, { series_type: "GATED\\IMAGE" }))).toEqual(["GATED"]);
});

test("reads the frame type of enhanced PET", () => {
  const sop_class_uid = "1.2.840.10008.5.1.4.1.1.130";
  const image_type = "ORIGINAL\\PRIMARY\\CARDIAC_GATED\\NONE";
  expect(frameTypesOf(slices(2, { sop_class_uid, image_type }))).toEqual(["GATED"]);
  expect(frameTypesOf(slices(2, { image_type }))).toEqual(["STATIC"]);
});

test("looks at what varies at one position where nothing is written", () => {
  const twice = (name: string) =>
    repeat(2, (index) => slices(3, {}, { numbers: () => ({ [name]: index * 500 }) }));
  expect(frameTypesOf(twice("trigger_time"))).toEqual(["GATED"]);
  expect(frameTypesOf(twice("frame_reference_time"))).toEqual(["DYNAMIC"]);
  const perSlice = slices(3, {}, { numbers: (slice) => ({ frame_reference_time: slice * 500 }) });
  expect(frameTypesOf(perSlice)).toEqual(["STATIC"]);
});
