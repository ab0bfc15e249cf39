/** Asks for what works out times of day, and for Temporal where the browser lacks it: once, when a reader first needs them. */
import type {} from './shared.ts';

let waiting: (() => void)[] | undefined;

/** Does something once times can be worked out, or cannot be had: what hangs on them then says so. */
export function needTimes(then: () => void): void {
  const { ringbook } = globalThis;
  if (ringbook.times) return then();
  if (waiting) return void waiting.push(then);
  waiting = [then];
  const load = (): void =>
    ringbook.load('ringbook-times.js', () => {
      for (const act of waiting?.splice(0) ?? []) act();
      waiting = undefined;
    });
  if (typeof Temporal === 'undefined') ringbook.load('ringbook-temporal.js', load);
  else load();
}
