/**
 * The offline worker: keeps the files of one build, and answers with these and no others until another build is taken into
 * use as a whole. Of a large site it keeps some only once they were asked for, and these are of the same build, too. It never takes over by itself: a new worker waits until the last window of the site has closed, or until
 * somebody in the only window says so.
 *
 * Caches are named after the folder the site is in: two copies on one host do not meet, and caches of others stay untouched.
 */

/** SHA-256 in hex of each file, by its path in the built folder: `runbooks/a.html`. */
export type FileHashes = Readonly<Record<string, string>>;

/** What a window sends to the waiting worker; the answer comes through the port that is sent along. */
export const USE_NOW = 'use this version now';

/** `otherWindows`: how many windows of this site keep the new version waiting; with none it is taken into use. */
export interface UseAnswer {
  readonly otherWindows: number;
}

/** The parts of a worker's global scope that are used here; the compiler's own types for it exclude those of a page. */
export interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    readonly claim: () => Promise<void>;
    readonly matchAll: (options: {
      type: 'window';
      includeUncontrolled: true;
    }) => Promise<readonly { readonly url: string; readonly id: string }[]>;
  };
  readonly skipWaiting: () => Promise<void>;
  readonly caches: CacheStorage;
  readonly fetch: typeof fetch;
  readonly crypto: { readonly subtle: Pick<SubtleCrypto, 'digest'> };
}

interface Served {
  /**
   * Fills the cache of this build; fails as a whole when a file is missing or is not the one that was built, or when there is
   * no room. Then the site goes on as it was before.
   */
  readonly install: () => Promise<void>;
  /** Removes what earlier builds kept. */
  readonly activate: () => Promise<void>;
  /** @returns Nothing where the browser is to ask the host as if there were no worker. */
  readonly answer: (request: Request) => Promise<Response> | undefined;
  readonly useNow: (sender: string) => Promise<UseAnswer>;
}

/** Files asked for at once: a small host stays responsive for others. */
const AT_ONCE = 6;
/** About the connection or the file as it was sent; the kept copy is neither compressed nor chosen by a header. */
const headersNotKept = ['content-encoding', 'content-length', 'transfer-encoding', 'vary'];

const page = (title: string, words: string): Response =>
  new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${words}</p></html>`,
    { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } },
  );
const notCarried = (): Response =>
  page(
    'Not kept',
    'This file is not kept for use without a connection. Save it while the site can be reached: it is made to be carried.',
  );
const notVisited = (): Response =>
  page(
    'Not kept yet',
    'The site cannot be reached, and this browser has not kept this page: of a large site, papers are kept when they are first opened. Go back to the runbook, which is kept, and prints.',
  );
const ofAnotherBuild = (): Response =>
  page(
    'Another page',
    'The host answers with another page than the one of the version that this browser keeps. Either the site has changed: then go back, and a line at the foot of the page says when the new version is ready. Or the host asks you to sign in: then do so at its start page. Nothing of two versions is mixed.',
  );

const isFull = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The host has another file in this place than the one that was built. */
class OtherFile extends Error {}
/** The host led elsewhere, and to another file: to where people sign in, for example. */
class LedAway extends OtherFile {}
class Refused extends Error {}

/**
 * @param files Hashes of the files to keep.
 * @param later Paths among them that are kept once they were asked for.
 * @param version Changes with any of them.
 */
export function createOfflineWorker(
  worker: WorkerScope,
  files: FileHashes,
  later: readonly string[],
  version: string,
): Served {
  const { caches } = worker;
  const scope = new URL(worker.registration.scope);
  const ours = `ringbook ${encodeURIComponent(scope.pathname)} `;
  const own = ours + version;
  const others = async (): Promise<string[]> =>
    (await caches.keys()).filter((name) => name.startsWith(ours) && name !== own);

  /** Under its content, so that the next build finds what has not changed. */
  const keyOf = (path: string): string => new URL(`${path}?sha256=${files[path]}`, scope).href;

  async function fetchFile(path: string): Promise<Response> {
    const response = await worker.fetch(new URL(path, scope).href, { cache: 'no-cache', credentials: 'same-origin' });
    if (!response.ok) throw new Refused(`${path}: the host answered ${response.status}.`);
    const bytes = await response.arrayBuffer();
    if (hex(await worker.crypto.subtle.digest('SHA-256', bytes)) !== files[path]) {
      if (response.redirected) throw new LedAway(`${path}: the host answered with ${response.url}.`);
      throw new OtherFile(`${path} is not the file that was built. Copy the whole folder again.`);
    }
    // A new one: a response that came by way of a redirect may not answer for a page.
    const headers = new Headers(response.headers);
    for (const name of headersNotKept) headers.delete(name);
    return new Response(bytes, { headers });
  }

  async function keep(path: string, cache: Cache, earlier: readonly Cache[]): Promise<void> {
    const key = keyOf(path);
    // Kept already when an earlier try was cut short.
    if (await cache.match(key)) return;
    for (const before of earlier) {
      const found = await before.match(key);
      if (found) return cache.put(key, found);
    }
    await cache.put(key, await fetchFile(path));
  }

  /** @returns The path of a kept file, or nothing for whatever else is in the folder or outside of it. */
  function pathOf(address: string): string | undefined {
    const { origin, pathname } = new URL(address);
    if (origin !== scope.origin || !pathname.startsWith(scope.pathname)) return undefined;
    const path = pathname.slice(scope.pathname.length);
    // Some hosts open a folder by its index, and a page without its ending.
    return [path, `${path}index.html`, `${path}.html`].find((candidate) => Object.hasOwn(files, candidate));
  }

  /** Files that an earlier build kept because they were asked for: they are wanted of this build as well. */
  async function wanted(earlier: readonly Cache[]): Promise<string[]> {
    const kept = await Promise.all(earlier.map((before) => before.keys()));
    const addresses = new Set(kept.flat().map(({ url }) => url.replace(/\?.*/, '')));
    return later.filter((path) => addresses.has(new URL(path, scope).href));
  }

  /** A file that is not kept: from the host, and kept from now on where there is room. */
  async function fetchAndKeep(path: string, cache: Cache, request: Request): Promise<Response> {
    let response: Response;
    try {
      response = await fetchFile(path);
    } catch (error) {
      // What the host says of it is for the reader: that somebody must sign in, for example.
      const isForPerson = request.mode === 'navigate';
      if (error instanceof Refused || (error instanceof LedAway && isForPerson)) return worker.fetch(request);
      if (!isForPerson) return Response.error();
      return error instanceof OtherFile ? ofAnotherBuild() : notVisited();
    }
    await cache.put(keyOf(path), response.clone()).catch(() => undefined);
    return response;
  }

  return {
    async install() {
      const cache = await caches.open(own);
      const earlier = await Promise.all((await others()).map((name) => caches.open(name)));
      const rest = new Set(later);
      const waiting = [...Object.keys(files).filter((path) => !rest.has(path)), ...(await wanted(earlier))];
      const work = async (): Promise<void> => {
        try {
          for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await keep(path, cache, earlier);
        } finally {
          // After one failure nobody need go on.
          waiting.length = 0;
        }
      };
      const all = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
      const failed = all.find((one) => one.status === 'rejected');
      if (!failed) return;
      // What is kept in part is of no use, and the room for it is shared with what a person enters. After a broken connection it
      // stays: the next visit goes on from there.
      if (isFull(failed.reason)) await caches.delete(own);
      throw failed.reason;
    },
    async activate() {
      await Promise.all((await others()).map((name) => caches.delete(name)));
      await worker.clients.claim();
    },
    answer(request) {
      if (request.method !== 'GET') return undefined;
      const path = pathOf(request.url);
      if (path !== undefined) {
        return caches
          .open(own)
          .then(async (cache) => (await cache.match(keyOf(path))) ?? fetchAndKeep(path, cache, request));
      }
      if (!request.url.startsWith(new URL('carry/', scope).href)) return undefined;
      return worker.fetch(request).catch(notCarried);
    },
    async useNow(sender) {
      const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
      const otherWindows = windows.filter(({ id, url }) => id !== sender && url.startsWith(scope.href)).length;
      if (otherWindows === 0) await worker.skipWaiting();
      return { otherWindows };
    },
  };
}
