/** On the start page: how far the run of each runbook has come, in words, as far as this browser knows. */
import type { EventLog } from '../../lib/browser/event-log.ts';
import { fold } from '../../lib/core/run/fold.ts';

/** @param places Elements with the runbook's id in `data-run-of` and its number of steps in `data-steps`. */
export function showRuns(places: readonly HTMLElement[], log: EventLog): void {
  const paint = (): void => {
    for (const place of places) {
      const run = log.currentRun(place.dataset['runOf'] ?? '');
      const state = run === undefined ? undefined : fold(log.eventsOf(run));
      const last = state?.lastTouched;
      place.textContent = last
        ? `In progress, last by ${last.by} on ${last.at.slice(0, 10)} at ${last.at.slice(11, 16)}.`
        : '';
    }
  };
  log.onArrival(paint);
  paint();
}
