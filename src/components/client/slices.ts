/** Work on many things, some milliseconds at a time, so that the page stays at the reader's hand meanwhile. */
import { afterFrame } from './dom.ts';

/** Half a frame. */
const SLICE_MS = 8;

const rests: (() => void)[] = [];

/** Does at once all that is left of everything: what one part of a page counts hangs on what another has read. */
export const finish = (): void => rests.forEach((rest) => rest());
addEventListener('beforeprint', finish);

/**
 * Does something with each of `items`, in order, and `done` after the last: the first slice at once, the others after a
 * frame each. Before the page is printed all is done.
 */
export function inSlices<Item>(items: readonly Item[], act: (item: Item) => void, done: () => void): void {
  let next = 0;
  const go = (until: number): void => {
    for (const item of items.slice(next)) {
      if (performance.now() > until) return afterFrame(slice);
      next++;
      act(item);
    }
    // Only the first time.
    if (next++ === items.length) done();
  };
  const slice = (): void => go(performance.now() + SLICE_MS);
  rests.push(() => go(Infinity));
  slice();
}
