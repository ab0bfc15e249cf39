/** Who does it: asked once per run, in place, and the act that asked for it is carried out afterwards. */
import type { RunStore } from '../../lib/browser/run-store.ts';
import { find } from './dom.ts';

export interface WhoForm {
  /** Carries out an act, after asking beside `near` for name and tier if the run has not begun. */
  readonly whenStarted: (near: HTMLElement, act: () => void) => void;
  /** Takes the form away once the run has begun, here or in another tab. */
  readonly sync: () => void;
}

const tiers = [1, 2, 3] as const;

export function createWhoForm(store: RunStore, root: HTMLElement, announce: (words: string) => void): WhoForm {
  const form = root.querySelector<HTMLFormElement>('.rb-who');
  const error = form && find(form, '.rb-field__error');
  let waiting: (() => void) | undefined;

  const isStarted = (): boolean => store.runId() !== undefined;

  const refuse = (why: string, control: string): void => {
    if (!form || !error) return;
    error.textContent = why;
    error.hidden = false;
    find(form, control)?.focus();
  };

  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const by = String(data.get('by')).trim();
    const tier = tiers.find((candidate) => String(candidate) === data.get('tier'));
    if (by === '') return refuse('Enter your name', '[name=by]');
    if (tier === undefined) return refuse('Select your tier', '[name=tier]');
    const answer = store.start({ by, tier });
    if (!answer.saved && !isStarted()) return refuse(answer.why, '[name=by]');
    const act = waiting;
    waiting = undefined;
    const next = form.closest('li')?.querySelector<HTMLElement>('.rb-box, [data-decide]');
    form.remove();
    announce(`The run has begun. You are ${by}, tier ${tier}.`);
    act?.();
    next?.focus({ preventScroll: true });
  });

  if (form) form.hidden = isStarted();
  return {
    whenStarted(near, act) {
      if (isStarted() || !form) return act();
      waiting = act;
      const words = find(form, '.rb-who__words');
      if (words) words.textContent = 'First say who does this; then your tick is made.';
      (near.closest('li') ?? near).append(form);
      find(form, '[name=by]')?.focus();
    },
    sync() {
      if (isStarted() && !waiting) form?.remove();
    },
  };
}
