/**
 * One thing that happened in a run: its shape, and how it is read from text and written to it.
 *
 * Events are only ever added. What takes something back names the events it takes back (`data.undoes`), so nothing is
 * cancelled by accident and no two clocks have to agree: a box is ticked while any tick of it has not been taken back.
 *
 * The shape is version 1, written without a number. A release that needs another field or kind writes such events, and
 * only those, with `v: 2`; this one then knows that they are newer and leaves the run alone.
 */
import { refuse, type Result } from '../result.ts';
import type { Tier } from '../runbook/model.ts';
import {
  list,
  must,
  object,
  oneOf,
  optional,
  text,
  type Fielded,
  type Fields,
  type InferShape,
  type Shape,
} from '../shape.ts';
import { instantMs } from './time.ts';

const VERSION = 1;

const matching = (pattern: RegExp, why: string): Shape<string> =>
  text(
    why,
    must((value) => pattern.test(value), why),
  );

const grouped = (count: number): string => String(count).replace(/\d(?=(\d{3})+$)/g, '$&,');

/** Text of 1 to `most` characters that are not all blank, on any number of lines. `ask` tells what to do. */
const words = (ask: string, most: number): Shape<string> =>
  matching(new RegExp(`^(?=[^]*\\S)[^]{1,${most}}$`), `${ask} in ${grouped(most)} characters or fewer.`);

const eventId = matching(/^[0-9A-Za-z-]{1,64}$/, 'The id of an entry must be 1 to 64 letters, digits or hyphens.');
const name = matching(/^[a-z0-9-]{1,100}$/, 'A name in a runbook must be 1 to 100 small letters, digits or hyphens.');
const hash = matching(/^[0-9a-f]{8,64}$/, 'A hash must be 8 to 64 digits or letters a to f.');
const undoes = list(eventId, 'What is taken back must be a list of entries.');
const tier: Shape<Tier> = oneOf([1, 2, 3, 4], 'Choose tier 1, 2, 3 or 4.');
const person = (ask: string): Shape<string> =>
  matching(/^(?=.*\S)\P{Cc}{1,80}$/u, `${ask} in 80 characters or fewer, on one line.`);
const noTime = 'The time must look like 2026-11-20T03:12:45.120+01:00.';

const strict = <F extends Fields>(fields: F): Shape<Fielded<F>> =>
  object(fields, 'The entry is not whole.', 'The entry holds something that this release does not know.');

const actor = { by: person('Enter your name'), tier };

/** Who acts: a name of 1 to 80 characters, and the tier this person works in. */
export const Actor = strict(actor);
export type Actor = InferShape<typeof Actor>;

const longText = optional(words('Write the text', 20_000));

const shape = <const Kind extends string, Rest extends Fields>(kind: Kind, rest: Rest) =>
  strict({
    v: optional(oneOf([VERSION], 'The version of an entry must be 1.')),
    id: eventId,
    at: text(
      noTime,
      must((at) => !Number.isNaN(instantMs(at)), noTime),
    ),
    ...actor,
    kind: oneOf([kind], 'This is not an entry of a run.'),
    ...rest,
  });
const atStep = { step: name, stepHash: optional(hash) };
const anywhere = { step: optional(name), stepHash: optional(hash) };

const shapes = {
  /** `title` is the runbook's when the run was started, so that the run can be named where the runbook is gone. */
  started: shape('started', {
    data: strict({ runbook: name, revision: hash, title: optional(words('Give the title', 300)) }),
  }),
  /** `value` is the raw text as typed; an empty text clears the input. */
  value: shape('value', {
    data: strict({
      input: matching(/^[A-Za-z][A-Za-z0-9]{0,99}$/, 'The id of an input must be 1 to 100 letters or digits.'),
      value: matching(/^[^]{0,2000}$/, 'Enter the value in 2,000 characters or fewer.'),
      undoes: optional(undoes),
    }),
  }),
  tick: shape('tick', { step: name, stepHash: hash }),
  untick: shape('untick', { ...atStep, data: strict({ undoes }) }),
  /** Without a reason it only takes back earlier ones. */
  'not-applicable': shape('not-applicable', {
    ...atStep,
    data: strict({
      reason: optional(words('Say why this step does not apply', 1000)),
      undoes: optional(undoes),
    }),
  }),
  note: shape('note', { ...anywhere, data: strict({ text: words('Write the note', 5000) }) }),
  evidence: shape('evidence', {
    ...anywhere,
    data: strict({ text: words('Paste the evidence', 20_000), name: optional(words('Name the evidence', 200)) }),
  }),
  /** `step` is the gate's id. Without a decision it only takes back earlier ones. */
  gate: shape('gate', {
    ...atStep,
    data: strict({
      decision: optional(oneOf(['go', 'no-go'], 'Choose go or no-go.')),
      criteria: optional(list(name, 'The criteria must be a list.')),
      undoes: optional(undoes),
    }),
  }),
  'hand-over': shape('hand-over', { data: strict({ to: person('Name the receiver'), text: longText }) }),
  /** `handOver` is the id of the hand-over that is accepted. */
  accepted: shape('accepted', { data: strict({ handOver: optional(eventId), text: longText }) }),
  escalated: shape('escalated', {
    ...anywhere,
    data: strict({ to: tier, trigger: words('Say why you escalate', 1000), text: longText }),
  }),
  finished: shape('finished', { data: strict({ text: longText }) }),
  /** Takes back the `finished` entries that it names. */
  reopened: shape('reopened', { data: strict({ undoes, text: longText }) }),
};

export type Event = InferShape<(typeof shapes)[keyof typeof shapes]>;
export type EventKind = Event['kind'];
export type EventOf<Kind extends EventKind> = Extract<Event, { kind: Kind }>;

const kindOf = (raw: unknown): unknown =>
  typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'kind') ? Reflect.get(raw, 'kind') : undefined;
const isKind = (kind: unknown): kind is EventKind => typeof kind === 'string' && Object.hasOwn(shapes, kind);

/** Whether a later release wrote this: its version is above ours, or it is of a kind that is unknown here. */
const isNewer = (raw: unknown): boolean => {
  const kind = kindOf(raw);
  const v: unknown =
    typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'v') ? Reflect.get(raw, 'v') : undefined;
  return (
    (Number.isInteger(v) && Number(v) > VERSION) ||
    (typeof kind === 'string' && /^[a-z][a-z-]{0,39}$/.test(kind) && !isKind(kind))
  );
};

export type ReadEvent =
  | { readonly state: 'read'; readonly event: Event }
  /** Made by a later release: its kind is unknown here, or its version is above 1. */
  | { readonly state: 'newer' }
  /** `why` is a sentence for the page. The text is for whoever holds it to keep. */
  | { readonly state: 'damaged'; readonly why: string };

/**
 * Checks a value that is to become an event.
 *
 * @returns The event, or one sentence that says what to enter or what is wrong.
 * @example checkEvent({ ...event, by: '' }) //=> { ok: false, why: 'Enter your name in 80 characters or fewer, on one line.' }
 */
export function checkEvent(value: unknown): Result<Event> {
  const kind = kindOf(value);
  return isKind(kind) ? shapes[kind](value) : refuse('This is not an entry of a run.');
}

/**
 * Reads one stored event. Never throws, whatever the text.
 *
 * @example readEvent('{"kind":"tick"') //=> { state: 'damaged', why: 'The text is cut off or changed: it is not JSON.' }
 */
export function readEvent(text: string): ReadEvent {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { state: 'damaged', why: 'The text is cut off or changed: it is not JSON.' };
  }
  if (isNewer(raw)) return { state: 'newer' };
  const answer = checkEvent(raw);
  return answer.ok ? { state: 'read', event: answer.value } : { state: 'damaged', why: answer.why };
}

/**
 * Writes an event as canonical JSON: keys in the order of their characters, no white space. The same event gives the
 * same bytes, in any browser.
 *
 * @example writeEvent({ kind: 'finished', id: 'e1', at, by: 'Ann', tier: 3, data: {} })
 * //=> '{"at":"2026-11-20T03:12:45.120+01:00","by":"Ann","data":{},"id":"e1","kind":"finished","tier":3}'
 */
export const writeEvent = (event: Event): string =>
  JSON.stringify(event, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
