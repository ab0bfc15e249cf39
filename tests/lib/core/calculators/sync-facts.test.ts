import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clockChangeText,
  isApproximate,
  spacingText,
  spanText,
  syncTimesText,
} from '../../../../src/lib/core/calculators/sync-facts.ts';
import { placeLocalTime } from '../../../../src/lib/core/calculators/zone-times.ts';

const at = (zone: string, date = '2026-11-20', time = '17:00') => placeLocalTime(date, time, zone).at;

describe('the facts of a schedule', () => {
  it.each([
    [360, '6 h'],
    [288, '4 h 48 min'],
    [1440 / 7, '3 h 25 min 43 s'],
    [0.5, '30 s'],
  ])('say a span of %d minutes as %s', (minutes, words) => {
    expect(spanText(minutes)).toBe(words);
  });

  it('call approximate whatever does not divide a day into whole hours', () => {
    const even = Array.from({ length: 24 }, (_, index) => index + 1).filter((count) => !isApproximate(count));
    expect(even).toEqual([1, 2, 3, 4, 6, 8, 12, 24]);
    expect(spacingText(4)).toBe('6 h');
    expect(spacingText(5)).toMatch(/^about 4 h 48 min: Microsoft documents no rule for 5 a day/);
  });

  it.each([
    ['America/New_York', 2, '17:00, 05:00', '22:00, 10:00'],
    ['Asia/Kolkata', 1, '17:00', '11:30'],
    ['Pacific/Auckland', 1, '17:00', '04:00'],
    ['America/Los_Angeles', 1, '17:00', '01:00 (next day)'],
  ])('give local and UTC times in %s', (zone, perDay, local, utc) => {
    expect(syncTimesText(at(zone), perDay, 'local')).toBe(local);
    expect(syncTimesText(at(zone), perDay, 'utc')).toBe(utc);
  });

  it.each([
    [
      'Europe/Berlin',
      '2026-11-20',
      '17:00',
      /^On 2027-03-28 at 02:00 the clocks go forward 1 h\. .* at 18:00 instead of 17:00/,
    ],
    [
      'Australia/Lord_Howe',
      '2026-11-20',
      '17:00',
      /^On 2027-04-04 at 02:00 the clocks go back 30 min\. .* at 16:30 instead/,
    ],
    ['Asia/Kolkata', '2026-11-20', '17:00', /^No clock change is known for Asia\/Kolkata\.$/],
    ['Europe/Berlin', '2026-03-29', '02:30', /^02:30 does not exist on 2026-03-29, because the clocks skip it/],
    ['Europe/Berlin', '2026-10-25', '02:30', /^02:30 happens twice on 2026-10-25; the second time is meant\. On 2027-/],
  ])('say what the next clock change does in %s on %s', (zone, date, time, words) => {
    expect(clockChangeText(date, time, zone)).toMatch(words);
  });

  it('never throw, in any zone, on any day', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const days = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2035-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zones, days, fc.nat(1439), (zone, day, minute) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        expect(clockChangeText(day.toISOString().slice(0, 10), time, zone)).toMatch(/\.$/);
      }),
      { numRuns: 500 },
    );
  });
});
