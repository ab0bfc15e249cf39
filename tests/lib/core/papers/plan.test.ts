import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeChecklist } from '../../../../src/lib/core/papers/checklist.ts';
import {
  flowText,
  lineText,
  type Paper,
  type PaperPart,
  type StepRow,
  type WorkRow,
} from '../../../../src/lib/core/papers/paper.ts';
import { makePlan, windowFault } from '../../../../src/lib/core/papers/plan.ts';
import { planFields, readPlan, readPlanField } from '../../../../src/lib/core/papers/plan-fields.ts';
import { askedPlanInputs, planInputs } from '../../../../src/lib/core/papers/plan-inputs.ts';
import { inputsOf } from '../../../../src/lib/core/sheet/inputs.ts';
import { makeSheet, type Sheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { resolveInline } from '../../../../src/lib/core/papers/resolve.ts';
import { compiled, file } from '../../../support/compile.ts';
import { contextOf, given, runbook, window } from './sample.ts';

const rowsOf = (paper: Paper): WorkRow[] => paper.parts.flatMap((part) => (part.kind === 'work' ? [...part.rows] : []));
const steps = (paper: Paper): StepRow[] => rowsOf(paper).flatMap((row) => (row.kind === 'step' ? [row] : []));
const plan = (raw: Record<string, string>, answers: Record<string, string> = {}): Paper =>
  makePlan(runbook, contextOf(raw, answers));

describe('the steps of a plan', () => {
  test('are numbered as on the page, with branches that do not apply left out', () => {
    expect(rowsOf(plan(given)).map((row) => ('number' in row ? `${row.kind} ${row.number}` : row.kind))).toEqual([
      'task 1',
      'step 1.1',
      'gate 1.3',
      'step 1.4',
      'task 2',
      'step 2.1',
    ]);
  });

  test('keep a branch that nobody has answered for, and say on what it hangs', () => {
    const [, proxy] = steps(plan({}));

    expect(proxy && lineText(proxy.action)).toBe('(Only if Proxy: Yes) Enter the proxy ____ (Proxy server).');
  });

  test('hold commands with the values of the site in the quotes of their shell', () => {
    const [look] = steps(plan(given));

    expect(flowText(look?.body ?? [])).toContain("Get-GPO -Name 'Bob''s ring'");
  });

  test('name what is missing in a command', () => {
    const [look] = steps(plan({}));

    expect(flowText(look?.body ?? [])).toContain('Get-GPO -Name ____ (Production GPO)');
  });

  test('say where to click for the console that the sheet names, and for no other', () => {
    const set = steps(plan(given)).find(({ id }) => id === 'set');
    const text = flowText(set?.body ?? []);

    expect(text).toContain('Microsoft Defender Antivirus › Security Intelligence Updates');
    expect(text).not.toContain('Signature Updates ›');
  });

  test('are planned at the earliest moment, waits counted with their shortest time', () => {
    expect(steps(plan(given, window)).map(({ planned }) => planned)).toEqual(['2026-10-24 22:00', '22:25', '']);
  });

  test('follow the clock through a change of it', () => {
    const [, set] = steps(plan(given, { ...window, planStartDate: '2026-10-25', planStartTime: '02:40' }));

    // 02:40 comes twice that night; the first is meant, and 25 minutes later the clocks show 02:05 again.
    expect(set?.planned).toBe('02:05');
  });
});

describe('the decision page', () => {
  const valueOf = (paper: Paper, label: string): string | undefined =>
    paper.parts.flatMap((part) => (part.kind === 'fields' ? part.rows : [])).find((row) => row.label === label)?.value;

  test('adds up work and waiting of what applies here', () => {
    expect(valueOf(plan(given), 'Work')).toBe(
      '3 steps, 1 of them a gate: 35 min of work, and 10 min to 20 min of waiting',
    );
    expect(valueOf(plan({ ...given, useProxy: 'yes' }), 'Work')).toMatch(/^4 steps, 1 of them a gate: 37 min of work/);
  });

  test('says how long each way back takes', () => {
    expect(valueOf(plan(given), 'Way back')).toBe('Go back: 15 min of work');
  });

  test('tells the waiting of a way back apart from its work: a window has to hold both', () => {
    const slow = {
      ...runbook,
      tasks: runbook.tasks.map((task) =>
        task.role === 'backout'
          ? {
              ...task,
              items: task.items.map((item) =>
                item.kind === 'step' ? { ...item, wait: { minutes: 15, upTo: 1440, body: [] } } : item,
              ),
            }
          : task,
      ),
    };
    const paper = makePlan(slow, contextOf(given));

    expect(valueOf(paper, 'Way back')).toBe('Go back: 15 min of work, 15 min to 24 h of waiting');
    expect(valueOf(paper, 'Time needed')).toBe(valueOf(paper, 'Way back'));
    expect(steps(paper).find(({ id }) => id === 'back')?.wait).toBe('15 min to 24 h');
  });

  test('says that there is no point of no return where nothing is changed, and elsewhere leaves it to people', () => {
    const [begin] = runbook.tasks;
    const look = { ...runbook, tasks: begin ? [{ ...begin, items: begin.items.slice(0, 1) }] : [] };

    expect(valueOf(makePlan(look, contextOf(given)), 'Point of no return')).toBe('None: nothing is changed');
    expect(valueOf(makePlan(look, contextOf(given, { planNoReturn: 'Step 1.1' })), 'Point of no return')).toBe(
      'Step 1.1',
    );
    expect(valueOf(plan(given), 'Point of no return')).toBe('');
  });

  test('shows the inputs that this site uses, and no other', () => {
    const labels = plan(given).parts.flatMap((part) =>
      part.kind === 'fields' && part.caption === 'Values in this change' ? part.rows.map(({ label }) => label) : [],
    );

    expect(labels).toContain('Soak time');
    expect(labels).not.toContain('Proxy server');
  });

  test.each([
    ['low', 'low', 'Low'],
    ['medium', 'low', 'Medium'],
    ['low', 'high', 'Medium'],
    ['high', 'medium', 'High'],
    ['high', 'high', 'High'],
  ])('makes impact %s and probability %s a risk that is %s', (planImpact, planProbability, risk) => {
    const paper = plan(given, readPlan({ planImpact, planProbability }).answers);
    const rows = paper.parts.flatMap((part) => (part.kind === 'grid' && part.caption === 'Risk' ? part.rows : []));

    expect(rows[0]?.[3]).toBe(risk);
  });
});

describe('the schedule', () => {
  const gridOf = (paper: Paper, caption: RegExp): readonly (readonly string[])[] =>
    paper.parts.flatMap((part) => (part.kind === 'grid' && caption.test(part.caption) ? part.rows : []));

  test('says when each task can begin, and tells its work from its waiting, in the zone of the window', () => {
    expect(gridOf(plan(given, window), /^Tasks, each at the earliest, in the zone Europe\/Berlin$/)).toEqual([
      ['1 Begin the work', '2026-10-24 22:00', '3 steps, 1 of them a gate', '35 min', '10 min to 20 min', '1.3'],
    ]);
  });

  test('says when each gate can be decided at the earliest, and leaves the latest to the board', () => {
    expect(gridOf(plan(given, window), /^Go\/no-go points/)).toEqual([
      ['1.3', 'May we go on', 'Tier 3', '2026-10-24 22:15', ''],
    ]);
  });

  test('counts the wait of a gate before its decision, and in the waiting of all', () => {
    const waiting = {
      ...runbook,
      tasks: runbook.tasks.map((task) => ({
        ...task,
        items: task.items.map((item) =>
          item.kind === 'gate' ? { ...item, wait: { minutes: 2880, upTo: 2880, body: [] } } : item,
        ),
      })),
    };
    const paper = makePlan(waiting, contextOf(given, window));
    expect(gridOf(paper, /^Go\/no-go points/)).toEqual([['1.3', 'May we go on', 'Tier 3', '2026-10-26 21:15', '']]);
    expect(gridOf(paper, /^Tasks/)[0]?.[4]).toBe('2 days 10 min to 2 days 20 min');
  });

  test('warns on the decision page when the work cannot be done within the window', () => {
    const ends = (planEndTime: string): string[] =>
      plan(given, { ...window, planEndDate: '2026-10-24', planEndTime }).parts.flatMap((part) =>
        part.kind === 'fields' && part.caption === 'To decide on'
          ? part.rows.flatMap(({ label, value }) => (label === 'Done at the earliest' ? [value] : []))
          : [],
      );

    expect(ends('22:45')).toEqual(['2026-10-24 22:45']);
    expect(ends('22:44')).toEqual(['2026-10-24 22:45: after the end of the window']);
  });
});

describe('the rings of a plan', () => {
  const rings = {
    ring: 'production' as const,
    inputs: ['firstSync', 'syncsPerDay', 'timeZone', 'soakHours', 'detectionHours'],
  };
  const raw = {
    firstSync: '17:00',
    syncsPerDay: '1',
    timeZone: 'America/New_York',
    soakHours: '12',
    detectionHours: '22',
    pilotFirstSync: '05:00',
    pilotSyncsPerDay: '1',
    pilotTimeZone: 'America/New_York',
    middleRings: '0',
    pilotApproval: 'rule',
    approval: 'rule',
  };
  const sheet = (values: Record<string, string>): Sheet =>
    makeSheet(values, inputsOf([...rings.inputs, ...planInputs(rings)]), { today: '2026-11-20' });
  const scheduled = (values: Record<string, string>, answers: Record<string, string>): readonly PaperPart[] =>
    makePlan(
      { ...runbook, ...rings },
      { filling: { sheet: sheet(values), today: '2026-11-20' }, answers, printed: '2026-11-20 21:00' },
    ).parts;

  test('are a picture and tables once the schedules are given, on the day of the window', () => {
    const parts = scheduled(raw, { planStartDate: '2026-12-07' });
    const picture = parts.find((part) => part.kind === 'picture');
    const text = parts.map((part) => (part.kind === 'flow' ? flowText(part.body) : '')).join('\n');

    expect(picture).toMatchObject({ svg: expect.stringMatching(/^<svg[^]*Production/) as unknown });
    expect(text).toContain('An update that Pilot takes at its first synchronization of 2026-12-07');
    expect(text).toContain('Production (America/New_York) | 2026-12-07 17:00 (-05:00)');
  });

  test('take the day of the update that was given instead of that of the window', () => {
    const text = JSON.stringify(scheduled({ ...raw, updateDate: '2026-12-01' }, { planStartDate: '2026-12-07' }));

    expect(text).toContain('first synchronization of 2026-12-01');
  });

  test('are a table for a pen while a schedule is missing', () => {
    const parts = scheduled({ ...raw, pilotFirstSync: '' }, {});

    expect(parts.some((part) => part.kind === 'picture')).toBe(false);
    expect(parts).toContainEqual(expect.objectContaining({ kind: 'grid', caption: 'Rings', rows: [], spare: 4 }));
  });

  test('are asked for as far as the answers call for them', () => {
    const asked = (values: Record<string, string>): ReadonlySet<string> => askedPlanInputs(rings, sheet(values));

    expect([...asked({})]).toContain('pilotFirstSync');
    expect([...asked({})]).not.toContain('firstSync');
    expect([...asked(raw)]).not.toContain('ring2FirstSync');
    expect([...asked({ ...raw, middleRings: '1' })]).toEqual(
      expect.arrayContaining(['ring2FirstSync', 'ring2SoakHours']) as unknown,
    );
    expect([...asked({ ...raw, deadline: 'later' })]).toContain('deadlineDays');
  });

  test('are no question of a runbook without the schedule of production', () => {
    expect(planInputs({ ...rings, ring: 'pilot' })).toEqual([]);
    expect(planInputs({ ...rings, inputs: [] })).toEqual([]);
  });
});

describe('before and after', () => {
  const rows = (answers: Record<string, string>): readonly (readonly string[])[] =>
    plan(given, answers).parts.flatMap((part) =>
      part.kind === 'grid' && part.caption === 'State before and after' ? part.rows : [],
    );

  test('names each setting with its new state, its step, and when that is planned', () => {
    expect(rows(window)).toEqual([
      [
        'Define the order of sources for downloading security intelligence updates',
        '',
        'Enabled: MMPC',
        'Step 1.4, planned 2026-10-24 22:25',
      ],
    ]);
    expect(rows({}).map((cells) => cells[3])).toEqual(['Step 1.4']);
  });
});

describe('a setting of a branch that nobody has answered for', () => {
  const branches = compiled(
    file(
      `<Task id="set" title="Set it">
<Step id="channel" tier={3} minutes={5}>
Set the channel.

<When input="useProxy" is="yes">
<Policy id="platform-update-channel" channel="2" in="intune" />
</When>
<When input="useProxy" is="no">
<Policy id="platform-update-channel" channel="3" in="intune" />
</When>

<Expect>It is set.</Expect>
</Step>
</Task>`,
      { inputs: ['useProxy'] },
    ),
  );
  const rows = (raw: Record<string, string>): readonly (readonly string[])[] =>
    makePlan(branches, contextOf(raw)).parts.flatMap((part) =>
      part.kind === 'grid' && part.caption === 'Settings in this change' ? part.rows : [],
    );

  test('says under which answer it is set, in the words of the list in the console', () => {
    expect(rows({}).map(([step, , to]) => [step, to])).toEqual([
      ['Step 1.1', '(Only if Proxy: Yes) Beta Channel, value 2'],
      ['Step 1.1', '(Only if Proxy: No) Current Channel (Preview), value 3'],
    ]);
  });

  test('stands alone once it is answered', () => {
    expect(rows({ useProxy: 'no' }).map(([, , to]) => to)).toEqual(['Current Channel (Preview), value 3']);
  });
});

describe('a branch within a sentence', () => {
  const line = resolveInline(
    [
      { type: 'text', value: 'It is ' },
      { type: 'strong', children: [{ type: 'text', value: 'True' }] },
      { type: 'when', when: { input: 'useProxy', is: ['yes'] }, children: [{ type: 'text', value: ' twice' }] },
      { type: 'text', value: '.' },
    ],
    { sheet: {}, today: '2026-11-20', places: new Map() },
  );

  test('is apart from the word before it', () => {
    expect(lineText(line)).toMatch(/^It is True \(Only if Proxy: Yes\) +twice\.$/);
  });
});

describe('who is told, and what can go wrong', () => {
  const cells = (caption: string, answers: Record<string, string>): readonly (readonly string[])[] =>
    plan(given, answers).parts.flatMap((part) => (part.kind === 'grid' && part.caption === caption ? part.rows : []));

  test('stand in columns, and commas stay where semicolons part them', () => {
    expect(cells('Who is told', { planTold: 'Help desk, 16:00, Jonas Brandt, Tonight, see CHG1' })).toEqual([
      ['Help desk', '16:00', 'Jonas Brandt', 'Tonight, see CHG1'],
    ]);
    expect(
      cells('What can go wrong, who notices, what is done against it', {
        planRisks: 'A bad update, or none; the help desk\nNo answer',
      }),
    ).toEqual([
      ['A bad update, or none', 'the help desk', ''],
      ['No answer', '', ''],
    ]);
  });
});

describe('the way back', () => {
  test('begins on a sheet of its own', () => {
    expect(plan(given).parts).toContainEqual({ kind: 'heading', level: 2, text: 'Way back', sheet: true });
  });

  test('is made of the undo of each step, last first, where a runbook has no task for it', () => {
    const work = { ...runbook, tasks: runbook.tasks.filter(({ role }) => role === 'work') };
    const paper = makePlan(work, contextOf({ ...given, useProxy: 'yes' }));
    const [back] = paper.parts.flatMap((part) => (part.kind === 'work' && part.mode === 'pen' ? [part.rows] : []));

    expect(back).toMatchObject([{ number: '1.2', action: [{ text: 'Undo of step 1.2' }], minutes: undefined }]);
    expect(back?.map((each) => (each.kind === 'step' ? flowText(each.body) : ''))).toEqual(['Clear it.']);
  });
});

describe('the blank checklist', () => {
  test('holds what the technician needs beside the action', () => {
    const [look] = steps(makeChecklist(runbook, contextOf(given)));
    const text = flowText([...(look?.body ?? []), ...(look?.evidence ?? [])]);

    expect(text).toContain('If not: Go to the way back (step 2.1).');
    expect(text).toContain('Escalate: to tier 3 after 30 min');
    expect(text).toContain('The time.');
  });

  test('has nothing ticked and nothing planned', () => {
    expect(steps(makeChecklist(runbook, contextOf(given))).map(({ state, planned }) => state + planned)).toEqual([
      '',
      '',
      '',
    ]);
  });
});

describe('a field of a plan', () => {
  test.each([
    ['planType', 'normal', 'Normal'],
    ['planStartTime', '5:00 PM', '17:00'],
    ['planRisks', 'One\r\nTwo', 'One\nTwo'],
    ['planTitle', '   ', ''],
  ])('%s reads %j as %j', (id, raw, value) => {
    expect(readPlanField(id, raw)).toEqual({ ok: true, value });
  });

  test.each([
    ['planType', 'other', 'Type of change must be one of the choices'],
    ['planStartDate', '30.11.2026', 'Planned day must be written year-month-day, for example 2026-11-30'],
    ['planTitle', 'One\nTwo', 'Title must be on one line'],
    [
      'planRisks',
      'One\u0007',
      'What can go wrong must be without control characters; type the text instead of pasting it',
    ],
    ['planOwner', 'x'.repeat(2001), 'Change owner must be 2000 characters or fewer'],
    ['planFoo', 'x', 'A plan has no field `planFoo`.'],
  ])('%s refuses %j with a sentence', (id, raw, why) => {
    expect(readPlanField(id, raw)).toEqual({ ok: false, why });
  });

  test('never throws, and never gives back a control character but a line break', { timeout: 20_000 }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...planFields.map(({ id }) => id)), fc.string({ unit: 'binary' }), (id, raw) => {
        const reading = readPlanField(id, raw);
        if (reading.ok) expect(reading.value).not.toMatch(/[^\P{Cc}\n\t]/u);
        else expect(reading.why.length).toBeGreaterThan(10);
      }),
    );
  });
});

describe('the window', () => {
  test('must end after it starts', () => {
    expect(windowFault(window)).toBe('');
    expect(windowFault({ ...window, planEndDate: '2026-10-24', planEndTime: '21:59' })).toBe(
      'The window must end after it starts: change its day or its time',
    );
  });
});
