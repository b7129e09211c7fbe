import { resolve } from "node:path";
import { defineCommand } from "#cli/command.ts";
import { databaseOption, networkDiskOption, yesOption } from "#cli/common-options.ts";

export const restoreCommand = defineCommand({
  name: "restore",
  summary: "Put a backup in the place of the database",
  details:
    "The whole backup is checked first. Then it replaces the database in one step; a database that was there is gone. Refused while any other program has it open.",
  examples: [
    { line: "nils restore nils-2026-03-01.db", about: "asks before it replaces a database" },
    { line: "nils restore copy.db --database new.db", about: "to another place" },
  ],
  arguments: {
    file: { about: "A file that nils backup made.", required: true, completes: "file" },
  },
  options: {
    database: databaseOption,
    allowNetworkDisk: networkDiskOption,
    yes: yesOption,
  },
  async run(context, { arguments: words, options }) {
    const { existsSync, realpathSync, statSync } = await import("node:fs");
    const { locateDatabase, openStore } = await import("#cli/open-store.ts");
    const { confirm } = await import("#cli/confirm.ts");
    const { formatBytes } = await import("#cli/output/format.ts");
    const { WrongUseError } = await import("#cli/wrong-use-error.ts");
    const { checkBackup, replaceDatabase } = await import("#store/sqlite/restore.ts");
    const { plural } = await import("#cli/output/plural.ts");
    const backup = resolve(context.cwd, words.file);
    const target = locateDatabase(context, options.database);
    const content = checkBackup(backup);
    const isThere = existsSync(target);
    if (isThere && realpathSync(backup) === realpathSync(target)) {
      throw new WrongUseError(`${backup} is the database itself; name a backup of it.`);
    }
    if (isThere) {
      const size = formatBytes(statSync(target).size);
      const held = `${plural(content.cohorts, "cohort")}, ${describeAge(content.newestJobAt)}`;
      const question = `Replace the database ${target} (${size}) by the backup (${held})?`;
      if (!(await confirm(context, question, { yes: options.yes }))) {
        context.stderr.write("Nothing was changed.\n");
        return 1;
      }
    }
    const { allowNetworkDisk } = options;
    replaceDatabase(backup, target, { allowNetworkDisk });
    // Opening brings an older backup to the present schema.
    const store = await openStore(context, {
      database: options.database,
      mustExist: true,
      allowNetworkDisk,
    });
    try {
      await store.audit({ action: "restore", cohortId: null, detail: "whole database" });
    } finally {
      await store.close();
    }
    context.stderr.write(
      `${target} is what ${backup} holds: ${plural(content.cohorts, "cohort")}.\n`,
    );
    return 0;
  },
});

function describeAge(newestJobAt: string | null): string {
  return newestJobAt === null ? "no job yet" : `last job of ${newestJobAt.slice(0, 10)}`;
}
