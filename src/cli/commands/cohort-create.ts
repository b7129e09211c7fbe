import { cohortArgument } from "#cli/cohort/cohort-argument.ts";
import { defineCommand } from "#cli/command.ts";
import { databaseOption, networkDiskOption } from "#cli/common-options.ts";
import { contentOptions } from "#cli/extract/content-options.ts";

export const cohortCreateCommand = defineCommand({
  name: "create",
  summary: "Make a cohort without extracting it yet",
  details: "nils extract with --source does the same and goes on to read the files.",
  examples: [
    {
      line: "nils cohort create brain --source /data/brain",
      about: "then nils extract --cohort brain reads it",
    },
    {
      line: "nils cohort create brain --source /data/brain --subject-from folder --subject-folders 'sub-*'",
      about: "one subject for each folder",
    },
  ],
  arguments: { name: cohortArgument },
  options: {
    source: {
      type: "text",
      placeholder: "DIR",
      required: true,
      completes: "folder",
      about: "Folder that holds the archive.",
    },
    ...contentOptions,
    database: databaseOption,
    allowNetworkDisk: networkDiskOption,
  },
  async run(context, { arguments: words, options, given }) {
    const { createCohort } = await import("#cli/cohort/create-cohort.ts");
    await createCohort(context, { ...options, cohort: words.name }, given);
  },
});
