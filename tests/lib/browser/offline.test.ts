import { createHash, webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createOfflineWorker, type FileHashes, type WorkerScope } from '../../../src/lib/browser/offline.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hashesOf = (site: Readonly<Record<string, string>>): FileHashes =>
  Object.fromEntries(Object.entries(site).map(([path, text]) => [path, sha256(text)]));

/** A browser with caches and windows, and a host that holds files under `https://tools.test/rings/`. */
function fakeBrowser(host: Record<string, string>, scope = 'https://tools.test/rings/') {
  const stores = new Map<string, Map<string, Response>>();
  const asked: string[] = [];
  const windows = [{ id: 'a', url: `${scope}index.html` }];
  const state = { isTakenIntoUse: false, room: Infinity };
  const openStore = (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>();
    stores.set(name, store);
    return {
      match: (key: string) => Promise.resolve(store.get(key)?.clone()),
      keys: () => Promise.resolve([...store.keys()].map((url) => ({ url }))),
      put: (key: string, response: Response) => {
        if (state.room <= 0) return Promise.reject(new DOMException('No room', 'QuotaExceededError'));
        state.room -= 1;
        store.set(key, response);
        return Promise.resolve();
      },
    };
  };
  const worker = {
    registration: { scope },
    clients: { claim: () => Promise.resolve(), matchAll: () => Promise.resolve(windows) },
    skipWaiting: () => {
      state.isTakenIntoUse = true;
      return Promise.resolve();
    },
    caches: {
      keys: () => Promise.resolve([...stores.keys()]),
      open: (name: string) => Promise.resolve(openStore(name)),
      delete: (name: string) => Promise.resolve(stores.delete(name)),
    },
    fetch: (input: string | Request) => {
      const address = typeof input === 'string' ? input : input.url;
      asked.push(address);
      const text = host[address.replace(scope, '').replace(/\?.*/, '')];
      return text === undefined
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve(new Response(text, { headers: { 'Content-Security-Policy': "frame-ancestors 'self'" } }));
    },
    crypto: webcrypto,
  } as unknown as WorkerScope;
  return { worker, stores, asked, windows, state };
}

const site = { 'index.html': 'start', 'runbooks/a.html': 'runbook', 'assets/ringbook-run.js': 'script' };
const get = (path: string, init?: RequestInit): Request => new Request(`https://tools.test/rings/${path}`, init);
const textOf = async (answer: Promise<Response> | undefined): Promise<string | undefined> => (await answer)?.text();

describe('a worker that is installed', () => {
  test('answers with every file of its build when the host is gone, whatever version a page asks for', async () => {
    const host: Record<string, string> = { ...site };
    const { worker, asked } = fakeBrowser(host);
    const served = createOfflineWorker(worker, hashesOf(site), [], 'v1');
    await served.install();
    for (const path of Object.keys(host)) Reflect.deleteProperty(host, path);
    asked.length = 0;

    expect(await textOf(served.answer(get('runbooks/a.html?run=1')))).toBe('runbook');
    expect(await textOf(served.answer(get('assets/ringbook-run.js?v=12345678')))).toBe('script');
    expect(await textOf(served.answer(get('')))).toBe('start');
    expect(await textOf(served.answer(get('runbooks/a')))).toBe('runbook');
    expect(asked).toEqual([]);
  });

  test('keeps the headers that the host protects its pages with', async () => {
    const { worker } = fakeBrowser(site);
    const served = createOfflineWorker(worker, hashesOf(site), [], 'v1');
    await served.install();

    const answer = await served.answer(get('index.html'));
    expect(answer?.headers.get('Content-Security-Policy')).toBe("frame-ancestors 'self'");
  });

  test.each(['other.html', '../elsewhere.html', 'https://example.com/index.html', 'toString'])(
    'leaves %s to the browser',
    async (address) => {
      const { worker } = fakeBrowser(site);
      const served = createOfflineWorker(worker, hashesOf(site), [], 'v1');
      await served.install();
      expect(served.answer(new Request(new URL(address, 'https://tools.test/rings/')))).toBeUndefined();
    },
  );

  test('leaves what is sent to the browser', () => {
    const { worker } = fakeBrowser(site);
    const served = createOfflineWorker(worker, hashesOf(site), [], 'v1');
    expect(served.answer(get('index.html', { method: 'POST', body: 'x' }))).toBeUndefined();
  });

  test('says of a page to carry that it is not kept', async () => {
    const { worker } = fakeBrowser(site);
    const served = createOfflineWorker(worker, hashesOf(site), [], 'v1');
    const answer = await served.answer(get('carry/a.html'));
    expect(answer?.status).toBe(503);
    expect(await answer?.text()).toContain('not kept');
  });
});

describe('of a large site, what is kept later', () => {
  const later = ['papers/a.html', 'papers/b.html', 'assets/search/entries-0.js'];
  const large = {
    ...site,
    'papers/a.html': 'paper a',
    'papers/b.html': 'paper b',
    'assets/search/entries-0.js': 'entries',
  };
  /** A page that a person opens. */
  const open = (path: string): Request => ({ ...get(path), url: get(path).url, method: 'GET', mode: 'navigate' });

  async function installed() {
    const host: Record<string, string> = { ...large };
    const browser = fakeBrowser(host);
    const served = createOfflineWorker(browser.worker, hashesOf(large), later, 'v1');
    await served.install();
    return { host, served, ...browser };
  }
  const leave = (host: Record<string, string>): void =>
    Object.keys(host).forEach((path) => Reflect.deleteProperty(host, path));

  test('is not fetched at first, and the rest is', async () => {
    const { asked } = await installed();
    expect(asked.map((address) => address.replace('https://tools.test/rings/', '')).sort()).toEqual(
      Object.keys(site).sort(),
    );
  });

  test('is kept once it was asked for', async () => {
    const { host, served } = await installed();
    expect(await textOf(served.answer(open('papers/a.html')))).toBe('paper a');
    leave(host);
    expect(await textOf(served.answer(open('papers/a.html')))).toBe('paper a');
  });

  test('is said to be missing where the site cannot be reached: to a person in words, to a page as a failure', async () => {
    const { host, served } = await installed();
    leave(host);
    const page = await served.answer(open('papers/b.html'));
    expect(page?.status).toBe(503);
    expect(await page?.text()).toContain('this browser has not kept this page');
    expect((await served.answer(get('assets/search/entries-0.js')))?.type).toBe('error');
  });

  test('is never taken from another build', async () => {
    const { host, served, stores } = await installed();
    host['papers/a.html'] = 'paper a of the next build';
    const page = await served.answer(open('papers/a.html'));
    expect(page?.status).toBe(503);
    expect(await page?.text()).toContain('another page than the one of the version that this browser keeps');
    expect([...(stores.get('ringbook %2Frings%2F v1')?.keys() ?? [])].filter((key) => key.includes('papers'))).toEqual(
      [],
    );
  });

  test('goes where the host leads a person, and to a page is a failure', async () => {
    const { worker, served } = await installed();
    Reflect.set(worker, 'fetch', () => {
      const answer = new Response('sign in');
      Object.defineProperty(answer, 'redirected', { value: true });
      return Promise.resolve(answer);
    });

    expect(await textOf(served.answer(open('papers/a.html')))).toBe('sign in');
    expect((await served.answer(get('assets/search/entries-0.js')))?.type).toBe('error');
  });

  test('is kept of the next build as well, where it was of this one', async () => {
    const { host, served, worker, asked } = await installed();
    await served.answer(open('papers/a.html'));
    asked.length = 0;
    host['papers/a.html'] = 'new paper a';
    host['papers/b.html'] = 'new paper b';
    const after = createOfflineWorker(worker, hashesOf(host), later, 'v2');
    await after.install();
    await after.activate();
    expect(asked).toEqual(['https://tools.test/rings/papers/a.html']);
    leave(host);
    expect(await textOf(after.answer(open('papers/a.html')))).toBe('new paper a');
  });

  test('is answered by the host where there is no room to keep it', async () => {
    const { served, state } = await installed();
    state.room = 0;
    expect(await textOf(served.answer(open('papers/a.html')))).toBe('paper a');
  });
});

test('without room for all of a build nothing of it stays, and the site goes on without', async () => {
  const { worker, state, stores } = fakeBrowser(site);
  state.room = 2;
  await expect(createOfflineWorker(worker, hashesOf(site), [], 'v1').install()).rejects.toThrow('No room');
  expect([...stores.keys()]).toEqual([]);
});

test('after a broken connection the next try asks only for the rest', async () => {
  const host: Record<string, string> = { ...site };
  const { worker, asked } = fakeBrowser(host);
  delete host['index.html'];
  await expect(createOfflineWorker(worker, hashesOf(site), [], 'v1').install()).rejects.toThrow();
  host['index.html'] = site['index.html'];
  const had = asked.length;
  await createOfflineWorker(worker, hashesOf(site), [], 'v1').install();
  expect(asked.length - had).toBeLessThan(Object.keys(site).length);
});

describe('a new build', () => {
  test('is not installed when one of its files is missing or is another one', async () => {
    const half = fakeBrowser({ 'index.html': 'start' });
    await expect(createOfflineWorker(half.worker, hashesOf(site), [], 'v1').install()).rejects.toThrow();
    const mixed = fakeBrowser({ ...site, 'index.html': 'start of another build' });
    await expect(createOfflineWorker(mixed.worker, hashesOf(site), [], 'v1').install()).rejects.toThrow(
      'index.html is not the file that was built. Copy the whole folder again.',
    );
  });

  test('asks the host only for what has changed', async () => {
    const host: Record<string, string> = { ...site };
    const { worker, asked } = fakeBrowser(host);
    await createOfflineWorker(worker, hashesOf(site), [], 'v1').install();
    asked.length = 0;
    host['index.html'] = 'new start';
    await createOfflineWorker(worker, hashesOf(host), [], 'v2').install();
    expect(asked).toEqual(['https://tools.test/rings/index.html']);
  });

  test('leaves the one before it whole until it is taken into use, and removes it then, and nothing else', async () => {
    const host: Record<string, string> = { ...site };
    const { worker, stores } = fakeBrowser(host);
    const before = createOfflineWorker(worker, hashesOf(site), [], 'v1');
    await before.install();
    const neighbour = fakeBrowser(host, 'https://tools.test/rings/ 2/');
    for (const foreign of ['ringbook', 'other', 'ringbook %2F v1']) stores.set(foreign, new Map());
    await createOfflineWorker(neighbour.worker, {}, [], 'v1').install();
    for (const name of neighbour.stores.keys()) stores.set(name, new Map());
    const foreign = [...stores.keys()].filter((name) => name !== 'ringbook %2Frings%2F v1');

    host['index.html'] = 'new start';
    const after = createOfflineWorker(worker, hashesOf(host), [], 'v2');
    await after.install();
    expect(await textOf(before.answer(get('index.html')))).toBe('start');

    await after.activate();
    expect([...stores.keys()].sort()).toEqual([...foreign, 'ringbook %2Frings%2F v2'].sort());
    expect(await textOf(after.answer(get('index.html')))).toBe('new start');
    expect(await textOf(after.answer(get('runbooks/a.html')))).toBe('runbook');
  });

  test('is taken into use from the only window, and not while another one is open', async () => {
    const { worker, windows, state } = fakeBrowser(site);
    const served = createOfflineWorker(worker, hashesOf(site), [], 'v2');
    windows.push({ id: 'b', url: 'https://tools.test/rings/runbooks/a.html' });
    expect(await served.useNow('a')).toEqual({ otherWindows: 1 });
    expect(state.isTakenIntoUse).toBe(false);

    windows.pop();
    windows.push({ id: 'c', url: 'https://tools.test/another-tool/' });
    expect(await served.useNow('a')).toEqual({ otherWindows: 0 });
    expect(state.isTakenIntoUse).toBe(true);
  });
});
