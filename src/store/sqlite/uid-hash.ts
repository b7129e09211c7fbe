/** 53 bits of FNV-1a over the UID, so that a number holds it exactly. */
export function uidHash(uid: string): number {
  let low = 0x811c9dc5;
  let high = 0x1000193;
  for (let index = 0; index < uid.length; index++) {
    const unit = uid.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193) >>> 0;
    high = Math.imul(high ^ unit, 0x85ebca6b) >>> 0;
    high ^= high >>> 13;
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + low;
}
