/** Go or no-go at a gate: a go rests on all criteria, and a decision pressed again is taken back. */
import { gateOf, isDone } from '../../../lib/core/run/fold.ts';
import { find, findAll } from '../dom.ts';
import type { RunPage } from '../run-page.ts';

/** Takes back every decision at a gate that this page shows. */
export function withdraw(page: RunPage, gateId: string, words: string): void {
  const { store, tell } = page;
  if (gateOf(store.$state.get(), gateId) !== 'undecided') tell(store.withdraw(gateId), words);
}

export function decide(page: RunPage, gate: HTMLElement, button: HTMLElement, announce: (words: string) => void): void {
  const { store, form, tell } = page;
  const decision = button.dataset['decide'] === 'go' ? 'go' : 'no-go';
  const own = findAll(gate, '[data-criterion]').filter((element) => !element.closest('.is-away'));
  form.whenStarted(gate, () => {
    const state = store.$state.get();
    const met = own.map((element) => element.dataset['criterion'] ?? '').filter((id) => isDone(state, id));
    if (gateOf(state, gate.id) === decision) return withdraw(page, gate.id, 'Decision taken back.');
    if (decision === 'go' && met.length < own.length) {
      const sentence = `Tick every criterion before you decide go: ${own.length - met.length} of ${own.length} are open.`;
      const note = find(gate, '.rb-decision__words');
      if (note) note.textContent = sentence;
      return announce(sentence);
    }
    tell(store.decide(gate.id, gate.dataset['hash'] ?? '', decision, met), decision === 'go' ? 'Go.' : 'No-go.');
  });
}
