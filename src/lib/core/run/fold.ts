/**
 * What a run's events amount to.
 *
 * Events are sorted into the steps, gates and inputs they speak of, and each of those is judged from all of its own
 * events at once. So it cannot matter in which order events arrive, or how often; an untick may come before its tick.
 */
import type { Actor, Event, EventKind, EventOf } from './event.ts';
import { compareEvents, mergeEvents } from './merge.ts';

export interface StepState {
  /** Ticks that nobody has taken back, earliest first. The step is done while there is one. */
  readonly ticks: readonly EventOf<'tick'>[];
  /** The latest standing remark that this step does not apply. */
  readonly notApplicable?: EventOf<'not-applicable'> | undefined;
  /** Everything that happened at this step, earliest first; notes and evidence among it. */
  readonly history: readonly Event[];
}

export type GateDecision = 'undecided' | 'go' | 'no-go' | 'conflict';

export interface GateState {
  /** `conflict`: go and no-go both stand, given by people who did not know of each other. It is theirs to settle. */
  readonly decision: GateDecision;
  /** Decisions that nobody has taken back, earliest first. */
  readonly standing: readonly EventOf<'gate'>[];
  readonly history: readonly Event[];
}

export interface ValueState {
  /** Raw text as typed; empty when it was cleared. */
  readonly value: string;
  readonly at: string;
  readonly by: string;
  readonly id: string;
  /** Values that nobody has replaced, earliest first; more than one if two people typed at once. The last is in force. */
  readonly standing: readonly EventOf<'value'>[];
  readonly history: readonly Event[];
}

export interface RunState {
  /** How the run began; the earliest, if two people started it at once. */
  readonly started?: EventOf<'started'> | undefined;
  /** Closings that nobody has taken back. The run is finished while there is one. */
  readonly finished: readonly EventOf<'finished'>[];
  readonly isArchived: boolean;
  /** Ids of all that an `undo` or a `reset` in force takes back. What is gone stays in the histories. */
  readonly gone: ReadonlySet<string>;
  readonly steps: ReadonlyMap<string, StepState>;
  readonly gates: ReadonlyMap<string, GateState>;
  readonly values: ReadonlyMap<string, ValueState>;
  /** What happened to the run as a whole, earliest first: started, handed over, finished, notes without a step. */
  readonly history: readonly Event[];
  /** Name and tier on the latest event. */
  readonly who?: Actor | undefined;
  readonly lastTouched?: Event | undefined;
}

export const emptyState: RunState = {
  finished: [],
  isArchived: false,
  gone: new Set(),
  steps: new Map(),
  gates: new Map(),
  values: new Map(),
  history: [],
};

export type Subject = { readonly of: 'step' | 'gate' | 'value' | 'run'; readonly id: string };

/** What an event speaks of: one step, one gate, one input, or the run as a whole (with an empty id). */
export function subjectOf(event: Event): Subject {
  if (event.kind === 'value') return { of: 'value', id: event.data.input };
  if (event.kind === 'gate') return { of: 'gate', id: event.step };
  if ('step' in event && event.step !== undefined) return { of: 'step', id: event.step };
  return { of: 'run', id: '' };
}

export const ofKind = <Kind extends EventKind>(history: readonly Event[], kind: Kind): EventOf<Kind>[] =>
  history.filter((event): event is EventOf<Kind> => event.kind === kind);

/** What is in force: nothing in force takes it back. `undoing` is the kind that takes back this kind alone. */
export function standing<Kind extends EventKind>(
  history: readonly Event[],
  gone: ReadonlySet<string>,
  kind: Kind,
  undoing?: 'value' | 'untick' | 'not-applicable' | 'seen' | 'spent' | 'gate' | 'details' | 'reopened',
): EventOf<Kind>[] {
  const stands = ({ id }: Event): boolean => !gone.has(id);
  const undone = new Set(
    undoing && ofKind(history, undoing).flatMap((event) => (stands(event) && event.data.undoes) || []),
  );
  return ofKind(history, kind).filter((event) => stands(event) && !undone.has(event.id));
}

/** What is taken back by any `undo`, and by a `reset` that no `undo` takes back. */
function goneOf(history: readonly Event[]): ReadonlySet<string> {
  const gone = new Set(ofKind(history, 'undo').flatMap(({ data }) => data.undoes));
  const resets = ofKind(history, 'reset').filter(({ id }) => !gone.has(id));
  return new Set([...gone, ...resets.flatMap(({ data }) => data.undoes)]);
}

const stepState = (history: readonly Event[], gone: ReadonlySet<string>): StepState => ({
  ticks: standing(history, gone, 'tick', 'untick'),
  notApplicable: standing(history, gone, 'not-applicable', 'not-applicable').findLast(
    (event) => event.data.reason !== undefined,
  ),
  history,
});

function gateState(history: readonly Event[], gone: ReadonlySet<string>): GateState {
  const decided = standing(history, gone, 'gate', 'gate').filter((event) => event.data.decision !== undefined);
  const [decision = 'undecided', other] = new Set(decided.map((event) => event.data.decision));
  return { decision: other ? 'conflict' : decision, standing: decided, history };
}

function valueState(history: readonly Event[], gone: ReadonlySet<string>): ValueState {
  const values = standing(history, gone, 'value', 'value');
  const last = values.at(-1);
  const { at = '', by = '', id = '' } = last ?? {};
  return { value: last?.data.value ?? '', at, by, id, standing: values, history };
}

type Judge<State> = (history: readonly Event[], gone: ReadonlySet<string>) => State;

/** Judges anew what `arrived` speaks of, or everything if what is gone has changed, and shares all else with `before`. */
function renew<State extends { readonly history: readonly Event[] }>(
  before: ReadonlyMap<string, State>,
  arrived: ReadonlyMap<string, Event[]>,
  judge: Judge<State>,
  gone: ReadonlySet<string>,
  all: boolean,
): ReadonlyMap<string, State> {
  if (arrived.size === 0 && !all) return before;
  const after = new Map(before);
  if (all) for (const [id, { history }] of before) after.set(id, judge(history, gone));
  for (const [id, events] of arrived) after.set(id, judge(mergeEvents(before.get(id)?.history ?? [], events), gone));
  return after;
}

/**
 * The state after some more events. The given state is not changed; what the events do not speak of is shared with it.
 * Many events at once cost less than one by one, and give the same.
 */
export function applyEvents(state: RunState, events: readonly Event[]): RunState {
  const arrived = {
    step: new Map<string, Event[]>(),
    gate: new Map<string, Event[]>(),
    value: new Map<string, Event[]>(),
    run: new Map<string, Event[]>(),
  };
  let lastTouched = state.lastTouched;
  for (const event of events) {
    const { of, id } = subjectOf(event);
    const list = arrived[of].get(id);
    if (list) list.push(event);
    else arrived[of].set(id, [event]);
    if (!lastTouched || compareEvents(lastTouched, event) < 0) lastTouched = event;
  }
  const ofRun = arrived.run.get('');
  const history = ofRun ? mergeEvents(state.history, ofRun) : state.history;
  const takes = ofRun?.some(({ kind }) => kind === 'undo' || kind === 'reset') ?? false;
  const gone = takes ? goneOf(history) : state.gone;
  return {
    started: ofKind(history, 'started')[0],
    finished: standing(history, gone, 'finished', 'reopened'),
    isArchived: standing(history, gone, 'archived').length > 0,
    gone,
    steps: renew(state.steps, arrived.step, stepState, gone, takes),
    gates: renew(state.gates, arrived.gate, gateState, gone, takes),
    values: renew(state.values, arrived.value, valueState, gone, takes),
    history,
    who: lastTouched && { by: lastTouched.by, tier: lastTouched.tier },
    lastTouched,
  };
}

/** The state after one more event. */
export const applyEvent = (state: RunState, event: Event): RunState => applyEvents(state, [event]);

/** The state after all of these events, in whatever order they are given. */
export const fold = (events: readonly Event[]): RunState => applyEvents(emptyState, events);

export const isDone = (state: RunState, stepId: string): boolean => Boolean(state.steps.get(stepId)?.ticks.length);

/** The latest standing tick of a step: its `stepHash` says which wording was ticked. */
export const tickOf = (state: RunState, stepId: string): EventOf<'tick'> | undefined =>
  state.steps.get(stepId)?.ticks.at(-1);

export const gateOf = (state: RunState, gateId: string): GateDecision =>
  state.gates.get(gateId)?.decision ?? 'undecided';

/** The raw text in force for an input; empty when there is none. */
export const valueOf = (state: RunState, input: string): string => state.values.get(input)?.value ?? '';

/** Whether nothing is left to do at a step: it is done, or it does not apply. */
export const isSettled = (state: RunState, stepId: string): boolean =>
  isDone(state, stepId) || state.steps.get(stepId)?.notApplicable !== undefined;
