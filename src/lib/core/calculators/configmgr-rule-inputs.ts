/** Inputs of the Configuration Manager rule, as rows of the vocabulary; `soakHours` is there already. */
import type { Input } from '../sheet/inputs.ts';

type Row = Omit<Input, 'id'>;

export const configmgrRuleInputs: Readonly<Record<string, Row>> = {
  ruleRing: {
    perRing: true,
    kind: 'choice',
    group: 'schedule',
    label: 'Ring of the rule',
    ask: 'Select the ring of the rule',
    hint: 'Each ring has a rule of its own.',
    options: [
      { value: 'pilot', label: 'Pilot' },
      { value: 'production', label: 'Production' },
    ],
  },
  supSyncAt: {
    kind: 'time',
    group: 'schedule',
    label: 'Synchronization of the software update point',
    ask: 'Enter when the software update point synchronizes',
    hint: 'Any of its times of a day, by the clock of the computer that runs the console.',
    example: '03:00',
  },
  supSyncHours: {
    kind: 'choice',
    group: 'schedule',
    label: 'Software update point synchronizes',
    ask: 'Select how often the software update point synchronizes',
    hint: 'In its properties, page Sync Schedule.',
    options: [24, 12, 8, 6, 4, 3, 2, 1].map((hours) => ({
      value: String(hours),
      label: hours === 24 ? 'Once a day' : hours === 1 ? 'Every hour' : `Every ${hours} hours`,
    })),
  },
  ruleDeadlineHours: {
    kind: 'count',
    largest: 336,
    unit: 'hours',
    group: 'schedule',
    label: 'Time to the deadline',
    ask: 'Enter the hours from available time to deadline',
    hint: 'Leave it blank for As soon as possible, which the guides set.',
    example: '4',
  },
  ruleName: {
    perRing: true,
    kind: 'text',
    group: 'clients',
    label: 'Name of the rule',
    ask: 'Enter the name of the rule',
    hint: 'As the console shows it under Automatic Deployment Rules.',
    example: 'MDE-MDAV_Security_Intelligence_Update_Production',
  },
  ruleCollection: {
    perRing: true,
    kind: 'text',
    group: 'clients',
    label: 'Collection of the rule',
    ask: 'Enter the collection of the rule',
    hint: 'A device collection with the devices of the ring.',
    example: 'Windows_Security_Intelligence_Production',
  },
};
