/** The copy button of each command: it copies the whole command, or says what is missing, and never half of one. */
import { copyText } from '../../lib/browser/clipboard.ts';
import { find } from './dom.ts';
import type {} from './shared.ts';

/** Copies the command of this button. Words for what happened go to the button and to screen readers. */
async function copy(button: HTMLElement, announce: (words: string) => void): Promise<void> {
  const figure = button.closest<HTMLElement>('.rb-command');
  const code = figure && find(figure, 'code');
  if (!code) return;
  if (button.getAttribute('aria-disabled') === 'true') {
    announce(find(figure, '.rb-command__waits')?.textContent ?? '');
    return;
  }
  const outcome = await copyText(code.textContent, code);
  const words = outcome === 'copied' ? 'Copied' : 'Selected: press Ctrl+C';
  button.textContent = words;
  announce(words);
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 4000);
}

export function listenForCopies(announce: (words: string) => void): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('.rb-copy') : null;
    if (!button) return;
    // Puts values into commands that wait for their turn: a half of one is never copied.
    globalThis.ringbook.finish();
    void copy(button, announce);
  });
}
