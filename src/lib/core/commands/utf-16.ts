/**
 * UTF-16LE by hand: core has no TextEncoder. Unit for unit, so that what was read is written back as it was, also
 * where it is half of a pair.
 */

/** U+FEFF, by which Windows tells UTF-16LE text from text in the computer's own code page. */
const BYTE_ORDER_MARK = 0xfeff;

/** A text file: what is in it, and its bytes. */
export interface TextFile {
  readonly text: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Makes a file of text: UTF-16LE with a byte order mark in front.
 *
 * @example utf16File('A').bytes //=> Uint8Array [0xff, 0xfe, 0x41, 0x00]
 */
export function utf16File(text: string): TextFile {
  const bytes = new Uint8Array(2 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, BYTE_ORDER_MARK, true);
  writeUtf16(view, 2, text);
  return { text, bytes };
}

/**
 * The text of such a file, without the mark.
 *
 * @returns Nothing when the bytes do not begin with the mark or end in half a unit.
 */
export function readUtf16File(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 2 || bytes.length % 2 !== 0 || view.getUint16(0, true) !== BYTE_ORDER_MARK) return undefined;
  return readUtf16(view, 2, bytes.length);
}

/** Writes each unit of the text, low byte first, from `at` on. The view must have room for it. */
export function writeUtf16(view: DataView, at: number, text: string): void {
  for (let unit = 0; unit < text.length; unit += 1) view.setUint16(at + 2 * unit, text.charCodeAt(unit), true);
}

/** Reads the units from byte `from` to byte `to`, which is not included. The distance must be even. */
export function readUtf16(view: DataView, from: number, to: number): string {
  const units: string[] = [];
  for (let at = from; at < to; at += 2) units.push(String.fromCharCode(view.getUint16(at, true)));
  return units.join('');
}
