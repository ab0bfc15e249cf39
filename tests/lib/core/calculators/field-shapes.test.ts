import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOf, textOf, wholeFrom, yesOrNo } from '../../../../src/lib/core/calculators/field-shapes.ts';
import { readField, type Field } from '../../../../src/lib/core/sheet/rules.ts';

const group: Field = { kind: 'group', label: 'Computer group' };
const hours: Field = { kind: 'count', label: 'Detection frequency', largest: 22, unit: 'hours' };

describe('the shape of a field', () => {
  it('says what its docstring says', () => {
    expect(textOf(group)('')).toEqual({ ok: false, why: 'Enter the computer group' });
    expect(textOf(group)('a;b')).toEqual({ ok: false, why: 'Computer group must be one group, without ;' });
    expect(yesOrNo('SSL for clients')('yes')).toEqual({ ok: false, why: 'Select yes or no for SSL for clients' });
  });

  it('takes what the sheet takes, and refuses the rest in its words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const reading = readField(group, text);
        const answer = textOf(group)(text);
        if (reading.state === 'given') expect(answer).toEqual({ ok: true, value: reading.value });
        else
          expect(answer).toEqual({
            ok: false,
            why: reading.state === 'wrong' ? reading.message : 'Enter the computer group',
          });
      }),
    );
  });

  it('takes whole numbers within the bounds of the field, and no text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -30, max: 60 }), fc.double()), (number) => {
        expect(numberOf(hours)(number).ok).toBe(Number.isInteger(number) && number >= 1 && number <= 22);
      }),
    );
    for (const wrong of ['4', undefined, null, true]) {
      expect(numberOf(hours)(wrong)).toEqual({ ok: false, why: 'Enter the detection frequency' });
    }
  });

  it('names a field that begins with This without an article', () => {
    expect(textOf({ kind: 'host', label: 'This WSUS server' })(7)).toEqual({
      ok: false,
      why: 'Enter this WSUS server',
    });
  });

  it('takes numbers from the first to the last', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -3, max: 12 }), fc.double(), fc.constant('4')), (value) => {
        const isTaken = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 8;
        expect(wholeFrom(0, 8, 'Day')(value)).toEqual(
          isTaken ? { ok: true, value } : { ok: false, why: 'Day must be a whole number from 0 to 8' },
        );
      }),
    );
  });
});
