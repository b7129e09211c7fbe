import { resolve } from "node:path";
import { defineCommand } from "#cli/command.ts";
import { cohortOption, databaseOption } from "#cli/common-options.ts";

/** Lines that are written at a time. */
const linesPerChunk = 500;

export const dumpCommand = defineCommand({
  name: "dump",
  summary: "Write all that is known of a cohort as lines that can be compared",
  details:
    "Two databases with the same content give the same lines, whatever the order, the machine and the number of jobs that led there. A dump holds identifiers of patients: it is audited, and a file is readable by you alone. The sum of --sha256 holds none.",
  examples: [
    {
      line: "nils dump --cohort brain --sha256",
      about: "the yardstick: same archive, same sum",
    },
    { line: "nils dump --cohort brain --out brain.dump", about: "to compare with another one" },
  ],
  options: {
    cohort: cohortOption,
    sha256: {
      type: "flag",
      about: "Print only the SHA-256 of the lines, each with its line break.",
    },
    out: {
      type: "text",
      placeholder: "FILE",
      completes: "file",
      about: "Write to this file, which must not be there yet, instead of standard output.",
    },
    database: databaseOption,
  },
  async run(context, { options }) {
    const { WrongUseError } = await import("#cli/wrong-use-error.ts");
    if (options.sha256 && options.out !== undefined) {
      throw new WrongUseError("--sha256 writes no lines, so --out has nothing to take; give one.");
    }
    const path = options.out === undefined ? null : resolve(context.cwd, options.out);
    const { existsSync } = await import("node:fs");
    if (path !== null && existsSync(path)) {
      throw new WrongUseError(`${path} is there already; name a file that is not.`);
    }
    const { withStore } = await import("#cli/with-store.ts");
    const { requireCohort } = await import("#cli/open-store.ts");
    await withStore(context, { database: options.database }, async (store) => {
      const { cohortId } = await requireCohort(store, options.cohort);
      const chunks = chunkLines(store.dump(cohortId));
      if (options.sha256) {
        const { createHash } = await import("node:crypto");
        const hash = createHash("sha256");
        for await (const chunk of chunks) hash.update(chunk);
        context.stdout.write(`${hash.digest("hex")}\n`);
        return;
      }
      const detail = path === null ? "to standard output" : "to a file";
      await store.audit({ action: "dump", cohortId, detail });
      if (path !== null) {
        const { createPrivateFile } = await import("#cli/export/private-file.ts");
        const file = createPrivateFile(path);
        try {
          for await (const chunk of chunks) file.write(chunk);
          file.keep();
        } finally {
          file.discard();
        }
        return;
      }
      for await (const chunk of chunks) {
        context.stdout.write(chunk);
        await context.stdout.drain();
      }
    });
  },
});

async function* chunkLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk: string[] = [];
  for await (const line of lines) {
    chunk.push(`${line}\n`);
    if (chunk.length < linesPerChunk) continue;
    yield chunk.join("");
    chunk = [];
  }
  yield chunk.join("");
}
