/**
 * Opens a database file: the checks before a byte is written, the settings of the connection, the
 * migrations. All files are 0600 whatever the umask.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { systemErrorName } from "#base/system-error-name.ts";
import { UserError } from "#base/user-error.ts";
import { translateError, translateOpeningError } from "./database-errors.ts";
import { explainFileError } from "./durable-files.ts";
import { migrate } from "./migrations.ts";
import { Session } from "./session.ts";

export interface OpenOptions {
  /** Opens on a network file system in spite of the danger. */
  readonly allowNetworkDisk?: boolean;
  /** Fails where there is no database yet instead of making one. */
  readonly mustExist?: boolean;
  /** Time that the connection waits for another one's lock, ms; default 10 s. */
  readonly busyTimeoutMs?: number;
}

/** Versions before this can corrupt a database in WAL mode (sqlite.org/wal.html, fixed in 3.51.3). */
const oldestSafeSqlite = [3, 51, 3] as const;

const defaultBusyTimeoutMs = 10_000;

export function openDatabase(path: string, options: OpenOptions = {}): Session {
  requireSafeSqlite();
  const isNew = !existsSync(path);
  if (isNew && options.mustExist === true) {
    throw new UserError(
      "database-missing",
      `There is no database at ${path}; nils extract makes one, or name another with --database.`,
      { exitStatus: 2 },
    );
  }
  preparePlace(path, options);
  if (isNew) createPrivateFile(path);
  let db: DatabaseSync;
  try {
    db = new DatabaseSync(path, { timeout: options.busyTimeoutMs ?? defaultBusyTimeoutMs });
  } catch (error) {
    throw translateError(error, path);
  }
  try {
    configure(db);
    migrate(db, path);
    for (const suffix of ["", "-wal", "-shm"]) {
      if (existsSync(path + suffix)) makePrivate(path + suffix);
    }
    return new Session(db, path);
  } catch (error) {
    db.close();
    throw translateOpeningError(error, path);
  }
}

function configure(db: DatabaseSync): void {
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -16384;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
  `);
}

/** Throws where this Node's SQLite can damage databases. */
export function requireSafeSqlite(): void {
  const version = process.versions["sqlite"] ?? "0.0.0";
  const parts = version.split(".").map(Number);
  for (const [index, oldest] of oldestSafeSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest) {
      throw new UserError(
        "sqlite-too-old",
        `This Node carries SQLite ${version}, which can damage databases; ${oldestSafeSqlite.join(".")} or newer is needed: update Node.`,
        { exitStatus: 2 },
      );
    }
  }
}

/** The folder of a database: there, and on a disk that is fit for it. */
export function preparePlace(path: string, options: OpenOptions): void {
  prepareFolder(path);
  const network = findNetworkDisk(path);
  if (options.allowNetworkDisk === true || network === null) return;
  throw new UserError(
    "network-disk",
    `${path} lies on a network file system (${network}), where SQLite databases get damaged; put it on a local disk with --database, or insist with --allow-network-disk.`,
    { exitStatus: 2 },
  );
}

function prepareFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new UserError(
      "database-folder",
      `The folder of ${path} cannot be made; choose another place with --database.`,
      { exitStatus: 2, cause },
    );
  }
}

/** File system magics of statfs(2) on which SQLite's locks cannot be trusted. */
const networkFileSystems: Readonly<Record<number, string>> = {
  26985: "NFS",
  20859: "SMB",
  4283649346: "CIFS",
  4266872130: "SMB2",
  16914839: "9p",
  1397113167: "AFS",
  1937076805: "Coda",
  12805120: "Ceph",
  198183888: "Lustre",
  1196443219: "GPFS",
  428016422: "BeeGFS",
};

/** Name of the network file system that the folder of `path` lies on; null on any other. */
export function findNetworkDisk(path: string): string | null {
  return networkFileSystems[Number(statfsSync(dirname(path)).type)] ?? null;
}

/** Refusals that another place mends; others are the disk's. */
const wrongPlaces: ReadonlySet<string> = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOENT",
  "ENOTDIR",
  "EEXIST",
]);

function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
    makePrivate(path);
  } catch (cause) {
    const name = systemErrorName(cause) ?? "unknown error";
    if (wrongPlaces.has(name)) {
      throw new UserError(
        "database-cannot-open",
        `${path} cannot be made; check that you may write in its folder, or name another place with --database.`,
        { exitStatus: 2, cause },
      );
    }
    const why = explainFileError(cause) ?? `${name}; check its disk.`;
    throw new UserError("database-cannot-open", `${path} cannot be made: ${why}`, { cause });
  }
}

/** The owner alone; a file that belongs to somebody else keeps what it has. */
function makePrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // Not ours: its owner decided who may read it.
  }
}
