/**
 * Reads the top level of a file: what everybody reads first, then the tasks.
 */
import { called, readAttributes, readCondition, readFormerly, readId, readTitle, textOf } from './attributes.ts';
import { inBranches, readBlocks } from './blocks.ts';
import { readItems } from './items.ts';
import type { Block, Condition, Task } from './model.ts';
import { report, type Notes } from './notes.ts';
import { childrenOf, holdsWord, inBlocks, wordOf, type TreeNode } from './tree.ts';

interface Top {
  readonly intro: Block[];
  readonly tasks: Task[];
}

export function readTop(notes: Notes, nodes: readonly TreeNode[]): Top {
  const top: Top = { intro: [], tasks: [] };
  readLevel(notes, nodes, [], top);
  return top;
}

function readLevel(notes: Notes, nodes: readonly TreeNode[], when: readonly Condition[], { intro, tasks }: Top): void {
  for (const node of inBlocks(nodes)) {
    const word = wordOf(node);
    if (word === 'Task') tasks.push(readTask(notes, node, when, tasks.length + 1));
    else if (word === 'When' && holdsWord(node, ['Task'])) {
      readLevel(notes, childrenOf(node), [...when, readCondition(notes, node)], { intro, tasks });
    } else if (word === 'Step' || word === 'Gate') {
      report(notes, node, 'misplaced-word', `\`<${word}>\` stands outside a task.`, 'Put it inside a `<Task>`.');
      readItems(notes, [node]);
    } else {
      const blocks = inBranches(readBlocks(notes, [node]), when);
      if (tasks.length === 0) intro.push(...blocks);
      else if (blocks.length > 0) {
        report(
          notes,
          node,
          'unexpected-content',
          'Text stands between or after the tasks.',
          'Put it inside a `<Task>`, or before the first one.',
        );
      }
    }
  }
}

function readTask(notes: Notes, node: TreeNode, when: readonly Condition[], number: number): Task {
  const attributes = readAttributes(notes, node);
  const id = readId(notes, node, attributes);
  const role = textOf(attributes, 'role') || 'work';
  if (role !== 'work' && role !== 'backout') {
    report(
      notes,
      node,
      'attribute-value',
      `\`role\` of \`<Task>\` is \`${role}\`.`,
      'Write `backout`, or leave it out.',
    );
  }
  const items = readItems(notes, childrenOf(node));
  if (items.every(({ kind }) => kind === 'passage') && !holdsWord(node, ['Step', 'Gate'])) {
    report(
      notes,
      node,
      'empty-task',
      `${called(node, id)} has no step.`,
      'Add a `<Step>`, or make the text part of the task before.',
    );
  }
  let place = 0;
  return {
    id,
    number,
    title: readTitle(notes, node, attributes),
    role: role === 'backout' ? 'backout' : 'work',
    when: [...when],
    formerly: readFormerly(notes, node, attributes),
    items: items.map((item) => (item.kind === 'passage' ? item : { ...item, number: `${number}.${++place}` })),
  };
}
