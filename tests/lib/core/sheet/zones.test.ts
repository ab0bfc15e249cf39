import { expect, it } from 'vitest';
import { isCalendarDate, isZone } from '../../../../src/lib/core/sheet/zones.ts';

it('takes every zone that the platform lists and Temporal can place a time in', () => {
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    if (!zone.includes('/') && zone !== 'UTC') continue;
    expect(isZone(zone), zone).toBe(true);
    expect(Temporal.PlainDate.from('2026-11-02').toZonedDateTime(zone).day, zone).toBe(2);
  }
});

it.each(['', 'EST', 'CET', '+01:00', 'Etc/', 'Mars/Olympus', 'Europe/Berlin ', 'W. Europe Standard Time', '../Berlin'])(
  'takes no %j for a zone',
  (text) => {
    expect(isZone(text)).toBe(false);
  },
);

it('agrees with Temporal on which days exist', () => {
  const two = (n: number): string => String(n).padStart(2, '0');
  for (const year of ['1900', '2000', '2026', '2028', '2100', '0000']) {
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const text = `${year}-${two(month)}-${two(day)}`;
        let exists = true;
        try {
          Temporal.PlainDate.from(text);
        } catch {
          exists = false;
        }
        expect(isCalendarDate(text), text).toBe(exists);
      }
    }
  }
});

it.each(['', '2026', '2026-1-1', '26-01-01', '2026-11-02T00:00', '+002026-11-02', 'today'])(
  'takes no %j for a day',
  (text) => {
    expect(isCalendarDate(text)).toBe(false);
  },
);
