import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption, networkDiskOption, quietOption } from "#cli/common-options.ts";
import { contentOptions } from "#cli/extract/content-options.ts";

export const extractCommand = defineCommand({
  name: "extract",
  summary: "Read every header of an archive into the database",
  details: [
    "The archive is only read. A job goes on where the one before ended: files that are as they were are not opened again. Ctrl-C finishes the batch and stops; twice stops at once. Nothing that was written is lost either way.",
    "The source and the options --files, --subject-…, --ct-split-on-dose, --headers and --follow-links are kept with the cohort when it is made. You are asked before one of them is changed.",
    "If a job needs too much memory, lower --workers, then --batch-size.",
  ].join("\n\n"),
  examples: [
    {
      line: "nils extract --cohort study1 --source /data/study1",
      about: "make a cohort and read its archive",
    },
    { line: "nils extract --cohort study1", about: "read what is new or has changed since" },
    {
      line: "nils extract --cohort study2 --source /data/study2 --dry-run",
      about: "look which subjects would be found, writing nothing",
    },
  ],
  options: {
    cohort: {
      type: "text",
      placeholder: "NAME",
      required: true,
      about: "Cohort, by its name; made if it is new and --source is given.",
    },
    source: {
      type: "text",
      placeholder: "DIR",
      completes: "folder",
      about: "Folder that holds the archive, searched to any depth; kept with the cohort.",
    },
    workers: {
      type: "integer",
      placeholder: "N",
      min: 1,
      max: 64,
      default: 4,
      about: "Threads that read files, at most; beyond the processors only where the disk is slow.",
    },
    batchSize: {
      type: "integer",
      placeholder: "N",
      min: 1,
      max: 100_000,
      default: 1000,
      about: "Files whose rows are written together or not at all.",
    },
    resume: {
      type: "boolean",
      default: true,
      about: "Leave out files that are as they were; with false, all are read again.",
    },
    dryRun: { type: "flag", about: "Show what would be found, and write nothing." },
    ...contentOptions,
    minAge: {
      type: "duration",
      placeholder: "TIME",
      default: "0s",
      about: "Leave files that were modified this recently to the next job.",
    },
    trust: {
      type: "choice",
      choices: ["size-mtime-ctime", "size-mtime"],
      default: "size-mtime-ctime",
      about:
        "What shows that a file is as it was; size-mtime for disks that change ctime by themselves.",
    },
    acceptShrink: {
      type: "flag",
      about: "Accept that many files that were there are gone.",
    },
    database: databaseOption,
    allowNetworkDisk: networkDiskOption,
    json: jsonOption,
    quiet: quietOption,
  },
  stopsOnSignal: true,
  async run(context, args) {
    const { extract } = await import("#cli/extract/extract.ts");
    return extract(context, args.options, args.given);
  },
});
