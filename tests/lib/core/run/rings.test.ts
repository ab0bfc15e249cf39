import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otherRing, type RunRing } from '../../../../src/lib/core/run/rings.ts';

describe('otherRing', () => {
  it.each<readonly [RunRing, RunRing, string | undefined]>([
    [{ ring: 'production' }, { ring: 'pilot' }, 'from the pilot ring'],
    [{ ring: 'pilot' }, { ring: 'production' }, 'from the production ring'],
    [{ ring: 'production' }, { ring: 'production' }, undefined],
    [{ ring: 'production', named: 'second wave' }, { ring: 'production' }, undefined],
    [{ ring: 'production', named: 'Second  wave' }, { ring: 'production', named: ' second wave' }, undefined],
    [
      { ring: 'production', named: 'second wave' },
      { ring: 'production', named: 'first wave' },
      'from the ring “first wave”',
    ],
    [{ ring: 'production' }, { ring: 'any' }, 'from a runbook for any ring'],
    [{ ring: 'any' }, { ring: 'any' }, 'from a runbook for any ring'],
    [{ ring: 'any', named: 'pilot' }, { ring: 'any', named: 'Pilot' }, undefined],
    [{ ring: 'any' }, { ring: 'pilot' }, 'from the pilot ring'],
    [{ ring: 'production' }, {}, 'from a ring that is not known here'],
    [{}, {}, 'from a ring that is not known here'],
  ])('reads %o against %o as %s', (own, other, words) => {
    expect(otherRing(own, other)).toBe(words);
  });

  it('never takes a value of another ring, or of an unknown one, for one of this ring', () => {
    const ring = fc.record({
      ring: fc.option(fc.constantFrom('pilot', 'production', 'any'), { nil: undefined }),
      named: fc.option(fc.constantFrom('', ' ', 'wave 1', 'Wave  1', 'wave 2'), { nil: undefined }),
    });
    fc.assert(
      fc.property(ring, ring, (own, other) => {
        if (own.ring === other.ring && own.ring !== undefined) return;
        expect(otherRing(own, other)).toMatch(/^from /);
      }),
    );
  });
});
