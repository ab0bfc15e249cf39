/**
 * Reads what stands in a line of text.
 */
import { readAttributes, readCondition, expectNoContent, textOf } from './attributes.ts';
import { fieldFaults } from './field-lint.ts';
import { runbookPlace } from './library.ts';
import type { Inline } from './model.ts';
import { lint, lintNode, report, type Notes } from './notes.ts';
import { pageLink } from './site-pages.ts';
import { childrenOf, inLine, placeOf, wordOf, type TreeNode } from './tree.ts';
import { needValue } from './values.ts';

/** What stands in one line. Its pieces are judged one by one, and then its words as they are read, across bold type and code. */
export function readInline(notes: Notes, nodes: readonly TreeNode[]): Inline[] {
  const before = notes.problems.length;
  const inline = readNodes(notes, nodes);
  const told = new Set(notes.problems.slice(before).map(({ message }) => message));
  const [first] = nodes;
  if (first && nodes.length > 1) {
    for (const { code, message, mend } of fieldFaults(nodes.map(wordsIn).join(''))) {
      if (!told.has(message)) report(notes, first, code, message, mend);
    }
  }
  return inline;
}

const readNodes = (notes: Notes, nodes: readonly TreeNode[]): Inline[] =>
  nodes.flatMap((node) => readNode(notes, node));

/** What a reader sees of a node; a value has no words of its own yet. */
const wordsIn = (node: TreeNode): string =>
  node.type === 'text' || node.type === 'inlineCode'
    ? String(node.value ?? '')
    : wordOf(node) === 'Value'
      ? '…'
      : childrenOf(node).map(wordsIn).join('');

/** A line by itself: without the spaces around it. */
export const readLine = (notes: Notes, nodes: readonly TreeNode[]): Inline[] => trimEnds(readInline(notes, nodes));

function readNode(notes: Notes, node: TreeNode): Inline[] {
  const value = String(node.value ?? '');
  switch (node.type) {
    case 'text':
      lintNode(notes, node);
      return [{ type: 'text', value }];
    case 'inlineCode':
      return [readCode(notes, node, value)];
    case 'strong':
    case 'emphasis':
      return [{ type: node.type, children: readNodes(notes, childrenOf(node)) }];
    case 'break':
      return [{ type: 'break' }];
    case 'link':
      return [readLink(notes, node)];
    case 'mdxTextExpression':
    case 'mdxFlowExpression':
      reportExpression(notes, node);
      return [];
    case 'mdxJsxTextElement':
    case 'mdxJsxFlowElement':
      return readWord(notes, node);
    default:
      report(
        notes,
        node,
        'unknown-word',
        `A ${spoken(node.type)} cannot stand in a line of text.`,
        'Use plain text, bold, emphasis, code, links, `<Value>` and `<When>`.',
      );
      return [];
  }
}

function readCode(notes: Notes, node: TreeNode, value: string): Inline {
  const { line, column } = placeOf(node);
  lint(notes, value, () => ({ line, column }));
  if (/\{\{[^}]*\}\}/.test(value)) {
    report(
      notes,
      node,
      'value-in-inline-code',
      `\`${value}\` has a value by name in inline code.`,
      'Use `<Value of="…" />` in text, or a code fence for a command.',
    );
  }
  return { type: 'code', value };
}

function readLink(notes: Notes, node: TreeNode): Inline {
  const url = node.url ?? '';
  const children = readNodes(notes, childrenOf(node));
  const to = runbookPlace(url);
  if (to) {
    notes.references.push({ ...to, from: 'link', place: placeOf(node) });
    return { type: 'link', url, to, children };
  }
  const page = pageLink(url, notes);
  if (page && 'to' in page) return { type: 'link', url, to: page.to, children };
  if (page) {
    report(notes, node, 'unknown-page', page.message, page.mend);
    return { type: 'link', url, children };
  }
  if (url.startsWith('#')) notes.links.push({ id: url.slice(1), place: placeOf(node) });
  else if (!url.startsWith('https://')) {
    report(
      notes,
      node,
      'unexpected-content',
      `The link \`${url}\` does not lead anywhere safe.`,
      'Begin it with `https://`, with `#` and a step’s id, or write `/runbooks/`, `/calculators/`, `/policies/` or `/guide/`, an id, and `.html`.',
    );
  }
  return { type: 'link', url, children };
}

function readWord(notes: Notes, node: TreeNode): Inline[] {
  const word = wordOf(node);
  if (word === 'Value') {
    const of = textOf(readAttributes(notes, node), 'of');
    expectNoContent(notes, node);
    if (!of) return [];
    needValue(notes, node, of, 'text');
    return [{ type: 'value', of }];
  }
  if (word === 'When') {
    const when = readCondition(notes, node);
    const children = readNodes(notes, inLine(childrenOf(node)));
    if (children.length === 0) reportEmpty(notes, node);
    return [{ type: 'when', when, children }];
  }
  report(
    notes,
    node,
    'misplaced-word',
    `\`<${word}>\` cannot stand inside a line of text.`,
    'Put it on lines of its own.',
  );
  readAttributes(notes, node);
  return readNodes(notes, inLine(childrenOf(node)));
}

/** Braces outside code. MDX takes them for JavaScript; an author may have meant a value, or a remark to himself. */
export function reportExpression(notes: Notes, node: TreeNode): void {
  const source = String(node.value ?? '').trim();
  const name = /^(?:\{\s*)?([A-Za-z][A-Za-z0-9]*)(?:\s*\})?$/.exec(source)?.[1];
  const isRemark = /^\/[*/]/.test(source);
  report(
    notes,
    node,
    'expression',
    `\`{${source.replace(/\s+/g, ' ')}}\` outside code is JavaScript${isRemark ? '.' : ', not a value.'}`,
    name
      ? `Write \`<Value of="${name}" />\`.`
      : isRemark
        ? 'Delete it, or make it a comment in the front matter, after `#`.'
        : 'Write it as text, or in a code fence.',
  );
}

export const reportEmpty = (notes: Notes, node: TreeNode): void => {
  report(
    notes,
    node,
    'empty-word',
    `\`<${wordOf(node)}>\` holds nothing.`,
    'Write what belongs in it, or take it away.',
  );
};

/** What an author calls a kind of node that runbooks do not have. Each begins with a consonant, for the `A` before it. */
export const spoken = (type: string): string => names[type] ?? type;

const names: Readonly<Record<string, string>> = {
  blockquote: 'quotation',
  code: 'code fence',
  definition: 'link definition',
  delete: 'struck-out text',
  footnoteDefinition: 'footnote',
  footnoteReference: 'footnote',
  html: 'piece of HTML',
  image: 'picture',
  imageReference: 'picture',
  linkReference: 'link by reference',
  thematicBreak: 'horizontal rule',
};

function trimEnds(inline: readonly Inline[]): Inline[] {
  const nodes = [...inline];
  const [first] = nodes;
  if (first?.type === 'text') nodes[0] = { ...first, value: first.value.trimStart() };
  const last = nodes.at(-1);
  if (last?.type === 'text') nodes[nodes.length - 1] = { ...last, value: last.value.trimEnd() };
  return nodes.filter((node) => node.type !== 'text' || node.value !== '');
}

export const holdsLink = (inline: readonly Inline[]): boolean =>
  inline.some((node) => node.type === 'link' || ('children' in node && holdsLink(node.children)));
