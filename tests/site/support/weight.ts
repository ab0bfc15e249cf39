/**
 * What a page costs to open: its own files, compressed as a web host sends them.
 */
import { gzipSync } from 'node:zlib';
import { elementsOf, holdsCode, loadedAddresses, resolveInSite, textOf, type Site } from './site.ts';

/** Sizes in bytes after gzip. */
export interface PageWeight {
  readonly htmlBytes: number;
  readonly styleBytes: number;
  /** Every script: files, and what stands in the page. */
  readonly scriptBytes: number;
  /** Scripts that must have run before the first tick: everything but the files named in `later`. */
  readonly firstTickScriptBytes: number;
  /** The page itself, and everything a browser asks for by itself to show it. */
  readonly requests: readonly string[];
}

/** As a web host sends it. */
export const gzipBytes = (content: string | Uint8Array) => gzipSync(content, { level: 9 }).length;

/**
 * Weighs one page of the site.
 *
 * @param later Beginnings of the names of script files that the first tick does not wait for.
 */
export function weighPage(site: Site, path: string, later: readonly string[]): PageWeight {
  const html = textOf(site, path);
  const elements = elementsOf(html);
  const files = [
    ...new Set(
      loadedAddresses(elements)
        .filter((address) => !address.startsWith('data:'))
        .map((address) => resolveInSite(path, address).path),
    ),
  ];
  const isLater = (file: string) => later.some((name) => file.slice(file.lastIndexOf('/') + 1).startsWith(name));
  const sizeOf = (wanted: (file: string) => boolean) =>
    files.filter(wanted).reduce((sum, file) => sum + gzipBytes(site.get(file) ?? ''), 0);
  const inline = (name: string) =>
    elements
      .filter((element) => element.name === name && (name !== 'script' || holdsCode(element)))
      .reduce((sum, { text }) => sum + (text === '' ? 0 : gzipBytes(text)), 0);

  return {
    htmlBytes: gzipBytes(html),
    styleBytes: sizeOf((file) => file.endsWith('.css')) + inline('style'),
    scriptBytes: sizeOf((file) => file.endsWith('.js')) + inline('script'),
    firstTickScriptBytes: sizeOf((file) => file.endsWith('.js') && !isLater(file)) + inline('script'),
    requests: [path, ...files],
  };
}
