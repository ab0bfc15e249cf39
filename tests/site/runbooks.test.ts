import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isReviewOld } from '../../src/lib/core/runbook/review.ts';
import { builtSite } from './support/built-site.ts';
import { elementsOf, pagePaths, resolveInSite, textOf } from './support/site.ts';

interface Meta {
  readonly reviewed: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly changes: readonly { readonly date: string; readonly what: string }[];
}

const content = resolve(dirname(fileURLToPath(import.meta.url)), '../../src/content/runbooks');
/** What the author wrote above the text. */
const metaOf = (path: string): Meta => {
  const id = path.replace(/^runbooks\/|\.html$/g, '');
  const [, front = ''] = /^---\n([\s\S]*?)\n---\n/.exec(readFileSync(resolve(content, `${id}.mdx`), 'utf8')) ?? [];
  // The build has checked it.
  return parse(front) as Meta;
};

const site = builtSite();
const pages = pagePaths(site).filter((path) => path.startsWith('runbooks/'));

describe.each(pages)('%s', (path) => {
  const markup = textOf(site, path);
  const elements = elementsOf(markup);
  const meta = metaOf(path);
  const links = elements.flatMap(({ name, attributes }) =>
    name === 'a' && attributes['href'] !== undefined ? [resolveInSite(path, attributes['href']).path] : [],
  );

  test.each([
    ['Before this', meta.before ?? []],
    ['After this', meta.after ?? []],
  ])('leads to every runbook that its author put in “%s”', (label, ids) => {
    const labels = elements.filter(({ attributes }) => attributes['arialabel'] === label);

    expect(labels).toHaveLength(ids.length > 0 ? 1 : 0);
    expect(links).toEqual(expect.arrayContaining(ids.map((id) => `runbooks/${id}.html`)));
  });

  test('says of a review that it is old only when it is', () => {
    const at = elements.findIndex(({ attributes }) => 'datareviewed' in attributes);
    const sign = elements[at + 1];
    // The site may have been built on the day before.
    const days = [0, 1].map((ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10));

    expect(elements[at]?.attributes['datareviewed']).toBe(meta.reviewed);
    expect(sign?.text).toBe('more than a year ago');
    expect(days.map((day) => isReviewOld(meta.reviewed, day))).toContain(!('hidden' in (sign?.attributes ?? {})));
  });

  test('lists its changes, and leads to the sources page', () => {
    const items = elements.filter(({ name }) => name === 'li').map(({ text }) => text.trim());

    expect(items).toEqual(expect.arrayContaining(meta.changes.map(({ date, what }) => `${date}: ${what}`)));
    expect(links).toContain('sources.html');
  });
});
