import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultDemoOptions } from "#demo/archive.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { killExtractions } from "./kill-extractions.ts";

const kills = 20;

test("extractions killed at random moments end like one that never was", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-kill-")));
  const seed = Number(process.env["NILS_KILL_SEED"] ?? Date.now() % 1_000_000);
  try {
    const source = join(folder, "archive");
    await writeDemoArchive(source, { ...defaultDemoOptions, subjects: 1 });
    const report = await killExtractions({ source, folder, kills, seed, lanes: 2 });
    expect({ seed, differing: report.differing }).toEqual({ seed, differing: [] });
    expect(report.killed).toBeGreaterThanOrEqual(kills);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
