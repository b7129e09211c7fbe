/**
 * What the walking thread is doing, in memory that the watching one sees too: a thread that hangs in the system
 * can say nothing any more.
 */

const cells = { progress: 0, isWorking: 1, folderBytes: 2, nameBytes: 3 } as const;

const cellBytes = 4 * Object.keys(cells).length;
/** A path has at most 4,096 bytes, each of which takes up to three in stored text. */
const folderRoom = 16 * 1024;
/** No file system has longer names. */
const nameRoom = 1024;

/** Where a thread stands that makes no progress. */
export interface WalkPlace {
  /** Stored text of the folder. */
  readonly folder: string;
  /** Bytes of the entry's name that is looked at; null while the folder itself is opened, read or closed. */
  readonly name: Uint8Array | null;
}

export class WalkPulse {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #folder: Buffer;
  readonly #name: Uint8Array;

  constructor(memory = new SharedArrayBuffer(cellBytes + folderRoom + nameRoom)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory, 0, cellBytes / 4);
    this.#folder = Buffer.from(memory, cellBytes, folderRoom);
    this.#name = new Uint8Array(memory, cellBytes + folderRoom, nameRoom);
  }

  /** Is the thread at work, rather than waiting for leave to go on? */
  set isWorking(isWorking: boolean) {
    Atomics.store(this.#cells, cells.isWorking, isWorking ? 1 : 0);
    this.#beat();
  }

  get isWorking(): boolean {
    return Atomics.load(this.#cells, cells.isWorking) === 1;
  }

  get progress(): number {
    return Atomics.load(this.#cells, cells.progress);
  }

  enterFolder(path: string): void {
    Atomics.store(this.#cells, cells.folderBytes, this.#folder.write(path));
    this.readOn();
  }

  /** The folder itself is about to be touched. */
  readOn(): void {
    Atomics.store(this.#cells, cells.nameBytes, 0);
    this.#beat();
  }

  /** The entry of that name is about to be touched. */
  lookAt(name: Uint8Array): void {
    this.#name.set(name);
    Atomics.store(this.#cells, cells.nameBytes, name.length);
    this.#beat();
  }

  /** To be asked only while there is no progress. */
  place(): WalkPlace {
    const folderBytes = Atomics.load(this.#cells, cells.folderBytes);
    const nameBytes = Atomics.load(this.#cells, cells.nameBytes);
    return {
      folder: this.#folder.toString("utf8", 0, folderBytes),
      name: nameBytes === 0 ? null : this.#name.slice(0, nameBytes),
    };
  }

  #beat(): void {
    Atomics.add(this.#cells, cells.progress, 1);
  }
}
