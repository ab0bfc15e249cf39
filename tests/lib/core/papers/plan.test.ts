import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeChecklist } from '../../../../src/lib/core/papers/checklist.ts';
import { flowText, lineText, type Paper, type StepRow, type WorkRow } from '../../../../src/lib/core/papers/paper.ts';
import { makePlan, windowFault } from '../../../../src/lib/core/papers/plan.ts';
import { planFields, readPlan, readPlanField } from '../../../../src/lib/core/papers/plan-fields.ts';
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
    expect(valueOf(plan(given), 'Work')).toBe('2 steps and 1 gate, 35 min of work and 10 min to 20 min of waiting');
    expect(valueOf(plan({ ...given, useProxy: 'yes' }), 'Work')).toMatch(/^3 steps and 1 gate, 37 min of work/);
  });

  test('says how long each way back takes', () => {
    expect(valueOf(plan(given), 'Way back')).toBe('Go back: 15 min');
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

describe('the way back', () => {
  test('begins on a sheet of its own', () => {
    expect(plan(given).parts).toContainEqual({ kind: 'heading', level: 2, text: 'Way back', sheet: true });
  });

  test('is made of the undo of each step, last first, where a runbook has no task for it', () => {
    const work = { ...runbook, tasks: runbook.tasks.filter(({ role }) => role === 'work') };
    const paper = makePlan(work, contextOf({ ...given, useProxy: 'yes' }));
    const text = paper.parts.map((part) => (part.kind === 'flow' ? flowText(part.body) : '')).join('\n');

    expect(text).toContain('Undo of step 1.2: Clear it.');
  });
});

describe('the blank checklist', () => {
  test('holds what the technician needs beside the action', () => {
    const [look] = steps(makeChecklist(runbook, contextOf(given)));
    const text = flowText([...(look?.body ?? []), ...(look?.evidence ?? [])]);

    expect(text).toContain('If not: Go to the way back (step 2.1).');
    expect(text).toContain('Escalate: to tier 3 after 30 minutes');
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

  test('never throws, and never gives back a control character but a line break', () => {
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
