import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../../../src/lib/core/runbook/nearest.ts';

const words = ['Step', 'Task', 'Expect', 'Evidence', 'Value'];

test.each([
  ['Stpe', 'Step', 'two letters swapped'],
  ['step', 'Step', 'another case'],
  ['Expct', 'Expect', 'a letter too few'],
  ['Evidences', 'Evidence', 'a letter too many'],
  ['Evidense', 'Evidence', 'a wrong letter'],
  ['Evedense', 'Evidence', 'two wrong letters'],
  ['Steps', 'Step', 'a plural'],
])('takes %s for %s: %s', (word, meant) => {
  expect(nearest(word, words)).toBe(meant);
});

test.each([['Stop it'], ['Tip'], ['b'], ['code'], ['Evxdxnsx'], ['']])('has no guess for %j', (word) => {
  expect(nearest(word, words)).toBeUndefined();
});

test('has no guess when nothing is known', () => {
  expect(nearest('Step', [])).toBeUndefined();
});

test('any known word of two letters or more is nearest to itself', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{2,12}$/), { minLength: 1 }), fc.nat(), (known, pick) => {
      const word = known[pick % known.length] ?? '';

      // Words of two letters are too short to guess at, and too short for a slip.
      expect(nearest(word, known)).toBe(word);
    }),
  );
});
