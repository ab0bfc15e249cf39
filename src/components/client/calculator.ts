/**
 * Second script of a calculator's own page: its fields, kept in the address, and its answer.
 */
import { addressStore } from './address-store.ts';
import { find } from './dom.ts';
import { openPageFrame } from './frame.ts';
import { awaitCalculators } from './live-loader.ts';
import { openSheetForm } from './sheet-form.ts';

const { announce } = globalThis.ringbook;

openPageFrame();

const form = find(document, '[data-sheet] form');
const main = find(document, '#main');
if (form && main) openSheetForm(form, main, addressStore(), announce, () => undefined, [awaitCalculators(main)]);
