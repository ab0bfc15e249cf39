/**
 * Ids are promises, and hashes say whether the promise still means the same.
 *
 * A hash is taken over what an item *means*: its words, commands and branch, with white space folded.
 * Bold type, line breaks in the source, the item's id, number, tier and minutes leave it alone.
 */
import { calculators } from '../calculators/index.ts';
import type { CommandPart } from '../commands/command.ts';
import { sha256Hex } from '../hash.ts';
import type { Block, Condition, Gate, Inline, Runbook, Step, Wait } from './model.ts';
import { itemsOf } from './walk.ts';

const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * What something means, as JSON: texts are words with white space folded, everything else is an array that begins with its kind.
 * Two contents with the same meaning differ in layout only.
 */
type Meaning = string | number | undefined | readonly Meaning[];

const conditionMeaning = ({ input, is }: Condition): Meaning => ['when', input, [...new Set(is)].sort()];

/** Fixed text between holes. White space counts in a command, but not around it. */
function partsMeaning(parts: readonly CommandPart[]): Meaning {
  const meaning: Meaning[] = [];
  let text = '';
  for (const part of parts) {
    if ('text' in part) text += part.text;
    else {
      meaning.push(meaning.length === 0 ? text.trimStart() : text, ['value', part.of]);
      text = '';
    }
  }
  meaning.push(meaning.length === 0 ? text.trim() : text.trimEnd());
  return meaning;
}

function inlineMeaning(inline: readonly Inline[]): Meaning {
  const meaning: Meaning[] = [];
  let words = '';
  const close = (): void => {
    if (fold(words)) meaning.push(fold(words));
    words = '';
  };
  const add = (part: Meaning): void => {
    close();
    meaning.push(part);
  };
  const walk = (nodes: readonly Inline[]): void => {
    for (const node of nodes) {
      switch (node.type) {
        case 'text':
        case 'code':
          words += node.value;
          break;
        case 'break':
          words += ' ';
          break;
        case 'value':
          add(['value', node.of]);
          break;
        case 'when':
          add([conditionMeaning(node.when), inlineMeaning(node.children)]);
          break;
        case 'link':
          // What it leads to is meant; how many of the words are underlined is not.
          walk(node.children);
          add(['link', node.url]);
          break;
        case 'strong':
        case 'emphasis':
          walk(node.children);
      }
    }
  };
  walk(inline);
  close();
  return meaning;
}

const blocksMeaning = (blocks: readonly Block[]): Meaning => blocks.map(blockMeaning);

function blockMeaning(block: Block): Meaning {
  switch (block.type) {
    case 'paragraph':
      return ['paragraph', inlineMeaning(block.children)];
    case 'list':
      return ['list', block.ordered ? 'ordered' : 'points', block.items.map(blocksMeaning)];
    case 'table':
      return ['table', block.head.map(inlineMeaning), block.rows.map((row) => row.map(inlineMeaning))];
    case 'command':
      return ['command', block.shell, fold(block.where ?? ''), partsMeaning(block.parts)];
    case 'output':
      return ['output', block.text.trim()];
    case 'callout':
      return ['callout', block.kind, blocksMeaning(block.children)];
    case 'calculator':
      // What it says is content like the text around it.
      return ['calculator', block.name, blocksMeaning(calculators[block.name]?.blocks?.() ?? [])];
    case 'when':
      return [conditionMeaning(block.when), blocksMeaning(block.children)];
    case 'policy':
      // Places, labels and the text of commands follow from these and the catalogue, where their slips may be mended.
      return [
        'policy',
        block.id,
        block.state,
        block.registry.map((row) => [row.key, row.valueName, row.type, partsMeaning(row.data)]),
        ['objects', ...namesIn(block.commands.flat())],
        ...(block.intune
          ? [['intune', block.intune.uri, block.intune.value && partsMeaning(block.intune.value.data)]]
          : []),
      ];
  }
}

/** Names of the values in a command, each once. */
const namesIn = (parts: readonly CommandPart[]): string[] => [
  ...new Set(parts.flatMap((part) => ('of' in part ? [part.of] : []))),
];

type Unhashed<T> = Omit<T, 'hash' | 'number'>;

const waitMeaning = ({ minutes, upTo, body }: Wait): Meaning => [minutes, upTo, blocksMeaning(body)];

/** First 8 hex digits of the SHA-256 over what a step or gate means. */
export function itemHash(item: Unhashed<Step> | Unhashed<Gate>): string {
  const own: Meaning =
    item.kind === 'step'
      ? [
          inlineMeaning(item.action),
          item.wait && waitMeaning(item.wait),
          item.escalate && [item.escalate.to, item.escalate.afterMinutes, blocksMeaning(item.escalate.body)],
        ]
      : [
          fold(item.title),
          item.criteria.map(({ text, when }) => [inlineMeaning(text), when.map(conditionMeaning)]),
          // Left out where there is none, as before gates could have one.
          ...(item.wait ? [waitMeaning(item.wait)] : []),
        ];
  const { expect, ifNot, undo, evidence, why } = item.details;
  const details = [expect, ifNot, undo, evidence, why].map((blocks) => blocksMeaning(blocks ?? []));
  return shortHash([item.kind, own, blocksMeaning(item.body), details, item.when.map(conditionMeaning)]);
}

/** First 8 hex digits of the SHA-256 over title, tasks and items; two builds of the same content agree. */
export function revisionOf(runbook: Omit<Runbook, 'revision'>): string {
  return shortHash([
    fold(runbook.title),
    blocksMeaning(runbook.intro),
    runbook.tasks.map((task) => [
      task.id,
      fold(task.title),
      task.role,
      task.when.map(conditionMeaning),
      task.items.map((item) =>
        item.kind === 'passage'
          ? ['passage', item.when.map(conditionMeaning), blocksMeaning(item.body)]
          : [item.kind, item.id, item.tier, item.minutes, item.hash],
      ),
    ]),
  ]);
}

const shortHash = (meaning: Meaning): string => sha256Hex(JSON.stringify(meaning)).slice(0, 8);

/** Every id that a runbook publishes, in reading order: tasks, steps, gates and their criteria. */
export function publishedIds(runbook: Pick<Runbook, 'tasks'>): string[] {
  return runbook.tasks.flatMap((task) => [
    task.id,
    ...task.items.flatMap((item) => {
      if (item.kind === 'passage') return [];
      return item.kind === 'gate' ? [item.id, ...item.criteria.map(({ id }) => id)] : [item.id];
    }),
  ]);
}

/**
 * Compares the ids of today with the ledger of every id ever published.
 *
 * @returns A sentence for each id that vanished and was not named in a `formerly`.
 */
export function brokenPromises(ledger: readonly string[], runbook: Pick<Runbook, 'tasks'>): string[] {
  const kept = new Set([...publishedIds(runbook), ...formerIds(runbook)]);
  return ledger
    .filter((id) => !kept.has(id))
    .map((id) => `The id \`${id}\` has vanished. Put it back, or name it in \`formerly\` on what took its place.`);
}

/** Every id that something of today stands in for. */
export function formerIds(runbook: Pick<Runbook, 'tasks'>): string[] {
  return [
    ...runbook.tasks.flatMap(({ formerly }) => formerly),
    ...itemsOf(runbook).flatMap((item) => [
      ...item.formerly,
      ...(item.kind === 'gate' ? item.criteria.flatMap(({ formerly }) => formerly) : []),
    ]),
  ];
}
