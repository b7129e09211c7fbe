/**
 * `npm run bench:extract [-- --files 200000] [--headers none|representative|all] [--csa 0] [--workers 4]
 * [--folder DIR]`: one run by hand. Extraction of generated header-only files, with CSA headers of so many bytes,
 * with the page cache warm: files a second, peak memory of all processes, database bytes per instance, and the rate
 * of a second job over the unchanged archive. Figures of one machine; compare them only with others of its own.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeHeaderOnlyArchive } from "#demo/header-only.ts";
import { readAll } from "./rows/measuring/archives.ts";
import { buildProgram } from "./rows/measuring/build-program.ts";
import { extractAgain, extractAnew, headerChoices } from "./rows/measuring/extraction.ts";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "200000" },
    folder: { type: "string", default: tmpdir() },
    workers: { type: "string", default: "4" },
    headers: { type: "string", default: "none" },
    csa: { type: "string", default: "0" },
  },
});
const files = Number(values.files);
const workers = Number(values.workers);
const headers = headerChoices.find((choice) => choice === values.headers);
if (headers === undefined) throw new Error(`--headers is one of ${headerChoices.join(", ")}`);

const folder = realpathSync(mkdtempSync(join(values.folder, "nils-bench-")));
try {
  const source = join(folder, "archive");
  const csa = values.csa === "0" ? {} : { csaBytes: Number(values.csa) };
  writeHeaderOnlyArchive(source, { files, seed: 1, ...csa });
  readAll(source);
  const database = join(folder, "nils.db");
  const program = buildProgram();
  const options = { program, source, database, workers, headers, watchesMemory: true };
  const first = await extractAnew(options);
  const second = await extractAgain(options);
  const rate = (seconds: number): string =>
    `${seconds.toFixed(1)} s, ${Math.round(files / seconds)} files/s`;
  console.log(
    [
      `files                 ${files}`,
      `first job             ${rate(first.seconds)}`,
      `second job, unchanged ${rate(second.seconds)}`,
      `peak memory           ${Math.round(first.peakMiB)} MiB with ${workers} workers`,
      `database              ${Math.round(first.databaseBytes / files)} bytes per instance`,
    ].join("\n"),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
