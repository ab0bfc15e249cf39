import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aboutOf,
  allEvidence,
  allNotes,
  conflictsOf,
  describeEvent,
  escalationsOf,
  evidenceOf,
  eventsOf,
  handOverOf,
  minutesSpent,
  namesIn,
  notesOf,
  redoChoices,
  resetAct,
  seenOf,
  undoChoices,
} from '../../../../src/lib/core/run/account.ts';
import { checkEvent, type Event } from '../../../../src/lib/core/run/event.ts';
import { fold, isDone, isSettled } from '../../../../src/lib/core/run/fold.ts';
import { mergeEvents } from '../../../../src/lib/core/run/merge.ts';
import { event, HASH, shuffled, texts } from './histories.ts';
import { outline } from './outlines.ts';

const step = 'open-console';
const gate = 'go-to-production';
const at = (minute: number) => `2026-11-20T03:${String(minute).padStart(2, '0')}:00.000+01:00`;
const note = (id: string, text: string, ...undoes: string[]) =>
  event(id, { kind: 'note', step, data: { text, ...(undoes.length > 0 && { undoes }) } });
const undo = (id: string, ...undoes: string[]) => event(id, { kind: 'undo', data: { undoes } });
const tick = (id: string, minute = 12) => event(id, { kind: 'tick', step, stepHash: HASH, at: at(minute) });

describe('remarks', () => {
  it('that were taken back are struck through, and not gone', () => {
    const state = fold([note('e1', 'Slow'), undo('e2', 'e1')]);
    expect(notesOf(state, step)).toMatchObject([{ event: { id: 'e1' }, isStruck: true, correctedBy: undefined }]);
  });

  it('that were corrected are struck through, and name what stands in their place', () => {
    const state = fold([note('e1', 'Slwo'), note('e2', 'Slow', 'e1')]);
    expect(notesOf(state, step).map(({ isStruck, correctedBy }) => [isStruck, correctedBy?.id])).toEqual([
      [true, 'e2'],
      [false, undefined],
    ]);
  });

  it('stand again when their correction is taken back', () => {
    const state = fold([note('e1', 'Slow'), note('e2', 'Fast', 'e1'), undo('e3', 'e2')]);
    expect(notesOf(state, step).map(({ isStruck }) => isStruck)).toEqual([false, true]);
  });

  it('are found at a step, at a gate, at the run as a whole, and all together', () => {
    const evidence = (id: string, of?: string) =>
      event(id, { kind: 'evidence', ...(of && { step: of }), data: { text: 'PS> ok' } });
    const state = fold([evidence('e1', step), evidence('e2', gate), evidence('e3'), note('e4', 'Slow')]);
    expect(
      [evidenceOf(state, step), evidenceOf(state, gate), evidenceOf(state)].flat().map((one) => one.event.id),
    ).toEqual(['e1', 'e2', 'e3']);
    expect(allEvidence(state)).toHaveLength(3);
    expect(allNotes(state)).toHaveLength(1);
    expect(notesOf(state, 'never-touched')).toEqual([]);
  });
});

describe('aboutOf', () => {
  const started = event('e1', {
    kind: 'started',
    data: { runbook: 'pilot', revision: HASH, about: { title: 'November', site: 'Munich' } },
  });

  it('is what was said at the start, with what was corrected since', () => {
    const details = event('e2', { kind: 'details', at: at(20), data: { change: 'CHG0031', site: '' } });
    expect(aboutOf(fold([started]))).toEqual({ title: 'November', site: 'Munich' });
    expect(aboutOf(fold([started, details]))).toEqual({ title: 'November', site: '', change: 'CHG0031' });
    expect(aboutOf(fold([started, details, undo('e3', 'e2')]))).toEqual({ title: 'November', site: 'Munich' });
    expect(aboutOf(fold([]))).toEqual({});
  });
});

describe('what was seen and how long it took', () => {
  const seen = (id: string, value: string, ...undoes: string[]) =>
    event(id, { kind: 'seen', step, data: { value, undoes } });
  const spent = (id: string, minutes: number, ...undoes: string[]) =>
    event(id, { kind: 'spent', step, data: { minutes, undoes } });

  it('is the value entered last', () => {
    expect(seenOf(fold([seen('e1', '1.420'), seen('e2', '1.421', 'e1')]), step)?.data.value).toBe('1.421');
    expect(seenOf(fold([seen('e1', '1.420'), undo('e2', 'e1')]), step)).toBeUndefined();
  });

  it('adds up the minutes of everybody, without those taken back', () => {
    expect(minutesSpent(fold([spent('e1', 5), spent('e2', 7)]), step)).toBe(12);
    expect(minutesSpent(fold([spent('e1', 5), spent('e2', 7, 'e1')]), step)).toBe(7);
    expect(minutesSpent(fold([spent('e1', 5), undo('e2', 'e1')]), step)).toBe(0);
  });
});

describe('handOverOf', () => {
  const started = event('e1', { kind: 'started', at: at(0), data: { runbook: 'pilot', revision: HASH } });
  const handOver = event('e2', { kind: 'hand-over', at: at(10), data: { to: 'Bo' } });
  const accepted = event('e3', { kind: 'accepted', at: at(20), by: 'Bo', tier: 2, data: { handOver: 'e2' } });

  it('is whoever started the run until somebody else accepts it', () => {
    expect(handOverOf(fold([started]))).toMatchObject({ holder: { by: 'Ann', tier: 3 }, open: undefined });
    expect(handOverOf(fold([started, handOver]))).toMatchObject({ holder: { by: 'Ann' }, open: { id: 'e2' } });
    expect(handOverOf(fold([started, handOver, accepted]))).toEqual({
      holder: { by: 'Bo', tier: 2 },
      since: at(20),
      open: undefined,
    });
  });

  it('is as before when hand-over or acceptance are taken back', () => {
    expect(handOverOf(fold([started, handOver, undo('e4', 'e2')])).open).toBeUndefined();
    expect(handOverOf(fold([started, handOver, accepted, undo('e4', 'e3')]))).toMatchObject({
      holder: { by: 'Ann' },
      open: { id: 'e2' },
    });
  });

  it('takes an acceptance that names no hand-over for the last one before it', () => {
    const bare = event('e3', { kind: 'accepted', at: at(20), by: 'Bo', tier: 2, data: {} });
    expect(handOverOf(fold([started, handOver, bare])).open).toBeUndefined();
  });

  it('is nobody before the run began', () => {
    expect(handOverOf(fold([])).holder).toBeUndefined();
  });
});

describe('conflicts and escalations', () => {
  it('names gates at which go and no-go both stand', () => {
    const decide = (id: string, decision: 'go' | 'no-go') =>
      event(id, { kind: 'gate', step: gate, data: { decision } });
    expect(conflictsOf(fold([decide('e1', 'go'), decide('e2', 'no-go')]))).toMatchObject([
      { gate, decisions: [{ id: 'e1' }, { id: 'e2' }] },
    ]);
    expect(conflictsOf(fold([decide('e1', 'go'), decide('e2', 'go')]))).toEqual([]);
  });

  it('lists escalations in force, at steps and elsewhere', () => {
    const escalated = (id: string, of?: string) =>
      event(id, { kind: 'escalated', ...(of && { step: of }), data: { to: 3, trigger: 'No rights' } });
    const state = fold([escalated('e1', step), escalated('e2'), escalated('e3'), undo('e4', 'e3')]);
    expect(escalationsOf(state).map(({ id }) => id)).toEqual(['e1', 'e2']);
  });
});

describe('describeEvent', () => {
  it('repeats its worked example', () => {
    const ticked = event('e1', { kind: 'tick', step: 'select-upstream', stepHash: HASH });
    expect(describeEvent(ticked, outline)).toBe('Step 1.2 done, by Ann, tier 3, 2026-11-20 03:12');
  });

  it('leaves the full stop of a note out, where the sentence goes on', () => {
    const said = (text: string) => describeEvent(event('e1', { kind: 'note', step, data: { text } }), outline);
    expect(said('It was slow.')).toBe('Step 1.1, note: It was slow, by Ann, tier 3, 2026-11-20 03:12');
    expect(said('And then...')).toBe('Step 1.1, note: And then..., by Ann, tier 3, 2026-11-20 03:12');
  });

  it('says in one line of each kind of entry what it was', () => {
    const all: Parameters<typeof event>[1][] = [
      { kind: 'started', data: { runbook: 'pilot', revision: HASH } },
      { kind: 'details', data: { site: 'Munich' } },
      { kind: 'outline', data: { revision: HASH, text: '{}' } },
      { kind: 'value', data: { input: 'wsusServer', value: 'wsus01' } },
      { kind: 'value', data: { input: 'wsusServer', value: '' } },
      { kind: 'tick', step, stepHash: HASH },
      { kind: 'untick', step, data: { undoes: [] } },
      { kind: 'not-applicable', step, data: { reason: 'No proxy' } },
      { kind: 'not-applicable', step, data: { undoes: [] } },
      { kind: 'seen', step, data: { value: '1.421' } },
      { kind: 'spent', step, data: { minutes: 7 } },
      { kind: 'note', data: { text: 'Two\nlines' } },
      { kind: 'evidence', step, data: { text: 'x', name: 'wsusutil.txt' } },
      { kind: 'gate', step: gate, data: { decision: 'no-go' } },
      { kind: 'gate', step: gate, data: {} },
      { kind: 'hand-over', data: { to: 'Bo' } },
      { kind: 'accepted', data: {} },
      { kind: 'escalated', step, data: { to: 3, trigger: 'No rights' } },
      { kind: 'finished', data: {} },
      { kind: 'reopened', data: { undoes: [] } },
      { kind: 'archived', data: {} },
      { kind: 'reset', data: { undoes: [] } },
      { kind: 'undo', data: { undoes: ['e1'] } },
      { kind: 'undo', data: { undoes: ['e1', 'e2'] } },
    ];
    const lines = all.map((act, place) =>
      describeEvent(event(`e${place}`, act), outline).replace(', by Ann, tier 3, 2026-11-20 03:12', ''),
    );
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "Run started
      Details of the change entered
      Revision abcdef012345 of the runbook opened
      Value wsusServer set to wsus01
      Value wsusServer cleared
      Step 1.1 done
      Step 1.1 not done after all
      Step 1.1 does not apply: No proxy
      Step 1.1 applies after all
      Step 1.1, seen: 1.421
      Step 1.1, 7 min spent
      Note: Two lines
      Step 1.1, evidence: wsusutil.txt
      Gate 2.1: no-go
      Gate 2.1: decision withdrawn
      Handed over to Bo
      Hand-over accepted
      Step 1.1, escalated to tier 3: No rights
      Run finished
      Run reopened
      Run archived
      Run reset
      An entry taken back
      2 entries taken back"
    `);
  });

  it('is one line of readable length, whatever somebody wrote', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 5000 }), (text) => {
        const line = describeEvent(note('e1', text), outline);
        expect(line).not.toMatch(/[\r\n]/);
        expect(line.length).toBeLessThan(260);
      }),
    );
  });

  it('names a step that is gone by its id', () => {
    expect(namesIn(outline)('a-step-of-last-year')).toBe('Step a-step-of-last-year');
    expect(namesIn(outline)('pilot-healthy')).toBe('Criterion of gate 2.1');
  });
});

describe('taking back', () => {
  it('offers the latest first, and not what is taken back already', () => {
    const state = fold([tick('e1', 1), note('e2', 'Slow'), tick('e3', 30), undo('e4', 'e2')]);
    expect(undoChoices(state, outline).map((choice) => [choice.event.id, choice.words])).toEqual([
      ['e3', 'Step 1.1 done, by Ann, tier 3, 2026-11-20 03:30'],
      ['e1', 'Step 1.1 done, by Ann, tier 3, 2026-11-20 03:01'],
    ]);
    expect(undoChoices(state, outline, 1)).toHaveLength(1);
  });

  it('can be taken back by doing the same again', () => {
    const before = [tick('e1'), undo('e2', 'e1')];
    const [choice] = redoChoices(fold(before), outline);
    expect(choice?.acts).toEqual([{ kind: 'tick', step, stepHash: HASH }]);
    const again = event('e3', { ...choice?.acts[0], at: at(40) } as never);
    expect(isDone(fold([...before, again]), step)).toBe(true);
    expect(redoChoices(fold([...before, again]))).toEqual([]);
  });

  it('never offers to take back the beginning, or an undo', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        for (const { event: one, acts } of undoChoices(fold(events), undefined, 1000)) {
          expect(one.kind).not.toMatch(/^(started|outline|undo)$/);
          expect(acts).toEqual([{ kind: 'undo', data: { undoes: [one.id] } }]);
        }
      }),
    );
  });

  it('offers for any history only what can be recorded', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        const state = fold(events);
        for (const { acts } of [...undoChoices(state), ...redoChoices(state)]) {
          for (const act of acts) {
            const { id, at: moment, by, tier } = event('e1', { kind: 'finished', data: {} });
            expect(checkEvent({ ...act, id, at: moment, by, tier }).ok).toBe(true);
          }
        }
      }),
    );
  });
});

describe('resetting', () => {
  it('opens every step and gate of any history, and taking it back brings all of it again', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        const before = fold(events);
        const act = resetAct(before);
        if (!act) {
          expect([...before.steps.keys()].some((id) => isSettled(before, id))).toBe(false);
          return;
        }
        const reset = event('z1', act);
        const after = fold([...events, reset]);
        expect([...after.steps.keys()].filter((id) => isSettled(after, id))).toEqual([]);
        expect([...after.gates.values()].filter(({ decision }) => decision !== 'undecided')).toEqual([]);
        expect(after.finished).toEqual([]);
        expect([...after.values].map(([id, { value }]) => [id, value])).toEqual(
          [...before.values].map(([id, { value }]) => [id, value]),
        );
        expect(allNotes(after).map(({ isStruck }) => isStruck)).toEqual(
          allNotes(before).map(({ isStruck }) => isStruck),
        );
        const again = fold([...events, reset, undo('z2', 'z1')]);
        expect([...again.steps].map(([id, { ticks }]) => [id, ticks])).toEqual(
          [...before.steps].map(([id, { ticks }]) => [id, ticks]),
        );
        expect(again.finished).toEqual(before.finished);
      }),
    );
  });

  it('is nothing for a run in which nothing was done', () => {
    expect(resetAct(fold([note('e1', 'Slow')]))).toBeUndefined();
  });
});

describe('eventsOf', () => {
  it('gives back every event of any history, in order', () => {
    fc.assert(
      fc.property(shuffled, (events: Event[]) => {
        expect(texts(eventsOf(fold(events)))).toEqual(texts(mergeEvents(events, [])));
      }),
    );
  });
});
