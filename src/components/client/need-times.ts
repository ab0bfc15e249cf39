/** Asks for what works out times of day, and for Temporal where the browser lacks it: once, when a reader first needs them. */
import type {} from './shared.ts';

/** Does something once Temporal is there, or cannot be had: what needs zones then says so. */
export function needTemporal(then: () => void): void {
  if (typeof Temporal === 'undefined') globalThis.ringbook.load('ringbook-temporal.js', then);
  else then();
}

let asked: Promise<void> | undefined;

/** Does something once times can be worked out, or cannot be had: what hangs on them then says so. */
export function needTimes(then: () => void): void {
  const { ringbook } = globalThis;
  if (ringbook.times) return then();
  asked ??= new Promise((done) => needTemporal(() => ringbook.load('ringbook-times.js', done)));
  void asked.then(() => {
    // Whoever comes later asks again.
    asked = undefined;
    then();
  });
}
