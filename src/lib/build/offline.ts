/** Writes the offline worker of a built folder: it names every file that it keeps, with the file's hash. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleClientScript } from './client-scripts.ts';

/** Stands at the root of the folder: a worker serves what is beside and below its own address. */
export const workerName = 'ringbook-worker.js';

/**
 * Whether the worker keeps a file. Not settings of a host, which the host itself does not hand out; and not the pages made to
 * be carried, which hold everything a second time and are copies for use without the site.
 */
const isKept = (path: string): boolean =>
  path !== workerName && !path.startsWith('carry/') && !/(^|\/)(\.|web\.config$)/.test(path);

/** @returns SHA-256 in hex of each file that is kept, by path, in the order of the paths. */
export function hashesOf(files: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  const paths = [...files.keys()].filter(isKept).sort();
  return Object.fromEntries(
    paths.map((path) => [
      path,
      createHash('sha256')
        .update(files.get(path) ?? '')
        .digest('hex'),
    ]),
  );
}

/** @param folder The built folder; what is written there later is not kept. */
export async function writeWorker(folder: string, srcDir: URL): Promise<void> {
  const files = new Map<string, Uint8Array>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(file.slice(folder.length).replaceAll('\\', '/').replace(/^\//, ''), readFileSync(file));
  }
  const hashes = hashesOf(files);
  const code = await bundleClientScript(workerName, srcDir, true);
  const version = createHash('sha256').update(JSON.stringify(hashes)).update(code).digest('hex').slice(0, 12);
  const constants = `const ringbookFiles=${JSON.stringify(hashes)},ringbookVersion=${JSON.stringify(version)};\n`;
  writeFileSync(join(folder, workerName), constants + code);
}

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
