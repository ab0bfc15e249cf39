/** The way to the desk, the script of panels: it is asked for when somebody first needs it, and not before. */
import type { Desk } from './desk.ts';
import { find, make } from './dom.ts';
import { load } from './places.ts';

const FAILED = 'ringbook-desk.js is missing or blocked. Ticks and values go on working; write the rest on paper.';

/** Sentences about the page as a whole, above it; none takes the place of all. */
export function showNotices(notices: readonly string[]): void {
  const notice = find(document, '[data-notice]');
  if (!notice) return;
  notice.hidden = !notices.length;
  notice.replaceChildren(...notices.map((words) => make('p', {}, words)));
}

/** Does something with the desk, at once or when it is there; where it cannot be had, the page says so. */
export function useDesk(act: (desk: Desk) => void): void {
  const { ringbook } = globalThis;
  if (ringbook.desk) return act(ringbook.desk);
  load('ringbook-desk.js', () => {
    if (ringbook.desk) return act(ringbook.desk);
    ringbook.announce(FAILED);
    showNotices([FAILED]);
  });
}
