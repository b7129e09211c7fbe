/**
 * `npm run test:power -- --cuts 200 [--seed N]`: power cuts at random moments of a job (root on Linux). Ends 1 when a
 * database does not survive one, 2 where no disk can be made.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { defaultDemoOptions } from "#demo/archive.ts";
import { writeHeaderOnlyArchive } from "#demo/header-only.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { cutPower } from "./cut-power.ts";
import { whyNoImages } from "./disk-image.ts";

const { values } = parseArgs({
  options: { cuts: { type: "string", default: "200" }, seed: { type: "string" } },
});
const cuts = Number(values.cuts);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-power-")));
try {
  const whyNot = await whyNoImages(folder);
  if (whyNot !== null) {
    process.stderr.write(`${whyNot}\n`);
    process.exitCode = 2;
  } else {
    const source = join(folder, "archive");
    await writeDemoArchive(join(source, "demo"), { ...defaultDemoOptions, subjects: 1 });
    writeHeaderOnlyArchive(join(source, "many"), { files: 3_000, seed: 1 });
    const report = await cutPower({
      source,
      folder,
      cuts,
      seed,
      onCut: (done) => process.stderr.write(done % 10 === 0 ? `${done} cuts\n` : ""),
    });
    for (const fault of report.faults) process.stdout.write(`${fault}\n`);
    process.stdout.write(
      `seed ${seed}: ${report.cuts} cuts, ${report.withRows} with files in the ledger by then, ${report.said} told of, ${report.faults.length} faults\n`,
    );
    process.exitCode = report.faults.length > 0 || report.withRows === 0 ? 1 : 0;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
