import { readFileSync } from "node:fs";

/** Version of this program, from its package.json, which lies two folders up from src/cli and dist/cli alike. */
export function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const parsed: { version: string } = JSON.parse(text);
  return parsed.version;
}
