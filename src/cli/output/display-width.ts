/** How many columns of a terminal a text fills, and how to cut it there. */

/** Characters drawn over the one before: marks, joiners and variation selectors. */
const NO_WIDTH = /^[\p{M}\p{Cf}\u1160-\u11ff]/u;

/** Characters two columns wide: East Asian scripts, full-width forms and emoji (Unicode UAX 11). */
const WIDE =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation})/u;

/** Half-width Katakana and Hangul belong to wide scripts but fill one column each, voicing marks too. */
const HALF_WIDTH = /^[\uff61-\uffdc]+/;

const segmenter = new Intl.Segmenter();

/** Columns that `text` fills; `text` holds no control characters. */
export function measureWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += widthOfGrapheme(segment);
  return width;
}

/** Cuts `text` to at most `width` columns, with an ellipsis where something was cut. */
export function truncateToWidth(text: string, width: number): string {
  if (measureWidth(text) <= width) return text;
  let kept = "";
  let filled = 0;
  for (const { segment } of segmenter.segment(text)) {
    filled += widthOfGrapheme(segment);
    if (filled > width - 1) break;
    kept += segment;
  }
  return width < 1 ? "" : `${kept}…`;
}

function widthOfGrapheme(grapheme: string): number {
  if (NO_WIDTH.test(grapheme)) return 0;
  const halves = HALF_WIDTH.exec(grapheme);
  if (halves !== null) return halves[0].length;
  // U+FE0F asks for the emoji form of a character that is narrow as text.
  return WIDE.test(grapheme) || grapheme.includes("\ufe0f") ? 2 : 1;
}
