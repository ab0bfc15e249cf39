/**
 * Soak check: how long an update has been in the pilot when production takes it, worked out from the schedules alone.
 *
 * A production server takes whatever the server above it has at that moment, so the soak is the age of the newest update
 * there: a second pilot synchronization a day halves it, and one at the same time as production's makes it chance.
 *
 * @see https://learn.microsoft.com/defender-endpoint/microsoft-defender-antivirus-production-ring-deployment-group-policy-wsus
 */
import type { Report, ReportPart } from '../render/report.ts';
import { list, object, optional, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { Source } from './calculator.ts';
import {
  approximateNote,
  belongingTo,
  dailyRuns,
  day,
  lastRun,
  leewayFields,
  leewayNote,
  localClock,
  longestAge,
  middleRings,
  middleRingsOf,
  missing,
  newestAge,
  newestAges,
  noLeeway,
  numberField,
  ofDay,
  offsetOf,
  pilotIds,
  plannedLeeway,
  productionIds,
  races,
  scheduleOf,
  scheduleSource,
  timeOfDaySource,
  planSource,
  ringGuideSource,
  PLANNED_OFFSET_MINUTES,
  PLANNED_SYNC_MINUTES,
  span,
  spanWords,
  SyncSchedule,
  whole,
  type DailyRuns,
  type Reading,
  type Runs,
  type Span,
} from './ring-schedule.ts';
import { forwardOrBack, isApproximate } from './sync-facts.ts';
import { nextClockChange, type ClockChange } from './zone-times.ts';

const MINUTES_PER_DAY = 1440;

const input = () =>
  object(
    {
      pilot: belongingTo('Pilot', SyncSchedule),
      between: list(belongingTo('Ring between', SyncSchedule), 'Enter the rings between pilot and production, or none'),
      production: belongingTo('Production', SyncSchedule),
      wantedHours: optional(whole(1, 336, 'Soak time must be a whole number of hours from 1 to 336')),
      today: day('Enter the date of today', 'Today must be a date such as 2026-11-02'),
      ...leewayFields(),
    },
    'Enter the schedules',
    'The schedules must have no other fields',
  );
/**
 * The servers from the pilot's, which takes from Microsoft Update, down to production's, each below the one before.
 * `today` is the day on which the schedules hold: the offsets from UTC hang on it.
 */
export const SoakCheckInput: Shape<SoakCheckInput> = (value) => input()(value);
export type SoakCheckInput = InferShape<ReturnType<typeof input>>;

/** One synchronization of production; times are `HH:MM` by the clocks of each server's own zone. */
export interface ProductionRun {
  readonly local: string;
  /** The pilot's synchronization that brought the newest update to be found by then, as scheduled. */
  readonly pilotLocal: string;
  /** Age of that update as scheduled, in minutes. */
  readonly scheduledMinutes: number;
  /** Age of the newest update that production can find, with offsets. */
  readonly newest: Span;
  /** It may run before, during or after one of the server above. */
  readonly isRace: boolean;
}

/** The soak after a clock change, once one of the two schedules is saved again and the other is not. */
export interface SoakAfterChange {
  readonly server: 'pilot' | 'production';
  readonly timeZone: string;
  readonly change: ClockChange;
  readonly newest: Span;
}

export interface SoakCheck extends SoakCheckInput {
  /** Age of the newest update when production takes it, from start to start, with offsets. */
  readonly newest: Span;
  /** The same as the schedules say, to the minute. */
  readonly scheduled: Span;
  /** Any update, the oldest of those taken together included; the shortest is the newest's. */
  readonly any: Span;
  /** Production's synchronizations of a day, round the clock from the first of its UTC day. */
  readonly runs: readonly ProductionRun[];
  /** `offset`: it holds by the schedules, and the random offset can make it shorter. Left out where none is wanted. */
  readonly verdict?: 'holds' | 'offset' | 'short';
  /**
   * The time of one daily production synchronization that gives the wanted soak, `HH:MM` in production's zone; `none`
   * where the pilot synchronizes too often for any. Only where the soak falls short, and with no ring between.
   */
  readonly mend?: string;
  readonly afterChange: readonly SoakAfterChange[];
}

/**
 * Works the soak out. Total on parsed input; reads no clock.
 *
 * @example
 * soakCheck(soakCheckExample)
 * //=> pilot 05:00 once a day, production 17:00 once a day: as scheduled 720 minutes, with offsets newest 690 to 750,
 * //   verdict 'offset' for 12 hours, mend '17:30'
 */
export function soakCheck(input: SoakCheckInput): SoakCheck {
  const { pilot, between, production, today, wantedHours } = input;
  const daily = [pilot, ...between, production].map((schedule) => dailyRuns(schedule, today));
  const chain = daily.map(({ runs }) => runs);
  const [upper, lower] = [dailyRuns(pilot, today), dailyRuns(production, today)];
  const lowerOffset = offsetOf(lower.saved);
  const above = chain.at(-2) ?? [];

  const runs = lower.runs.map((run): ProductionRun => {
    const pilotRun = chain.slice(0, -1).reduceRight((start, server) => lastRun(server, start), run);
    return {
      local: localClock(run, lowerOffset),
      pilotLocal: localClock(pilotRun, offsetOf(upper.saved)),
      scheduledMinutes: run - pilotRun,
      newest: newestAge(chain, run, input),
      isRace: races(above, [run], input).length > 0,
    };
  });
  const newest = newestAges(chain, input);
  const scheduled = newestAges(chain, noLeeway);
  const wanted = (wantedHours ?? 0) * 60;
  const verdict = newest.shortestMinutes >= wanted ? 'holds' : scheduled.shortestMinutes >= wanted ? 'offset' : 'short';
  const mend =
    verdict === 'holds' || between.length > 0 ? undefined : mendingRun(input, upper.runs, lower.first, wanted);
  return {
    ...input,
    newest,
    scheduled,
    any: { shortestMinutes: newest.shortestMinutes, longestMinutes: longestAge(chain, input) },
    runs,
    ...(wantedHours !== undefined && { verdict }),
    ...(mend !== undefined && { mend: mend === 'none' ? mend : localClock(mend, lowerOffset) }),
    afterChange: [...afterChange(input, 'pilot', daily), ...afterChange(input, 'production', daily)],
  };
}

function afterChange(
  input: SoakCheckInput,
  server: SoakAfterChange['server'],
  daily: readonly DailyRuns[],
): SoakAfterChange[] {
  const saved = daily.at(server === 'pilot' ? 0 : -1);
  const change = saved && nextClockChange(saved.saved);
  if (!change || change.movesMinutes % MINUTES_PER_DAY === 0) return [];
  // The same time by clocks that went forward is earlier in UTC.
  const moved = (runs: Runs): Runs => runs.map((run) => ofDay(run - change.movesMinutes)).sort((a, b) => a - b);
  const chain = daily.map((one) => (one === saved ? moved(one.runs) : one.runs));
  return [{ server, timeZone: input[server].timeZone, change, newest: newestAges(chain, input) }];
}

/** The first run after the present one, as often as once a day, that every pilot synchronization is far enough from. */
function mendingRun(input: SoakCheckInput, pilot: Runs, present: number, wanted: number): number | 'none' {
  const fitting = pilot
    .map((run) => ofDay(run + input.offsetMinutes + wanted))
    .filter((run) => newestAge([pilot, [run]], run, input).shortestMinutes >= wanted);
  const after = (run: number): number => ofDay(run - present);
  return fitting.sort((a, b) => after(a) - after(b))[0] ?? 'none';
}

// --- From the sheet ---------------------------------------------------------------------------------------------

/** Inputs the calculator waits for. */
export const soakCheckNeeds: readonly string[] = [...pilotIds, ...productionIds];
/** Inputs that it uses once they are given; a middle ring that was asked for is waited for. */
export const soakCheckAlso: readonly string[] = [
  'soakHours',
  'syncMode',
  'middleRings',
  ...middleRings.flatMap(({ ids }) => ids),
];

/**
 * Takes what the calculator needs from a sheet.
 *
 * @param today The day at the site, `YYYY-MM-DD`.
 * @example readSoakCheck({}, '2026-11-02').state //=> 'waiting'
 */
export function readSoakCheck(sheet: Sheet, today: string): Reading<SoakCheckInput> {
  const rings = middleRingsOf(sheet);
  const needed = [...soakCheckNeeds, ...rings.flatMap(({ ids }) => ids)];
  const waitsFor = missing(sheet, needed);
  if (waitsFor.length > 0) return { state: 'waiting', waitsFor };
  return {
    state: 'ready',
    input: {
      pilot: scheduleOf(sheet, pilotIds),
      between: rings.map(({ ids }) => scheduleOf(sheet, ids)),
      production: scheduleOf(sheet, productionIds),
      ...numberField(sheet, 'wantedHours', 'soakHours'),
      today,
      ...plannedLeeway,
    },
  };
}

// --- The words --------------------------------------------------------------------------------------------------

const hours = (count: number): string => (count === 1 ? '1 hour' : `${count} hours`);

/** Names the zones beside times of day where they differ. */
const zonesOf = ({ pilot, production }: SoakCheckInput) =>
  pilot.timeZone === production.timeZone
    ? { pilot: '', production: '' }
    : { pilot: ` (${pilot.timeZone})`, production: ` (${production.timeZone})` };

function verdictParts(value: SoakCheck): ReportPart[] {
  const { verdict, wantedHours = 0, newest, scheduled, mend, runs, production, pilot } = value;
  if (verdict === undefined) return [];
  if (verdict === 'holds') {
    return [{ kind: 'sentence', text: `The wanted soak of ${hours(wantedHours)} holds for every update.` }];
  }
  const zones = zonesOf(value);
  const inside = runs.filter(({ scheduledMinutes }) => scheduledMinutes < wantedHours * 60);
  const [first] = inside;
  const short =
    verdict === 'offset' || !first
      ? `By the schedules the soak is ${span(scheduled.shortestMinutes)}, but the random offset of the pilot can bring it ` +
        `down to ${span(newest.shortestMinutes)}, which is less than the wanted ${hours(wantedHours)}.`
      : `A pilot synchronization falls inside the wanted soak of ${hours(wantedHours)}: production synchronizes at ` +
        `${first.local}${zones.production}, and the pilot ${first.scheduledMinutes === 0 ? 'at the same time' : `at ${first.pilotLocal}${zones.pilot}, ${span(first.scheduledMinutes)} before`}` +
        `${inside.length > 1 ? `; so with ${inside.length} of production's ${runs.length} synchronizations a day` : ''}. ` +
        `An update may be in the pilot for only ${span(newest.shortestMinutes)}.`;
  const advice =
    mend === undefined
      ? 'Move a schedule, or let someone approve by hand once the soak is over.'
      : mend === 'none'
        ? `No production schedule gives that, because the pilot synchronizes ` +
          `${pilot.syncsPerDay === 1 ? 'once' : `${pilot.syncsPerDay} times`} a day: approve by hand once the soak is over` +
          `${pilot.syncsPerDay === 1 ? '' : ', or synchronize the pilot less often'}.`
        : `Synchronize production once a day at ${mend} (${production.timeZone}) to keep it.`;
  return [{ kind: 'warning', text: `${short} ${advice}` }];
}

const raceParts = ({ runs, between }: SoakCheck): ReportPart[] =>
  runs
    .filter(({ isRace }) => isRace)
    .slice(0, 1)
    .map(({ local, newest }) => ({
      kind: 'warning',
      text:
        `Two synchronizations race: production's at ${local} and one of ` +
        `${between.length > 0 ? 'the ring above it' : 'the pilot'} are so close that either may come first. The newest ` +
        `update may then be ${spanWords(newest)} old, by chance.`,
    }));

function changeParts({ afterChange, pilot, production }: SoakCheck): ReportPart[] {
  if (afterChange.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'If one schedule is saved again after a clock change, and the other is not',
      head: ['Saved again', 'Clock change', 'Soak of the newest update then'],
      rows: afterChange.map(({ server, timeZone, change, newest }) => [
        server === 'pilot' ? 'Pilot only' : 'Production only',
        `${change.date}, ${timeZone}, ${forwardOrBack(change)}`,
        spanWords(newest),
      ]),
    },
    {
      kind: 'note',
      text:
        'WSUS keeps its times in UTC, so the soak stays the same through a clock change until someone saves a schedule ' +
        `again${pilot.timeZone === production.timeZone ? ': save both on the same day' : ''}.`,
    },
  ];
}

/** The soak in words, as a table, and what to weigh. */
export function describeSoakCheck(value: SoakCheck): Report {
  const { newest, any, scheduled, pilot, between, production, runs, today } = value;
  const isOdd = [pilot, ...between, production].some(({ syncsPerDay }) => isApproximate(syncsPerDay));
  const through =
    between.length === 0 ? '' : `, through ${between.length === 1 ? 'a ring' : `${between.length} rings`} between`;
  return [
    {
      kind: 'sentence',
      text:
        `When production takes an update, it has been in the pilot for at least ${span(any.shortestMinutes)} and at most ` +
        `${span(any.longestMinutes)}${through}.`,
    },
    ...verdictParts(value),
    ...raceParts(value),
    {
      kind: 'facts',
      caption: 'Time in the pilot, from the start of one synchronization to the start of the other',
      rows: [
        { label: 'Newest update, as scheduled', value: spanWords(scheduled) },
        { label: 'Newest update, with offsets', value: spanWords(newest) },
        { label: 'Any update, with offsets', value: spanWords(any) },
      ],
    },
    {
      kind: 'table',
      caption: `Synchronizations of production, by the offsets of ${today}`,
      head: [
        `Production (${production.timeZone})`,
        `Newest from the pilot at (${pilot.timeZone})`,
        'Before that, as scheduled',
        'With offsets',
      ],
      rows: runs.map((run) => [
        run.local,
        run.pilotLocal,
        span(run.scheduledMinutes),
        `${spanWords(run.newest)}${run.isRace ? ' (race)' : ''}`,
      ]),
    },
    ...changeParts(value),
    {
      kind: 'note',
      text:
        'This is the time on the servers. Pilot devices get the update later, so they have had it for less: the ring ' +
        'timeline shows by how much.',
    },
    { kind: 'note', text: leewayNote(value) },
    ...(isOdd ? [{ kind: 'note' as const, text: approximateNote }] : []),
  ];
}

/** The schedules of Microsoft's ring guides, as the worked example; no site's values, and never a default. */
export const soakCheckExample: SoakCheckInput = {
  pilot: { firstSync: '05:00', timeZone: 'America/New_York', syncsPerDay: 1 },
  between: [],
  production: { firstSync: '17:00', timeZone: 'America/New_York', syncsPerDay: 1 },
  wantedHours: 12,
  today: '2026-11-02',
  offsetMinutes: PLANNED_OFFSET_MINUTES,
  syncMinutes: PLANNED_SYNC_MINUTES,
};

/** Where each rule comes from. That a synchronization takes whatever the server above has follows from them. */
export const soakCheckSources: readonly Source[] = [scheduleSource, timeOfDaySource, planSource, ringGuideSource];
