/** What can be found: the parts of the site as entries, each with its place, its title, where it stands, and its words. */
import { calculators } from '../calculators/index.ts';
import type { CommandPart } from '../commands/command.ts';
import type { Policy } from '../policy/policy.ts';
import { reportText } from '../render/report-text.ts';
import type { Block, Gate, Inline, Passage, Runbook, Step, Task } from '../runbook/model.ts';
import { inputs } from '../sheet/inputs.ts';
import { labelOf } from '../sheet/sheet.ts';
import type { EntryKind } from './kinds.ts';

export interface Entry {
  /** From the root of the site: `runbooks/a.html#step`. */
  readonly path: string;
  readonly kind: EntryKind;
  readonly title: string;
  /** What it is a part of; empty for a whole page. */
  readonly within: string;
  /** Everything else that it says, commands and words on screen included. */
  readonly text: string;
}

const nameOf = (name: string): string => labelOf(name, inputs);
/** A value that the reader fills in. */
const blank = (name: string): string => `[${nameOf(name)}]`;
const join = (texts: readonly (string | undefined)[]): string => texts.filter(Boolean).join(' ');

const partsText = (parts: readonly CommandPart[]): string =>
  parts.map((part) => ('of' in part ? blank(part.of) : part.text)).join('');

const inlineText = (nodes: readonly Inline[]): string =>
  nodes
    .map((node): string => {
      switch (node.type) {
        case 'text':
        case 'code':
          return node.value;
        case 'value':
          return blank(node.of);
        case 'break':
          return ' ';
        default:
          return inlineText(node.children);
      }
    })
    .join('');

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return inlineText(block.children);
    case 'list':
      return join(block.items.map(blocksText));
    case 'table':
      return join([...block.head, ...block.rows.flat()].map(inlineText));
    case 'command':
      return partsText(block.parts);
    case 'output':
      return block.text;
    case 'callout':
    case 'when':
      return blocksText(block.children);
    case 'calculator':
      return calculators[block.name]?.title ?? '';
    case 'policy':
      return join([
        ...block.places.map(({ path, title }) => [...path, title].join(' > ')),
        ...block.options.map(({ label, data }) => `${label} ${partsText(data)}`),
        ...block.registry.map(({ key, valueName, type, data }) => `${key} ${valueName} ${type} ${partsText(data)}`),
        block.effect,
        ...block.commands.map(partsText),
      ]);
  }
}
const blocksText = (blocks: readonly Block[]): string => join(blocks.map(blockText));

const itemText = (item: Step | Gate): string =>
  join([
    blocksText(item.body),
    ...Object.values(item.details).map(blocksText),
    ...(item.kind === 'gate'
      ? item.criteria.map(({ text }) => inlineText(text))
      : [blocksText(item.escalate?.body ?? [])]),
    blocksText(item.wait?.body ?? []),
  ]);

const isPassage = (item: Step | Gate | Passage): item is Passage => item.kind === 'passage';

/** The runbook itself, then each task, step and gate of it in reading order. */
export function runbookEntries(runbook: Runbook): Entry[] {
  const page = `runbooks/${runbook.id}.html`;
  const taskEntries = (task: Task): Entry[] => {
    const within = `${runbook.title} > ${task.number} ${task.title}`;
    return [
      {
        path: `${page}#${task.id}`,
        kind: 'Task',
        title: `${task.number} ${task.title}`,
        within: runbook.title,
        text: join(task.items.filter(isPassage).map(({ body }) => blocksText(body))),
      },
      ...task.items
        .filter((item) => !isPassage(item))
        .map((item): Entry => ({
          path: `${page}#${item.id}`,
          kind: item.kind === 'gate' ? 'Gate' : 'Step',
          title: `${item.number} ${item.kind === 'gate' ? item.title : inlineText(item.action)}`,
          within,
          text: itemText(item),
        })),
    ];
  };
  return [
    {
      path: page,
      kind: 'Runbook',
      title: runbook.title,
      within: '',
      text: join([runbook.summary, blocksText(runbook.intro)]),
    },
    ...runbook.tasks.flatMap(taskEntries),
  ];
}

/**
 * Entries of all runbooks. The runbooks themselves come first: of places that answer a question equally well, the whole
 * stands before its parts, and whoever asks for "freeze" in a hurry finds the runbook of that name.
 */
export function libraryEntries(runbooks: readonly Runbook[]): Entry[] {
  const all = runbooks.flatMap(runbookEntries);
  return [...all.filter(({ kind }) => kind === 'Runbook'), ...all.filter(({ kind }) => kind !== 'Runbook')];
}

export const calculatorEntries = (): Entry[] =>
  Object.values(calculators).map(({ id, title, summary, live, example }) => ({
    path: `calculators/${id}.html`,
    kind: 'Calculator',
    title,
    within: '',
    text: join([summary, ...[...live.needs, ...live.also].map(nameOf), reportText(example())]),
  }));

/** @param path Where the site shows the policy. */
export const policyEntry = (policy: Policy, path: string): Entry => ({
  path,
  kind: 'Policy',
  title: policy.places.at(-1)?.title ?? policy.id,
  within: policy.id,
  text: join([
    ...policy.places.map(({ path: folders, title }) => [...folders, title].join(' > ')),
    policy.key,
    ...policy.elements.flatMap(({ label, valueName }) => [label, valueName]),
    ...policy.enabled.writes.map(({ valueName }) => valueName),
    policy.enabled.effect,
    policy.disabled.effect,
    policy.notConfigured.effect,
    policy.mdm?.uri,
    policy.mdm?.catalog?.name,
    policy.preference,
  ]),
});

/** A heading of a guide page, as the Markdown engine names it. */
export interface Heading {
  readonly slug: string;
  readonly text: string;
}

/** Marks of Markdown and words of MDX, which nobody looks for. */
const marks = /<\/?[A-Z][^>]*>|^\s*(?:[-*]|\d+\.)\s|^```.*$|\*\*|[`|]|\]\([^)]*\)|\[/gm;

/**
 * A guide page in parts, one for each heading below its title.
 *
 * @param headings In the order of the text; a line of the text that begins with `#` is the next of them.
 */
export function guideEntries(
  id: string,
  title: string,
  summary: string,
  headings: readonly Heading[],
  text: string,
): Entry[] {
  const page = `guide/${id}.html`;
  const [first = '', ...parts] = text.split(/^#{2,6} .*$/m);
  const clean = (part: string): string => part.replace(marks, ' ').replace(/\s+/g, ' ').trim();
  return [
    { path: page, kind: 'Guide', title, within: '', text: join([summary, clean(first)]) },
    ...headings.map(({ slug, text: heading }, index): Entry => ({
      path: `${page}#${slug}`,
      kind: 'Guide',
      title: heading,
      within: title,
      text: clean(parts[index] ?? ''),
    })),
  ];
}
