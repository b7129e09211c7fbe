import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption } from "#cli/common-options.ts";

export const headersCommand = defineCommand({
  name: "headers",
  summary: "Show the full header kept in the database of one instance",
  details:
    "All elements in the order of the file, private and nested ones too. What names a person or was typed by people is masked unless --identifiers is given. Of values above 64 KiB and of pixels there is the length and a checksum.",
  examples: [
    { line: "nils headers 1.2.840.113619.2.1", about: "by its SOP Instance UID" },
    { line: "nils headers 1.2.840.113619.2.1 --json", about: "as a tree, for a program" },
  ],
  arguments: { uid: { about: "SOP Instance UID.", required: true } },
  options: {
    cohort: { type: "text", placeholder: "NAME", about: "Only that of this cohort." },
    identifiers: {
      type: "flag",
      about: "Show what may name a person too; this is noted in the audit.",
    },
    json: jsonOption,
    database: databaseOption,
  },
  lists: true,
  async run(context, { arguments: { uid }, options }) {
    const { withStore } = await import("#cli/with-store.ts");
    const { showHeaders } = await import("#cli/inspect/show-headers.ts");
    const { database } = options;
    await withStore(context, { database }, async (store) => {
      await showHeaders(context, store, {
        uid,
        cohort: options.cohort,
        showsIdentifiers: options.identifiers,
        isJson: options.json,
      });
    });
  },
});
