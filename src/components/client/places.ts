/**
 * What a page needs of the place it stands in: further scripts from beside its own, and a worker that keeps the site for use
 * without a connection.
 */
import { make } from './dom.ts';

declare global {
  /** Scripts that a page holds in itself, by file name: on a page made to be carried there is nothing beside it. */
  var ringbookHeld: Readonly<Record<string, () => void>> | undefined;
}

/** A classic script knows its own address only while it runs for the first time; one in the page has none. */
const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';

/**
 * Runs a script that pages do without until somebody asks for what it does.
 *
 * @param name Its name in the folder of this script: `ringbook-temporal.js`.
 * @param done Called after it ran, and also where it could not be had.
 */
export function load(name: string, done = (): void => undefined): void {
  const held = globalThis.ringbookHeld?.[name];
  if (held) {
    held();
    return done();
  }
  const script = make('script', { src: own.replace(/ringbook-[^/?]*(?=\?|$)/, name) });
  script.onload = script.onerror = done;
  document.head.append(script);
}

/** Once the page is there and nobody waits for it any more. */
export function settle(): void {
  addEventListener('load', () => {
    if (top !== window) load('ringbook-framed.js');
    const tell = (): void => load('ringbook-news.js');
    // Browsers have no workers on plain http, and refuse them on a disk. A page that is carried has no address to go by.
    if (own)
      navigator.serviceWorker
        ?.register(own.replace(/[^/]*\/[^/]*$/, 'ringbook-worker.js'))
        .then((registration) => {
          if (!registration.active) return;
          registration.onupdatefound = tell;
          if (registration.waiting ?? registration.installing) tell();
        })
        .catch(() => undefined);
  });
}
