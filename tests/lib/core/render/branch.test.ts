import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBranch, writeBranch } from '../../../../src/lib/core/render/branch.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';

const choices = Object.values(inputs).filter(({ options }) => options);

const anyConditions = fc.array(
  fc
    .constantFrom(...choices)
    .chain(({ id, options = [] }) =>
      fc
        .uniqueArray(fc.constantFrom(...options.map(({ value }) => value)), { minLength: 1 })
        .map((is) => ({ input: id, is })),
    ),
);

test('any branch of the vocabulary comes back as it was written', () => {
  fc.assert(
    fc.property(anyConditions, (conditions) => {
      expect(readBranch(writeBranch(conditions))).toEqual(conditions);
    }),
  );
});

test('is short', () => {
  expect(
    writeBranch([
      { input: 'useProxy', is: ['yes'] },
      { input: 'languages', is: ['all', 'subset'] },
    ]),
  ).toBe('useProxy=yes;languages=all,subset');
  expect(writeBranch([])).toBe('');
  expect(readBranch('')).toEqual([]);
});

test('no input and no answer holds a separator', () => {
  for (const { id, options = [] } of Object.values(inputs)) {
    expect([id, ...options.map(({ value }) => value)].filter((name) => /[=;,\s]/.test(name))).toEqual([]);
  }
});
