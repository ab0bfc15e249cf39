import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { countTo, holds, listOf, type Ruled } from '../../../../src/lib/core/run/rule.ts';

const note = { id: /^[a-z]+$/, 'tier?': [1, 2], text: 5, 'also?': { 'deep?': listOf(countTo(9)) } } as const;

describe('a rule', () => {
  it('gives the type of what it lets pass', () => {
    expectTypeOf<Ruled<typeof note>>().toEqualTypeOf<{
      readonly id: string;
      readonly text: string;
      readonly tier?: 1 | 2;
      readonly also?: { readonly deep?: number[] };
    }>();
  });

  it.each<[unknown, boolean]>([
    [{ id: 'a', text: 'x' }, true],
    [{ id: 'a', text: 'x', tier: 2, also: { deep: [0, 9] } }, true],
    [{ id: 'a', text: 'x', tier: undefined }, true],
    [{ id: 'A', text: 'x' }, false],
    [{ id: 'a', text: '123456' }, false],
    [{ id: 'a', text: ' \n' }, false],
    [{ id: 'a', text: 'x', tier: '2' }, false],
    [{ id: 'a', text: 'x', 'tier?': 2 }, false],
    [{ id: 'a', text: 'x', more: 1 }, false],
    [{ id: 'a' }, false],
    [{ id: 'a', text: 'x', also: { deep: [10] } }, false],
    [{ id: 'a', text: 'x', also: { deep: {} } }, false],
    [{ id: 'a', text: 'x', also: [] }, false],
    [Object.create({ id: 'a', text: 'x' }), false],
    [JSON.parse('{"id":"a","text":"x","__proto__":{}}'), false],
    [null, false],
    [[], false],
    ['x', false],
  ])('says of %j: %j', (value, expected) => {
    expect(holds(note, value)).toBe(expected);
  });

  it('counts whole numbers only, bounds included', () => {
    expect([0, 9].every(countTo(9))).toBe(true);
    expect([-1, 10, 0.5, '1', Number.NaN, null].some(countTo(9))).toBe(false);
  });

  it('says yes or no of any value, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof holds(note, value)).toBe('boolean');
        expect(typeof holds({ text: note }, { text: value })).toBe('boolean');
      }),
    );
  });
});
