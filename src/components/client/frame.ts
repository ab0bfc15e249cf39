/** What the second script of every page begins with: the switches for theme and size, copying, and the keyboard. */
import { listenForCopies } from './copies.ts';
import { findAll } from './dom.ts';
import { listenForKeys } from './keys.ts';
import type {} from './shared.ts';

export function openPageFrame(): void {
  const { announce, load, page } = globalThis.ringbook;
  const needLooks = (then?: () => void): void => load('ringbook-looks.js', then);
  for (const button of findAll(document, '[data-switch]'))
    button.onclick = () => {
      // The script puts its own act here; where it cannot be had, the next click is for nothing, and not for ever.
      button.onclick = null;
      needLooks(() => button.click());
    };
  try {
    // Also where the script in the head has seen to it: the switches do not yet say what was chosen.
    if (localStorage.getItem('rb1:pref:theme') ?? localStorage.getItem('rb1:pref:size')) needLooks();
  } catch {
    // A page that may not read storage keeps the system's looks.
  }
  listenForCopies(announce);
  listenForKeys(page);
}
