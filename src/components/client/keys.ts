/** The keyboard: the help under `?`, and one letter for each act of following a runbook, which the desk carries out. */
import { find } from './dom.ts';
import type { RunPage } from './run-page.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('textarea, select, input:not([type=checkbox], [type=radio])');

export function listenForKeys(page: RunPage | undefined): void {
  // Looked for when it is asked for: it stands behind everything else.
  const help = (): HTMLDialogElement | null => document.querySelector('.rb-keys');
  const open = find(document, '[data-keys-open]');
  if (open) open.onclick = () => help()?.showModal();
  let isComing = false;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || help()?.open) return;
    const key = event.key.toLowerCase();
    // cspell:disable-next-line
    if (!(page ? /^[?/cjkmnrux]$/ : /^[?/]$/).test(key)) return;
    event.preventDefault();
    // Letters of a question to a search that is not here yet are no acts.
    if (isComing) return;
    if (key === '?') help()?.showModal();
    else if (key === '/') {
      isComing = true;
      globalThis.ringbook.load('ringbook-search.js', () => (isComing = false));
    } else page?.press(key);
  });
}
