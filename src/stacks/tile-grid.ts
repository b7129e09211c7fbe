/** How the tiles of a sheet lie: Siemens' mosaic and UIH's VFRAME. */
import { isMadeBy } from "#catalogue/makers.ts";

/**
 * Rows and columns of tiles. Siemens fills a square with as many a side as hold them all; UIH leaves out the
 * rows that would be empty (20 tiles of 64 × 64 on 256 × 320: dcm_qa_uih). 1 × 1 for a plain image.
 */
export function tileGrid(
  tiles: number,
  manufacturer: string | null,
): { readonly rows: number; readonly columns: number } {
  if (!(tiles > 1)) return { rows: 1, columns: 1 };
  const columns = Math.ceil(Math.sqrt(tiles));
  const isCut = isMadeBy(manufacturer, "uih");
  return { rows: isCut ? Math.ceil(tiles / columns) : columns, columns };
}
