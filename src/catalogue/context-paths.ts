/** Elements that no column is read from, or not only, and that the reader needs all the same. */
import type { WantedPath } from "./location.ts";

const topPath = (tag: number, vr: string): WantedPath => ({
  steps: [{ tag }],
  vr,
  items: "first",
});

export const contextPaths = {
  specificCharacterSet: topPath(0x0008_0005, "CS"),
  transferSyntaxUid: topPath(0x0002_0010, "UI"),
  mediaStorageSopClassUid: topPath(0x0002_0002, "UI"),
  mediaStorageSopInstanceUid: topPath(0x0002_0003, "UI"),
  sopClassUid: topPath(0x0008_0016, "UI"),
  timezoneOffset: topPath(0x0008_0201, "SH"),
  numberOfFrames: topPath(0x0028_0008, "IS"),
} as const satisfies Readonly<Record<string, WantedPath>>;
