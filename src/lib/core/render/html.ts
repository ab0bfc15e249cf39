/**
 * HTML from values, escaped by construction: whatever stands in a `${…}` is text unless it was made by `html`.
 */

/** A piece of markup that may go into a page as it is. Made by `html` and nowhere else. */
export class Html {
  readonly #markup: string;
  private constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
  /** @internal For `html` alone. */
  static of(markup: string): Html {
    return new Html(markup);
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

type Part = string | number | Html | false | undefined | readonly Part[];

const markupOf = (part: Part): string => {
  if (part === false || part === undefined) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escapeText(String(part));
};

/**
 * @example html`<b>${'a < b'}</b>`.toString() //=> '<b>a &lt; b</b>'
 */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  Html.of(strings.reduce((markup, text, index) => markup + markupOf(parts[index - 1]) + text));

/**
 * Text that stands between tags, where quotation marks need no escape; a page has thousands of them. Never for attributes.
 *
 * @example betweenTags('"a" < b').toString() //=> '"a" &lt; b'
 */
export const betweenTags = (text: string): Html =>
  Html.of(text.replace(/[&<>]/g, (character) => entities[character] ?? character));

/** Shorter ones fit a line of the narrowest screen. */
const SHORT = 24;

/**
 * Code in a line of text. A long path may break after each of its backslashes, and so not inside a word; what is copied
 * stays the same.
 *
 * @example codeText('HKLM\\SOFTWARE\\Policies\\WSUS').toString() //=> 'HKLM\\<wbr>SOFTWARE\\<wbr>Policies\\<wbr>WSUS'
 */
export const codeText = (text: string): Html =>
  Html.of(
    betweenTags(text)
      .toString()
      .replace(/\\(?=\w)/g, text.length > SHORT ? '\\<wbr>' : '\\'),
  );
