/**
 * Characters that a terminal acts on, or that reorder the text around them: C0 and C1 controls, marks
 * of writing direction, line and paragraph separators, and halves of surrogate pairs.
 */
const CONTROLS = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Writes such characters as `\x1b` or `\u{202e}`, so that a value of a header cannot drive the
 * terminal, break a table or forge a line. Backslashes stay as they are: they part DICOM values.
 */
export function escapeControls(text: string): string {
  return text.replaceAll(CONTROLS, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u{${digits}}`;
  });
}
