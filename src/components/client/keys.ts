/** The keyboard: one letter for each act of following a runbook, and a short help under `?`. */
import { find, findAll, goTo } from './dom.ts';
import type { RunPage } from './run-page.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'));

export function listenForKeys(page: RunPage | undefined): void {
  const help = document.querySelector<HTMLDialogElement>('.rb-keys');
  const open = find(document, '[data-keys-open]');
  if (open) {
    open.hidden = false;
    open.addEventListener('click', () => help?.showModal());
  }

  let copied: HTMLElement | undefined;

  /** The step or gate that has the focus. */
  const here = (): HTMLElement | undefined =>
    document.activeElement?.closest<HTMLElement>('.rb-step, .rb-gate') ?? undefined;

  const move = (by: 1 | -1): void => {
    const items = findAll(document, '.rb-step, .rb-gate').filter((item) => !item.closest('.is-away'));
    const from = here();
    // Without a step in focus, the first one below the sticky bar.
    goTo(from ? items[items.indexOf(from) + by] : items.find((item) => item.getBoundingClientRect().top > 60));
  };

  const acts: Readonly<Record<string, () => void>> = {
    '?': () => help?.showModal(),
    '/': () => globalThis.ringbook.load('ringbook-search.js'),
    ...(page && {
      j: () => move(1),
      k: () => move(-1),
      n: () => goTo(page.nextOpen()),
      x: () => {
        const item = here();
        if (item?.classList.contains('rb-step')) page.toggle(item);
      },
      c: () => {
        const item = here();
        const copies = item ? findAll(item, '.rb-copy').filter((button) => !button.closest('.is-away')) : [];
        // One after the other: a step may have several.
        copied = copies[(copied ? copies.indexOf(copied) + 1 : 0) % copies.length];
        copied?.click();
      },
    }),
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || help?.open) return;
    const act = acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
