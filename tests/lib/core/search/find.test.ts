import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildIndex, type SearchIndex } from '../../../../src/lib/core/search/build-index.ts';
import type { Entry } from '../../../../src/lib/core/search/entry.ts';
import { excerpt, findEntries, markHits, rowOf, wordPartsFor } from '../../../../src/lib/core/search/find.ts';
import { questionWords } from '../../../../src/lib/core/search/words.ts';

const entry = (title: string, text = '', within = ''): Entry => ({
  path: `${title}.html`,
  kind: 'Step',
  title,
  within,
  text,
});

/** As the page does it: only the parts that a question needs. */
function ask(index: SearchIndex, question: string) {
  const words = questionWords(question);
  const parts = words.map((word) => wordPartsFor(index.outline, word).map((part) => index.words[part] ?? {}));
  const found = findEntries(words, parts);
  const titles = found.numbers.map((number) => {
    const { part, place } = rowOf(index.outline, number);
    return index.entries[part]?.[place]?.[2];
  });
  return { titles, areComplete: found.areComplete, parts: new Set(parts.flat()).size };
}

describe('a question', () => {
  const index = buildIndex([
    entry('Refresh the policy', 'Run gpupdate /force on the sample client.'),
    entry('Order of sources', 'The registry value is SignatureFallbackOrder.'),
    entry('Freeze production', 'Nothing changes until the day you entered.'),
    entry('Approve', 'Do not freeze yet. The port is 8530.', 'Freeze and approve'),
  ]);

  test.each([
    ['gpupdate', ['Refresh the policy']],
    ['FallbackOrder', ['Order of sources']],
    ['8530', ['Approve']],
    ['gpup cli', ['Refresh the policy']],
    ['nowhere', []],
  ])('finds %s', (question, titles) => {
    expect(ask(index, question)).toMatchObject({ titles });
  });

  test('puts a word in a title before one in the text', () => {
    expect(ask(index, 'freeze').titles).toEqual(['Freeze production', 'Approve']);
  });

  test('puts a whole word before the beginning of one', () => {
    const both = buildIndex([entry('a', 'ordering'), entry('b', 'order')]);
    expect(ask(both, 'order').titles).toEqual(['b', 'a']);
  });

  test('puts a step before what the guide says about it', () => {
    const guide: Entry = { ...entry('Freeze'), kind: 'Guide' };
    expect(ask(buildIndex([entry('step', 'freeze'), guide]), 'freeze').titles).toEqual(['step', 'Freeze']);
  });

  test('that nothing answers whole is answered by what holds the most of it', () => {
    expect(ask(index, 'freeze port nonsense')).toMatchObject({ titles: ['Approve'], areComplete: false });
    expect(ask(index, 'freeze port')).toMatchObject({ titles: ['Approve'], areComplete: true });
  });

  test('of an empty index is answered with nothing', () => {
    expect(ask(buildIndex([]), 'freeze').titles).toEqual([]);
  });
});

test('every word of every entry leads to it, in parts of any size', () => {
  const word = fc.stringMatching(/^[a-z0-9]{2,8}$/);
  const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 400 }), (lists, size) => {
      const index = buildIndex(
        lists.map((words, number) => entry(`t${number}x`, words.join(' '))),
        size,
      );
      lists.forEach((words, number) => {
        for (const one of [...words, ...words.map((whole) => whole.slice(0, 2))]) {
          expect(ask(index, one).titles).toContain(`t${number}x`);
        }
      });
    }),
    { numRuns: 60 },
  );
});

test('a word is looked for in few parts, however many there are', () => {
  const many = buildIndex(
    Array.from({ length: 2000 }, (_, number) => entry(`title ${number}`, `word${number} common`)),
    500,
  );
  expect(many.words.length).toBeGreaterThan(50);
  expect(ask(many, 'word1234')).toMatchObject({ titles: ['title 1234'] });
  expect(ask(many, 'word1234').parts).toBeLessThanOrEqual(2);
});

describe('what is shown of an entry', () => {
  const shown = (text: string, words: string[]): string =>
    excerpt(text, words)
      .map(({ text: piece, isHit }) => (isHit ? `[${piece}]` : piece))
      .join('');

  test('marks what was asked for, as it is written there', () => {
    expect(shown('Run GPUpdate /force', ['gpupdate'])).toBe('Run [GPUpdate] /force');
    expect(markHits('a+b', ['a+'])).toEqual([
      { text: 'a+', isHit: true },
      { text: 'b', isHit: false },
    ]);
    expect(markHits('', ['a'])).toEqual([]);
  });

  test('is a part around the first word, cut between words', () => {
    const long = `${'before '.repeat(40)}gpupdate ${'after '.repeat(80)}`;
    const text = shown(long, ['gpupdate']);
    expect(text).toMatch(/^… before .*\[gpupdate\] after .*after …$/);
    expect(text.length).toBeLessThan(240);
  });

  test('is the beginning where the word stands elsewhere', () => {
    expect(shown(`first ${'x '.repeat(300)}`, ['title'])).toMatch(/^first x /);
    expect(shown('short', [])).toBe('short');
  });

  test('holds nothing that the text does not', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.stringMatching(/^[a-z0-9]{2,5}$/), { maxLength: 3 }), (text, words) => {
        const flat = text.replace(/\s+/g, ' ').trim();
        const pieces = excerpt(text, words).map(({ text: piece }) => piece);
        expect(flat).toContain(
          pieces
            .join('')
            .replace(/^… (?!…)/, '')
            .replace(/ …$/, ''),
        );
      }),
    );
  });
});
