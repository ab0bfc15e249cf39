import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, isDone } from '../../../../src/lib/core/run/fold.ts';
import { compareEvents, mergeEvents } from '../../../../src/lib/core/run/merge.ts';
import { event, HASH, histories, shuffled, texts } from './histories.ts';

const ticked = event('e1', { kind: 'tick', step: 'open-console', stepHash: HASH });
const noted = event('e2', { kind: 'note', data: { text: 'Slow' } });

describe('mergeEvents', () => {
  it('repeats its worked example', () => {
    expect(mergeEvents([ticked], [noted, ticked])).toEqual([ticked, noted]);
  });

  it('is commutative, associative and idempotent for any accounts of up to five writers', () => {
    fc.assert(
      fc.property(histories, (known) => {
        const [a = [], b = [], c = []] = known;
        expect(texts(mergeEvents(a, b))).toEqual(texts(mergeEvents(b, a)));
        expect(texts(mergeEvents(mergeEvents(a, b), c))).toEqual(texts(mergeEvents(a, mergeEvents(b, c))));
        const all = known.reduce(mergeEvents, []);
        expect(texts(mergeEvents(all, all))).toEqual(texts(all));
        for (const one of known) expect(texts(mergeEvents(all, one))).toEqual(texts(all));
      }),
    );
  });

  it('loses no event and makes none up, whatever the order', () => {
    fc.assert(
      fc.property(histories, shuffled, (known, more) => {
        const all = [...known.flat(), ...more];
        expect(new Set(texts(known.reduce(mergeEvents, more)))).toEqual(new Set(texts(all)));
      }),
    );
  });

  it('puts moments in order, whatever offset they are written with', () => {
    const later = { ...noted, id: 'e0', at: '2026-11-20T03:00:00.000+00:00' };
    expect(mergeEvents([later], [ticked])).toEqual([ticked, later]);
  });

  it('keeps both of two different events that carry the same id', () => {
    const other = event('e1', { kind: 'tick', step: 'select-upstream', stepHash: HASH });
    const both = mergeEvents([ticked], [other]);
    expect(both).toHaveLength(2);
    expect(mergeEvents([other], [ticked])).toEqual(both);
    expect(mergeEvents(both, [other])).toEqual(both);
    expect(isDone(fold(both), 'open-console') && isDone(fold(both), 'select-upstream')).toBe(true);
  });

  it('knows an event again that was read from text', () => {
    expect(mergeEvents([ticked], [structuredClone(ticked)])).toEqual([ticked]);
  });
});

describe('compareEvents', () => {
  it('is a total order over any events', () => {
    fc.assert(
      fc.property(shuffled, (events) => {
        const sorted = [...events].sort(compareEvents);
        sorted.forEach((one, place) => {
          const next = sorted[place + 1];
          expect(compareEvents(one, one)).toBe(0);
          if (next) expect([compareEvents(one, next) < 0, compareEvents(next, one) > 0]).toEqual([true, true]);
        });
      }),
    );
  });
});
