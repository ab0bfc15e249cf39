/** The way to the desk, the script of panels: it is asked for when somebody first needs it, and not before. */
import type { Desk } from './desk.ts';
import { find, make } from './dom.ts';

/** A classic script knows its own address only while it runs for the first time. */
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';

const FAILED = 'ringbook-desk.js is missing or blocked. Ticks and values go on working; write the rest on paper.';

/** Asks for another script of the site, from beside the first one. @param then Called when it ran, or cannot be had. */
export function load(name: string, then: () => void): void {
  const script = make('script', { src: own.replace(/ringbook-[^/?]*/, name) });
  script.onload = script.onerror = then;
  document.head.append(script);
}

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
