/**
 * A runbook as one file to carry: its page with style and scripts in it, for a stick, a share or a mail, with nothing beside it.
 */

/** What the page loads from beside it on the site, by the file's name in `assets`. */
export interface CarriedFiles {
  readonly style: string;
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

/**
 * @param markup A runbook's page as the site's pages are written, with addresses that begin at the root.
 * @returns The page without any address of the site; the policy is still to be put in.
 * @throws Where the page asks for a script that is not among the files.
 */
export function carriedPage(markup: string, files: CarriedFiles): string {
  const scripts: string[] = [];
  const scriptOf = (name: string): string => {
    const code = files.scripts.get(name);
    if (code === undefined) throw new Error(`There is no script ${name} to carry.`);
    return inPage(code);
  };
  const held = new Map(files.onDemand.map((name) => [name, scriptOf(name)]));
  const revision = / data-revision="([0-9a-f]+)"/.exec(markup)?.[1] ?? '';

  return (
    markup
      .replace(/<script\b[^>]*\ssrc="\/assets\/([^"]+)"[^>]*><\/script>/g, (_, name: string) => {
        scripts.push(scriptOf(name));
        return '';
      })
      .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${files.style}</style>`)
      // Other pages are not carried, nor is the search over them.
      .replace(/<dt><kbd>\/<\/kbd><\/dt><dd>[^<]*<\/dd>/, '')
      .replace(/<nav aria-label="Site">[\s\S]*?<\/nav>/, '')
      .replace(/<[^>]+\sdata-site-only[\s>=][\s\S]*?<\/p>/g, '')
      .replace(/(<a\b[^>]*?)\shref="\/(?!\/)[^"]*"/g, '$1')
      .replace('</header>', () => `</header>${noteOf(revision)}`)
      // Scripts in a page cannot wait for its end by themselves.
      .replace(
        '</body>',
        () => `${[heldScripts(held), ...scripts].map((code) => `<script>${code}</script>`).join('')}</body>`,
      )
  );
}
