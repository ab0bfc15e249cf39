/**
 * The known errors of the published articles: the compiler refuses each one that a rule can tell, wherever an author
 * pastes it, and no runbook has any of them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CorrectedArticle } from '../../src/lib/core/corrections.ts';
import { readLibrary } from '../../src/lib/build/library.ts';
import { compile, file, fileWithStep, projectFolder, step, task } from '../support/compile.ts';

const folder = join(projectFolder, 'src/content/corrections');
const articles = readdirSync(folder).map((name) => ({
  name,
  article: CorrectedArticle.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
}));
const corrections = articles.flatMap(({ article }) => article.corrections);
const pasted = corrections.flatMap(({ id, refused = [] }) => refused.map((text) => ({ id, text })));
const library = [...readLibrary(join(projectFolder, 'src/content/runbooks'))];

/** The rules that know the field; anything else would refuse a text for another reason. */
const fieldCodes = ['gpupdate-space', 'unknown-source', 'field-spelling', 'outdated-name', 'known-error'];
const codesOf = (source: string): string[] => compile(source).problems.map(({ code }) => code);
const without = (code: string): string => code.replace(/[*_`]/g, '');

test('each correction has an id of its own', () => {
  const ids = corrections.map(({ id }) => id);

  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('a rule of the field is behind at least half of the corrections', () => {
  expect(corrections.filter(({ refused }) => refused).length).toBeGreaterThanOrEqual(corrections.length / 2);
});

describe.each(pasted)('$id: $text', ({ text }) => {
  test.each([
    ['in a step', fileWithStep(text)],
    ['in a list', fileWithStep(`- One point.\n- ${text}`)],
    ['in a table', fileWithStep(`| What |\n| --- |\n| ${text.replaceAll('|', '\\|')} |`)],
    ['in the action of a step', file(task(step().replace('Try the example.', text)))],
    ['in what a step expects', fileWithStep(`<Expect>\n\n${text}\n\n</Expect>`)],
    [
      'in a criterion',
      file(
        task(
          `<Gate id="a-gate" title="May it?" tier={3} minutes={1}>\n\n<Criterion id="a-thing">\n\n${text}\n\n</Criterion>\n\n</Gate>`,
        ),
      ),
    ],
    ['in a summary', file(task(step()), { summary: `${text} ${without(text)}` })],
    ['in the intro', file(`${text}\n\n${task(step())}`)],
  ])('is refused %s', (_, source) => {
    const codes = codesOf(source);

    expect(codes.filter((code) => fieldCodes.includes(code))).not.toEqual([]);
  });

  test.each(library)('does not stand in %s', (_, source) => {
    expect(source).not.toContain(text);
  });
});

describe('what is right', () => {
  test.each(corrections.map(({ id, right }) => ({ id, right })))(
    'of $id is refused by no rule of the field',
    ({ right }) => {
      expect(codesOf(fileWithStep(right)).filter((code) => fieldCodes.includes(code))).toEqual([]);
    },
  );
});

test.each(library)('%s has no error that a rule of the field can tell', (id, source) => {
  const problems = compile(source, id).problems.filter(({ code }) => fieldCodes.includes(code));

  expect(problems).toEqual([]);
});
