/**
 * The change plan: what a board reads before it signs. Everything that the runbook and its sheet know is filled in;
 * what only people know is asked by `plan-fields.ts`, and stays a line to write on where nobody has answered.
 *
 * Sheet 1 is the decision page. Then come why and what could go wrong, the schedule, the steps with room to write
 * what was seen, the way back on a sheet of its own, before and after, and the signatures.
 */
import { calculators } from '../calculators/index.ts';
import { inputs } from '../sheet/inputs.ts';
import type { Runbook } from '../runbook/model.ts';
import { itemsOf } from '../runbook/walk.ts';
import { nameOfRing, nameOfTool } from '../runbook/names.ts';
import { branchesOfInputs } from '../runbook/uses.ts';
import { holdsAll } from '../sheet/sheet.ts';
import { words, type FieldRow, type Flow, type Paper, type PaperPart } from './paper.ts';
import type { PlanAnswers } from './plan-fields.ts';
import { placesOf, reportFlow, type Filling } from './resolve.ts';
import { applies, durationWords, effortOf, effortWords, workRows } from './work.ts';

/** What a plan is made of, beside the runbook. */
export interface PlanContext {
  readonly filling: Omit<Filling, 'places'>;
  /** Answers to the fields of a plan, as `readPlan` gave them. */
  readonly answers: PlanAnswers;
  /** When it is printed, in the reader's own way of writing. */
  readonly printed: string;
  /** Short fingerprint of the run it belongs to; empty without one. */
  readonly fingerprint?: string | undefined;
}

const linesOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/**
 * The moment of the planned start, or nothing while day, time or zone is missing, or where this machine has no Temporal.
 */
export function plannedStart(answers: PlanAnswers): Temporal.ZonedDateTime | undefined {
  return moment(answers['planStartDate'], answers['planStartTime'], answers['planZone']);
}
export function plannedEnd(answers: PlanAnswers): Temporal.ZonedDateTime | undefined {
  return moment(answers['planEndDate'], answers['planEndTime'], answers['planZone']);
}

function moment(
  date: string | undefined,
  time: string | undefined,
  zone: string | undefined,
): Temporal.ZonedDateTime | undefined {
  if (!date || !time || !zone || typeof Temporal === 'undefined') return undefined;
  // A time that the clock skips moves forward, as people would read it; one that comes twice is the first.
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' });
}

/** Why the window cannot be as it was entered; empty when it can. */
export function windowFault(answers: PlanAnswers): string {
  const start = plannedStart(answers);
  const end = plannedEnd(answers);
  if (!start || !end || Temporal.ZonedDateTime.compare(start, end) < 0) return '';
  return 'The window must end after it starts: change its day or its time';
}

/** Inputs that are not secret and that this sheet's branches use, as rows: everything the plan rests on. */
export function sheetRows(runbook: Runbook, { sheet }: Omit<Filling, 'places'>): readonly FieldRow[] {
  const branches = branchesOfInputs(runbook);
  return runbook.inputs.flatMap((id): FieldRow[] => {
    const input = inputs[id];
    const isUsed = branches.get(id)?.some((branch) => holdsAll(branch, sheet) !== false);
    if (!input || input.secret || !isUsed) return [];
    const cell = sheet[id];
    return [{ label: input.label, value: cell?.state === 'given' ? withUnit(cell.text, input.unit) : '' }];
  });
}

const withUnit = (text: string, unit: string | undefined): string => (unit ? `${text} ${unit}` : text);

/** Inputs that hold what was in force before the change. */
const beforeRows = (runbook: Runbook, filling: Omit<Filling, 'places'>): readonly (readonly string[])[] =>
  runbook.inputs.flatMap((id): string[][] => {
    const input = inputs[id];
    if (!input || input.secret || !/before/i.test(id)) return [];
    const cell = filling.sheet[id];
    return [[input.label, cell?.state === 'given' ? cell.text : '', '']];
  });

function scheduleParts(runbook: Runbook, context: PlanContext): readonly PaperPart[] {
  const { filling, answers } = context;
  const timeline = calculators['RingTimeline'];
  const answer = timeline?.live.answer(filling.sheet, filling.today);
  const effort = effortOf(runbook, { ...filling, places: new Map() }, 'work');
  const gates = itemsOf({ tasks: runbook.tasks.filter(({ role }) => role === 'work') }).filter(
    ({ kind }) => kind === 'gate',
  );
  const parts: PaperPart[] = [
    { kind: 'heading', level: 2, text: 'Schedule', sheet: true },
    {
      kind: 'fields',
      caption: 'The window',
      rows: [
        {
          label: 'Planned start',
          value: [answers['planStartDate'], answers['planStartTime']].filter(Boolean).join(' '),
        },
        {
          label: 'End of the window',
          value: [answers['planEndDate'], answers['planEndTime']].filter(Boolean).join(' '),
        },
        { label: 'Time zone', value: answers['planZone'] ?? '' },
        { label: 'Work and waiting', value: effortWords(effort) },
      ],
    },
  ];
  if (answer?.state === 'ready') {
    if (answer.picture) parts.push({ kind: 'picture', svg: answer.picture, words: 'The table below says the same.' });
    parts.push({ kind: 'flow', body: reportFlow(answer.report) });
  } else {
    parts.push({
      kind: 'grid',
      caption: 'Rings',
      head: ['Ring', 'Devices', 'Earliest sync', 'Latest sync', 'Policy in force', 'Soak until', 'Gate', 'Decider'],
      rows: [],
      spare: 3,
    });
  }
  parts.push({
    kind: 'grid',
    caption: 'Go/no-go points',
    head: ['Gate', 'Question', 'Decided by', 'At the latest'],
    rows: gates.map((gate) => [gate.number, gate.kind === 'gate' ? gate.title : '', `Tier ${gate.tier}`, '']),
  });
  return parts;
}

/**
 * Makes the change plan of a runbook.
 *
 * @example makePlan(runbook, { filling, answers: {}, printed: '2026-11-20 21:00' }).parts[0]
 * //=> { kind: 'fields', caption: 'The change', rows: [{ label: 'Change number', value: '' }, …] }
 */
export function makePlan(runbook: Runbook, context: PlanContext): Paper {
  const { answers } = context;
  const filling: Filling = { ...context.filling, places: placesOf(runbook) };
  const start = plannedStart(answers);
  const answer = (id: string): string => answers[id] ?? '';
  const row = (label: string, id: string): FieldRow => ({ label, value: answer(id) });
  const work = effortOf(runbook, filling, 'work');
  const backs = runbook.tasks.filter(({ role }) => role === 'backout');
  const backMinutes = backs.map((task) => effortOf({ tasks: [task] }, filling, 'backout'));
  const undoCount = itemsOf(runbook).filter(({ details }) => details.undo?.length).length;

  const parts: PaperPart[] = [
    { kind: 'flow', body: words(runbook.summary) },
    {
      kind: 'fields',
      caption: 'The change',
      columns: 2,
      rows: [
        row('Change number', 'planChangeNumber'),
        { label: 'Ring', value: nameOfRing(runbook.ring) },
        { label: 'Tools', value: runbook.tools.map(nameOfTool).join(', ') },
        row('Category', 'planCategory'),
        row('Service', 'planService'),
        row('Devices', 'planDevices'),
        row('Requested by', 'planRequestedBy'),
        row('Change owner', 'planOwner'),
        row('Implemented by', 'planImplementer'),
        row('Reviewed by', 'planReviewer'),
        row('Assignment group', 'planGroup'),
      ],
    },
    {
      kind: 'choices',
      label: 'Type of change',
      options: ['Standard', 'Normal', 'Emergency'],
      chosen: answer('planType'),
    },

    {
      kind: 'fields',
      caption: 'To decide on',
      rows: [
        { label: 'Window', value: windowWords(answers) },
        { label: 'Work', value: effortWords(work) },
        {
          label: 'Service interruption',
          value: [
            answer('planInterruption'),
            answer('planInterruptionMinutes') && `${answer('planInterruptionMinutes')} minutes`,
          ]
            .filter(Boolean)
            .join(', '),
        },
        {
          label: 'Way back',
          value:
            backs.length > 0
              ? backs
                  .map(({ title }, index) => `${title}: ${durationWords(backMinutes[index]?.minutes ?? 0)}`)
                  .join('; ')
              : undoCount > 0
                ? `Step by step: ${undoCount} steps say how to undo them`
                : 'Nothing is changed',
        },
        row('Point of no return', 'planNoReturn'),
      ],
    },
    {
      kind: 'grid',
      caption: 'Risk',
      head: ['Priority', 'Impact', 'Probability', 'Risk'],
      rows: [[answer('planPriority'), answer('planImpact'), answer('planProbability'), riskWords(answers)]],
    },
    {
      kind: 'fields',
      caption: 'Board',
      columns: 2,
      rows: [
        row('Board needed', 'planBoardNeeded'),
        row('Day', 'planBoardDate'),
        row('Delegate', 'planBoardDelegate'),
        row('Recommendation', 'planRecommendation'),
      ],
    },
    {
      kind: 'grid',
      caption: 'Approvals',
      head: ['Role', 'Name', 'Decision', 'Date and time', 'Signature'],
      rows: approvals,
      spare: 0,
    },

    { kind: 'heading', level: 2, text: 'Why, and what could go wrong', sheet: true },
    ...prose('Why it is done', answer('planJustification')),
    ...prose('If it is not done', answer('planConsequence')),
    { kind: 'heading', level: 3, text: 'What is changed' },
    {
      kind: 'fields',
      caption: 'Values in this change',
      columns: 2,
      rows: sheetRows(runbook, context.filling),
    },
    ...prose('Configuration items', answer('planItems')),
    {
      kind: 'grid',
      caption: 'What can go wrong, who notices, what is done against it',
      head: ['What can go wrong', 'Who notices', 'What is done against it'],
      rows: linesOf(answer('planRisks')).map((line) => [line, '', '']),
      spare: answer('planRisks') ? 0 : 3,
    },
    ...prose('Security impact', answer('planSecurity')),
    ...prose('Conflicts with other changes and freeze windows', answer('planConflicts')),
    {
      kind: 'checks',
      caption: 'Prerequisites and backups, each with its day',
      rows: [...linesOf(answer('planPrerequisites')), ...(answer('planPrerequisites') ? [] : ['', '', ''])].map(
        (text) => ({ text }),
      ),
    },
    ...prose('Tests so far', answer('planTests')),
    ...people('Who is told', ['Who', 'When', 'By whom', 'With which words'], answer('planTold')),
    ...people('Contacts during the window', ['For what', 'Name', 'Number'], answer('planContacts')),

    ...scheduleParts(runbook, context),

    { kind: 'heading', level: 2, text: 'Steps', sheet: true },
    {
      kind: 'work',
      caption: start
        ? 'Planned is when a step can begin at the earliest; waiting is counted with its shortest time.'
        : 'Planned is for a pen: day, start and zone of the window are not known.',
      mode: 'pen',
      rows: workRows(runbook, { filling, role: 'work', detail: 'short', start }),
    },
  ];

  parts.push({ kind: 'heading', level: 2, text: 'Way back', sheet: true });
  parts.push({
    kind: 'grid',
    caption: 'When to go back',
    head: ['Condition', 'Seen by', 'Time'],
    rows: [
      ...itemsOf(runbook).flatMap((item) =>
        item.kind === 'gate' && applies(item.when, filling)
          ? [[`No-go at gate ${item.number}: ${item.title}`, '', '']]
          : [],
      ),
      ...linesOf(answer('planTriggers')).map((line) => [line, '', '']),
    ],
    spare: answer('planTriggers') ? 0 : 2,
  });
  const back = workRows(runbook, { filling, role: 'backout', detail: 'whole' });
  if (back.length > 0) {
    parts.push({ kind: 'work', caption: 'Minutes are of work; waiting stands beside them.', mode: 'pen', rows: back });
  } else {
    const undoSteps = workRows(runbook, { filling, role: 'work', detail: 'short' }).flatMap((each) =>
      each.kind === 'step' && each.undo.length > 0 ? [each] : [],
    );
    parts.push({
      kind: 'flow',
      body:
        undoSteps.length > 0
          ? undoSteps
              .toReversed()
              .map((step): Flow => ({ kind: 'labelled', label: `Undo of step ${step.number}`, body: step.undo }))
          : [{ kind: 'line', line: [{ text: 'This runbook changes nothing that would have to be taken back.' }] }],
    });
  }

  parts.push(
    { kind: 'heading', level: 2, text: 'Before and after', sheet: true },
    {
      kind: 'grid',
      caption: 'State before and after',
      head: ['What', 'Before', 'After'],
      rows: beforeRows(runbook, context.filling),
      spare: 4,
    },
    { kind: 'heading', level: 2, text: 'Outcome, review and signatures' },
    {
      kind: 'fields',
      caption: 'Outcome',
      rows: ['Actual start', 'Actual end', 'Close notes, deviations from the plan'].map((label) => ({
        label,
        value: '',
      })),
    },
    {
      kind: 'choices',
      label: 'Outcome',
      options: ['Successful', 'Successful with issues', 'Unsuccessful', 'Backed out'],
      chosen: '',
    },
    {
      kind: 'grid',
      caption: 'Review after the change',
      head: ['Finding', 'Action', 'Owner', 'Until'],
      rows: [],
      spare: 3,
    },
    {
      kind: 'grid',
      caption: 'Signatures',
      head: ['Role', 'Name', 'Date and time', 'Signature'],
      rows: [
        ['Implemented by', answer('planImplementer'), '', ''],
        ['Verified by', '', '', ''],
        ['Accepted by', '', '', ''],
      ],
    },
  );

  return {
    kind: 'plan',
    title: answer('planTitle') || runbook.title,
    about: answer('planTitle') && answer('planTitle') !== runbook.title ? `By the runbook “${runbook.title}”` : '',
    control: {
      runbook: runbook.id,
      revision: runbook.revision,
      fingerprint: context.fingerprint ?? '',
      printed: context.printed,
    },
    parts,
  };
}

const approvals = [
  ['Change owner', '', '', '', ''],
  ['Technical approver', '', '', '', ''],
  ['Change board', '', '', '', ''],
];

function windowWords(answers: PlanAnswers): string {
  const from = [answers['planStartDate'], answers['planStartTime']].filter(Boolean).join(' ');
  const to = [answers['planEndDate'], answers['planEndTime']].filter(Boolean).join(' ');
  const zone = answers['planZone'] ?? '';
  return from ? `${from}${to ? ` to ${to}` : ''}${zone ? `, ${zone}` : ''}` : '';
}

const levels = ['Low', 'Medium', 'High'];

/** Impact and probability together: the mean of the two, rounded up. A rule of our own; the board may write another. */
function riskWords(answers: PlanAnswers): string {
  const impact = levels.indexOf(answers['planImpact'] ?? '');
  const probability = levels.indexOf(answers['planProbability'] ?? '');
  if (impact < 0 || probability < 0) return '';
  return levels[Math.ceil((impact + probability) / 2)] ?? '';
}

const prose = (label: string, text: string): readonly PaperPart[] => [
  { kind: 'heading', level: 3, text: label },
  text
    ? { kind: 'flow', body: linesOf(text).map((each): Flow => ({ kind: 'line', line: [{ text: each }] })) }
    : { kind: 'grid', caption: '', head: [], rows: [], spare: 2 },
];

const people = (caption: string, head: readonly string[], text: string): readonly PaperPart[] => [
  {
    kind: 'grid',
    caption,
    head,
    rows: linesOf(text).map((each) => {
      const cells = each.split(/\s*[,;|]\s*/);
      // What does not fit the columns stays together in the last of them.
      return head.map((_, index) => (index < head.length - 1 ? (cells[index] ?? '') : cells.slice(index).join(', ')));
    }),
    spare: text ? 0 : 3,
  },
];
