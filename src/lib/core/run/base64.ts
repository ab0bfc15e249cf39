/** Bytes as base64 (RFC 4648, with padding): how pictures stand in a save file. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const places = new Map([...ALPHABET].map((character, place) => [character.charCodeAt(0), place]));
const table = Uint8Array.from({ length: 128 }, (_, code) => places.get(code) ?? 255);
/** A multiple of three bytes, and few enough to spread over the arguments of one call. */
const CHUNK_BYTES = 3 * 4096;

/** @example toBase64(Uint8Array.of(82, 98)) //=> 'UmI=' */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    const chunk = bytes.subarray(start, start + CHUNK_BYTES);
    const codes: number[] = [];
    for (let place = 0; place < chunk.length; place += 3) {
      const [a = 0, b, c] = [chunk[place], chunk[place + 1], chunk[place + 2]];
      const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
      codes.push(
        ALPHABET.charCodeAt(bits >> 18),
        ALPHABET.charCodeAt((bits >> 12) & 63),
        b === undefined ? 61 : ALPHABET.charCodeAt((bits >> 6) & 63),
        c === undefined ? 61 : ALPHABET.charCodeAt(bits & 63),
      );
    }
    parts.push(String.fromCharCode(...codes));
  }
  return parts.join('');
}

/**
 * Bytes as an address that holds them: pages and papers load pictures from nowhere else.
 *
 * @example dataAddress(Uint8Array.of(82, 98), 'image/png') //=> 'data:image/png;base64,UmI='
 */
export const dataAddress = (bytes: Uint8Array, type: string): string => `data:${type};base64,${toBase64(bytes)}`;

/**
 * @returns Nothing where the text is not exactly what `toBase64` writes.
 * @example fromBase64('UmI=') //=> Uint8Array [82, 98]
 */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const letters = text.length - padding;
  let bits = 0;
  let place = 0;
  for (let index = 0; index < text.length; index++) {
    const value = index < letters ? (table[text.charCodeAt(index)] ?? 255) : 0;
    if (value === 255) return undefined;
    bits = ((bits << 6) | value) & 0xff_ff_ff;
    if (index % 4 !== 3) continue;
    for (const shift of [16, 8, 0]) if (place < bytes.length) bytes[place++] = (bits >> shift) & 255;
  }
  // Bits that the padding leaves over must be none, else two texts would mean the same bytes.
  const over = padding === 2 ? bits & 0xff_ff : padding === 1 ? bits & 0xff : 0;
  return over === 0 ? bytes : undefined;
}
