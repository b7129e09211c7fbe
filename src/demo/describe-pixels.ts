import { attribute, type Element } from "./element.ts";

/** Pixels of one value per pixel, 16 bits allocated (PS3.3 §C.7.6.3). */
export function describePixels(
  plane: { readonly rows: number; readonly columns: number },
  pixels: Uint16Array,
  bitsStored: number,
): Element[] {
  return [
    attribute("SamplesPerPixel", 1),
    attribute("PhotometricInterpretation", "MONOCHROME2"),
    attribute("Rows", plane.rows),
    attribute("Columns", plane.columns),
    attribute("BitsAllocated", 16),
    attribute("BitsStored", bitsStored),
    attribute("HighBit", bitsStored - 1),
    attribute("PixelRepresentation", 0),
    attribute("PixelData", pixels),
  ];
}
