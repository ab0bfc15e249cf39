/**
 * The change plan: what a board reads before it signs. Everything that the runbook and its sheet know is filled in;
 * what only people know is asked by `plan-fields.ts`, and stays a line to write on where nobody has answered.
 *
 * Sheet 1 is the decision page. Then come why and what could go wrong, the schedule, the steps with room to write
 * what was seen, the way back on a sheet of its own, before and after, and the signatures.
 */
import { calculators } from '../calculators/index.ts';
import { inputs } from '../sheet/inputs.ts';
import type { Runbook, Task } from '../runbook/model.ts';
import { itemsOf } from '../runbook/walk.ts';
import { nameOfRing, nameOfTool } from '../runbook/names.ts';
import { branchesOfInputs } from '../runbook/uses.ts';
import { workHours } from '../runbook/duration.ts';
import { holdsAll, type Sheet } from '../sheet/sheet.ts';
import type { CalculatorAnswer } from '../calculators/calculator.ts';
import { words, type FieldRow, type Paper, type PaperPart, type WorkRow } from './paper.ts';
import type { PlanAnswers } from './plan-fields.ts';
import { placesOf, reportFlow, type Filling } from './resolve.ts';
import { beforeAndAfter, settingsOf } from './settings.ts';
import {
  applies,
  countWords,
  earliestOf,
  effortOf,
  effortWords,
  waitSpan,
  workRows,
  type Earliest,
  type Effort,
} from './work.ts';

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

/** The timeline of the rings, on the day of the update that the sheet names, or else on that of the window. */
function ringTimeline({ filling, answers }: PlanContext): CalculatorAnswer | undefined {
  const day = answers['planStartDate'];
  const hasDay = filling.sheet['updateDate']?.state === 'given';
  const sheet: Sheet =
    hasDay || !day ? filling.sheet : { ...filling.sheet, updateDate: { state: 'given', value: day, text: day } };
  return calculators['RingTimeline']?.live.answer(sheet, filling.today);
}

/** Tasks one below the other: when each can begin, how much work and waiting it holds, and its gates. */
function taskRows(runbook: Runbook, filling: Filling, starts: Earliest['starts'] | undefined): readonly string[][] {
  return runbook.tasks
    .filter((task) => task.role === 'work' && applies(task.when, filling))
    .flatMap((task) => {
      const effort = effortOf({ tasks: [task] }, filling, 'work');
      if (effort.steps + effort.gates === 0) return [];
      const first = task.items.find((item) => item.kind !== 'passage' && starts?.has(item.id));
      const begins = first && 'id' in first ? starts?.get(first.id) : undefined;
      const gates = task.items.flatMap((item) =>
        item.kind === 'gate' && applies(item.when, filling) ? [item.number] : [],
      );
      return [
        [
          `${task.number} ${task.title}`,
          begins ? momentWords(begins) : '',
          countWords(effort),
          workHours(effort.minutes),
          waitSpan(effort.waits),
          gates.join(', ') || 'none',
        ],
      ];
    });
}

function scheduleParts(runbook: Runbook, context: PlanContext, filling: Filling): readonly PaperPart[] {
  const { answers } = context;
  const start = plannedStart(answers);
  const earliest = start && earliestOf(runbook, filling, 'work', start);
  const starts = earliest?.starts;
  const zone = answers['planZone'] ?? '';
  const inZone = zone && `, in the zone ${zone}`;
  const timeline = ringTimeline(context);
  const gates = itemsOf({ tasks: runbook.tasks.filter(({ role }) => role === 'work') }).flatMap((item) =>
    item.kind === 'gate' && applies(item.when, filling) ? [item] : [],
  );
  const whenOf = (id: string): string => {
    const at = starts?.get(id);
    return at ? momentWords(at) : '';
  };
  const parts: PaperPart[] = [
    { kind: 'heading', level: 2, text: 'Schedule' },
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
        { label: 'Time zone', value: zone },
        { label: 'Work and waiting', value: effortWords(effortOf(runbook, filling, 'work')) },
        { label: 'Done at the earliest', value: endWords(earliest, plannedEnd(answers)) },
      ],
    },
    {
      kind: 'grid',
      caption: `Tasks, each at the earliest${inZone}`,
      head: ['Task', 'Begins', 'Steps', 'Work', 'Waiting', 'Gates'],
      rows: taskRows(runbook, filling, starts),
      widths: [8, 4, 4, 3, 4, 2],
    },
    {
      kind: 'grid',
      caption: `Go/no-go points${inZone}`,
      head: ['Gate', 'Question', 'Decided by', 'At the earliest', 'At the latest'],
      rows: gates.map(({ id, number, title, tier }) => [number, title, `Tier ${tier}`, whenOf(id), '']),
      widths: [2, 8, 3, 4, 4],
      spare: gates.length > 0 ? 0 : 1,
    },
  ];
  if (timeline?.state === 'ready') {
    parts.push({ kind: 'heading', level: 3, text: 'Rings' });
    if (timeline.picture) {
      parts.push({ kind: 'picture', svg: timeline.picture, words: 'The tables below say the same.' });
    }
    parts.push({ kind: 'flow', body: reportFlow(timeline.report) });
  } else {
    parts.push({
      kind: 'grid',
      caption: 'Rings',
      head: ['Ring', 'Devices', 'Earliest sync', 'Latest sync', 'Policy in force', 'Soak until', 'Gate', 'Decider'],
      rows: [],
      spare: 4,
    });
  }
  return parts;
}

/** When the work can be done, and whether that is too late for the window. */
function endWords(earliest: Earliest | undefined, end: Temporal.ZonedDateTime | undefined): string {
  if (!earliest) return '';
  const isLate = end && Temporal.ZonedDateTime.compare(earliest.end, end) > 0;
  return `${momentWords(earliest.end)}${isLate ? ': after the end of the window' : ''}`;
}

/** `2026-11-30 22:05` */
const momentWords = (at: Temporal.ZonedDateTime): string =>
  `${at.toPlainDate().toString()} ${at.toPlainTime().toString().slice(0, 5)}`;

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
  const earliest = start && earliestOf(runbook, filling, 'work', start);
  const settings = settingsOf(runbook, filling);
  const backs = runbook.tasks.filter(({ role, when }) => role === 'backout' && applies(when, filling));
  const backEfforts = backs.map((task) => effortOf({ tasks: [task] }, filling, 'backout'));
  const undoing = undoRows(runbook, filling);
  const wayBack = wayBackWords(backs, backEfforts, undoing.length);
  const isUnchanged = backs.length === 0 && undoing.length === 0;
  const noReturn: FieldRow = {
    label: 'Point of no return',
    value: answer('planNoReturn') || (isUnchanged ? 'None: nothing is changed' : ''),
  };

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
        { label: 'Done at the earliest', value: endWords(earliest, plannedEnd(answers)) },
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
          value: wayBack,
        },
        noReturn,
      ],
    },
    {
      kind: 'grid',
      caption: 'Risk',
      head: ['Priority', 'Impact', 'Probability', 'Risk'],
      rows: [[answer('planPriority'), answer('planImpact'), answer('planProbability'), riskWords(answers)]],
      widths: [1, 1, 1, 1],
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
      rows: [
        ['Change owner', answer('planOwner'), '', '', ''],
        ['Technical approver', '', '', '', ''],
        ['Change board', answer('planBoardDelegate'), '', '', ''],
      ],
      widths: [4, 5, 3, 4, 5],
      isSigned: true,
    },

    { kind: 'heading', level: 2, text: 'Why, and what could go wrong', sheet: true },
    prose('Why it is done', answer('planJustification')),
    prose('If it is not done', answer('planConsequence')),
    { kind: 'heading', level: 3, text: 'What is changed' },
    {
      kind: 'fields',
      caption: 'Values in this change',
      columns: 2,
      rows: sheetRows(runbook, context.filling),
    },
    ...(settings.length > 0
      ? [
          {
            kind: 'grid',
            caption: 'Settings in this change',
            head: ['Step', 'Setting', 'To'],
            rows: settings.map(({ number, name, to }) => [`Step ${number}`, name, to]),
            widths: [2, 10, 9],
          } as const,
        ]
      : []),
    prose('Configuration items', answer('planItems')),
    {
      kind: 'grid',
      caption: 'What can go wrong, who notices, what is done against it',
      head: ['What can go wrong', 'Who notices', 'What is done against it'],
      rows: inColumns(answer('planRisks'), 3),
      widths: [4, 2, 4],
      spare: answer('planRisks') ? 0 : 3,
    },
    prose('Security impact', answer('planSecurity')),
    prose('Conflicts with other changes and freeze windows', answer('planConflicts')),
    {
      kind: 'checks',
      caption: 'Prerequisites and backups, each with its day',
      rows: [...linesOf(answer('planPrerequisites')), ...(answer('planPrerequisites') ? [] : ['', '', ''])].map(
        (text) => ({ text }),
      ),
    },
    prose('Tests so far', answer('planTests')),
    people('Who is told', ['Who', 'When', 'By whom', 'With which words'], answer('planTold')),
    people('Contacts during the window', ['For what', 'Name', 'Number'], answer('planContacts')),

    ...scheduleParts(runbook, context, filling),

    { kind: 'heading', level: 2, text: 'Steps' },
    {
      kind: 'work',
      caption: start
        ? 'Planned is when a step can begin at the earliest; waiting is counted with its shortest time.'
        : 'Planned is for a pen: day, start and zone of the window are not known.',
      mode: 'plan',
      rows: workRows(runbook, { filling, role: 'work', detail: 'short', start }),
    },
  ];

  const back = workRows(runbook, { filling, role: 'backout', detail: 'whole' });
  parts.push(
    { kind: 'heading', level: 2, text: 'Way back', sheet: true },
    {
      kind: 'fields',
      caption: 'Before you go back',
      rows: [
        { label: backs.length > 0 ? 'Time needed' : 'Way back', value: wayBack },
        // Nobody has said how long the undo of single steps takes.
        ...(backs.length === 0 && undoing.length > 0 ? [{ label: 'Time needed', value: '' }] : []),
        noReturn,
        { label: 'Decided by, at', value: '' },
      ],
    },
    {
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
      widths: [8, 3, 2],
      spare: answer('planTriggers') ? 0 : 2,
    },
  );
  const undone = back.length > 0 ? back : undoing;
  if (undone.length > 0) {
    parts.push({
      kind: 'work',
      caption:
        back.length > 0
          ? 'Minutes are of work; waiting stands beside them.'
          : 'The undo of each step, the last step first. Undo only what was done.',
      mode: 'pen',
      rows: undone,
    });
  } else {
    parts.push({ kind: 'flow', body: words('This runbook changes nothing that would have to be taken back.') });
  }

  parts.push(
    { kind: 'heading', level: 2, text: 'Before and after', sheet: true },
    beforeAndAfter(
      runbook,
      filling,
      (id) => {
        const at = earliest?.starts.get(id);
        return at ? `planned ${momentWords(at)}` : '';
      },
      settings.length > 0 ? 2 : 4,
    ),
    { kind: 'heading', level: 2, text: 'Outcome, review and signatures', last: true },
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
      widths: [6, 6, 3, 3],
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
      widths: [4, 5, 4, 7],
      isSigned: true,
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

/** How long each way back takes, waiting told apart: it is what a window has to hold. A step's own undo has no minutes. */
const wayBackWords = (backs: readonly Task[], efforts: readonly Effort[], undoCount: number): string =>
  backs.length > 0
    ? efforts.map((effort, index) => `${backs[index]?.title ?? ''}: ${timeWords(effort)}`).join('; ')
    : undoCount > 0
      ? `Step by step: ${undoCount} ${undoCount === 1 ? 'step says' : 'steps say'} how to undo it`
      : 'Nothing is changed';

/** @example timeWords({ minutes: 27, waits: [15, 180] }) //=> '27 min of work, 15 min to 3 h of waiting' */
const timeWords = ({ minutes, waits }: Pick<Effort, 'minutes' | 'waits'>): string =>
  `${workHours(minutes)} of work${waits[1] ? `, ${waitSpan(waits)} of waiting` : ''}`;

/** The undo of each step as a row for a pen, the last step first. */
const undoRows = (runbook: Runbook, filling: Filling): readonly WorkRow[] =>
  workRows(runbook, { filling, role: 'work', detail: 'short' })
    .flatMap((row) => (row.kind === 'step' && row.undo.length > 0 ? [row] : []))
    .toReversed()
    .map((step) => ({
      ...step,
      action: [{ text: `Undo of step ${step.number}` }],
      body: step.undo,
      minutes: undefined,
      wait: '',
      expected: [],
      undo: [],
      evidence: [],
    }));

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

const prose = (label: string, text: string): PaperPart => ({ kind: 'prose', label, lines: linesOf(text) });

/** One entry a line, its columns between semicolons or upright lines, or else commas; the last column takes what is left. */
const inColumns = (text: string, columns: number): readonly (readonly string[])[] =>
  linesOf(text).map((each) => {
    const cells = each.split(/[;|]/.test(each) ? /\s*[;|]\s*/ : /\s*,\s*/);
    return Array.from({ length: columns }, (_, index) =>
      index < columns - 1 ? (cells[index] ?? '') : cells.slice(index).join(', '),
    );
  });

const people = (caption: string, head: readonly string[], text: string): PaperPart => ({
  kind: 'grid',
  caption,
  head,
  rows: inColumns(text, head.length),
  widths: head.map((_, index) => (index === 0 ? 4 : 3)),
  spare: text ? 0 : 3,
});
