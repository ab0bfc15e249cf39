/** How far a run has come, and where its people were, in numbers and in words. */
import type { Actor, Event } from './event.ts';
import { gateOf, isSettled, type RunState } from './fold.ts';
import { compareEvents } from './merge.ts';
import type { OutlineItem } from './outline.ts';
import { instantMs } from './time.ts';

export interface Progress {
  /** Steps and gates that count: those of the way back do not. */
  readonly total: number;
  /** Settled in one way or another; those that do not apply are among them. */
  readonly done: number;
  readonly notApplicable: number;
  /** Gates that say no-go, or both. */
  readonly stopped: number;
  /** The first that is open. */
  readonly next?: OutlineItem | undefined;
  /** The task that holds it, counted among those that count. */
  readonly task?: { readonly number: number; readonly of: number } | undefined;
  /** `14 of 52 steps, task 3 of 7` */
  readonly words: string;
}

/** @param items What applies, in reading order. */
export function progressOf(state: RunState, items: readonly OutlineItem[]): Progress {
  const counted = items.filter(({ kind, backout }) => kind !== 'criterion' && !backout);
  const settled = counted.filter((item) => isSettledItem(state, item));
  const next = counted.find((item) => !isSettledItem(state, item));
  const tasks = [...new Set(counted.map(({ task }) => task))];
  const task = next && { number: tasks.indexOf(next.task) + 1, of: tasks.length };
  const stops = counted.filter(({ kind, id }) => kind === 'gate' && /no-go|conflict/.test(gateOf(state, id)));
  const place = task ? `, task ${task.number} of ${task.of}` : counted.length > 0 ? ', all done' : '';
  return {
    total: counted.length,
    done: settled.length,
    notApplicable: settled.filter(({ id }) => state.steps.get(id)?.notApplicable && !state.steps.get(id)?.ticks.length)
      .length,
    stopped: stops.length,
    next,
    task,
    words: `${settled.length} of ${counted.length} steps${place}`,
  };
}

/** Whether nothing is left to do: a step is done or does not apply, a gate says go. */
export const isSettledItem = (state: RunState, { kind, id }: Pick<OutlineItem, 'kind' | 'id'>): boolean =>
  kind === 'gate' ? gateOf(state, id) === 'go' : isSettled(state, id);

export interface LastPlace {
  /** Nothing where the runbook has this step no longer. */
  readonly item?: OutlineItem | undefined;
  readonly event: Event;
  readonly minutesAgo: number;
  /** `You were at step 2.4, 42 minutes ago.` */
  readonly words: string;
}

/**
 * Where somebody was at work last.
 *
 * @param nowMs Milliseconds since 1970-01-01T00:00Z.
 * @param me Who asks; somebody else is named by name.
 * @returns Nothing before the first act at a step or gate.
 */
export function placeOf(
  state: RunState,
  items: readonly OutlineItem[],
  nowMs: number,
  me?: Actor,
): LastPlace | undefined {
  const last = [state.steps, state.gates]
    .flatMap((subjects) => [...subjects.values()].flatMap(({ history }) => history.at(-1) ?? []))
    .filter(({ id }) => !state.gone.has(id))
    .reduce<Event | undefined>((latest, one) => (latest && compareEvents(latest, one) > 0 ? latest : one), undefined);
  if (!last || !('step' in last)) return undefined;
  const item = items.find(({ id }) => id === last.step);
  const minutesAgo = Math.max(0, Math.floor((nowMs - instantMs(last.at)) / 60_000));
  const who = me?.by === last.by ? 'You were' : `${last.by} was`;
  const where = item
    ? `${item.kind === 'step' ? 'step' : 'gate'} ${item.number}`
    : 'a step that is gone from the runbook';
  return { item, event: last, minutesAgo, words: `${who} at ${where}, ${agoWords(minutesAgo)}.` };
}

/** @example agoWords(42) //=> '42 minutes ago' */
export function agoWords(minutes: number): string {
  const of = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 120) return of(Math.floor(minutes), 'minute');
  return minutes < 48 * 60 ? of(Math.floor(minutes / 60), 'hour') : of(Math.floor(minutes / 1440), 'day');
}
