import { hashName } from "./random.ts";

/**
 * UID of a named thing: `2.25.` and the number of a UUID (PS3.5 §B.2), here a version 8 UUID (RFC 9562 §5.8)
 * made from SHA-256 of the seed and the name. Same seed and name give the same UID; 44 characters at most.
 */
export function makeSyntheticUid(seed: number, name: string): string {
  const bytes = hashName(seed, name).subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${bytes.toString("hex")}`)}`;
}
