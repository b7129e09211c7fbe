/**
 * `npm run test:kill -- --kills 200 [--seed N]`: extractions of the demo archive killed at random moments, each
 * run to its end and compared. Ends 1 when one differs or when nothing died.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { defaultDemoOptions } from "#demo/archive.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { killExtractions } from "./kill-extractions.ts";

const { values } = parseArgs({
  options: { kills: { type: "string", default: "200" }, seed: { type: "string" } },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-kill-")));
try {
  const source = join(folder, "archive");
  await writeDemoArchive(source, { ...defaultDemoOptions, subjects: 1 });
  const report = await killExtractions({
    source,
    folder,
    kills,
    seed,
    lanes: 2,
    onKill: (done) => process.stderr.write(done % 10 === 0 ? `${done} killed\n` : ""),
  });
  for (const line of report.differing) process.stdout.write(`differs: ${line}\n`);
  process.stdout.write(
    `seed ${seed}: ${report.killed} killed, ${report.compared} compared, ${report.differing.length} differ\n`,
  );
  process.exitCode = report.differing.length > 0 || report.killed < kills ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
