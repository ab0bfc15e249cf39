/**
 * Second script of a runbook's page: the sheet with its values and commands, copying, keys and theme.
 */
import { listenForCopies } from './copies.ts';
import { find, make } from './dom.ts';
import { listenForKeys } from './keys.ts';
import { awaitCalculators } from './live-loader.ts';
import { openSheetForm } from './sheet-form.ts';
import { offerThemes } from './theme.ts';

const { announce, log, page } = globalThis.ringbook;

offerThemes(() => localStorage, announce);
listenForCopies(announce);
listenForKeys(page);

const form = find(document, '[data-sheet] form');
if (page && form) openSheetForm(form, page.root, page.store, announce, page.recount, [awaitCalculators(page.root)]);
// Values of other runs are offered, never filled in silently.
if (page && form && log?.runIds().some((id) => id !== page.store.runId())) {
  const offer = make(
    'button',
    { type: 'button', class: 'rb-button rb-offers-open rb-screen' },
    'Values from other runs',
  );
  offer.addEventListener('click', () => page.offers(form));
  form.prepend(offer);
}
