/**
 * How every runbook of this site is built, and how its inputs are called: asked for where runs of several runbooks are shown
 * beside each other, or values of one are offered to another.
 * A script and not JSON, because a page on a disk cannot fetch.
 */
import type { APIRoute } from 'astro';
import { runbooks } from 'ringbook:library';
import { writeBranch } from '../../lib/core/render/branch.ts';
import { outlineOf } from '../../lib/core/run/outline.ts';
import { itemsOf } from '../../lib/core/runbook/walk.ts';
import { inputs } from '../../lib/core/sheet/inputs.ts';

export const GET: APIRoute = () => {
  const all = runbooks.map((data) => {
    const when = data.tasks.flatMap((task) =>
      itemsOf({ tasks: [task] }).flatMap((item) => {
        const branch = writeBranch([...task.when, ...item.when]);
        return branch ? [[item.id, branch] as const] : [];
      }),
    );
    return [data.id, { ring: data.ring, outline: outlineOf(data), when: Object.fromEntries(when) }] as const;
  });
  const asked = new Set(runbooks.flatMap(({ inputs: names }) => names));
  const known = Object.values(inputs).flatMap(({ id, label, perRing, options, secret }) =>
    asked.has(id) && !secret ? [[id, { label, perRing, options }] as const] : [],
  );
  // Text of a runbook must not end the script in any page that shows it.
  const textOf = (entries: readonly (readonly [string, unknown])[]): string =>
    JSON.stringify(Object.fromEntries(entries)).replaceAll('<', '\\u003c');
  return new Response(`globalThis.ringbookOutlines=${textOf(all)};globalThis.ringbookInputs=${textOf(known)};`, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  });
};
