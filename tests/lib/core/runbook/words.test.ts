import { describe, expect, test } from 'vitest';
import { calculators } from '../../../../src/lib/core/calculators/index.ts';
import { attributesOfWord, placementOf, words } from '../../../../src/lib/core/runbook/words.ts';
import { codesOf, fileWithStep, problemsOf } from '../../../support/compile.ts';

test('the words are those of the authors’ guide and the calculators', () => {
  expect(words.filter((word) => !Object.hasOwn(calculators, word))).toEqual([
    'Caution',
    'Criterion',
    'Escalate',
    'Evidence',
    'Expect',
    'Gate',
    'IfNot',
    'Note',
    'Policy',
    'Step',
    'Task',
    'Undo',
    'Value',
    'Wait',
    'Warning',
    'When',
    'Why',
  ]);
});

test.each(words)('<%s> says where it belongs and how each attribute is written', (word) => {
  expect(placementOf(word)).toMatch(/^Put it .*\.$/);
  for (const { mend } of Object.values(attributesOfWord(word))) expect(mend).toMatch(/^[A-Z].*\.$/);
});

test('a word that is none has no attributes', () => {
  expect(attributesOfWord('constructor')).toEqual({});
});

describe('a strange word', () => {
  test.each([
    ['Expct', 'Expect'],
    ['expect', 'Expect'],
    ['Stpe', 'Step'],
    ['Sync', undefined],
    ['b', undefined],
    ['Tip', undefined],
    ['Foo.Bar', undefined],
    ['constructor', undefined],
  ])('<%s> means %s', (word, meant) => {
    const said = problemsOf(fileWithStep(`<${word}>\n\nText.\n\n</${word}>`));

    expect(said).toContain(`\`<${word}>\` is not one of the words of a runbook.`);
    expect(/Did you mean `<(\w+)>`/.exec(said)?.[1]).toBe(meant);
  });

  test('does not hide what is wrong inside', () => {
    expect(codesOf(fileWithStep('<Tip>\n\n<Panel>Micrsoft</Panel>\n\n</Tip>'))).toEqual([
      'unknown-word',
      'unknown-word',
      'field-spelling',
    ]);
  });
});
