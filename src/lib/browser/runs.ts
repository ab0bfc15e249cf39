/**
 * All runs of this browser, over all runbooks: which there are, how they stand, what was entered in them, and deleting.
 *
 * A deleted run is kept aside under its keys and left out everywhere. It is removed for good when the list of runs is
 * opened later than `DELETED_HOURS` after; until then it can be put back.
 */
import { aboutOf, handOverOf } from '../core/run/account.ts';
import type { About, Actor, Event } from '../core/run/event.ts';
import { fold, type RunState } from '../core/run/fold.ts';
import { compareEvents } from '../core/run/merge.ts';
import { secretInputs } from '../core/run/secrets.ts';
import { dayOf, instantMs } from '../core/run/time.ts';
import type { EventLog, Saved } from './event-log.ts';
import { localTime } from './identity.ts';
import type { PictureStore } from './pictures.ts';

export const DELETED_HOURS = 24;
export const DELETE_WORDS = `Deleted. It is kept aside for ${DELETED_HOURS} hours and can be put back until then. After that it is removed when the list of runs is next opened.`;

/** When a run was last saved to a file. */
export interface LastFile {
  readonly at: string;
  readonly name: string;
  readonly fingerprint: string;
  /** Handed to the browser as a download, so that nobody read it back. */
  readonly isDownload: boolean;
  /** Entries that were added since. */
  readonly newer: number;
}

export interface RunSummary {
  readonly id: string;
  readonly runbook: string;
  readonly revision: string;
  /** The runbook's, as it was when the run began. */
  readonly title: string;
  readonly about: About;
  readonly state: RunState;
  readonly isFinished: boolean;
  readonly isArchived: boolean;
  readonly isReadOnly: boolean;
  readonly holder?: Actor | undefined;
  readonly lastTouched?: Event | undefined;
  readonly lastFile?: LastFile | undefined;
}

/** Runs that can be named and that were not joined to another one. */
function summaries(log: EventLog, ofDeleted: boolean): RunSummary[] {
  return log.runIds().flatMap((id): RunSummary[] => {
    if (log.isDeleted(id) !== ofDeleted || log.leaderOf(id) !== id) return [];
    const state = fold(log.eventsOf(id));
    const { started, lastTouched } = state;
    if (!started) return [];
    const { runbook, revision, title = runbook } = started.data;
    return [
      {
        id,
        runbook,
        revision,
        title,
        about: aboutOf(state),
        state,
        isFinished: state.finished.length > 0,
        isArchived: state.isArchived,
        isReadOnly: log.isReadOnly(id),
        holder: handOverOf(state).holder,
        lastTouched,
        lastFile: lastFileOf(log, id),
      },
    ];
  });
}

const latestFirst = (a: RunSummary, b: RunSummary): number =>
  a.lastTouched && b.lastTouched ? compareEvents(b.lastTouched, a.lastTouched) : 0;

/** All runs, the one that was touched last first. */
export const listRuns = (log: EventLog): RunSummary[] => summaries(log, false).sort(latestFirst);

/** A run's own name: what it is for, else the runbook's title and the day it began. */
export function runName({ about, title, state }: Pick<RunSummary, 'about' | 'title' | 'state'>): string {
  const own = [about.title, about.change, about.site, about.ring].filter(Boolean).join(', ');
  return own || `${title}, run of ${dayOf(state.started?.at ?? '')}`;
}

/** What the browser noted about the last save; nothing where that cannot be read. */
export function lastFileOf(log: EventLog, runId: string): LastFile | undefined {
  try {
    const { at, name, fingerprint, count, isDownload } = JSON.parse(log.readMark('file', runId)) as Record<
      string,
      unknown
    >;
    if (typeof at !== 'string' || typeof name !== 'string' || typeof fingerprint !== 'string') return undefined;
    const newer = Math.max(0, log.eventsOf(runId).length - Number(count));
    return Number.isNaN(instantMs(at)) || Number.isNaN(newer)
      ? undefined
      : { at, name, fingerprint, isDownload: isDownload !== false, newer };
  } catch {
    return undefined;
  }
}

/** Notes that a run was saved to a file, with everything that is in it now. */
export const noteSaved = (
  log: EventLog,
  runId: string,
  file: Omit<LastFile, 'newer'> & { readonly count: number },
): Saved => {
  const { name, at, fingerprint, count, isDownload } = file;
  return log.writeMark('file', runId, JSON.stringify({ at, count, fingerprint, isDownload, name }));
};

export interface DeletedRun extends RunSummary {
  /** Until when it is kept at least, as events write moments. */
  readonly until: string;
}

const keptUntilMs = (log: EventLog, runId: string): number =>
  instantMs(log.readMark('deleted', runId)) + DELETED_HOURS * 3_600_000;

/** Deleted runs that can be put back. */
export const deletedRuns = (log: EventLog): DeletedRun[] =>
  summaries(log, true)
    .filter(({ id }) => log.readMark('deleted', id) !== PURGED)
    .map((run) => {
      const ms = keptUntilMs(log, run.id);
      return { ...run, until: Number.isNaN(ms) ? '' : localTime(ms) };
    })
    .sort(latestFirst);

/** The mark of a run that was removed. It stays, so that no other window puts the run back. */
const PURGED = 'removed';

/** @param at The moment, as events write it. */
export const deleteRun = (log: EventLog, runId: string, at: string): Saved => log.writeMark('deleted', runId, at);

/** Puts a deleted run back. */
export const restoreRun = (log: EventLog, runId: string): Saved => log.writeMark('deleted', runId, '');

/**
 * Removes what was deleted long enough ago, with its pictures and second copies. Only keys of those runs are removed; of each
 * the mark stays that says so.
 *
 * @returns How many runs.
 */
export async function purgeDeleted(
  log: EventLog,
  storage: () => Storage,
  pictures: PictureStore | undefined,
  nowMs: number,
): Promise<number> {
  const due = deletedRuns(log).filter(({ id }) => keptUntilMs(log, id) <= nowMs);
  for (const { id } of due) {
    // The mark first: another window must not take the run for vanished, and put it back.
    if (!log.writeMark('deleted', id, PURGED).saved) continue;
    try {
      const place = storage();
      const keys = Array.from({ length: place.length }, (_, index) => place.key(index));
      for (const key of keys) {
        const isOfRun = ['', 'draft:', 'words:'].some((kind) => key?.startsWith(`rb1:${kind}${id}:`));
        if (key && (isOfRun || key === `rb1:who:${id}` || key === `rb1:file:${id}`)) place.removeItem(key);
      }
    } catch {
      // It stays where it is, marked as removed; nothing shows it.
    }
    await pictures?.remove(id);
  }
  if (due.length > 0) log.refresh();
  return due.length;
}

/** A value that was entered elsewhere and can be taken over. */
export interface Offer {
  readonly value: string;
  readonly at: string;
  readonly by: string;
  readonly runId: string;
  readonly runbook: string;
  /** The run's name: what it was for. */
  readonly from: string;
  /** Why it may not be taken over unseen, in words to stand beside it: "from the pilot ring". */
  readonly apart?: string | undefined;
}

/**
 * Values that other runs hold, by input, and each value once: first those that hold here, then those that stand apart, and
 * among them the latest first. Deleted runs and secrets offer nothing.
 *
 * @param exceptRun The run that asks.
 * @param apartOf Why a value of a run stands apart; nothing where it does not.
 */
export function offersOf(
  log: EventLog,
  exceptRun?: string,
  apartOf: (input: string, run: RunSummary) => string | undefined = () => undefined,
): Map<string, Offer[]> {
  const offers = new Map<string, Offer[]>();
  for (const run of listRuns(log)) {
    if (run.id === exceptRun) continue;
    for (const [input, { value, standing }] of run.state.values) {
      const last = standing.at(-1);
      if (!last || value.trim() === '' || secretInputs.has(input)) continue;
      const { at, by } = last;
      const own = offers.get(input) ?? [];
      const apart = apartOf(input, run);
      offers.set(input, [...own, { value, at, by, runId: run.id, runbook: run.runbook, from: runName(run), apart }]);
    }
  }
  for (const [input, own] of offers) {
    own.sort((a, b) => Number(Boolean(a.apart)) - Number(Boolean(b.apart)) || instantMs(b.at) - instantMs(a.at));
    offers.set(
      input,
      own.filter((offer, place) => own.findIndex(({ value }) => value === offer.value) === place),
    );
  }
  return offers;
}
