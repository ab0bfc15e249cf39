/**
 * Live calculators, on demand: once everything that one of them needs is given, the script with the calculators of this
 * page is loaded, and from there on they are worked out at each change. Until then the page says what each waits for.
 */
import { findAll } from './dom.ts';
import { needTimes } from './need-times.ts';
import { sharedCore } from './shared-core.ts';
import { waitingWords, type SheetPainter } from './sheet-view.ts';

/** @param root Holds the places of the calculators, and names their script in `data-live`. */
export function awaitCalculators(root: HTMLElement): SheetPainter {
  // Most pages have none, and none to look for.
  const places = root.dataset['live'] ? findAll(root, '[data-needs]') : [];
  const needs = places.map((place) => place.dataset['needs']?.split(' ') ?? []);
  let isAsked = false;
  let last: Parameters<SheetPainter>;
  let painters: readonly SheetPainter[] = [];

  return function paintCalculators(...given) {
    last = given;
    for (const paint of painters) paint(...given);
    const isReady = needs.some((names) => names.every((name) => given[0][name]?.state === 'given'));
    if (!isReady || isAsked) return;
    isAsked = true;
    const { ringbook } = globalThis;
    needTimes(() => {
      ringbook.core = [...sharedCore, ...(ringbook.times?.shared ?? [])];
      ringbook.load(root.dataset['live'] ?? '', () => {
        painters = ringbook.openCalculators?.(root, waitingWords) ?? [];
        paintCalculators(...last);
      });
    });
  };
}
