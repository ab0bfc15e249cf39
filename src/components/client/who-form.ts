/**
 * Who does it: asked in place, and the act that asked for it is carried out afterwards. One line starts a run; the desk
 * adds what else there is to the form (a way out; title, change, site, ring) once somebody is in it.
 */
import type { About } from '../../lib/core/run/event.ts';
import type { RunStore } from '../../lib/browser/run-store.ts';
import { useDesk } from './desk-door.ts';
import { find, say } from './dom.ts';

export interface WhoForm {
  /** Carries out an act, after asking beside `near` for name and tier where they are not known yet. */
  readonly whenStarted: (near: HTMLElement, act: () => void) => void;
  /** Asks who goes on, in `place`, and then carries out an act. */
  readonly ask: (place: HTMLElement, words: string, act?: () => void) => void;
  /** Ends the asking: the form goes back to where it is not in the way. */
  readonly rest: () => void;
  /** Takes the form away once the run has begun, here or in another tab; never while somebody is filling it in. */
  readonly sync: () => void;
}

const tiers = [1, 2, 3] as const;

export function createWhoForm(store: RunStore, form: HTMLFormElement, announce: (words: string) => void): WhoForm {
  const error = find(form, '.rb-field__error');
  const words = find(form, '.rb-who__words');
  const home = form.parentElement;
  const first = words?.textContent ?? '';
  /** What waits for the answer, and where the focus came from. */
  let waiting: { readonly act?: (() => void) | undefined; readonly from: Element | null } | undefined;

  const isReady = (): unknown => store.runId() && store.actor();

  const refuse = (why: string, control = ''): void => {
    say(error, why);
    if (error) error.hidden = !why;
    if (control) find(form, `[name=${control}]`)?.focus();
  };

  const rest = (): void => {
    const from = waiting?.from;
    const hadFocus = form.contains(document.activeElement);
    waiting = undefined;
    refuse('');
    if (isReady()) form.remove();
    else home?.append(form);
    say(words, first);
    if (hadFocus && isReady()) find(document, '[data-next]')?.focus({ preventScroll: true });
    if (from instanceof HTMLElement) from.focus({ preventScroll: true });
  };

  const ask: WhoForm['ask'] = (where, sentence, act) => {
    waiting = { act, from: document.activeElement };
    say(words, sentence);
    where.append(form);
    find(form, '[name=by]')?.focus();
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const texts: Record<string, string> = {};
    new FormData(form).forEach((text, name) => {
      if (String(text).trim()) texts[name] = String(text).trim();
    });
    // What the desk adds to the form is named as the run names it.
    const { by = '', tier: chosen, ...about } = texts;
    const tier = tiers.find((candidate) => String(candidate) === chosen);
    if (!by) return refuse('Enter your name', 'by');
    if (!tier) return refuse('Select your tier', 'tier');
    const isNew = !store.runId();
    const answer = store.start({ by, tier }, about satisfies About);
    if (!answer.saved && !isReady()) return refuse(answer.why, 'by');
    const act = waiting?.act;
    announce(`${isNew ? 'The run has begun. ' : ''}You are ${by}, tier ${tier}.`);
    rest();
    act?.();
    if (isNew) useDesk((desk) => desk.begun());
  });
  form.addEventListener('focusin', () => useDesk((desk) => desk.dress(form)));

  rest();
  return {
    ask,
    rest,
    whenStarted(near, act) {
      if (isReady() || store.readOnly()) act();
      else ask(near.closest('li') ?? near, 'First say who does this; then it counts.', act);
    },
    sync() {
      if (waiting || !isReady() || !form.isConnected) return;
      if (form.contains(document.activeElement) || new FormData(form).get('by'))
        say(words, 'Begun in another tab. Enter your name to go on in it.');
      else form.remove();
    },
  };
}
