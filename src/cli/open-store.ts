/** The database of a command: chosen, opened, and its cohort found. The one place that knows which kind it is. */
import { UserError } from "#base/user-error.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import type { Cohort } from "#store/cohort.ts";
import type { OpenOptions } from "#store/sqlite/open-database.ts";
import type { Store } from "#store/store.ts";
import type { CommandContext } from "./command.ts";
import { resolveDatabaseLocation } from "./database-location.ts";

export interface StoreChoice extends OpenOptions {
  /** The value of --database. */
  readonly database: string | undefined;
  /** A thread of its own for the database, for jobs; commands that only look do without. */
  readonly inThread?: boolean;
}

/** Opens the database that the command line, the environment or the default names. */
export async function openStore(context: CommandContext, choice: StoreChoice): Promise<Store> {
  const location = locateDatabase(context, choice.database);
  const { allowNetworkDisk, mustExist } = choice;
  const options = {
    readerVersion,
    ...(allowNetworkDisk === undefined ? {} : { allowNetworkDisk }),
    ...(mustExist === undefined ? {} : { mustExist }),
  };
  if (choice.inThread === true) {
    const { openThreadedSqliteStore } = await import("#store/sqlite/threaded-store.ts");
    return openThreadedSqliteStore(location, options);
  }
  const { openSqliteStore } = await import("#store/sqlite/sqlite-store.ts");
  return openSqliteStore(location, options);
}

/** Path of the database file that is meant. */
export function locateDatabase(context: CommandContext, database: string | undefined): string {
  const { env, home, cwd } = context;
  const location = resolveDatabaseLocation({ option: database, env, home, cwd });
  if (location.kind === "file") return location.path;
  throw new UserError(
    "postgres-not-yet",
    "This version writes SQLite files only; give --database the path of a file.",
    { exitStatus: 2 },
  );
}

/** The cohort of that name; names those there are when there is none. */
export async function requireCohort(store: Store, name: string): Promise<Cohort> {
  const cohort = await store.findCohort(name);
  if (cohort !== null) return cohort;
  const names = (await store.listCohorts()).map((each) => each.name);
  throw new UserError(
    "cohort-unknown",
    names.length === 0
      ? `There is no cohort ${name} in this database, and no other; nils extract --cohort ${name} --source DIR makes one.`
      : `There is no cohort ${name} in this database; there are ${names.join(", ")}.`,
    { exitStatus: 2 },
  );
}
