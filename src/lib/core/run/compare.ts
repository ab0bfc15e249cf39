/**
 * A run beside the runbook as it reads now: which steps are as they were, and which ask for another look.
 *
 * Every tick carries the hash of the wording that was ticked. What the runbook looked like before comes from the outlines
 * that the run recorded; where it recorded none, nothing can be called new or moved.
 */
import type { Event } from './event.ts';
import { gateOf, isSettled, tickOf, type RunState } from './fold.ts';
import { recordedOutlines, type Outline, type OutlineItem } from './outline.ts';

/** `moved` keeps its wording; `removed` is no longer in the runbook and stays in the record. */
export type Change = 'unchanged' | 'reworded' | 'moved' | 'new' | 'removed';

export interface ComparedStep {
  readonly id: string;
  readonly change: Change;
  /** As it reads now. */
  readonly item?: OutlineItem | undefined;
  /** As it read before. */
  readonly was?: OutlineItem | undefined;
  /** Whether somebody has to look again: it is settled in another wording, or nobody has seen it yet. */
  readonly look: boolean;
  /** Whether anything happened at it in this run. */
  readonly isTouched: boolean;
  /** The id under which it was settled, where it has another one now. */
  readonly formerly?: string | undefined;
}

export interface Comparison {
  /** Items of the runbook in reading order, then those that are gone and have a history. */
  readonly steps: readonly ComparedStep[];
  readonly counts: Readonly<Record<Change, number>>;
  /** Whether anything but `unchanged` was found. */
  readonly isChanged: boolean;
  /** One sentence for each kind of change; none where nothing changed. */
  readonly words: readonly string[];
}

/** Compares a run with an outline of its runbook as it reads now. */
export function compareRunbook(state: RunState, now: Outline): Comparison {
  const earlier = recordedOutlines(state).filter(({ revision }) => revision !== now.revision);
  const before = earlier.at(-1);
  const known = new Map(earlier.flatMap(({ items }) => items.map((item) => [item.id, item] as const)));
  const moved = before ? movedOf(before, now) : new Set<string>();
  const present = new Set<string>();

  const steps = now.items.map((item): ComparedStep => {
    const { id, hash } = item;
    const own = historyOf(state, id).length > 0;
    const formerly = own ? undefined : item.formerly?.find((old) => historyOf(state, old).length > 0);
    const was = known.get(id) ?? item.formerly?.flatMap((old) => known.get(old) ?? [])[0];
    present.add(id);
    for (const old of item.formerly ?? []) present.add(old);
    const settledAs = settledHash(state, formerly ?? id);
    const isReworded = (settledAs !== undefined && settledAs !== hash) || (was !== undefined && was.hash !== hash);
    const isNew = before !== undefined && was === undefined && !own && formerly === undefined;
    const change = isNew ? 'new' : isReworded || formerly ? 'reworded' : moved.has(id) ? 'moved' : 'unchanged';
    const look = (settledAs !== undefined && (settledAs !== hash || formerly !== undefined)) || isNew;
    return { id, change, item, was, look, isTouched: own || formerly !== undefined, formerly };
  });

  const removed = [...state.steps.keys(), ...state.gates.keys()]
    .filter((id, place, all) => !present.has(id) && all.indexOf(id) === place)
    .map((id): ComparedStep => ({ id, change: 'removed', was: known.get(id), look: false, isTouched: true }));
  const all = [...steps, ...removed];
  const count = (change: Change): number => all.filter((step) => step.change === change).length;
  const counts = {
    unchanged: count('unchanged'),
    reworded: count('reworded'),
    moved: count('moved'),
    new: count('new'),
    removed: count('removed'),
  };
  return { steps: all, counts, isChanged: counts.unchanged < all.length, words: wordsFor(counts) };
}

const historyOf = (state: RunState, id: string): readonly Event[] => [
  ...(state.steps.get(id)?.history ?? []),
  ...(state.gates.get(id)?.history ?? []),
];

/** The hash of the wording in which it is settled; nothing while it is open. */
function settledHash(state: RunState, id: string): string | undefined {
  const tick = tickOf(state, id);
  if (tick) return tick.stepHash;
  if (isSettled(state, id)) return state.steps.get(id)?.notApplicable?.stepHash;
  return gateOf(state, id) === 'undecided' ? undefined : state.gates.get(id)?.standing.at(-1)?.stepHash;
}

/** What is in both and stands elsewhere now: in another task, or not in the longest part that kept its order. */
function movedOf(before: Outline, now: Outline): Set<string> {
  const old = new Map(before.items.map((item, place) => [item.id, { item, place }] as const));
  const shared = now.items.flatMap((item) => {
    const found = old.get(item.id);
    return found ? [{ item, was: found.item, place: found.place }] : [];
  });
  // Patience sorting: `ends[n]` is where the best rising sequence of length n + 1 ends.
  const ends: number[] = [];
  const previous: number[] = [];
  shared.forEach(({ place }, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((shared[ends[middle] ?? 0]?.place ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) kept.add(index);
  const taskName = (outline: Outline, { task }: OutlineItem): string => outline.tasks[task] ?? '';
  return new Set(
    shared
      .filter(
        ({ item, was }, index) =>
          !kept.has(index) || !isSameTask(taskName(before, was), taskName(now, item), was, item),
      )
      .map(({ item }) => item.id),
  );
}

/** A task that was renamed, or that others were put before, is still the same. */
const isSameTask = (nameBefore: string, nameNow: string, was: OutlineItem, item: OutlineItem): boolean =>
  nameBefore === nameNow || was.task === item.task;

function wordsFor({ reworded, moved, new: added, removed }: Comparison['counts']): string[] {
  const steps = (count: number): string => (count === 1 ? '1 step was' : `${count} steps were`);
  return [
    ...(reworded > 0 ? [`${steps(reworded)} reworded.`] : []),
    ...(added > 0 ? [`${steps(added)} added.`] : []),
    ...(moved > 0 ? [`${steps(moved)} moved.`] : []),
    ...(removed > 0
      ? [`${steps(removed)} removed from the runbook, and ${removed === 1 ? 'stays' : 'stay'} in this record.`]
      : []),
  ];
}
