/**
 * Second script of a runbook's page: the sheet with its values and commands, and the frame of every page.
 */
import { isReviewOld } from '../../lib/core/runbook/review.ts';
import { afterFrame, find } from './dom.ts';
import { openPageFrame } from './frame.ts';
import { awaitCalculators } from './live-loader.ts';
import { openSheetForm, today } from './sheet-form.ts';
import type { Shared } from './shared.ts';

function start(): void {
  const { announce, page } = globalThis.ringbook;
  const form = find(document, '[data-sheet] form');
  const fillIn =
    page && form && openSheetForm(form, page.root, page.store, announce, page.recount, [awaitCalculators(page.root)]);
  openPageFrame(fillIn);

  // The build said so as of its own day.
  const reviewed = find(document, '[data-reviewed]');
  if (reviewed && isReviewOld(reviewed.dataset['reviewed'] ?? '', today()))
    reviewed.lastElementChild?.removeAttribute('hidden');
}

// The first script may wait for the first frame; what it asked for comes before what is asked for here.
if (globalThis.ringbook as Shared | undefined) start();
else afterFrame(start);
