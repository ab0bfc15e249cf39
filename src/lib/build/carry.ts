/**
 * A runbook as one file to carry: its page with style and scripts in it, for a stick, a share or a mail, with nothing beside it.
 */
import { hashForPolicy, replaceRooted, withContentSecurity } from './pages.ts';

/** Scripts of the site, by their names in `assets`. */
interface SiteScripts {
  readonly scripts: ReadonlyMap<string, string>;
  /** Names of the scripts that the page may ask for later. */
  readonly onDemand: readonly string[];
}

/**
 * Text of a script that stands in a page: there the letters `</script` end it, wherever they are.
 *
 * @throws Where the script holds `<!--`, for which there is no such spelling that is right in every place.
 */
export function inPage(script: string): string {
  if (script.includes('<!--')) throw new Error('A script that holds `<!--` cannot stand in a page.');
  return script.replace(/<\/(script)/gi, '<\\/$1');
}

/**
 * Scripts that wait in the page until it asks for them by name; see `load` in components/client/places.
 *
 * @example heldScripts(new Map([['a.js', 'f()']])) //=> 'globalThis.ringbookHeld={"a.js":()=>{f()\n}};'
 */
export const heldScripts = (scripts: ReadonlyMap<string, string>): string =>
  `globalThis.ringbookHeld={${[...scripts].map(([name, code]) => `${JSON.stringify(name)}:()=>{${code}\n}`).join(',')}};`;

const noteOf = (revision: string): string =>
  '<aside class="rb-notice rb-screen" aria-label="This file"><p>' +
  `<b>One file to carry</b>, of revision <code>${revision}</code>. It keeps ticks and values apart from the site, and in ` +
  'Firefox with this file at this place. To bring them over, choose <b>Save to a file</b> here, and open that file on the ' +
  'site: search, papers and other pages are there.' +
  '</p></aside>';

/** The scripts at the end of a page, which many pages share: most of what such a file is made of. */
export interface CarriedScripts {
  /** From the first script on, to the end of the page. */
  readonly markup: string;
  readonly hashes: readonly string[];
}

/**
 * @param linked Names of the scripts that the page names itself, in their order.
 * @throws Where one of the scripts is not among the files.
 */
export function scriptsToCarry({ scripts, onDemand }: SiteScripts, linked: readonly string[]): CarriedScripts {
  const scriptOf = (name: string): string => {
    const code = scripts.get(name);
    if (code === undefined) throw new Error(`There is no script ${name} to carry.`);
    return inPage(code);
  };
  const held = new Map(onDemand.map((name) => [name, scriptOf(name)]));
  const codes = [heldScripts(held), ...linked.map(scriptOf)];
  return {
    // Scripts in a page cannot wait for its end by themselves.
    markup: `${codes.map((code) => `<script>${code}</script>`).join('')}</body></html>`,
    hashes: codes.map(hashForPolicy),
  };
}

/** Scripts that the page asks for by itself, by their names in `assets`. */
export const linkedScripts = (markup: string): string[] =>
  [...markup.matchAll(/<script\b[^>]*\ssrc="\/assets\/([^"]+)"/g)].map(([, name = '']) => name);

const END = '</body></html>';

/** Without the paragraphs that speak of the site alone. */
function withoutSiteOnly(markup: string): string {
  let rest = markup;
  for (let at; (at = rest.indexOf(' data-site-only')) >= 0;) {
    rest = rest.slice(0, rest.lastIndexOf('<', at)) + rest.slice(rest.indexOf('</p>', at) + '</p>'.length);
  }
  return rest;
}

const withoutOwnLinks = (markup: string): string =>
  replaceRooted(markup, (address) => (address.element === 'a' && address.attribute === 'href' ? '' : undefined));

/**
 * @param markup A runbook's page as the site's pages are written, with addresses that begin at the root.
 * @returns The page without any address of the site, with its policy, up to where the scripts follow.
 */
export function carriedPage(markup: string, style: string, { hashes }: CarriedScripts): string {
  const revision = / data-revision="([0-9a-f]+)"/.exec(markup)?.[1] ?? '';
  if (!markup.endsWith(END)) throw new Error('A page to carry must end with its body.');
  const page = markup
    .slice(0, -END.length)
    .replace(/<script\b[^>]*\ssrc="\/assets\/[^"]+"[^>]*><\/script>/g, '')
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
    // Other pages are not carried, nor is the search over them.
    .replace(/<dt><kbd>\/<\/kbd><\/dt><dd>[^<]*<\/dd>/, '')
    .replace(/<nav aria-label="Site">[\s\S]*?<\/nav>/, '')
    .replace('</header>', () => `</header>${noteOf(revision)}`);
  return withContentSecurity(withoutOwnLinks(withoutSiteOnly(page)), { isWhole: true, further: hashes });
}
