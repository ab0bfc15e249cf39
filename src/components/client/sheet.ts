/**
 * Second script of a runbook's page: the sheet with its values and commands, and the frame of every page.
 */
import { afterFrame, find } from './dom.ts';
import { openPageFrame } from './frame.ts';
import { awaitCalculators } from './live-loader.ts';
import { openSheetForm, today } from './sheet-form.ts';
import type { Shared } from './shared.ts';

function start(): void {
  const { announce, page } = globalThis.ringbook;
  const form = find(document, '[data-sheet] form');
  if (page && form) openSheetForm(form, page.root, page.store, announce, page.recount, [awaitCalculators(page.root)]);
  openPageFrame();

  // The build said so as of its own day.
  const old = find(document, '[data-until]');
  if (old && (old.dataset['until'] ?? '') < today()) old.hidden = false;
}

// The first script may wait for the first frame; what it asked for comes before what is asked for here.
if (globalThis.ringbook as Shared | undefined) start();
else requestAnimationFrame(() => afterFrame(start));
