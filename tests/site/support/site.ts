/**
 * A built site as a value: every file by its path, every page parsed as a browser parses it.
 */
import { htmlToHast } from 'satteri';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Contents by path in the built folder, with `/` between folders: `runbooks/a.html`. */
export type Site = ReadonlyMap<string, Uint8Array>;

export interface PageElement {
  readonly name: string;
  /** Names are in lower case, without hyphens; an attribute without a value is the empty text. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly in this element, as written: for scripts and styles, their whole source. */
  readonly text: string;
  readonly isInHead: boolean;
}

/**
 * Reads a built folder.
 *
 * @throws When the folder is missing or empty, saying how to make it.
 */
export function readSite(folder: string): Site {
  const files = new Map<string, Uint8Array>();
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path));
    }
  } catch (error) {
    throw new Error(`The built site is not at ${folder}. Run \`npm run build\` first.`, { cause: error });
  }
  if (files.size === 0) throw new Error(`The built site at ${folder} is empty. Run \`npm run build\` first.`);
  return files;
}

export const pagePaths = (site: Site): string[] => [...site.keys()].filter((path) => path.endsWith('.html')).sort();

/** @returns The text of a file of the site; the empty text when there is no such file. */
export const textOf = (site: Site, path: string): string => new TextDecoder().decode(site.get(path));

const isElement = (element: PageElement, name: string) => element.name === name;

/** All elements of a page in document order. */
export function elementsOf(html: string): PageElement[] {
  const elements: PageElement[] = [];
  const visit = (node: HastShape, isInHead: boolean) => {
    if (node.type === 'element' && node.tagName !== undefined) {
      elements.push({
        name: node.tagName,
        attributes: attributesOf(node.properties ?? {}),
        text: (node.children ?? []).map((child) => (child.type === 'text' ? (child.value ?? '') : '')).join(''),
        isInHead,
      });
    }
    const isHead = isInHead || node.tagName === 'head';
    for (const child of node.children ?? []) visit(child, isHead);
  };
  visit(htmlToHast(html) as HastShape, false);
  return elements;
}

interface HastShape {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly HastShape[];
}

const propertyToAttribute: Readonly<Record<string, string>> = { classname: 'class', htmlfor: 'for' };

function attributesOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([property, value]) => {
      const name = property.toLowerCase();
      const text = value === true ? '' : Array.isArray(value) ? value.join(' ') : String(value);
      return [propertyToAttribute[name] ?? name, text];
    }),
  );
}

/** Whether a script element holds code: not data such as JSON. */
export function holdsCode(element: PageElement): boolean {
  const type = element.attributes['type'];
  const isCode = type === undefined || /^$|^module$|^text\/javascript$|^application\/javascript$/i.test(type);
  return isElement(element, 'script') && isCode;
}

/** The addresses a browser asks for by itself when it opens the page. */
export function loadedAddresses(elements: readonly PageElement[]): string[] {
  return elements.flatMap(({ name, attributes }) => {
    const own = [attributes['srcset']?.split(',').map((part) => part.trim().split(/\s+/)[0] ?? '') ?? []].flat();
    if (name === 'link') {
      const loads = /\b(stylesheet|icon|manifest|preload|modulepreload|prefetch|preconnect|dns-prefetch)\b/i;
      if (loads.test(attributes['rel'] ?? '')) own.push(attributes['href'] ?? '');
    } else if (name === 'use' || name === 'image') {
      own.push(attributes['href'] ?? attributes['xlinkhref'] ?? '');
    } else if (name === 'object') {
      own.push(attributes['data'] ?? '');
    } else {
      own.push(attributes['src'] ?? '', attributes['poster'] ?? '');
    }
    return own.filter((address) => address !== '' && !address.startsWith('#'));
  });
}

/**
 * Where a relative address leads inside the site.
 *
 * @example resolveInSite('runbooks/a.html', '../assets/x.css?1#top') //=> { path: 'assets/x.css', fragment: 'top' }
 */
export function resolveInSite(from: string, address: string): { path: string; fragment: string } {
  const url = new URL(address, `http://site/${from}`);
  return { path: decodeURIComponent(url.pathname.slice(1)), fragment: decodeURIComponent(url.hash.slice(1)) };
}
