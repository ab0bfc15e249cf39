/**
 * Leaves out of a page what a browser reads without being told: a tenth of its weight, and of no element, attribute or
 * word. Which end tags may go and when is https://html.spec.whatwg.org/multipage/syntax.html#optional-tags; which
 * attributes need no quotes is in the section above it.
 */

/** Their tags are kept with what they hold; a comment has no name. */
const asWritten = ['', 'script', 'style', 'textarea'];

/** What begins after an end tag that may go. Each name stands for its start tag, or with `/` for its end tag. */
const endsBefore: Readonly<Record<string, readonly string[]>> = {
  li: ['li', '/ul', '/ol'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd', '/dl', '/div'],
  // Not before the end of a link, of `ins`, `del`, `noscript` and the like: these may hold a paragraph's lines as well.
  p: [
    ...'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6'.split(
      ' ',
    ),
    ...'header hr main nav ol p pre search section table ul'.split(' '),
    ...'/article /aside /blockquote /dd /details /dialog /div /fieldset /figure /footer /form /header'.split(' '),
    ...'/li /main /nav /section /td'.split(' '),
  ],
  td: ['td', 'th', '/tr'],
  th: ['td', 'th', '/tr'],
  tr: ['tr', '/tbody', '/thead', '/tfoot', '/table'],
  thead: ['tbody', 'tfoot'],
  tbody: ['tbody', 'tfoot', '/table'],
  option: ['option', 'optgroup', '/select', '/optgroup'],
};

/** A tag, or a whole element in which what looks like a tag is none. */
const tag =
  /(<!--[\s\S]*?-->|<(?:script|style|textarea)\b[\s\S]*?<\/(?:script|style|textarea)>|<\/?[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>)/;

/** As the table has it: `p`, or `/p` for an end tag. */
const nameIn = (markup: string): string => /^<(\/?[a-z][a-z0-9]*)/.exec(markup)?.[1] ?? '';
/** Whatever could end an unquoted attribute keeps its quotes. */
const plainAttribute = /(\s[^\s=>/"']+)="([\w.:#-]+)"|("[^"]*")/g;

interface Tag {
  readonly name: string;
  /** With as few quotes as it needs. */
  readonly short: string;
}

/** Most tags of a site are the same few hundred. Those with an id or an address are not, and are not remembered. */
const knownTags = new Map<string, Tag>();
const MOST_KNOWN = 2000;

function tagOf(markup: string): Tag {
  const known = knownTags.get(markup);
  if (known) return known;
  const name = nameIn(markup);
  const short =
    asWritten.includes(name) || name.startsWith('/')
      ? markup
      : markup.replace(plainAttribute, (all, attribute?: string, value?: string) =>
          attribute === undefined ? all : `${attribute}=${value ?? ''}`,
        );
  const made = { name, short };
  // A copy, because a piece of a text keeps all of that text in memory.
  if (knownTags.size < MOST_KNOWN && !/ (?:id|href)="/.test(markup)) {
    const copy = Buffer.from(markup).toString();
    knownTags.set(copy, short === markup ? { name, short: copy } : made);
  }
  return made;
}

/**
 * The same page in fewer bytes. Line breaks between words become spaces.
 *
 * @example compact('<ul class="a"><li>one</li><li>two</li></ul>') //=> '<ul class=a><li>one<li>two</ul>'
 */
export function compact(markup: string): string {
  // Every second part is a tag; between two of them stands text, which may be empty.
  const parts = markup.split(tag);
  const tags = parts.map((part, index) => (index % 2 === 0 ? undefined : tagOf(part)));
  let keepsSpace = false;
  let short = '';
  parts.forEach((part, index) => {
    const here = tags[index];
    if (!here) {
      short += keepsSpace || !part.includes('\n') ? part : part.replace(/\s*\n\s*/g, ' ');
      return;
    }
    const { name } = here;
    if (name === 'pre' || name === '/pre') keepsSpace = name === 'pre';
    const next = name.startsWith('/') && parts[index + 1] === '' ? tags[index + 2]?.name : undefined;
    if (next === undefined || !endsBefore[name.slice(1)]?.includes(next)) short += here.short;
  });
  return short;
}
