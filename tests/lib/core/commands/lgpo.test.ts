import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { lgpoFile, readLgpoFile } from '../../../../src/lib/core/commands/lgpo.ts';
import { REGISTRY_TEXT_LIMIT, type RegistryEntry } from '../../../../src/lib/core/commands/registry-entry.ts';
import { utf16File } from '../../../../src/lib/core/commands/utf-16.ts';
import { anyEntry, asWrite, hostileData, sentence, signatureKey } from './support/any-entry.ts';
import { readLgpoAsTool } from './support/registry-files.ts';

// Thousands of runs take seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const made = (entries: readonly RegistryEntry[]) => {
  const file = lgpoFile(entries);
  if (!file.ok) throw new Error(file.why);
  return file.value;
};
const shares = (data: string): RegistryEntry => ({
  key: signatureKey,
  valueName: 'DefinitionUpdateFileSharesSources',
  type: 'REG_SZ',
  data,
});

describe('LGPO text', () => {
  it('has four lines for each entry, with every backslash of a path doubled and none of a key', () => {
    const { text } = made([
      shares('\\\\fs01\\new\\root|\\\\fs02\\0'),
      { key: signatureKey, valueName: 'ScheduleTime', type: 'REG_DWORD', data: 360 },
      { key: signatureKey, valueName: 'FallbackOrder', delete: true },
    ]);
    expect(text.split('\r\n')).toEqual([
      'Computer',
      signatureKey,
      'DefinitionUpdateFileSharesSources',
      'SZ:\\\\\\\\fs01\\\\new\\\\root|\\\\\\\\fs02\\\\0',
      '',
      'Computer',
      signatureKey,
      'ScheduleTime',
      'DWORD:360',
      '',
      'Computer',
      signatureKey,
      'FallbackOrder',
      'DELETE',
      '',
    ]);
  });

  it('is UTF-16LE with a byte order mark', () => {
    const { text, bytes } = made([shares('\\\\fs\\ä')]);
    expect(Buffer.from(bytes)).toEqual(Buffer.from(`\ufeff${text}`, 'utf16le'));
  });

  it('takes the longest text', () => {
    const entry = shares('\\'.repeat(REGISTRY_TEXT_LIMIT));
    expect(readLgpoFile(made([entry]).bytes)).toEqual({ ok: true, value: [entry] });
  });

  it.each([' a', 'a ', ' '])('refuses %j, whose space may get lost', (data) => {
    expect(lgpoFile([shares(data)])).toEqual({
      ok: false,
      why: 'The value begins or ends with a space, and it is not documented that LGPO keeps it. Use another form.',
    });
  });

  it('carries any text as it is, or is refused with a sentence', () => {
    let accepted = 0;
    fc.assert(
      fc.property(hostileData, (data) => {
        const file = lgpoFile([shares(data)]);
        if (!file.ok) {
          expect(file.why).toMatch(sentence);
          return;
        }
        accepted += 1;
        expect(readLgpoAsTool(file.value.bytes)).toEqual([asWrite(shares(data))]);
        expect(readLgpoFile(file.value.bytes)).toEqual({ ok: true, value: [shares(data)] });
      }),
      { numRuns: 10_000 },
    );
    // A door that refuses everything would pass the rest.
    expect(accepted).toBeGreaterThan(5_000);
  });

  it('carries any entries in their order, or is refused with a sentence', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 4 }), (entries) => {
        const file = lgpoFile(entries);
        if (!file.ok) {
          expect(file.why).toMatch(sentence);
          return;
        }
        expect(readLgpoAsTool(file.value.bytes)).toEqual(entries.map(asWrite));
        expect(readLgpoFile(file.value.bytes)).toEqual({ ok: true, value: entries });
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('reading LGPO text', () => {
  const read = (...lines: string[]) => readLgpoFile(utf16File(lines.join('\r\n')).bytes);

  it('takes comments, small letters of the configuration and hexadecimal numbers', () => {
    expect(read('; a comment', '', 'computer', 'A', 'n', 'DWORD:0xFF')).toEqual({
      ok: true,
      value: [{ key: 'A', valueName: 'n', type: 'REG_DWORD', data: 255 }],
    });
  });

  const actionWhy = (line: number) => `Line ${line} must be SZ with doubled backslashes, DWORD or DELETE.`;
  it.each([
    [['User', 'A', 'n', 'DELETE'], 'Line 1 must be Computer.'],
    [['Computer ', 'A', 'n', 'DELETE'], 'Line 1 must be Computer.'],
    [['', 'Computer', 'A', 'n'], actionWhy(5)],
    [['Computer', 'A', '*', 'CLEAR'], actionWhy(4)],
    [['Computer', 'A', 'n', 'delete'], actionWhy(4)],
    [['Computer', 'A', 'n', 'SZ:\\\\fs\\new'], actionWhy(4)],
    [['Computer', 'A', 'n', 'DWORD:4294967296'], actionWhy(4)],
    [['Computer', 'A', 'n', 'DWORD:-1'], actionWhy(4)],
    [['Computer', 'A', '*', 'DELETE'], expect.stringMatching(/^The name of a registry value must be /)],
  ])('says which line says something else: %#', (lines, why) => {
    expect(read(...lines)).toEqual({ ok: false, why });
  });

  it('says when the file has another encoding', () => {
    expect(readLgpoFile(Buffer.from('Computer'))).toEqual({
      ok: false,
      why: 'The file must be UTF-16LE with a byte order mark.',
    });
  });

  it('answers any bytes with entries or a sentence', () => {
    const line = fc.constantFrom('Computer', 'A\\B', 'n', 'SZ:a', 'SZ:\\', 'DWORD:1', 'DELETE', '', ';', ' ', '\0');
    fc.assert(
      fc.property(fc.array(line), fc.uint8Array(), (lines, bytes) => {
        for (const answer of [read(...lines), readLgpoFile(bytes)]) {
          if (!answer.ok) expect(answer.why).toMatch(sentence);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
