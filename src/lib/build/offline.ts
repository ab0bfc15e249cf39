/** Writes the offline worker of a built folder: it names every file that it keeps, with the file's hash. */
import { hash } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readBytes } from './bytes.ts';
import { bundleClientScript } from './client-scripts.ts';

/** Stands at the root of the folder: a worker serves what is beside and below its own address. */
export const workerName = 'ringbook-worker.js';

/**
 * Whether the worker keeps a file. Not settings of a host, which the host itself does not hand out; and not the pages made to
 * be carried, which hold everything a second time and are copies for use without the site.
 */
const isKept = (path: string): boolean =>
  path !== workerName && !path.startsWith('carry/') && !/(^|\/)(\.|web\.config$)/.test(path);

/**
 * Bytes of all files that are kept, up to which the worker fetches every one of them at the first visit. Of a larger site it
 * fetches all but what `isLater` names, which is most of its weight.
 */
const MOST_BYTES = 50_000_000;

/** What a reader can do without at first: papers, the texts that the search shows, and what lists of runs say of their steps. */
const isLater = (path: string): boolean => /^(?:papers|assets\/outlines|assets\/search\/entries-)/.test(path);

interface WorkerOptions {
  /** SHA-256 in hex of files that were just written, by path: they need not be read again. */
  readonly known?: ReadonlyMap<string, string>;
  /** Smaller in tests. */
  readonly mostBytes?: number;
}

/** @param folder The built folder; what is written there later is not kept. */
export async function writeWorker(
  folder: string,
  srcDir: URL,
  { known = new Map(), mostBytes = MOST_BYTES }: WorkerOptions = {},
): Promise<void> {
  const paths = filesBelow(folder).filter(isKept).sort();
  const hashes = Object.fromEntries(
    paths.map((path) => [path, known.get(path) ?? hash('sha256', readBytes(join(folder, path)))]),
  );
  const bytes = paths.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
  const later = bytes > mostBytes ? paths.filter(isLater) : [];
  const code = await bundleClientScript(workerName, srcDir, true);
  const version = hash('sha256', JSON.stringify([hashes, later]) + code).slice(0, 12);
  const constants = Object.entries({ ringbookFiles: hashes, ringbookLater: later, ringbookVersion: version });
  const words = constants.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join();
  writeFileSync(join(folder, workerName), `const ${words};\n${code}`);
}

/** The paths of all files below a folder, with slashes. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')] : [],
  );

/**
 * What `astro dev` answers in place of the worker. A worker of `astro preview`, left behind at the same address, would show
 * an author the pages of the last build; the browser asks for its script at each visit, gets this one, and is rid of both.
 */
export const workerForDevelopment = `addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  await registration.unregister();
  for (const window of await clients.matchAll({ type: 'window' })) await window.navigate(window.url);
})()));
`;
