import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { workerForDevelopment, writeWorker } from '../../../src/lib/build/offline.ts';

const srcDir = new URL('../../../src/', import.meta.url);

function builtFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringbook-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The three constants, by running the script as a browser would. */
async function constantsOf(files: Readonly<Record<string, string>>, mostBytes?: number) {
  const folder = builtFolder(files);
  await writeWorker(folder, srcDir, mostBytes === undefined ? {} : { mostBytes });
  const code = readFileSync(join(folder, 'ringbook-worker.js'), 'utf8');
  const kinds: string[] = [];
  const context = {
    registration: { scope: 'https://tools.test/' },
    URL,
    addEventListener: (kind: string) => kinds.push(kind),
  };
  const constants: unknown = runInNewContext(
    `${code};({ files: ringbookFiles, later: ringbookLater, version: ringbookVersion })`,
    context,
  );
  return { ...(constants as { files: Record<string, string>; later: string[]; version: string }), kinds };
}

const site = {
  'index.html': 'a',
  'runbooks/b.html': 'b',
  'carry/b.html': 'c',
  'web.config': 'd',
  '.nojekyll': '',
};

test('the worker names every file with its hash, but settings of a host and pages to carry', async () => {
  const { files, kinds } = await constantsOf(site);
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  expect(files).toEqual({ 'index.html': sha256('a'), 'runbooks/b.html': sha256('b') });
  expect(kinds).toEqual(['install', 'activate', 'fetch', 'message']);
});

test('of a site above the limit, papers and what the search shows are kept later, and of one at it nothing is', async () => {
  const large = {
    'index.html': 'a',
    'papers/b.html': 'b',
    'runbooks/b.html': 'c',
    'assets/search/entries-0.js': 'd',
    'assets/search/words-0.js': 'e',
  };
  const above = await constantsOf(large, 4);
  expect(above.later.sort()).toEqual(['assets/search/entries-0.js', 'papers/b.html']);
  expect(Object.keys(above.files)).toHaveLength(5);
  expect((await constantsOf(large, 5)).later).toEqual([]);
});

test('the version follows from the files: the same build is the same version, another one is not', async () => {
  const [first, again, changed] = [
    await constantsOf(site),
    await constantsOf(site),
    await constantsOf({ ...site, 'index.html': 'A' }),
  ];
  expect(first.version).toMatch(/^[0-9a-f]{12}$/);
  expect(again.version).toBe(first.version);
  expect(changed.version).not.toBe(first.version);
});

test('the worker of `astro dev` removes itself and shows the pages anew', async () => {
  const acts: string[] = [];
  const listeners = new Map<string, (event: unknown) => void>();
  const window = { url: 'http://x/', navigate: (url: string) => Promise.resolve(acts.push(`navigate ${url}`)) };
  runInNewContext(workerForDevelopment, {
    addEventListener: (kind: string, listener: (event: unknown) => void) => listeners.set(kind, listener),
    skipWaiting: () => acts.push('skip waiting'),
    registration: { unregister: () => Promise.resolve(acts.push('unregister')) },
    clients: { matchAll: () => Promise.resolve([window]) },
  });
  listeners.get('install')?.({});
  const activated: Promise<unknown>[] = [];
  listeners.get('activate')?.({ waitUntil: (promise: Promise<unknown>) => activated.push(promise) });
  await Promise.all(activated);
  expect(acts).toEqual(['skip waiting', 'unregister', 'navigate http://x/']);
});
