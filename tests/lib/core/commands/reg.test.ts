import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readRegFile, regFile } from '../../../../src/lib/core/commands/reg.ts';
import { REGISTRY_TEXT_LIMIT, type RegistryEntry } from '../../../../src/lib/core/commands/registry-entry.ts';
import { utf16File } from '../../../../src/lib/core/commands/utf-16.ts';
import { anyEntry, asWrite, hostileData, sentence, signatureKey } from './support/any-entry.ts';
import { readRegAsWindows } from './support/registry-files.ts';

// Thousands of runs take seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const made = (entries: readonly RegistryEntry[]) => {
  const file = regFile(entries);
  if (!file.ok) throw new Error(file.why);
  return file.value;
};
const order = (data: string): RegistryEntry => ({
  key: signatureKey,
  valueName: 'FallbackOrder',
  type: 'REG_SZ',
  data,
});

describe('a .reg file', () => {
  it('holds text, numbers and deleted values below the header of their key', () => {
    const { text } = made([
      order('InternalDefinitionUpdateServer|MMPC'),
      { key: signatureKey, valueName: 'ScheduleTime', type: 'REG_DWORD', data: 360 },
      { key: signatureKey, valueName: 'DefinitionUpdateFileSharesSources', delete: true },
      { key: 'SOFTWARE\\Policies\\X', valueName: 'Share "1"', type: 'REG_SZ', data: '\\\\fs01\\new "a"' },
    ]);
    expect(text.split('\r\n')).toEqual([
      'Windows Registry Editor Version 5.00',
      '',
      `[HKEY_LOCAL_MACHINE\\${signatureKey}]`,
      '"FallbackOrder"="InternalDefinitionUpdateServer|MMPC"',
      '"ScheduleTime"=dword:00000168',
      '"DefinitionUpdateFileSharesSources"=-',
      '',
      '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\X]',
      '"Share \\"1\\""="\\\\\\\\fs01\\\\new \\"a\\""',
      '',
    ]);
  });

  it('is UTF-16LE with a byte order mark', () => {
    const { text, bytes } = made([order('MMPC')]);
    expect(Buffer.from(bytes)).toEqual(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect([...bytes.subarray(0, 4)]).toEqual([0xff, 0xfe, 0x57, 0x00]);
  });

  it('takes the longest text', () => {
    const entry = order('\\'.repeat(REGISTRY_TEXT_LIMIT));
    expect(readRegFile(made([entry]).bytes)).toEqual({ ok: true, value: [entry] });
  });

  it('is refused where a key holds a bracket, whose meaning in a header nobody documents', () => {
    expect(regFile([{ key: 'A[1]', valueName: 'b', delete: true }])).toEqual({
      ok: false,
      why: 'The registry key must not hold square brackets in a .reg file.',
    });
  });

  it('carries any text as it is, or is refused with a sentence', () => {
    let accepted = 0;
    fc.assert(
      fc.property(hostileData, (data) => {
        const file = regFile([order(data)]);
        if (!file.ok) {
          expect(file.why).toMatch(sentence);
          return;
        }
        accepted += 1;
        expect(readRegAsWindows(file.value.bytes)).toEqual([asWrite(order(data))]);
        expect(readRegFile(file.value.bytes)).toEqual({ ok: true, value: [order(data)] });
      }),
      { numRuns: 10_000 },
    );
    // A door that refuses everything would pass the rest.
    expect(accepted).toBeGreaterThan(5_000);
  });

  it('carries any entries in their order, or is refused with a sentence', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 4 }), (entries) => {
        const file = regFile(entries);
        if (!file.ok) {
          expect(file.why).toMatch(sentence);
          return;
        }
        expect(readRegAsWindows(file.value.bytes)).toEqual(entries.map(asWrite));
        expect(readRegFile(file.value.bytes)).toEqual({ ok: true, value: entries });
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('reading a .reg file', () => {
  const head = 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\A]\r\n';
  const read = (text: string) => readRegFile(utf16File(text).bytes);

  it('takes comments, empty lines and large hex digits', () => {
    expect(read(`${head}; a comment\r\n\r\n"n"=dword:000000FF`)).toEqual({
      ok: true,
      value: [{ key: 'A', valueName: 'n', type: 'REG_DWORD', data: 255 }],
    });
  });

  it.each([
    ['REGEDIT4\r\n', 'The first line must be Windows Registry Editor Version 5.00.'],
    ['Windows Registry Editor Version 5.00\r\n"n"="a"', 'Line 2 is neither a key, text, a number nor a deleted value.'],
    [`${head}"n"=hex(7):61,00,00,00`, 'Line 4 is neither a key, text, a number nor a deleted value.'],
    [`${head}"n"="a\\q"`, 'Line 4 is neither a key, text, a number nor a deleted value.'],
    [`${head}"n"="a" `, 'Line 4 is neither a key, text, a number nor a deleted value.'],
    [`${head}@="a"`, 'Line 4 is neither a key, text, a number nor a deleted value.'],
    [`${head}[-HKEY_LOCAL_MACHINE\\B]`, 'Line 4 is neither a key, text, a number nor a deleted value.'],
    [`${head}[HKEY_CURRENT_USER\\B]`, 'Line 4 is neither a key, text, a number nor a deleted value.'],
    [`${head}"**del.n"="a"`, expect.stringMatching(/^The name of a registry value must be /)],
  ])('says which line says something else: %#', (text, why) => {
    expect(read(text)).toEqual({ ok: false, why });
  });

  it('says when the file has another encoding', () => {
    expect(readRegFile(Buffer.from(head))).toEqual({
      ok: false,
      why: 'The file must be UTF-16LE with a byte order mark.',
    });
  });

  it('answers any bytes with entries or a sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'"\\=-[];d\r\n') }), fc.uint8Array(), (text, bytes) => {
        for (const answer of [read(head + text), readRegFile(bytes)]) {
          if (!answer.ok) expect(answer.why).toMatch(sentence);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
