/**
 * Second script of a calculator's own page: its fields, kept in the address, and its answer.
 */
import { addressStore } from './address-store.ts';
import { listenForCopies } from './copies.ts';
import { find } from './dom.ts';
import { listenForKeys } from './keys.ts';
import { awaitCalculators } from './live-loader.ts';
import { openSheetForm } from './sheet-form.ts';
import { offerThemes } from './theme.ts';

const { announce } = globalThis.ringbook;

offerThemes(() => localStorage, announce);
listenForCopies(announce);
listenForKeys(undefined);

const form = find(document, '[data-sheet] form');
const main = find(document, '#main');
if (form && main) openSheetForm(form, main, addressStore(), announce, () => undefined, [awaitCalculators(main)]);
