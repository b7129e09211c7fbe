/** Sentences for what a database file can refuse, and which refusals a file's content can cause. */
import { UserError } from "#base/user-error.ts";

/** Primary result codes (sqlite.org/rescode.html). */
const result = {
  error: 1,
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  tooBig: 18,
  mismatch: 20,
  notADatabase: 26,
} as const;

interface SqliteError extends Error {
  readonly errcode: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && typeof (error as Partial<SqliteError>).errcode === "number";
}

/** SQLITE_IOERR_SHMSIZE: the file beside the database that its connections share could not be made larger. */
const noRoomToShare = 4874;

const primary = (error: SqliteError): number => error.errcode & 0xff;

/** Did another connection hold the lock for longer than this one waits? */
export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && primary(error) === result.busy;
}

/** Extended codes of constraints that the content of a row can break (sqlite.org/rescode.html). */
const contentConstraints: ReadonlySet<number> = new Set([
  275, // CHECK
  1299, // NOT NULL
  1811, // a trigger
  3091, // the type of a STRICT column
]);

/**
 * Did the database refuse what was in a row (constraint, type, size), rather than fail itself? Keys that
 * occur twice or point to nothing are a fault of this program, and no file's.
 */
export function isRefusal(error: unknown): boolean {
  if (!isSqliteError(error)) return false;
  const code = primary(error);
  return (
    code === result.tooBig || code === result.mismatch || contentConstraints.has(error.errcode)
  );
}

/** A database's own failure as a sentence; anything else as it is. */
export function translateError(error: unknown, path: string): unknown {
  if (!isSqliteError(error)) return error;
  const sentence = error.errcode === noRoomToShare ? noRoom : sentences[primary(error)];
  if (sentence === undefined) return error;
  return new UserError(sentence[0], `${path} ${sentence[1]}`, { cause: error });
}

/**
 * As `translateError`, of the statements that a database is opened with. Every sound one carries them out, so what
 * SQLite calls an error without further word is owed to the file.
 */
export function translateOpeningError(error: unknown, path: string): unknown {
  const isVague = isSqliteError(error) && primary(error) === result.error;
  const [code, rest] = damaged;
  return isVague
    ? new UserError(code, `${path} ${rest}`, { cause: error })
    : translateError(error, path);
}

const damaged = [
  "database-damaged",
  "is damaged; restore a backup with nils restore, or start a new database with --database.",
] as const;

const noRoom = [
  "database-io-error",
  "could not be used because its disk has no room, or fails; make room, or check the disk, and start the job again. What was committed is kept.",
] as const;

const sentences: Readonly<Record<number, readonly [code: string, rest: string]>> = {
  [result.busy]: [
    "database-locked",
    "is being written by another program; wait for it to end, or name another database with --database.",
  ],
  [result.locked]: [
    "database-locked",
    "is being written by another program; wait for it to end, or name another database with --database.",
  ],
  [result.noMemory]: ["database-memory", "could not get memory; reduce --workers or --batch-size."],
  [result.readOnly]: [
    "database-read-only",
    "cannot be written; check its permissions, or name another database with --database.",
  ],
  [result.ioError]: [
    "database-io-error",
    "could not be read or written by the operating system; check the disk. What was committed is kept, and the next job goes on from there.",
  ],
  [result.corrupt]: damaged,
  [result.full]: [
    "disk-full",
    "could not grow because its disk is full; make room and start the job again. What was committed is kept.",
  ],
  [result.cannotOpen]: [
    "database-cannot-open",
    "cannot be opened; check that its folder exists and that you may write there.",
  ],
  [result.notADatabase]: [
    "database-not-sqlite",
    "is not a SQLite database; name another file with --database.",
  ],
};
