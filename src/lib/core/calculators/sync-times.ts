/**
 * Sync times: when WSUS synchronizes by the clock of its own zone and in UTC, what it stores, what the next clock change
 * does to it, and the PowerShell that sets it.
 *
 * WSUS keeps the time of the first synchronization as a time of day in UTC, so a schedule that is right today moves at
 * the next clock change and stays moved until someone saves it again.
 *
 * @see https://learn.microsoft.com/previous-versions/windows/desktop/ms750871(v=vs.85) ISubscription.SynchronizeAutomaticallyTimeOfDay
 * @see https://learn.microsoft.com/windows-server/administration/windows-server-update-services/manage/setting-up-update-synchronizations
 */
import { commandArgument, type Command, type CommandValue } from '../commands/command.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import { must, object, oneOf, optional, text, type Fields, type InferShape, type Shape } from '../shape.ts';
import { commandValue, type Sheet } from '../sheet/sheet.ts';
import { isCalendarDate, isZone } from '../sheet/zones.ts';
import { dayNotes, forwardOrBack, isApproximate, spanText } from './sync-facts.ts';
import {
  clockText,
  dailyTimes,
  nextClockChange,
  placeLocalTime,
  storedUtcTime,
  type ClockChange,
  type DailyTime,
} from './zone-times.ts';

const MINUTES_PER_DAY = 1440;

/**
 * Largest random offset in minutes that any text gives (serverbrain.org on WSUS 2.0). Microsoft says that WSUS adds a
 * random offset and gives no size, so this is never shown without saying that it is unconfirmed.
 */
export const UNCONFIRMED_OFFSET_MINUTES = 30;

const whole =
  (largest: number, why: string): Shape<number> =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= largest ? ok(value) : refuse(why);
/** An object with these fields; one more is nothing a reader typed, so the words for it are short. */
const fieldsOf = <F extends Fields>(fields: F) =>
  object(fields, 'Enter the schedule', 'The schedule must have no other fields');

const Server = fieldsOf({
  name: text(
    'Enter the name of this WSUS server',
    must((name) => name !== '', 'Enter the name of this WSUS server'),
  ),
  port: whole(65_535, 'Port of this WSUS server must be a whole number from 1 to 65535'),
  useSsl: (value: unknown): Result<boolean> =>
    typeof value === 'boolean' ? ok(value) : refuse('Select yes if clients reach this server over SSL'),
});
type Server = InferShape<typeof Server>;

const ManualInput = fieldsOf({
  mode: oneOf(['manual'], 'Select how this server synchronizes'),
  server: optional(Server),
});
const AutomaticInput = fieldsOf({
  mode: oneOf(['automatic'], 'Select how this server synchronizes'),
  firstSync: text(
    'Enter the time of the first synchronization',
    must((clock) => /^([01]\d|2[0-3]):[0-5]\d$/.test(clock), 'First synchronization must be from 00:00 to 23:59'),
  ),
  timeZone: text(
    'Enter the time zone of the WSUS server',
    must(isZone, 'Time zone must be an IANA zone, for example Europe/Berlin'),
  ),
  syncsPerDay: whole(24, 'Synchronizations per day must be a whole number from 1 to 24'),
  today: text('Enter the date of today', must(isCalendarDate, 'Today must be a date such as 2026-11-02')),
  server: optional(Server),
});
type ManualInput = InferShape<typeof ManualInput>;
type AutomaticInput = InferShape<typeof AutomaticInput>;

export type SyncTimesInput = ManualInput | AutomaticInput;
/**
 * What the calculator needs. Without `server` the commands speak to the WSUS server they run on. `today` is the day at
 * the WSUS server, `YYYY-MM-DD`: the offset from UTC depends on it.
 */
export const SyncTimesInput: Shape<SyncTimesInput> = (value) => {
  const manual = ManualInput(value);
  return manual.ok ? manual : AutomaticInput(value);
};

/** A schedule worked out. Times are `HH:MM` by a 24-hour clock, rounded to the minute. */
export interface AutomaticSyncTimes extends AutomaticInput {
  /** Round the clock from the first synchronization. Each is the earliest start: WSUS adds a random offset to it. */
  readonly times: readonly DailyTime[];
  /** From one synchronization to the next in minutes, 1440 divided by their number; may have a fraction. */
  readonly spacingMinutes: number;
  /** True where 24 hours divide into no whole hours: Microsoft documents no rule for these numbers. */
  readonly isApproximate: boolean;
  /** The UTC time of day that WSUS stores: `HH:MM:SS`, less than 24 hours. */
  readonly storedUtc: string;
  /** Offset from UTC that holds at the first synchronization of `today`, for example `-05:00`. */
  readonly offset: string;
  /** How often the clocks show `firstSync` on `today`; other than `once` at a clock change only. */
  readonly happens: 'once' | 'skipped' | 'twice';
  readonly nextChange: (ClockChange & { readonly localTimesAfter: readonly string[] }) | 'none';
  /** Every clock change of the year that begins with `today`, and the first synchronization by the clocks from then on. */
  readonly year: readonly (ClockChange & { readonly firstLocal: string })[];
}
export type SyncTimes = ManualInput | AutomaticSyncTimes;

/**
 * Works out a schedule. Total on parsed input; reads no clock.
 *
 * @example
 * syncTimes({ mode: 'automatic', firstSync: '22:00', timeZone: 'Europe/Berlin', syncsPerDay: 6, today: '2026-01-15' })
 * //=> storedUtc '21:00:00', spacingMinutes 240, local times 22:00 02:00 06:00 10:00 14:00 18:00,
 * //   UTC times 21:00 01:00 05:00 09:00 13:00 17:00; on 2026-03-29 the clocks move 60 minutes forward,
 * //   and the same schedule runs at 23:00 03:00 07:00 11:00 15:00 19:00
 */
export const syncTimes = (input: SyncTimesInput): SyncTimes =>
  input.mode === 'manual' ? input : automaticSyncTimes(input);

function automaticSyncTimes(input: AutomaticInput): AutomaticSyncTimes {
  const { firstSync, timeZone, syncsPerDay, today } = input;
  const { at, happens } = placeLocalTime(today, firstSync, timeZone);
  const times = dailyTimes(at, syncsPerDay);
  const change = nextClockChange(at);
  return {
    ...input,
    times,
    spacingMinutes: MINUTES_PER_DAY / syncsPerDay,
    isApproximate: isApproximate(syncsPerDay),
    storedUtc: storedUtcTime(at),
    offset: at.offset,
    happens,
    nextChange: change
      ? { ...change, localTimesAfter: times.map(({ local }) => clockText(minutesOf(local) + change.movesMinutes)) }
      : 'none',
    year: yearFrom(at),
  };
}

/** What a year of clock changes does to a schedule that nobody saves again: it keeps its time in UTC. */
function yearFrom(at: Temporal.ZonedDateTime): AutomaticSyncTimes['year'] {
  const until = at.add({ years: 1 });
  const year: (ClockChange & { firstLocal: string })[] = [];
  let minutes = at.hour * 60 + at.minute;
  for (let from = at; ;) {
    const change = nextClockChange(from);
    if (!change) return year;
    from = Temporal.Instant.from(`${change.date}T${change.clockBefore}${change.offsetBefore}`).toZonedDateTimeISO(
      at.timeZoneId,
    );
    if (Temporal.ZonedDateTime.compare(from, until) >= 0) return year;
    minutes += change.movesMinutes;
    year.push({ ...change, firstLocal: clockText(minutes) });
  }
}

/** Minutes since midnight of `HH:MM`. */
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

// --- From the sheet ---------------------------------------------------------------------------------------------

export type SyncTimesReading =
  | { readonly state: 'ready'; readonly input: SyncTimesInput }
  /** Ids of the inputs that are missing or wrong. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[] };

/** Inputs the calculator waits for, in the order in which a reader meets them; with manual synchronization only the first. */
export const syncTimesNeeds = ['syncMode', 'firstSync', 'syncsPerDay', 'timeZone'] as const;
/** Inputs that make the commands name the server; they are used once all are given. */
export const syncTimesServerInputs = ['wsusServer', 'wsusPort', 'wsusSsl'] as const;

/**
 * Takes what the calculator needs from a sheet. A runbook that does not name `syncMode` means a schedule.
 *
 * @param today The day at the WSUS server, `YYYY-MM-DD`.
 * @example readSyncTimes({}, '2026-11-02') //=> { state: 'waiting', waitsFor: ['firstSync', 'syncsPerDay', 'timeZone'] }
 */
export function readSyncTimes(sheet: Sheet, today: string): SyncTimesReading {
  const [name, port, useSsl] = syncTimesServerInputs.map((id) => commandValue(sheet[id]));
  const server = name === undefined || port === undefined || useSsl === undefined ? undefined : { name, port, useSsl };
  const isGiven = (id: string): boolean => sheet[id]?.state === 'given';
  const mode = sheet['syncMode'] === undefined ? 'automatic' : commandValue(sheet['syncMode']);
  const [, firstSync, syncsPerDay, timeZone] = syncTimesNeeds.map((id) => commandValue(sheet[id]));
  const schedule = mode === 'manual' ? {} : { firstSync, syncsPerDay, timeZone, today };
  const read = SyncTimesInput({ mode, ...schedule, server });
  if (read.ok) return { state: 'ready', input: read.value };
  const needed = mode === 'manual' ? [] : syncTimesNeeds.filter((id) => id !== 'syncMode' || mode === undefined);
  return { state: 'waiting', waitsFor: needed.filter((id) => !isGiven(id)) };
}

// --- The words --------------------------------------------------------------------------------------------------

function dailySentence({
  firstSync,
  syncsPerDay,
  spacingMinutes,
  isApproximate,
  timeZone,
}: AutomaticSyncTimes): string {
  if (syncsPerDay === 1) return `WSUS synchronizes once a day, at ${firstSync} in the zone ${timeZone}.`;
  const every = `every ${isApproximate ? 'about ' : ''}${spanText(spacingMinutes)}`;
  return `WSUS synchronizes ${syncsPerDay} times a day, ${every}, from ${firstSync} in the zone ${timeZone}.`;
}

function happensParts({ firstSync, today, timeZone, happens, offset, times }: AutomaticSyncTimes): ReportPart[] {
  const where = `on ${today} in ${timeZone}`;
  if (happens === 'skipped') {
    return [
      {
        kind: 'warning',
        text:
          `${firstSync} does not exist ${where}, because the clocks skip it. Saved on that day, the schedule ` +
          `means ${times[0]?.local ?? ''} from then on. Save it on another day.`,
      },
    ];
  }
  if (happens === 'twice') {
    return [
      {
        kind: 'warning',
        text:
          `${firstSync} happens twice ${where}, because the clocks go back over it. The PowerShell below takes the ` +
          `second time (offset ${offset}), and so does this calculation.`,
      },
    ];
  }
  return [];
}

function changePart({ nextChange, firstSync, timeZone, today }: AutomaticSyncTimes): ReportPart {
  if (nextChange === 'none') {
    return {
      kind: 'note',
      text: `No clock change after ${today} is known for ${timeZone}, so the local times stay as they are.`,
    };
  }
  const { date, clockBefore, movesMinutes, offsetBefore, offsetAfter, localTimesAfter } = nextChange;
  const change =
    `On ${date} at ${clockBefore} the clocks in ${timeZone} go ${forwardOrBack(nextChange)} ` +
    `(offset ${offsetBefore} to ${offsetAfter}).`;
  if (movesMinutes % MINUTES_PER_DAY === 0) {
    return { kind: 'note', text: `${change} That is whole days, so the local times stay as they are.` };
  }
  return {
    kind: 'warning',
    text:
      `${change} WSUS keeps its time in UTC, so from then on it synchronizes ${spanText(Math.abs(movesMinutes))} ` +
      `${movesMinutes > 0 ? 'later' : 'earlier'} by the clock: ${localTimesAfter.join(', ')}. ` +
      `To keep ${firstSync}, save the schedule again after that change.`,
  };
}

function scheduleParts(value: AutomaticSyncTimes): ReportPart[] {
  const {
    firstSync,
    today,
    times,
    spacingMinutes,
    isApproximate,
    storedUtc,
    offset,
    nextChange,
    syncsPerDay,
    timeZone,
  } = value;
  const about = isApproximate ? 'about ' : '';
  return [
    { kind: 'sentence', text: dailySentence(value) },
    ...happensParts(value),
    {
      kind: 'facts',
      caption: 'What WSUS keeps',
      rows: [
        { label: 'First synchronization, local', value: `${firstSync} (offset ${offset} on ${today})` },
        { label: 'Stored by WSUS, in UTC', value: storedUtc },
        { label: 'Synchronizations per day', value: String(syncsPerDay) },
        { label: 'From one to the next', value: `${about}${spanText(spacingMinutes)}` },
        {
          label: 'Next clock change',
          value:
            nextChange === 'none'
              ? 'none known'
              : `${nextChange.date}, ${nextChange.clockBefore} to ${nextChange.clockAfter}, ${forwardOrBack(nextChange)}`,
        },
      ],
    },
    {
      kind: 'table',
      caption: `Synchronizations of a day, offset ${offset}`,
      head: [
        `Local (${timeZone})`,
        'UTC (day as seen from the local time)',
        'Earliest start, local',
        'Latest start, local',
      ],
      rows: times.map(({ local, utc, utcDay }, index) => {
        // The first is what was entered; only what follows from the spacing is uncertain.
        const by = index > 0 ? about : '';
        return [`${by}${local}`, `${by}${utc}${dayNotes[utcDay] ?? ''}`, `${by}${local}`, `${by}${local} + offset`];
      }),
    },
    ...yearParts(value),
    ...(isApproximate
      ? [
          {
            kind: 'warning' as const,
            text:
              `Microsoft documents no rule for ${syncsPerDay} synchronizations a day, because 24 hours do not divide ` +
              'evenly by that. The times after the first assume even spacing: verify with GetNextSynchronizationTime().',
          },
        ]
      : []),
    {
      kind: 'note',
      text:
        'WSUS adds a random offset to each scheduled time, to spread the load on Microsoft Update. The earliest start is ' +
        'the scheduled time; the latest is the scheduled time + offset (size not documented by Microsoft; a third-party ' +
        `text on an old version says up to ${UNCONFIRMED_OFFSET_MINUTES} minutes). Whether a server with another WSUS ` +
        'server above it adds the offset is not documented either.',
    },
    changePart(value),
  ];
}

/**
 * The result in words, with the commands: first the one that shows the present schedule, so that it can be recorded,
 * then the one that sets and verifies the new schedule, then how to undo it.
 */
export function describeSyncTimes(value: SyncTimes): Report {
  const schedule: Report =
    value.mode === 'automatic'
      ? scheduleParts(value)
      : [
          {
            kind: 'sentence',
            text: 'WSUS synchronizes only when someone starts it. It keeps the stored times, and does not use them.',
          },
        ];
  return [
    ...schedule,
    commandPart(presentSchedule(value.server)),
    commandPart(value.mode === 'automatic' ? setSchedule(value) : setManual(value.server)),
    {
      kind: 'note',
      text:
        'To undo, set SynchronizeAutomatically, SynchronizeAutomaticallyTimeOfDay and NumberOfSynchronizationsPerDay back to ' +
        'the recorded values, and save. The recorded time of day is in UTC already: put it back as it is, without ' +
        'ToUniversalTime().',
    },
  ];
}

/** The year's view: from when on the first synchronization is at which time, if nobody saves the schedule again. */
const yearParts = ({ year, firstSync, timeZone, today, storedUtc, times }: AutomaticSyncTimes): ReportPart[] =>
  year.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: `A year without saving the schedule again (${timeZone})`,
          head: ['From', 'Clocks go', 'First synchronization, local', 'UTC'],
          rows: [
            [today, '', times[0]?.local ?? firstSync, storedUtc.slice(0, 5)],
            ...year.map((change) => [change.date, forwardOrBack(change), change.firstLocal, storedUtc.slice(0, 5)]),
          ],
        },
      ];

/** The input of the worked example on a page without scripts; no site's values, and never a default. */
export const syncTimesExample: AutomaticInput = {
  mode: 'automatic',
  firstSync: '17:00',
  timeZone: 'America/New_York',
  syncsPerDay: 4,
  today: '2026-11-02',
};

/** The worked example in words, without commands: nobody can copy a schedule that is not theirs. */
export const describeSyncTimesExample = (): Report => scheduleParts(automaticSyncTimes(syncTimesExample));

// --- PowerShell -------------------------------------------------------------------------------------------------

/** What fills a hole: a value, which goes through the door, or PowerShell that was made here. */
type Hole = CommandValue | Result<string>;

/** PowerShell text with holes; the first value that the door refuses refuses the whole. */
function powershell(fixed: TemplateStringsArray, ...holes: readonly Hole[]): Result<string> {
  let text = fixed[0] ?? '';
  for (const [index, hole] of holes.entries()) {
    const filled = typeof hole === 'object' ? hole : commandArgument('powershell', hole);
    if (!filled.ok) return filled;
    text += filled.value + (fixed[index + 1] ?? '');
  }
  return ok(text);
}

function getServer(server: Server | undefined): Result<string> {
  if (!server) return powershell`Get-WsusServer`;
  const get = powershell`Get-WsusServer -Name ${server.name} -PortNumber ${server.port}`;
  return server.useSsl ? powershell`${get} -UseSsl` : get;
}

/** A command to be, whose values may yet be refused. */
type CommandDraft = Pick<Command, 'title' | 'why'> & { readonly text: Result<string> };

const commandPart = ({ title, why, text }: CommandDraft): ReportPart =>
  text.ok
    ? {
        kind: 'command',
        // ToUniversalTime() uses the zone of the machine that runs it. Whether the UpdateServices module works in PowerShell 7 is not documented.
        command: {
          shell: 'powershell',
          title,
          text: text.value,
          why,
          where: 'the WSUS server, Windows PowerShell as administrator',
        },
      }
    : { kind: 'warning', text: `There is no command for "${title}". ${text.why}` };

const presentSchedule = (server: Server | undefined): CommandDraft => ({
  title: 'Show the present schedule',
  why: 'Reads the schedule as WSUS stores it and changes nothing. Record all three values: undo puts back exactly these.',
  text: powershell`(${getServer(server)}).GetSubscription() |
  Format-List 'SynchronizeAutomatically', 'SynchronizeAutomaticallyTimeOfDay', 'NumberOfSynchronizationsPerDay'`,
});

/**
 * Wraps a change of the subscription: one script block, so that a console that takes pasted text line by line still
 * stops at the first error; `Stop` holds inside it only. `Save()` fails while a synchronization runs
 * (https://learn.microsoft.com/previous-versions/windows/desktop/ms820579(v=msdn.10)).
 */
const changeSubscription = (server: Server | undefined, change: Result<string>): Result<string> => powershell`& {
  $ErrorActionPreference = 'Stop'
  $wsus = ${getServer(server)}
  $subscription = $wsus.GetSubscription()
  if ("$($subscription.GetSynchronizationStatus())" -ne 'NotProcessing') {
    throw 'A synchronization is running, and the schedule cannot be saved until it has finished. Nothing was changed.'
  }
${change}
}`;

const setSchedule = ({
  firstSync,
  syncsPerDay,
  storedUtc,
  timeZone,
  today,
  server,
}: AutomaticSyncTimes): CommandDraft => ({
  title: 'Set the schedule',
  why:
    `Sets and saves the schedule, warns if the server did not store ${storedUtc} UTC, and shows the next synchronization ` +
    'in local time: it is one of the times above, plus the random offset.',
  text: changeSubscription(
    server,
    powershell`  $subscription.SynchronizeAutomatically = $true
  $subscription.SynchronizeAutomaticallyTimeOfDay = ([datetime]::Today + [timespan]${`${firstSync}:00`}).ToUniversalTime().TimeOfDay
  $subscription.NumberOfSynchronizationsPerDay = ${syncsPerDay}
  $subscription.Save()
  $saved = $wsus.GetSubscription()
  if ($saved.SynchronizeAutomaticallyTimeOfDay -ne [timespan]${storedUtc}) {
    Write-Warning "WSUS stored $($saved.SynchronizeAutomaticallyTimeOfDay) UTC."
    Write-Warning ${`Worked out was ${storedUtc} UTC, for ${timeZone} on ${today}. Either this computer is in another zone, or the clocks have changed since.`}
  }
  $saved.GetNextSynchronizationTime().ToLocalTime()`,
  ),
});

const setManual = (server: Server | undefined): CommandDraft => ({
  title: 'Synchronize manually',
  why: 'Turns the schedule off, saves, and shows the result: SynchronizeAutomatically is False. Someone must start each synchronization from then on.',
  text: changeSubscription(
    server,
    powershell`  $subscription.SynchronizeAutomatically = $false
  $subscription.Save()
  $wsus.GetSubscription() | Format-List 'SynchronizeAutomatically'`,
  ),
});
