/** What a question costs on a site with many runbooks: how many parts of the index it asks for, and how large they are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildIndex } from '../../../../src/lib/core/search/build-index.ts';
import { runbookEntries } from '../../../../src/lib/core/search/entry.ts';
import { findEntries, wordPartsFor } from '../../../../src/lib/core/search/find.ts';
import { questionWords } from '../../../../src/lib/core/search/words.ts';
import { makeUpRunbook, writeRunbook } from '../../../bench/generate-runbook.ts';
import { compiled } from '../../../support/compile.ts';

const entries = Array.from({ length: 40 }, (_, index) => makeUpRunbook(index + 1, 60)).flatMap((made) =>
  runbookEntries(compiled(writeRunbook(made), made.id)),
);
const index = buildIndex(entries);
const anyWord = fc
  .constantFrom(...entries)
  .chain(({ title, within, text }) => fc.constantFrom(...questionWords(`${title} ${within} ${text}`)));

describe('on a site of 40 runbooks with 60 steps each', () => {
  test('the index has many parts, and none is much larger than the others', () => {
    expect(index.entries.length).toBeGreaterThan(20);
    for (const part of [...index.words, ...index.entries]) expect(JSON.stringify(part).length).toBeLessThan(60_000);
  });

  test('any word is found, and asks for at most three parts with words', () => {
    fc.assert(
      fc.property(anyWord, (word) => {
        const parts = wordPartsFor(index.outline, word);
        const { numbers } = findEntries([word], [parts.map((part) => index.words[part] ?? {})]);

        expect(parts.length).toBeLessThanOrEqual(3);
        expect(numbers.length).toBeGreaterThan(0);
      }),
    );
  });
});
