/**
 * Clocks by `Intl.DateTimeFormat` alone: a second implementation that knows nothing of Temporal, to hold the calculators
 * against. Instants are minutes since 1970-01-01T00:00Z.
 */
import * as fc from 'fast-check';

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

/** `2026-11-02 05:00` by the clocks of a zone. */
export const intlText = (minute: number, timeZone: string): string =>
  formatOf(timeZone)
    .format(minute * 60_000)
    .replace(', ', ' ');

/** How far the clocks are ahead of UTC at an instant, in minutes. */
export const intlOffset = (minute: number, timeZone: string): number =>
  Date.parse(`${intlText(minute, timeZone).replace(' ', 'T')}:00Z`) / 60_000 - minute;

/** The instants at which the clocks show this time: none in a gap, two in an overlap. */
export function intlInstants(date: string, clock: string, timeZone: string): number[] {
  const asUtc = Date.parse(`${date}T${clock}:00Z`) / 60_000;
  const found: number[] = [];
  // Offsets lie between -12 and +14 hours, in steps of 15 minutes.
  for (let offset = 14 * 60; offset >= -12 * 60; offset -= 15) {
    if (intlText(asUtc - offset, timeZone) === `${date} ${clock}`) found.push(asUtc - offset);
  }
  return found;
}

/** The first instant of a local day. */
export function intlStartOfDay(date: string, timeZone: string): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`) / 60_000;
  for (let offset = 14 * 60; offset >= -13 * 60; offset -= 15) {
    if (intlText(asUtc - offset, timeZone).startsWith(date)) return asUtc - offset;
  }
  throw new Error(`The zone ${timeZone} left out ${date}.`);
}

const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
/** Any zone, those with odd clock changes more often. */
export const anyZone = fc.oneof(
  fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Apia',
    'America/Santiago',
    'Africa/Casablanca',
  ),
  fc.constantFrom(...zones),
);

/** Any day from 2020 to 2035. */
export const anyDay = fc
  .integer({ min: Date.UTC(2020, 0, 1) / 86_400_000, max: Date.UTC(2035, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

/** Any time of day, `HH:MM`. */
export const anyClock = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16));

/** Any schedule of a WSUS server. */
export const anySchedule = fc.record({
  firstSync: anyClock,
  timeZone: anyZone,
  syncsPerDay: fc.integer({ min: 1, max: 24 }),
});

/**
 * Every scheduled start from some days before a day to some days after it, ascending; nothing where the first
 * synchronization falls into a gap on the day of saving.
 */
export function intlRuns(
  schedule: { readonly firstSync: string; readonly timeZone: string; readonly syncsPerDay: number },
  savedOn: string,
  around: number,
  days: number,
): number[] | undefined {
  const first = intlInstants(savedOn, schedule.firstSync, schedule.timeZone).at(-1);
  if (first === undefined) return undefined;
  const runs: number[] = [];
  const nearest = first + Math.round((around - first) / 1440) * 1440;
  for (let day = -days; day <= days; day += 1) {
    for (let k = 0; k < schedule.syncsPerDay; k += 1) {
      runs.push(nearest + day * 1440 + Math.round((k * 1440) / schedule.syncsPerDay));
    }
  }
  return runs.sort((a, b) => a - b);
}
