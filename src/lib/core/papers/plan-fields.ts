/**
 * What a change plan asks that neither the runbook nor its sheet can say. The fields are those that change boards expect;
 * every one may stay empty, and is then a line to write on. Kept with the run like any other value, under these ids.
 */
import { ok, refuse, type Result } from '../result.ts';
import { readField, type Field } from '../sheet/rules.ts';

export type PlanGroup = 'change' | 'people' | 'scope' | 'reason' | 'risk' | 'window' | 'backout' | 'telling' | 'board';

export const planGroups: readonly { readonly id: PlanGroup; readonly label: string }[] = [
  { id: 'change', label: 'The change' },
  { id: 'people', label: 'People' },
  { id: 'scope', label: 'What it touches' },
  { id: 'reason', label: 'Why' },
  { id: 'risk', label: 'Risk' },
  { id: 'window', label: 'Window' },
  { id: 'backout', label: 'Way back' },
  { id: 'telling', label: 'Who is told' },
  { id: 'board', label: 'Board' },
];

export interface PlanField extends Omit<Field, 'kind'> {
  readonly id: string;
  readonly group: PlanGroup;
  readonly hint: string;
  /** `prose` is text on any number of lines, `line` on one. */
  readonly kind: 'line' | 'prose' | 'date' | 'time' | 'zone' | 'choice' | 'count';
}

type Rest = Partial<Pick<PlanField, 'largest' | 'unit' | 'options'>>;
const field = (
  id: string,
  group: PlanGroup,
  kind: PlanField['kind'],
  label: string,
  hint: string,
  rest: Rest = {},
): PlanField => ({ id, group, kind, label, hint, ...rest });

const choices = (...labels: readonly string[]): Rest => ({
  options: labels.map((label) => ({ value: label.toLowerCase().replaceAll(' ', '-'), label })),
});
const levels = choices('Low', 'Medium', 'High');

/** In the order in which a reader fills them in. */
export const planFields: readonly PlanField[] = [
  field('planChangeNumber', 'change', 'line', 'Change number', 'The number in your ticket system.'),
  field('planTitle', 'change', 'line', 'Title', 'In one line; the title of the runbook if left blank.'),
  field(
    'planType',
    'change',
    'choice',
    'Type of change',
    'As your change process names it.',
    choices('Standard', 'Normal', 'Emergency'),
  ),
  field('planCategory', 'change', 'line', 'Category', 'For example Security, Endpoint protection.'),
  field('planRequestedBy', 'people', 'line', 'Requested by', 'Name.'),
  field('planOwner', 'people', 'line', 'Change owner', 'Name; who answers for the change.'),
  field('planImplementer', 'people', 'line', 'Implemented by', 'Name; somebody else than who approves.'),
  field('planReviewer', 'people', 'line', 'Reviewed by', 'Name of the peer who read this plan.'),
  field('planGroup', 'people', 'line', 'Assignment group', 'The team in your ticket system.'),
  field('planService', 'scope', 'line', 'Service', 'The service that users would miss.'),
  field(
    'planItems',
    'scope',
    'prose',
    'Configuration items',
    'Servers, objects and groups beyond those on the sheet, one a line.',
  ),
  field('planDevices', 'scope', 'count', 'Devices', 'How many devices the change reaches.', {
    largest: 9_999_999,
    unit: 'devices',
  }),
  field('planJustification', 'reason', 'prose', 'Why it is done', 'The benefit, in a sentence or two.'),
  field('planConsequence', 'reason', 'prose', 'If it is not done', 'What happens then, and when.'),
  field('planPriority', 'risk', 'choice', 'Priority', 'As your change process counts it.', levels),
  field(
    'planImpact',
    'risk',
    'choice',
    'Impact if it goes wrong',
    'How many people would notice, and how badly.',
    levels,
  ),
  field('planProbability', 'risk', 'choice', 'Probability of that', 'How likely it is to go wrong.', levels),
  field(
    'planRisks',
    'risk',
    'prose',
    'What can go wrong',
    'One a line, with semicolons between: what; who notices; what is done against it.',
  ),
  field('planSecurity', 'risk', 'prose', 'Security impact', 'What protection is less, or more, while this is done.'),
  field(
    'planInterruption',
    'risk',
    'choice',
    'Service interruption',
    'Whether users are interrupted.',
    choices('None', 'Planned'),
  ),
  field('planInterruptionMinutes', 'risk', 'count', 'Expected interruption', 'In minutes, if one is planned.', {
    largest: 10_080,
    unit: 'minutes',
  }),
  field('planConflicts', 'risk', 'prose', 'Conflicts', 'Other changes and freeze windows at the same time.'),
  field(
    'planPrerequisites',
    'risk',
    'prose',
    'Prerequisites and backups',
    'One a line, each with the day on which it was done.',
  ),
  field(
    'planTests',
    'risk',
    'prose',
    'Tests so far',
    'What was tested, where, with which result; the pilot ring above all.',
  ),
  field('planStartDate', 'window', 'date', 'Planned day', 'Year-month-day.'),
  field('planStartTime', 'window', 'time', 'Planned start', 'Hours and minutes.'),
  field('planEndDate', 'window', 'date', 'Day on which the window ends', 'Year-month-day.'),
  field('planEndTime', 'window', 'time', 'End of the window', 'Hours and minutes.'),
  field('planZone', 'window', 'zone', 'Time zone of the window', 'Area and city, for example Europe/Berlin.'),
  field('planTriggers', 'backout', 'prose', 'When to go back', 'Conditions, one a line, beyond the no-go of a gate.'),
  field(
    'planNoReturn',
    'backout',
    'line',
    'Point of no return',
    'The step after which going back is no longer possible, or "none".',
  ),
  field(
    'planTold',
    'telling',
    'prose',
    'Who is told',
    'One a line, with semicolons between: who; when; by whom; with which words.',
  ),
  field(
    'planContacts',
    'telling',
    'prose',
    'Contacts during the window',
    'One a line, with semicolons between: for what; name; number.',
  ),
  field(
    'planBoardNeeded',
    'board',
    'choice',
    'Board needed',
    'Whether the change board has to see it.',
    choices('Yes', 'No'),
  ),
  field('planBoardDate', 'board', 'date', 'Day of the board', 'Year-month-day.'),
  field('planBoardDelegate', 'board', 'line', 'Delegate of the board', 'Name, if one decides alone.'),
  field('planRecommendation', 'board', 'prose', 'Recommendation of the board', 'As the minutes have it.'),
];

const byId: ReadonlyMap<string, PlanField> = new Map(planFields.map((each) => [each.id, each]));

/** @example isPlanField('planTitle') //=> true */
export const isPlanField = (id: string): boolean => byId.has(id);

/** Longest text of a field: what one entry of a run can hold. */
const LONGEST = 2000;

/**
 * What the text of a plan's field means, in the words that the paper prints; empty while it is empty.
 *
 * @returns The text, or the sentence that stands beside the field. Unknown ids are refused.
 * @example readPlanField('planType', 'normal') //=> { ok: true, value: 'Normal' }
 * @example readPlanField('planStartDate', '30.11.2026')
 * //=> { ok: false, why: 'Planned day must be written year-month-day, for example 2026-11-30' }
 */
export function readPlanField(id: string, raw: string): Result<string> {
  const known = byId.get(id);
  if (!known) return refuse(`A plan has no field \`${id}\`.`);
  const text = raw.trim();
  if (text === '') return ok('');
  if (text.length > LONGEST) return refuse(`${known.label} must be ${LONGEST} characters or fewer`);
  const { kind } = known;
  if (kind === 'line' || kind === 'prose') {
    // Control characters would break tables and files further on; line breaks are what prose is made of.
    if (/[\p{Cc}\u2028\u2029]/u.test(kind === 'prose' ? text.replace(/\r?\n|\t/g, ' ') : text)) {
      return refuse(
        kind === 'prose'
          ? `${known.label} must be without control characters; type the text instead of pasting it`
          : `${known.label} must be on one line`,
      );
    }
    return ok(text.replaceAll('\r\n', '\n'));
  }
  const reading = readField({ ...known, kind }, text);
  if (reading.state === 'wrong') return refuse(reading.message);
  return ok(reading.state === 'given' ? reading.text : '');
}

export type PlanAnswers = Readonly<Record<string, string>>;

/**
 * All fields of a plan as they were given: what can be used, and a sentence for each that cannot.
 *
 * @example readPlan({ planType: 'normal', planDevices: 'many' })
 * //=> { answers: { planType: 'Normal' }, faults: { planDevices: 'Devices must be written in digits 0 to 9 only' } }
 */
export function readPlan(raw: Readonly<Record<string, string>>): {
  readonly answers: PlanAnswers;
  readonly faults: Readonly<Record<string, string>>;
} {
  const answers: Record<string, string> = {};
  const faults: Record<string, string> = {};
  for (const { id } of planFields) {
    const reading = readPlanField(id, Object.hasOwn(raw, id) ? (raw[id] ?? '') : '');
    if (!reading.ok) faults[id] = reading.why;
    else if (reading.value) answers[id] = reading.value;
  }
  return { answers, faults };
}
