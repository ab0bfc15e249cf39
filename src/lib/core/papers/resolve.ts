/**
 * A runbook's content with the values of a sheet in it: what the page does at every keystroke, done once, as data.
 * Branches that do not apply are gone, branches nobody has answered for say so, and what is missing is a named blank.
 */
import { calculators } from '../calculators/index.ts';
import { composeCommand } from '../commands/compose.ts';
import type { CommandPart, Shell } from '../commands/command.ts';
import { pathAbove, stateButtons } from '../policy/generation.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { branchWords, calloutNames } from '../render/runbook-html.ts';
import type { Block, Condition, Inline, MdmRow, PolicyBlock, Runbook } from '../runbook/model.ts';
import { itemsOf } from '../runbook/walk.ts';
import { inputs } from '../sheet/inputs.ts';
import { commandValue, holds, holdsAll, labelOf, type Sheet } from '../sheet/sheet.ts';
import type { Flow, Line, Span } from './paper.ts';

/** What a paper is filled from. */
export interface Filling {
  readonly sheet: Sheet;
  /** The day at the reader's site, `YYYY-MM-DD`. */
  readonly today: string;
  /** Numbers of steps, gates and tasks by id: a link inside the runbook becomes "step 2.4". */
  readonly places: ReadonlyMap<string, string>;
}

/** @example placesOf(runbook).get('choose-upstream') //=> 'step 2.2' */
export function placesOf(runbook: Pick<Runbook, 'tasks'>): ReadonlyMap<string, string> {
  const places = new Map(runbook.tasks.map(({ id, number }) => [id, `task ${number}`]));
  for (const { id, kind, number } of itemsOf(runbook)) places.set(id, `${kind} ${number}`);
  return places;
}

const plain = (text: string): Line => [{ text }];

const blank = (name: string): Span => ({ text: labelOf(name, inputs), style: 'blank' });

function valueSpan(name: string, { sheet }: Filling): Span {
  const cell = Object.hasOwn(sheet, name) ? sheet[name] : undefined;
  return cell?.state === 'given' ? { text: cell.text, style: 'strong' } : blank(name);
}

/** A line of text with values, branches and links worked out. Emphasis inside emphasis keeps the outer one. */
export function resolveInline(nodes: readonly Inline[], filling: Filling, style?: Span['style']): Line {
  return apart(nodes.flatMap((node): Line => resolveNode(node, filling, style)));
}

/** A branch may begin in the middle of a sentence; its condition in brackets stands apart from the word before it. */
const apart = (line: Line): Line =>
  line.flatMap((span, index): Line => {
    const before = line[index - 1];
    const isTight = span.style === 'branch' && before !== undefined && /[^\s(]$/.test(before.text);
    return isTight ? [{ text: ' ' }, span] : [span];
  });

function resolveNode(node: Inline, filling: Filling, style: Span['style']): Line {
  switch (node.type) {
    case 'text':
      // A line break in the source is a space in the sentence.
      return [{ text: node.value.replace(/\s+/g, ' '), style }];
    case 'code':
      return [{ text: node.value, style: 'code' }];
    case 'break':
      return [{ text: '\n' }];
    case 'value':
      return [valueSpan(node.of, filling)];
    case 'strong':
    case 'emphasis':
      return resolveInline(node.children, filling, style ?? node.type);
    case 'link':
      return [...resolveInline(node.children, filling, style), ...linkSpan(node, filling)];
    case 'when': {
      const answer = holds(node.when, filling.sheet);
      if (answer === false) return [];
      const children = resolveInline(node.children, filling, style);
      return answer ? children : [{ text: `(${branchWords([node.when])}) `, style: 'branch' }, ...children];
    }
  }
}

/** Where a link leads, in words that stand on paper. */
function linkSpan({ url, to }: Extract<Inline, { type: 'link' }>, { places }: Filling): Line {
  if (to) return [{ text: ` (${'runbook' in to ? `runbook ${to.runbook}` : `${to.page} ${to.id}`})` }];
  if (!url.startsWith('#')) return [{ text: '', href: url }];
  const place = places.get(url.slice(1));
  return place ? [{ text: ` (${place})` }] : [];
}

/** A command with its arguments in the quotes of its shell; what is missing is a named blank. */
export function resolveCommand(shell: Shell, parts: readonly CommandPart[], { sheet }: Filling): Line {
  const { pieces } = composeCommand(shell, parts, (name) =>
    commandValue(Object.hasOwn(sheet, name) ? sheet[name] : undefined),
  );
  return pieces.map((piece) => {
    if (piece.of === undefined) return { text: piece.text };
    return piece.text === undefined ? blank(piece.of) : { text: piece.text };
  });
}

/** Data of a policy: as it is typed into the editor, without quotes. */
export const resolveData = (parts: readonly CommandPart[], filling: Filling): Line =>
  parts.map((part) => ('of' in part ? valueSpan(part.of, filling) : { text: part.text }));

const line = (...spans: readonly Span[]): Flow => ({ kind: 'line', line: spans });

/** A setting as Intune takes it, in the words of the page. */
function resolveIntune({ effect }: PolicyBlock, { uri, catalog, value }: MdmRow, filling: Filling): readonly Flow[] {
  const data = value ? resolveData(value.data, filling) : [];
  const flow: Flow[] = [];
  if (catalog) flow.push(line({ text: `Settings Catalog: ${catalog.category} › ${catalog.name}` }));
  if (!value) flow.push(line({ text: 'Take the setting out of the profile.' }));
  else if (value.entry !== undefined) {
    flow.push(line({ text: 'Choose the entry that begins with ' }, { text: value.entry, style: 'strong' }));
  } else if (catalog) {
    flow.push(
      line(
        { text: 'Choose ' },
        ...data,
        ...(catalog.isList
          ? [{ text: '. Select Add for each part between |, and enter one in each box, in this order.' }]
          : []),
      ),
    );
  }
  flow.push(line({ text: 'OMA-URI: ' }, { text: uri, style: 'code' }));
  if (value) flow.push(line({ text: 'Value: ' }, ...data, { text: `, data type ${value.dataType}` }));
  return [...flow, line({ text: effect })];
}

function resolvePolicy(policy: PolicyBlock, filling: Filling): readonly Flow[] {
  if (policy.intune) return resolveIntune(policy, policy.intune, filling);
  const flow: Flow[] = [];
  for (const { generation, path, title } of policy.places) {
    const condition: Condition = { input: 'templates', is: [generation] };
    const answer = generation === 'any' ? true : holds(condition, filling.sheet);
    if (answer === false) continue;
    const place = line(
      { text: [...pathAbove, ...path].join(' › ') },
      { text: '. Setting: ' },
      { text: title, style: 'strong' },
    );
    flow.push(answer ? place : { kind: 'labelled', label: branchWords([condition]), body: [place] });
  }
  flow.push(line({ text: 'State: ' }, { text: stateButtons[policy.state], style: 'strong' }));
  for (const { label, data } of policy.options) {
    // Some labels of the templates end with a colon.
    flow.push(line({ text: `${label.replace(/:$/, '')}: ` }, ...resolveData(data, filling)));
  }
  for (const { key, valueName, type, data } of policy.registry) {
    flow.push(
      line({ text: `${key}\\${valueName}`, style: 'code' }, { text: ` (${type}): ` }, ...resolveData(data, filling)),
    );
  }
  if (policy.commands.length > 0) {
    flow.push({
      kind: 'command',
      shell: 'powershell',
      where: 'a computer with the Group Policy module, in place of the clicks',
      text: policy.commands.flatMap((parts, index) => [
        ...(index ? plain('\n') : []),
        ...resolveCommand('powershell', parts, filling),
      ]),
    });
  }
  return flow;
}

function reportPartFlow(part: ReportPart): Flow[] {
  switch (part.kind) {
    case 'sentence':
      return [line({ text: part.text })];
    case 'warning':
      return [{ kind: 'labelled', label: 'Caution', body: [line({ text: part.text })] }];
    case 'note':
      return [{ kind: 'labelled', label: 'Note', body: [line({ text: part.text })] }];
    case 'facts':
      return [
        {
          kind: 'table',
          caption: part.caption,
          head: [],
          rows: part.rows.map(({ label, value }) => [plain(label), plain(value)]),
        },
      ];
    case 'table':
      return [
        {
          kind: 'table',
          caption: part.caption,
          head: part.head.map(plain),
          rows: part.rows.map((row) => row.map(plain)),
        },
      ];
    case 'path':
      return [line({ text: `${part.label}: ${part.steps.join(' › ')}` })];
    case 'command': {
      const { shell, where, title, text, why } = part.command;
      return [
        line({ text: title, style: 'strong' }),
        { kind: 'command', shell, where, text: plain(text) },
        line({ text: why }),
      ];
    }
  }
}

/** What a calculator says, as content of a paper. */
export const reportFlow = (report: Report): readonly Flow[] => report.flatMap(reportPartFlow);

function resolveCalculator(name: string, filling: Filling): readonly Flow[] {
  const calculator = calculators[name];
  if (!calculator) return [];
  const { title, live, blocks, background } = calculator;
  if (blocks) return [{ kind: 'labelled', label: title, body: resolveBlocks(blocks(), filling) }];
  const answer = live.answer(filling.sheet, filling.today);
  const body =
    answer.state === 'ready'
      ? reportFlow([...answer.report, ...(background?.() ?? [])])
      : [
          line(
            { text: answer.why ?? 'Worked out once these are given: ' },
            ...(answer.why ? [] : answer.waitsFor.flatMap((id, index) => [...(index ? plain(', ') : []), blank(id)])),
          ),
        ];
  return [{ kind: 'labelled', label: title, body }];
}

/** Blocks with values, branches, policies and calculators worked out. */
export function resolveBlocks(blocks: readonly Block[], filling: Filling, depth = 0): readonly Flow[] {
  return blocks.flatMap((block): readonly Flow[] => {
    switch (block.type) {
      case 'paragraph': {
        const children = resolveInline(block.children, filling);
        return children.some(({ text, href }) => text.trim() || href) ? [{ kind: 'line', line: children }] : [];
      }
      case 'list':
        return block.items.flatMap((item, index) =>
          listItem(item, block.ordered ? `${index + 1}.` : '•', depth, filling),
        );
      case 'table':
        return [
          {
            kind: 'table',
            caption: '',
            head: block.head.map((cell) => resolveInline(cell, filling)),
            rows: block.rows.map((row) => row.map((cell) => resolveInline(cell, filling))),
          },
        ];
      case 'command':
        return [
          {
            kind: 'command',
            shell: block.shell,
            where: block.where,
            text: resolveCommand(block.shell, block.parts, filling),
          },
        ];
      case 'output':
        return [{ kind: 'output', text: block.text }];
      case 'callout':
        return [
          { kind: 'labelled', label: calloutNames[block.kind], body: resolveBlocks(block.children, filling, depth) },
        ];
      case 'calculator':
        return resolveCalculator(block.name, filling);
      case 'when':
        return resolveBranch([block.when], filling, () => resolveBlocks(block.children, filling, depth));
      case 'policy':
        return resolvePolicy(block, filling);
    }
  });
}

/** What stands under conditions: nothing when one fails, under "Only if …" while one is unknown. */
export function resolveBranch(
  when: readonly Condition[],
  { sheet }: Filling,
  body: () => readonly Flow[],
): readonly Flow[] {
  const answer = holdsAll(when, sheet);
  if (answer === false) return [];
  const flow = body();
  return answer || flow.length === 0 ? flow : [{ kind: 'labelled', label: branchWords(when), body: flow }];
}

function listItem(item: readonly Block[], mark: string, depth: number, filling: Filling): readonly Flow[] {
  const [first, ...rest] = item;
  const opening = first?.type === 'paragraph' ? resolveInline(first.children, filling) : [];
  const others = first?.type === 'paragraph' ? rest : item;
  return [{ kind: 'item', mark, depth, line: opening }, ...resolveBlocks(others, filling, depth + 1)];
}
