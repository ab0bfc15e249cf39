/** Who does it: asked once per run, in place, and the act that asked for it is carried out afterwards. */
import type { RunStore } from '../../lib/browser/run-store.ts';
import { find, make } from './dom.ts';

export interface WhoForm {
  /** Carries out an act, after asking beside `near` for name and tier if the run has not begun. */
  readonly whenStarted: (near: HTMLElement, act: () => void) => void;
  /** Takes the form away once the run has begun, here or in another tab. */
  readonly sync: () => void;
}

const tiers = [1, 2, 3] as const;

export function createWhoForm(store: RunStore, home: HTMLElement | undefined, announce: (words: string) => void): WhoForm {
  let waiting: (() => void) | undefined;
  const name = make('input', { id: 'rb-who-name', name: 'by', autocomplete: 'name', maxlength: '80' });
  const error = make('p', { class: 'rb-field__error', id: 'rb-who-error', hidden: '' });
  name.setAttribute('aria-describedby', 'rb-who-error');
  const choices = make(
    'div',
    { class: 'rb-choices' },
    ...tiers.map((tier) => make('label', {}, make('input', { type: 'radio', name: 'tier', value: String(tier) }), `Tier ${tier}`)),
  );
  const explain = make('p', { class: 'rb-who__words' });
  const form = make(
    'form',
    { class: 'rb-who', novalidate: '', 'aria-label': 'Start the run' },
    explain,
    make('div', { class: 'rb-field' }, make('label', { for: 'rb-who-name' }, 'Your name'), name),
    make('fieldset', { class: 'rb-field rb-field--tier' }, make('legend', {}, 'Your tier'), choices),
    make('button', { class: 'rb-button rb-button--main' }, 'Start'),
    error,
  );

  const isStarted = (): boolean => store.runId() !== undefined;

  const place = (): void => {
    explain.textContent = 'Say once who does this. Every tick is stamped with name, tier and time.';
    if (home && !isStarted()) home.append(form);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form as HTMLFormElement);
    const by = String(data.get('by') ?? '').trim();
    const tier = tiers.find((candidate) => String(candidate) === data.get('tier'));
    const fault = by === '' ? 'Enter your name' : tier === undefined ? 'Select your tier' : '';
    error.textContent = fault;
    error.hidden = !fault;
    if (fault || tier === undefined) {
      (by === '' ? name : find(form, 'input[type=radio]'))?.focus();
      return;
    }
    const answer = store.start({ by, tier });
    if (!answer.saved && !isStarted()) {
      error.textContent = answer.why;
      error.hidden = false;
      return;
    }
    const act = waiting;
    waiting = undefined;
    const box = form.closest('li')?.querySelector<HTMLElement>('.rb-box, [data-decide]');
    form.remove();
    announce(`The run has begun. You are ${by}, tier ${tier}.`);
    act?.();
    box?.focus({ preventScroll: true });
  });

  place();
  return {
    whenStarted(near, act) {
      if (isStarted()) {
        act();
        return;
      }
      waiting = act;
      explain.textContent = 'First say who does this; then your tick is made.';
      (near.classList.contains('rb-criterion') ? near.closest('.rb-gate') ?? near : near).append(form);
      name.focus();
    },
    sync() {
      if (isStarted() && form.isConnected && !waiting) form.remove();
    },
  };
}
