/**
 * `npm run conformance`: writes docs/conformance.md and the pages below it. Needs the samples beside the
 * repository, so it is no part of `npm run generate`. Where neither dcmdump nor pydicom is installed, the page of private
 * elements stays as it is. Exit status 1 where a value differs without a reason.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compareFolder } from "./compare-folder.ts";
import { findCoverage } from "./coverage.ts";
import { findReaders } from "./differential-readers.ts";
import { compareWithVolumes, hasStackOracle } from "./oracle-stacks.ts";
import { compareWithOracle, samples } from "./oracle-values.ts";
import { sumValues } from "./value-tables.ts";
import { writeConformancePage } from "./write-conformance-page.ts";
import { writePrivatePage } from "./write-private-page.ts";
import { writeStacksPage } from "./write-stacks-page.ts";
import { writeValuesPage } from "./write-values-page.ts";

if (!hasStackOracle) {
  process.stderr.write("The sample files are not beside the repository; nothing was written.\n");
  process.exit(1);
}
const write = (name: string, text: string): void =>
  writeFileSync(new URL(`../../docs/${name}.md`, import.meta.url), text);

const values = compareWithOracle();
const stacks = await compareWithVolumes();
const { found, missing } = findReaders();
for (const line of missing) process.stderr.write(`${line}\n`);
const readers = found.map((reader) => ({
  name: reader.name,
  ...compareFolder(fileURLToPath(samples), reader),
}));
const compared = [...values, ...readers.flatMap(({ files }) => files)];
const met = new Set(compared.flatMap(({ stored }) => stored));
const coverage = findCoverage(values, met, compared);

write("conformance", writeConformancePage({ values, readers, stacks, coverage }));
write("conformance-values", writeValuesPage(values));
write("conformance-stacks", writeStacksPage(stacks));
if (readers.length > 0) write("conformance-private", writePrivatePage(readers, values));

const { unexplained } = sumValues(compared);
if (unexplained > 0) {
  process.stderr.write(`${unexplained} values differ without a reason.\n`);
  process.exitCode = 1;
}
