import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionWords, rawWords, spellings } from '../../../../src/lib/core/search/words.ts';

const wordsOf = (text: string): string[] => rawWords(text).flatMap(spellings);

describe('the words of a text', () => {
  test.each([
    ['Run gpupdate /force.', ['run', 'gpupdate', 'force']],
    ['SignatureFallbackOrder', ['signaturefallbackorder', 'fallbackorder', 'order']],
    ['Get-MpComputerStatus', ['get', 'mpcomputerstatus', 'computerstatus', 'status']],
    ['KB2267602', ['kb2267602', '2267602']],
    ['http://wsus1.contoso.com:8530/', ['http', 'wsus1', 'contoso', 'com', '8530']],
    ['WSUSServer', ['wsusserver', 'server']],
    ['Überprüfung ﬁnal', ['überprüfung', 'final']],
    ['— … ', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

test('a question is taken apart at the same places, and single letters are passed over', () => {
  expect(questionWords('Get-MpComputerStatus a  GET')).toEqual(['get', 'mpcomputerstatus']);
  expect(questionWords(' / ')).toEqual([]);
});

test('whatever stands in a text is found by the question that repeats it', () => {
  const letter = fc.constantFrom(...'abcXYZ0189äßÉñ .-_/:\\$%');
  fc.assert(
    fc.property(fc.string({ unit: letter, maxLength: 40 }), (text) => {
      const words = wordsOf(text);
      for (const word of questionWords(text)) expect(words).toContain(word);
    }),
  );
});
