/**
 * What a registry file says about one value, and the rules that hold in each of its formats (.reg, LGPO text,
 * Registry.pol), so that the same change can be had in all of them or is refused in all of them.
 */
import { grouped, refusedCharacter } from './text-rules.ts';

/** One value to set or to delete. `key` has no hive: it is always the computer's half, HKLM. */
export type RegistryEntry =
  | {
      readonly key: string;
      readonly valueName: string;
      readonly type: 'REG_SZ' | 'REG_DWORD';
      /** Text for REG_SZ, a whole number for REG_DWORD. */
      readonly data: string | number;
    }
  | { readonly key: string; readonly valueName: string; readonly delete: true };

/** Longest text in UTF-16 units: with its closing zero it fills the 65,535 bytes that Registry.pol has for data. */
export const REGISTRY_TEXT_LIMIT = 32_766;

/** Largest number that a REG_DWORD holds. */
export const DWORD_LIMIT = 4_294_967_295;

/** [MS-GPREG] 2.2.1, IdCharacter: U+0020 to U+007E without the backslash that stands between keys. */
const KEY = /^[ -[\]-~]+(?:\\[ -[\]-~]+)*$/;
const HIVE = /^HK(?:LM|CU|CR|U|EY_[A-Z_]+)(?:\\|$)/i;
/** [MS-GPREG] 2.2.1, Value: 1 to 259 of space and printing ASCII. */
const VALUE_NAME = /^[ -~]{1,259}$/;

/**
 * What keeps an entry out of a registry file: a key or a name that not every format can hold, or data that would not
 * arrive as it is.
 *
 * @returns A sentence, or nothing when all is well.
 * @example entryFault({ key: 'HKLM\\SOFTWARE', valueName: 'a', delete: true })
 *   //=> 'The registry key must begin below the hive, for example SOFTWARE\\Policies.'
 */
export function entryFault(entry: RegistryEntry): string | undefined {
  const { key, valueName } = entry;
  if (HIVE.test(key)) return 'The registry key must begin below the hive, for example SOFTWARE\\Policies.';
  if (!KEY.test(key) || key !== key.trim() || key.startsWith(';')) {
    return 'The registry key must be plain names with single backslashes between them.';
  }
  // Two asterisks begin an instruction of Registry.pol ([MS-GPREG] 3.2.5.1.2), a semicolon a comment in LGPO text.
  if (!VALUE_NAME.test(valueName) || valueName !== valueName.trim() || /^(?:\*|;|\(default\)$)/i.test(valueName)) {
    return 'The name of a registry value must be 1 to 259 plain characters that begin with neither an asterisk nor a semicolon.';
  }
  if ('delete' in entry) return undefined;
  if (entry.type === 'REG_DWORD') {
    const isDword = typeof entry.data === 'number' && Number.isInteger(entry.data);
    return isDword && entry.data >= 0 && entry.data <= DWORD_LIMIT
      ? undefined
      : `The number for ${valueName} must be a whole number from 0 to ${DWORD_LIMIT}.`;
  }
  if (typeof entry.data !== 'string') return `The data of ${valueName} must be text.`;
  if (entry.data.length > REGISTRY_TEXT_LIMIT) {
    return (
      `The value is ${grouped(entry.data.length)} characters long, and a registry file takes ` +
      `${grouped(REGISTRY_TEXT_LIMIT)} or fewer. Shorten it.`
    );
  }
  return refusedCharacter(entry.data);
}

/** The first fault of any entry. */
export function firstEntryFault(entries: readonly RegistryEntry[]): string | undefined {
  for (const entry of entries) {
    const fault = entryFault(entry);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
