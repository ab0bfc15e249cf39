/** Telling pictures by what they are, and not by what they are called. */
import type { Picture } from './event.ts';

/** What a picture's first bytes say it is, whatever its name says; nothing where it is none that every browser shows. */
export function pictureType(bytes: Uint8Array): Picture['type'] | undefined {
  const begins = (...codes: number[]): boolean => codes.every((code, place) => bytes[place] === code);
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0x47, 0x49, 0x46, 0x38)) return 'image/gif';
  const isWebp = begins(0x52, 0x49, 0x46, 0x46) && [0x57, 0x45, 0x42, 0x50].every((code, at) => bytes[8 + at] === code);
  return isWebp ? 'image/webp' : undefined;
}
