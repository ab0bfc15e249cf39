/**
 * What is done to a folder that Astro has built: the client scripts are put beside the pages, every page is made to work at any
 * address and from a disk, runbooks are written once more as single files, and the offline worker names them all.
 *
 * One page after the other goes through memory: a site of 1,000 runbooks is some 500 MB.
 */
import { createHash, hash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { paperStyle } from '../core/papers/paper-style.ts';
import { readBytes, writeText } from './bytes.ts';
import { carriedPage, linkedScripts, scriptsToCarry, type CarriedScripts } from './carry.ts';
import { bundleClientScript, carriedScripts, fixedScripts, isClientScript } from './client-scripts.ts';
import { compact } from './compact.ts';
import { filesBelow, writeWorker } from './offline.ts';
import { relativeLinks, withContentSecurity } from './pages.ts';

/** The style of papers, which stands in files of their own as well, and so is made from core. */
export const paperSheet = 'ringbook-paper.css';

/** What follows these letters up to the next quotation mark, wherever they stand. */
function* named(bytes: Buffer, letters: string): Generator<string> {
  for (let at = bytes.indexOf(letters); at >= 0; at = bytes.indexOf(letters, at + 1)) {
    const start = at + letters.length;
    yield bytes.toString('latin1', start, bytes.indexOf('"', start));
  }
}

/** The script with live calculators that a page names. */
const LIVE = ' data-live="';

/** @returns How many pages there are. */
export async function finishFolder(root: string, srcDir: URL): Promise<number> {
  const paths = filesBelow(root);
  const pages = paths.filter((path) => path.endsWith('.html'));
  const hashes = new Map<string, string>();
  const write = (path: string, text: string): void =>
    void hashes.set(path, hash('sha256', writeText(join(root, path), text)));

  const live = new Set<string>();
  const linked = new Set<string>();
  for (const path of pages) {
    const bytes = readBytes(join(root, path));
    for (const name of named(bytes, LIVE)) live.add(name);
    for (const name of named(bytes, ' src="/assets/')) linked.add(name);
  }
  const names = [...fixedScripts, ...[...live].filter(isClientScript)];
  const codes = await Promise.all(names.map((name) => bundleClientScript(name, srcDir, true)));
  const scripts = new Map(names.map((name, index) => [name, codes[index] ?? '']));

  // Pages ask for further scripts under the version of the first one: it must change with each of them, or a cache that
  // keeps addresses with a version for good would hand out an old one.
  const onDemand = createHash('sha256').update(
    [...scripts].flatMap(([name, code]) => (linked.has(name) ? [] : [code])).join(),
  );
  for (const path of paths.filter((file) => /^assets\/.*\.js$/.test(file)).sort()) {
    const bytes = readBytes(join(root, path));
    onDemand.update(',').update(bytes);
    hashes.set(path, hash('sha256', bytes));
  }
  scripts.set('ringbook-run.js', `${scripts.get('ringbook-run.js')}//${onDemand.digest('hex').slice(0, 8)}\n`);

  mkdirSync(join(root, 'assets'), { recursive: true });
  const versions = new Map<string, string>();
  for (const [name, text] of [...scripts, [paperSheet, paperStyle] as const]) {
    const path = `assets/${name}`;
    write(path, text);
    versions.set(path, (hashes.get(path) ?? '').slice(0, 8));
  }

  const carry = carrier(root, scripts);
  for (const path of pages) {
    const markup = readBytes(join(root, path)).toString('utf8');
    const whole = withContentSecurity(relativeLinks(markup, path, versions));
    // A paper's page is kept and passed on by itself; what others do with its markup is not ours to make harder.
    write(path, path.startsWith('papers/') ? whole : compact(whole));
    if (path.startsWith('runbooks/')) carry(posix.basename(path), markup);
  }
  await writeWorker(root, srcDir, { known: hashes });
  return pages.length;
}

/** Writes runbooks as files to carry. What many of them end with is made once. */
function carrier(root: string, scripts: ReadonlyMap<string, string>): (name: string, markup: string) => void {
  const folder = join(root, 'carry');
  mkdirSync(folder, { recursive: true });
  const styles = new Map<string, string>();
  const ends = new Map<string, { scripts: CarriedScripts; bytes: Buffer }>();
  return (name, markup) => {
    const sheet = / href="(\/assets\/[^"]+\.css)"/.exec(markup)?.[1] ?? '';
    const style = styles.get(sheet) ?? readBytes(join(root, sheet)).toString('utf8');
    styles.set(sheet, style);
    const linked = linkedScripts(markup);
    const live = [...markup.matchAll(/ data-live="([^"]+)"/g)].map(([, script = '']) => script);
    const key = [...linked, ...live].join();
    let end = ends.get(key);
    if (!end) {
      const made = scriptsToCarry({ scripts, onDemand: [...carriedScripts, ...live] }, linked);
      ends.set(key, (end = { scripts: made, bytes: Buffer.from(made.markup) }));
    }
    writeText(join(folder, name), carriedPage(markup, style, end.scripts), end.bytes);
  };
}
