import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFault, list, must, number, object, oneOf, optional, text } from '../../../src/lib/core/shape.ts';

const person = object(
  {
    name: text(
      'Enter a name',
      must((name) => name !== '', 'Enter a name'),
      must((name) => name.length < 5, 'Be shorter'),
    ),
    tier: oneOf([1, 2, 3], 'Choose a tier'),
    notes: optional(list(text('A note is text'), 'Notes are a list')),
  },
  'Not a person',
  'A person has nothing else',
);

describe('a shape', () => {
  it.each<[string, unknown, unknown]>([
    ['all fields', { name: 'Ann', tier: 2, notes: ['a'] }, { ok: true, value: { name: 'Ann', tier: 2, notes: ['a'] } }],
    ['an optional field left out', { name: 'Ann', tier: 2 }, { ok: true, value: { name: 'Ann', tier: 2 } }],
    ['a missing field', { tier: 2 }, { ok: false, why: 'Enter a name' }],
    ['the first rule that is broken', { name: '', tier: 9 }, { ok: false, why: 'Enter a name' }],
    ['a later rule', { name: 'Annabel', tier: 2 }, { ok: false, why: 'Be shorter' }],
    ['a value that is none of the choices', { name: 'Ann', tier: '2' }, { ok: false, why: 'Choose a tier' }],
    ['a list that is none', { name: 'Ann', tier: 2, notes: 'a' }, { ok: false, why: 'Notes are a list' }],
    ['an item of a list', { name: 'Ann', tier: 2, notes: ['a', 1] }, { ok: false, why: 'A note is text' }],
    ['a field too many', { name: 'Ann', tier: 2, age: 1 }, { ok: false, why: 'A person has nothing else' }],
    ['nothing', null, { ok: false, why: 'Not a person' }],
    ['a list for an object', [], { ok: false, why: 'Not a person' }],
  ])('answers to %s', (_what, value, answer) => {
    expect(person(value)).toEqual(answer);
  });

  it('takes no inherited field for data', () => {
    const inherited: unknown = Object.create({ name: 'Ann', tier: 2 });
    expect(person(inherited)).toEqual({ ok: false, why: 'Enter a name' });
    expect(person(JSON.parse('{"name":"Ann","tier":2,"__proto__":{"x":1}}')).ok).toBe(false);
  });

  it('never throws and never says yes to what it does not copy, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        const answer = person(value);
        if (answer.ok) expect(person(answer.value)).toEqual(answer);
        else expect(answer.why).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('reads finite numbers only', () => {
    const count = number(
      'Enter a number',
      must((value) => value > 0, 'Enter more than 0'),
    );
    expect([count(2), count(0), count(Number.NaN), count(Infinity), count('2')].map((answer) => answer.ok)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('names the first rule that a value breaks, and nothing when it keeps all', () => {
    const rules = [
      must((value: string) => value.length > 1, 'Too short'),
      must((value: string) => value !== 'no', 'Not no'),
    ];
    expect([firstFault('a', rules), firstFault('no', rules), firstFault('yes', rules)]).toEqual([
      'Too short',
      'Not no',
      undefined,
    ]);
  });
});
