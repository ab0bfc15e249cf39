/**
 * What is asked for to write one policy in all forms: its state and data, the Group Policy Object and what is done around
 * the change, and what was there before. Made from the catalogue, for the policy's page and for the command line.
 */
import type { Condition } from '../runbook/model.ts';
import type { Input } from '../sheet/inputs.ts';
import { policyStates, stateButtons } from './generation.ts';
import type { Policy, PolicyElement } from './policy.ts';
import { datumFault, recordedFault } from './setting-change.ts';

/** A field of a policy's page. */
export interface PolicyField {
  readonly input: Input;
  /** Without a condition it is always asked for. */
  readonly when: readonly Condition[];
}

/** The part of a policy that its fields are made from. */
export type AskedPolicy = Pick<Policy, 'id' | 'elements'>;

/** Name of the field for what an element held before. */
export const beforeField = (elementId: string): string => `before-${elementId}`;

const states = policyStates.map((value) => ({ value, label: stateButtons[value] }));

/** The rules that the data of the fields keeps, by field name, beside those of their kind. */
export const policyFaults = ({
  elements,
}: Pick<Policy, 'elements'>): ReadonlyMap<string, (text: string) => string | undefined> =>
  new Map(
    elements.flatMap((element) => [
      [element.id, (text: string) => datumFault(element, text)] as const,
      [beforeField(element.id), (text: string) => recordedFault(element, text)] as const,
    ]),
  );

/**
 * The fields of a policy in the order in which they are asked for. Elements have the names that authors use; the others
 * are `state`, `gpo`, `backup-to`, `apply-to`, `link-to`, `before` and `before-<element>`.
 *
 * @example policyFields(orderOfSources).map(({ input }) => input.id)
 *   //=> ['state', 'order', 'gpo', 'backup-to', 'apply-to', 'link-to', 'before', 'before-order']
 */
export function policyFields(policy: AskedPolicy): readonly PolicyField[] {
  const faults = policyFaults(policy);
  const field = (input: Omit<Input, 'group'>, when: readonly Condition[] = []): PolicyField => ({
    input: { group: 'group-policy', ...input, fault: faults.get(input.id) },
    when,
  });
  return [
    field({
      id: 'state',
      kind: 'choice',
      label: 'State',
      ask: 'Select the state',
      hint: 'What the setting is to be.',
      options: states,
    }),
    ...policy.elements.map((element) => field(dataInput(element), [{ input: 'state', is: ['enabled'] }])),
    field({
      id: 'gpo',
      kind: 'gpo',
      label: 'Group Policy Object',
      ask: 'Enter the name of the Group Policy Object',
      hint: 'Its display name in Group Policy Management.',
      example: 'MDAV_Settings_Production',
    }),
    field({
      id: 'backup-to',
      kind: 'path',
      label: 'Backup folder',
      ask: 'Enter the folder for the backup',
      hint: 'A folder that exists, on the computer where you work.',
      example: 'C:\\GPO-Backups',
    }),
    field({
      id: 'apply-to',
      kind: 'text',
      label: 'Group of computers',
      ask: 'Enter the group of computers that may apply the object',
      hint: 'Only if the object is for the members of one security group.',
      example: 'Defender-Production',
    }),
    field({
      id: 'link-to',
      kind: 'ou',
      label: 'OU',
      ask: 'Enter the OU that the object is linked to',
      hint: 'Only if the object has no link yet.',
      example: 'OU=Clients,DC=contoso,DC=com',
    }),
    field({
      id: 'before',
      kind: 'choice',
      label: 'State before',
      ask: 'Select the state before the change',
      hint: 'As the record command answers; the undo puts it back.',
      options: states,
    }),
    ...policy.elements.map((element) =>
      field(
        {
          id: beforeField(element.id),
          kind: 'exact',
          label: `${element.valueName} before`,
          ask: `Enter ${element.valueName} before the change`,
          hint: `Exactly as recorded${element.required ? '.' : '; leave it empty if it had no value.'}`,
        },
        [{ input: 'before', is: ['enabled'] }],
      ),
    ),
  ];
}

/** The data of one element. What stands in its box on screen is told in the hint, for the label there can be long. */
function dataInput(element: PolicyElement): Omit<Input, 'group'> {
  const { id, valueName, label, data, required } = element;
  const choice = data.is === 'choice';
  return {
    id,
    kind: choice ? 'choice' : data.is === 'whole-number' ? 'text' : 'exact',
    label: valueName,
    ask: choice ? `Select ${valueName}` : `Enter ${valueName}`,
    hint: [
      `Beside “${label}” in the editor.`,
      ...(choice ? [] : [ruleWords(data)]),
      ...(required || choice ? [] : ['Leave it empty to leave it as it is.']),
    ].join(' '),
    ...(choice && {
      options: [
        // A radio button that was chosen cannot be let go again; this one stands for nothing chosen.
        ...(required ? [] : [{ value: '', label: 'leave as it is' }]),
        ...data.options.map((option) => ({ value: String(option.data), label: option.label })),
      ],
    }),
  };
}

/** What an element takes, in a sentence. */
function ruleWords(rule: PolicyElement['data']): string {
  switch (rule.is) {
    case 'sources':
      return `Sources first to last, with | between them: ${rule.tokens.join(', ')}.`;
    case 'shares':
      return rule.most === 1
        ? 'One share, such as \\\\server\\share.'
        : 'Shares such as \\\\server\\share, with | between them.';
    case 'url':
      return 'An address such as http://wsus.example.com:8530.';
    case 'group-names':
      return 'One group, or several with a semicolon between them.';
    case 'whole-number':
      return `A whole number from ${rule.min} to ${rule.max}.`;
    case 'text':
    case 'choice':
      return '';
  }
}
