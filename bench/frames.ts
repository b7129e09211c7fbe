/**
 * `npm run bench:frames`: enhanced MR objects of many frames, from the file to the values of their frames, in one
 * thread; best of three, frames a second and peak memory. Each frame has the groups that scanners write.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeEnhancedObject } from "./rows/measuring/enhanced-object.ts";
import { readFrames } from "./rows/measuring/read-frames.ts";

const TURNS = 3;

const folder = mkdtempSync(join(tmpdir(), "nils-frames-"));
try {
  for (const frames of [1_000, 10_000, 36_000]) {
    const path = join(folder, `${frames}.dcm`);
    writeFileSync(path, makeEnhancedObject("frames", frames));
    const turns = Array.from({ length: TURNS }, () => readFrames(path));
    const best = turns.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    const peak = process.resourceUsage().maxRSS / 1024;
    console.log(
      `${best.frames} frames, ${(best.fileBytes / 1e6).toFixed(1)} MB: ${(best.seconds * 1000).toFixed(0)} ms, ${(best.frames / best.seconds).toFixed(0)} frames/s in one thread; peak memory of the process so far ${peak.toFixed(0)} MiB`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
