/**
 * Inputs of the ring timeline, as rows of the vocabulary. The schedules of the rings stand in `soak-check-inputs.ts`,
 * replication in `policy-refresh-inputs.ts`.
 */
import type { Input } from '../sheet/inputs.ts';

type Row = Omit<Input, 'id'>;

export const ringTimelineInputs: Readonly<Record<string, Row>> = {
  updateDate: {
    kind: 'date',
    group: 'schedule',
    label: 'Day of the update',
    ask: 'Enter the day on which the pilot takes the update',
    hint: 'Year-month-day; leave it blank for today.',
    example: '2026-11-30',
  },
  pilotApproval: {
    kind: 'choice',
    group: 'schedule',
    label: 'Approval in the pilot',
    ask: 'Select how updates are approved in the pilot',
    hint: 'The pilot takes from Microsoft Update, so it approves for itself.',
    options: [
      { value: 'rule', label: 'Automatic approval rule' },
      { value: 'hand', label: 'By hand' },
    ],
  },
  approval: {
    kind: 'choice',
    group: 'schedule',
    label: 'Approval after the pilot',
    ask: 'Select how updates are approved after the pilot',
    hint: 'In production and in the rings between.',
    options: [
      { value: 'rule', label: 'Automatic approval rule' },
      { value: 'hand', label: 'By hand, once the soak is over' },
      { value: 'inherited', label: 'Inherited: this server is a replica' },
    ],
  },
  approvalHours: {
    kind: 'count',
    largest: 336,
    unit: 'hours',
    group: 'schedule',
    label: 'Time for an approval by hand',
    ask: 'Enter within how many hours someone approves',
    hint: 'At most, nights and weekends included.',
    example: '16',
  },
  policyChange: {
    kind: 'yes-no',
    group: 'group-policy',
    label: 'Policy change with the update',
    ask: 'Select yes if a policy change goes with the update',
    hint: 'Then clients wait for replication and policy refresh first.',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  deadline: {
    kind: 'choice',
    group: 'schedule',
    label: 'Install deadline',
    ask: 'Select the deadline of the approval',
    hint: 'As the approval rule or the approval sets it.',
    options: [
      { value: 'none', label: 'None' },
      { value: 'same-day', label: 'The same day as the approval' },
      { value: 'later', label: 'Days after the approval' },
    ],
  },
  deadlineDays: {
    kind: 'count',
    largest: 365,
    unit: 'days',
    group: 'schedule',
    label: 'Days to the deadline',
    ask: 'Enter how many days after the approval the deadline is',
    hint: 'From 1 to 365.',
    example: '2',
  },
  deadlineTime: {
    kind: 'time',
    group: 'schedule',
    label: 'Time of the deadline',
    ask: 'Enter the time of the deadline',
    hint: 'As in the approval rule.',
    example: '05:00 or 5:00 AM',
  },
};
