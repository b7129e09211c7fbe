/**
 * Writes docs/conformance-values.md: how our values of the sample files compare with those of independent
 * readers. Needs the samples beside the repository, so it is no part of `npm run generate`.
 */
import { writeFileSync } from "node:fs";
import { explain, reasons } from "./oracle-reasons.ts";
import { compareWithOracle, hasSamples } from "./oracle-values.ts";

if (!hasSamples) {
  process.stderr.write("The sample files are not beside the repository; nothing was written.\n");
  process.exit(1);
}
const { files, values, differences } = compareWithOracle();
const rows = reasons.flatMap((reason) => {
  const own = differences.filter((difference) => explain(difference) === reason);
  if (own.length === 0) return [];
  const columns = [...new Set(own.map((difference) => `\`${difference.column}\``))].sort();
  return [`| ${reason.name} | ${own.length} | ${columns.join(", ")} | ${reason.about} |`];
});
const unexplained = differences.filter((difference) => explain(difference) === undefined).length;
const page = `# Conformance of values

Made by \`npm run conformance\` from the sample files and the independent readings (pydicom 2.3.1)
that lie beside the repository when it is developed. Classic objects only: every catalogue column whose first
place is its own attribute at the top level of the data set.

${files} files, ${values} values compared, ${differences.length} differ, ${unexplained} without a reason.

| reason | values | columns | what it is |
| --- | ---: | --- | --- |
${rows.join("\n")}
`;
writeFileSync(new URL("../../docs/conformance-values.md", import.meta.url), page);
