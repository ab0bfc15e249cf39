/** What a page knows of the other runbooks of its site, and of their inputs, once it has asked for it. */
import type { EventLog } from '../../lib/browser/event-log.ts';
import type { Outline } from '../../lib/core/run/outline.ts';
import type { Field } from '../../lib/core/sheet/rules.ts';
import type {} from './shared.ts';

export interface Book {
  readonly ring: string;
  readonly outline: Outline;
  /** By id of a step or gate: on what it hangs. */
  readonly when: Readonly<Record<string, string>>;
}
export interface KnownInput extends Pick<Field, 'label' | 'options'> {
  readonly perRing?: true;
}
declare global {
  /** Each put here by a script of its own: of 1,000 runbooks all of them would be 18 MB. */
  var ringbookOutlines: Readonly<Record<string, Book>> | undefined;
  /** Ids of all runbooks of this site. */
  var ringbookBooks: readonly string[] | undefined;
  var ringbookInputs: Readonly<Record<string, KnownInput>> | undefined;
}

const asked = new Map<string, Promise<void>>();

/** Asks once for a script beside the page's own; done when it came or could not be had. */
function ask(name: string): Promise<void> {
  const known = asked.get(name) ?? new Promise<void>((done) => globalThis.ringbook.load(name, done));
  asked.set(name, known);
  return known;
}

/** Ids of the runbooks whose runs are in this browser. */
export const booksWithRuns = (log: Pick<EventLog, 'runIds' | 'runbookOf'>): string[] => [
  ...new Set(log.runIds().flatMap((run) => log.runbookOf(run) ?? [])),
];

/** Does something once these runbooks and all inputs are known, or could not be had. */
export async function withOutlines(ids: readonly string[], then: () => void): Promise<void> {
  await ask('ringbook-library.js');
  // A run may be of a runbook that this site does not have.
  const here = ids.filter((id) => globalThis.ringbookBooks?.includes(id));
  await Promise.all(here.map((id) => ask(`outlines/${id}.js`)));
  then();
}

export const bookOf = (id: string): Book | undefined => globalThis.ringbookOutlines?.[id];

/** All inputs of the site's runbooks; nothing before they came. */
export const knownInputs = (): Readonly<Record<string, KnownInput>> | undefined => globalThis.ringbookInputs;
