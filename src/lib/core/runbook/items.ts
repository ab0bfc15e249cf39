/**
 * Reads what a task holds: steps, gates, and the passages between them.
 */
import {
  called,
  readAttributes,
  readCondition,
  readFormerly,
  readId,
  readNumber,
  readTier,
  readTitle,
  type Attributes,
} from './attributes.ts';
import { inBranches, readBlocks, readContent } from './blocks.ts';
import { itemHash } from './identity.ts';
import { holdsLink, readLine, reportEmpty } from './inline.ts';
import type { Block, Condition, Criterion, Details, Gate, Passage, Step, Wait } from './model.ts';
import { report, type Notes } from './notes.ts';
import { childrenOf, holdsWord, inBlocks, inLine, wordOf, type TreeNode } from './tree.ts';
import { detailWords } from './words.ts';

type Unnumbered<T extends Step | Gate> = Omit<T, 'number'>;
export type Item = Unnumbered<Step> | Unnumbered<Gate> | Passage;

const MOST_MINUTES = 24 * 60;
const MOST_MINUTES_TO_WAIT = 14 * 24 * 60;

/** Words that are a part of their step or gate, beside its text. */
const partWords = [...Object.keys(detailWords), 'Wait', 'Escalate', 'Criterion'];

/** Reads the content of a task, or of branches in it: `when` is what must hold for all of it. */
export function readItems(notes: Notes, nodes: readonly TreeNode[], when: readonly Condition[] = []): Item[] {
  const items: Item[] = [];
  for (const node of inBlocks(nodes)) {
    const word = wordOf(node);
    if (word === 'Step') items.push(readStep(notes, node, when));
    else if (word === 'Gate') items.push(readGate(notes, node, when));
    else if (word === 'When' && holdsWord(node, ['Step', 'Gate'])) {
      items.push(...readItems(notes, childrenOf(node), [...when, readCondition(notes, node)]));
    } else {
      const body = readBlocks(notes, [node]);
      const last = items.at(-1);
      if (last?.kind === 'passage' && isSame(last.when, when)) last.body.push(...body);
      else if (body.length > 0) items.push({ kind: 'passage', when: [...when], body });
    }
  }
  return items;
}

const isSame = (one: readonly Condition[], other: readonly Condition[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A part of a step or gate, with the branches that stand around it inside the item. */
interface Part {
  readonly node: TreeNode;
  readonly when: readonly Condition[];
}

/** Takes the branches apart that hold a part of the item; any other branch is a part of the text. */
function partsOf(notes: Notes, nodes: readonly TreeNode[], when: readonly Condition[] = []): Part[] {
  return inBlocks(nodes).flatMap((node): Part[] =>
    wordOf(node) === 'When' && holdsWord(node, partWords)
      ? partsOf(notes, childrenOf(node), [...when, readCondition(notes, node)])
      : [{ node, when }],
  );
}

/** The text of an item: everything that is no part of its own. */
function readBody(notes: Notes, parts: readonly Part[]): Block[] {
  const runs: { when: readonly Condition[]; nodes: TreeNode[] }[] = [];
  for (const { node, when } of parts) {
    const last = runs.at(-1);
    if (last && isSame(last.when, when)) last.nodes.push(node);
    else runs.push({ when, nodes: [node] });
  }
  return runs.flatMap(({ when, nodes }) => inBranches(readBlocks(notes, nodes), when));
}

const detailKeys = Object.values(detailWords);
const isDetail = ({ node }: Part): boolean => Object.hasOwn(detailWords, wordOf(node));
const isA =
  (word: string) =>
  ({ node }: Part): boolean =>
    wordOf(node) === word;

/** `<Expect>` and its like. Several of a kind may stand in different branches. */
function readDetails(notes: Notes, parts: readonly Part[]): Details {
  const details: Details = {};
  const seen = new Set<string>();
  for (const { node, when } of parts.filter(isDetail)) {
    const word = wordOf(node);
    const key = detailWords[word] ?? 'expect';
    const place = word + JSON.stringify(when);
    if (seen.has(place)) reportRepeated(notes, node);
    seen.add(place);
    readAttributes(notes, node);
    details[key] = [...(details[key] ?? []), ...inBranches(readContent(notes, node), when)];
  }
  // As they stand on the page, however the author put them: what is made from them says so, too.
  return Object.fromEntries(detailKeys.flatMap((key) => (details[key] ? [[key, details[key]]] : [])));
}

const reportRepeated = (notes: Notes, node: TreeNode): void => {
  report(notes, node, 'repeated-word', `\`<${wordOf(node)}>\` stands twice in one step or gate.`, 'Join the two.');
};

/** A word that a step or gate has once, whatever the branch: `<Wait>` and `<Escalate>`. */
function readOnce<T>(
  notes: Notes,
  parts: readonly Part[],
  word: string,
  read: (node: TreeNode, attributes: Attributes, body: Block[]) => T,
): T | undefined {
  const [first, ...others] = parts.filter(isA(word));
  for (const { node } of others) reportRepeated(notes, node);
  if (!first) return undefined;
  const { node, when } = first;
  if (when.length > 0) {
    report(
      notes,
      node,
      'misplaced-word',
      `\`<${word}>\` cannot stand in a branch of its step.`,
      `Put it directly inside the step or gate, and the \`<When>\` inside it, or make two steps.`,
    );
  }
  return read(node, readAttributes(notes, node), readBlocks(notes, childrenOf(node)));
}

const readWait = (notes: Notes, parts: readonly Part[]): Wait | undefined =>
  readOnce(notes, parts, 'Wait', (node, attributes, body) => {
    const minutes = readNumber(notes, node, attributes, 'minutes', 0, MOST_MINUTES_TO_WAIT);
    const upTo = attributes.has('upTo')
      ? readNumber(notes, node, attributes, 'upTo', minutes, MOST_MINUTES_TO_WAIT)
      : minutes;
    return { minutes, upTo, body };
  });

function readStep(notes: Notes, node: TreeNode, when: readonly Condition[]): Unnumbered<Step> {
  const attributes = readAttributes(notes, node);
  const id = readId(notes, node, attributes);
  const parts = partsOf(notes, childrenOf(node));
  const details = readDetails(notes, parts);
  if (!details.expect && !holdsWord(node, ['Expect'])) {
    report(
      notes,
      node,
      'no-expected-result',
      `${called(node, id)} does not say what the technician should see.`,
      'Add `<Expect>` with the words on the screen.',
    );
  }
  const wait = readWait(notes, parts);
  const escalate = readOnce(notes, parts, 'Escalate', (escalateNode, escalateAttributes, body) => ({
    to: readTier(notes, escalateNode, escalateAttributes, 'to'),
    afterMinutes: readNumber(notes, escalateNode, escalateAttributes, 'after', 0, MOST_MINUTES_TO_WAIT),
    body,
  }));
  const [first, ...others] = parts.filter((part) => !isDetail(part) && !isA('Wait')(part) && !isA('Escalate')(part));
  const hasAction = first?.node.type === 'paragraph' && first.when.length === 0;
  const action = hasAction ? readLine(notes, childrenOf(first.node)) : [];
  if (!hasAction) {
    report(
      notes,
      first?.node ?? node,
      'no-action',
      `${called(node, id)} does not begin with a paragraph.`,
      'Begin with one paragraph that says the one thing to do; it becomes the label of the box.',
    );
  } else if (holdsLink(action)) {
    report(
      notes,
      first.node,
      'link-in-action',
      `${called(node, id)} has a link in its action, which is the label of a box.`,
      'Move the link into a second paragraph or into `<Why>`.',
    );
  }
  const item = {
    kind: 'step' as const,
    id,
    tier: readTier(notes, node, attributes),
    minutes: readNumber(notes, node, attributes, 'minutes', 0, MOST_MINUTES),
    when: [...when],
    formerly: readFormerly(notes, node, attributes),
    action,
    body: readBody(notes, hasAction ? others : [...(first ? [first] : []), ...others]),
    details,
    ...(wait && { wait }),
    ...(escalate && { escalate }),
  };
  return { ...item, hash: itemHash(item) };
}

function readGate(notes: Notes, node: TreeNode, when: readonly Condition[]): Unnumbered<Gate> {
  const attributes = readAttributes(notes, node);
  const id = readId(notes, node, attributes);
  const parts = partsOf(notes, childrenOf(node));
  const wait = readWait(notes, parts);
  const criteria = parts.filter(isA('Criterion')).map((part) => readCriterion(notes, part));
  if (criteria.length === 0) {
    report(
      notes,
      node,
      'too-few-criteria',
      `${called(node, id)} has no criteria.`,
      'Add a `<Criterion id="…">` for each thing that must hold.',
    );
  }
  const item = {
    kind: 'gate' as const,
    id,
    title: readTitle(notes, node, attributes),
    tier: readTier(notes, node, attributes),
    minutes: readNumber(notes, node, attributes, 'minutes', 0, MOST_MINUTES),
    when: [...when],
    formerly: readFormerly(notes, node, attributes),
    body: readBody(
      notes,
      parts.filter((part) => !isDetail(part) && !isA('Criterion')(part) && !isA('Wait')(part)),
    ),
    criteria,
    details: readDetails(notes, parts),
    ...(wait && { wait }),
  };
  return { ...item, hash: itemHash(item) };
}

function readCriterion(notes: Notes, { node, when }: Part): Criterion {
  const attributes = readAttributes(notes, node);
  const text = readLine(notes, inLine(childrenOf(node)));
  if (childrenOf(node).length === 0) reportEmpty(notes, node);
  if (holdsLink(text)) {
    report(
      notes,
      node,
      'link-in-action',
      'A criterion has a link in its text, which is the label of a box.',
      'Move the link into the text of the gate or into `<Why>`.',
    );
  }
  return {
    id: readId(notes, node, attributes),
    formerly: readFormerly(notes, node, attributes),
    when: [...when],
    text,
  };
}
