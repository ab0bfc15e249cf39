/** Registry entries for properties: ordinary ones, and ones that want to break out of a file. */
import * as fc from 'fast-check';
import type { RegistryEntry } from '../../../../../src/lib/core/commands/registry-entry.ts';
import { hostile } from './hostile.ts';
import type { FileWrite } from './registry-files.ts';

export const signatureKey = 'SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates';

/** Text that means something to one of the files. */
const fileFragments = [
  '"',
  '\\',
  '\\\\',
  '"=-',
  '[',
  ']',
  ';',
  '\0',
  '\r\n',
  '@',
  'dword:',
  'SZ:',
  'DELETE',
  '**del.',
  ' ',
];

/** Hostile to a shell, or to a file, or a UNC path as people write them. */
export const hostileData: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: hostile },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...fileFragments, '\\\\fs01\\new\\root', 'a', '|', 'é'), { maxLength: 12 })
      .map((parts) => parts.join('')),
  },
);

/** Keys and names: mostly good ones, so that the data gets its turn. */
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(signatureKey, 'SOFTWARE\\Policies\\X', 'a') },
  { weight: 1, arbitrary: hostileData },
);
const valueName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('FallbackOrder', 'A "quoted" \\ name', 'x;y]') },
  { weight: 1, arbitrary: hostileData },
);

export const anyEntry: fc.Arbitrary<RegistryEntry> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ key, valueName, type: fc.constant('REG_SZ' as const), data: hostileData }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      key,
      valueName,
      type: fc.constant('REG_DWORD' as const),
      // Plus zero, because -0 is read back as 0.
      data: fc.oneof(fc.nat(0xffffffff), fc.integer(), fc.double()).map((number) => number + 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ key, valueName, delete: fc.constant(true as const) }) },
);

/** An entry as the readers of this folder give it. */
export function asWrite(entry: RegistryEntry): FileWrite {
  const place = { key: entry.key, valueName: entry.valueName };
  return 'delete' in entry
    ? { action: 'delete', ...place }
    : { action: 'set', ...place, type: entry.type, data: entry.data };
}

/** What every refusal looks like: a sentence. */
export const sentence = /^[A-Z].*\.$/su;
