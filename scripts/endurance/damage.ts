/**
 * `npm run test:damage -- --cases 10000 [--seed S] [--from N | --only N]`: databases with bits turned, pages lost, ends
 * cut off and logs that are damaged or gone. Commands have to say so in a sentence or to work. Ends 1 when one does
 * neither.
 */
import { parseArgs } from "node:util";
import { damageDatabases } from "./damage-databases.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    seed: { type: "string" },
    from: { type: "string", default: "0" },
    only: { type: "string" },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const report = await damageDatabases({
  seed,
  from: Number(values.only ?? values.from),
  cases: values.only === undefined ? Number(values.cases) : 1,
  lanes: 2,
  onCase: (done) => {
    if (done % 500 === 0) process.stderr.write(`${done} cases\n`);
  },
});
const write = (line: string): void => void process.stdout.write(`${line}\n`);
for (const { number, how, faults } of report.failed) {
  write(`FAILED --seed ${seed} --only ${number} (${how})`);
  for (const fault of faults) write(`  ${fault}`);
}
const { cases, failed, seen, whole, unseen, codes } = report;
write(
  `seed ${seed}: ${cases} cases, ${failed.length} failed; the doctor saw ${seen}, ${whole} were whole, ${unseen} had a value changed that no check sees`,
);
const sorted = [...codes].sort(([, a], [, b]) => b - a);
write(`errors: ${sorted.map(([code, count]) => `${code} ${count}`).join(", ")}`);
if (failed.length > 0) process.exitCode = 1;
