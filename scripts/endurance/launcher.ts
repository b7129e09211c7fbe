/**
 * `npm run test:launcher -- --jobs 200`: one process that starts jobs one after another, as a server does. Ends 1 when
 * it holds more memory after the last than a tenth above that after job 20, or more descriptors (Linux).
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judgeGrowth, launchJobs, mebibytes } from "./launch-jobs.ts";

const { values } = parseArgs({ options: { jobs: { type: "string", default: "200" } } });
const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-launcher-")));
try {
  const held = await launchJobs(folder, Number(values.jobs), (number, now) => {
    if (number % 20 !== 0) return;
    process.stdout.write(
      `job ${number}: ${mebibytes(now.memory)} resident, ${mebibytes(now.heap)} of heap, ${now.descriptors} descriptors, ${now.children} children, ${now.listeners} listeners\n`,
    );
  });
  const grown = judgeGrowth(held);
  for (const sentence of grown) process.stdout.write(`${sentence}\n`);
  if (grown.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
