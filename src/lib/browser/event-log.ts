/**
 * The door to the browser's storage: every event of every run under a key of its own, so that two tabs cannot
 * overwrite each other, and everything on screen is in storage or is reported as not saved.
 *
 * Keys: `rb1:<run id>:<event id>` (with `:2` to `:9` after it where the place was taken by something else),
 * `rb1:draft:<run or runbook id>:<input id>` for what is being typed, and a few marks on a run, `rb1:<mark>:<run id>`.
 * Run keys are written once. No key is removed here, and keys of others are not looked at.
 */
import { readEvent, writeEvent, type Event } from '../core/run/event.ts';
import { fold, subjectOf, type RunState } from '../core/run/fold.ts';
import { compareEvents } from '../core/run/merge.ts';
import { instantMs } from '../core/run/time.ts';
import { cell, type ReadableCell } from './cell.ts';
import type { Mirror } from './mirror.ts';

/** `isKept`: it is in memory and will be tried again; if not, nothing has happened, and `why` says what to do. */
export type Saved =
  { readonly saved: true } | { readonly saved: false; readonly why: string; readonly isKept: boolean };

/** `full`: no room; `denied`: the page may not use storage; `refused`: it was taken but is not there. */
export type FailureCause = 'full' | 'denied' | 'refused';

export type Saving =
  | { readonly state: 'saved' }
  /** `unsaved` counts what is in memory only; `why` is the text of the red bar. */
  | { readonly state: 'not-saved'; readonly cause: FailureCause; readonly unsaved: number; readonly why: string };

/** A stored text that is left where it is, untouched. */
export interface SetAside {
  readonly key: string;
  readonly runId: string;
  readonly text: string;
}

/** What came from elsewhere: from other tabs, or found in storage after the page was asleep. */
export interface Arrival {
  /** By run id. */
  readonly events: ReadonlyMap<string, readonly Event[]>;
  /** By run or runbook id: ids of inputs whose draft changed. */
  readonly drafts: ReadonlyMap<string, readonly string[]>;
}

export interface RunOutline {
  readonly id: string;
  readonly started: NonNullable<RunState['started']>;
  readonly isFinished: boolean;
  readonly isArchived: boolean;
}

/**
 * What this browser notes about a run, and no save file holds. `who`: the person at this browser, as JSON. `deleted`: when
 * it was deleted; such a run is left out everywhere. `file`: to which file it was saved last.
 */
export type Mark = 'who' | 'deleted' | 'file';

/** The parts of `window` that tell of other tabs and of waking up. */
export type PageEvents = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  readonly document: Pick<Document, 'visibilityState'>;
};

export interface EventLog {
  readonly $saving: ReadableCell<Saving>;
  readonly damaged: readonly SetAside[];
  readonly newer: readonly SetAside[];
  /** How often an entry that had vanished from storage was put back. */
  readonly restoredCount: () => number;
  readonly eventsOf: (runId: string) => readonly Event[];
  /** Nothing where the beginning of the run is damaged or newer. */
  readonly runbookOf: (runId: string) => string | undefined;
  /** Ids of all runs here, deleted ones and those that were joined to an earlier one among them. */
  readonly runIds: () => readonly string[];
  /** The run that goes on with this one: the earlier one it was joined to, or itself. */
  readonly leaderOf: (runId: string) => string;
  /** Runs of one runbook, earliest first, without those that were joined to an earlier one. */
  readonly runsOf: (runbookId: string) => readonly RunOutline[];
  /** The run a page of this runbook shows: the earliest that is neither finished nor archived. */
  readonly currentRun: (runbookId: string) => string | undefined;
  /** Whether the run holds events of a newer release; such a run is shown and never written. */
  readonly isReadOnly: (runId: string) => boolean;
  readonly isDeleted: (runId: string) => boolean;
  /** Why a run cannot be changed, in a sentence; nothing where it can. */
  readonly readOnly: (runId: string) => string | undefined;
  /** Empty where there is none. */
  readonly readMark: (mark: Mark, runId: string) => string;
  /** An empty text takes the mark away. */
  readonly writeMark: (mark: Mark, runId: string, text: string) => Saved;
  /**
   * Keeps an event in memory and in storage. If storage fails it stays in memory for the next try; of a run that is
   * read-only, and of a secret, nothing is kept at all.
   */
  readonly append: (runId: string, event: Event) => Saved;
  /** Keeps an event that came from a file; the caller has left the secrets out. `refresh` tells the listeners. */
  readonly adopt: (runId: string, event: Event) => Saved;
  /** Tries again to save what is in memory only. */
  readonly retry: () => Saved;
  /** Non-empty drafts, by input id. */
  readonly readDrafts: (runOrRunbookId: string) => ReadonlyMap<string, string>;
  /** An empty text clears the draft. */
  readonly writeDraft: (runOrRunbookId: string, inputId: string, text: string) => Saved;
  /** Looks at storage again, and puts back what has vanished. */
  readonly refresh: () => void;
  /** @returns A function that ends the listening. */
  readonly onArrival: (listener: (arrival: Arrival) => void) => () => void;
  /** Stops listening to the page. */
  readonly close: () => void;
}

const PREFIX = 'rb1:';
const RUN_KEY = /^rb1:([0-9A-Za-z-]{10,64}):([0-9A-Za-z-]{1,64})(?::[2-9])?$/;
const DRAFT_KEY = /^rb1:draft:([a-z0-9-]+):([A-Za-z0-9]+)$/;
const MARK_KEY = /^rb1:(who|deleted|file):[0-9A-Za-z-]{10,64}$/;
/** Whose a key is: it goes with its run. The mark of a deleted run does not, or other windows would put the run back. */
const ownerOf = (key: string): string =>
  /^rb1:(?:(?:who|file|draft|words):)?([0-9A-Za-z-]{10,64})(?::|$)/.exec(key)?.[1] ?? '';
const LAST_COPY = 9;
/** Two runs of one runbook that began within this time were begun at once, in two tabs, and are one run. */
const SAME_MOMENT_MS = 5000;

const SECRET = 'This is a secret, and secrets are not kept.';
const READ_ONLY = 'This run holds entries of a newer release of Ringbook. It is shown here and cannot be changed.';
export const refuse = (why: string): Saved => ({ saved: false, why, isKept: false });
const DELETED = 'This run was deleted. Put it back to go on with it.';

const REASONS: Record<FailureCause, string> = {
  full: 'the browser has no room left for this site',
  denied: 'the browser does not let this page keep anything',
  refused: 'the browser did not keep what was written',
};

const describe = (cause: FailureCause, unsaved: number): string =>
  unsaved === 0
    ? `Nothing will be saved: ${REASONS[cause]}. What you enter is lost when this window closes.`
    : `Not saved: ${REASONS[cause]}. ${unsaved === 1 ? '1 entry is' : `${unsaved} entries are`} only in this window. Keep it open; every new entry tries again.`;

function causeOf(error: unknown): FailureCause {
  const name = error instanceof Error ? error.name : '';
  return /quota/i.test(name) ? 'full' : name === 'SecurityError' ? 'denied' : 'refused';
}

interface Run {
  /** By stored text. */
  readonly events: Map<string, Event>;
  /** Those about the run as a whole. */
  readonly own: Event[];
  /** What those amount to; nothing when there are new ones. */
  outline?: RunState | undefined;
}

/**
 * Reads all runs and drafts, and listens for what other tabs do.
 *
 * @param storage Gives the browser's storage; may throw, as may everything in it.
 * @param options.mayKeep Whether an input may be kept at all; secrets may not.
 * @param options.mirror The second copy, from which what storage has lost is put back.
 * @param options.page The window; without it other tabs go unnoticed until `refresh`.
 */
export function openEventLog(
  storage: () => Storage | undefined,
  options: {
    readonly mayKeep: (inputId: string) => boolean;
    readonly page?: PageEvents | undefined;
    readonly mirror?: Mirror | undefined;
  },
): EventLog {
  /** What storage holds under our keys, as last seen. */
  const seen = new Map<string, string>();
  /** What it does not hold, by the key it belongs under. */
  const unsaved = new Map<string, string>();
  const runs = new Map<string, Run>();
  /** Drafts and marks, by key. */
  const kept = new Map<string, string>();
  const damaged: SetAside[] = [];
  const newer: SetAside[] = [];
  const listeners = new Set<(arrival: Arrival) => void>();
  const $saving = cell<Saving>({ state: 'saved' });
  let restored = 0;
  /** Whether something arrived that is no entry or draft. */
  let isNews = false;
  let arrived = { events: new Map<string, Event[]>(), drafts: new Map<string, string[]>() };

  const door = (): Storage => {
    const found = storage();
    if (!found) throw Object.assign(new Error('no storage'), { name: 'SecurityError' });
    return found;
  };

  /** @returns Why the text is not under the key; nothing when it is, read back. */
  function put(key: string, text: string): FailureCause | undefined {
    try {
      const place = door();
      const isEvent = RUN_KEY.test(key);
      for (let copy = 1; copy <= LAST_COPY; copy++) {
        const free = copy === 1 ? key : `${key}:${copy}`;
        const there = place.getItem(free);
        if (there !== null && there !== text && isEvent) continue;
        if (there !== text) place.setItem(free, text);
        if (place.getItem(free) !== text) return 'refused';
        seen.set(free, text);
        return undefined;
      }
      return 'refused';
    } catch (error) {
      return causeOf(error);
    }
  }

  function report(cause: FailureCause | undefined): Saved {
    if (!cause) {
      if ($saving.get().state !== 'saved') $saving.set({ state: 'saved' });
      return { saved: true };
    }
    const why = describe(cause, unsaved.size);
    $saving.set({ state: 'not-saved', cause, unsaved: unsaved.size, why });
    return { saved: false, why, isKept: true };
  }

  function retry(): Saved {
    let failure: FailureCause | undefined;
    for (const [key, text] of [...unsaved]) {
      const cause = put(key, text);
      if (cause) failure = cause;
      else unsaved.delete(key);
    }
    return report(failure);
  }

  function save(key: string, text: string): Saved {
    options.mirror?.write(key, text);
    const cause = put(key, text);
    if (!cause) {
      unsaved.delete(key);
      retry();
      return { saved: true };
    }
    unsaved.set(key, text);
    return report(cause);
  }

  const runKey = (runId: string, eventId: string): string => `${PREFIX}${runId}:${eventId}`;

  function hold(runId: string, text: string, event: Event): boolean {
    const run: Run = runs.get(runId) ?? { events: new Map(), own: [] };
    runs.set(runId, run);
    if (run.events.has(text)) return false;
    run.events.set(text, event);
    if (subjectOf(event).of === 'run') {
      run.own.push(event);
      run.outline = undefined;
    }
    return true;
  }

  const outlineOf = (run: Run): RunState => (run.outline ??= fold(run.own));

  const markKey = (mark: Mark, runId: string): string => `${PREFIX}${mark}:${runId}`;
  const readMark = (mark: Mark, runId: string): string => kept.get(markKey(mark, runId)) ?? '';
  const isDeleted = (runId: string): boolean => readMark('deleted', runId) !== '';
  const readOnly = (runId: string): string | undefined =>
    isReadOnly(runId) ? READ_ONLY : isDeleted(runId) ? DELETED : undefined;

  /** Keeps a draft or a mark, in place of the one before. */
  function keep(key: string, text: string): Saved {
    kept.set(key, text);
    return save(key, text);
  }

  function note<Item>(lists: Map<string, Item[]>, id: string, item: Item): void {
    const list = lists.get(id);
    if (list) list.push(item);
    else lists.set(id, [item]);
  }

  function takeEntry(key: string, runId: string, eventId: string, text: string): void {
    const answer = readEvent(text);
    if (answer.state === 'read' && answer.event.id === eventId) {
      if (hold(runId, text, answer.event)) note(arrived.events, runId, answer.event);
    } else {
      (answer.state === 'newer' ? newer : damaged).push({ key, runId, text });
      isNews = true;
    }
  }

  /** Takes in what storage holds under a key; `null` where there is nothing any more. */
  function take(key: string, text: string | null): void {
    const before = seen.get(key);
    if (text === null ? before === undefined : before === text) return;
    const [, runId, eventId] = RUN_KEY.exec(key) ?? [];
    const [, place, inputId] = DRAFT_KEY.exec(key) ?? [];
    if (text === null) seen.delete(key);
    else if (runId !== undefined && eventId !== undefined) {
      seen.set(key, text);
      takeEntry(key, runId, eventId, text);
    } else if (inputId === undefined ? MARK_KEY.test(key) : options.mayKeep(inputId)) {
      seen.set(key, text);
      unsaved.delete(key);
      if ((kept.get(key) ?? '') === text) return;
      kept.set(key, text);
      isNews = true;
      if (place !== undefined && inputId !== undefined) note(arrived.drafts, place, inputId);
      return;
    }
    if (before === undefined || isDeleted(ownerOf(key))) return;
    // Somebody removed what stood here, or wrote over it. It goes back: to its place, or beside what is there now.
    if (save(runId !== undefined && eventId !== undefined ? runKey(runId, eventId) : key, before).saved) {
      restored++;
      isNews = true;
    }
  }

  /** @param look Reads storage; whatever it throws is why storage failed. */
  function read(look: (place: Storage) => void): void {
    try {
      look(door());
    } catch (error) {
      report(causeOf(error));
    }
  }

  function readAll(place: Storage): void {
    const keys = Array.from({ length: place.length }, (_, index) => place.key(index)).filter((key) => key !== null);
    const ours = new Set([...keys.filter((key) => key.startsWith(PREFIX)), ...seen.keys()]);
    const texts = Array.from(ours, (key) => [key, place.getItem(key)] as const);
    for (const [key, text] of texts) take(key, text);
    retry();
  }

  const outlines = (runbookId: string) =>
    [...runs]
      .flatMap(([id, run]) => {
        const { started, finished, isArchived } = outlineOf(run);
        return started?.data.runbook === runbookId && !isDeleted(id)
          ? [{ id, run, started, isFinished: finished.length > 0, isArchived }]
          : [];
      })
      .sort((a, b) => compareEvents(a.started, b.started) || (a.id < b.id ? -1 : 1));

  /** Two runs for different changes are two; so are those of which the later one was begun beside the other. */
  const areOne = (first: RunOutline['started'], later: RunOutline['started'], firstId: string): boolean =>
    JSON.stringify(first.data.about) === JSON.stringify(later.data.about) && !later.data.beside?.includes(firstId);

  /** Joins runs that two tabs began at once: all events of the later one are added to the earliest, too. */
  function joinRuns(runbookId: string): void {
    const apart: ReturnType<typeof outlines> = [];
    for (const later of outlines(runbookId)) {
      const began = instantMs(later.started.at);
      const first = apart.find(
        ({ id, run, started }) =>
          holds(run, later.started) ||
          (began - instantMs(started.at) <= SAME_MOMENT_MS && areOne(started, later.started, id)),
      );
      if (!first || isReadOnly(later.id)) apart.push(later);
      else if (!isReadOnly(first.id)) addAll(later.run, first.id);
    }
  }

  function addAll(from: Run, runId: string): void {
    for (const [text, event] of from.events) {
      if (!hold(runId, text, event)) continue;
      note(arrived.events, runId, event);
      save(runKey(runId, event.id), text);
    }
  }

  function add(runId: string, event: Event): Saved {
    const why = readOnly(runId);
    if (why) return refuse(why);
    const text = writeEvent(event);
    hold(runId, text, event);
    return save(runKey(runId, event.id), text);
  }

  function holds(run: Run, started: Event): boolean {
    return outlineOf(run).history.some(({ id }) => id === started.id);
  }

  function isReadOnly(runId: string): boolean {
    return newer.some((entry) => entry.runId === runId);
  }

  function runbookOf(runId: string): string | undefined {
    const run = runs.get(runId);
    return run && outlineOf(run).started?.data.runbook;
  }

  /** Reads, joins what belongs together, and tells the listeners what came of it. */
  function gather(look: (place: Storage) => void): void {
    read(look);
    for (const runbookId of new Set(Array.from(arrived.events.keys(), runbookOf))) {
      if (runbookId !== undefined) joinRuns(runbookId);
    }
    const arrival = arrived;
    const tells = isNews || arrival.events.size + arrival.drafts.size > 0;
    arrived = { events: new Map(), drafts: new Map() };
    isNews = false;
    if (tells) for (const listener of listeners) listener(arrival);
  }

  const refresh = (): void => gather(readAll);

  /** The earliest run that holds the beginning of this one: the one that it was joined to, or itself. */
  const leaderIn = (all: ReturnType<typeof outlines>, { started }: RunOutline) =>
    all.find(({ run }) => holds(run, started));

  function runsOf(runbookId: string): RunOutline[] {
    const all = outlines(runbookId);
    return all
      .filter((one) => leaderIn(all, one) === one)
      .map(({ id, started, isFinished, isArchived }) => ({ id, started, isFinished, isArchived }));
  }

  function leaderOf(runId: string): string {
    const all = outlines(runbookOf(runId) ?? '');
    const own = all.find(({ id }) => id === runId);
    return (own && leaderIn(all, own)?.id) ?? runId;
  }

  // What the event says is passed over for what storage says now: it may be about another kind of storage.
  const onStorage = ({ key }: StorageEvent): void => {
    if (key === null) refresh();
    else if (key.startsWith(PREFIX)) gather((place) => take(key, place.getItem(key)));
  };
  const onShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) refresh();
  };
  const onVisible = (): void => {
    if (options.page?.document.visibilityState === 'visible') refresh();
  };
  const page = options.page;
  page?.addEventListener('storage', onStorage);
  page?.addEventListener('pageshow', onShow);
  page?.addEventListener('visibilitychange', onVisible);

  refresh();
  void options.mirror
    ?.missing((key) => seen.has(key) || unsaved.has(key))
    .then((entries) =>
      gather(() => {
        for (const [key, text] of entries) {
          if (isDeleted(ownerOf(key))) continue;
          take(key, text);
          // What may not be kept was not taken.
          if (seen.has(key) && save(key, text).saved) restored++;
        }
      }),
    );

  return {
    $saving,
    damaged,
    newer,
    restoredCount: () => restored,
    runbookOf,
    eventsOf: (runId) => [...(runs.get(runId)?.events.values() ?? [])],
    runsOf,
    runIds: () => [...runs.keys()],
    leaderOf,
    currentRun: (runbookId) => runsOf(runbookId).find(({ isFinished, isArchived }) => !isFinished && !isArchived)?.id,
    isReadOnly,
    readOnly,
    isDeleted,
    readMark,
    writeMark: (mark, runId, text) => keep(markKey(mark, runId), text),
    append: (runId, event) =>
      event.kind === 'value' && !options.mayKeep(event.data.input) ? refuse(SECRET) : add(runId, event),
    adopt: (runId, event) => {
      const before = runs.get(runId)?.events.size;
      const answer = add(runId, event);
      if (runs.get(runId)?.events.size !== before) note(arrived.events, runId, event);
      return answer;
    },
    retry,
    readDrafts: (place) =>
      new Map(
        [...kept].flatMap(([key, text]) => {
          const [, of, inputId] = DRAFT_KEY.exec(key) ?? [];
          return of === place && inputId !== undefined && text !== '' ? [[inputId, text] as const] : [];
        }),
      ),
    writeDraft: (place, inputId, text) => {
      if (!options.mayKeep(inputId)) return refuse(SECRET);
      return keep(`${PREFIX}draft:${place}:${inputId}`, text);
    },
    refresh,
    onArrival: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      page?.removeEventListener('storage', onStorage);
      page?.removeEventListener('pageshow', onShow);
      page?.removeEventListener('visibilitychange', onVisible);
    },
  };
}
