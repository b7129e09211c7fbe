/**
 * Siemens CSA headers for the comparison with other programs: the layout of dicom.md 1.9, read a second time and
 * apart from src/dicom/csa-header.ts, since neither dcmdump nor pydicom reads them.
 */

const sv10 = [0x53, 0x56, 0x31, 0x30];

/** Texts of a key's items; null where the header is broken or has no such key. */
export function readCsaTexts(bytes: Uint8Array, key: string): string[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isSecond = sv10.every((byte, index) => bytes[index] === byte);
  const text = (start: number, length: number): string => {
    const whole = Buffer.from(bytes.subarray(start, start + length)).toString("latin1");
    return (whole.split("\0")[0] ?? "").trim();
  };
  try {
    let offset = isSecond ? 16 : 8;
    let firstItems: number | null = null;
    const tags = view.getUint32(isSecond ? 8 : 0, true);
    for (let tag = 0; tag < tags; tag++) {
      const name = text(offset, 64);
      const count = view.getInt32(offset + 64, true);
      const items = view.getInt32(offset + 76, true);
      firstItems ??= items;
      offset += 84;
      const texts: string[] = [];
      for (let item = 0; item < items; item++) {
        const length = isSecond
          ? view.getInt32(offset + 4, true)
          : view.getInt32(offset, true) - firstItems;
        texts.push(text(offset + 16, length));
        offset += 16 + Math.ceil(length / 4) * 4;
      }
      if (name === key) return count > 0 ? texts.slice(0, count) : texts;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}
