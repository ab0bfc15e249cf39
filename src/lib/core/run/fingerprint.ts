/** Fingerprints: of a picture, to know it again, and of a whole run, to match a paper with its file. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256Hex } from '../hash.ts';
import { writeCanonical, type Event } from './event.ts';

/** SHA-256 of some bytes, 64 hex digits. */
export const hashOf = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/**
 * The fingerprint of a run: SHA-256 over the canonical JSON of its id and all its events. Pictures are in it by their
 * hashes, so a record without them has the same fingerprint as the file with them.
 *
 * @param events Each once, in the order of `compareEvents`.
 * @returns 64 hex digits.
 */
export const fingerprintOf = (run: string, events: readonly Event[]): string =>
  sha256Hex(writeCanonical({ events, run }));

/**
 * The first 64 bits, as they are printed and compared by eye.
 *
 * @example shortFingerprint('3f2a91c077d10b4e…') //=> '3F2A-91C0-77D1-0B4E'
 */
export const shortFingerprint = (fingerprint: string): string =>
  (fingerprint.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join('-');
