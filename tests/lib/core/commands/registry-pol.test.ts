import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { REGISTRY_TEXT_LIMIT, type RegistryEntry } from '../../../../src/lib/core/commands/registry-entry.ts';
import {
  entryOf,
  readRegistryPol,
  registryPol,
  writeRegistryPol,
  type PolInstruction,
} from '../../../../src/lib/core/commands/registry-pol.ts';
import type { Result } from '../../../../src/lib/core/result.ts';
import { anyEntry, asWrite, hostileData, sentence, signatureKey } from './support/any-entry.ts';
import { readPolAsClient } from './support/registry-files.ts';

// Thousands of runs take seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const made = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.why);
  return result.value;
};
const whyOf = (result: Result<unknown>): string | undefined => (result.ok ? undefined : result.why);
const order = (data: string): RegistryEntry => ({
  key: signatureKey,
  valueName: 'FallbackOrder',
  type: 'REG_SZ',
  data,
});

describe('a Registry.pol file', () => {
  // Computed from the specification by another program; the key is written as Microsoft's templates write it.
  const key = 'Software\\Policies\\Microsoft\\Windows Defender\\Signature Updates';
  it.each<readonly [entry: RegistryEntry, length: number, sha256: string]>([
    [
      { key, valueName: 'FallbackOrder', type: 'REG_SZ', data: 'InternalDefinitionUpdateServer' },
      244,
      '674767547a92cd31387d124a717e637b30c3378abd81cdb8b370f0f69fbe6408',
    ],
    [
      {
        key,
        valueName: 'FallbackOrder',
        type: 'REG_SZ',
        data: 'InternalDefinitionUpdateServer|MicrosoftUpdateServer|MMPC',
      },
      298,
      '844c25b59c86a3960847f6d64f54fe789b72cef9de29a24fe08a615de8e927d8',
    ],
    [
      { key, valueName: 'FallbackOrder', delete: true },
      198,
      '4e8f03d3432e64d7339541752ed108800b8b2673a0c9f1918df4729529bd8cec',
    ],
    [
      { key, valueName: 'ScheduleTime', type: 'REG_DWORD', data: 360 },
      184,
      '9e7906867dfb777856ee76c61c29fd436fc6f0f668b5105becd80b2cc2adb1d3',
    ],
  ])('is what the specification says, byte for byte: %#', (entry, length, sha256) => {
    const bytes = made(registryPol([entry]));
    expect(bytes).toHaveLength(length);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('has header, signs, closing zeros and sizes where they belong', () => {
    const bytes = made(registryPol([{ key: 'A', valueName: 'n', type: 'REG_DWORD', data: 0x01020304 }]));
    expect(Buffer.from(bytes).toString('hex')).toBe(
      [
        '50526567',
        '01000000',
        '5b00',
        '41000000',
        '3b00',
        '6e000000',
        '3b00',
        '04000000',
        '3b00',
        '04000000',
        '3b00',
        '04030201',
        '5d00',
      ].join(''),
    );
  });

  it('takes the longest text, which fills the size that the format has', () => {
    const entry = order('x'.repeat(REGISTRY_TEXT_LIMIT));
    const [instruction] = made(readRegistryPol(made(registryPol([entry]))));
    expect(instruction?.data).toHaveLength(65_534);
    expect(instruction && entryOf(instruction)).toEqual(entry);
  });

  it('carries any text as it is, or is refused with a sentence', () => {
    let accepted = 0;
    fc.assert(
      fc.property(hostileData, (data) => {
        const bytes = registryPol([order(data)]);
        if (!bytes.ok) {
          expect(bytes.why).toMatch(sentence);
          return;
        }
        accepted += 1;
        expect(readPolAsClient(bytes.value)).toEqual([asWrite(order(data))]);
        expect(made(readRegistryPol(bytes.value)).map(entryOf)).toEqual([order(data)]);
      }),
      { numRuns: 10_000 },
    );
    // A door that refuses everything would pass the rest.
    expect(accepted).toBeGreaterThan(5_000);
  });

  it('carries any entries in their order, or is refused with a sentence', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 4 }), (entries) => {
        const bytes = registryPol(entries);
        if (!bytes.ok) {
          expect(bytes.why).toMatch(sentence);
          return;
        }
        expect(readPolAsClient(bytes.value)).toEqual(entries.map(asWrite));
        expect(made(readRegistryPol(bytes.value)).map(entryOf)).toEqual(entries);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Names as a file may hold them, which is worse than Ringbook writes them: signs, half pairs, nothing at all. */
const anyName = fc
  .array(fc.oneof(fc.constantFrom(0x3b, 0x5b, 0x5d, 0x2a), fc.integer({ min: 1, max: 0xffff })), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));
const anyInstruction: fc.Arbitrary<PolInstruction> = fc.record({
  key: anyName,
  valueName: fc.oneof(anyName, fc.constantFrom('', '**del.x', '**DeleteKeys', '**soft.x')),
  type: fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 11), fc.nat(0xffffffff)),
  data: fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom('];', '][;', '\0', ' ').map((text) => new Uint8Array(Buffer.from(text, 'utf16le'))),
  ),
});

describe('reading and writing instructions', () => {
  it('loses nothing, whatever type, name and data', () => {
    fc.assert(
      fc.property(fc.array(anyInstruction, { maxLength: 4 }), (instructions) => {
        const bytes = made(writeRegistryPol(instructions));
        const read = made(readRegistryPol(bytes));
        expect(read).toEqual(instructions);
        expect(made(writeRegistryPol(read))).toEqual(bytes);
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes the most data that the format has', () => {
    const instruction = { key: 'A', valueName: 'n', type: 3, data: new Uint8Array(65_535).fill(0x5d) };
    expect(made(readRegistryPol(made(writeRegistryPol([instruction]))))).toEqual([instruction]);
  });

  it('reads where the file lies inside a larger piece of memory, and keeps no hold of it', () => {
    const bytes = made(registryPol([order('MMPC')]));
    const larger = new Uint8Array([0x5b, ...bytes, 0x5b]);
    const [read] = made(readRegistryPol(larger.subarray(1, -1)));
    larger.fill(0);
    expect(read && entryOf(read)).toEqual(order('MMPC'));
  });

  it.each<readonly [change: Partial<PolInstruction>, why: string]>([
    [{ key: 'A\0B' }, 'A key or name in Registry.pol must not hold a null character, which ends it.'],
    [{ valueName: '\0' }, 'A key or name in Registry.pol must not hold a null character, which ends it.'],
    [{ type: -1 }, 'The type in Registry.pol must be a whole number from 0 to 4294967295.'],
    [{ type: 1.5 }, 'The type in Registry.pol must be a whole number from 0 to 4294967295.'],
    [{ type: 4_294_967_296 }, 'The type in Registry.pol must be a whole number from 0 to 4294967295.'],
    [{ data: new Uint8Array(65_536) }, 'The data in Registry.pol must be 65,535 bytes or fewer.'],
  ])('refuses an instruction that the format has no room for: %#', (change, why) => {
    const instruction = { key: 'A', valueName: 'n', type: 1, data: new Uint8Array(2), ...change };
    expect(whyOf(writeRegistryPol([instruction]))).toBe(why);
  });
});

describe('the entry of an instruction', () => {
  const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));
  const place = { key: 'A', valueName: 'n' };

  it('is a deletion however the instruction is spelt', () => {
    expect(entryOf({ key: 'A', valueName: '**Del.n', type: 1, data: utf16(' \0') })).toEqual({
      ...place,
      delete: true,
    });
  });

  it.each<PolInstruction>([
    { ...place, type: 2, data: utf16('%TEMP%\0') },
    { ...place, type: 3, data: new Uint8Array([1]) },
    { ...place, type: 5, data: new Uint8Array(4) },
    { ...place, type: 4, data: new Uint8Array(8) },
    { ...place, type: 1, data: new Uint8Array(0) },
    { ...place, type: 1, data: new Uint8Array([0x41, 0, 0]) },
    { ...place, type: 1, data: utf16('no closing zero') },
    { ...place, type: 1, data: utf16('two\0texts\0') },
    { ...place, type: 7, data: utf16('a\0b\0\0') },
    { key: 'A', valueName: '**del.n', type: 1, data: utf16('x\0') },
    { key: 'A', valueName: '**del.n', type: 4, data: new Uint8Array(4) },
    { key: 'A', valueName: '**soft.n', type: 4, data: new Uint8Array(4) },
    { key: 'A', valueName: '**DeleteValues', type: 1, data: utf16('a;b\0') },
  ])('is nothing where an entry cannot say the same: %#', (instruction) => {
    expect(entryOf(instruction)).toBeUndefined();
  });
});

describe('reading a damaged file', () => {
  const bytes = made(registryPol([order('MMPC'), { key: 'A', valueName: 'n', type: 'REG_DWORD', data: 1 }]));
  const header = bytes.subarray(0, 8);

  it('takes a file without instructions, as Windows leaves behind', () => {
    expect(readRegistryPol(header)).toEqual({ ok: true, value: [] });
  });

  it('says so at every byte at which it can be cut off', () => {
    const firstEnd = made(registryPol([order('MMPC')])).length;
    for (let length = 0; length < bytes.length; length += 1) {
      const why = whyOf(readRegistryPol(bytes.subarray(0, length)));
      if (length === 8 || length === firstEnd) expect(why).toBeUndefined();
      else if (length < 8) expect(why).toMatch(/^The file does not begin with PReg/);
      else
        expect(why).toBe(
          `The instruction that begins at byte ${length < firstEnd ? 8 : firstEnd} is damaged or cut short.`,
        );
    }
  });

  it.each([
    ['another signature', 0, 'The file does not begin with PReg and a version: it is not a Registry.pol file.'],
    ['another version', 4, 'The version of the Registry.pol file must be 1.'],
    ['no opening bracket', 8, 'The instruction that begins at byte 8 is damaged or cut short.'],
    ['no closing bracket', bytes.length - 2, /^The instruction that begins at byte \d+ is damaged or cut short\.$/],
  ])('names %s', (_what, at, why) => {
    const damaged = bytes.slice();
    damaged[at] = 0x7f;
    expect(whyOf(readRegistryPol(damaged))).toMatch(why);
  });

  it('refuses more data than the format has, even where the file holds it', () => {
    const long = made(writeRegistryPol([{ key: 'A', valueName: 'n', type: 3, data: new Uint8Array(65_535) }]));
    // The size stands before `;`, the data and `]`.
    const grown = new Uint8Array([...long.subarray(0, -2), 0, ...long.subarray(-2)]);
    new DataView(grown.buffer).setUint32(long.length - 2 - 65_535 - 2 - 4, 65_536, true);
    expect(whyOf(readRegistryPol(grown))).toBe('The instruction that begins at byte 8 is damaged or cut short.');
  });

  it('gives for any bytes a sentence or instructions that are written back as the same bytes', () => {
    const changed = fc
      .tuple(fc.nat(bytes.length - 1), fc.nat(255))
      .map(([at, value]) => bytes.map((byte, index) => (index === at ? value : byte)));
    const behindHeader = fc.uint8Array().map((more) => new Uint8Array([...header, ...more]));
    fc.assert(
      fc.property(fc.oneof(changed, behindHeader, fc.uint8Array()), (input) => {
        const read = readRegistryPol(input);
        if (!read.ok) expect(read.why).toMatch(sentence);
        else expect([...made(writeRegistryPol(read.value))]).toEqual([...input]);
      }),
      { numRuns: 5_000 },
    );
  });
});
