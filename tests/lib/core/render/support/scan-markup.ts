/**
 * Reads markup as strictly as no browser does: whatever is not a tag of ours, written as we write it, is an error. So text
 * that a browser might take for an element in some state of its parser cannot pass for text here.
 */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of the elements around it, outermost first. */
  readonly path: readonly string[];
}

export interface Scan {
  readonly elements: readonly Element[];
  /** All text between tags, with its entities read. */
  readonly text: string;
  /** Tags without their attributes' values: what a hostile text would change. */
  readonly shape: string;
}

const token = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>|([^<>]+)/y;
const voidElements = ['br', 'input', 'wbr'];
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export const readEntities = (text: string): string =>
  text.replace(/&([^;]*);/g, (_, name: string) => characters[name] ?? '\0');

/** @throws Error where the markup is not well-formed. */
export function scanMarkup(markup: string): Scan {
  const strange = /&(?!(?:amp|lt|gt|quot|#39);)/.exec(markup);
  if (strange) throw new Error(`An ampersand stands by itself: ${markup.slice(strange.index, strange.index + 40)}`);

  const elements: Element[] = [];
  const open: string[] = [];
  let text = '';
  let shape = '';
  token.lastIndex = 0;
  for (let at = 0; at < markup.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(markup);
    if (!found) throw new Error(`This is neither a tag nor text: ${markup.slice(at, at + 60)}`);
    const [, slash, name = '', attributes = '', words] = found;
    if (words !== undefined) text += readEntities(words);
    else if (slash) {
      if (open.pop() !== name || attributes)
        throw new Error(`</${name}> closes nothing: ${markup.slice(Math.max(0, at - 60), at)}`);
      shape += `</${name}>`;
    } else {
      const pairs = [...attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, readEntities(value)] as const,
      );
      elements.push({ name, attributes: Object.fromEntries(pairs), path: [...open] });
      shape += `<${[name, ...pairs.map(([key]) => key)].join(' ')}>`;
      if (!voidElements.includes(name)) open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`Not closed: ${open.join(', ')}`);
  return { elements, text, shape };
}
