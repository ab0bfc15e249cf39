/**
 * Bringing two accounts of one run together: set union, in one order that everybody computes alike.
 */
import { writeEvent, type Event } from './event.ts';
import { compareMoments } from './time.ts';

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Total order of events: by moment, then id, then content. 0 means that the two are the same event. */
export const compareEvents = (a: Event, b: Event): number =>
  a === b ? 0 : compareMoments(a.at, b.at) || compareTexts(a.id, b.id) || compareTexts(writeEvent(a), writeEvent(b));

/**
 * The union of two sets of events, each once, in order.
 *
 * An event is known by its whole content. Ids are unique by construction; should two different events ever carry the
 * same id (a file edited by hand), both are kept, because dropping either could drop somebody's work, and whatever
 * names that id means both. So the union is commutative, associative and idempotent without any exception.
 *
 * @example mergeEvents([ticked], [noted, ticked]) //=> [ticked, noted]
 */
export function mergeEvents(a: readonly Event[], b: readonly Event[]): Event[] {
  const sorted = [...a, ...b].sort(compareEvents);
  return sorted.filter((event, place) => {
    const before = sorted[place - 1];
    return before === undefined || compareEvents(before, event) !== 0;
  });
}
