/**
 * Walks through a runbook: what its page shows to a reader who answers the deciding questions in one way, and every
 * other question with the example of the vocabulary.
 */
import { htmlToHast } from 'satteri';
import { calculatorById } from '../../../src/lib/core/calculators/index.ts';
import { isShell, type CommandPart } from '../../../src/lib/core/commands/command.ts';
import { composeCommand } from '../../../src/lib/core/commands/compose.ts';
import { readBranch } from '../../../src/lib/core/render/branch.ts';
import { introHtml, tasksHtml } from '../../../src/lib/core/render/runbook-html.ts';
import type { Condition, Runbook } from '../../../src/lib/core/runbook/model.ts';
import { itemsOf } from '../../../src/lib/core/runbook/walk.ts';
import { branchesOfInputs } from '../../../src/lib/core/runbook/uses.ts';
import { inputs } from '../../../src/lib/core/sheet/inputs.ts';
import { commandValue, holdsAll, makeSheet, type FieldsById, type Sheet } from '../../../src/lib/core/sheet/sheet.ts';

/** The day of every walk. */
const today = '2026-11-20';

/** Something that a page shows where all conditions of `chain` hold, outermost first. `at` is the step around it. */
export interface Shown {
  readonly kind: 'step' | 'value' | 'command' | 'link' | 'calculator' | 'branch';
  readonly name: string;
  readonly at: string;
  readonly chain: readonly Condition[];
  readonly shell?: string;
  readonly parts?: readonly CommandPart[];
}

export interface Page {
  readonly runbook: Runbook;
  readonly shown: readonly Shown[];
  /** Every id that a link can lead to, with what must hold for it to be there. */
  readonly anchors: ReadonlyMap<string, readonly Condition[]>;
}

interface Node {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
}

const attribute = (node: Node, name: string): string | undefined => {
  const value = node.properties?.[name];
  return value === undefined ? undefined : Array.isArray(value) ? value.join(' ') : String(value);
};
const textIn = (node: Node): string => node.value ?? (node.children ?? []).map(textIn).join('');
const within = (node: Node, name: string): Node[] =>
  (node.children ?? []).flatMap((child) => [...(child.tagName === name ? [child] : []), ...within(child, name)]);

/** Reads what a page shows out of its markup, as the page's own script does. */
export function readPage(runbook: Runbook): Page {
  const shown: Shown[] = [];
  const anchors = new Map<string, readonly Condition[]>();
  const visit = (node: Node, at: string, chain: readonly Condition[]): void => {
    const when = attribute(node, 'dataWhen');
    const own = when === undefined ? chain : [...chain, ...readBranch(when)];
    const id = attribute(node, 'id');
    const classes = (attribute(node, 'className') ?? '').split(' ');
    const isStep = classes.includes('rb-step') || classes.includes('rb-gate');
    const here = isStep || classes.includes('rb-task') ? (id ?? at) : at;
    const add = (kind: Shown['kind'], name: string, more: Partial<Shown> = {}): void => {
      shown.push({ kind, name, at: here, chain: own, ...more });
    };
    if (id !== undefined) anchors.set(id, own);
    if (when !== undefined) add('branch', when);
    if (isStep) add('step', id ?? '');
    const of = attribute(node, 'dataOf');
    if (of !== undefined) add('value', of);
    const calculator = attribute(node, 'dataCalculator');
    if (calculator !== undefined) add('calculator', calculator);
    const href = attribute(node, 'href');
    if (href?.startsWith('#')) add('link', href.slice(1));
    if (classes.includes('rb-command')) {
      const [code] = within(node, 'code');
      const parts = (code?.children ?? []).map((child): CommandPart => {
        const name = attribute(child, 'dataOf');
        return name === undefined ? { text: textIn(child) } : { of: name };
      });
      add('command', code ? textIn(code) : '', { shell: attribute(node, 'dataShell') ?? '', parts });
    }
    for (const child of node.children ?? []) visit(child, here, own);
  };
  visit(htmlToHast(introHtml(runbook) + tasksHtml(runbook)) as Node, 'intro', []);
  return { runbook, shown, anchors };
}

// --- Which walks there are ------------------------------------------------------------------------------------------

export type Answers = Readonly<Record<string, string>>;

/** What a deciding input can be answered with. */
export const answersTo = (input: string): string[] => (inputs[input]?.options ?? []).map(({ value }) => value);

/** The inputs of each chain of conditions on the page, each set once. */
export function decidingSets({ shown }: Page): string[][] {
  const sets = new Map<string, string[]>();
  for (const { chain } of shown) {
    const set = [...new Set(chain.map(({ input }) => input))].sort();
    if (set.length > 0) sets.set(set.join(), set);
  }
  return [...sets.values()];
}

/** Every way to answer these questions. */
export function combinations(questions: readonly string[]): Answers[] {
  return questions.reduce<Answers[]>(
    (all, input) => all.flatMap((answers) => answersTo(input).map((answer) => ({ ...answers, [input]: answer }))),
    [{}],
  );
}

const agree = (one: Answers, other: Answers): boolean =>
  Object.entries(other).every(([input, answer]) => one[input] === undefined || one[input] === answer);

/**
 * Answers to all deciding questions, in as few walks as come easily: together they hold every combination of the
 * inputs that decide about any one thing, and of any two that decide about anything.
 */
export function walksOf(page: Page): Answers[] {
  const sets = decidingSets(page).sort((a, b) => b.length - a.length);
  const all = [...new Set(sets.flat())].sort();
  const pairs = all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other]));
  const walks: Record<string, string>[] = [];
  for (const wanted of [...sets, ...pairs].flatMap(combinations)) {
    const home = walks.find((walk) => agree(walk, wanted));
    if (home) Object.assign(home, wanted);
    else walks.push({ ...wanted });
  }
  const first = Object.fromEntries(all.map((input) => [input, answersTo(input)[0] ?? '']));
  return walks.length > 0 ? walks.map((walk) => ({ ...first, ...walk })) : [{}];
}

// --- One walk -------------------------------------------------------------------------------------------------------

/** An answer that the vocabulary itself gives as an example. */
const exampleOf = (input: string): string => answersTo(input)[0] ?? inputs[input]?.example?.split(' or ')[0] ?? '';

export interface Walk {
  readonly sheet: Sheet;
  /** The inputs that the sheet asks this reader for. */
  readonly asked: ReadonlySet<string>;
}

/** Fills in what the sheet asks for, and what it asks for after that, as a reader does from top to bottom. */
export function walk({ runbook }: Page, answers: Answers): Walk {
  const fields: FieldsById = Object.fromEntries(
    runbook.inputs.flatMap((id) => (inputs[id] ? [[id, inputs[id]] as const] : [])),
  );
  const branches = branchesOfInputs(runbook);
  const raw: Record<string, string> = {};
  for (;;) {
    const sheet = makeSheet(raw, fields, { today });
    const next = runbook.inputs.find(
      (id) => !Object.hasOwn(raw, id) && branches.get(id)?.some((chain) => holdsAll(chain, sheet) === true),
    );
    if (next === undefined) return { sheet, asked: new Set(Object.keys(raw)) };
    raw[next] = answers[next] ?? exampleOf(next);
  }
}

const givenWords = (answers: Answers): string =>
  Object.entries(answers)
    .map(([input, answer]) => `${input}=${answer}`)
    .join(' ');

/** @returns A sentence for everything that a reader who walks this way would miss. */
export function faultsOf(page: Page, answers: Answers): string[] {
  const { runbook, shown, anchors } = page;
  const { sheet, asked } = walk(page, answers);
  const faults: string[] = [];
  const fault = (thing: Shown, why: string): void => {
    faults.push(`${thing.at}: ${why} [${givenWords(answers)}]`);
  };
  const isThere = (chain: readonly Condition[]): boolean => holdsAll(chain, sheet) === true;

  for (const thing of shown) {
    const { kind, name, chain } = thing;
    if (kind === 'branch') {
      const outer = chain.slice(0, chain.length - readBranch(name).length);
      if (isThere(outer) && holdsAll(chain, sheet) === undefined)
        fault(thing, `nobody is asked what decides about the branch ${name}.`);
    }
    if (!isThere(chain)) continue;
    if (kind === 'value' && sheet[name]?.state !== 'given' && !inputs[name]?.secret) {
      const cell = sheet[name];
      fault(thing, `\`${name}\` stays blank${cell?.state === 'wrong' ? `: ${cell.message}` : ''}.`);
    }
    if (kind === 'link' && !isThere(anchors.get(name) ?? [{ input: '', is: [] }]))
      fault(thing, `the link to #${name} leads to nothing that is shown.`);
    if (kind === 'command') {
      if (!isShell(thing.shell)) fault(thing, `a command has no shell.`);
      else {
        const composed = composeCommand(thing.shell, thing.parts ?? [], (of) => commandValue(sheet[of]));
        if (composed.text === undefined)
          fault(
            thing,
            `a command waits for ${[...composed.waitsFor, ...composed.refusals.map(({ why }) => why)].join()}.`,
          );
      }
    }
    if (kind === 'calculator') {
      const { needs } = calculatorById(name)?.live ?? { needs: [name] };
      for (const need of needs) if (!asked.has(need)) fault(thing, `${name} needs \`${need}\`, which nobody is asked.`);
    }
  }

  const steps = shown.filter(({ kind, chain }) => kind === 'step' && isThere(chain)).map(({ name }) => name);
  const meant = runbook.tasks.flatMap((task) =>
    itemsOf({ tasks: [task] })
      .filter((item) => isThere([...task.when, ...item.when]))
      .map(({ id }) => id),
  );
  if (steps.join() !== meant.join()) faults.push(`The page shows ${steps.join()} and should show ${meant.join()}.`);
  for (const task of runbook.tasks) {
    const count = itemsOf({ tasks: [task] }).filter(({ when }) => isThere([...task.when, ...when])).length;
    if (isThere(task.when) && count === 0)
      faults.push(`${task.id}: the task is shown without a step. [${givenWords(answers)}]`);
  }
  return faults;
}
