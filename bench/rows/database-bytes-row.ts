import { join } from "node:path";
import { extractAnew } from "./measuring/extraction.ts";
import type { Row } from "./row.ts";

/** Size of the database, without headers. One job: it is the same each time. */
export const databaseBytesRow: Row = {
  id: "database-bytes",
  async measure(bench) {
    const { folder, files } = bench.archive("small200k");
    const { databaseBytes } = await extractAnew({
      program: bench.build(),
      source: folder,
      database: join(bench.scratch, "nils.db"),
    });
    return { samples: [databaseBytes / files], notes: [] };
  },
};
