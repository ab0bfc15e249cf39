/** Zones and clock changes need Temporal: browsers that lack it ask for the polyfill, from beside the script that asks. */
import { make } from './dom.ts';

/** A classic script knows its own address only while it runs for the first time. */
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';

/** Does something once Temporal is there, or at once where it cannot be had: what needs zones then says so. */
export function needsTemporal(act: () => void): void {
  if (typeof Temporal !== 'undefined') return act();
  const script = make('script', { src: own.replace(/ringbook-[^/?]*/, 'ringbook-temporal.js') });
  script.onload = script.onerror = act;
  document.head.append(script);
}
