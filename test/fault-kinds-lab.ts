/** Folders and jobs for the tests of fault kinds, and their results in a few words. */
import { spawnSync } from "node:child_process";
import { Extraction, type LedgerFile } from "./support/run-extraction.ts";

/** Does `work` with a source and a database of its own. */
export async function withLab(work: (lab: Extraction) => Promise<void> | void): Promise<void> {
  const lab = new Extraction();
  try {
    await work(lab);
  } finally {
    await lab.close();
    // Not `rmSync`: it takes whole paths, and some of these trees are deeper than a path may be long.
    spawnSync("rm", ["-rf", lab.folder]);
  }
}

/** State and code of each row by its path. */
export function rowsOf(files: readonly LedgerFile[]): Record<string, string> {
  return Object.fromEntries(
    files.map(({ path, state, code }) => [path, code === null ? state : `${state} ${code}`]),
  );
}
