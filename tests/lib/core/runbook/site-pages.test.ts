import { describe, expect, test } from 'vitest';
import { pageLink } from '../../../../src/lib/core/runbook/site-pages.ts';
import { resolveInline } from '../../../../src/lib/core/papers/resolve.ts';
import { compiled, fileWithStep, guide, policies, problemsOf, stepWith } from '../../../support/compile.ts';

const link = (url: string) => pageLink(url, { policies, guide });

describe('a link to a page of the site', () => {
  test.each([
    ['/calculators/sync-times.html', { page: 'calculator', id: 'sync-times' }],
    ['/policies/order-of-sources.html', { page: 'policy', id: 'order-of-sources' }],
    ['/guide/where-progress-is-kept.html', { page: 'guide', id: 'where-progress-is-kept' }],
  ])('%s is known', (url, to) => {
    expect(link(url)).toEqual({ to });
    const [paragraph] = stepWith(`See [it](${url}).`).body;
    expect(paragraph).toMatchObject({ children: [{}, { type: 'link', url, to }, {}] });
  });

  test.each(['/runbooks/readiness.html', '/carry/readiness.html', 'calculators/sync-times.html', '/', '#sync-times'])(
    '%s is none',
    (url) => {
      expect(link(url)).toBeUndefined();
    },
  );

  test.each([
    [
      '/calculators/sink-times.html',
      'The link leads to `sink-times`, which is no calculator.',
      'Did you mean `/calculators/sync-times.html`?',
    ],
    [
      '/policies/order-of-source.html',
      'The link leads to `order-of-source`, which is no policy.',
      'Did you mean `/policies/order-of-sources.html`?',
    ],
    [
      '/guide/hostign.html',
      'The link leads to `hostign`, which is no page of the guide.',
      'Did you mean `/guide/hosting.html`?',
    ],
    [
      '/guide/constructor.html',
      'The link leads to `constructor`, which is no page of the guide.',
      'There are: command-line, hosting, ',
    ],
    ['/policies/.html', 'The link leads to ``, which is no policy.', 'There are: client-side-targeting, '],
    ['/policies/../index.html', 'The link leads to ``, which is no policy.', 'There are: client-side-targeting, '],
    [
      '/calculators/sync-times',
      'The link `/calculators/sync-times` is not the address of a page.',
      'Write `/calculators/sync-times.html`, and nothing after it.',
    ],
    [
      '/guide/hosting.html#iis',
      'The link `/guide/hosting.html#iis` is not the address of a page.',
      'Write `/guide/hosting.html`, and nothing after it.',
    ],
  ])('%s is told with its place and its mend', (url, message, mend) => {
    const said = problemsOf(fileWithStep(`See [it](${url}).`));
    expect(said).toContain(`19:5  ${message}\n      ${mend}`);
    expect(said).toContain('(unknown-page)');
  });

  test('is taken on trust where nobody knows the pages of the guide, unless it is malformed', () => {
    const trusting = (url: string) => pageLink(url, { policies, guide: undefined });
    expect(trusting('/guide/anything.html')).toEqual({ to: { page: 'guide', id: 'anything' } });
    expect(trusting('/guide/../index.html')).toHaveProperty('mend');
    expect(trusting('/policies/anything.html')).toHaveProperty('mend');
  });

  test('says on paper where it leads', () => {
    const runbook = compiled(fileWithStep('See [the times](/calculators/sync-times.html).'));
    const [item] = runbook.tasks[0]?.items ?? [];
    const [block] = item?.body ?? [];
    if (block?.type !== 'paragraph') throw new Error('There is no paragraph.');
    const line = resolveInline(block.children, { sheet: {}, today: '2026-11-20', places: new Map() });
    expect(line.map(({ text }) => text).join('')).toBe('See the times (calculator sync-times).');
  });
});
