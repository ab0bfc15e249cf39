import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  entryFault,
  firstEntryFault,
  REGISTRY_TEXT_LIMIT,
  type RegistryEntry,
} from '../../../../src/lib/core/commands/registry-entry.ts';
import { anyEntry, sentence } from './support/any-entry.ts';

const text = (data: string | number): RegistryEntry => ({ key: 'A\\B', valueName: 'C', type: 'REG_SZ', data });
const number = (data: string | number): RegistryEntry => ({ key: 'A\\B', valueName: 'C', type: 'REG_DWORD', data });
const deleted = (key: string, valueName: string): RegistryEntry => ({ key, valueName, delete: true });

const hiveWhy = 'The registry key must begin below the hive, for example SOFTWARE\\Policies.';
const keyWhy = 'The registry key must be plain names with single backslashes between them.';
const nameWhy =
  'The name of a registry value must be 1 to 259 plain characters that begin with neither an asterisk nor a semicolon.';
const numberWhy = 'The number for C must be a whole number from 0 to 4294967295.';

describe('an entry of a registry file', () => {
  it.each([
    [deleted('SOFTWARE\\Policies\\Microsoft\\Windows Defender', 'FallbackOrder')],
    [deleted('A [1]~', 'b;"\\*')],
    [deleted('A', 'n'.repeat(259))],
    [number(0)],
    [number(4_294_967_295)],
    [text('')],
    [text(' \\\\fs\\a|\\\\fs\\b "é" 😀 ')],
    [text('x'.repeat(REGISTRY_TEXT_LIMIT))],
  ])('is fine: %#', (entry) => {
    expect(entryFault(entry)).toBeUndefined();
  });

  it.each([
    [deleted('HKLM\\SOFTWARE', 'a'), hiveWhy],
    [deleted('hkey_local_machine\\SOFTWARE', 'a'), hiveWhy],
    [deleted('HKCU', 'a'), hiveWhy],
    [deleted('', 'a'), keyWhy],
    [deleted('\\A', 'a'), keyWhy],
    [deleted('A\\', 'a'), keyWhy],
    [deleted('A\\\\B', 'a'), keyWhy],
    [deleted(' A', 'a'), keyWhy],
    [deleted('A ', 'a'), keyWhy],
    [deleted(';A', 'a'), keyWhy],
    [deleted('A\r\nB', 'a'), keyWhy],
    [deleted('Ä', 'a'), keyWhy],
    [deleted('A', ''), nameWhy],
    [deleted('A', 'n'.repeat(260)), nameWhy],
    [deleted('A', '**del.a'), nameWhy],
    [deleted('A', '*'), nameWhy],
    [deleted('A', ';a'), nameWhy],
    [deleted('A', '(default)'), nameWhy],
    [deleted('A', 'a '), nameWhy],
    [deleted('A', 'a\0'), nameWhy],
    [number(-1), numberWhy],
    [number(4_294_967_296), numberWhy],
    [number(1.5), numberWhy],
    [number(Number.NaN), numberWhy],
    [number('1'), numberWhy],
    [text(1), 'The data of C must be text.'],
    [
      text('x'.repeat(REGISTRY_TEXT_LIMIT + 1)),
      'The value is 32,767 characters long, and a registry file takes 32,766 or fewer. Shorten it.',
    ],
    [text('a\u202eb'), expect.stringMatching(/^The value holds a control for the reading direction \(U\+202E\), /)],
  ])('is refused: %#', (entry, why) => {
    expect(entryFault(entry)).toEqual(why);
  });

  it('is refused with a sentence, if at all', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 3 }), (entries) => {
        const why = firstEntryFault(entries);
        expect(why).toBe(entries.map(entryFault).find((fault) => fault !== undefined));
        if (why !== undefined) expect(why).toMatch(sentence);
      }),
      { numRuns: 2_000 },
    );
  });
});
