/** The table of steps, which all papers share: numbered as on the page, filled from the sheet, with room for a pen. */
import { branchWords } from '../render/runbook-html.ts';
import { durationWords, workHours } from '../runbook/duration.ts';
import type { Condition, Gate, Runbook, Step, Task, Wait } from '../runbook/model.ts';
import { itemsOf } from '../runbook/walk.ts';
import { holdsAll } from '../sheet/sheet.ts';
import type { Flow, GateBand, StepRow, WorkRow } from './paper.ts';
import { resolveBlocks, resolveBranch, resolveInline, type Filling } from './resolve.ts';

/** What a run knows of a step or gate; a plan and a blank checklist know nothing. */
export interface Happened {
  readonly state: string;
  readonly by: string;
  readonly value?: string | undefined;
  readonly seen: readonly Flow[];
  /** Ids of the criteria that were ticked, at a gate. */
  readonly met?: readonly string[] | undefined;
}

export interface WorkOptions {
  readonly filling: Filling;
  /** Which tasks: the work, or the ways back. */
  readonly role: Task['role'];
  /** `short` leaves out what only who carries it out needs: what to do if not, records to keep, whom to call. */
  readonly detail: 'short' | 'whole';
  readonly happened?: ((id: string) => Happened | undefined) | undefined;
  /** The moment at which the first step begins. */
  readonly start?: Temporal.ZonedDateTime | undefined;
}

/** Whether this applies: not when a condition fails. What is not known yet stays, and says so. */
export const applies = (when: readonly Condition[], { sheet }: Filling): boolean => holdsAll(when, sheet) !== false;

const branchOf = (when: readonly Condition[], { sheet }: Filling): string =>
  when.length > 0 && holdsAll(when, sheet) === undefined ? branchWords(when) : '';

const labelled = (label: string, body: readonly Flow[]): readonly Flow[] =>
  body.length > 0 ? [{ kind: 'labelled', label, body }] : [];

/** Steps and gates of the tasks of a role that apply on this sheet, in reading order. */
const itemsThatApply = (runbook: Pick<Runbook, 'tasks'>, filling: Filling, role: Task['role']): (Step | Gate)[] =>
  itemsOf({ tasks: runbook.tasks.filter((task) => task.role === role && applies(task.when, filling)) }).filter((item) =>
    applies(item.when, filling),
  );

/** When the work of a window can be done at the earliest, the shortest waits included. */
export interface Earliest {
  /** When each step and gate can begin, by id. */
  readonly starts: ReadonlyMap<string, Temporal.ZonedDateTime>;
  /** When the last of them can be done. */
  readonly end: Temporal.ZonedDateTime;
}

export function earliestOf(
  runbook: Pick<Runbook, 'tasks'>,
  filling: Filling,
  role: Task['role'],
  start: Temporal.ZonedDateTime,
): Earliest {
  let at = start;
  const starts = new Map(
    itemsThatApply(runbook, filling, role).map((item) => {
      const wait = item.wait?.minutes ?? 0;
      // A gate is decided once its wait is over; what a step is to bring about shows after its own.
      const begins = item.kind === 'gate' ? at.add({ minutes: wait }) : at;
      at = at.add({ minutes: item.minutes + wait });
      return [item.id, begins];
    }),
  );
  return { starts, end: at };
}

/** Writes moments in a row: `2026-11-30 22:00` for the first of a day, then `22:05`; nothing for none. */
function momentWriter(): (at: Temporal.ZonedDateTime | undefined) => string {
  let last = '';
  return (at) => {
    if (!at) return '';
    const day = at.toPlainDate().toString();
    const time = at.toPlainTime().toString().slice(0, 5);
    const text = day === last ? time : `${day} ${time}`;
    last = day;
    return text;
  };
}

const waitFlow = (wait: Wait | undefined, filling: Filling): readonly Flow[] =>
  wait
    ? labelled('Wait', [
        { kind: 'line', line: [{ text: waitSpan([wait.minutes, wait.upTo]) }] },
        ...resolveBlocks(wait.body, filling),
      ])
    : [];

function stepRow(step: Step, options: WorkOptions, planned: string): StepRow {
  const { filling, detail, happened } = options;
  const { expect = [], ifNot = [], undo = [], evidence = [], why = [] } = step.details;
  const branch = branchOf(step.when, filling);
  const isWhole = detail === 'whole';
  const past = happened?.(step.id);
  const wait = step.wait;
  const escalate = step.escalate;
  return {
    kind: 'step',
    id: step.id,
    number: step.number,
    action: [
      ...(branch ? [{ text: `(${branch}) `, style: 'branch' as const }] : []),
      ...resolveInline(step.action, filling),
    ],
    body: [
      ...resolveBlocks(step.body, filling),
      ...waitFlow(wait, filling),
      ...(isWhole ? labelled('If not', resolveBlocks(ifNot, filling)) : []),
      ...(isWhole && escalate
        ? labelled('Escalate', [
            {
              kind: 'line',
              line: [
                {
                  text: `to tier ${escalate.to}${escalate.afterMinutes ? ` after ${durationWords(escalate.afterMinutes)}` : ''}`,
                },
              ],
            },
            ...resolveBlocks(escalate.body, filling),
          ])
        : []),
      ...(isWhole ? labelled('Why', resolveBlocks(why, filling)) : []),
    ],
    tier: step.tier,
    planned,
    minutes: step.minutes,
    wait: wait ? waitSpan([wait.minutes, wait.upTo]) : '',
    expected: resolveBlocks(expect, filling),
    undo: resolveBlocks(undo, filling),
    evidence: isWhole ? resolveBlocks(evidence, filling) : [],
    value: past?.value ?? '',
    seen: past?.seen ?? [],
    state: past?.state ?? '',
    by: past?.by ?? '',
  };
}

function gateBand(gate: Gate, options: WorkOptions, planned: string): GateBand {
  const { filling, happened } = options;
  const past = happened?.(gate.id);
  const { expect = [], ifNot = [], why = [] } = gate.details;
  return {
    kind: 'gate',
    id: gate.id,
    number: gate.number,
    title: gate.title,
    tier: gate.tier,
    minutes: gate.minutes,
    planned,
    criteria: gate.criteria
      .filter(({ when }) => applies(when, filling))
      .map(({ id, text, when }) => {
        const branch = branchOf(when, filling);
        return {
          line: [
            ...(branch ? [{ text: `(${branch}) `, style: 'branch' as const }] : []),
            ...resolveInline(text, filling),
          ],
          met: past?.met?.includes(id),
        };
      }),
    body: [
      ...(branchOf(gate.when, filling)
        ? [{ kind: 'line', line: [{ text: branchOf(gate.when, filling), style: 'branch' }] } as const]
        : []),
      ...waitFlow(gate.wait, filling),
      ...resolveBlocks(gate.body, filling),
      ...labelled('Expect', resolveBlocks(expect, filling)),
      ...labelled('If not', resolveBlocks(ifNot, filling)),
      ...labelled('Why', resolveBlocks(why, filling)),
    ],
    decision: past?.state ?? '',
    by: past?.by ?? '',
    seen: past?.seen ?? [],
  };
}

/** Rows for all tasks of a role that apply on this sheet, in reading order. */
export function workRows(runbook: Pick<Runbook, 'tasks'>, options: WorkOptions): readonly WorkRow[] {
  const { filling, role } = options;
  const starts = options.start && earliestOf(runbook, filling, role, options.start).starts;
  const write = momentWriter();
  const rows: WorkRow[] = [];
  for (const task of runbook.tasks) {
    if (task.role !== role || !applies(task.when, filling)) continue;
    rows.push({
      kind: 'task',
      id: task.id,
      number: String(task.number),
      title: task.title,
      branch: branchOf(task.when, filling),
    });
    for (const item of task.items) {
      if (!applies(item.when, filling)) continue;
      if (item.kind === 'step') rows.push(stepRow(item, options, write(starts?.get(item.id))));
      else if (item.kind === 'gate') rows.push(gateBand(item, options, write(starts?.get(item.id))));
      else {
        const body = resolveBranch(item.when, filling, () => resolveBlocks(item.body, filling));
        if (body.length > 0) rows.push({ kind: 'passage', body });
      }
    }
  }
  return rows;
}

export interface Effort {
  readonly steps: number;
  readonly gates: number;
  /** Minutes of work, waiting left out. */
  readonly minutes: number;
  /** Minutes of waiting, from the shortest to the longest. */
  readonly waits: readonly [least: number, most: number];
}

/** How much there is to do in the tasks of a role that apply on this sheet. */
export function effortOf(runbook: Pick<Runbook, 'tasks'>, filling: Filling, role: Task['role']): Effort {
  const items = itemsThatApply(runbook, filling, role);
  const waits = items.flatMap((item) => (item.wait ? [item.wait] : []));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    steps: items.filter(({ kind }) => kind === 'step').length,
    gates: items.filter(({ kind }) => kind === 'gate').length,
    minutes: sum(items.map(({ minutes }) => minutes)),
    waits: [sum(waits.map(({ minutes }) => minutes)), sum(waits.map(({ upTo }) => upTo))],
  };
}

/** @example waitSpan([0, 5]) //=> '0 min to 5 min' */
export const waitSpan = ([least, most]: Effort['waits']): string =>
  most ? `${least === most ? '' : `${durationWords(least)} to `}${durationWords(most)}` : 'none';

/**
 * Gates are counted as steps, as the bar of a run does.
 *
 * @example countWords({ steps: 2, gates: 1 }) //=> '3 steps, 1 of them a gate'
 */
export function countWords({ steps, gates }: Pick<Effort, 'steps' | 'gates'>): string {
  const all = steps + gates;
  const ofThem = gates ? `, ${gates} of them ${gates === 1 ? 'a gate' : 'gates'}` : '';
  return `${all} ${all === 1 ? 'step' : 'steps'}${ofThem}`;
}

/** @example effortWords({ steps: 2, gates: 1, minutes: 65, waits: [0, 5] }) //=> '3 steps, 1 of them a gate: 1 h 5 min of work, and 0 min to 5 min of waiting' */
export const effortWords = (effort: Effort): string =>
  `${countWords(effort)}: ${workHours(effort.minutes)} of work${effort.waits[1] ? `, and ${waitSpan(effort.waits)} of waiting` : ''}`;
