/** What the second script of every page begins with: the switches for theme and size, copying, and the keyboard. */
import { listenForCopies } from './copies.ts';
import { findAll } from './dom.ts';
import { listenForKeys } from './keys.ts';
import { offerLooks } from './looks.ts';
import type {} from './shared.ts';

export function openPageFrame(): void {
  const { announce, page } = globalThis.ringbook;
  offerLooks(() => localStorage, announce);
  // Folds the side panels where the screen is too narrow to hold them beside the text, as the style sheet has it.
  if (matchMedia(`(max-width: ${document.documentElement.dataset['size'] === 'large' ? 101 : 72}rem)`).matches)
    for (const panel of findAll(document, '[data-fold]')) panel.removeAttribute('open');
  listenForCopies(announce);
  listenForKeys(page);
}
