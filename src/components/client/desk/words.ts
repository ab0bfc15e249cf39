/** Words in the fields of a panel outlive the page until they are part of the run or taken out. */
import { keepWords, moveWords, wordsInHand } from '../../../lib/browser/words-in-hand.ts';
import type { RunPage } from '../run-page.ts';
import type { Choice, Control } from './ui.ts';

const storage = (): Storage => localStorage;
/** Where words are that somebody writes before there is a run. */
const noRun = ({ root }: RunPage): string => `new-${root.dataset['runbook'] ?? ''}`;
const runOf = (page: RunPage): string => page.store.runId() ?? noRun(page);

/** @param place Where the words belong, by the step or `run`, and the field: `open-console:note`. */
export function remember(page: RunPage, control: Control, place: string): Control {
  const { input } = control;
  input.value = wordsInHand(storage, runOf(page), place) || input.value;
  input.addEventListener('input', () => {
    const isKept = keepWords(storage, runOf(page), place, input.value);
    control.place.classList.toggle('is-not-kept', !isKept && input.value !== '');
  });
  return control;
}

/** The same for a choice. */
export function rememberChoice(page: RunPage, choice: Choice, place: string): Choice {
  choice.choose(wordsInHand(storage, runOf(page), place));
  choice.place.addEventListener('change', () => keepWords(storage, runOf(page), place, choice.value()));
  return choice;
}

/** The words are part of the run now. In the fields they stay until whoever made those empties them. */
export function letGo(page: RunPage, places: readonly string[]): void {
  for (const run of [runOf(page), noRun(page)]) for (const place of places) keepWords(storage, run, place, '');
}

/** What was being written before the run began belongs to it now. */
export const takeOver = (page: RunPage): void => moveWords(storage, noRun(page), runOf(page));
