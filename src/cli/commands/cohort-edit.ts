import { cohortArgument } from "#cli/cohort/cohort-argument.ts";
import { defineCommand } from "#cli/command.ts";
import { databaseOption } from "#cli/common-options.ts";
import { contentChangeOptions } from "#cli/extract/content-options.ts";

export const cohortEditCommand = defineCommand({
  name: "edit",
  summary: "Change a cohort's name, source or settings",
  details:
    "Says what follows from a change. In the end the database is as if the new settings had always held. Refused while a job holds the cohort.",
  examples: [
    { line: "nils cohort edit brain --name brain-2026", about: "another name" },
    { line: "nils cohort edit brain --source /mnt/new/brain", about: "the archive has moved" },
    { line: "nils cohort edit brain --ct-split-on-dose never", about: "then nils restack" },
  ],
  arguments: { name: cohortArgument },
  options: {
    name: { type: "text", placeholder: "NAME", about: "New name." },
    source: {
      type: "text",
      placeholder: "DIR",
      completes: "folder",
      about: "Folder that holds the archive now.",
    },
    ...contentChangeOptions,
    database: databaseOption,
  },
  async run(context, { arguments: words, options, given }) {
    const { editCohort } = await import("#cli/cohort/edit-cohort.ts");
    await editCohort(context, { ...options, cohort: words.name, newName: options.name }, given);
  },
});
