/**
 * What the sheet says of a schedule, in words: the times of a day, their spacing, and what the next clock change does.
 * `sync-times.ts` makes the whole report from the same numbers.
 */
import { dailyTimes, nextClockChange, placeLocalTime, type ClockChange } from './zone-times.ts';

const MINUTES_PER_DAY = 1440;

/** A span in hours, minutes and seconds: `6 h`, `4 h 48 min`, `3 h 25 min 43 s`. */
export function spanText(minutes: number): string {
  const seconds = Math.round(minutes * 60);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([amount, unit]) => (amount > 0 ? [`${amount} ${unit}`] : [])).join(' ');
}

/** True where 24 hours do not divide into that many whole hours: Microsoft documents no rule for these numbers. */
export const isApproximate = (timesPerDay: number): boolean => 24 % timesPerDay !== 0;

export const forwardOrBack = ({ movesMinutes }: ClockChange): string =>
  `${movesMinutes > 0 ? 'forward' : 'back'} ${spanText(Math.abs(movesMinutes))}`;

/** The days of UTC times as seen from the local day. */
export const dayNotes: Readonly<Record<number, string>> = { [-1]: ' (previous day)', 1: ' (next day)' };

/** @example syncTimesText(first, 2, 'local') //=> '17:00, 05:00' */
export const syncTimesText = (first: Temporal.ZonedDateTime, timesPerDay: number, clock: 'local' | 'utc'): string =>
  dailyTimes(first, timesPerDay)
    .map((time) => (clock === 'local' ? time.local : `${time.utc}${dayNotes[time.utcDay] ?? ''}`))
    .join(', ');

/** @example spacingText(4) //=> '6 h' */
export function spacingText(timesPerDay: number): string {
  const span = spanText(MINUTES_PER_DAY / timesPerDay);
  return isApproximate(timesPerDay)
    ? `about ${span}: Microsoft documents no rule for ${timesPerDay} a day, so verify with GetNextSynchronizationTime()`
    : span;
}

/** What happens to a time of day at the change of the clocks, in one to three sentences. */
export function clockChangeText(date: string, firstSync: string, zone: string): string {
  const { at, happens } = placeLocalTime(date, firstSync, zone);
  const now =
    happens === 'skipped'
      ? `${firstSync} does not exist on ${date}, because the clocks skip it: save the schedule on another day. `
      : happens === 'twice'
        ? `${firstSync} happens twice on ${date}; the second time is meant. `
        : '';
  const change = nextClockChange(at);
  if (!change) return `${now}No clock change is known for ${zone}.`;
  const { movesMinutes } = change;
  const says = `${now}On ${change.date} at ${change.clockBefore} the clocks go ${forwardOrBack(change)}.`;
  if (movesMinutes % MINUTES_PER_DAY === 0) return says;
  const after = dailyTimes(at.add({ minutes: movesMinutes }), 1)[0]?.local ?? '';
  return `${says} WSUS keeps its time in UTC, so from then on it starts at ${after} instead of ${firstSync}, until someone saves the schedule again.`;
}
