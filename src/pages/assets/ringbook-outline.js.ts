/**
 * How every runbook of this site is built, for the start page: it is asked for there as soon as there is a run to show.
 * A script and not JSON, because a page on a disk cannot fetch.
 */
import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { writeBranch } from '../../lib/core/render/branch.ts';
import { outlineOf } from '../../lib/core/run/outline.ts';
import { itemsOf } from '../../lib/core/runbook/walk.ts';

export const GET: APIRoute = async () => {
  const runbooks = await getCollection('runbooks');
  const all = runbooks.map(({ data }) => {
    const when = data.tasks.flatMap((task) =>
      itemsOf({ tasks: [task] }).flatMap((item) => {
        const branch = writeBranch([...task.when, ...item.when]);
        return branch ? [[item.id, branch] as const] : [];
      }),
    );
    return [data.id, { outline: outlineOf(data), when: Object.fromEntries(when) }] as const;
  });
  // Text of a runbook must not end the script in any page that shows it.
  const text = JSON.stringify(Object.fromEntries(all)).replaceAll('<', '\\u003c');
  return new Response(`globalThis.ringbookOutlines=${text};`, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  });
};
