/** What each letter does; `keys.ts` of the page hears them. */
import { find, findAll, goTo } from '../dom.ts';
import type { RunPage } from '../run-page.ts';

export function createKeys(page: RunPage, undoLast: () => void, finish: () => void): (key: string) => void {
  let copied: HTMLElement | undefined;

  /** The step or gate that has the focus. */
  const here = (): HTMLElement | undefined =>
    document.activeElement?.closest<HTMLElement>('.rb-step, .rb-gate') ?? undefined;

  const move = (by: 1 | -1): void => {
    const items = page.items.map(({ element }) => element).filter((item) => !item.closest('.is-away, .is-out'));
    const from = here();
    // Without a step in focus, the first one below the sticky bar.
    goTo(from ? items[items.indexOf(from) + by] : items.find((item) => item.getBoundingClientRect().top > 60));
  };

  const acts: Readonly<Record<string, () => void>> = {
    j: () => move(1),
    k: () => move(-1),
    n: () => {
      const open = page.nextOpen();
      if (open) goTo(open);
      else finish();
    },
    x: () => {
      const item = here();
      if (item?.classList.contains('rb-step')) page.toggle(item);
    },
    m: () => {
      const item = here();
      if (item) page.more(item);
    },
    r: () => find(document, '.rb-progress > [aria-expanded]')?.click(),
    u: undoLast,
    c: () => {
      const item = here();
      const copies = item ? findAll(item, '.rb-copy').filter((button) => !button.closest('.is-away')) : [];
      // One after the other: a step may have several.
      copied = copies[(copied ? copies.indexOf(copied) + 1 : 0) % copies.length];
      copied?.click();
    },
  };
  return (key) => acts[key]?.();
}
