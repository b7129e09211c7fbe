import { nodePlatform } from "#pipeline/parse/node-platform.ts";
import { openFile } from "#pipeline/parse/open-file.ts";
import { FileReader } from "#pipeline/parse/read-file.ts";

export interface FramesRead {
  readonly frames: number;
  readonly seconds: number;
  readonly fileBytes: number;
}

/**
 * Reads an object of many frames in this thread, from its file to the values of its frames. With a reader of its
 * own: one that has read the file before knows its values.
 */
export function readFrames(path: string): FramesRead {
  const reader = new FileReader(nodePlatform, () => undefined);
  const file = openFile(path, 0, () => undefined);
  const facts = file.facts();
  file.close();
  const began = performance.now();
  const { instance, code } = reader.read(path, "frames", facts);
  const seconds = (performance.now() - began) / 1000;
  if (instance === null) throw new Error(`${path} is not stored: ${code}`);
  const frames = instance.ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return { frames, seconds, fileBytes: facts.size };
}
