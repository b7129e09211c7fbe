/** The contract over SQLite, in this thread and in one of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import { openThreadedSqliteStore } from "#store/sqlite/threaded-store.ts";
import type { Store } from "#store/store.ts";
import "./support/compile-cache.ts";
import { describeStore, type OpenStore } from "./store-contract.ts";

const options = { readerVersion: 5 };

async function openWith(open: (path: string) => Store | Promise<Store>): Promise<OpenStore> {
  const folder = mkdtempSync(join(tmpdir(), "nils-store-"));
  const path = join(folder, "nils.db");
  const store = await open(path);
  /** Works on the same file as another program would. */
  const meddle = (sql: string): void => {
    const db = new DatabaseSync(path);
    db.exec(sql);
    db.close();
  };
  return {
    store,
    refuse: (uid) => {
      for (const event of ["INSERT", "UPDATE"]) {
        meddle(`CREATE TRIGGER "refuse ${uid} on ${event}" BEFORE ${event} ON instance
          WHEN NEW.sop_instance_uid = '${uid}' BEGIN SELECT RAISE(ABORT, 'refused'); END`);
      }
    },
    silence: (jobId) =>
      meddle(
        `UPDATE job SET host = 'elsewhere', heartbeat_at = '2020-01-01T00:00:00.000Z' WHERE job_id = ${jobId}`,
      ),
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describeStore("SQLite in this thread", () => openWith((path) => openSqliteStore(path, options)));

describeStore("SQLite in a thread of its own", () =>
  openWith((path) => openThreadedSqliteStore(path, options)),
);
