import { describe, expect, test } from 'vitest';
import { collectSources, KnownSource, pageOf, type Mention } from '../../../src/lib/core/sources.ts';

const learn = 'https://learn.microsoft.com/';
const mention = (url: string, name: string, more: Partial<Mention> = {}): Mention => ({
  url,
  by: { name, href: `/${name}.html` },
  ...more,
});

describe('pageOf', () => {
  test.each([
    [`${learn}en-us/a/b`, 'learn.microsoft.com/a/b'],
    [`${learn}a/b/`, 'learn.microsoft.com/a/b'],
    ['https://docs.microsoft.com/en-us/a/b', 'learn.microsoft.com/a/b'],
    ['https://www.microsoft.com/en-us/wdsi/x', 'www.microsoft.com/wdsi/x'],
    ['https://github.com/en-us/a', 'github.com/en-us/a'],
  ])('of %s is %s', (url, page) => {
    expect(pageOf(url)).toBe(page);
  });
});

describe('collectSources', () => {
  test('brings all mentions of one page together, whatever its address', () => {
    expect(
      collectSources(
        [
          mention(`${learn}en-us/a`, 'pilot'),
          mention(`${learn}a`, 'calculator', { title: 'A page', read: '2025-03-01' }),
          mention('https://docs.microsoft.com/en-us/a', 'health', { title: 'The page', read: '' }),
          mention(`${learn}en-us/a`, 'pilot'),
        ],
        [],
      ),
    ).toEqual([
      {
        url: `${learn}en-us/a`,
        title: 'A page',
        read: '2025-03-01',
        usedBy: [
          { name: 'calculator', href: '/calculator.html' },
          { name: 'health', href: '/health.html' },
          { name: 'pilot', href: '/pilot.html' },
        ],
      },
    ]);
  });

  test('takes the title from the list of known ones first, and the newest date', () => {
    const known = [{ id: `${learn}a`, title: 'Known', read: '2024-05' }];

    expect(
      collectSources([mention(`${learn}en-us/a`, 'pilot', { title: 'Said', read: '2025-01-01' })], known)[0],
    ).toMatchObject({ title: 'Known', read: '2025-01-01' });
    expect(collectSources([mention(`${learn}en-us/a`, 'pilot')], known)[0]?.read).toBe('2024-05');
  });

  test('shows the address of a page without a title, and no date where none is known', () => {
    const [source] = collectSources([mention('https://example.com/b', 'pilot')], []);

    expect(source?.title).toBe('example.com/b');
    expect(source?.read).toBeUndefined();
  });

  test('is in the order of titles', () => {
    const named = ['Beta', 'alpha', 'Gamma'].map((title) => mention(`https://example.com/${title}`, 'x', { title }));

    expect(collectSources(named, []).map(({ title }) => title)).toEqual(['alpha', 'Beta', 'Gamma']);
  });
});

describe('KnownSource', () => {
  test.each(['2025', '05/2025', '2025-5'])('takes no date such as %s', (read) => {
    expect(KnownSource.safeParse({ id: 'https://example.com', title: 'Title', read }).success).toBe(false);
  });
});
