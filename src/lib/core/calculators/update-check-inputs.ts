/** Inputs of the check for updates, as rows of the vocabulary. */
import type { Input } from '../sheet/inputs.ts';
import { beforeRows } from './policy-changes-inputs.ts';
import { checkSettings } from './update-check-settings.ts';

type Row = Omit<Input, 'id'>;

/** The days of the template, by number and in its words. */
const dayOptions = checkSettings.flatMap(([, { elements }]) =>
  elements.flatMap(({ data }) =>
    data.is === 'choice' ? data.options.map((one) => ({ value: String(one.data), label: one.label })) : [],
  ),
);

const yesNo = (label: string, ask: string, hint: string): Row => ({
  kind: 'yes-no',
  group: 'group-policy',
  label,
  ask,
  hint,
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
  ],
});
const count = (unit: string, largest: number, label: string, ask: string, hint: string, example: string): Row => ({
  kind: 'count',
  group: 'group-policy',
  label,
  ask,
  hint,
  example,
  unit,
  largest,
});
/** The largest number that the registry value holds. */
const mostDays = 4_294_967_295;

export const updateCheckInputs: Readonly<Record<string, Row>> = {
  checkBy: {
    kind: 'choice',
    group: 'group-policy',
    label: 'Check by',
    ask: 'Select time or interval',
    hint: 'An interval is used in place of day and time.',
    options: [
      { value: 'time', label: 'Day and time' },
      { value: 'interval', label: 'Interval' },
    ],
  },
  checkDay: {
    kind: 'choice',
    group: 'group-policy',
    label: 'Day of the check',
    ask: 'Select the day of the check',
    hint: 'On which day clients look for security intelligence.',
    options: dayOptions,
  },
  checkTime: {
    kind: 'time',
    group: 'group-policy',
    label: 'Time of the check',
    ask: 'Enter the time of the check',
    hint: 'By the clock of the client.',
    example: '18:00',
  },
  checkHours: count(
    'hours',
    24,
    'Interval of the check',
    'Enter the interval of the check',
    'From 1 to 24 hours.',
    '4',
  ),
  catchUpDays: count(
    'days',
    mostDays,
    'Catch-up',
    'Enter the days after which clients catch up',
    '1 unless a policy says otherwise.',
    '1',
  ),
  outOfDateDays: count(
    'days',
    mostDays,
    'Out of date',
    'Enter the days after which clients are out of date',
    '7 unless a policy says otherwise, for virus and spyware alike.',
    '7',
  ),
  randomizeTasks: yesNo(
    'Randomization',
    'Select whether scheduled tasks are randomized',
    'Spreads the start of scheduled tasks, scans included; on unless a policy says otherwise.',
  ),
  randomHours: count(
    'hours',
    23,
    'Randomization window',
    'Enter the randomization window',
    'From 1 to 23 hours; 4 unless a policy says otherwise.',
    '2',
  ),
  checkAtStartup: yesNo(
    'Check at startup',
    'Select whether clients check at startup',
    'When the antimalware service starts.',
  ),
  updateWithoutEngine: yesNo(
    'Update without an engine',
    'Select whether clients without an engine update at startup',
    'Yes unless a policy says otherwise; the registry value is named after the opposite.',
  ),
  scanAfterUpdate: yesNo(
    'Scan after an update',
    'Select whether clients scan after an update',
    'Yes unless a policy says otherwise; the registry value is named after the opposite.',
  ),
  updateOnBattery: yesNo(
    'Update on battery',
    'Select whether clients update on battery power',
    'Yes unless a policy says otherwise; the registry value is named after the opposite.',
  ),
  checkBeforeScan: yesNo(
    'Check before a scan',
    'Select whether clients check before a scheduled scan',
    'No unless a policy says otherwise.',
  ),
  ...beforeRows(checkSettings.map(([, setting]) => setting)),
};
