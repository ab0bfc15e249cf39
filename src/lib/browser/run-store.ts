/**
 * The run that a page shows: its state to paint from, and the acts of the person in front of it.
 *
 * An act becomes an event, the event goes into storage, and only then does the state change. Acts answer whether they
 * were saved; what is kept but could not be saved is on screen all the same, under the red bar that `$saving` words.
 */
import { atom, type ReadableAtom } from 'nanostores';
import { Actor, checkEvent, type Event } from '../core/run/event.ts';
import { applyEvents, emptyState, fold, subjectOf, valueOf, type RunState } from '../core/run/fold.ts';
import { READ_ONLY, type Arrival, type EventLog, type Saved, type Saving } from './event-log.ts';
import type { Identity } from './identity.ts';

/** Ids of what has changed. With `all` everything may have: paint anew. */
export interface Touched {
  readonly steps: ReadonlySet<string>;
  readonly gates: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
  readonly all?: boolean;
}

export interface RunStore {
  readonly $state: ReadableAtom<RunState>;
  readonly $saving: ReadableAtom<Saving>;
  /** Sentences about what was found in storage: entries that are damaged, newer, or had vanished. */
  readonly $notices: ReadableAtom<readonly string[]>;
  /** The run on this page; nothing before it is started. */
  readonly runId: () => string | undefined;
  /** Raw texts of the inputs as they are now: what is being typed, else what the run says. */
  readonly values: () => ReadonlyMap<string, string>;
  /** Begins the run, or joins the one that another tab has begun meanwhile. Values typed before become part of it. */
  readonly start: (actor: Actor) => Saved;
  readonly tick: (stepId: string, stepHash: string) => Saved;
  /** Takes back every tick of this step that this page knows of. */
  readonly untick: (stepId: string) => Saved;
  /** Keeps what is being typed without making it part of the run: at every keystroke. */
  readonly typeValue: (inputId: string, raw: string) => Saved;
  /** Makes a value part of the run, or keeps it as a draft while there is none: when the field is left. */
  readonly setValue: (inputId: string, raw: string) => Saved;
  /** Decides at a gate, in place of the decisions that this page shows there. */
  readonly decide: (gateId: string, hash: string, decision: 'go' | 'no-go', criteria: readonly string[]) => Saved;
  /** Takes back every decision at this gate that this page shows. */
  readonly withdraw: (gateId: string) => Saved;
  /** @returns A function that ends the listening. */
  readonly onChange: (listener: (touched: Touched) => void) => () => void;
}

const NOT_STARTED = 'Enter your name and tier to start the run.';

/** An event without what the store stamps on it. */
type Act<Kind = Event> = Kind extends Event ? Omit<Kind, 'id' | 'at' | 'by' | 'tier'> : never;

const idsOf = (events: readonly Event[] = []): string[] => events.map(({ id }) => id);

const refuse = (why: string): Saved => ({ saved: false, why, isKept: false });

/** @param page What the page knows: its runbook as it is now, the log, and where time and ids come from. */
export function createRunStore(page: {
  readonly log: EventLog;
  readonly runbook: { readonly id: string; readonly revision: string; readonly title: string };
  readonly clock: Identity['clock'];
  readonly ids: Identity['ids'];
}): RunStore {
  const { log, runbook } = page;
  const $state = atom(emptyState);
  const $notices = atom<readonly string[]>([]);
  const listeners = new Set<(touched: Touched) => void>();
  let runId: string | undefined;
  let actor: Actor | undefined;

  function tell(events: readonly Event[], inputs: readonly string[] = [], all = false): void {
    const ids = { step: new Set<string>(), gate: new Set<string>(), value: new Set(inputs), run: new Set<string>() };
    for (const event of events) {
      const { of, id } = subjectOf(event);
      ids[of].add(id);
    }
    const touched = { steps: ids.step, gates: ids.gate, values: ids.value, all };
    for (const listener of listeners) listener(touched);
  }

  function take(events: readonly Event[], inputs?: readonly string[]): void {
    $state.set(applyEvents($state.get(), events));
    tell(events, inputs);
  }

  function record(act: Act): Saved {
    const who = actor ?? $state.get().who;
    if (runId === undefined || !who) return refuse(NOT_STARTED);
    const event = checkEvent({ ...act, ...who, id: page.ids.event(), at: page.clock() });
    if (!event.ok) return refuse(event.why);
    const answer = log.append(runId, event.value);
    if (answer.saved || answer.isKept) take([event.value]);
    return answer;
  }

  function keepDraft(inputId: string, raw: string): Saved {
    const answer = log.writeDraft(runbook.id, inputId, raw);
    if (answer.saved || answer.isKept) tell([], [inputId]);
    return answer;
  }

  function setValue(inputId: string, raw: string): Saved {
    if (runId === undefined) return keepDraft(inputId, raw);
    const state = $state.get();
    if (valueOf(state, inputId) !== raw) {
      const undoes = idsOf(state.values.get(inputId)?.standing);
      const answer = record({ kind: 'value', data: { input: inputId, value: raw, undoes } });
      if (!answer.saved) return answer;
    }
    return log.readDrafts(runbook.id).has(inputId) ? keepDraft(inputId, '') : log.retry();
  }

  /** What was being typed when the run began, or when a page was closed in mid-word, becomes part of the run. */
  function settleDrafts(): void {
    for (const [inputId, raw] of log.readDrafts(runbook.id)) setValue(inputId, raw);
  }

  function show(id: string): void {
    runId = id;
    // The tab that began the run may have taken the drafts over already.
    if (log.readDrafts(runbook.id).size > 0) log.refresh();
    $state.set(fold(log.eventsOf(runId)));
    settleDrafts();
    tell([], [], true);
  }

  function notice(): void {
    const counted = (count: number, one: string, many: string): string[] =>
      count === 0 ? [] : [count === 1 ? one : many.replace('#', String(count))];
    const damagedCount = log.damaged.filter((entry) => entry.runId === runId).length;
    const strayCount = [...log.damaged, ...log.newer].filter(
      (entry) => log.runbookOf(entry.runId) === undefined,
    ).length;
    const notices = [
      ...counted(
        damagedCount,
        '1 saved entry of this run cannot be read. It is left in storage as it is; all else is shown.',
        '# saved entries of this run cannot be read. They are left in storage as they are; all else is shown.',
      ),
      ...(runId !== undefined && log.isReadOnly(runId) ? [READ_ONLY] : []),
      ...counted(
        strayCount,
        'A run in this browser cannot be shown: its beginning is damaged or of a newer release. It is left as it is.',
        'Runs in this browser cannot be shown: # entries are damaged or of a newer release. They are left as they are.',
      ),
      ...(log.restoredCount() > 0
        ? ['Saved entries were removed or changed by another page or program. They have been put back.']
        : []),
    ];
    // Set only when they differ: a screen reader would read the same words again.
    if (notices.join() !== $notices.get().join()) $notices.set(notices);
  }

  function receive({ events, drafts }: Arrival): void {
    const current = log.currentRun(runbook.id) ?? runId;
    const arrived = events.get(current ?? '') ?? [];
    const inputs = drafts.get(runbook.id) ?? [];
    if (current !== undefined && current !== runId) show(current);
    else if (arrived.length + inputs.length > 0) take(arrived, inputs);
    notice();
  }

  log.onArrival(receive);
  receive({ events: new Map(), drafts: new Map() });

  return {
    $state,
    $saving: log.$saving,
    $notices,
    runId: () => runId,
    values: () =>
      new Map([
        ...Array.from($state.get().values, ([inputId, { value }]) => [inputId, value] as const),
        ...log.readDrafts(runbook.id),
      ]),
    start: (given) => {
      const checked = Actor(given);
      if (!checked.ok) return refuse(checked.why);
      // Another tab may have begun the run in this very moment.
      log.refresh();
      actor = checked.value;
      if (runId === undefined) {
        runId = page.ids.run();
        const { id, revision, title } = runbook;
        const answer = record({ kind: 'started', data: { runbook: id, revision, title } });
        if (!answer.saved && !answer.isKept) {
          runId = undefined;
          return answer;
        }
        settleDrafts();
        tell([], [], true);
      }
      return log.retry();
    },
    tick: (step, stepHash) => record({ kind: 'tick', step, stepHash }),
    untick: (step) => {
      const undoes = idsOf($state.get().steps.get(step)?.ticks);
      return undoes.length === 0 ? log.retry() : record({ kind: 'untick', step, data: { undoes } });
    },
    typeValue: (inputId, raw) => (raw === '' ? setValue(inputId, raw) : keepDraft(inputId, raw)),
    setValue,
    decide: (step, stepHash, decision, criteria) => {
      const undoes = idsOf($state.get().gates.get(step)?.standing);
      return record({ kind: 'gate', step, stepHash, data: { decision, criteria: [...criteria], undoes } });
    },
    withdraw: (step) => {
      const undoes = idsOf($state.get().gates.get(step)?.standing);
      return undoes.length === 0 ? log.retry() : record({ kind: 'gate', step, data: { undoes } });
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
