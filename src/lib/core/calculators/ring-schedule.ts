/**
 * Schedules of WSUS servers that stand one below the other: when each synchronizes, and how long an update has been in
 * the first of them when the last one takes it.
 *
 * A synchronization pulls whatever the server above has at that moment. WSUS keeps a time of day in UTC, so all
 * arithmetic is in whole minutes UTC, and a clock change moves nothing against anything else until a schedule is saved
 * again. Uncertain starts count both ways: whatever could be taken or missed is both.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-server-update-services/manage/setting-up-update-synchronizations
 */
import { refuse } from '../result.ts';
import { must, number, object, text, type InferShape, type Rule, type Shape } from '../shape.ts';
import type { CellValue } from '../sheet/rules.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { isCalendarDate, isZone } from '../sheet/zones.ts';
import type { Source } from './calculator.ts';
import { spanText } from './sync-facts.ts';
import { clockText, placeLocalTime } from './zone-times.ts';

const MINUTES_PER_DAY = 1440;

/** Largest random offset that any text gives, for planning; Microsoft documents none. As in `sync-times.ts`. */
export const PLANNED_OFFSET_MINUTES = 30;
/**
 * How long a synchronization is taken to last, for planning. Microsoft: the first may take over an hour, later ones are
 * much shorter ("Plan your WSUS deployment").
 */
export const PLANNED_SYNC_MINUTES = 60;

// --- What comes in ----------------------------------------------------------------------------------------------

/** A whole number from `least` to `largest`, both included. */
export const whole = (least: number, largest: number, why: string): Shape<number> =>
  number(
    why,
    must((value: number) => Number.isInteger(value) && value >= least && value <= largest, why),
  );

/** A time of day, `HH:MM`. */
export const clock = (label: string): Shape<string> =>
  text(
    `Enter the ${label}`,
    must((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), `Time must be from 00:00 to 23:59: ${label}`),
  );

/** A day, `YYYY-MM-DD`. */
export const day = (why: string, whyWrong: string): Shape<string> => text(why, must(isCalendarDate, whyWrong));

/** A zone of the IANA database. */
export const zone = (): Shape<string> =>
  text(
    'Enter the time zone of the WSUS server',
    must(isZone, 'Time zone must be an IANA zone, for example Europe/Berlin'),
  );

// Shapes are made when they are used: a page reads fields by their own rules, and leaves these out.
const syncSchedule = () =>
  object(
    {
      firstSync: clock('time of the first synchronization'),
      timeZone: zone(),
      syncsPerDay: whole(1, 24, 'Synchronizations per day must be a whole number from 1 to 24'),
    },
    'Enter the schedule',
    'The schedule must have no other fields',
  );
/** When one WSUS server synchronizes; `firstSync` is in `timeZone`, as typed on the day the schedule was saved. */
export const SyncSchedule: Shape<SyncSchedule> = (value) => syncSchedule()(value);
export type SyncSchedule = InferShape<ReturnType<typeof syncSchedule>>;

/** How far a synchronization may be from its scheduled time. */
export const leewayFields = () => ({
  /** Largest random offset that WSUS adds to a start. */
  offsetMinutes: whole(0, 240, 'Random offset must be a whole number of minutes from 0 to 240'),
  /** Longest time that a synchronization runs. */
  syncMinutes: whole(0, 720, 'Duration of a synchronization must be a whole number of minutes from 0 to 720'),
});
export interface Leeway {
  readonly offsetMinutes: number;
  readonly syncMinutes: number;
}
export const plannedLeeway: Leeway = { offsetMinutes: PLANNED_OFFSET_MINUTES, syncMinutes: PLANNED_SYNC_MINUTES };
/** As the schedules say, to the minute. */
export const noLeeway: Leeway = { offsetMinutes: 0, syncMinutes: 0 };

/** Keeps a rule over several fields. */
export const keeping =
  <T>(shape: Shape<T>, ...rules: readonly Rule<T>[]): Shape<T> =>
  (value) => {
    const read = shape(value);
    const fault = read.ok ? rules.map((rule) => rule(read.value)).find((why) => why !== undefined) : undefined;
    return fault === undefined ? read : refuse(fault);
  };

/** Says whose value is wrong. */
export const belongingTo =
  <T>(owner: string, shape: Shape<T>): Shape<T> =>
  (value) => {
    const read = shape(value);
    return read.ok ? read : refuse(`${owner}: ${read.why}`);
  };

// --- Runs -------------------------------------------------------------------------------------------------------

/** From the earliest to the latest, in minutes since 1970-01-01T00:00Z. */
export interface TimeWindow {
  readonly earliest: number;
  readonly latest: number;
}

/** Minutes of the UTC day at which a server synchronizes, ascending; the same every day. */
export type Runs = readonly number[];

export const ofDay = (minutes: number): number => ((minutes % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
/** An instant by the clocks of a zone. */
export const zonedAt = (minute: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(timeZone);
export const minuteOf = (at: Temporal.ZonedDateTime): number => at.epochMilliseconds / 60_000;
export const offsetOf = (at: Temporal.ZonedDateTime): number => at.offsetNanoseconds / 60e9;

export interface DailyRuns {
  /** The first synchronization of the day on which the schedule was saved. */
  readonly saved: Temporal.ZonedDateTime;
  readonly first: number;
  readonly runs: Runs;
}

/** @param savedOn The day whose offset from UTC WSUS keeps, `YYYY-MM-DD`. */
export function dailyRuns({ firstSync, timeZone, syncsPerDay }: SyncSchedule, savedOn: string): DailyRuns {
  const { at: saved } = placeLocalTime(savedOn, firstSync, timeZone);
  const first = ofDay(minuteOf(saved));
  const runs = Array.from({ length: syncsPerDay }, (_, k) =>
    ofDay(Math.round(first + (k * MINUTES_PER_DAY) / syncsPerDay)),
  );
  return { saved, first, runs: runs.sort((a, b) => a - b) };
}

/** The first run at a minute or after it. @example nextRun([300, 1020], 301) //=> 1020 */
export function nextRun(runs: Runs, from: number): number {
  const midnight = from - ofDay(from);
  const today = runs.find((run) => midnight + run >= from);
  return midnight + (today ?? MINUTES_PER_DAY + (runs[0] ?? 0));
}

/** The last run at a minute or before it. @example lastRun([300, 1020], 299) //=> -420 */
export function lastRun(runs: Runs, until: number): number {
  const midnight = until - ofDay(until);
  const today = runs.findLast((run) => midnight + run <= until);
  return midnight + (today ?? (runs.at(-1) ?? 0) - MINUTES_PER_DAY);
}

/** All runs from one minute to another, both included. */
function runsWithin(runs: Runs, from: number, until: number): number[] {
  const found: number[] = [];
  for (let run = nextRun(runs, from); run <= until; run = nextRun(runs, run + 1)) found.push(run);
  return found;
}

// --- Soak -------------------------------------------------------------------------------------------------------

/** A length of time in minutes. */
export interface Span {
  readonly shortestMinutes: number;
  readonly longestMinutes: number;
}

/**
 * How long the newest update that one run can find has been in the first server, from start to start.
 *
 * @param chain Runs of each server, the first that takes from Microsoft Update, the last the one that asks.
 * @param run One of the last server's runs.
 * @example newestAge([[300], [1020]], 1020, plannedLeeway) //=> { shortestMinutes: 690, longestMinutes: 750 }
 */
export function newestAge(chain: readonly Runs[], run: number, { offsetMinutes, syncMinutes }: Leeway): Span {
  const above = chain.slice(0, -1).reverse();
  const late = offsetMinutes + syncMinutes;
  const [nearest = []] = above;
  // Ages grow with the start of the run, and fall only where one of the servers above runs: those starts decide.
  const soonest = [run, ...above.flatMap((runs) => runsWithin(runs, run, run + offsetMinutes))].map(
    (start) => start - above.reduce((could, runs) => Math.min(could, lastRun(runs, could) + offsetMinutes), start),
  );
  const latest = [
    run + offsetMinutes,
    ...runsWithin(nearest, run - late, run - syncMinutes).map((missed) => missed + late),
  ].map((start) => start - above.reduce((sure, runs) => lastRun(runs, sure - late - 1), start));
  return { shortestMinutes: Math.min(...soonest), longestMinutes: Math.max(...latest) };
}

/** Over all runs of the last server: how long the newest update it finds has been in the first. */
export function newestAges(chain: readonly Runs[], leeway: Leeway): Span {
  const ages = (chain.at(-1) ?? []).map((run) => newestAge(chain, run, leeway));
  return {
    shortestMinutes: Math.min(...ages.map((age) => age.shortestMinutes)),
    longestMinutes: Math.max(...ages.map((age) => age.longestMinutes)),
  };
}

/** The longest that any update is in the first server before the last one takes it, in minutes, from start to start. */
export function longestAge(chain: readonly Runs[], { offsetMinutes, syncMinutes }: Leeway): number {
  const [first = [], ...below] = chain;
  let longest = 0;
  for (const run of first) {
    for (let start = run; start <= run + offsetMinutes; start += 1) {
      let taken = start;
      for (const runs of below) taken = nextRun(runs, taken + syncMinutes + 1) + offsetMinutes;
      longest = Math.max(longest, taken - start);
    }
  }
  return longest;
}

/** Two synchronizations so close that either may come first: minutes of the UTC day as scheduled. */
export interface Race {
  readonly above: number;
  readonly below: number;
}

/** Every pair of runs that race: what the lower server takes then is chance. */
export const races = (above: Runs, below: Runs, { offsetMinutes, syncMinutes }: Leeway): Race[] =>
  below.flatMap((lower) =>
    above
      .filter((upper) => ofDay(lower - upper + offsetMinutes) <= 2 * offsetMinutes + syncMinutes)
      .map((upper) => ({ above: upper, below: lower })),
  );

// --- From the sheet ---------------------------------------------------------------------------------------------

/** What a cell holds, once it can be used. */
export const given = (sheet: Sheet, id: string): CellValue | undefined =>
  sheet[id]?.state === 'given' ? sheet[id].value : undefined;

/** Where the sheet keeps a schedule, in the order time, number, zone. */
export type ScheduleIds = readonly [firstSync: string, syncsPerDay: string, timeZone: string];
export const pilotIds: ScheduleIds = ['pilotFirstSync', 'pilotSyncsPerDay', 'pilotTimeZone'];
export const productionIds: ScheduleIds = ['firstSync', 'syncsPerDay', 'timeZone'];

/** Rings between pilot and production that the sheet has fields for; the calculators themselves take any number. */
export const middleRings = [2, 3, 4].map((ring) => ({
  name: `Ring ${ring}`,
  ids: [`ring${ring}FirstSync`, `ring${ring}SyncsPerDay`, `ring${ring}TimeZone`] as ScheduleIds,
  soak: `ring${ring}SoakHours`,
}));

/** The middle rings that the reader asked for; none while that is not answered. */
export const middleRingsOf = (sheet: Sheet) => middleRings.slice(0, Number(given(sheet, 'middleRings') ?? 0) || 0);

/** A schedule whose fields are all given. */
export const scheduleOf = (sheet: Sheet, [firstSync, syncsPerDay, timeZone]: ScheduleIds): SyncSchedule => ({
  firstSync: String(given(sheet, firstSync)),
  syncsPerDay: Number(given(sheet, syncsPerDay)),
  timeZone: String(given(sheet, timeZone)),
});

/** A number that may be left out, as a field of that name; nothing where it is. */
export const numberField = <Name extends string>(
  sheet: Sheet,
  name: Name,
  id: string,
): Partial<Record<Name, number>> => {
  const value = given(sheet, id);
  // The compiler does not follow a computed name into a record.
  return (value === undefined ? {} : { [name]: Number(value) }) as Partial<Record<Name, number>>;
};

/** What is still to be entered; with manual synchronization there is no schedule to work with. */
export const missing = (sheet: Sheet, ids: readonly string[]): string[] => [
  ...(given(sheet, 'syncMode') === 'manual' ? ['syncMode'] : []),
  ...ids.filter((id) => given(sheet, id) === undefined),
];

export type Reading<Input> =
  | { readonly state: 'ready'; readonly input: Input }
  /** Ids of the inputs that are missing or wrong. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[] };

// --- The words --------------------------------------------------------------------------------------------------

/** @example span(690) //=> '11 h 30 min' */
export const span = (minutes: number): string => spanText(minutes) || '0 min';
export const spanWords = ({ shortestMinutes, longestMinutes }: Span): string =>
  shortestMinutes === longestMinutes ? span(shortestMinutes) : `${span(shortestMinutes)} to ${span(longestMinutes)}`;

/** A run by the clocks of a zone whose offset from UTC is known. */
export const localClock = (run: number, offset: number): string => clockText(run + offset);

/** @example momentText(29_824_800, 'Europe/Berlin') //=> '2026-09-15 18:00 (+02:00)' */
export function momentText(minute: number, timeZone: string): string {
  const text = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString({ timeZone, smallestUnit: 'minute' });
  return `${text.slice(0, 10)} ${text.slice(11, 16)} (${text.slice(16)})`;
}

/** What no source gives about synchronizations, in the words that both calculators use. */
export const leewayNote = ({ offsetMinutes, syncMinutes }: Leeway): string =>
  `WSUS adds a random offset to each start: up to ${span(offsetMinutes)} is counted for every server. Unconfirmed: Microsoft ` +
  'gives no size (a third-party text on an old version does), nor whether a server below another one adds it. A ' +
  `synchronization is taken to last up to ${span(syncMinutes)}: Microsoft says only that the first may take over an hour and ` +
  'later ones much less.';

export const approximateNote =
  'Microsoft documents no rule for a number of synchronizations that does not divide 24 evenly. Even spacing is assumed: ' +
  'verify with GetNextSynchronizationTime().';

const learnServer = 'https://learn.microsoft.com/windows-server/administration/windows-server-update-services/';
// Each by its name and nothing spread, so that a page without sources leaves them out.
export const scheduleSource: Source = {
  title: 'Setting up update synchronizations',
  url: `${learnServer}manage/setting-up-update-synchronizations`,
  read: '2017-10-16',
};
export const timeOfDaySource: Source = {
  title: 'ISubscription.SynchronizeAutomaticallyTimeOfDay',
  url: 'https://learn.microsoft.com/previous-versions/windows/desktop/ms750871(v=vs.85)',
  read: '',
};
export const planSource: Source = {
  title: 'Plan your WSUS deployment',
  url: `${learnServer}plan/plan-your-wsus-deployment`,
  read: '2025-03-06',
};
export const ringGuideSource: Source = {
  title: 'Production ring deployment using Group Policy and Windows Server Update Services',
  url: 'https://learn.microsoft.com/defender-endpoint/microsoft-defender-antivirus-production-ring-deployment-group-policy-wsus',
  read: '2025-10-20',
};
