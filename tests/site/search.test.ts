import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { builtSite } from './support/built-site.ts';
import { elementsOf, pagePaths, textOf } from './support/site.ts';

const site = builtSite();
const context: { ringbookIndex: Record<string, readonly (readonly [path: string])[]> } = { ringbookIndex: {} };
const parts = [...site.keys()].filter((path) => path.startsWith('assets/search/'));
for (const path of parts) runInNewContext(textOf(site, path), context);
const entries = Object.entries(context.ringbookIndex).flatMap(([name, rows]) =>
  name.startsWith('entries-') ? rows : [],
);

test('every place that the search knows is in the site', () => {
  const ids = new Map(
    pagePaths(site).map((path) => [
      path,
      new Set(elementsOf(textOf(site, path)).map(({ attributes }) => attributes['id'])),
    ]),
  );
  const missing = entries.filter(([path]) => {
    const [page = '', id] = path.split('#');
    return id === undefined ? !ids.has(page) : ids.get(page)?.has(id) !== true;
  });
  expect(missing.map(([path]) => path)).toEqual([]);
});

test('the search knows every page but its own, the lists, papers, and those to carry', () => {
  const known = new Set(entries.map(([path]) => path.replace(/#.*/, '')));
  const unknown = pagePaths(site).filter(
    (path) => !known.has(path) && path.includes('/') && !/^(carry|papers)\//.test(path),
  );
  expect(unknown).toEqual([]);
});

test('a part of the index stays small enough to be read at once', () => {
  const large = parts.filter((path) => (site.get(path)?.length ?? 0) > 200_000);
  expect(large).toEqual([]);
});
