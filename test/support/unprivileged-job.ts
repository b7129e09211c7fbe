/** The process behind `runUnprivileged`: one job over a folder, told on stdout. */
import { Extraction, type JobOptions } from "./run-extraction.ts";

const [folder, options] = process.argv.slice(2);
const lab = new Extraction(folder);
const report = await lab.run(JSON.parse(options ?? "{}") as JobOptions);
const files = await lab.files();
const dump = await lab.dump();
await lab.close();
process.stdout.write(JSON.stringify({ report, files, dump }));
