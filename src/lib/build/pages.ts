/**
 * The last pass over a built page: links become relative, so that one folder works at any address and from a disk,
 * and a content security policy is written that names every inline script by its hash.
 */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';

/** A tag that holds such an address: most hold none, and a page has thousands. */
const tag = /<[a-zA-Z][^>]*?\s(?:href|src)="\/(?!\/)[^>]*>/g;
const rooted = /(\s(?:href|src)=")\/(?!\/)([^"]*)(")/g;

/**
 * Makes every root-absolute `href` and `src` relative to the page.
 *
 * @param path The page's own path in the built folder, for example `runbooks/a.html`.
 * @param versions What to append to a file's address, so that a new build is never mixed with an old copy in a cache.
 * @example relativeLinks('<a href="/index.html">', 'runbooks/a.html', new Map()) //=> '<a href="../index.html">'
 */
export function relativeLinks(markup: string, path: string, versions: ReadonlyMap<string, string>): string {
  return markup.replace(tag, (element) =>
    element.replace(rooted, (_, before: string, target: string, after: string) => {
      const [file = '', rest = ''] = splitAt(target === '' ? 'index.html' : target, /[?#]/);
      const version = versions.get(file);
      const relative = posix.relative(posix.dirname(path), file);
      return `${before}${relative}${version ? `?v=${version}` : ''}${rest}${after}`;
    }),
  );
}

function splitAt(text: string, separator: RegExp): [string, string] {
  const index = text.search(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index)];
}

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
const inlineStyle = /<style>([\s\S]*?)<\/style>/g;

/**
 * Puts the policy first in the head. Only this site's files load, nothing is sent anywhere, and nothing may frame a base
 * address or a form target; `frame-ancestors` has no meaning in a page and belongs to the host's headers.
 *
 * @param isWhole The page holds all that it needs; nothing at all may be loaded.
 */
export function withContentSecurity(markup: string, isWhole = false): string {
  const own = isWhole ? [] : ["'self'"];
  const allow = (directive: string, inline: RegExp): string => {
    const hashes = [...markup.matchAll(inline)].map(([, text = '']) => sha256(text));
    return `${directive} ${[...own, ...new Set(hashes)].join(' ')}`;
  };
  const policy = [
    "default-src 'none'",
    allow('script-src', inlineScript),
    allow('style-src', inlineStyle),
    ...(isWhole ? ['img-src data:'] : ["worker-src 'self'", "img-src 'self' data:"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup.replace(/<head>/, () => `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`);
}
