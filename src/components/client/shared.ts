/**
 * What the client scripts share: `ringbook-run.js` puts it on the window, the others take it from there.
 */
import type { EventLog } from '../../lib/browser/event-log.ts';
import type { Desk } from './desk.ts';
import type { RunPage } from './run-page.ts';

export interface Shared {
  /** Present on the page of a runbook. */
  readonly page: RunPage | undefined;
  /** Present where runs are shown. */
  readonly log: EventLog | undefined;
  /** Asks for another script of the site. */
  readonly load: (name: string, then: () => void) => void;
  /** Says something to screen readers, once. */
  readonly announce: (words: string) => void;
  /** Present once `ringbook-desk.js` has been asked for. */
  desk?: Desk;
}

declare global {
  var ringbook: Shared;
}
