/**
 * What the history of a run says, for people: remarks, hand-overs, time, and what can be taken back.
 *
 * Nothing here is needed to tick a box; `fold.ts` holds what is.
 */
import { writeCanonical, type About, type Act, type Actor, type Event, type EventOf } from './event.ts';
import { ofKind, standing, type RunState } from './fold.ts';
import { compareEvents } from './merge.ts';
import type { Outline } from './outline.ts';
import { clockOf, dayOf } from './time.ts';

/** A note or a piece of evidence. What was taken back or corrected is struck through, and never gone. */
export interface Remark<One extends EventOf<'note'> | EventOf<'evidence'>> {
  readonly event: One;
  readonly isStruck: boolean;
  /** What stands in its place. */
  readonly correctedBy?: One | undefined;
}

/** All that happened at a step, a gate or a criterion; to the run as a whole where the id is left out. */
function historyAt(state: RunState, id?: string): readonly Event[] {
  if (id === undefined || id === '') return state.history;
  return [...(state.steps.get(id)?.history ?? []), ...(state.gates.get(id)?.history ?? [])];
}

function remarks<One extends EventOf<'note'> | EventOf<'evidence'>>(
  state: RunState,
  all: readonly One[],
): Remark<One>[] {
  return all.map((event) => {
    const correctedBy = all.find(({ id, data }) => !state.gone.has(id) && data.undoes?.includes(event.id));
    return { event, isStruck: state.gone.has(event.id) || correctedBy !== undefined, correctedBy };
  });
}

/** Notes at a step or gate; those about the run as a whole where the id is left out. Earliest first. */
export const notesOf = (state: RunState, id?: string): Remark<EventOf<'note'>>[] =>
  remarks(state, ofKind(historyAt(state, id), 'note'));

/** Evidence at a step or gate; that about the run as a whole where the id is left out. Earliest first. */
export const evidenceOf = (state: RunState, id?: string): Remark<EventOf<'evidence'>>[] =>
  remarks(state, ofKind(historyAt(state, id), 'evidence'));

/** Notes of the whole run, at steps and elsewhere, earliest first. */
export const allNotes = (state: RunState): Remark<EventOf<'note'>>[] => remarks(state, ofKind(eventsOf(state), 'note'));

/** Evidence of the whole run, at steps and elsewhere, earliest first. */
export const allEvidence = (state: RunState): Remark<EventOf<'evidence'>>[] =>
  remarks(state, ofKind(eventsOf(state), 'evidence'));

/** Everything that happened in the run, earliest first. */
export const eventsOf = (state: RunState): Event[] =>
  [state.steps, state.gates, state.values]
    .flatMap((subjects) => [...subjects.values()].flatMap(({ history }) => history))
    .concat(state.history)
    .sort(compareEvents);

/** What the run is for, with its corrections. */
export function aboutOf(state: RunState): About {
  const about: { -readonly [K in keyof About]: About[K] } = { ...state.started?.data.about };
  for (const { data } of standing(state.history, state.gone, 'details', 'details')) {
    for (const key of ['title', 'change', 'site', 'ring'] as const) {
      const text = data[key];
      if (text !== undefined) about[key] = text;
    }
  }
  return about;
}

/** What was seen at a step; the latest, if two people looked at once. */
export const seenOf = (state: RunState, step: string): EventOf<'seen'> | undefined =>
  standing(historyAt(state, step), state.gone, 'seen', 'seen').at(-1);

/** Minutes of work that were noted at a step. */
export function minutesSpent(state: RunState, step: string): number {
  const entries = standing(historyAt(state, step), state.gone, 'spent', 'spent');
  return entries.reduce((sum, { data }) => sum + data.minutes, 0);
}

/** Escalations in force, earliest first, at steps and elsewhere. */
export const escalationsOf = (state: RunState): EventOf<'escalated'>[] =>
  standing(eventsOf(state), state.gone, 'escalated');

export interface HandOver {
  /** Whose the run is: who accepted it last, else who started it. */
  readonly holder?: Actor | undefined;
  /** Since when. */
  readonly since?: string | undefined;
  /** Handed over, and not accepted yet. */
  readonly open?: EventOf<'hand-over'> | undefined;
}

/** Who holds the run, and to whom it is on its way. */
export function handOverOf(state: RunState): HandOver {
  const accepted = standing(state.history, state.gone, 'accepted');
  const last = accepted.at(-1) ?? state.started;
  const handOver = standing(state.history, state.gone, 'hand-over').at(-1);
  const isOpen =
    handOver !== undefined &&
    !accepted.some((one) =>
      one.data.handOver === undefined ? compareEvents(handOver, one) < 0 : one.data.handOver === handOver.id,
    );
  return {
    holder: last && { by: last.by, tier: last.tier },
    since: last?.at,
    open: isOpen ? handOver : undefined,
  };
}

export interface GateConflict {
  readonly gate: string;
  readonly decisions: readonly EventOf<'gate'>[];
}

/** Gates at which go and no-go both stand. */
export const conflictsOf = (state: RunState): GateConflict[] =>
  [...state.gates].flatMap(([gate, { decision, standing: decisions }]) =>
    decision === 'conflict' ? [{ gate, decisions }] : [],
  );

/** What kind of entry it is, and what it says. */
function deed(event: Event, nameOf: (id: string) => string): string {
  switch (event.kind) {
    case 'started':
      return 'Run started';
    case 'details':
      return 'Details of the change entered';
    case 'outline':
      return `Revision ${event.data.revision} of the runbook opened`;
    case 'value':
      return event.data.value === ''
        ? `Value ${event.data.input} cleared`
        : `Value ${event.data.input} set to ${event.data.value}`;
    case 'tick':
      return `${nameOf(event.step)} done`;
    case 'untick':
      return `${nameOf(event.step)} not done after all`;
    case 'not-applicable':
      return event.data.reason === undefined
        ? `${nameOf(event.step)} applies after all`
        : `${nameOf(event.step)} does not apply: ${event.data.reason}`;
    case 'seen':
      return `${nameOf(event.step)}, seen: ${event.data.value}`;
    case 'spent':
      return `${nameOf(event.step)}, ${event.data.minutes} min spent`;
    case 'note':
      return `${at(event, nameOf)}note: ${event.data.text}`;
    case 'evidence':
      return `${at(event, nameOf)}evidence: ${event.data.name ?? (event.data.picture ? 'picture' : 'text')}`;
    case 'gate':
      return `${nameOf(event.step)}: ${event.data.decision === undefined ? 'decision withdrawn' : event.data.decision === 'go' ? 'go' : 'no-go'}`;
    case 'hand-over':
      return `Handed over to ${event.data.to}`;
    case 'accepted':
      return 'Hand-over accepted';
    case 'escalated':
      return `${at(event, nameOf)}escalated to tier ${event.data.to}: ${event.data.trigger}`;
    case 'finished':
      return 'Run finished';
    case 'reopened':
      return 'Run reopened';
    case 'archived':
      return 'Run archived';
    case 'reset':
      return 'Run reset';
    case 'undo':
      return event.data.undoes.length === 1 ? 'An entry taken back' : `${event.data.undoes.length} entries taken back`;
  }
}

const at = (event: { readonly step?: string | undefined }, nameOf: (id: string) => string): string =>
  event.step === undefined ? '' : `${nameOf(event.step)}, `;

/** Names for ids: `Step 2.4`, `Gate 3.1`, `Criterion of gate 3.1`, or the id where the outline has none. */
export function namesIn(outline: Outline | undefined): (id: string) => string {
  const words = { step: 'Step', gate: 'Gate', criterion: 'Criterion of gate' } as const;
  const names = new Map(outline?.items.map(({ id, kind, number }) => [id, `${words[kind]} ${number}`]));
  return (id) => names.get(id) ?? `Step ${id}`;
}

/**
 * One event in one line: what, who, when.
 *
 * @example describeEvent(ticked, outline) //=> 'Step 2.4 done, by Ann, tier 3, 2026-11-20 03:12'
 */
export function describeEvent(event: Event, outline?: Outline): string {
  const words = deed(event, namesIn(outline)).replace(/\s+/g, ' ');
  const short = words.length > 200 ? `${words.slice(0, 199)}…` : words;
  // A note that ends in a full stop does not end this sentence.
  const sentence = short.charAt(0).toUpperCase() + short.slice(1).replace(/(?<!\.)\.$/, '');
  return `${sentence}, by ${event.by}, tier ${event.tier}, ${dayOf(event.at)} ${clockOf(event.at)}`;
}

/** Something that can be done about an earlier entry. */
export interface Choice {
  /** What to record to do it. */
  readonly acts: readonly Act[];
  readonly event: Event;
  readonly words: string;
}

/** Taking these back would leave no run, or is done by doing the thing itself. */
const lasting = new Set<Event['kind']>(['started', 'outline', 'undo']);

/** What can be taken back, the latest first. */
export function undoChoices(state: RunState, outline?: Outline, most = 20): Choice[] {
  return eventsOf(state)
    .reverse()
    .filter(({ id, kind }) => !lasting.has(kind) && !state.gone.has(id))
    .slice(0, most)
    .map((event) => ({
      acts: [{ kind: 'undo' as const, data: { undoes: [event.id] } }],
      event,
      words: describeEvent(event, outline),
    }));
}

/** What was taken back by an `undo` and can be done again, the latest undo first; it is recorded as a new entry. */
export function redoChoices(state: RunState, outline?: Outline, most = 20): Choice[] {
  const byId = new Map(eventsOf(state).map((event) => [event.id, event]));
  const again = new Set([...byId.values()].filter(({ id }) => !state.gone.has(id)).map(contentOf));
  return ofKind(state.history, 'undo')
    .reverse()
    .flatMap(({ data }) => data.undoes)
    .flatMap((id) => byId.get(id) ?? [])
    .filter((event) => !lasting.has(event.kind) && !again.has(contentOf(event)))
    .slice(0, most)
    .map((event) => ({ acts: [actOf(event)], event, words: describeEvent(event, outline) }));
}

const stamps = new Set(['v', 'id', 'at', 'by', 'tier']);

/** An event without what the store stamps on it. */
const actOf = (event: Event): Act =>
  // Its own fields without the stamps: an act, though a list of fields cannot tell.
  Object.fromEntries(Object.entries(event).filter(([name]) => !stamps.has(name))) as unknown as Act;

/** An event's act as text: two events with the same one did the same. */
const contentOf = (event: Event): string => writeCanonical(actOf(event));

const resettable = new Set<Event['kind']>(['tick', 'not-applicable', 'seen', 'spent', 'gate']);

/**
 * What begins the run anew: everything ticked, decided, seen, and said not to apply is taken back. Notes, evidence and
 * values stay. Taking this one entry back brings it all back.
 *
 * @returns Nothing where there is nothing to take back.
 */
export function resetAct(state: RunState): Act<EventOf<'reset'>> | undefined {
  // A decision that took an earlier one back is named with it, else the earlier one would stand again.
  const work = [state.steps, state.gates]
    .flatMap((subjects) => [...subjects.values()].flatMap(({ history }) => history))
    .filter(({ id, kind }) => resettable.has(kind) && !state.gone.has(id));
  const undoes = [...work, ...state.finished].map(({ id }) => id);
  return undoes.length === 0 ? undefined : { kind: 'reset', data: { undoes } };
}
