import { resolve } from "node:path";
import { defineCommand } from "#cli/command.ts";
import { databaseOption } from "#cli/common-options.ts";

export const backupCommand = defineCommand({
  name: "backup",
  summary: "Write a consistent copy of the database to a file",
  details:
    "Works while a job runs. The copy holds identifiers of patients as the database does; it is readable by you alone, and making it is audited.",
  examples: [
    { line: "nils backup nils-2026-03-01.db", about: "into a file that is not there yet" },
    { line: "nils backup copy.db --database lab.db", about: "of a database that you name" },
  ],
  arguments: {
    file: {
      about: "File to make; it must not be there yet.",
      required: true,
      completes: "file",
    },
  },
  options: { database: databaseOption },
  async run(context, { arguments: words, options }) {
    const { withStore } = await import("#cli/with-store.ts");
    const { formatBytes } = await import("#cli/output/format.ts");
    const { statSync } = await import("node:fs");
    const path = resolve(context.cwd, words.file);
    await withStore(context, { database: options.database }, async (store) => {
      await store.audit({ action: "backup", cohortId: null, detail: "whole database" });
      await store.backup(path);
      context.stderr.write(
        `${path} holds ${await store.describe()} as it was now (${formatBytes(statSync(path).size)}). nils restore puts it back.\n`,
      );
    });
  },
});
