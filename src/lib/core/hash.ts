/** SHA-256 that works where `crypto.subtle` does not: on plain http and in the build alike. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * @returns 64 lower-case hex digits.
 * @example sha256Hex('abc').slice(0, 8) //=> 'ba7816bf'
 */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
