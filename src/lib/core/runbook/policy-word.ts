/**
 * Reads `<Policy>`: a setting of the catalogue, with its data as fixed text or as values by name.
 */
import type { CommandPart } from '../commands/command.ts';
import { policyStates } from '../policy/generation.ts';
import { policyBlock, type PolicyUse } from '../policy/policy-block.ts';
import type { Policy } from '../policy/policy.ts';
import { expectNoContent, readAttributes, textOf, type Attributes } from './attributes.ts';
import type { Block } from './model.ts';
import { hasGenerations } from './walk.ts';
import { nearest } from './nearest.ts';
import { report, type Notes } from './notes.ts';
import type { TreeNode } from './tree.ts';
import { needInput, needValue } from './values.ts';
import { attributesOfWord } from './words.ts';

export function readPolicy(notes: Notes, node: TreeNode): Block[] {
  const before = notes.problems.length;
  const attributes = readAttributes(notes, node);
  // What was taken away because it could not be read would be reported again as missing.
  const isRead = notes.problems.length === before;
  expectNoContent(notes, node);
  const gpo = textOf(attributes, 'gpo');
  if (gpo) needValue(notes, node, gpo, 'command');
  const data = new Map<string, CommandPart | undefined>();
  for (const [name, text] of attributes) {
    if (!Object.hasOwn(attributesOfWord('Policy'), name)) data.set(name, readData(notes, node, name, text));
  }

  const policy = find(notes, node, textOf(attributes, 'id'));
  const text = attributes.has('state') ? textOf(attributes, 'state') : 'enabled';
  const state = policyStates.find((known) => known === text);
  if (!state) {
    report(
      notes,
      node,
      'attribute-value',
      `\`state\` of \`<Policy>\` is \`${text}\`.`,
      'Write `enabled`, `disabled` or `not-configured`.',
    );
  }
  const place = readPlace(notes, node, attributes, gpo);
  const values = policy && elements(notes, node, policy, data);
  if (policy && state && values && place && isRead) {
    const block = policyBlock(policy, { state, values, ...place });
    if (block.ok) {
      if (hasGenerations(block.value)) needInput(notes, node, 'templates', 'Policy');
      return [block.value];
    }
    report(notes, node, 'policy-data', `The policy \`${policy.id}\` cannot be set like this.`, block.why);
  }
  // Whether it would have needed them cannot be told.
  notes.welcome.add('templates');
  return [];
}

/** Where the change is made; nothing when that is wrong. */
function readPlace(
  notes: Notes,
  node: TreeNode,
  attributes: Attributes,
  gpo: string,
): Pick<PolicyUse, 'gpo' | 'in'> | undefined {
  if (!attributes.has('in')) return gpo ? { gpo } : {};
  const text = textOf(attributes, 'in');
  if (text !== 'intune') {
    report(
      notes,
      node,
      'attribute-value',
      `\`in\` of \`<Policy>\` is \`${text}\`.`,
      'Write `in="intune"`, or leave it out for Group Policy.',
    );
    return undefined;
  }
  if (!gpo) return { in: 'intune' };
  report(
    notes,
    node,
    'attribute-value',
    '`<Policy>` is set in Intune and names a Group Policy Object, but a setting is made in one of the two.',
    'Leave out `gpo`, or leave out `in`.',
  );
  return undefined;
}

function find(notes: Notes, node: TreeNode, id: string): Policy | undefined {
  const policy = notes.policies.get(id);
  if (policy || !id) return policy;
  const near = nearest(id, [...notes.policies.keys()]);
  report(
    notes,
    node,
    'unknown-policy',
    `The policy \`${id}\` is not in the catalogue.`,
    near ? `Did you mean \`${near}\`?` : `The catalogue has: ${[...notes.policies.keys()].join(', ')}.`,
  );
  return undefined;
}

/** One fixed text, or one value by name. */
function readData(notes: Notes, node: TreeNode, name: string, text: string): CommandPart | undefined {
  const of = /^\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}$/.exec(text.trim())?.[1];
  if (of) {
    needValue(notes, node, of, 'command');
    return { of };
  }
  if (!text.includes('{{')) return { text };
  report(
    notes,
    node,
    'attribute-value',
    `\`${name}\` of \`<Policy>\` mixes text and a value by name.`,
    'Write one fixed text, or one `{{name}}` alone.',
  );
  return undefined;
}

/** The data by element id; `to` is the element of a policy that has only one. Nothing when something is wrong with it. */
function elements(
  notes: Notes,
  node: TreeNode,
  policy: Policy,
  data: ReadonlyMap<string, CommandPart | undefined>,
): Record<string, CommandPart[]> | undefined {
  const ids = policy.elements.map(({ id }) => id);
  const values: Record<string, CommandPart[]> = {};
  let isSound = true;
  for (const [name, part] of data) {
    const [only] = ids;
    const id = name === 'to' && ids.length === 1 ? only : ids.find((other) => other === name);
    if (id && part) values[id] = [part];
    else isSound = false;
    if (!id) {
      report(
        notes,
        node,
        'unknown-attribute',
        `The policy \`${policy.id}\` has no element \`${name}\`.`,
        `It has ${ids.map((other) => `\`${other}\``).join(', ') || 'none'}; \`state\`, \`gpo\` and \`in\` always exist.`,
      );
    }
  }
  return isSound ? values : undefined;
}
