/**
 * Where a runbook uses its inputs: the sheet asks for a value only once a branch that uses it applies.
 */
import { calculators } from '../calculators/index.ts';
import type { CommandPart } from '../commands/command.ts';
import { derived } from '../sheet/derived.ts';
import { inputs } from '../sheet/inputs.ts';
import type { Block, Condition, Inline, Runbook } from './model.ts';
import { hasGenerations } from './walk.ts';

/**
 * For each input the branches in which it is used. An empty branch (`[]`) means: always.
 *
 * @returns A map from input id to branches, without repeats; an input that only picks branches is used where it picks.
 */
export function branchesOfInputs(runbook: Pick<Runbook, 'intro' | 'tasks'>): ReadonlyMap<string, Condition[][]> {
  const uses = new Map<string, Map<string, Condition[]>>();

  const use = (name: string, when: readonly Condition[]): void => {
    if (Object.hasOwn(derived, name)) {
      for (const need of derived[name]?.needs ?? []) use(need, when);
      return;
    }
    if (!Object.hasOwn(inputs, name)) return;
    // A branch that asks for the input itself would hide the question that opens it.
    const others = when.filter(({ input }) => input !== name);
    const branches = uses.get(name) ?? new Map<string, Condition[]>();
    uses.set(name, branches.set(JSON.stringify(others), others));
  };
  const enter = (conditions: readonly Condition[], when: readonly Condition[]): Condition[] => {
    const all = [...when];
    for (const condition of conditions) {
      use(condition.input, all);
      all.push(condition);
    }
    return all;
  };
  const parts = (list: readonly CommandPart[], when: readonly Condition[]): void => {
    for (const part of list) if ('of' in part) use(part.of, when);
  };
  const inline = (nodes: readonly Inline[], when: readonly Condition[]): void => {
    for (const node of nodes) {
      if (node.type === 'value') use(node.of, when);
      else if (node.type === 'when') inline(node.children, enter([node.when], when));
      else if ('children' in node) inline(node.children, when);
    }
  };
  const calculator = (name: string, when: readonly Condition[]): void => {
    const known = calculators[name];
    if (known?.blocks) blocks(known.blocks(), when);
    else for (const input of [...(known?.live.needs ?? []), ...(known?.live.also ?? [])]) use(input, when);
  };
  const blocks = (list: readonly Block[], when: readonly Condition[]): void => {
    for (const block of list) {
      switch (block.type) {
        case 'paragraph':
          inline(block.children, when);
          break;
        case 'list':
          for (const item of block.items) blocks(item, when);
          break;
        case 'table':
          for (const cell of [...block.head, ...block.rows.flat()]) inline(cell, when);
          break;
        case 'command':
          parts(block.parts, when);
          break;
        case 'callout':
          blocks(block.children, when);
          break;
        case 'calculator':
          calculator(block.name, when);
          break;
        case 'when':
          blocks(block.children, enter([block.when], when));
          break;
        case 'policy':
          for (const { data } of [...block.options, ...block.registry]) parts(data, when);
          for (const command of block.commands) parts(command, when);
          parts(block.intune?.value?.data ?? [], when);
          if (hasGenerations(block)) use('templates', when);
          break;
        case 'output':
          break;
      }
    }
  };

  blocks(runbook.intro, []);
  for (const task of runbook.tasks) {
    const inTask = enter(task.when, []);
    for (const item of task.items) {
      const when = enter(item.when, inTask);
      blocks(item.body, when);
      if (item.kind === 'passage') continue;
      for (const detail of Object.values(item.details)) blocks(detail, when);
      blocks(item.wait?.body ?? [], when);
      if (item.kind === 'step') {
        inline(item.action, when);
        blocks(item.escalate?.body ?? [], when);
      } else for (const criterion of item.criteria) inline(criterion.text, enter(criterion.when, when));
    }
  }
  return new Map([...uses].map(([name, branches]) => [name, [...branches.values()]]));
}

/** Ids of the calculators that this runbook's page must work out anew at each change. */
export function liveCalculatorsOf(runbook: Pick<Runbook, 'intro' | 'tasks'>): string[] {
  // The model is plain data, and a calculator's block is the only one with this shape wherever it stands.
  const names = [...JSON.stringify([runbook.intro, runbook.tasks]).matchAll(/"type":"calculator","name":"(\w+)"/g)];
  return [...new Set(names.map(([, name = '']) => name))]
    .flatMap((name) => calculators[name] ?? [])
    .filter(({ blocks }) => !blocks)
    .map(({ id }) => id)
    .sort();
}
