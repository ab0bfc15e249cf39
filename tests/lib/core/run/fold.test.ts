import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/lib/core/run/event.ts';
import {
  applyEvent,
  applyEvents,
  emptyState,
  fold,
  gateOf,
  isDone,
  subjectOf,
  isSettled,
  tickOf,
  valueOf,
  type RunState,
} from '../../../../src/lib/core/run/fold.ts';
import { event, HASH, picture, shuffled } from './histories.ts';

const step = 'open-console';
const gate = 'go-to-production';
const tick = (id: string, more: Partial<Event> = {}) =>
  event(id, { kind: 'tick', step, stepHash: HASH, ...more } as never);
const untick = (id: string, ...undoes: string[]) => event(id, { kind: 'untick', step, data: { undoes } });
const decide = (id: string, decision: 'go' | 'no-go' | undefined, ...undoes: string[]) =>
  event(id, { kind: 'gate', step: gate, data: { ...(decision && { decision }), undoes } });
const value = (id: string, text: string, ...undoes: string[]) =>
  event(id, { kind: 'value', data: { input: 'wsusServer', value: text, undoes } });

describe('a step', () => {
  it('is open until it is ticked', () => {
    expect(isDone(emptyState, step)).toBe(false);
    expect(isDone(fold([tick('e1')]), step)).toBe(true);
    expect(isDone(fold([tick('e1')]), 'select-upstream')).toBe(false);
  });

  it('stays done when one of two ticks is taken back', () => {
    const state = fold([tick('e1'), tick('e2', { by: 'Bo' }), untick('e3', 'e1')]);
    expect(tickOf(state, step)?.by).toBe('Bo');
  });

  it('is open again when every tick is taken back', () => {
    const state = fold([tick('e1'), tick('e2'), untick('e3', 'e1', 'e2')]);
    expect(isDone(state, step)).toBe(false);
  });

  it('stays open when the untick arrives before its tick', () => {
    expect(isDone(applyEvent(fold([untick('e2', 'e1')]), tick('e1')), step)).toBe(false);
  });

  it('is done when it is ticked again after it was taken back', () => {
    expect(isDone(fold([tick('e1'), untick('e2', 'e1'), tick('e3')]), step)).toBe(true);
  });

  it('says with which wording it was ticked last', () => {
    const at = '2026-11-20T04:00:00.000+01:00';
    const state = fold([tick('e1'), tick('e0', { at, stepHash: '999999999999' })]);
    expect(tickOf(state, step)).toMatchObject({ at, stepHash: '999999999999' });
  });

  it('keeps its ticks when something else at it is taken back', () => {
    const state = fold([
      tick('e1'),
      event('e2', { kind: 'not-applicable', step, data: { undoes: ['e1'] } }),
      decide('e3', undefined, 'e1'),
      event('e4', { kind: 'untick', step: 'select-upstream', data: { undoes: ['e1'] } }),
      event('e5', { kind: 'reopened', data: { undoes: ['e1'] } }),
      value('e6', 'x', 'e1'),
    ]);
    expect(isDone(state, step)).toBe(true);
  });

  it('does not apply while a reason stands', () => {
    const skip = event('e1', { kind: 'not-applicable', step, data: { reason: 'No proxy here' } });
    const unskip = event('e2', { kind: 'not-applicable', step, data: { undoes: ['e1'] } });
    expect(fold([skip]).steps.get(step)?.notApplicable?.data.reason).toBe('No proxy here');
    expect(fold([unskip, skip]).steps.get(step)?.notApplicable).toBeUndefined();
  });

  it('keeps all that happened at it, earliest first', () => {
    const note = event('e0', { kind: 'note', step, data: { text: 'Slow' }, at: '2026-11-20T02:00:00.000+01:00' });
    expect(
      fold([tick('e1'), note, untick('e2', 'e1')])
        .steps.get(step)
        ?.history.map(({ id }) => id),
    ).toEqual(['e0', 'e1', 'e2']);
  });

  it('may have any name that an object has already', () => {
    for (const id of ['constructor', 'valueof', '__proto__', 'hasOwnProperty']) {
      expect(isDone(emptyState, id)).toBe(false);
      expect(isDone(fold([tick('e1', { step: id } as never)]), id)).toBe(true);
    }
  });
});

describe('a gate', () => {
  it('is undecided until somebody decides', () => {
    expect(gateOf(emptyState, gate)).toBe('undecided');
    expect(gateOf(fold([decide('e1', 'go')]), gate)).toBe('go');
  });

  it('shows a conflict when two people decide differently without knowing of each other', () => {
    const state = fold([decide('e1', 'go'), decide('e2', 'no-go')]);
    expect(gateOf(state, gate)).toBe('conflict');
  });

  it('is no conflict when two people decide alike', () => {
    expect(gateOf(fold([decide('e1', 'go'), decide('e2', 'go')]), gate)).toBe('go');
  });

  it('takes the decision that was made in place of another', () => {
    const state = fold([decide('e2', 'no-go', 'e1'), decide('e1', 'go')]);
    expect(gateOf(state, gate)).toBe('no-go');
  });

  it('is undecided again when the decision is taken back', () => {
    expect(gateOf(fold([decide('e1', 'go'), decide('e2', undefined, 'e1')]), gate)).toBe('undecided');
  });
});

describe('taking back', () => {
  const undo = (id: string, ...undoes: string[]) => event(id, { kind: 'undo', data: { undoes } });
  const reset = (id: string, ...undoes: string[]) => event(id, { kind: 'reset', data: { undoes } });

  it('a tick empties the box, and taking back an untick fills it again', () => {
    expect(isDone(fold([tick('e1'), undo('e2', 'e1')]), step)).toBe(false);
    expect(isDone(fold([undo('e3', 'e2'), tick('e1'), untick('e2', 'e1')]), step)).toBe(true);
  });

  it('a value brings the one before back', () => {
    const state = fold([value('e1', 'wsus01'), value('e2', 'wsus02', 'e1'), undo('e3', 'e2')]);
    expect(valueOf(state, 'wsusServer')).toBe('wsus01');
  });

  it('a decision brings the one before back', () => {
    expect(gateOf(fold([decide('e1', 'go'), decide('e2', 'no-go', 'e1'), undo('e3', 'e2')]), gate)).toBe('go');
  });

  it('a closing opens the run again, and taking back the reopening closes it', () => {
    const finished = event('e1', { kind: 'finished', data: {} });
    const reopened = event('e2', { kind: 'reopened', data: { undoes: ['e1'] } });
    expect(fold([finished, undo('e3', 'e1')]).finished).toEqual([]);
    expect(fold([finished, reopened, undo('e3', 'e2')]).finished).toEqual([finished]);
  });

  it('the archiving takes the run out of the archive', () => {
    const archived = event('e1', { kind: 'archived', data: {} });
    expect(fold([archived]).isArchived).toBe(true);
    expect(fold([archived, undo('e2', 'e1')]).isArchived).toBe(false);
  });

  it('a reset brings back all that it took', () => {
    const before = [tick('e1'), decide('e2', 'go'), value('e3', 'wsus01')];
    const after = fold([...before, reset('e4', 'e1', 'e2')]);
    expect([isDone(after, step), gateOf(after, gate), valueOf(after, 'wsusServer')]).toEqual([
      false,
      'undecided',
      'wsus01',
    ]);
    const again = fold([...before, reset('e4', 'e1', 'e2'), undo('e5', 'e4')]);
    expect([isDone(again, step), gateOf(again, gate)]).toEqual([true, 'go']);
  });

  it('an undo is not possible: the thing is done again', () => {
    const state = fold([tick('e1'), undo('e2', 'e1'), undo('e3', 'e2')]);
    expect(isDone(state, step)).toBe(false);
    expect(isDone(applyEvent(state, tick('e4')), step)).toBe(true);
  });

  it('judges what was there before anew, also one event at a time', () => {
    const state = [tick('e1'), tick('e2', { step: 'select-upstream' } as never), undo('e3', 'e1')].reduce(
      applyEvent,
      emptyState,
    );
    expect([isDone(state, step), isDone(state, 'select-upstream')]).toEqual([false, true]);
  });

  it('leaves a step settled that does not apply, until that is taken back', () => {
    const skip = event('e1', { kind: 'not-applicable', step, data: { reason: 'No proxy here' } });
    expect(isSettled(fold([skip]), step)).toBe(true);
    expect(isSettled(fold([skip, undo('e2', 'e1')]), step)).toBe(false);
  });
});

describe('a value', () => {
  it('is the last one entered, and its history is kept', () => {
    const state = fold([value('e2', 'wsus02', 'e1'), value('e1', 'wsus01')]);
    expect(valueOf(state, 'wsusServer')).toBe('wsus02');
    expect(state.values.get('wsusServer')).toMatchObject({ value: 'wsus02', by: 'Ann', id: 'e2' });
    expect(state.values.get('wsusServer')?.history).toHaveLength(2);
  });

  it('is the later of two that were entered at once, by time and then by id', () => {
    const early = { ...value('e9', 'early'), at: '2026-11-20T03:00:00.000+01:00' };
    expect(valueOf(fold([early, value('e1', 'late')]), 'wsusServer')).toBe('late');
    expect(valueOf(fold([value('e2', 'second'), value('e1', 'first')]), 'wsusServer')).toBe('second');
  });

  it('can be corrected on a computer whose clock is behind', () => {
    const correction = { ...value('e0', 'right', 'e1'), at: '2026-11-20T02:00:00.000+01:00' };
    expect(valueOf(fold([value('e1', 'wrong'), correction]), 'wsusServer')).toBe('right');
  });

  it('is empty when it was cleared or never entered', () => {
    expect(valueOf(emptyState, 'toString')).toBe('');
    expect(valueOf(fold([value('e1', 'wsus01'), value('e2', '', 'e1')]), 'wsusServer')).toBe('');
  });
});

describe('a run', () => {
  const started = (id: string, at: string) =>
    event(id, { kind: 'started', at, data: { runbook: 'production-gpo-wsus', revision: HASH, title: 'Deploy' } });

  it('began when it was started first', () => {
    const early = started('e9', '2026-11-20T03:00:00.000+01:00');
    expect(fold([started('e1', '2026-11-20T02:30:00.000+00:00'), early]).started).toEqual(early);
  });

  it('is finished until it is reopened by somebody who knew of it', () => {
    const finished = event('e1', { kind: 'finished', data: {} });
    const reopened = event('e2', { kind: 'reopened', data: { undoes: ['e1'] } });
    expect(fold([finished]).finished).toEqual([finished]);
    expect(fold([reopened, finished]).finished).toEqual([]);
    expect(fold([finished, reopened, event('e3', { kind: 'finished', data: {} })]).finished).toHaveLength(1);
  });

  it('says who touched it last', () => {
    const state = fold([tick('e2', { by: 'Bo', tier: 2, at: '2026-11-20T05:00:00.000+01:00' }), tick('e1')]);
    expect(state.who).toEqual({ by: 'Bo', tier: 2 });
    expect(state.lastTouched?.id).toBe('e2');
  });

  it('is empty before anything happened', () => {
    expect(fold([])).toEqual({ ...emptyState, started: undefined, who: undefined, lastTouched: undefined });
  });
});

describe('subjectOf', () => {
  it('says what an event speaks of', () => {
    expect(subjectOf(tick('e1'))).toEqual({ of: 'step', id: step });
    expect(subjectOf(decide('e1', 'go'))).toEqual({ of: 'gate', id: gate });
    expect(subjectOf(value('e1', 'x'))).toEqual({ of: 'value', id: 'wsusServer' });
    expect(subjectOf(event('e1', { kind: 'note', data: { text: 'Slow' } }))).toEqual({ of: 'run', id: '' });
  });
});

describe('folding any history', () => {
  it('gives the same state in any order of arrival', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        expect(picture(fold(events))).toBe(picture(fold([...events].sort((a, b) => (a.id < b.id ? -1 : 1)))));
      }),
    );
  });

  it('gives the same state one event at a time as all at once', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        expect(picture(events.reduce(applyEvent, emptyState))).toBe(picture(fold(events)));
      }),
    );
  });

  it('gives the same state when events arrive twice', () => {
    fc.assert(
      fc.property(shuffled, fc.nat(), (events, cut) => {
        const again = structuredClone(events.slice(cut % (events.length + 1)));
        expect(picture(applyEvents(fold(events), again))).toBe(picture(fold(events)));
      }),
    );
  });

  it('leaves the state before as it was', () => {
    fc.assert(
      fc.property(shuffled, fc.nat(), (events, cut) => {
        const place = cut % (events.length + 1);
        const before = fold(events.slice(0, place));
        const pictured = picture(before);
        applyEvents(before, events.slice(place));
        expect(picture(before)).toBe(pictured);
      }),
    );
  });

  it('takes back a tick only by what names it: an untick of its step, an undo or a reset', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        const state = fold(events);
        for (const one of events) {
          if (one.kind !== 'tick') continue;
          const isNamed = events.some(
            (other) =>
              other.kind === 'untick' &&
              other.step === one.step &&
              !state.gone.has(other.id) &&
              other.data.undoes.includes(one.id),
          );
          expect(state.steps.get(one.step)?.ticks.includes(one)).toBe(!isNamed && !state.gone.has(one.id));
        }
      }),
    );
  });

  it('takes back by an undo of any kind of entry, and by a reset that was not taken back itself', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        const state = fold(events);
        const undone = new Set(events.flatMap((one) => (one.kind === 'undo' ? one.data.undoes : [])));
        const reset = events.flatMap((one) => (one.kind === 'reset' && !undone.has(one.id) ? one.data.undoes : []));
        expect([...state.gone].sort()).toEqual([...new Set([...undone, ...reset])].sort());
        for (const { ticks } of state.steps.values())
          for (const one of ticks) expect(state.gone.has(one.id)).toBe(false);
      }),
    );
  });

  it('is the same after an undo as if what it names had never happened', () => {
    fc.assert(
      fc.property(shuffled, fc.nat(), (events, which) => {
        const named = events[which % Math.max(1, events.length)];
        if (!named || named.kind === 'undo' || named.kind === 'started') return;
        const undo = event('z1', { kind: 'undo', data: { undoes: [named.id] } });
        const [after, without] = [fold([...events, undo]), fold(events.filter((one) => one !== named))];
        // A step of which nothing is left shows as one that was never touched.
        const shown = (state: RunState) => [
          [...state.steps]
            .filter(([, { ticks, notApplicable }]) => ticks.length > 0 || notApplicable)
            .map(([id, { ticks, notApplicable }]) => [id, ticks, notApplicable])
            .sort(),
          [...state.gates]
            .filter(([, { standing }]) => standing.length > 0)
            .map(([id, { standing }]) => [id, standing]),
          [...state.values]
            .filter(([, { value }]) => value !== '')
            .map(([id, { value }]) => [id, value])
            .sort(),
          state.finished,
          state.isArchived,
        ];
        expect(shown(after)).toEqual(shown(without));
      }),
    );
  });
});

describe('a long run', () => {
  it('of 20,000 events folds in less time than a reader can notice', () => {
    const events = Array.from({ length: 20_000 }, (_, place) =>
      tick(`e${String(place).padStart(6, '0')}`, { step: `step-${place % 2000}` } as never),
    );
    fold(events);
    const began = performance.now();
    const state = fold(events);
    const tookMs = performance.now() - began;
    expect(state.steps.size).toBe(2000);
    // About 15 ms alone on a small machine; the bound leaves room for a busy one.
    expect(tookMs).toBeLessThan(250);
  });
});
