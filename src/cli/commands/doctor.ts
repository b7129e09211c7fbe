import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption } from "#cli/common-options.ts";
import type { Finding } from "#cli/doctor/finding.ts";
import { escapeControls } from "#cli/output/escape-controls.ts";

export const doctorCommand = defineCommand({
  name: "doctor",
  summary: "Check the set-up and say what is wrong",
  details: "Ends with exit status 1 when something is wrong. Changes nothing.",
  examples: [
    { line: "nils doctor", about: "program, database, disks, sources, jobs" },
    {
      line: "nils doctor --recount",
      about: "also prove every counter against its rows, and every stack against its frames",
    },
  ],
  options: {
    recount: {
      type: "flag",
      about: "Count everything again and compare; reads the whole database.",
    },
    database: databaseOption,
    json: jsonOption,
  },
  lists: true,
  async run(context, { options }) {
    const { examine } = await import("#cli/doctor/examine.ts");
    const findings = await examine(context, options);
    const wrong = findings.filter((finding) => !finding.isGood).length;
    if (options.json) {
      const { writeJsonArray } = await import("#cli/output/list.ts");
      await writeJsonArray(
        context.stdout,
        findings.map(({ about, isGood, found, advice }) => ({
          about,
          good: isGood,
          found,
          advice,
        })),
      );
    } else {
      context.stdout.write(findings.map(writeFinding).join(""));
      const end = wrong === 0 ? "All is well." : `${wrong} of ${findings.length} things are wrong.`;
      context.stderr.write(`${end}\n`);
    }
    return wrong === 0 ? 0 : 1;
  },
});

function writeFinding({ about, isGood, found, advice }: Finding): string {
  const first = `${isGood ? "good " : "WRONG"}  ${escapeControls(`${about}: ${found}`)}\n`;
  return advice === null ? first : `${first}       ${escapeControls(advice)}\n`;
}
