/** What the second script of every page begins with: the switches for theme and size, copying, and the keyboard. */
import { listenForCopies } from './copies.ts';
import { listenForKeys } from './keys.ts';
import { offerLooks } from './looks.ts';
import type {} from './shared.ts';

/** @param fillIn Puts values into commands that wait for their turn. */
export function openPageFrame(fillIn?: () => void): void {
  const { announce, page } = globalThis.ringbook;
  offerLooks(() => localStorage, announce);
  listenForCopies(announce, fillIn);
  listenForKeys(page);
}
