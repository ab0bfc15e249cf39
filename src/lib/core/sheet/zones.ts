/**
 * Which zones and calendar days exist. Nothing here needs Temporal, so a field can be checked in a browser
 * that has yet to load the polyfill.
 */

/**
 * Whether the text names a zone of the IANA database by area and city, or is `UTC`.
 *
 * Offsets (`+01:00`) and abbreviations (`EST`, `CET`) are not taken, though the platform knows some: the first have no
 * clock changes, and the second mean different zones to different people.
 *
 * @example isZone('Europe/Berlin') //=> true
 * @example isZone('W. Europe Standard Time') //=> false
 */
export function isZone(text: string): boolean {
  if (!/^(utc$|[a-z_]+\/)/i.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the text is a day of the Gregorian calendar, written `YYYY-MM-DD`.
 *
 * @example isCalendarDate('2028-02-29') //=> true
 * @example isCalendarDate('2026-02-29') //=> false
 */
export function isCalendarDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}
