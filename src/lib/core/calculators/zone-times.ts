/**
 * Times of day in a zone: where a local time falls, what follows from it through a day, and when the clocks change.
 * Uses the global Temporal; a zone that the platform does not know is the caller's fault and throws.
 */

const MINUTES_PER_DAY = 1440;
const NANOSECONDS_PER_MINUTE = 60e9;

/** Minutes since midnight as `HH:MM`, rounded to the minute; more than a day, or less than none, wraps round. */
export function clockText(minutes: number): string {
  const ofDay = ((Math.round(minutes) % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

export interface PlacedTime {
  /** The instant that the local time means on that day. Where it does not exist, the local time is later by the gap. */
  readonly at: Temporal.ZonedDateTime;
  /** How often the clocks show this time on that day: `skipped` and `twice` happen at a clock change only. */
  readonly happens: 'once' | 'skipped' | 'twice';
}

/**
 * Finds the instant of a local time on a day as .NET's `DateTime.ToUniversalTime()` does, so that page and server agree:
 * of a time that happens twice the second (standard time), of a skipped one the time after the gap.
 *
 * @param date `YYYY-MM-DD`, a day of the calendar.
 * @param time `HH:MM`, from 00:00 to 23:59.
 * @param zone A zone for which `isZone` holds.
 * @example placeLocalTime('2026-03-29', '02:30', 'Europe/Berlin').at.toString() //=> '2026-03-29T03:30:00+02:00[Europe/Berlin]'
 * @see https://learn.microsoft.com/dotnet/api/system.timezone.touniversaltime, remarks on ambiguous and invalid times
 */
export function placeLocalTime(date: string, time: string, zone: string): PlacedTime {
  const local = Temporal.PlainDateTime.from(`${date}T${time}`);
  const at = local.toZonedDateTime(zone, { disambiguation: 'later' });
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.epochNanoseconds === at.epochNanoseconds) return { at, happens: 'once' };
  return { at, happens: at.toPlainDateTime().equals(local) ? 'twice' : 'skipped' };
}

/** The UTC time of day of an instant as WSUS stores it: `HH:MM:SS`, always less than 24 hours. */
export const storedUtcTime = (at: Temporal.ZonedDateTime): string =>
  at.withTimeZone('UTC').toPlainTime().toString({ smallestUnit: 'second' });

export interface DailyTime {
  /** `HH:MM` by the clocks of the zone, rounded to the minute. */
  readonly local: string;
  /** `HH:MM` in UTC, rounded to the minute. */
  readonly utc: string;
  /** The day of the UTC time as seen from the day of the local time: -1 previous, 0 same, 1 next. */
  readonly utcDay: number;
}

/**
 * Spreads a number of times evenly over the day that begins with `first`, at the offset that holds at `first`.
 *
 * @param timesPerDay A whole number from 1 to 24.
 * @returns As many times as asked for, round the clock from `first`.
 */
export function dailyTimes(first: Temporal.ZonedDateTime, timesPerDay: number): DailyTime[] {
  const offsetMinutes = first.offsetNanoseconds / NANOSECONDS_PER_MINUTE;
  const firstMinutes = first.hour * 60 + first.minute;
  return Array.from({ length: timesPerDay }, (_, index) => {
    const local = Math.round(firstMinutes + (index * MINUTES_PER_DAY) / timesPerDay);
    const utc = Math.round(local - offsetMinutes);
    const dayOf = (minutes: number): number => Math.floor(minutes / MINUTES_PER_DAY);
    return { local: clockText(local), utc: clockText(utc), utcDay: dayOf(utc) - dayOf(local) };
  });
}

export interface ClockChange {
  /** The local day on which the clocks change, `YYYY-MM-DD`. */
  readonly date: string;
  /** What the clocks show when they change, and what they are set to: `HH:MM`. */
  readonly clockBefore: string;
  readonly clockAfter: string;
  /** `+01:00` */
  readonly offsetBefore: string;
  readonly offsetAfter: string;
  /** How far the clocks move: more than 0 forward, less than 0 back. A time kept in UTC moves with them. */
  readonly movesMinutes: number;
}

/** The first change of the zone's offset after an instant; nothing when the zone's data knows of none. */
export function nextClockChange(after: Temporal.ZonedDateTime): ClockChange | undefined {
  const change = after.getTimeZoneTransition('next');
  if (change === null) return undefined;
  const before = change.subtract({ nanoseconds: 1 });
  // The zone data also lists moments at which a zone got another name or standard time at the same offset.
  if (before.offsetNanoseconds === change.offsetNanoseconds) return nextClockChange(change);
  const wallBefore = before.toPlainDateTime().add({ nanoseconds: 1 });
  return {
    date: wallBefore.toPlainDate().toString(),
    clockBefore: clockText(wallBefore.hour * 60 + wallBefore.minute),
    clockAfter: clockText(change.hour * 60 + change.minute),
    offsetBefore: before.offset,
    offsetAfter: change.offset,
    movesMinutes: (change.offsetNanoseconds - before.offsetNanoseconds) / NANOSECONDS_PER_MINUTE,
  };
}
