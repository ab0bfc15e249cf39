/**
 * One thing that happened in a run: its shape, and how it is read from text and written to it.
 *
 * Events are only ever added. What takes something back names the events it takes back (`data.undoes`), so nothing is
 * cancelled by accident and no two clocks have to agree: a box is ticked while any tick of it has not been taken back.
 *
 * The shape is version 1, written without a number. A release that needs another field or kind writes such events, and
 * only those, with `v: 2`; this one then knows that they are newer and leaves the run alone.
 */
import { ok, refuse, type Result } from '../result.ts';
import type { Tier } from '../runbook/model.ts';
import { countTo, holds, listOf, type Rule, type Ruled } from './rule.ts';
import { instantMs } from './time.ts';

const VERSION = 1;

/** The longest texts, in characters, and the largest numbers, that an entry may hold. */
export const most = {
  note: 5000,
  evidence: 50_000,
  name: 200,
  reason: 1000,
  seen: 2000,
  minutes: 10_080,
  text: 20_000,
  pictureBytes: 10_000_000,
} as const;

const eventId = /^[0-9A-Za-z-]{1,64}$/;
const name = /^[a-z0-9-]{1,100}$/;
const hash = /^[0-9a-f]{8,64}$/;
const line = /^\P{Cc}{0,200}$/u;
const undoes = listOf(eventId);
const tier: readonly Tier[] = [1, 2, 3, 4];

const actor = { by: /^(?=.*\S)\P{Cc}{1,80}$/u, tier } as const;
/** Who acts: a name of 1 to 80 characters, and the tier this person works in. */
export type Actor = Ruled<typeof actor>;

/** What the run is for, each on one line of up to 200 characters: the change's title and number, the site, the ring. */
const about = { 'title?': line, 'change?': line, 'site?': line, 'ring?': line } as const;
export type About = Ruled<typeof about>;

const takesBack = { 'undoes?': undoes } as const;
const longText = { 'text?': most.text } as const;

const envelope = {
  'v?': [VERSION],
  id: eventId,
  at: (at: unknown): at is string => typeof at === 'string' && !Number.isNaN(instantMs(at)),
  ...actor,
  kind: name,
} as const;
const ofRun = <const Data extends Rule>(data: Data) => ({ ...envelope, data }) as const;
const atStep = <const Data extends Rule>(data: Data) => ({ ...envelope, step: name, 'stepHash?': hash, data }) as const;
const anywhere = <const Data extends Rule>(data: Data) =>
  ({ ...envelope, 'step?': name, 'stepHash?': hash, data }) as const;

/** The kinds of picture that every browser shows. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

const picture = { type: pictureTypes, bytes: countTo(most.pictureBytes), sha256: /^[0-9a-f]{64}$/ } as const;
export type Picture = Ruled<typeof picture>;

const rules = {
  /**
   * `title` is the runbook's when the run was started, so that the run can be named where the runbook is gone. `beside`
   * are the runs that its starter knew of: it was meant to be another one.
   */
  started: ofRun({
    runbook: name,
    revision: hash,
    'title?': 300,
    'about?': about,
    'beside?': listOf(/^[0-9A-Za-z-]{10,64}$/),
  }),
  /** What the run is for, as it was corrected: all of it. An empty text clears. */
  details: ofRun({ ...about, ...takesBack }),
  /**
   * The runbook as it read then, as `outline.ts` writes it: it gives a step that was removed or reworded its former
   * wording.
   */
  outline: ofRun({ revision: hash, text: 1_000_000 }),
  /** `value` is the raw text as typed; an empty text clears the input. */
  value: ofRun({ input: /^[A-Za-z][A-Za-z0-9]{0,99}$/, value: /^[^]{0,2000}$/, ...takesBack }),
  tick: { ...envelope, step: name, stepHash: hash },
  untick: atStep({ undoes }),
  /** Without a reason it only takes back earlier ones. */
  'not-applicable': atStep({ 'reason?': most.reason, ...takesBack }),
  /** The actual value seen at a step, in place of those it takes back. */
  seen: atStep({ value: most.seen, ...takesBack }),
  /** Minutes of work at a step; those of all entries add up. */
  spent: atStep({ minutes: countTo(most.minutes), ...takesBack }),
  /** With `undoes` it corrects earlier ones. */
  note: anywhere({ text: most.note, ...takesBack }),
  /** Text or a picture; the picture's bytes are kept elsewhere, under their hash. */
  evidence: anywhere({ 'text?': most.evidence, 'name?': most.name, 'picture?': picture, ...takesBack }),
  /** `step` is the gate's id. Without a decision it only takes back earlier ones. */
  gate: atStep({
    'decision?': ['go', 'no-go'],
    'criteria?': listOf(name),
    'text?': most.reason,
    ...takesBack,
  }),
  'hand-over': ofRun({ to: actor.by, 'tier?': tier, ...longText }),
  /** `handOver` is the id of the hand-over that is accepted. */
  accepted: ofRun({ 'handOver?': eventId, ...longText }),
  escalated: anywhere({ to: tier, trigger: most.reason, ...longText }),
  finished: ofRun({ 'outcome?': ['successful', 'with-issues', 'unsuccessful', 'backed-out'], ...longText }),
  /** Takes back the `finished` entries that it names. */
  reopened: ofRun({ undoes, ...longText }),
  archived: ofRun(longText),
  /** Begins anew: takes back what it names, which is all that was ticked, decided and seen. */
  reset: ofRun({ undoes }),
  /** Takes back any entries but another `undo`: what was undone is done again. */
  undo: ofRun({ undoes }),
} as const;

export type EventKind = keyof typeof rules;
/** Each kind with its own fields. */
export type Event = { [Kind in EventKind]: Omit<Ruled<(typeof rules)[Kind]>, 'kind'> & { kind: Kind } }[EventKind];
export type EventOf<Kind extends EventKind> = Extract<Event, { kind: Kind }>;
/** An event without what the store stamps on it: what a person does. */
export type Act<Kind = Event> = Kind extends Event ? Omit<Kind, 'v' | 'id' | 'at' | 'by' | 'tier'> : never;

const kindOf = (raw: unknown): unknown =>
  typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'kind') ? Reflect.get(raw, 'kind') : undefined;
const isKind = (kind: unknown): kind is EventKind => typeof kind === 'string' && Object.hasOwn(rules, kind);

/** Whether a later release wrote this: its version is above ours, or it is of a kind that is unknown here. */
export const isNewer = (raw: unknown): boolean => {
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
  /** Cut off or changed. The text is for whoever holds it to keep. */
  | { readonly state: 'damaged' };

/** @returns Who acts, or one sentence that says what to enter. */
export const checkActor = (value: unknown): Result<Actor> =>
  holds(actor, value) ? ok(value) : refuse('Enter your name in 80 characters or fewer, on one line.');

/**
 * Checks a value that is to become an event.
 *
 * @returns The event, or one sentence that says what to enter or what is wrong.
 * @example checkEvent({ ...event, step: 7 }) //=> { ok: false, why: 'The entry is not whole.' }
 */
export function checkEvent(value: unknown): Result<Event> {
  const kind = kindOf(value);
  // The rule was found by the kind, so what keeps it is of that kind.
  if (isKind(kind) && holds(rules[kind], value)) return ok(value as Event);
  return refuse(kind === 'value' ? 'Enter the value in 2,000 characters or fewer.' : 'The entry is not whole.');
}

/**
 * Reads one stored event. Never throws, whatever the text.
 *
 * @example readEvent('{"kind":"tick"') //=> { state: 'damaged' }
 */
export function readEvent(text: string): ReadEvent {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { state: 'damaged' };
  }
  if (isNewer(raw)) return { state: 'newer' };
  const answer = checkEvent(raw);
  return answer.ok ? { state: 'read', event: answer.value } : { state: 'damaged' };
}

/**
 * Writes plain data as canonical JSON: keys in the order of their characters, no white space. The same data gives the
 * same bytes, in any browser.
 */
export const writeCanonical = (data: unknown): string =>
  JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/**
 * Writes an event as canonical JSON.
 *
 * @example writeEvent({ kind: 'finished', id: 'e1', at, by: 'Ann', tier: 3, data: {} })
 * //=> '{"at":"2026-11-20T03:12:45.120+01:00","by":"Ann","data":{},"id":"e1","kind":"finished","tier":3}'
 */
export const writeEvent = (event: Event): string => writeCanonical(event);
