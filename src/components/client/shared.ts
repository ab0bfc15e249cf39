/**
 * What the two client scripts share: `ringbook-run.js` puts it on the window, `ringbook-sheet.js` takes it from there.
 */
import type { load } from './places.ts';
import type { RunPage } from './run-page.ts';

export interface Shared {
  /** Present on the page of a runbook. */
  readonly page: RunPage | undefined;
  /** Says something to screen readers, once. */
  readonly announce: (words: string) => void;
  readonly load: typeof load;
}

declare global {
  var ringbook: Shared;
}
