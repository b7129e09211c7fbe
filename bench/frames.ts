/**
 * `npm run bench:frames`: enhanced MR objects of many frames, from the file to the values of their frames, in one
 * thread; frames a second and peak memory beside the bar. Each frame has the groups that scanners write.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attribute, type DataSet, orderElements, sequence } from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { nodePlatform } from "#pipeline/parse/node-platform.ts";
import { openFile } from "#pipeline/parse/open-file.ts";
import { FileReader } from "#pipeline/parse/read-file.ts";

const ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1";
const SLICES = 50;

const describeFrame = (frame: number): DataSet =>
  orderElements([
    sequence("FrameContentSequence", [
      attribute(
        "FrameAcquisitionDateTime",
        `20200101${String(100000 + (frame % 50000)).slice(1)}0.5`,
      ),
      attribute("TemporalPositionIndex", [Math.floor(frame / SLICES) + 1]),
      attribute("DimensionIndexValues", [1, (frame % SLICES) + 1, Math.floor(frame / SLICES) + 1]),
    ]),
    sequence("PlanePositionSequence", [
      attribute("ImagePositionPatient", [-96, -96, (frame % SLICES) * 3]),
    ]),
    sequence("PlaneOrientationSequence", [
      attribute("ImageOrientationPatient", [1, 0, 0, 0, 1, 0]),
    ]),
    sequence("MREchoSequence", [attribute("EffectiveEchoTime", [30])]),
    sequence("PixelMeasuresSequence", [
      attribute("SliceThickness", 3),
      attribute("PixelSpacing", [3, 3]),
    ]),
  ]);

function makeObject(frames: number): Uint8Array {
  const whole = makeSingleImage(1, "frames", {
    with: [
      attribute("SOPClassUID", ENHANCED_MR),
      attribute("NumberOfFrames", frames),
      attribute(
        "PerFrameFunctionalGroupsSequence",
        Array.from({ length: frames }, (_, frame) => describeFrame(frame)),
      ),
    ],
  });
  return encodeFile(whole, { encoding: "ELE" });
}

const folder = mkdtempSync(join(tmpdir(), "nils-frames-"));
try {
  for (const frames of [1_000, 10_000, 36_000]) {
    const path = join(folder, `${frames}.dcm`);
    writeFileSync(path, makeObject(frames));
    const file = openFile(path, 0, () => undefined);
    const facts = file.facts();
    file.close();
    const reader = new FileReader(nodePlatform, () => undefined);
    let best = Number.POSITIVE_INFINITY;
    let read = 0;
    for (let turn = 0; turn < 3; turn++) {
      const began = performance.now();
      const { instance, code } = reader.read(path, "frames", facts);
      best = Math.min(best, performance.now() - began);
      if (instance === null) throw new Error(`not stored: ${code}`);
      read = instance.ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
    }
    const peak = process.resourceUsage().maxRSS / 1024;
    process.stdout.write(
      `${read} frames, ${(facts.size / 1e6).toFixed(1)} MB: ${best.toFixed(0)} ms, ${((read * 1000) / best).toFixed(0)} frames/s in one thread (bar 50,000); peak memory of the process so far ${peak.toFixed(0)} MiB\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
