import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareMoments, instantMs } from '../../../../src/lib/core/run/time.ts';

describe('instantMs', () => {
  it('repeats its worked example', () => {
    expect(instantMs('1970-01-01T01:00:00.250+01:00')).toBe(250);
  });

  it.each([
    ['2026-11-20T03:12:45.120+01:00', '2026-11-20T02:12:45.120Z'],
    ['2026-11-20T03:12:45.120-05:30', '2026-11-20T08:42:45.120Z'],
    ['2026-11-20T00:00:00.000-00:30', '2026-11-20T00:30:00.000Z'],
    ['2028-02-29T23:59:59.999+14:00', '2028-02-29T09:59:59.999Z'],
  ])('reads %s as %s', (at, utc) => {
    expect(new Date(instantMs(at)).toISOString()).toBe(utc);
  });

  it.each([
    ['', 'nothing'],
    ['2026-11-20', 'no time of day'],
    ['2026-11-20T03:12:45.120Z', 'no offset'],
    ['2026-11-20T03:12:45+01:00', 'no milliseconds'],
    ['2026-11-20 03:12:45.120+01:00', 'a space for the T'],
    ['2026-13-20T03:12:45.120+01:00', 'a thirteenth month'],
    ['2026-11-31T03:12:45.120+01:00', 'a day that November does not have'],
    ['2027-02-29T03:12:45.120+01:00', 'a leap day in a common year'],
    ['2026-11-20T24:00:00.000+01:00', 'hour 24'],
    ['2026-11-20T03:60:45.120+01:00', 'minute 60'],
    ['2026-11-20T03:12:45.120+15:00', 'an offset beyond 14 hours'],
    ['2026-11-20T03:12:45.120+01:00\n', 'a line break after it'],
  ])('does not read %j: %s', (at) => {
    expect(instantMs(at)).toBeNaN();
  });
});

const twoDigits = (count: number) => String(count).padStart(2, '0');
const moments = fc
  .record({
    utcMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 2) }),
    offsetMinutes: fc.constantFrom(-705, -300, 0, 60, 330, 840),
  })
  .map(({ utcMs, offsetMinutes }) => {
    const local = new Date(utcMs + offsetMinutes * 60_000).toISOString().slice(0, -1);
    const distance = Math.abs(offsetMinutes);
    const at = `${local}${offsetMinutes < 0 ? '-' : '+'}${twoDigits(Math.floor(distance / 60))}:${twoDigits(distance % 60)}`;
    return { at, utcMs };
  });

describe('compareMoments', () => {
  it('repeats its worked example', () => {
    expect(compareMoments('2026-11-20T03:00:00.000+01:00', '2026-11-20T02:30:00.000+00:00')).toBeLessThan(0);
  });

  it('orders any two moments as their instants are ordered', () => {
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        expect(Math.sign(compareMoments(a.at, b.at))).toBe(Math.sign(a.utcMs - b.utcMs));
      }),
    );
  });
});
