import { describe, expect, it } from 'vitest';
import { fold } from '../../../../src/lib/core/run/fold.ts';
import { agoWords, isSettledItem, placeOf, progressOf } from '../../../../src/lib/core/run/progress.ts';
import { instantMs } from '../../../../src/lib/core/run/time.ts';
import { event, HASH } from './histories.ts';
import { item, outline } from './outlines.ts';

const at = (minute: number) => `2026-11-20T03:${String(minute).padStart(2, '0')}:00.000+01:00`;
const tick = (id: string, step: string, minute = 12, by = 'Ann') =>
  event(id, { kind: 'tick', step, stepHash: HASH, at: at(minute), by });
const decide = (id: string, decision: 'go' | 'no-go') =>
  event(id, { kind: 'gate', step: 'go-to-production', data: { decision } });
const skip = (id: string, step: string) => event(id, { kind: 'not-applicable', step, data: { reason: 'No proxy' } });

describe('progressOf', () => {
  it('counts steps and gates, and neither criteria nor the way back', () => {
    expect(progressOf(fold([]), outline.items)).toMatchObject({
      total: 5,
      done: 0,
      next: { id: 'open-console' },
      task: { number: 1, of: 2 },
      words: '0 of 5 steps, task 1 of 2',
    });
  });

  it('counts what does not apply as settled, and says how many there are', () => {
    const state = fold([tick('e1', 'open-console'), skip('e2', 'select-upstream'), tick('e3', 'read-version')]);
    expect(progressOf(state, outline.items)).toMatchObject({
      done: 3,
      notApplicable: 1,
      next: { id: 'go-to-production' },
      words: '3 of 5 steps, task 2 of 2',
    });
  });

  it('is stopped by a gate that says no-go, or both', () => {
    const all = ['open-console', 'select-upstream', 'read-version', 'link-policy'].map((id, n) => tick(`e${n}`, id));
    expect(progressOf(fold([...all, decide('g1', 'go')]), outline.items)).toMatchObject({
      stopped: 0,
      next: undefined,
      words: '5 of 5 steps, all done',
    });
    expect(progressOf(fold([...all, decide('g1', 'no-go')]), outline.items).stopped).toBe(1);
    expect(progressOf(fold([...all, decide('g1', 'go'), decide('g2', 'no-go')]), outline.items)).toMatchObject({
      stopped: 1,
      done: 4,
    });
  });

  it('says so where nothing counts', () => {
    expect(progressOf(fold([]), []).words).toBe('0 of 0 steps');
  });

  it('holds a step settled that is done or does not apply, and a gate that says go', () => {
    const state = fold([skip('e1', 'open-console'), decide('e2', 'no-go')]);
    expect(isSettledItem(state, item('open-console', '1.1'))).toBe(true);
    expect(isSettledItem(state, item('go-to-production', '2.1', { kind: 'gate' }))).toBe(false);
  });
});

describe('placeOf', () => {
  const now = instantMs(at(54));

  it('says where somebody was, and how long ago', () => {
    const state = fold([tick('e1', 'open-console', 2), tick('e2', 'select-upstream', 12)]);
    expect(placeOf(state, outline.items, now, { by: 'Ann', tier: 3 })?.words).toBe(
      'You were at step 1.2, 42 minutes ago.',
    );
    expect(placeOf(state, outline.items, now, { by: 'Bo', tier: 2 })?.words).toBe(
      'Ann was at step 1.2, 42 minutes ago.',
    );
  });

  it('passes over what was taken back, and values and notes about the whole run', () => {
    const state = fold([
      tick('e1', 'open-console', 2),
      event('e2', { kind: 'note', at: at(50), data: { text: 'Lunch' } }),
      event('e3', { kind: 'value', at: at(51), data: { input: 'wsusServer', value: 'x' } }),
    ]);
    expect(placeOf(state, outline.items, now)?.item?.id).toBe('open-console');
    const undone = fold([tick('e1', 'open-console', 2), event('e2', { kind: 'undo', data: { undoes: ['e1'] } })]);
    expect(placeOf(undone, outline.items, now)).toBeUndefined();
  });

  it('names a gate, and a step that is gone', () => {
    expect(placeOf(fold([decide('e1', 'go')]), outline.items, now)?.words).toContain('at gate 2.1');
    expect(placeOf(fold([tick('e1', 'last-year')]), outline.items, now)?.words).toBe(
      'Ann was at a step that is gone from the runbook, 42 minutes ago.',
    );
  });

  it('is nowhere before the first act, and never in the future', () => {
    expect(placeOf(fold([]), outline.items, now)).toBeUndefined();
    expect(placeOf(fold([tick('e1', 'open-console', 59)]), outline.items, now)?.minutesAgo).toBe(0);
  });
});

it.each([
  [0, 'less than a minute ago'],
  [1, '1 minute ago'],
  [42, '42 minutes ago'],
  [119, '119 minutes ago'],
  [120, '2 hours ago'],
  [2879, '47 hours ago'],
  [2880, '2 days ago'],
])('%i minutes are %s', (minutes, words) => {
  expect(agoWords(minutes)).toBe(words);
});
