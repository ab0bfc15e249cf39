import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { calculators } from '../../../../src/lib/core/calculators/index.ts';
import {
  calculatorEntries,
  guideEntries,
  libraryEntries,
  policyEntry,
  runbookEntries,
} from '../../../../src/lib/core/search/entry.ts';
import { itemsOf } from '../../../../src/lib/core/runbook/walk.ts';
import { Policy } from '../../../../src/lib/core/policy/policy.ts';
import { compiled } from '../../../support/compile.ts';

const id = 'production-gpo-wsus';
const runbook = compiled(readFileSync(`src/content/runbooks/${id}.mdx`, 'utf8'), id);

describe('a runbook', () => {
  const entries = runbookEntries(runbook);

  test('is found as a whole, by each task, and by each step and gate, at its place', () => {
    expect(entries.map(({ path }) => path)).toEqual([
      `runbooks/${id}.html`,
      ...runbook.tasks.flatMap((task) => [
        `runbooks/${id}.html#${task.id}`,
        ...itemsOf({ tasks: [task] }).map((item) => `runbooks/${id}.html#${item.id}`),
      ]),
    ]);
  });

  test('has the words on screen, commands, registry values and ways back of a step in its text', () => {
    const all = entries.map(({ text }) => text).join(' ');
    for (const words of ['gpupdate', 'FallbackOrder', 'Backup-GPO', 'No events were found'])
      expect(all).toContain(words);
  });

  test('names values by their labels, and has nothing of how it is made', () => {
    expect(entries.find(({ path }) => path.endsWith('#choose-upstream'))?.title).toMatch(/\[Upstream server/);
    for (const { title, text } of entries) expect(`${title} ${text}`).not.toMatch(/\[object|undefined|\{\{|<[A-Z]/);
  });
});

test('of all runbooks, those found as a whole come first, and nothing is lost', () => {
  const other = { ...runbook, id: 'another' };
  const entries = libraryEntries([runbook, other]);
  expect(entries.slice(0, 3).map(({ kind }) => kind)).toEqual(['Runbook', 'Runbook', 'Task']);
  expect(entries.map(({ path }) => path).sort()).toEqual(
    [...runbookEntries(runbook), ...runbookEntries(other)].map(({ path }) => path).sort(),
  );
});

test('every calculator is found by what it works out and what it asks for', () => {
  const entries = calculatorEntries();
  expect(entries).toHaveLength(Object.keys(calculators).length);
  expect(entries.find(({ path }) => path === 'calculators/sync-times.html')?.text).toMatch(/First synchronization|UTC/);
});

test('a policy is found by its title in every generation, its registry values and what its states do', () => {
  const policy = Policy.parse(JSON.parse(readFileSync('src/content/policies/order-of-sources.json', 'utf8')));
  const { title, text } = policyEntry(policy, 'x.html');
  expect(title).toBe(policy.places.at(-1)?.title);
  for (const place of policy.places) expect(text).toContain(place.title);
  expect(text).toContain('FallbackOrder');
});

test('a guide page is found by its headings, without marks of Markdown', () => {
  const text = [
    'First **words** with `code`.',
    '',
    '## One',
    '',
    '- item with a [link](other.html)',
    '<InputTable />',
    '',
    '### Two',
    'last',
  ].join('\n');
  const headings = [
    { slug: 'one', text: 'One' },
    { slug: 'two', text: 'Two' },
  ];
  expect(guideEntries('page', 'Page', 'Summary.', headings, text)).toEqual([
    { path: 'guide/page.html', kind: 'Guide', title: 'Page', within: '', text: 'Summary. First words with code .' },
    { path: 'guide/page.html#one', kind: 'Guide', title: 'One', within: 'Page', text: 'item with a link' },
    { path: 'guide/page.html#two', kind: 'Guide', title: 'Two', within: 'Page', text: 'last' },
  ]);
});
