import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePath, encodePath, joinPath, parentPath, splitPath } from "./path-text.ts";

const component = fc
  .uint8Array({ minLength: 1, maxLength: 12 })
  .filter((bytes) => !bytes.includes(0x2f) && !bytes.includes(0));
const path = fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => {
  const bytes: number[] = [];
  for (const part of parts) bytes.push(...(bytes.length > 0 ? [0x2f] : []), ...part);
  return Uint8Array.from(bytes);
});

test("decoding gives back the bytes, so that no two paths share a text", () => {
  fc.assert(
    fc.property(path, (bytes) => {
      expect(decodePath(encodePath(bytes))).toEqual(bytes);
    }),
  );
});

test("a path that is valid UTF-8 is its own text", () => {
  const text = "sub-01/Bild 100%/größe.dcm";
  expect(encodePath(new TextEncoder().encode(text))).toBe(text);
});

test("an offending byte and the percent sign are escaped", () => {
  expect(encodePath(Uint8Array.from([0x61, 0xff, 0x25]))).toBe("//a%FF%25");
});

test("joining folder and name equals encoding the whole", () => {
  fc.assert(
    fc.property(path, component, (folder, name) => {
      const whole = Uint8Array.from([...folder, 0x2f, ...name]);
      expect(joinPath(encodePath(folder), encodePath(name))).toBe(encodePath(whole));
      expect(parentPath(encodePath(whole))).toBe(encodePath(folder));
      expect(splitPath(encodePath(whole))).toEqual({
        folder: encodePath(folder),
        name: encodePath(name),
      });
    }),
  );
});

test("the top has no parent and holds what has no slash", () => {
  expect(parentPath("")).toBeNull();
  expect(parentPath("a")).toBe("");
  expect(parentPath("//a%FF")).toBe("");
});
