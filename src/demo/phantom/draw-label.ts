import { findGlyph, GLYPH_HEIGHT, GLYPH_WIDTH } from "./font.ts";

/** Pixels of an image, row by row. */
export interface Canvas {
  readonly pixels: Uint16Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Writes a text with its upper left corner at (`row`, `column`), each letter pixel `value`, on a dark
 * ground one pixel wider, so that it reads on any picture. Letters that do not fit are left out.
 */
export function drawLabel(
  canvas: Canvas,
  text: string,
  options: { row: number; column: number; value: number; ground: number },
): void {
  const width = text.length * (GLYPH_WIDTH + 1);
  fillRectangle(
    canvas,
    options.row - 1,
    options.column - 1,
    GLYPH_HEIGHT + 2,
    width + 1,
    options.ground,
  );
  for (let index = 0; index < text.length; index++) {
    const left = options.column + index * (GLYPH_WIDTH + 1);
    if (left + GLYPH_WIDTH > canvas.columns) return;
    drawGlyph(canvas, text.charAt(index), { ...options, column: left });
  }
}

function drawGlyph(
  canvas: Canvas,
  letter: string,
  options: { row: number; column: number; value: number },
): void {
  const glyph = findGlyph(letter);
  for (let y = 0; y < GLYPH_HEIGHT; y++) {
    for (let x = 0; x < GLYPH_WIDTH; x++) {
      if (((glyph[y] as number) >> (GLYPH_WIDTH - 1 - x)) & 1) {
        setPixel(canvas, options.row + y, options.column + x, options.value);
      }
    }
  }
}

function fillRectangle(
  canvas: Canvas,
  row: number,
  column: number,
  height: number,
  width: number,
  value: number,
): void {
  for (let y = row; y < row + height; y++) {
    for (let x = column; x < column + width; x++) setPixel(canvas, y, x, value);
  }
}

function setPixel(canvas: Canvas, row: number, column: number, value: number): void {
  if (row < 0 || column < 0 || row >= canvas.rows || column >= canvas.columns) return;
  canvas.pixels[row * canvas.columns + column] = value;
}
