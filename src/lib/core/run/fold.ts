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
  readonly steps: ReadonlyMap<string, StepState>;
  readonly gates: ReadonlyMap<string, GateState>;
  readonly values: ReadonlyMap<string, ValueState>;
  /** What happened to the run as a whole, earliest first: started, handed over, finished, notes without a step. */
  readonly history: readonly Event[];
  /** Name and tier on the latest event. */
  readonly who?: Actor | undefined;
  readonly lastTouched?: Event | undefined;
  /** Counted over every id that ever had an event, also ids that are no longer in the runbook. */
  readonly counts: { readonly done: number; readonly notApplicable: number; readonly decided: number };
}

export const emptyState: RunState = {
  finished: [],
  steps: new Map(),
  gates: new Map(),
  values: new Map(),
  history: [],
  counts: { done: 0, notApplicable: 0, decided: 0 },
};

export type Subject = { readonly of: 'step' | 'gate' | 'value' | 'run'; readonly id: string };

/** What an event speaks of: one step, one gate, one input, or the run as a whole (with an empty id). */
export function subjectOf(event: Event): Subject {
  if (event.kind === 'value') return { of: 'value', id: event.data.input };
  if (event.kind === 'gate') return { of: 'gate', id: event.step };
  if ('step' in event && event.step !== undefined) return { of: 'step', id: event.step };
  return { of: 'run', id: '' };
}

const ofKind = <Kind extends EventKind>(history: readonly Event[], kind: Kind): EventOf<Kind>[] =>
  history.filter((event): event is EventOf<Kind> => event.kind === kind);

/** Events of one kind that no event of the kind `undoing` names. */
function standing<Kind extends EventKind>(
  history: readonly Event[],
  kind: Kind,
  undoing: 'value' | 'untick' | 'not-applicable' | 'gate' | 'reopened',
): EventOf<Kind>[] {
  const undone = new Set(ofKind(history, undoing).flatMap((event) => event.data.undoes ?? []));
  return ofKind(history, kind).filter((event) => !undone.has(event.id));
}

const stepState = (history: readonly Event[]): StepState => ({
  ticks: standing(history, 'tick', 'untick'),
  notApplicable: standing(history, 'not-applicable', 'not-applicable').findLast(
    (event) => event.data.reason !== undefined,
  ),
  history,
});

function gateState(history: readonly Event[]): GateState {
  const decided = standing(history, 'gate', 'gate').filter((event) => event.data.decision !== undefined);
  const [decision = 'undecided', other] = new Set(decided.map((event) => event.data.decision));
  return { decision: other ? 'conflict' : decision, standing: decided, history };
}

function valueState(history: readonly Event[]): ValueState {
  const values = standing(history, 'value', 'value');
  const last = values.at(-1);
  const { at = '', by = '', id = '' } = last ?? {};
  return { value: last?.data.value ?? '', at, by, id, standing: values, history };
}

/** Judges anew what `arrived` speaks of, and shares all else with `before`. */
function renew<State extends { readonly history: readonly Event[] }>(
  before: ReadonlyMap<string, State>,
  arrived: ReadonlyMap<string, Event[]>,
  judge: (history: readonly Event[]) => State,
): ReadonlyMap<string, State> {
  if (arrived.size === 0) return before;
  const after = new Map(before);
  for (const [id, events] of arrived) after.set(id, judge(mergeEvents(before.get(id)?.history ?? [], events)));
  return after;
}

/** How many more of the touched ones satisfy `holds` now than before. */
function gained<State>(
  before: ReadonlyMap<string, State>,
  after: ReadonlyMap<string, State>,
  touched: ReadonlyMap<string, unknown>,
  holds: (state: State | undefined) => boolean,
): number {
  let gain = 0;
  for (const id of touched.keys()) gain += Number(holds(after.get(id))) - Number(holds(before.get(id)));
  return gain;
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
  const steps = renew(state.steps, arrived.step, stepState);
  const gates = renew(state.gates, arrived.gate, gateState);
  const ofRun = arrived.run.get('');
  const history = ofRun ? mergeEvents(state.history, ofRun) : state.history;
  const { done, notApplicable, decided } = state.counts;
  return {
    started: ofKind(history, 'started')[0],
    finished: standing(history, 'finished', 'reopened'),
    steps,
    gates,
    values: renew(state.values, arrived.value, valueState),
    history,
    who: lastTouched && { by: lastTouched.by, tier: lastTouched.tier },
    lastTouched,
    counts: {
      done: done + gained(state.steps, steps, arrived.step, (step) => Boolean(step?.ticks.length)),
      notApplicable:
        notApplicable + gained(state.steps, steps, arrived.step, (step) => step?.notApplicable !== undefined),
      decided:
        decided +
        gained(state.gates, gates, arrived.gate, (gate) => gate?.decision === 'go' || gate?.decision === 'no-go'),
    },
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
