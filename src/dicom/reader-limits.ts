/** How far the header reader goes with one file. Reaching a limit is data of the file, never an exception. */
export interface ReaderLimits {
  /** Nested sequences. */
  readonly depth: number;
  /** Items of one sequence. */
  readonly items: number;
  /** Elements and items of one file. */
  readonly elements: number;
  /** Records kept of one file. */
  readonly records: number;
  /** Bytes read (or inflated) of one file; bytes jumped over do not count. */
  readonly headerBytes: number;
  /** Bytes kept of one value with a text VR. */
  readonly textBytes: number;
  /** Bytes kept of one value with VR OB or UN: room for the headers that vendors hide in them. */
  readonly blobBytes: number;
  /** Bytes kept of one value with another VR. */
  readonly otherBytes: number;
  /** Bytes kept of one value, whatever its VR, when every element is recorded. */
  readonly anyBytes: number;
  /** Bytes kept of all values of one file together. */
  readonly keptBytes: number;
  /** Inflated bytes per deflated byte that are believed, once more than `inflateFree` bytes came out. */
  readonly inflateRatio: number;
  /** Inflated bytes that are allowed at any ratio. */
  readonly inflateFree: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const defaultReaderLimits: ReaderLimits = {
  depth: 32,
  items: 200_000,
  elements: 20_000_000,
  records: 8_000_000,
  headerBytes: 1024 * MIB,
  textBytes: 64 * KIB,
  blobBytes: 4 * MIB,
  otherBytes: MIB,
  anyBytes: 64 * KIB,
  keptBytes: 256 * MIB,
  inflateRatio: 200,
  inflateFree: 16 * MIB,
};
