/**
 * Compiles runbooks for tests: real text, through the real Markdown engine, with the real catalogue.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCatalogue } from '../../src/lib/build/catalogue.ts';
import { guidePages } from '../../src/lib/build/library.ts';
import { compileRunbook } from '../../src/lib/build/runbook-source.ts';
import type { CommandPart } from '../../src/lib/core/commands/command.ts';
import type { Block, Condition, Gate, Inline, MdmRow, Runbook, Step, Task } from '../../src/lib/core/runbook/model.ts';
import { formatProblems } from '../../src/lib/core/runbook/problem.ts';
import type { Reading } from '../../src/lib/core/runbook/read.ts';

/** The project's own folder. */
export const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const policies = readCatalogue(resolve(projectFolder, 'src/content/policies'));

/** The pages of the guide. */
export const guide = guidePages(resolve(projectFolder, 'src/content/guide'));

export const compile = (source: string, id = 'example'): Reading => compileRunbook(source, id, policies, guide);

/** What an author reads about a file; empty when all is well. */
export const problemsOf = (source: string, id?: string): string => formatProblems(compile(source, id).problems);

/** The codes of a file's problems, in reading order. */
export const codesOf = (source: string): string[] => compile(source).problems.map(({ code }) => code);

/** @throws Error with the problems, when there are any. */
export function compiled(source: string, id?: string): Runbook {
  const { runbook, problems } = compile(source, id);
  if (!runbook) throw new Error(`The runbook does not compile.\n${formatProblems(problems)}`);
  return runbook;
}

// --- Making a file ----------------------------------------------------------------------------------------------

const meta = {
  title: 'Restart the WSUS service',
  summary: 'Use this when the WSUS service hangs. It changes nothing else.',
  ring: 'any',
  tools: ['wsus'],
  tier: 2,
  minutes: 5,
  owner: 'Endpoint engineering',
  reviewed: '2026-11-01',
  inputs: [] as readonly string[],
  sources: [] as readonly string[],
  changes: [{ date: '2026-11-01', what: 'First edition.' }],
};

/**
 * A whole file. Its front matter takes a line for each of eleven keys and the two fences, so that the text begins on line 14.
 *
 * @param keys Keys of the front matter other than the usual ones; `undefined` takes one away.
 */
export const file = (body: string, keys: Readonly<Record<string, unknown>> = {}): string =>
  `---\n${yaml({ ...meta, ...keys })}---\n${body}\n`;

/** One key a line; what JSON writes is YAML. */
const yaml = (keys: Readonly<Record<string, unknown>>): string =>
  Object.entries(keys)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');

export const task = (body: string): string => `<Task id="example-task" title="Try the example">\n\n${body}\n\n</Task>`;

/** A step around details or blocks; it expects something unless the body does. */
export const step = (body = '', id = 'example-step'): string =>
  [
    `<Step id="${id}" tier={2} minutes={1}>`,
    'Try the example.',
    ...(body ? ['', body] : []),
    ...(body.includes('<Expect') ? [] : ['', '<Expect>It works.</Expect>']),
    '</Step>',
  ].join('\n');

export const gate = (body = '<Criterion id="example-criterion">It holds.</Criterion>'): string =>
  `<Gate id="example-gate" title="May it go on?" tier={3} minutes={1}>\n\n${body}\n\n</Gate>`;

/** A file with one step around the text, which begins on line 19. */
export const fileWithStep = (body: string, inputs: readonly string[] = []): string =>
  file(task(step(body)), { inputs });

/** The first step of a file with one step around the text. */
export function stepWith(body: string, inputs: readonly string[] = []): Step {
  const [item] = compiled(fileWithStep(body, inputs)).tasks.flatMap(({ items }) => items);
  if (item?.kind !== 'step') throw new Error('The task does not begin with a step.');
  return item;
}

// --- Reading a runbook --------------------------------------------------------------------------------------------

/** A runbook as an indented outline: everything of the model but the hashes, so that a snapshot can be read. */
export const outline = (runbook: Pick<Runbook, 'intro' | 'tasks'>): string =>
  [...blockLines(runbook.intro), ...runbook.tasks.flatMap(taskLines)].join('\n');

export const outlineOfBlocks = (blocks: readonly Block[]): string => blockLines(blocks).join('\n');

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const branch = (when: readonly Condition[]): string =>
  when.map(({ input, is }) => ` if ${input}=${is.join('/')}`).join('');

const former = (ids: readonly string[]): string => (ids.length > 0 ? ` formerly ${ids.join(' ')}` : '');

const taskLines = (item: Task): string[] => [
  `${item.number} ${item.role} ${item.id}: ${item.title}${branch(item.when)}${former(item.formerly)}`,
  ...indented(
    item.items.flatMap((inner) =>
      inner.kind === 'passage'
        ? [`passage${branch(inner.when)}`, ...indented(blockLines(inner.body))]
        : itemLines(inner),
    ),
  ),
];

const itemLines = (item: Step | Gate): string[] => [
  `${item.number} ${item.kind} ${item.id} (tier ${item.tier}, ${item.minutes} min)${branch(item.when)}${former(item.formerly)}`,
  ...indented([
    item.kind === 'step' ? inlineText(item.action) : item.title,
    ...blockLines(item.body),
    ...(item.kind === 'gate'
      ? item.criteria.map(
          (criterion) => `criterion ${criterion.id}${branch(criterion.when)}: ${inlineText(criterion.text)}`,
        )
      : []),
    ...(item.kind === 'step' && item.wait
      ? [`wait ${item.wait.minutes} to ${item.wait.upTo}`, ...indented(blockLines(item.wait.body))]
      : []),
    ...(item.kind === 'step' && item.escalate
      ? [
          `escalate to tier ${item.escalate.to} after ${item.escalate.afterMinutes}`,
          ...indented(blockLines(item.escalate.body)),
        ]
      : []),
    ...Object.entries(item.details).flatMap(([name, blocks]) => [name, ...indented(blockLines(blocks))]),
  ]),
];

const blockLines = (blocks: readonly Block[]): string[] => blocks.flatMap(linesOfBlock);

function linesOfBlock(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
      return [`“${inlineText(block.children)}”`];
    case 'list':
      return block.items.flatMap((item, index) => [
        block.ordered ? `${index + 1}.` : '-',
        ...indented(blockLines(item)),
      ]);
    case 'table':
      return [block.head, ...block.rows].map((row) => `| ${row.map(inlineText).join(' | ')} |`);
    case 'command':
      return [`${block.shell}${block.where ? ` @ ${block.where}` : ''}: ${partsText(block.parts)}`];
    case 'output':
      return [`output: ${block.text}`];
    case 'callout':
      return [block.kind, ...indented(blockLines(block.children))];
    case 'calculator':
      return [`calculator ${block.name}`];
    case 'when':
      return [branch([block.when]).trim(), ...indented(blockLines(block.children))];
    case 'policy':
      return [
        `policy ${block.id} ${block.state}`,
        ...indented([
          ...block.places.map(({ generation, title }) => `${generation}: ${title}`),
          ...block.registry.map((row) => `${row.valueName} ${row.type} ${partsText(row.data)}`),
          ...block.commands.map(partsText),
          ...(block.intune ? [intuneText(block.intune)] : []),
        ]),
      ];
  }
}

const intuneText = ({ uri, catalog, value }: MdmRow): string =>
  `Intune: ${catalog ? `${catalog.category} > ${catalog.name}, ` : ''}${uri} ` +
  (value ? `${value.dataType} ${partsText(value.data)} ${value.entry ?? ''}`.trim() : 'not there');

const partsText = (parts: readonly CommandPart[]): string =>
  parts.map((part) => ('of' in part ? `{{${part.of}}}` : part.text)).join('');

/** Inline content as close to Markdown as one line can be. */
export const inlineText = (inline: readonly Inline[]): string =>
  inline
    .map((node): string => {
      switch (node.type) {
        case 'text':
          return node.value.replaceAll('\n', '⏎');
        case 'code':
          return `\`${node.value}\``;
        case 'value':
          return `{${node.of}}`;
        case 'break':
          return '↵';
        case 'strong':
          return `**${inlineText(node.children)}**`;
        case 'emphasis':
          return `*${inlineText(node.children)}*`;
        case 'link':
          return `[${inlineText(node.children)}](${node.url})`;
        case 'when':
          return `(${branch([node.when]).trim()}: ${inlineText(node.children)})`;
      }
    })
    .join('');
