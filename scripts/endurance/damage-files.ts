/** Ways in which the files of a database get damaged, chosen by dice. */

import type { Dice } from "#demo/dice.ts";
import type { DatabaseFiles } from "./damage-base.ts";

export interface DamagedFiles {
  /** In a few words, for the report. */
  readonly how: string;
  readonly main: Buffer;
  readonly wal: Buffer | null;
  /** The index of the log; null where there is none. */
  readonly shm: Buffer | null;
}

const pageBytes = 4096;

/** Bytes at the beginning of a database that say what it is (sqlite.org/fileformat2.html §1.3). */
const headerBytes = 100;

/** Bytes at the beginning of a log, and of each of its frames (sqlite.org/fileformat2.html §4.1). */
const walHeaderBytes = 32;

type Damage = (bytes: Buffer, dice: Dice) => Buffer;

function flip(bytes: Buffer, dice: Dice, from: number, to: number, count: number): Buffer {
  for (let each = 0; each < count; each++) {
    const at = from + dice.below(to - from);
    if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << dice.below(8));
  }
  return bytes;
}

const pageOf = (bytes: Buffer, dice: Dice): number =>
  dice.below(bytes.length / pageBytes) * pageBytes;

/** Of the database file. */
const mainDamages: Readonly<Record<string, Damage>> = {
  "one bit": (bytes, dice) => flip(bytes, dice, 0, bytes.length, 1),
  "many bits": (bytes, dice) => flip(bytes, dice, 0, bytes.length, 2 + dice.below(200)),
  "bits of the header": (bytes, dice) => flip(bytes, dice, 0, headerBytes, 1 + dice.below(3)),
  "bits of the schema": (bytes, dice) => {
    const tables: number[] = [];
    for (let at = bytes.indexOf("CREATE "); at >= 0; at = bytes.indexOf("CREATE ", at + 1)) {
      tables.push(at);
    }
    const at = dice.pick(tables);
    return flip(bytes, dice, at, at + 400, 1 + dice.below(4));
  },
  "bits of a page's head": (bytes, dice) => {
    const page = pageOf(bytes, dice);
    return flip(bytes, dice, page, page + 16, 1 + dice.below(3));
  },
  "a page of zeros": (bytes, dice) => {
    const page = pageOf(bytes, dice);
    return bytes.fill(0, page, page + pageBytes);
  },
  "a page of noise": (bytes, dice) => {
    bytes.set(dice.bytes(pageBytes), pageOf(bytes, dice));
    return bytes;
  },
  "two pages exchanged": (bytes, dice) => {
    const [a, b] = [pageOf(bytes, dice), pageOf(bytes, dice)];
    const kept = Buffer.from(bytes.subarray(a, a + pageBytes));
    bytes.copy(bytes, a, b, b + pageBytes);
    kept.copy(bytes, b);
    return bytes;
  },
  "cut anywhere": (bytes, dice) => bytes.subarray(0, dice.below(bytes.length)),
  "cut after a page": (bytes, dice) => bytes.subarray(0, pageOf(bytes, dice)),
  "noise at the end": (bytes, dice) => Buffer.concat([bytes, dice.bytes(1 + dice.below(9000))]),
};

/** Of the log. */
const walDamages: Readonly<Record<string, Damage>> = {
  "one bit": (bytes, dice) => flip(bytes, dice, 0, bytes.length, 1),
  "many bits": (bytes, dice) => flip(bytes, dice, 0, bytes.length, 2 + dice.below(200)),
  "bits of the header": (bytes, dice) => flip(bytes, dice, 0, walHeaderBytes, 1 + dice.below(3)),
  "cut anywhere": (bytes, dice) => bytes.subarray(0, dice.below(bytes.length)),
  "of zeros": (bytes) => bytes.fill(0),
  "of noise": (_, dice) => Buffer.from(dice.bytes(1 + dice.below(20_000))),
  missing: () => Buffer.alloc(0),
};

/** Damages a copy of `files`, in one way or in two. */
export function damageFiles(files: DatabaseFiles, dice: Dice): DamagedFiles {
  const how: string[] = [];
  let main = Buffer.from(files.main);
  let wal = files.wal === null ? null : Buffer.from(files.wal);
  const isOfWal = wal !== null && dice.once(2);
  if (wal !== null && isOfWal) {
    const name = dice.pick(Object.keys(walDamages));
    how.push(`log: ${name}`);
    wal = name === "missing" ? null : Buffer.from((walDamages[name] as Damage)(wal, dice));
  }
  if (!isOfWal || dice.once(6)) {
    const name = dice.pick(Object.keys(mainDamages));
    how.push(`database: ${name}`);
    main = Buffer.from((mainDamages[name] as Damage)(main, dice));
  }
  const shm = dice.once(6) ? Buffer.from(dice.bytes(32_768)) : null;
  if (shm !== null) how.push("index of the log: noise");
  return { how: how.join(", "), main, wal, shm };
}
