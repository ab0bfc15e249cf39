/**
 * The run that a page shows: its state to paint from, and the acts of the person in front of it.
 *
 * An act becomes an event, the event goes into storage, and only then does the state change. Acts answer whether they
 * were saved; what is kept but could not be saved is on screen all the same, under the red bar that `$saving` words.
 */
import { Actor, checkEvent, type About, type Act, type Event } from '../core/run/event.ts';
import { applyEvents, emptyState, fold, subjectOf, valueOf, type RunState } from '../core/run/fold.ts';
import { cell, type ReadableCell } from './cell.ts';
import { DELETED, READ_ONLY, type Arrival, type EventLog, type Saved, type Saving } from './event-log.ts';
import type { Identity } from './identity.ts';

/** Ids of what has changed. With `all` everything may have: paint anew. */
export interface Touched {
  readonly steps: ReadonlySet<string>;
  readonly gates: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
  readonly all?: boolean;
}

export interface RunStore {
  readonly $state: ReadableCell<RunState>;
  readonly $saving: ReadableCell<Saving>;
  /** Sentences about what was found in storage: entries that are damaged, newer, or had vanished. */
  readonly $notices: ReadableCell<readonly string[]>;
  /** The run on this page; nothing before it is started. */
  readonly runId: () => string | undefined;
  /** Raw texts of the inputs as they are now: what is being typed, else what the run says. */
  readonly values: () => ReadonlyMap<string, string>;
  /** The person at this browser; nobody where that was not said yet, as after opening somebody else's run. */
  readonly actor: () => Actor | undefined;
  /** Why this run cannot be changed, in a sentence; nothing where it can. */
  readonly readOnly: () => string | undefined;
  /**
   * Begins the run, or joins the one that another tab has begun meanwhile; later acts are those of `actor`. Values typed
   * before become part of the run.
   */
  readonly start: (actor: Actor, about?: About) => Saved;
  /** Shows another run of this runbook, or none, so that one more can be started beside those that are there. */
  readonly show: (runId: string | undefined) => void;
  /** Makes an entry of any kind part of the run. */
  readonly record: (act: Act) => Saved;
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

const idsOf = (events: readonly Event[] = []): string[] => events.map(({ id }) => id);

const refuse = (why: string): Saved => ({ saved: false, why, isKept: false });

/** The person that a mark names. */
function readActor(mark: string): Actor | undefined {
  try {
    const actor = Actor(JSON.parse(mark));
    return actor.ok ? actor.value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param page What the page knows: its runbook as it is now, the log, and where time and ids come from. `runId` is the run
 * to show; without one that is here, it is the earliest that is open.
 */
export function createRunStore(page: {
  readonly log: EventLog;
  readonly runbook: { readonly id: string; readonly revision: string; readonly title: string };
  readonly runId?: string | undefined;
  readonly clock: Identity['clock'];
  readonly ids: Identity['ids'];
}): RunStore {
  const { log, runbook } = page;
  const $state = cell(emptyState);
  const $notices = cell<readonly string[]>([]);
  const listeners = new Set<(touched: Touched) => void>();
  let runId: string | undefined;
  let actor: Actor | undefined;
  /** Whether no run is shown because none is wanted. */
  let wantsNone = false;

  const person = (): Actor | undefined => (actor ??= readActor(log.readMark('who', runId ?? '')));
  /** Where drafts are kept: those of a run are its own. */
  const place = (): string => runId ?? runbook.id;

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
    const { gone } = $state.get();
    $state.set(applyEvents($state.get(), events));
    tell(events, inputs, gone !== $state.get().gone);
  }

  function record(act: Act): Saved {
    const who = person();
    if (runId === undefined || !who) return refuse(NOT_STARTED);
    const event = checkEvent({ ...act, ...who, id: page.ids.event(), at: page.clock() });
    if (!event.ok) return refuse(event.why);
    const answer = log.append(runId, event.value);
    if (answer.saved || answer.isKept) take([event.value]);
    return answer;
  }

  function keepDraft(inputId: string, raw: string): Saved {
    const answer = log.writeDraft(place(), inputId, raw);
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
    return log.readDrafts(place()).has(inputId) ? keepDraft(inputId, '') : log.retry();
  }

  /** What was being typed when the run began, or when a page was closed in mid-word, becomes part of the run. */
  function settleDrafts(from: string): void {
    if (runId === undefined) return;
    for (const [inputId, raw] of log.readDrafts(from)) {
      const answer = setValue(inputId, raw);
      if (answer.saved || answer.isKept) log.writeDraft(from, inputId, '');
    }
  }

  function show(id: string | undefined): void {
    runId = id;
    actor = undefined;
    $state.set(fold(log.eventsOf(id ?? '')));
    settleDrafts(place());
    tell([], [], true);
    notice();
  }

  function notice(): void {
    const counted = (entries: readonly unknown[], one: string, end: string): string[] =>
      entries.length ? [`${one}: ${entries.length}. ${end}`] : [];
    const whyReadOnly = readOnly();
    const notices = [
      ...counted(
        log.damaged.filter((entry) => entry.runId === runId),
        'Saved entries of this run that cannot be read',
        'They are left in storage as they are; all else is shown.',
      ),
      ...(whyReadOnly ? [whyReadOnly] : []),
      ...counted(
        [...log.damaged, ...log.newer].filter((entry) => log.runbookOf(entry.runId) === undefined),
        'Saved entries of runs that cannot be shown, because they are damaged or of a newer release',
        'They are left in storage as they are.',
      ),
      ...(log.restoredCount() > 0
        ? ['Saved entries were removed or changed by another page or program. They have been put back.']
        : []),
    ];
    // Set only when they differ: a screen reader would read the same words again.
    if (notices.join() !== $notices.get().join()) $notices.set(notices);
  }

  function readOnly(): string | undefined {
    if (runId === undefined) return undefined;
    return log.isReadOnly(runId) ? READ_ONLY : log.isDeleted(runId) ? DELETED : undefined;
  }

  /** The run to show after others were at work: never another one, except that which goes on with it. */
  function following(): string | undefined {
    if (runId !== undefined) return log.leaderOf(runId);
    const current = wantsNone ? undefined : log.currentRun(runbook.id);
    // One that was begun in another tab. What was opened from a file waits until it is asked for.
    return current && log.readMark('who', current) && current;
  }

  function receive({ events, drafts }: Arrival): void {
    const current = following() || undefined;
    const arrived = events.get(runId ?? '') ?? [];
    const inputs = drafts.get(place()) ?? [];
    if (current !== runId) {
      // The tab that began the run may have taken over already what was typed here.
      log.refresh();
      show(current);
      settleDrafts(runbook.id);
    } else if (arrived.length + inputs.length > 0) take(arrived, inputs);
    notice();
  }

  function begin(about: About | undefined): Saved {
    const { id, revision, title } = runbook;
    const beside = log.runsOf(id).map((run) => run.id);
    runId = page.ids.run();
    const answer = record({ kind: 'started', data: { runbook: id, revision, title, beside, ...(about && { about }) } });
    if (!answer.saved && !answer.isKept) {
      runId = undefined;
      return answer;
    }
    settleDrafts(id);
    tell([], [], true);
    return answer;
  }

  function start(given: Actor, about?: About): Saved {
    const checked = Actor(given);
    if (!checked.ok) return refuse(checked.why);
    // Another tab may have begun the run in this very moment.
    log.refresh();
    actor = checked.value;
    const begun = runId === undefined ? begin(about) : undefined;
    if (begun && !begun.saved && !begun.isKept) return begun;
    return log.writeMark('who', runId ?? '', JSON.stringify(actor));
  }

  log.onArrival(receive);
  if (log.eventsOf(page.runId ?? '').length > 0) show(page.runId);
  else show(log.currentRun(runbook.id));

  return {
    $state,
    $saving: log.$saving,
    $notices,
    runId: () => runId,
    values: () =>
      new Map([
        ...Array.from($state.get().values, ([inputId, { value }]) => [inputId, value] as const),
        ...log.readDrafts(place()),
      ]),
    actor: person,
    readOnly,
    start,
    show: (id) => {
      wantsNone = id === undefined;
      show(id);
    },
    record,
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
