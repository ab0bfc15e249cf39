/**
 * Ring timeline: from the synchronization that brings an update to the pilot until the last device of each ring has it,
 * gate by gate, each from its earliest to its latest time.
 *
 * Gates stand in a row, so a latest time is the worst case: everything that can wait does. What no source bounds (a
 * download, a device that is off, a person who is late) is not counted, and the report says so.
 *
 * @see https://learn.microsoft.com/defender-endpoint/microsoft-defender-antivirus-production-ring-deployment-group-policy-wsus
 */
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse } from '../result.ts';
import { must, object, oneOf, optional, text, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { Source } from './calculator.ts';
import {
  POLICY_REFRESH_MINUTES,
  readReplication,
  replicationIds,
  replicationMinutes,
} from './policy-refresh-window.ts';
import {
  approximateNote,
  belongingTo,
  clock,
  dailyRuns,
  day,
  given,
  keeping,
  lastRun,
  leewayFields,
  leewayNote,
  localClock,
  middleRings,
  middleRingsOf,
  minuteOf,
  missing,
  momentText,
  newestAges,
  nextRun,
  noLeeway,
  numberField,
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
  SyncSchedule,
  whole,
  zonedAt,
  type DailyRuns,
  type Reading,
  type ScheduleIds,
  type TimeWindow,
} from './ring-schedule.ts';
import { forwardOrBack, isApproximate } from './sync-facts.ts';
import { nextClockChange, type ClockChange } from './zone-times.ts';

const MINUTES_PER_DAY = 1440;

/**
 * Random time after the detection interval, in hours: newer texts of the policy add up to 4 hours; older ones take up to
 * 20 % off the interval, which can only be sooner.
 *
 * @see WindowsUpdate.admx, "Automatic Updates detection frequency"; Policy CSP - Update, DetectionFrequency
 */
const DETECTION_EXTRA_HOURS = 4;

// --- What comes in ----------------------------------------------------------------------------------------------

const ring = () =>
  keeping(
    object(
      {
        name: text(
          'Enter the name of the ring',
          must((name) => name.trim() !== '', 'Enter the name of the ring'),
        ),
        schedule: SyncSchedule,
        /** Hours that an update is wanted to stay in the pilot before this ring takes it. */
        soakHours: optional(whole(1, 336, 'Soak time must be a whole number of hours from 1 to 336')),
        /** `rule`: at the synchronization. `hand`: by someone, once the soak is over. `inherited`: a replica's. */
        approval: oneOf(['rule', 'hand', 'inherited'], 'Select how updates are approved'),
        /** With `hand` only: within how many hours of the moment from which someone may approve. */
        approvalHours: optional(whole(1, 336, 'Time for the approval must be a whole number of hours from 1 to 336')),
        /** Given when a policy change goes with the update: how long it replicates, in minutes. */
        replicationMinutes: optional(
          whole(0, 1_000_000, 'Time for replication must be a whole number of minutes from 0 to 1000000'),
        ),
        detectionHours: whole(1, 22, 'Detection frequency must be a whole number of hours from 1 to 22'),
        /** The deadline of the approval: so many days after it, at a time of day. */
        deadline: optional(
          object(
            {
              days: whole(0, 365, 'Deadline must be a whole number of days from 0 to 365'),
              time: clock('time of the deadline'),
            },
            'Enter the deadline',
            'The deadline must have no other fields',
          ),
        ),
      },
      'Enter the ring',
      'The ring must have no other fields',
    ),
    must(
      ({ approval, approvalHours }) => approval !== 'hand' || approvalHours !== undefined,
      'Enter within how many hours someone approves',
    ),
  );
/** One ring: a WSUS server, and the clients that take from it. */
export const Ring: Shape<Ring> = (value) => ring()(value);
export type Ring = InferShape<ReturnType<typeof ring>>;

const Rings: Shape<Ring[]> = (value) => {
  if (!Array.isArray(value)) return refuse('Enter the rings');
  const rings: Ring[] = [];
  for (const [index, one] of value.entries()) {
    const read = belongingTo(`Ring ${index + 1}`, Ring)(one);
    if (!read.ok) return read;
    rings.push(read.value);
  }
  return ok(rings);
};

const timelineInput = () =>
  keeping(
    object(
      {
        /** The pilot first, production last. */
        rings: Rings,
        /** The day, in the pilot's zone, whose first pilot synchronization brings the update. */
        date: day('Enter the day of the update', 'Day of the update must be a date such as 2026-11-02'),
        /** The day on which the schedules were saved: WSUS keeps the offsets of that day. */
        today: day('Enter the date of today', 'Today must be a date such as 2026-11-02'),
        ...leewayFields(),
      },
      'Enter the rings and the day',
      'The timeline must have no other fields',
    ),
    must(({ rings }) => rings.length >= 2, 'Enter two rings or more'),
    must(
      ({ rings }) => new Set(rings.map(({ name }) => name)).size === rings.length,
      'Each ring must have a name of its own',
    ),
    must(
      ({ rings }) => rings[0]?.approval !== 'inherited',
      'The first ring takes from Microsoft Update and inherits no approvals: select a rule or approval by hand',
    ),
    must(
      ({ rings }) => rings[0]?.soakHours === undefined,
      'The first ring has no ring before it: leave its soak time out',
    ),
  );
export const RingTimelineInput: Shape<RingTimelineInput> = (value) => timelineInput()(value);
export type RingTimelineInput = InferShape<ReturnType<typeof timelineInput>>;

// --- What comes out ---------------------------------------------------------------------------------------------

/** The gates in their order. `upstream` is the synchronization of the server above, `found` is client detection. */
export const gateIds = [
  'upstream',
  'sync',
  'soak',
  'approval',
  'replication',
  'policy',
  'found',
  'deadline',
  'device',
] as const;
export type GateId = (typeof gateIds)[number];

export interface Gate extends TimeWindow {
  readonly id: GateId;
}
export interface TimelineRing extends Ring {
  /** Those that the ring has, in their order; the last is `device`: the update is on the last device. */
  readonly gates: readonly Gate[];
  /** From the earliest start of its synchronization to the latest time for its last device. */
  readonly band: TimeWindow;
  readonly lastDevice: TimeWindow;
}

export type TimelineWarning =
  /** An update may reach this ring before the wanted soak is over; `isByOffset`: the schedules alone would keep it. */
  | {
      readonly kind: 'soak';
      readonly ring: string;
      readonly approval: Ring['approval'];
      readonly wantedMinutes: number;
      readonly shortestMinutes: number;
      readonly isByOffset: boolean;
      /** The nearest pair as scheduled, by each ring's clocks; with the zones where they differ. */
      readonly pilotLocal: string;
      readonly local: string;
    }
  /** The first of the pairs that race. */
  | {
      readonly kind: 'race';
      readonly ring: string;
      readonly above: string;
      readonly local: string;
      readonly aboveLocal: string;
    }
  /** The clocks change while the update is on its way. */
  | {
      readonly kind: 'clock-change';
      readonly timeZone: string;
      readonly rings: readonly string[];
      readonly change: ClockChange;
    }
  /** The clocks change between the day of saving and the day of the update. */
  | { readonly kind: 'moved'; readonly ring: string; readonly typed: string; readonly local: string }
  /** This ring may have it approved before the last device of the ring before it has the update. */
  | { readonly kind: 'overtakes'; readonly ring: string; readonly before: string; readonly byMinutes: number }
  /** The deadline may be past when the update is approved. */
  | { readonly kind: 'deadline'; readonly ring: string };

export interface RingTimeline extends Omit<RingTimelineInput, 'rings'> {
  readonly rings: readonly TimelineRing[];
  readonly warnings: readonly TimelineWarning[];
}

/**
 * Works the timeline out, for any number of rings. Total on parsed input; reads no clock.
 *
 * @example
 * ringTimeline(ringTimelineExample)
 * //=> pilot from 2026-11-02 05:00, on its last device by 2026-11-03 08:30; production from 17:00, by 2026-11-03 20:30
 * //   at the latest; warnings: the offset can shorten the soak, the pilot's deadline may be past, and production may
 * //   overtake the last device of the pilot
 */
export function ringTimeline(input: RingTimelineInput): RingTimeline {
  const daily = input.rings.map(({ schedule }) => dailyRuns(schedule, input.today));
  const rings: TimelineRing[] = [];
  for (const [index, ring] of input.rings.entries()) {
    const server = daily[index];
    if (server) rings.push(timelineRing(input, ring, server, rings));
  }
  return {
    ...input,
    rings,
    warnings: rings
      .flatMap((ring, index) => [
        ...movedWarnings(ring, daily[index]),
        ...soakWarnings(input, ring, rings[0], daily.slice(0, index + 1)),
        ...raceWarnings(input, ring, rings[index - 1], daily[index], daily[index - 1]),
        ...overtakeWarnings(ring, rings[index - 1]),
        ...deadlineWarnings(ring),
      ])
      .concat(clockChangeWarnings(rings)),
  };
}

export const gateOf = ({ gates }: TimelineRing, id: GateId): Gate | undefined => gates.find((gate) => gate.id === id);

const later = (gate: TimeWindow, least: number, most: number): TimeWindow => ({
  earliest: gate.earliest + least,
  latest: gate.latest + most,
});

function timelineRing(
  input: RingTimelineInput,
  ring: Ring,
  server: DailyRuns,
  before: readonly TimelineRing[],
): TimelineRing {
  const { offsetMinutes, syncMinutes } = input;
  const [pilot] = before;
  const above = before.at(-1);
  const gates: Gate[] = [];
  const pass = (id: GateId, { earliest, latest }: TimeWindow): TimeWindow => {
    gates.push({ id, earliest, latest });
    return { earliest, latest };
  };
  /** The run of this server that takes what is above from `there` on: the first that could, to the end of the first that must. */
  const taking = (there: TimeWindow): TimeWindow => ({
    earliest: Math.max(there.earliest, nextRun(server.runs, there.earliest - offsetMinutes)),
    latest: nextRun(server.runs, there.latest + 1) + offsetMinutes + syncMinutes,
  });

  let sync: TimeWindow;
  const there = above && gateOf(above, 'sync');
  if (there) {
    pass('upstream', there);
    sync = pass('sync', taking(there));
  } else {
    const midnight = Temporal.PlainDate.from(input.date).toZonedDateTime(ring.schedule.timeZone);
    const start = nextRun([server.first], minuteOf(midnight));
    sync = pass('sync', { earliest: start, latest: start + offsetMinutes + syncMinutes });
  }

  const pilotSync = pilot && gateOf(pilot, 'sync');
  const soakMinutes = (ring.soakHours ?? 0) * 60;
  const soak =
    pilotSync && soakMinutes > 0 ? pass('soak', later(pilotSync, soakMinutes, soakMinutes - syncMinutes)) : undefined;

  let approved = sync;
  if (ring.approval === 'hand') {
    const free = {
      earliest: Math.max(sync.earliest, soak?.earliest ?? sync.earliest),
      latest: Math.max(sync.latest, soak?.latest ?? sync.latest),
    };
    approved = later(free, 0, (ring.approvalHours ?? 0) * 60);
  } else if (ring.approval === 'inherited' && above) {
    const approvedAbove = gateOf(above, 'approval') ?? sync;
    const brought = taking(approvedAbove);
    approved = {
      earliest: Math.max(sync.earliest, brought.earliest),
      latest: Math.max(sync.latest, brought.latest),
    };
  }
  let ready = pass('approval', approved);
  if (ring.replicationMinutes !== undefined) {
    ready = pass('replication', later(ready, 0, ring.replicationMinutes));
    ready = pass('policy', later(ready, 0, POLICY_REFRESH_MINUTES));
  }
  const found = pass('found', later(ready, 0, (ring.detectionHours + DETECTION_EXTRA_HOURS) * 60));
  const deadline = ring.deadline && pass('deadline', deadlineWindow(approved, ring.deadline, ring.schedule.timeZone));
  const lastDevice = pass('device', {
    earliest: found.earliest,
    latest: Math.max(found.latest, deadline?.latest ?? found.latest),
  });
  return { ...ring, gates, band: { earliest: sync.earliest, latest: lastDevice.latest }, lastDevice };
}

/** Whether a deadline's time is UTC or local is not documented, so it reaches over both readings. */
function deadlineWindow(approved: TimeWindow, deadline: NonNullable<Ring['deadline']>, timeZone: string): TimeWindow {
  const readings = (minute: number): number[] =>
    ['UTC', timeZone].map((zone) => {
      const dueOn = zonedAt(minute, zone).toPlainDate().add({ days: deadline.days });
      return minuteOf(dueOn.toZonedDateTime({ timeZone: zone, plainTime: deadline.time }));
    });
  return {
    earliest: Math.min(...readings(approved.earliest)),
    latest: Math.max(...readings(approved.latest)),
  };
}

// --- What to weigh ----------------------------------------------------------------------------------------------

function movedWarnings({ name, schedule, band }: TimelineRing, server?: DailyRuns): TimelineWarning[] {
  if (!server) return [];
  const then = offsetOf(zonedAt(band.earliest, schedule.timeZone));
  if ((then - offsetOf(server.saved)) % MINUTES_PER_DAY === 0) return [];
  return [{ kind: 'moved', ring: name, typed: schedule.firstSync, local: localClock(server.first, then) }];
}

/** A run of a ring by its clocks when the update reaches it; with the zone where the other ring has another. */
function runText(run: number, { schedule: { timeZone }, band }: TimelineRing, other: TimelineRing): string {
  const local = localClock(run, offsetOf(zonedAt(band.earliest, timeZone)));
  return timeZone === other.schedule.timeZone ? local : `${local} (${timeZone})`;
}

function soakWarnings(
  input: RingTimelineInput,
  ring: TimelineRing,
  pilot: TimelineRing | undefined,
  servers: readonly DailyRuns[],
): TimelineWarning[] {
  const wantedMinutes = (ring.soakHours ?? 0) * 60;
  const chain = servers.map(({ runs }) => runs);
  const own = servers.at(-1);
  if (wantedMinutes === 0 || !pilot || !own) return [];
  const { shortestMinutes } = newestAges(chain, input);
  if (shortestMinutes >= wantedMinutes) return [];
  const pairs = own.runs.map((run) => ({
    run,
    pilotRun: chain.slice(0, -1).reduceRight((start, runs) => lastRun(runs, start), run),
  }));
  const [nearest] = pairs.sort((a, b) => a.run - a.pilotRun - (b.run - b.pilotRun));
  return [
    {
      kind: 'soak',
      ring: ring.name,
      approval: ring.approval,
      wantedMinutes,
      shortestMinutes,
      isByOffset: newestAges(chain, noLeeway).shortestMinutes >= wantedMinutes,
      pilotLocal: runText(nearest?.pilotRun ?? 0, pilot, ring),
      local: runText(nearest?.run ?? 0, ring, pilot),
    },
  ];
}

function raceWarnings(
  input: RingTimelineInput,
  ring: TimelineRing,
  above: TimelineRing | undefined,
  server: DailyRuns | undefined,
  serverAbove: DailyRuns | undefined,
): TimelineWarning[] {
  if (!above || !server || !serverAbove) return [];
  const [first] = races(serverAbove.runs, server.runs, input);
  if (!first) return [];
  return [
    {
      kind: 'race',
      ring: ring.name,
      above: above.name,
      local: runText(first.below, ring, above),
      aboveLocal: runText(first.above, above, ring),
    },
  ];
}

function overtakeWarnings(ring: TimelineRing, before: TimelineRing | undefined): TimelineWarning[] {
  const approval = gateOf(ring, 'approval');
  if (!before || !approval || approval.earliest >= before.lastDevice.latest) return [];
  const byMinutes = before.lastDevice.latest - approval.earliest;
  return [{ kind: 'overtakes', ring: ring.name, before: before.name, byMinutes }];
}

function deadlineWarnings(ring: TimelineRing): TimelineWarning[] {
  const [approval, deadline] = [gateOf(ring, 'approval'), gateOf(ring, 'deadline')];
  return approval && deadline && deadline.earliest <= approval.latest ? [{ kind: 'deadline', ring: ring.name }] : [];
}

function clockChangeWarnings(rings: readonly TimelineRing[]): TimelineWarning[] {
  const from = Math.min(...rings.map(({ band }) => band.earliest));
  const until = Math.max(...rings.map(({ band }) => band.latest));
  const zones = [...new Set(rings.map(({ schedule }) => schedule.timeZone))];
  return zones.flatMap((timeZone) => {
    const found: TimelineWarning[] = [];
    const names = rings.filter(({ schedule }) => schedule.timeZone === timeZone).map(({ name }) => name);
    let at = zonedAt(from, timeZone);
    for (;;) {
      const change = nextClockChange(at);
      if (!change) return found;
      at = Temporal.Instant.from(`${change.date}T${change.clockBefore}${change.offsetBefore}`).toZonedDateTimeISO(
        timeZone,
      );
      if (minuteOf(at) > until) return found;
      if (change.movesMinutes % MINUTES_PER_DAY !== 0)
        found.push({ kind: 'clock-change', timeZone, rings: names, change });
    }
  });
}

// --- From the sheet ---------------------------------------------------------------------------------------------

/** Inputs the calculator waits for. */
export const ringTimelineNeeds: readonly string[] = [
  ...pilotIds,
  'middleRings',
  ...productionIds,
  'pilotApproval',
  'approval',
  'detectionHours',
];
/** Inputs that it uses once they are given; those that an answer calls for are waited for. */
export const ringTimelineAlso: readonly string[] = [
  'syncMode',
  ...middleRings.flatMap(({ ids, soak }) => [...ids, soak]),
  'soakHours',
  'approvalHours',
  'policyChange',
  ...replicationIds,
  'deadline',
  'deadlineDays',
  'deadlineTime',
  'updateDate',
];

/**
 * Takes what the calculator needs from a sheet. Rings between pilot and production are approved like production, and all
 * clients look as often as production's. The day of the update is `updateDate`, or else today.
 *
 * @param today The day at the site, `YYYY-MM-DD`.
 * @example readRingTimeline({}, '2026-11-02').state //=> 'waiting'
 */
export function readRingTimeline(sheet: Sheet, today: string): Reading<RingTimelineInput> {
  const between = middleRingsOf(sheet);
  const approvalOf = (id: string): Ring['approval'] => {
    const approval = given(sheet, id);
    return approval === 'hand' || approval === 'inherited' ? approval : 'rule';
  };
  const [pilotApproval, approval, deadline] = [
    approvalOf('pilotApproval'),
    approvalOf('approval'),
    given(sheet, 'deadline'),
  ];
  const hasDeadline = deadline === 'same-day' || deadline === 'later';
  const hasChange = given(sheet, 'policyChange') === 'yes';
  const { needs, replication } = readReplication(sheet);
  const waitsFor = missing(sheet, [
    ...ringTimelineNeeds,
    ...between.flatMap(({ ids }) => ids),
    ...(pilotApproval === 'hand' || approval === 'hand' ? ['approvalHours'] : []),
    ...(hasChange ? needs : []),
    ...(deadline === 'later' ? ['deadlineDays'] : []),
    ...(hasDeadline ? ['deadlineTime'] : []),
  ]);
  if (waitsFor.length > 0) return { state: 'waiting', waitsFor };

  const ringOf = (name: string, ids: ScheduleIds, approved: Ring['approval'], soakId?: string): Ring => ({
    name,
    schedule: scheduleOf(sheet, ids),
    ...(soakId !== undefined && numberField(sheet, 'soakHours', soakId)),
    approval: approved,
    ...(approved === 'hand' && numberField(sheet, 'approvalHours', 'approvalHours')),
    ...(hasChange && replication && { replicationMinutes: replicationMinutes(replication) }),
    detectionHours: Number(given(sheet, 'detectionHours')),
    ...(hasDeadline && {
      deadline: {
        days: deadline === 'later' ? Number(given(sheet, 'deadlineDays')) : 0,
        time: String(given(sheet, 'deadlineTime')),
      },
    }),
  });
  return {
    state: 'ready',
    input: {
      rings: [
        ringOf('Pilot', pilotIds, pilotApproval),
        ...between.map(({ name, ids, soak }) => ringOf(name, ids, approval, soak)),
        ringOf('Production', productionIds, approval, 'soakHours'),
      ],
      date: String(given(sheet, 'updateDate') ?? today),
      today,
      ...plannedLeeway,
    },
  };
}

// --- The words --------------------------------------------------------------------------------------------------

/** What each gate is called, and the letter that marks it in the picture. */
export const gateWords: Readonly<Record<GateId, readonly [letter: string, words: string]>> = {
  upstream: ['U', 'Upstream synchronizes'],
  sync: ['S', 'This ring synchronizes'],
  soak: ['W', 'Wanted soak is over'],
  approval: ['A', 'Approved'],
  replication: ['R', 'Policy replicated'],
  policy: ['P', 'Policy in force'],
  found: ['F', 'Found by clients'],
  deadline: ['D', 'Deadline'],
  device: ['L', 'On the last device'],
};

function boundText(id: GateId, ring: TimelineRing, { rings, offsetMinutes, syncMinutes }: RingTimeline): string {
  const {
    soakHours = 0,
    approval,
    approvalHours = 0,
    replicationMinutes: replication = 0,
    detectionHours,
    deadline,
  } = ring;
  switch (id) {
    case 'upstream':
      return 'Synchronization of the ring before';
    case 'sync':
      return `Schedule, plus an offset of up to ${span(offsetMinutes)} and up to ${span(syncMinutes)} of synchronizing`;
    case 'soak':
      return `${soakHours} h after ${rings[0]?.name ?? ''} began to synchronize`;
    case 'approval':
      return {
        rule: 'Approval rule, at the synchronization',
        hand: `By hand, within ${approvalHours} h of the synchronization and the wanted soak`,
        inherited: 'Inherited from above by a synchronization',
      }[approval];
    case 'replication':
      return `Up to ${span(replication)}`;
    case 'policy':
      return 'Every 90 min plus up to 30 min';
    case 'found':
      return `Every ${detectionHours} h plus up to ${DETECTION_EXTRA_HOURS} h`;
    case 'deadline':
      return `${deadline?.days ?? 0} days after the approval at ${deadline?.time ?? ''}, read as UTC and as local time`;
    case 'device':
      return deadline ? 'Found, or the deadline if that is later' : 'Found; no deadline is counted';
  }
}

function warningText(warning: TimelineWarning): string {
  const { kind } = warning;
  switch (kind) {
    case 'soak': {
      const { ring, approval, wantedMinutes, shortestMinutes, isByOffset, pilotLocal, local } = warning;
      const what = isByOffset
        ? 'The random offset can shorten the soak'
        : 'A pilot synchronization falls inside the wanted soak';
      const advice = {
        hand: 'Approve only what has been in the pilot long enough.',
        rule: 'The approval rule does not wait: move a schedule, or approve by hand.',
        inherited: 'A replica does not wait: approve for each group on the server above, once the soak is over.',
      }[approval];
      return (
        `${what}: the pilot synchronizes at ${pilotLocal} and ${ring} at ${local}, so an update may be in the pilot for only ` +
        `${span(shortestMinutes)} of the wanted ${span(wantedMinutes)}. ${advice}`
      );
    }
    case 'race':
      return (
        `Two synchronizations race: ${warning.above} at ${warning.aboveLocal} and ${warning.ring} at ${warning.local} may run ` +
        `in either order. Whether ${warning.ring} gets an update then or one synchronization later is chance.`
      );
    case 'clock-change':
      return (
        `A clock change falls in: on ${warning.change.date} at ${warning.change.clockBefore} the clocks in ` +
        `${warning.timeZone} go ${forwardOrBack(warning.change)}. WSUS keeps its times in UTC: by the clocks ` +
        `the schedule of ${warning.rings.join(' and ')} is off until saved again, and saving only some changes the soak.`
      );
    case 'moved':
      return (
        `The clocks change before the day of the update: ${warning.ring} then synchronizes first at ${warning.local} instead ` +
        `of ${warning.typed}, until its schedule is saved again.`
      );
    case 'overtakes':
      return (
        `${warning.ring} may approve the update up to ${span(warning.byMinutes)} before it is on the last device of ` +
        `${warning.before}.`
      );
    case 'deadline':
      return `The deadline of ${warning.ring} may be past when the update is approved: clients then install at their next contact.`;
  }
}

const windowText = ({ earliest, latest }: TimeWindow, timeZone: string): string =>
  `${momentText(earliest, timeZone)} to ${momentText(latest, timeZone)}`;

/** The timeline in words: the rings at a glance, each ring gate by gate, and what to weigh. */
export function describeRingTimeline(value: RingTimeline): Report {
  const { rings } = value;
  const [pilot, production] = [rings[0], rings.at(-1)];
  if (!pilot || !production) return [];
  const cell = (ring: TimelineRing, id: GateId): string => {
    const gate = gateOf(ring, id);
    return gate ? windowText(gate, ring.schedule.timeZone) : 'not counted';
  };
  return [
    {
      kind: 'sentence',
      text:
        `An update that ${pilot.name} takes at its first synchronization of ${value.date} is on the last device of ` +
        `${production.name} between ${momentText(production.lastDevice.earliest, production.schedule.timeZone)} and ` +
        `${momentText(production.lastDevice.latest, production.schedule.timeZone)}, in the zone ` +
        `${production.schedule.timeZone}.`,
    },
    ...value.warnings.map((warning): ReportPart => ({ kind: 'warning', text: warningText(warning) })),
    {
      kind: 'table',
      caption: 'Rings at a glance, each by the clocks of its own zone',
      head: ['Ring', 'Synchronizes', 'Wanted soak is over', 'Policy in force', 'On the last device'],
      rows: rings.map((ring) => [
        `${ring.name} (${ring.schedule.timeZone})`,
        ...(['sync', 'soak', 'policy', 'device'] as const).map((id) => cell(ring, id)),
      ]),
    },
    ...rings.map((ring): ReportPart => ({
      kind: 'table',
      caption: `${ring.name}, gate by gate, in the zone ${ring.schedule.timeZone}`,
      head: ['Gate', 'Earliest', 'Latest', 'Where the bounds come from'],
      rows: ring.gates.map(({ id, earliest, latest }) => [
        gateWords[id][1],
        momentText(earliest, ring.schedule.timeZone),
        momentText(latest, ring.schedule.timeZone),
        boundText(id, ring, value),
      ]),
    })),
    ...(rings.some(({ schedule }) => isApproximate(schedule.syncsPerDay))
      ? [{ kind: 'note' as const, text: approximateNote }]
      : []),
  ];
}

/** What holds whatever is entered. */
export const ringTimelineBackground = (): Report => [
  { kind: 'note', text: leewayNote(plannedLeeway) },
  {
    kind: 'note',
    text:
      'The newer text of the detection policy adds up to 4 hours to the interval, which is counted; the older one takes up ' +
      'to 20 % off it. Not counted, because no source bounds it: downloading and installing, devices that are off, and what ' +
      'Automatic Updates waits for without a deadline.',
  },
];

/** The worked example: schedules and deadline of Microsoft's ring guides; no site's values, and never a default. */
export const ringTimelineExample: RingTimelineInput = {
  rings: [
    {
      name: 'Pilot',
      schedule: { firstSync: '05:00', timeZone: 'America/New_York', syncsPerDay: 1 },
      approval: 'rule',
      detectionHours: 22,
      deadline: { days: 0, time: '05:00' },
    },
    {
      name: 'Production',
      schedule: { firstSync: '17:00', timeZone: 'America/New_York', syncsPerDay: 1 },
      soakHours: 12,
      approval: 'rule',
      detectionHours: 22,
    },
  ],
  date: '2026-11-02',
  today: '2026-11-02',
  offsetMinutes: PLANNED_OFFSET_MINUTES,
  syncMinutes: PLANNED_SYNC_MINUTES,
};

/** Where each rule comes from. */
export const ringTimelineSources: readonly Source[] = [
  scheduleSource,
  timeOfDaySource,
  planSource,
  ringGuideSource,
  {
    title: 'Configure Group Policy settings for Automatic Updates',
    url: 'https://learn.microsoft.com/windows-server/administration/windows-server-update-services/deploy/4-configure-group-policy-settings-for-automatic-updates',
    read: '2023-09-19',
  },
  {
    title: 'Group Policy processing',
    url: 'https://learn.microsoft.com/windows-server/identity/ad-ds/manage/group-policy/group-policy-processing',
    read: '2024-04-16',
  },
];
