/** Derived values that hang on clocks and zones, apart from the others, so that pages load them only once they are needed. */
import { clockChangeText, spacingText, syncTimesText } from '../calculators/sync-facts.ts';
import { placeLocalTime, storedUtcTime } from '../calculators/zone-times.ts';
import { ok, refuse } from '../result.ts';
import type { TimesOfDay } from './derived.ts';
import { isCalendarDate } from './zones.ts';

/**
 * Works out one derived value out of a schedule.
 *
 * @returns The text, or a sentence: zones need Temporal, and times of day the date of today.
 * @example timesOfDay('storedUtc', { firstSync: '17:00', timeZone: 'Europe/Berlin' }, '2026-11-20') //=> { ok: true, value: '16:00:00' }
 */
export const timesOfDay: TimesOfDay = (id, values, today) => {
  const perDay = Number(values['syncsPerDay'] ?? 0);
  if (id === 'syncSpacing') return ok(spacingText(perDay));
  if (typeof Temporal === 'undefined') return refuse('This browser cannot work with time zones yet');
  if (!isCalendarDate(today)) return refuse('The date of today is not known, and times of day hang on it');
  const firstSync = String(values['firstSync']);
  const timeZone = String(values['timeZone']);
  const { at } = placeLocalTime(today, firstSync, timeZone);
  switch (id) {
    case 'storedUtc':
      return ok(storedUtcTime(at));
    case 'syncTimesLocal':
      return ok(syncTimesText(at, perDay, 'local'));
    case 'syncTimesUtc':
      return ok(syncTimesText(at, perDay, 'utc'));
    case 'clockChange':
      return ok(clockChangeText(today, firstSync, timeZone));
    default:
      return refuse(`\`${id}\` is not a time of day`);
  }
};
