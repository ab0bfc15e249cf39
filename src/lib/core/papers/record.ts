/**
 * The record: what was done in a run, by whom, when, with what they saw. Made of the run's entries alone; what was taken
 * back is said to have been taken back, and what is open is said on the first sheet.
 */
import {
  allEvidence,
  aboutOf,
  describeEvent,
  escalationsOf,
  eventsOf,
  evidenceOf,
  minutesSpent,
  notesOf,
  seenOf,
  conflictsOf,
} from '../run/account.ts';
import { compareRunbook } from '../run/compare.ts';
import type { Event, EventOf } from '../run/event.ts';
import { gateOf, isDone, tickOf, type RunState } from '../run/fold.ts';
import { outlineOf, type Outline } from '../run/outline.ts';
import { isSettledItem, progressOf, type Progress } from '../run/progress.ts';
import { durationWords } from '../runbook/duration.ts';
import type { Runbook } from '../runbook/model.ts';
import { nameOfRing } from '../runbook/names.ts';
import { inputs } from '../sheet/inputs.ts';
import type { FieldRow, Flow, Line, Paper, PaperPart } from './paper.ts';
import { sheetRows } from './plan.ts';
import { planFields } from './plan-fields.ts';
import { placesOf, type Filling } from './resolve.ts';
import { beforeAndAfter } from './settings.ts';
import { workRows, type Happened } from './work.ts';

export interface RecordContext {
  readonly filling: Omit<Filling, 'places'>;
  readonly state: RunState;
  /** Short fingerprint of the run's save file. */
  readonly fingerprint: string;
  readonly printed: string;
  /** Pictures as `data:` addresses by their hash; those that are not here are named. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** `2026-11-20 03:12 +01:00`: the day and the clock of whoever did it. */
const momentWords = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} ${at.slice(23)}`;
const doer = ({ by, tier, at }: { by: string; tier: number; at: string }): string =>
  `${by}, tier ${tier}, ${momentWords(at)}`;

const line = (text: string): Flow => ({ kind: 'line', line: [{ text }] });
const labelled = (label: string, text: string): Flow => ({ kind: 'labelled', label, body: text.split('\n').map(line) });

function evidenceFlow({ event, isStruck }: { event: EventOf<'evidence'>; isStruck: boolean }): Flow {
  const { text, name, picture } = event.data;
  const label = `Evidence${name ? ` “${name}”` : ''}${isStruck ? ' (taken back)' : ''}, ${doer(event)}`;
  const body: Flow[] = [
    ...(picture ? [line(`Picture, ${picture.bytes} bytes, SHA-256 ${picture.sha256}`)] : []),
    ...(text ? [{ kind: 'output', text } as const] : []),
  ];
  return { kind: 'labelled', label, body };
}

/** Everything that people wrote down at a step or gate, in order. */
function remarksAt(state: RunState, id: string): Flow[] {
  const spent = minutesSpent(state, id);
  return [
    ...notesOf(state, id).map(({ event, isStruck }) =>
      labelled(`Note${isStruck ? ' (taken back)' : ''}, ${doer(event)}`, event.data.text),
    ),
    ...evidenceOf(state, id).map(evidenceFlow),
    ...(spent > 0 ? [labelled('Time spent', durationWords(spent))] : []),
  ];
}

const nameOfDecision = ({ data }: EventOf<'gate'>): string => (data.decision === 'go' ? 'Go' : 'No-go');

/** What a run knows of one step or gate, as the table of steps shows it. */
function happenedIn(state: RunState, runbook: Runbook): (id: string) => Happened | undefined {
  const hashes = new Map(
    runbook.tasks.flatMap(({ items }) =>
      items.flatMap((item) => (item.kind === 'passage' ? [] : [[item.id, item.hash] as const])),
    ),
  );
  const gates = new Set(
    runbook.tasks.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'gate' ? [item.id] : []))),
  );
  return (id) => {
    const remarks = remarksAt(state, id);
    if (gates.has(id)) {
      const standing = state.gates.get(id)?.standing ?? [];
      const decision = gateOf(state, id);
      const words = {
        undecided: 'Open: not decided',
        go: 'Go',
        'no-go': 'No-go',
        conflict: 'Go and no-go both stand: not settled',
      } as const;
      return {
        state: words[decision],
        by: standing
          .map((event) => (standing.length > 1 ? `${nameOfDecision(event)}: ${doer(event)}` : doer(event)))
          .join('; '),
        seen: [...standing.flatMap(({ data }) => (data.text ? [labelled('Reason', data.text)] : [])), ...remarks],
        // Before anybody decided, what was ticked so far.
        met: standing.at(-1)?.data.criteria ?? [...state.steps.keys()].filter((one) => isDone(state, one)),
      };
    }
    const seen = seenOf(state, id);
    const value = seen ? `${seen.data.value}${isSameAct(seen, tickOf(state, id)) ? '' : ` (${doer(seen)})`}` : '';
    const tick = tickOf(state, id);
    if (tick) {
      const isReworded = tick.stepHash !== hashes.get(id);
      return {
        state: isReworded ? 'Done; the step was reworded since' : 'Done',
        by: doer(tick),
        value,
        seen: remarks,
      };
    }
    const away = state.steps.get(id)?.notApplicable;
    if (away) {
      return {
        state: 'Does not apply',
        by: doer(away),
        value,
        seen: [labelled('Reason', away.data.reason ?? ''), ...remarks],
      };
    }
    return { state: 'Open', by: '', value, seen: remarks };
  };
}

/** Whether a value was written down by whoever ticked, within the same minute: then it needs no name and time of its own. */
const isSameAct = (seen: EventOf<'seen'>, tick: EventOf<'tick'> | undefined): boolean =>
  tick !== undefined && tick.by === seen.by && tick.at.slice(0, 16) === seen.at.slice(0, 16);

const outcomes = {
  successful: 'Successful',
  'with-issues': 'Successful with issues',
  unsuccessful: 'Unsuccessful',
  'backed-out': 'Backed out',
} as const;

/** Pictures of the evidence that is not taken back. */
function pictureParts(state: RunState, pictures: ReadonlyMap<string, string>): PaperPart[] {
  return allEvidence(state).flatMap(({ event, isStruck }): PaperPart[] => {
    const { picture, name } = event.data;
    if (!picture || isStruck) return [];
    const words = `${name ?? 'Picture'}, ${doer(event)}`;
    const source = pictures.get(picture.sha256);
    return source
      ? [{ kind: 'image', source, words }]
      : [
          {
            kind: 'flow',
            body: [line(`${words}: the picture itself is not here, only its SHA-256 ${picture.sha256}`)],
          },
        ];
  });
}

/**
 * Makes the record of a run.
 *
 * @example makeRecord(runbook, { filling, state, fingerprint: '3F2A-91C0', printed, pictures: new Map() }).parts[0]
 * //=> { kind: 'alarm', text: '3 steps are open: 1.2, 1.4, 2.1. This record is not finished.' }
 */
export function makeRecord(runbook: Runbook, context: RecordContext): Paper {
  const { state } = context;
  const filling: Filling = { ...context.filling, places: placesOf(runbook) };
  const happened = happenedIn(state, runbook);
  const work = workRows(runbook, { filling, role: 'work', detail: 'short', happened });
  const backs = workRows(runbook, { filling, role: 'backout', detail: 'short', happened });
  const isTouched = (id: string): boolean => state.steps.has(id) || state.gates.has(id);
  const wentBack = backs.some((row) => (row.kind === 'step' || row.kind === 'gate') && isTouched(row.id));

  const outline = outlineOf(runbook);
  const here = new Set(work.flatMap((row) => (row.kind === 'step' || row.kind === 'gate' ? [row.id] : [])));
  const items = outline.items.filter(({ id }) => here.has(id));
  const progress = progressOf(state, items);
  const unsettled = items.filter((item) => !isSettledItem(state, item));
  const stopped = unsettled.filter(({ id }) => gateOf(state, id) === 'no-go');
  const open = unsettled.filter((item) => !stopped.includes(item)).map(({ number }) => number);
  const about = aboutOf(state);
  const finished = state.finished.at(-1);
  const events = eventsOf(state);
  const people = new Map<string, { tier: number; count: number; last: string }>();
  for (const { by, tier, at } of events) {
    const known = people.get(by);
    people.set(by, { tier, count: (known?.count ?? 0) + 1, last: at });
  }
  const comparison = compareRunbook(state, outline);
  const removed = comparison.steps.filter(({ change }) => change === 'removed');
  const conflicts = conflictsOf(state);
  const escalations = escalationsOf(state);
  const handOvers = events.flatMap((event) =>
    (event.kind === 'hand-over' || event.kind === 'accepted') && !state.gone.has(event.id) ? [event] : [],
  );
  const deviations = deviationRows(state, work, backs);
  const started = state.started;

  const parts: PaperPart[] = [
    ...(open.length > 0
      ? [{ kind: 'alarm', text: openWords(open, progress.total, finished !== undefined) } as const]
      : []),
    ...stopped.map(({ number, label }) => ({ kind: 'alarm', text: `No-go at gate ${number}: ${label}` }) as const),
    ...(conflicts.length > 0
      ? [
          {
            kind: 'alarm',
            text: 'At a gate both go and no-go stand: it has to be settled before this record counts.',
          } as const,
        ]
      : []),
    ...(finished ? [] : [{ kind: 'alarm', text: 'The run has not been closed.' } as const]),
    {
      kind: 'fields',
      caption: 'The run',
      columns: 2,
      rows: [
        { label: 'Change number', value: about.change ?? '' },
        { label: 'Site', value: about.site ?? '' },
        { label: 'Ring', value: (about.ring ?? '') || nameOfRing(runbook.ring) },
        { label: 'Started', value: started ? doer(started) : '' },
        { label: 'Closed', value: finished ? doer(finished) : '' },
        { label: 'Outcome', value: finished?.data.outcome ? outcomes[finished.data.outcome] : '' },
        { label: 'Steps, gates among them', value: progressText(progress) },
        { label: 'Way back used', value: wentBack ? 'Yes' : 'No' },
      ],
    },
    ...(finished?.data.text ? [{ kind: 'flow', body: [labelled('Close note', finished.data.text)] } as const] : []),
    {
      kind: 'grid',
      caption: 'People',
      head: ['Name', 'Tier', 'Entries', 'Last entry'],
      widths: [8, 2, 2, 6],
      rows: [...people].map(([name, { tier, count, last }]) => [name, String(tier), String(count), momentWords(last)]),
    },
    { kind: 'fields', caption: 'Values in force', columns: 2, rows: valueRows(runbook, context) },
    ...(deviations.length > 0
      ? [
          {
            kind: 'grid',
            caption: 'Deviations',
            head: ['Step', 'What', 'Who and when'],
            rows: deviations,
            widths: [2, 10, 8],
          } as const,
        ]
      : []),
    { kind: 'heading', level: 2, text: 'What was done' },
    {
      kind: 'work',
      caption: 'As carried out. Times are those of the clock of whoever did it.',
      mode: 'record',
      rows: work,
    },
    ...(wentBack
      ? ([
          { kind: 'heading', level: 2, text: 'Way back' },
          { kind: 'work', caption: 'As carried out.', mode: 'record', rows: backs },
        ] as const)
      : []),
    ...(removed.length > 0
      ? ([
          { kind: 'heading', level: 2, text: 'No longer in this runbook' },
          {
            kind: 'flow',
            body: removed.flatMap(({ id, was }): Flow[] => {
              const past = happened(id);
              return [
                {
                  kind: 'labelled',
                  label: `${was?.number ?? ''} ${was?.label ?? id}`.trim(),
                  body: [line(`${past?.state ?? ''}${past?.by ? `, ${past.by}` : ''}`), ...(past?.seen ?? [])],
                },
              ];
            }),
          },
        ] as const)
      : []),
    ...(escalations.length > 0
      ? ([
          { kind: 'heading', level: 2, text: 'Escalations' },
          {
            kind: 'flow',
            // The text went to the ticket as it stands here, line by line.
            body: escalations.map((event): Flow => ({
              kind: 'labelled',
              label: `To tier ${event.data.to}, ${doer(event)}`,
              body: [
                line(event.data.trigger),
                ...(event.data.text ? [{ kind: 'output', text: event.data.text } as const] : []),
              ],
            })),
          },
        ] as const)
      : []),
    ...(handOvers.length > 0
      ? ([
          { kind: 'heading', level: 2, text: 'Hand-overs' },
          {
            kind: 'flow',
            body: handOvers.flatMap((event): Flow[] => [
              line(describeEvent(event)),
              ...(event.data.text ? [{ kind: 'output', text: event.data.text } as const] : []),
            ]),
          },
        ] as const)
      : []),
    ...generalParts(state),
    ...withHeading('Pictures', pictureParts(state, context.pictures)),
    { kind: 'heading', level: 2, text: 'Before and after' },
    beforeAndAfter(
      runbook,
      filling,
      (id) => {
        const tick = tickOf(state, id);
        return tick ? `done ${momentWords(tick.at)}` : 'not done';
      },
      0,
    ),
    { kind: 'heading', level: 2, text: 'Log' },
    {
      kind: 'grid',
      widths: [5, 12, 3],
      caption: `All ${events.length} entries, as they were made`,
      head: ['When', 'What', 'In force'],
      rows: events
        .filter(({ kind }) => kind !== 'outline')
        .map((event) => [
          momentWords(event.at),
          logWords(event, outline),
          state.gone.has(event.id) ? 'taken back' : 'yes',
        ]),
    },
    {
      kind: 'grid',
      caption: 'Signatures',
      head: ['Role', 'Name', 'Date and time', 'Signature'],
      widths: [4, 5, 4, 7],
      isSigned: true,
      rows: ['Implemented by', 'Verified by', 'Accepted by'].map((role) => [role, '', '', '']),
    },
  ];
  return {
    kind: 'record',
    title: about.title ? about.title : runbook.title,
    about: about.title && about.title !== runbook.title ? `By the runbook “${runbook.title}”` : '',
    control: {
      runbook: runbook.id,
      revision: runbook.revision,
      fingerprint: context.fingerprint,
      printed: context.printed,
    },
    parts,
  };
}

/** @example openWords(['1.2'], 9, false) //=> '1 of 9 steps is open: 1.2. This record is not finished.' */
function openWords(open: readonly string[], total: number, isClosed: boolean): string {
  const shown = open.slice(0, 20).join(', ');
  const more = open.length > 20 ? ` and ${open.length - 20} more` : '';
  // A run can be closed with steps open, and its record says so: it will not get any further.
  const end = isClosed
    ? `The run was closed with ${open.length === 1 ? 'it' : 'them'} open.`
    : 'This record is not finished.';
  return `${open.length} of ${total} steps ${open.length === 1 ? 'is' : 'are'} open: ${shown}${more}. ${end}`;
}

/** The words of the bar of the run, and how many of those steps did not apply. */
const progressText = ({ words, notApplicable }: Progress): string =>
  `${words}${notApplicable ? `; ${notApplicable} did not apply` : ''}`;

/** Inputs that are not secret, with the text in force; a value that is not on this runbook's sheet is left to the log. */
const valueRows = (runbook: Runbook, { filling }: RecordContext): readonly FieldRow[] => sheetRows(runbook, filling);

/** One entry in words, with values under the names that their fields have; when it was stands beside it. */
function logWords(event: Event, outline: Outline): string {
  const words = describeEvent(event, outline).replace(/, [\d-]+ [\d:]+$/, '');
  if (event.kind !== 'value') return words;
  const { input } = event.data;
  const label = inputs[input]?.label ?? planFields.find(({ id }) => id === input)?.label ?? input;
  return words.replace(`Value ${input} `, `${label} `);
}

/** Where the run left the path of the runbook. */
function deviationRows(
  state: RunState,
  work: ReturnType<typeof workRows>,
  backs: ReturnType<typeof workRows>,
): readonly (readonly string[])[] {
  const plain = (of: Line): string => of.map(({ text }) => text).join('');
  return [...work, ...backs].flatMap((row): string[][] => {
    if (row.kind === 'step' && row.state === 'Does not apply') {
      const reason =
        row.seen[0]?.kind === 'labelled' && row.seen[0].body[0]?.kind === 'line' ? plain(row.seen[0].body[0].line) : '';
      return [[row.number, `Does not apply: ${reason}`, row.by]];
    }
    if (row.kind === 'step' && row.state.startsWith('Done;')) return [[row.number, row.state, row.by]];
    if (row.kind !== 'gate') return [];
    const low = (state.gates.get(row.id)?.standing ?? []).filter(({ tier }) => tier < row.tier);
    return [
      ...(/^No-go$|both/.test(row.decision) ? [[row.number, row.decision, row.by]] : []),
      ...low.map((event) => [
        row.number,
        `${nameOfDecision(event)} by tier ${event.tier}; the gate is for tier ${row.tier}`,
        doer(event),
      ]),
    ];
  });
}

/** Notes and evidence that belong to no step. */
const generalParts = (state: RunState): PaperPart[] =>
  withHeading(
    'Notes on the run',
    ((body) => (body.length > 0 ? [{ kind: 'flow', body } as const] : []))(remarksAt(state, '')),
  );

const withHeading = (text: string, parts: readonly PaperPart[]): PaperPart[] =>
  parts.length > 0 ? [{ kind: 'heading', level: 2, text }, ...parts] : [];
