/**
 * The tree that a Markdown engine hands over, and how its nodes come into blocks.
 */

interface Point {
  readonly line: number;
  readonly column: number;
}

/** The part of an mdast node that the compiler looks at; every Markdown engine's tree fits it. */
export interface TreeNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string | null;
  readonly lang?: string | null;
  readonly meta?: string | null;
  readonly url?: string;
  readonly ordered?: boolean | null;
  readonly checked?: boolean | null;
  readonly attributes?: unknown;
  readonly children?: readonly TreeNode[];
  readonly position?: { readonly start: Point; readonly end?: Point };
}

/** A place in the file. Lines and columns count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Where a node begins; the first character of the file for a node that does not know. */
export const placeOf = (node: TreeNode): Place => ({
  line: node.position?.start.line ?? 1,
  column: node.position?.start.column ?? 1,
});

/**
 * Where a character of a text node stands in the file.
 *
 * The engine takes the indentation of continued lines away; what the last line lost is what all of them lost.
 */
export function placeInText(node: TreeNode, offset: number): Place {
  const text = String(node.value ?? '');
  const lines = text.split('\n');
  const before = text.slice(0, offset).split('\n');
  const { line, column } = placeOf(node);
  const inLine = before.at(-1)?.length ?? 0;
  if (before.length === 1) return { line, column: column + inLine };
  const end = node.position?.end?.column ?? 1;
  const indent = Math.max(0, end - 1 - (lines.at(-1)?.length ?? 0));
  return { line: line + before.length - 1, column: indent + inLine + 1 };
}

export const childrenOf = (node: TreeNode): readonly TreeNode[] => node.children ?? [];

export const isElement = (node: TreeNode): boolean =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

/** The word that an element is; empty for any other node. */
export const wordOf = (node: TreeNode): string => (isElement(node) ? (node.name ?? '') : '');

/** Whether a node or anything inside it is one of these words. */
export const holdsWord = (node: TreeNode, words: readonly string[]): boolean =>
  words.includes(wordOf(node)) || childrenOf(node).some((child) => holdsWord(child, words));

const isBlank = (node: TreeNode): boolean => node.type === 'text' && String(node.value ?? '').trim() === '';

const inlineTypes = new Set([
  'text',
  'strong',
  'emphasis',
  'inlineCode',
  'link',
  'break',
  'mdxTextExpression',
  'delete',
  'image',
  'footnoteReference',
]);

const isValue = (node: TreeNode): boolean => wordOf(node) === 'Value';
const isTextBranch = (node: TreeNode): boolean => node.type === 'mdxJsxTextElement' && node.name === 'When';

/** What belongs to a line of text wherever it stands. */
const isInline = (node: TreeNode): boolean => inlineTypes.has(node.type) || isValue(node) || isTextBranch(node);

/** A branch that MDX took for a block because it stands alone on its line, and that holds a line of text. */
const isLineBranch = (node: TreeNode): boolean =>
  node.type === 'mdxJsxFlowElement' &&
  node.name === 'When' &&
  childrenOf(node).length > 0 &&
  childrenOf(node).every((child) => isInline(child) || isLineBranch(child));

const isBlockWord = (node: TreeNode): boolean => isElement(node) && !isValue(node) && !isTextBranch(node);

const newLine: TreeNode = { type: 'text', value: '\n' };

/**
 * Takes a paragraph apart where words that are blocks stand on lines of their own in it.
 *
 * @returns Lines of text as paragraphs, and the words between them, in reading order.
 */
function piecesOf(paragraph: TreeNode): TreeNode[] {
  const children = childrenOf(paragraph);
  if (!children.some(isBlockWord)) return [paragraph];

  const lines: TreeNode[][] = [[]];
  for (const child of children) {
    if (child.type === 'text') {
      let offset = 0;
      for (const [index, value] of String(child.value ?? '')
        .split('\n')
        .entries()) {
        if (index > 0) lines.push([]);
        if (value) lines.at(-1)?.push({ type: 'text', value, position: { start: placeInText(child, offset) } });
        offset += value.length + 1;
      }
    } else lines.at(-1)?.push(child);
  }

  const pieces: TreeNode[] = [];
  let text: TreeNode[] = [];
  const close = (): void => {
    if (text.some((node) => !isBlank(node))) pieces.push(asParagraph(text));
    text = [];
  };
  for (const line of lines) {
    const filled = line.filter((node) => !isBlank(node));
    if (filled.length > 0 && filled.every(isBlockWord)) {
      close();
      pieces.push(...filled);
    } else text.push(...(text.length > 0 ? [newLine] : []), ...line);
  }
  close();
  return pieces;
}

function asParagraph(children: readonly TreeNode[]): TreeNode {
  const first = children.find((child) => child.position && !isBlank(child));
  return { type: 'paragraph', children, ...(first?.position && { position: first.position }) };
}

/** What stands between two neighbours of one paragraph; nothing when an empty line makes them two paragraphs. */
function joint(before: TreeNode, after: TreeNode): readonly TreeNode[] | undefined {
  const end = before.position?.end;
  const start = after.position?.start;
  if (!end || !start) return [];
  if (start.line > end.line + 1) return undefined;
  if (start.line > end.line) return [newLine];
  return start.column > end.column ? [{ type: 'text', value: ' ' }] : [];
}

/**
 * Brings children into blocks. Loose inline nodes come into paragraphs. Words that are blocks come out of the paragraphs in
 * which they have lines of their own. And a `<Value>` or a branch that MDX cut out of a paragraph, only because the author's
 * line ended there, goes back into it.
 */
export function inBlocks(nodes: readonly TreeNode[]): TreeNode[] {
  const blocks: TreeNode[] = [];
  let run: TreeNode[] = [];
  const close = (): void => {
    if (run.every(isLineBranch)) blocks.push(...run);
    else {
      const children = run.flatMap((node, index) => {
        const before = run[index - 1];
        return [
          ...(before ? (joint(before, node) ?? []) : []),
          ...(node.type === 'paragraph' ? childrenOf(node) : [node]),
        ];
      });
      if (children.some((child) => !isBlank(child))) {
        const [only] = run;
        blocks.push(run.length === 1 && only?.type === 'paragraph' ? only : asParagraph(children));
      }
    }
    run = [];
  };
  for (const node of nodes.flatMap((child) => (child.type === 'paragraph' ? piecesOf(child) : [child]))) {
    if (node.type === 'paragraph' || isInline(node) || isLineBranch(node)) {
      const before = run.at(-1);
      if (before && !joint(before, node)) close();
      run.push(node);
    } else {
      close();
      blocks.push(node);
    }
  }
  close();
  return blocks;
}

/** The inline nodes of a word that holds one line, whether the engine wrapped them in paragraphs or not. */
export const inLine = (nodes: readonly TreeNode[]): TreeNode[] =>
  inBlocks(nodes).flatMap((block, index) => [
    ...(index > 0 ? [newLine] : []),
    ...(block.type === 'paragraph' ? childrenOf(block) : [block]),
  ]);
