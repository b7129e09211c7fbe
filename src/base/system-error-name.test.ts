import { expect, test } from "vitest";
import { systemErrorName } from "./system-error-name.ts";

test("errors of the system have the system's names, those that Node does not know too", () => {
  expect(systemErrorName({ code: "ENOSPC", errno: -28 })).toBe("ENOSPC");
  expect(systemErrorName({ code: "UNKNOWN", errno: -122 })).toBe("EDQUOT");
  expect(systemErrorName({ code: "Unknown system error -116", errno: -116 })).toBe("ESTALE");
  expect(systemErrorName(new Error("a bug"))).toBeUndefined();
  expect(systemErrorName(null)).toBeUndefined();
});
