/**
 * Entry of a job's process: a shell around `serveOrder` that chooses the database. Started by
 * `launchJob`, never by a person.
 */

import { serveOrder } from "#jobs/serve-order.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { openThreadedSqliteStore } from "#store/sqlite/threaded-store.ts";

process.umask(0o077); // whatever a job makes is the owner's alone
process.title = "nils job";

const end = await serveOrder((order) =>
  openThreadedSqliteStore(order.database, {
    readerVersion,
    allowNetworkDisk: order.allowNetworkDisk,
    mustExist: true,
  }),
);

// `exit` would wait for a thread that hangs in the system. Everything is closed and said by now.
if (end.mayHang) process.kill(process.pid, "SIGKILL");
process.exit(end.exitStatus);
