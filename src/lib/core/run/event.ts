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
  number,
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

/** What is said of an entry that no person typed: a file or a program got it wrong. */
const BROKEN = 'The entry is not whole.';

const matching = (pattern: RegExp, why = BROKEN): Shape<string> =>
  text(
    why,
    must((value) => pattern.test(value), why),
  );

/** Text of 1 to `most` characters that are not all blank, on any number of lines. */
const words = (most: number): Shape<string> =>
  text(
    BROKEN,
    must((value) => value.length <= most && /\S/.test(value), BROKEN),
  );

const count = (most: number): Shape<number> =>
  number(
    BROKEN,
    must((value) => Number.isInteger(value) && value >= 0 && value <= most, BROKEN),
  );

const choice = <const T extends string | number>(values: readonly T[]): Shape<T> => oneOf(values, BROKEN);

const strict = <F extends Fields>(fields: F): Shape<Fielded<F>> => object(fields, BROKEN);

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
  outline: 1_000_000,
} as const;

const eventId = matching(/^[0-9A-Za-z-]{1,64}$/);
const runId = matching(/^[0-9A-Za-z-]{10,64}$/);
const name = matching(/^[a-z0-9-]{1,100}$/);
const hash = matching(/^[0-9a-f]{8,64}$/);
const undoes = list(eventId, BROKEN);
const tier: Shape<Tier> = oneOf([1, 2, 3, 4], 'Choose tier 1, 2, 3 or 4.');
const person = matching(/^(?=.*\S)\P{Cc}{1,80}$/u, 'Enter your name in 80 characters or fewer, on one line.');
const line = optional(matching(/^\P{Cc}{0,200}$/u));

const actor = { by: person, tier };

/** Who acts: a name of 1 to 80 characters, and the tier this person works in. */
export const Actor = strict(actor);
export type Actor = InferShape<typeof Actor>;

/** What the run is for, each on one line of up to 200 characters: the change's title and number, the site, the ring. */
const about = { title: line, change: line, site: line, ring: line };
export type About = Fielded<typeof about>;

const longText = optional(words(most.text));
const takesBack = { undoes: optional(undoes) };

const envelope = {
  v: optional(choice([VERSION])),
  id: eventId,
  at: text(
    BROKEN,
    must((at) => !Number.isNaN(instantMs(at)), BROKEN),
  ),
  ...actor,
  kind: matching(/./),
};
const shape = <F extends Fields>(rest: F) => strict({ ...envelope, ...rest });
const ofRun = <F extends Fields>(data: F) => shape({ data: strict(data) });
const atStep = <F extends Fields>(data: F) => shape({ step: name, stepHash: optional(hash), data: strict(data) });
const anywhere = <F extends Fields>(data: F) =>
  shape({ step: optional(name), stepHash: optional(hash), data: strict(data) });

/** The kinds of picture that every browser shows. */
export const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

const picture = strict({
  type: choice(pictureTypes),
  bytes: count(most.pictureBytes),
  sha256: matching(/^[0-9a-f]{64}$/),
});
export type Picture = InferShape<typeof picture>;

const shapes = {
  /**
   * `title` is the runbook's when the run was started, so that the run can be named where the runbook is gone. `beside`
   * are the runs that its starter knew of: it was meant to be another one.
   */
  started: ofRun({
    runbook: name,
    revision: hash,
    title: optional(words(300)),
    about: optional(strict(about)),
    beside: optional(list(runId, BROKEN)),
  }),
  /** What the run is for, as it was corrected: all of it. An empty text clears. */
  details: ofRun({ ...about, ...takesBack }),
  /** The runbook as it read then, as `outline.ts` writes it: it gives a step that was removed or reworded its former wording. */
  outline: ofRun({ revision: hash, text: words(most.outline) }),
  /** `value` is the raw text as typed; an empty text clears the input. */
  value: ofRun({
    input: matching(/^[A-Za-z][A-Za-z0-9]{0,99}$/),
    value: matching(/^[^]{0,2000}$/, 'Enter the value in 2,000 characters or fewer.'),
    ...takesBack,
  }),
  tick: shape({ step: name, stepHash: hash }),
  untick: atStep({ undoes }),
  /** Without a reason it only takes back earlier ones. */
  'not-applicable': atStep({ reason: optional(words(most.reason)), ...takesBack }),
  /** The actual value seen at a step, in place of those it takes back. */
  seen: atStep({ value: words(most.seen), ...takesBack }),
  /** Minutes of work at a step; those of all entries add up. */
  spent: atStep({ minutes: count(most.minutes), ...takesBack }),
  /** With `undoes` it corrects earlier ones. */
  note: anywhere({ text: words(most.note), ...takesBack }),
  /** Text or a picture; the picture's bytes are kept elsewhere, under their hash. */
  evidence: anywhere({
    text: optional(words(most.evidence)),
    name: optional(words(most.name)),
    picture: optional(picture),
    ...takesBack,
  }),
  /** `step` is the gate's id. Without a decision it only takes back earlier ones. */
  gate: atStep({
    decision: optional(choice(['go', 'no-go'])),
    criteria: optional(list(name, BROKEN)),
    text: optional(words(most.reason)),
    ...takesBack,
  }),
  'hand-over': ofRun({ to: person, tier: optional(tier), text: longText }),
  /** `handOver` is the id of the hand-over that is accepted. */
  accepted: ofRun({ handOver: optional(eventId), text: longText }),
  escalated: anywhere({ to: tier, trigger: words(most.reason), text: longText }),
  finished: ofRun({
    text: longText,
    outcome: optional(choice(['successful', 'with-issues', 'unsuccessful', 'backed-out'])),
  }),
  /** Takes back the `finished` entries that it names. */
  reopened: ofRun({ undoes, text: longText }),
  archived: ofRun({ text: longText }),
  /** Begins anew: takes back what it names, which is all that was ticked, decided and seen. */
  reset: ofRun({ undoes }),
  /** Takes back any entries, also a reset or another undo. */
  undo: ofRun({ undoes }),
};

export type EventKind = keyof typeof shapes;
/** Each kind with its own fields. */
export type Event = {
  [Kind in EventKind]: Omit<InferShape<(typeof shapes)[Kind]>, 'kind'> & { kind: Kind };
}[EventKind];
export type EventOf<Kind extends EventKind> = Extract<Event, { kind: Kind }>;
/** An event without what the store stamps on it: what a person does. */
export type Act<Kind = Event> = Kind extends Event ? Omit<Kind, 'v' | 'id' | 'at' | 'by' | 'tier'> : never;

const kindOf = (raw: unknown): unknown =>
  typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'kind') ? Reflect.get(raw, 'kind') : undefined;
const isKind = (kind: unknown): kind is EventKind => typeof kind === 'string' && Object.hasOwn(shapes, kind);

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
  // The shape was found by the kind, so the one that it read is the one that goes with it.
  return isKind(kind) ? (shapes[kind](value) as Result<Event>) : refuse(BROKEN);
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
export const writeEvent: (event: Event) => string = writeCanonical;
