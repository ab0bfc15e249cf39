/**
 * Second script of a runbook's page: the sheet with its values and commands, and the frame of every page.
 */
import { isReviewOld } from '../../lib/core/runbook/review.ts';
import { find } from './dom.ts';
import { openPageFrame } from './frame.ts';
import { awaitCalculators } from './live-loader.ts';
import { openSheetForm, today } from './sheet-form.ts';

const { announce, page } = globalThis.ringbook;

openPageFrame();

const form = find(document, '[data-sheet] form');
if (page && form) openSheetForm(form, page.root, page.store, announce, page.recount, [awaitCalculators(page.root)]);

// The build said so as of its own day.
const reviewed = find(document, '[data-reviewed]');
if (reviewed && isReviewOld(reviewed.dataset['reviewed'] ?? '', today()))
  reviewed.lastElementChild?.removeAttribute('hidden');
