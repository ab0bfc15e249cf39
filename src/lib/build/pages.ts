/**
 * The last pass over a built page: links become relative, so that one folder works at any address and from a disk,
 * and a content security policy is written that names every inline script by its hash.
 */
import { hash } from 'node:crypto';
import { posix } from 'node:path';

/** An attribute of a tag that leads to a file of the site by an address that begins at the root. */
export interface RootedAddress {
  /** Name of the element, in lower case. */
  readonly element: string;
  readonly attribute: 'href' | 'src';
  /** Without the slash at its beginning. */
  readonly target: string;
}

/**
 * Finds what leads into the site. A page has thousands of tags and some dozens of these, so they are looked for by their
 * letters: a regular expression for tags takes ten times as long.
 *
 * @param write What to put in the place of the attribute and the space before it; nothing leaves it as it is.
 */
export function replaceRooted(markup: string, write: (address: RootedAddress) => string | undefined): string {
  let written = '';
  let done = 0;
  for (let at = markup.indexOf('="/'); at >= 0; at = markup.indexOf('="/', at + 1)) {
    const attribute = (['href', 'src'] as const).find((name) => markup.endsWith(name, at));
    const start = attribute === undefined ? -1 : at - attribute.length - 1;
    if (attribute === undefined || !/\s/.test(markup.charAt(start)) || markup.charAt(at + 3) === '/') continue;
    const open = markup.lastIndexOf('<', start);
    // Words that look like an attribute stand after the end of a tag.
    const element = /^[a-z][\w-]*/i.exec(markup.slice(open + 1, open + 20))?.[0].toLowerCase();
    if (element === undefined || markup.lastIndexOf('>', start) > open) continue;
    const end = markup.indexOf('"', at + 2);
    const text = write({ element, attribute, target: markup.slice(at + 3, end) });
    if (text === undefined) continue;
    written += markup.slice(done, start) + text;
    done = end + 1;
  }
  return written + markup.slice(done);
}

/**
 * Makes every root-absolute `href` and `src` relative to the page.
 *
 * @param path The page's own path in the built folder, for example `runbooks/a.html`.
 * @param versions What to append to a file's address, so that a new build is never mixed with an old copy in a cache.
 * @example relativeLinks('<a href="/index.html">', 'runbooks/a.html', new Map()) //=> '<a href="../index.html">'
 */
export function relativeLinks(markup: string, path: string, versions: ReadonlyMap<string, string>): string {
  const folder = posix.dirname(path);
  return replaceRooted(markup, ({ attribute, target }) => {
    const [file, rest] = splitAt(target === '' ? 'index.html' : target, /[?#]/);
    const version = versions.get(file);
    return ` ${attribute}="${posix.relative(folder, file)}${version ? `?v=${version}` : ''}${rest}"`;
  });
}

function splitAt(text: string, separator: RegExp): [string, string] {
  const index = text.search(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index)];
}

/** A text as a policy names it. */
export const hashForPolicy = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;

/** The texts of all elements of this name that stand in the page and are not loaded from a file. */
function inlineTexts(markup: string, name: 'script' | 'style'): string[] {
  const texts: string[] = [];
  for (let at = markup.indexOf(`<${name}`); at >= 0; at = markup.indexOf(`<${name}`, at)) {
    const start = markup.indexOf('>', at) + 1;
    if (/\ssrc=/.test(markup.slice(at, start))) {
      at = start;
      continue;
    }
    at = markup.indexOf(`</${name}>`, start);
    texts.push(markup.slice(start, at));
  }
  return texts;
}

interface Whole {
  /** The page holds all that it needs; nothing at all may be loaded. */
  readonly isWhole: boolean;
  /** Of scripts that will stand in the page as well. */
  readonly further: readonly string[];
}

/**
 * Puts the policy first in the head. Only this site's files load, nothing is sent anywhere, and nothing may frame a base
 * address or a form target; `frame-ancestors` has no meaning in a page and belongs to the host's headers.
 */
export function withContentSecurity(
  markup: string,
  { isWhole, further }: Whole = { isWhole: false, further: [] },
): string {
  const own = isWhole ? [] : ["'self'"];
  const allow = (kind: 'script' | 'style', more: readonly string[]): string =>
    `${kind}-src ${[...own, ...new Set([...inlineTexts(markup, kind).map(hashForPolicy), ...more])].join(' ')}`;
  const policy = [
    "default-src 'none'",
    allow('script', further),
    allow('style', []),
    ...(isWhole ? ['img-src data:'] : ["worker-src 'self'", "img-src 'self' data:"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup.replace('<head>', () => `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`);
}
