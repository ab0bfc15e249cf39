/**
 * Reads blocks: paragraphs, lists, tables, code fences, callouts, branches, policies and calculators.
 */
import { calculators } from '../calculators/index.ts';
import { expectNoContent, readAttributes, readCondition } from './attributes.ts';
import { readFence } from './fence.ts';
import { readInline, reportEmpty, reportExpression, spoken } from './inline.ts';
import type { Block, Condition, Inline } from './model.ts';
import { report, withoutProblems, type Notes } from './notes.ts';
import { readPolicy } from './policy-word.ts';
import { childrenOf, inBlocks, wordOf, type TreeNode } from './tree.ts';
import { needInput } from './values.ts';
import { calloutWords, detailWords, placementOf } from './words.ts';

export const readBlocks = (notes: Notes, nodes: readonly TreeNode[]): Block[] =>
  inBlocks(nodes).flatMap((node) => readBlock(notes, node));

/** What a word holds; a word that should hold something and does not is reported. */
export function readContent(notes: Notes, node: TreeNode): Block[] {
  if (inBlocks(childrenOf(node)).length === 0) reportEmpty(notes, node);
  return readBlocks(notes, childrenOf(node));
}

function readBlock(notes: Notes, node: TreeNode): Block[] {
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', children: readInline(notes, childrenOf(node)) }];
    case 'list': {
      const items = childrenOf(node).map((item) => readListItem(notes, item));
      return [{ type: 'list', ordered: node.ordered === true, items }];
    }
    case 'table':
      return [readTable(notes, node)];
    case 'code':
      return [readFence(notes, node)];
    case 'mdxFlowExpression':
      reportExpression(notes, node);
      return [];
    case 'mdxjsEsm':
      report(
        notes,
        node,
        'import',
        'A runbook imports and exports nothing.',
        'Delete the line; the words are there without it.',
      );
      return [];
    case 'heading':
      report(
        notes,
        node,
        'unexpected-content',
        'A heading is not among the things a runbook holds.',
        'Make it the `title` of a `<Task>`, or a sentence.',
      );
      return [];
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return readWord(notes, node);
    default:
      report(
        notes,
        node,
        'unexpected-content',
        `A ${spoken(node.type)} is not among the things a runbook holds.`,
        'Use paragraphs, lists, tables, code fences and the words of a runbook.',
      );
      return [];
  }
}

function readTable(notes: Notes, node: TreeNode): Block {
  const [first, ...others] = childrenOf(node);
  const cellsOf = (row: TreeNode): Inline[][] => childrenOf(row).map((cell) => readInline(notes, childrenOf(cell)));
  const head = first ? cellsOf(first) : [];
  const rows = others.map((row) => {
    const cells = cellsOf(row);
    if (cells.length > head.length) {
      report(
        notes,
        row,
        'unexpected-content',
        `A row of the table has ${cells.length} cells, and its head has ${head.length}.`,
        'Write `\\|` for a bar that stands inside a cell, also in code.',
      );
    }
    // Markdown lets a row end early; its last cells are empty.
    return head.map((_, index) => cells[index] ?? []);
  });
  return { type: 'table', head, rows };
}

function readListItem(notes: Notes, item: TreeNode): Block[] {
  if (typeof item.checked === 'boolean') {
    report(
      notes,
      item,
      'pre-ticked-box',
      'A list item carries a tick box of its own.',
      'Make it a `<Step>`, so that its tick is kept, or remove `[ ]`.',
    );
  }
  return readBlocks(notes, childrenOf(item));
}

function readWord(notes: Notes, node: TreeNode): Block[] {
  const word = wordOf(node);
  const callout = Object.hasOwn(calloutWords, word) ? calloutWords[word] : undefined;
  if (callout) {
    readAttributes(notes, node);
    return [{ type: 'callout', kind: callout, children: readContent(notes, node) }];
  }
  if (word === 'When') return [{ type: 'when', when: readCondition(notes, node), children: readContent(notes, node) }];
  if (word === 'Policy') return readPolicy(notes, node);
  const calculator = Object.hasOwn(calculators, word) ? calculators[word] : undefined;
  if (calculator) {
    readAttributes(notes, node);
    expectNoContent(notes, node);
    for (const input of calculator.live.needs) needInput(notes, node, input, word);
    for (const input of calculator.live.also) notes.welcome.add(input);
    return [{ type: 'calculator', name: word }];
  }
  report(notes, node, 'misplaced-word', `\`<${word}>\` cannot stand here.`, placementOf(word));
  readAttributes(notes, node);
  // The content of a detail is read as it would be in its place. A step's cannot be, but what it uses is used.
  readBlocks(Object.hasOwn(detailWords, word) ? notes : withoutProblems(notes), childrenOf(node));
  return [];
}

/** Puts blocks into the branches in which they stand, outermost first. */
export const inBranches = (blocks: readonly Block[], when: readonly Condition[]): Block[] =>
  when
    .toReversed()
    .reduce<Block[]>((children, condition) => [{ type: 'when', when: condition, children }], [...blocks]);
