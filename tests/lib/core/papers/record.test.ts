import { describe, expect, test } from 'vitest';
import type { Event } from '../../../../src/lib/core/run/event.ts';
import { fold } from '../../../../src/lib/core/run/fold.ts';
import { outlineText } from './outline.ts';
import { flowText, type Paper, type WorkRow } from '../../../../src/lib/core/papers/paper.ts';
import { makeRecord } from '../../../../src/lib/core/papers/record.ts';
import { toMarkdown } from '../../../../src/lib/core/papers/to-markdown.ts';
import { paperHtml } from '../../../../src/lib/core/papers/to-html.ts';
import { runbook, given, sheetOf } from './sample.ts';

const hashOf = (id: string): string =>
  runbook.tasks
    .flatMap(({ items }) => items)
    .flatMap((item) => (item.kind !== 'passage' && item.id === id ? [item.hash] : []))[0] ?? '';

let minute = 0;
const event = (rest: Record<string, unknown>, by = 'Ana Ruiz'): Event =>
  ({
    id: `e${(minute += 1)}`,
    at: `2026-11-20T03:${String(minute % 60).padStart(2, '0')}:00.000+01:00`,
    by,
    tier: 1,
    ...rest,
  }) as Event;

const started = event({
  kind: 'started',
  data: {
    runbook: 'sample',
    revision: runbook.revision,
    title: runbook.title,
    about: { change: 'CHG0031337', site: 'Munich' },
  },
});
const tick = (step: string): Event => event({ kind: 'tick', step, stepHash: hashOf(step) });

const record = (events: readonly Event[], pictures: ReadonlyMap<string, string> = new Map()): Paper =>
  makeRecord(runbook, {
    filling: { sheet: sheetOf(given), today: '2026-11-20' },
    state: fold([started, ...events]),
    fingerprint: '3F2A-91C0-77D1-0B4E',
    printed: '2026-11-20 21:00',
    pictures,
  });
const alarms = (paper: Paper): string[] => paper.parts.flatMap((part) => (part.kind === 'alarm' ? [part.text] : []));
const rows = (paper: Paper): WorkRow[] => paper.parts.flatMap((part) => (part.kind === 'work' ? [...part.rows] : []));
const rowOf = (paper: Paper, id: string): WorkRow | undefined =>
  rows(paper).find((row) => 'id' in row && row.id === id);
const gate = (decision: string, more: Record<string, unknown> = {}): Event =>
  event({
    kind: 'gate',
    step: 'may-go-on',
    stepHash: hashOf('may-go-on'),
    data: { decision, criteria: ['soaked'], ...more },
  });
const finished = event({ kind: 'finished', data: { outcome: 'with-issues', text: 'One client was off.' } });

describe('the first sheet', () => {
  test('says which steps are open, and that the run is not closed', () => {
    expect(alarms(record([tick('look')]))).toEqual([
      '2 of 3 steps are open: 1.3, 1.4. This record is not finished.',
      'The run has not been closed.',
    ]);
  });

  test('has no alarm when everything is done and closed', () => {
    expect(alarms(record([tick('look'), tick('set'), gate('go'), finished]))).toEqual([]);
  });

  test('says no-go apart from what is open, and counts as the bar of the run does', () => {
    const paper = record([tick('look'), tick('set'), gate('no-go'), finished]);

    expect(alarms(paper)).toEqual(['No-go at gate 1.3: May we go on']);
    expect(toMarkdown(paper)).toContain('| Steps, gates among them | 2 of 3 steps, task 1 of 1 |');
    expect(toMarkdown(record([tick('look'), tick('set'), gate('go')]))).toContain(
      '| Steps, gates among them | 3 of 3 steps, all done |',
    );
  });

  test('names change, site, people and outcome', () => {
    const text = toMarkdown(record([tick('look'), finished]));

    expect(text).toContain('| Change number | CHG0031337 |');
    expect(text).toContain('| Outcome | Successful with issues |');
    expect(text).toContain('| Ana Ruiz | 1 | 3 |');
    expect(text).toContain('One client was off.');
  });
});

describe('a step', () => {
  test('says who did it and when, by the clock of whoever did it', () => {
    const done = tick('look');

    expect(rowOf(record([done]), 'look')).toMatchObject({
      state: 'Done',
      by: `Ana Ruiz, tier 1, 2026-11-20 ${done.at.slice(11, 16)} +01:00`,
    });
  });

  test('says that it was reworded since it was ticked', () => {
    const old = event({ kind: 'tick', step: 'look', stepHash: '00000000' });

    expect(rowOf(record([old]), 'look')).toMatchObject({ state: 'Done; the step was reworded since' });
  });

  test('holds notes, evidence, the value seen and the time spent, also when they were taken back', () => {
    const note = event({ kind: 'note', step: 'look', data: { text: 'It was slow.' } });
    const paper = record([
      note,
      event({ kind: 'evidence', step: 'look', data: { text: 'Id 1', name: 'output' } }),
      event({ kind: 'seen', step: 'look', data: { value: '8530 open' } }),
      event({ kind: 'spent', step: 'look', data: { minutes: 7 } }),
      event({ kind: 'undo', data: { undoes: [note.id] } }),
    ]);
    const row = rowOf(paper, 'look');
    const text = row?.kind === 'step' ? flowText(row.seen) : '';

    expect(text).toMatch(/Note \(taken back\), Ana Ruiz, tier 1, 2026-11-20 .*: It was slow\./);
    expect(text).toMatch(/Evidence “output”, Ana Ruiz.*: Id 1/);
    expect(row).toMatchObject({
      value: expect.stringMatching(/^8530 open \(Ana Ruiz, tier 1, 2026-11-20 /) as unknown,
    });
    expect(text).toContain('Time spent: 7 min');
  });

  test('that does not apply says why, and stands among the deviations', () => {
    const text = toMarkdown(
      record([
        event({ kind: 'not-applicable', step: 'set', stepHash: hashOf('set'), data: { reason: 'Set by Intune.' } }),
      ]),
    );

    expect(text).toContain('| 1.4 | Does not apply: Set by Intune. | Ana Ruiz, tier 1');
  });
});

describe('a gate', () => {
  test('shows the decision, who made it, and the criteria that were met', () => {
    expect(rowOf(record([gate('go', { text: 'All green.' })]), 'may-go-on')).toMatchObject({
      decision: 'Go',
      criteria: [{ met: false }, { met: true }],
    });
  });

  test('with both decisions is an alarm on the first sheet', () => {
    expect(alarms(record([gate('go'), gate('no-go'), tick('look'), tick('set'), finished]))).toEqual([
      '1 of 3 steps is open: 1.3. The run was closed with it open.',
      'At a gate both go and no-go stand: it has to be settled before this record counts.',
    ]);
  });
});

describe('the rest of the record', () => {
  test('says when each setting was set, or that it was not', () => {
    const done = tick('set');
    const row = (events: readonly Event[]): string =>
      toMarkdown(record(events))
        .split('\n')
        .find((text) => text.startsWith('| Define the order of sources')) ?? '';

    expect(row([done])).toContain(`Step 1.4, done 2026-11-20 ${done.at.slice(11, 16)} +01:00`);
    expect(row([])).toContain('Step 1.4, not done');
  });

  test('keeps what was done at a step that is no longer in the runbook, in its old words', () => {
    const outline = event({ kind: 'outline', data: { revision: 'aaaaaaaa', text: outlineText } });
    const text = toMarkdown(record([outline, event({ kind: 'tick', step: 'gone', stepHash: '11111111' })]));

    expect(text).toContain('## No longer in this runbook');
    expect(text).toContain('Restart the old server');
  });

  test('shows pictures that it has, and names the hash of those that it has not', () => {
    const sha256 = 'a'.repeat(64);
    const picture = event({
      kind: 'evidence',
      step: 'look',
      data: { name: 'screen', picture: { type: 'image/png', bytes: 3, sha256 } },
    });

    expect(paperHtml(record([picture], new Map([[sha256, 'data:image/png;base64,AAAA']]))).toString()).toContain(
      '<img src="data:image/png;base64,AAAA"',
    );
    expect(toMarkdown(record([picture]))).toContain(`the picture itself is not here, only its SHA-256 ${sha256}`);
  });

  test('names values in the log as their fields do, those of the plan too', () => {
    const paper = record([
      event({ kind: 'value', data: { input: 'wsusServer', value: 'wsus2.contoso.com' } }),
      event({ kind: 'value', data: { input: 'planOwner', value: 'Jonas Brandt' } }),
    ]);
    const text = toMarkdown(paper);

    expect(text).toContain('| This WSUS server set to wsus2.contoso.com, by Ana Ruiz, tier 1 | yes |');
    expect(text).toContain('| Change owner set to Jonas Brandt, by Ana Ruiz, tier 1 | yes |');
  });

  test('has the text of an escalation and of a hand-over line by line', () => {
    const paper = record([
      event({ kind: 'escalated', step: 'look', data: { to: 3, trigger: 'The time is over', text: '1 Summary\n| a' } }),
      event({ kind: 'hand-over', data: { to: 'Jonas Nox', text: 'Odd:\nthe console is slow' } }),
      event({ kind: 'accepted', data: {} }, 'Jonas Nox'),
    ]);
    const text = toMarkdown(paper);

    expect(text).toMatch(/\*\*To tier 3, Ana Ruiz, .*The time is over\n\n```text\n1 Summary\n\| a\n```/);
    expect(text).toMatch(/Handed over to Jonas Nox, by Ana Ruiz.*\n\n```text\nOdd:\nthe console is slow\n```/);
    expect(text).toMatch(/Hand-over accepted, by Jonas Nox/);
  });

  test('names a decision that a lower tier made among the deviations', () => {
    expect(toMarkdown(record([gate('go')]))).toContain('| 1.3 | Go by tier 1; the gate is for tier 3 | Ana Ruiz');
  });

  test('lists every entry, and which of them were taken back', () => {
    const wrong = tick('look');
    const paper = record([wrong, event({ kind: 'undo', data: { undoes: [wrong.id] } })]);
    const log = paper.parts.flatMap((part) =>
      part.kind === 'grid' && part.caption.startsWith('All ') ? part.rows : [],
    );

    expect(log.map((cells) => cells[2])).toEqual(['yes', 'taken back', 'yes']);
  });
});
