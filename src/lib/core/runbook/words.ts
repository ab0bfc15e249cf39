/**
 * The words an author may use: a closed list, with the attributes of each and the place where it belongs.
 */
import { calculators } from '../calculators/index.ts';
import type { CalloutKind, Details } from './model.ts';
import { nearest } from './nearest.ts';
import { report, type Notes } from './notes.ts';
import { childrenOf, isElement, type TreeNode } from './tree.ts';

/** Words that belong to a step or gate beside its action, and the part of the model that each fills. */
export const detailWords: Readonly<Record<string, keyof Details>> = {
  Expect: 'expect',
  IfNot: 'ifNot',
  Undo: 'undo',
  Evidence: 'evidence',
  Why: 'why',
};

export const calloutWords: Readonly<Record<string, CalloutKind>> = {
  Note: 'note',
  Caution: 'caution',
  Warning: 'warning',
};

interface Attribute {
  readonly isNeeded: boolean;
  /** What to do when it is not there. */
  readonly mend: string;
}

const attribute = (mend: string, isNeeded = true): Attribute => ({ isNeeded, mend });
const optional = (mend: string): Attribute => attribute(mend, false);

const id = attribute('Write an id that will never change: `id="connect-upstream"`.');
const tier = attribute('Say who may do it: `tier={1}`, `{2}` or `{3}`.');
const minutes = attribute('Say how long it takes: `minutes={2}`.');
const formerly = optional('Name the ids that it had before: `formerly="old-id"`.');

const attributesOf: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  Task: {
    id,
    title: attribute('Begin it with a verb: `title="Connect this server to its upstream"`.'),
    role: optional('Write `role="backout"`, or leave it out.'),
    formerly,
  },
  Step: { id, tier, minutes, formerly },
  Gate: { id, title: attribute('Ask what is decided: `title="May production follow?"`.'), tier, minutes, formerly },
  Criterion: { id, formerly },
  When: {
    input: attribute('Name the input that decides: `input="useProxy"`.'),
    is: attribute('Name the values for which it holds, with spaces between them: `is="yes"`.'),
  },
  Value: { of: attribute('Name an input or a derived value: `of="upstreamServer"`.') },
  Wait: { minutes: attribute('Say how long: `minutes={5}`.'), upTo: optional('Say how long at most: `upTo={20}`.') },
  Escalate: {
    to: attribute('Name the tier to call: `to={3}`.'),
    after: attribute('Say after how many minutes: `after={10}`.'),
  },
  Policy: {
    id: attribute('Name a policy of the catalogue: `id="order-of-sources"`.'),
    state: optional('Write `state="enabled"`, `"disabled"` or `"not-configured"`.'),
    gpo: optional('Name the input that holds the name of the Group Policy Object: `gpo="productionGpo"`.'),
    in: optional('Write `in="intune"`, or leave it out for Group Policy.'),
  },
  ...Object.fromEntries(
    [...Object.keys(detailWords), ...Object.keys(calloutWords), ...Object.keys(calculators)].map((word) => [word, {}]),
  ),
};

/** The closed list, for the message that names it. */
export const words: readonly string[] = Object.keys(attributesOf).sort();

/** The attributes of a word. `<Policy>` takes more: one for each element of its policy. */
export const attributesOfWord = (word: string): Readonly<Record<string, Attribute>> =>
  (Object.hasOwn(attributesOf, word) ? attributesOf[word] : undefined) ?? {};

const inStep = 'Put it directly inside a `<Step>`.';
const inItem = 'Put it directly inside a `<Step>` or `<Gate>`.';
const inTask = 'Put it inside a `<Task>`, or a `<When>` in a task.';
const ownLines = 'Put it on lines of its own.';

/** Where each word belongs, for the message that finds it elsewhere. */
const placement: Readonly<Record<string, string>> = {
  Task: 'Put it at the top level of the file, or in a `<When>` there.',
  Step: inTask,
  Gate: inTask,
  Criterion: 'Put it directly inside a `<Gate>`.',
  Wait: 'Put it directly inside a `<Step>` or `<Gate>`.',
  Escalate: inStep,
  ...Object.fromEntries(Object.keys(detailWords).map((word) => [word, inItem])),
};

/** @param word One of the closed list. */
export const placementOf = (word: string): string => placement[word] ?? ownLines;

/**
 * Reports words that are not in the list, and gives back a tree without any, so that one slip is one problem: a
 * misspelt word is read as what it was meant to be, and a strange one as what it holds.
 */
export function withKnownWords(notes: Notes, node: TreeNode): TreeNode {
  const children = childrenOf(node).flatMap((child) => knownNodes(notes, child));
  return node.children ? { ...node, children } : node;
}

function knownNodes(notes: Notes, node: TreeNode): readonly TreeNode[] {
  const known = withKnownWords(notes, node);
  const name = node.name ?? '';
  if (!isElement(node) || words.includes(name)) return [known];
  const near = nearest(name, words);
  const list = `The words are: ${words.join(', ')}.`;
  report(
    notes,
    node,
    'unknown-word',
    `\`<${name}>\` is not one of the words of a runbook.`,
    near ? `Did you mean \`<${near}>\`? ${list}` : list,
  );
  return near ? [{ ...known, name: near }] : childrenOf(known);
}
