import { expect, test } from "vitest";
import { parseKey } from "./parse-key.ts";
import { limitKey } from "./value-text.ts";

test("a key gives its parts back", () => {
  const parts = parseKey("MR|TE=2.5|TYPE=W+P|PLANE=0/-0.174/0.985|KER=B_30~0F12AB");
  expect([...parts]).toEqual([
    ["TE", "2.5"],
    ["TYPE", "W+P"],
    ["PLANE", "0/-0.174/0.985"],
    ["KER", "B_30~0F12AB"],
  ]);
  expect([...parseKey("MR")]).toEqual([]);
});

test("a key that was cut gives those before the cut", () => {
  const parts = parseKey(limitKey(`MR|TE=5|QUAL=${"A+".repeat(200)}`));
  expect(parts.get("TE")).toBe("5");
});
