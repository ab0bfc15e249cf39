/**
 * How one runbook is built: asked for where its runs are shown beside those of others, or values of one are offered to another.
 * A script and not JSON, because a page on a disk cannot fetch.
 */
import type { APIRoute } from 'astro';
import { runbooks } from 'ringbook:library';
import { scriptText } from '../../../components/script-text.ts';
import { writeBranch } from '../../../lib/core/render/branch.ts';
import { outlineOf } from '../../../lib/core/run/outline.ts';
import type { Runbook } from '../../../lib/core/runbook/model.ts';
import { itemsOf } from '../../../lib/core/runbook/walk.ts';

export const getStaticPaths = () => runbooks.map((runbook) => ({ params: { id: runbook.id }, props: { runbook } }));

export const GET: APIRoute<{ runbook: Runbook }> = ({ props: { runbook } }) => {
  const when = runbook.tasks.flatMap((task) =>
    itemsOf({ tasks: [task] }).flatMap((item) => {
      const branch = writeBranch([...task.when, ...item.when]);
      return branch ? [[item.id, branch] as const] : [];
    }),
  );
  const book = { ring: runbook.ring, outline: outlineOf(runbook), when: Object.fromEntries(when) };
  return new Response(`(globalThis.ringbookOutlines??={})[${scriptText(runbook.id)}]=${scriptText(book)};\n`, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  });
};
