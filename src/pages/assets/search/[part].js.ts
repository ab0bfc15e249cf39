/** The index of the search in parts, as scripts: a page on a disk cannot fetch data, and can load a script. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection, render } from 'astro:content';
import { runbooks } from 'ringbook:library';
import { buildIndex } from '../../../lib/core/search/build-index.ts';
import { calculatorEntries, guideEntries, libraryEntries, policyEntry } from '../../../lib/core/search/entry.ts';

export const getStaticPaths = (async () => {
  const policies = (await getCollection('policies')).map(({ data }) => policyEntry(data, `policies/${data.id}.html`));
  const pages = (await getCollection('guide')).sort((a, b) => a.data.order - b.data.order);
  const guide = await Promise.all(
    pages.map(async (entry) => {
      const { headings } = await render(entry);
      const below = headings.filter(({ depth }) => depth > 1);
      return guideEntries(entry.id, entry.data.title, entry.data.summary, below, entry.body ?? '');
    }),
  );
  const index = buildIndex([...libraryEntries(runbooks), ...calculatorEntries(), ...policies, ...guide.flat()]);
  const part = (name: string, value: unknown) => ({ params: { part: name }, props: { value } });
  return [
    part('outline', index.outline),
    ...index.words.map((words, number) => part(`words-${number}`, words)),
    ...index.entries.map((entries, number) => part(`entries-${number}`, entries)),
  ];
}) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params, props }) =>
  new Response(
    `(globalThis.ringbookIndex??={})[${JSON.stringify(params['part'])}]=${JSON.stringify(props['value'])};\n`,
    { headers: { 'Content-Type': 'text/javascript; charset=utf-8' } },
  );
