/** Which runbooks this site has, and how their inputs are called; see `outlines/[id].js`. */
import type { APIRoute } from 'astro';
import { runbooks } from 'ringbook:library';
import { scriptText } from '../../components/script-text.ts';
import { inputs } from '../../lib/core/sheet/inputs.ts';

export const GET: APIRoute = () => {
  const asked = new Set(runbooks.flatMap(({ inputs: names }) => names));
  const known = Object.values(inputs).flatMap(({ id, label, perRing, options, secret }) =>
    asked.has(id) && !secret ? [[id, { label, perRing, options }] as const] : [],
  );
  const ids = runbooks.map(({ id }) => id);
  return new Response(
    `globalThis.ringbookBooks=${scriptText(ids)};globalThis.ringbookInputs=${scriptText(Object.fromEntries(known))};\n`,
    { headers: { 'Content-Type': 'text/javascript; charset=utf-8' } },
  );
};
