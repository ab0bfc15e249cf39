/**
 * What the client scripts share: `ringbook-run.js` puts it on the window, the others take it from there.
 */
import type { EventLog } from '../../lib/browser/event-log.ts';
import type { Desk } from './desk.ts';
import type { TimesOfDay } from '../../lib/core/sheet/derived.ts';
import type { load } from './places.ts';
import type { RunPage } from './run-page.ts';
import type { finish, inSlices } from './slices.ts';
import type { SheetPainter, waitingWords } from './sheet-view.ts';

export interface Shared {
  /** Present on the page of a runbook. */
  readonly page: RunPage | undefined;
  /** Present where runs are shown. */
  readonly log: EventLog | undefined;
  /** Asks for another script of the site. */
  readonly load: typeof load;
  readonly inSlices: typeof inSlices;
  readonly finish: typeof finish;
  /** Says something to screen readers, once. */
  readonly announce: (words: string) => void;
  /** Put here by `ringbook-times.js`. */
  times?: { readonly timesOfDay: TimesOfDay; readonly shared: readonly unknown[] };
  /** What the script with the live calculators takes from the one that asks for it. */
  core?: readonly unknown[];
  /** Put here by the script with the live calculators, once it is there. */
  openCalculators?: (root: HTMLElement, wordsFor: typeof waitingWords) => readonly SheetPainter[];
  /** Present once `ringbook-desk.js` has been asked for. */
  desk?: Desk;
}

declare global {
  var ringbook: Shared;
}
