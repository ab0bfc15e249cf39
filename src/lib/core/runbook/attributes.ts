/**
 * Reads the attributes of a word: texts in quotes, whole numbers in braces, ids, and the condition of a branch.
 */
import { derived } from '../sheet/derived.ts';
import { inputs } from '../sheet/inputs.ts';
import { Id, type Condition, type Tier } from './model.ts';
import { nearest } from './nearest.ts';
import { lint, report, type Notes } from './notes.ts';
import { childrenOf, placeOf, wordOf, type TreeNode } from './tree.ts';
import { needInput, needValue } from './values.ts';
import { attributesOfWord } from './words.ts';

/** By name; one that cannot be used is reported and not in here. */
export type Attributes = ReadonlyMap<string, string>;

export function readAttributes(notes: Notes, node: TreeNode): Attributes {
  const word = wordOf(node);
  const wrong = (message: string, mend: string): void => {
    report(notes, node, 'attribute-value', message, mend);
  };
  const known = attributesOfWord(word);
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const nodes: readonly unknown[] = Array.isArray(node.attributes) ? node.attributes : [];
  for (const attribute of nodes) {
    const { name, value, type } = attribute as { name?: string; value?: unknown; type?: string };
    if (type !== 'mdxJsxAttribute' || !name) {
      wrong(`\`<${word}>\` holds an expression.`, 'Write each attribute by name, as text or number.');
      continue;
    }
    const mend = Object.hasOwn(known, name) ? known[name]?.mend : undefined;
    const text = literal(value);
    if (seen.has(name)) wrong(`\`<${word}>\` has two attributes \`${name}\`.`, 'Take one of the two away.');
    else if (text === undefined) {
      wrong(`\`${name}\` of \`<${word}>\` is an expression.`, 'Write a text in quotes, or a whole number in braces.');
    } else if (text.trim() === '' && (mend || word === 'Policy')) {
      wrong(`\`${name}\` of \`<${word}>\` is empty.`, mend ?? `Write its value in quotes: \`${name}="…"\`.`);
    } else found.set(name, text);
    seen.add(name);
  }

  for (const [name, { isNeeded, mend }] of Object.entries(known)) {
    if (isNeeded && !seen.has(name))
      report(notes, node, 'missing-attribute', `\`<${word}>\` has no \`${name}\`.`, mend);
  }
  // The further attributes of a policy are known where the catalogue is at hand.
  for (const name of word === 'Policy' ? [] : found.keys()) {
    if (Object.hasOwn(known, name)) continue;
    const names = Object.keys(known).map((other) => `\`${other}\``);
    report(
      notes,
      node,
      'unknown-attribute',
      `\`<${word}>\` has an attribute \`${name}\` that it does not know.`,
      names.length > 0 ? `It knows ${names.join(', ')}.` : 'It takes no attributes.',
    );
  }
  return found;
}

/** A text, or a number, as text; empty when there is no value. Anything else in an attribute is JavaScript and is refused. */
function literal(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  const source = typeof value === 'object' && 'value' in value ? value.value : undefined;
  if (typeof source !== 'string') return undefined;
  const trimmed = source.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return trimmed;
  return /^(['"])[^'"\\]*\1$/.test(trimmed) ? trimmed.slice(1, -1) : undefined;
}

/** Reports content inside a word that stands alone. */
export function expectNoContent(notes: Notes, node: TreeNode): void {
  const [first] = childrenOf(node);
  if (!first) return;
  const word = wordOf(node);
  report(
    notes,
    first,
    'unexpected-content',
    `\`<${word}>\` holds something, but it stands alone.`,
    `Close it at once: \`<${word} … />\`.`,
  );
}

/** The text of an attribute in one line; empty when it is missing. */
export const textOf = (attributes: Attributes, name: string): string =>
  (attributes.get(name) ?? '').replace(/\s+/g, ' ').trim();

export function readTitle(notes: Notes, node: TreeNode, attributes: Attributes): string {
  const title = textOf(attributes, 'title');
  lint(notes, title, () => placeOf(node));
  return title;
}

/** A whole number from `from` to `to`, both included; `from` when it is missing or wrong. */
export function readNumber(
  notes: Notes,
  node: TreeNode,
  attributes: Attributes,
  name: string,
  from: number,
  to: number,
): number {
  if (!attributes.has(name)) return from;
  const text = textOf(attributes, name);
  const count = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (count >= from && count <= to) return count;
  report(
    notes,
    node,
    'attribute-value',
    `\`${name}\` of \`<${wordOf(node)}>\` is \`${text}\`.`,
    `Write a whole number from ${from} to ${to} in braces: \`${name}={${from}}\`.`,
  );
  return from;
}

export const readTier = (notes: Notes, node: TreeNode, attributes: Attributes, name = 'tier'): Tier =>
  // The bounds are those of the type.
  readNumber(notes, node, attributes, name, 1, 4) as Tier;

/** Ids that the page around a runbook has for itself. */
const isReserved = (id: string): boolean => id === 'main' || id.startsWith('rb-');

export function readId(notes: Notes, node: TreeNode, attributes: Attributes): string {
  const id = textOf(attributes, 'id');
  if (!attributes.has('id')) return '';
  const first = notes.ids.get(id);
  if (!Id.safeParse(id).success) {
    report(
      notes,
      node,
      'malformed-id',
      `\`${id}\` cannot be an id.`,
      'Write lower-case words joined by hyphens, beginning with a letter: `connect-upstream`.',
    );
  } else if (isReserved(id)) {
    report(
      notes,
      node,
      'malformed-id',
      `The page keeps the id \`${id}\` for itself.`,
      'Write another one, not `main` and not beginning with `rb-`.',
    );
  } else if (first) {
    report(
      notes,
      node,
      'duplicate-id',
      `The id \`${id}\` is used twice; it was first used at ${first.line}:${first.column}.`,
      'Give one of the two another id. Keep the one that was published first.',
    );
  } else notes.ids.set(id, placeOf(node));
  return id;
}

/** What a message calls a step, gate or task: by its id, if it has one. */
export const called = (node: TreeNode, id: string): string =>
  id ? `${wordOf(node)} \`${id}\`` : `This ${wordOf(node).toLowerCase()}`;

export function readFormerly(notes: Notes, node: TreeNode, attributes: Attributes): string[] {
  const ids = textOf(attributes, 'formerly').split(/\s+/).filter(Boolean);
  for (const id of ids) {
    if (Id.safeParse(id).success) notes.formerIds.push({ id, place: placeOf(node) });
    else
      report(
        notes,
        node,
        'malformed-id',
        `\`${id}\` in \`formerly\` cannot be an id.`,
        'Write ids separated by spaces.',
      );
  }
  return ids;
}

/** The condition of a `<When>`. */
export function readCondition(notes: Notes, node: TreeNode): Condition {
  const attributes = readAttributes(notes, node);
  const input = textOf(attributes, 'input');
  const is = textOf(attributes, 'is').split(/\s+/).filter(Boolean);
  if (Object.hasOwn(inputs, input)) {
    needInput(notes, node, input);
    const options = inputs[input]?.options?.map(({ value }) => value);
    if (!options) cannotBranch(notes, node, `The input \`${input}\` has no list of answers to pick a branch by.`);
    for (const value of is) {
      if (!options || options.includes(value)) continue;
      const near = nearest(value, options);
      const can = `It can be ${options.map((option) => `\`${option}\``).join(', ')}.`;
      report(
        notes,
        node,
        'unknown-option',
        `The input \`${input}\` can never be \`${value}\`.`,
        near ? `Did you mean \`${near}\`? ${can}` : can,
      );
    }
  } else if (Object.hasOwn(derived, input)) {
    needValue(notes, node, input, 'text');
    cannotBranch(notes, node, `\`${input}\` is worked out of inputs and cannot pick a branch.`);
  } else if (input) needValue(notes, node, input, 'text');
  return { input, is };
}

const cannotBranch = (notes: Notes, node: TreeNode, message: string): void => {
  report(notes, node, 'unknown-option', message, 'Branch on a choice or a yes/no input.');
};
