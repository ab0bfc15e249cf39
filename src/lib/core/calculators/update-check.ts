/**
 * When to check for updates: on which day and at what time, or at which interval, clients look for security
 * intelligence; when they catch up, when they count as out of date, and how far their start is spread.
 *
 * These times are Defender's own. They are not the detection frequency of Windows Update.
 *
 * @see https://learn.microsoft.com/defender-endpoint/manage-protection-update-schedule-microsoft-defender-antivirus
 */
import type { Command, CommandValue } from '../commands/command.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { refuse, type Result } from '../result.ts';
import { object, oneOf, optional, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { Source } from './calculator.ts';
import { textOf, wholeFrom, yesOrNo } from './field-shapes.ts';
import {
  Answers,
  answersOf,
  beforeInput,
  commandParts,
  describeChanges,
  planChanges,
  preferenceCommand,
  recordedNames,
  stateBefore,
  type PlannedChange,
  type Wanted,
} from './policy-changes.ts';
import { dayNotes } from './sync-facts.ts';
import { checkSettings } from './update-check-settings.ts';
import { answerIn, choiceIn, numberIn, textIn } from './sheet-values.ts';
import { clockText } from './zone-times.ts';

const MINUTES_PER_DAY = 1440;
/** Window of the randomization in hours where no policy sets it. */
const DEFAULT_WINDOW_HOURS = 4;
/** Days after which clients count as out of date where no policy sets them. */
const DEFAULT_OUT_OF_DATE_DAYS = 7;
const EVERY_DAY = 0;
const NEVER = 8;

const days = (label: string) => optional(wholeFrom(1, 4_294_967_295, label));

const Fields = object(
  {
    checkBy: oneOf(['time', 'interval'], 'Select time or interval'),
    /** 0 is every day, 1 Sunday, 7 Saturday, 8 never; used with `time`. */
    checkDay: optional(wholeFrom(EVERY_DAY, NEVER, 'Day of the check')),
    /** `HH:MM` by the clock of the client; used with `time`, but for never. */
    checkTime: optional(textOf({ kind: 'time', label: 'Time of the check' })),
    /** From 1 to 24; used with `interval`. */
    checkHours: optional(wholeFrom(1, 24, 'Interval of the check')),
    catchUpDays: days('Catch-up'),
    outOfDateDays: days('Out of date'),
    randomizeTasks: optional(yesOrNo('randomizeTasks')),
    /** From 1 to 23; not used where tasks are not randomized. */
    randomHours: optional(wholeFrom(1, 23, 'Randomization window')),
    checkAtStartup: optional(yesOrNo('checkAtStartup')),
    updateWithoutEngine: optional(yesOrNo('updateWithoutEngine')),
    scanAfterUpdate: optional(yesOrNo('scanAfterUpdate')),
    updateOnBattery: optional(yesOrNo('updateOnBattery')),
    checkBeforeScan: optional(yesOrNo('checkBeforeScan')),
    productionGpo: optional(textOf({ kind: 'gpo', label: 'Production GPO' })),
    /** What the record commands answered; adds the undo. */
    before: optional(Answers),
  },
  'Enter the check and nothing else',
);
export type UpdateCheckInput = InferShape<typeof Fields>;

/** Reads the input. An interval takes the place of day and time, so only one of the two is used. */
export const UpdateCheckInput: Shape<UpdateCheckInput> = (value) => {
  const read = Fields(value);
  if (!read.ok) return read;
  const { checkBy, checkDay, checkTime, checkHours } = read.value;
  if (checkBy === 'interval') return checkHours === undefined ? refuse('Enter the interval of the check') : read;
  if (checkDay === undefined) return refuse('Select the day of the check');
  return checkDay !== NEVER && checkTime === undefined ? refuse('Enter the time of the check') : read;
};

/** When a check starts, by one text. Minutes are counted from midnight of its day; less than 0 is the day before. */
export interface StartReading {
  /** How the start is spread, and who says so. */
  readonly text: string;
  readonly earliestMinutes: number;
  readonly latestMinutes: number;
}

export interface UpdateCheck {
  readonly by: 'time' | 'interval';
  /** Minutes past midnight, from 0 to 1439; left out without a time. */
  readonly scheduleMinutes?: number;
  /** The newest text first; empty without a time. */
  readonly starts: readonly StartReading[];
  /** Sentences to weigh before the change. */
  readonly notes: readonly string[];
  readonly changes: Result<readonly PlannedChange[]>;
  /** What Set-MpPreference has a parameter for. */
  readonly preference: Result<readonly Command[]>;
}

/** Minutes past midnight of `HH:MM`. */
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * Works out the check. Total on parsed input.
 *
 * @example
 * updateCheck(updateCheckExample)
 * //=> ScheduleDay 0 and ScheduleTime 1080 for every day at 18:00, no interval; starts from 18:00 to 20:00 by the current
 * //   template with its window of 2 hours, from 17:30 to 18:30 by older texts
 */
export function updateCheck(input: UpdateCheckInput): UpdateCheck {
  const { checkBy: by, checkTime = '', outOfDateDays, productionGpo, before = {}, ...rest } = input;
  const isNever = by === 'time' && rest.checkDay === NEVER;
  const minutes = by === 'interval' || isNever ? undefined : minutesOf(checkTime);
  const randomHours = rest.randomizeTasks === false ? undefined : rest.randomHours;
  const data = {
    ...rest,
    ...(by === 'time' ? { checkHours: undefined } : { checkDay: undefined }),
    checkTime: minutes,
    virusDue: outOfDateDays,
    spywareDue: outOfDateDays,
    randomHours,
  };
  const wanted: Wanted[] = [];
  const preferences: (readonly [string, CommandValue])[] = [];
  for (const [name, setting] of checkSettings) {
    const value = data[name];
    const [on] = setting.enabled.writes;
    if (value === undefined) {
      // What the other way of checking left is taken out, once it is known to be there.
      if (/^check(Day|Time|Hours)$/.test(name) && stateBefore(setting, before)) {
        wanted.push({ setting, state: 'not-configured' });
      }
      continue;
    }
    if (typeof value === 'boolean') wanted.push({ setting, state: value ? 'enabled' : 'disabled' });
    else wanted.push({ setting, state: 'enabled', values: { [setting.elements[0]?.id ?? '']: value } });
    // Where the registry value is named after the opposite, so is the parameter; the time is no number there.
    const parameter = on ? value === (on.data === 1) : name === 'checkTime' ? `${checkTime}:00` : value;
    if (setting.preference) preferences.push([setting.preference, parameter]);
  }
  const due = outOfDateDays ?? DEFAULT_OUT_OF_DATE_DAYS;
  const rules: readonly (readonly [boolean, string])[] = [
    [isNever, 'With Never, clients check at no time of day.'],
    [(rest.catchUpDays ?? 0) > due, `Clients are out of date after ${due} days, before they catch up.`],
    [randomHours !== rest.randomHours, 'Without randomization there is no window.'],
  ];
  return {
    by,
    ...(minutes !== undefined && { scheduleMinutes: minutes }),
    starts: minutes === undefined ? [] : startsOf(minutes, rest.randomizeTasks, randomHours),
    notes: rules.flatMap(([holds, note]) => (holds ? [note] : [])),
    changes: planChanges(wanted, productionGpo, before),
    preference: preferenceCommand(preferences),
  };
}

/**
 * The texts disagree about the spread of scheduled tasks: up to 4 hours later, or the window that a policy sets, by the
 * template of Windows 11 24H2; 30 minutes before or after by the template of 2016 and the page of Set-MpPreference.
 */
const startsOf = (
  minutes: number,
  isRandom: boolean | undefined,
  windowHours = DEFAULT_WINDOW_HOURS,
): readonly StartReading[] =>
  isRandom === false
    ? [{ text: 'Not randomized', earliestMinutes: minutes, latestMinutes: minutes }]
    : [
        {
          text: `Up to ${windowHours} h later: current template`,
          earliestMinutes: minutes,
          latestMinutes: minutes + windowHours * 60,
        },
        { text: '30 min before or after: older texts', earliestMinutes: minutes - 30, latestMinutes: minutes + 30 },
      ];

// --- From the sheet ---------------------------------------------------------------------------------------------

const settings = checkSettings.map(([, setting]) => setting);
/** Both policies about out-of-date days have one input. */
const values = [
  ...checkSettings.flatMap(([input]) => (input.endsWith('Due') ? [] : [input])),
  'outOfDateDays',
  'productionGpo',
];

export const updateCheckNeeds = ['checkBy'] as const;
export const updateCheckAlso: readonly string[] = [
  ...values,
  ...settings.flatMap(recordedNames).map((name) => beforeInput(name)),
];

export type UpdateCheckReading =
  | { readonly state: 'ready'; readonly input: UpdateCheckInput }
  /** `why` is the sentence when fields are right by themselves and wrong together. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

/**
 * Takes what the calculator needs from a sheet. Day and time are waited for without an interval only.
 *
 * @example readUpdateCheck({}, '2026-11-02') //=> { state: 'waiting', waitsFor: ['checkBy'] }
 */
export function readUpdateCheck(sheet: Sheet, _today: string): UpdateCheckReading {
  const checkBy = choiceIn(sheet, 'checkBy', ['time', 'interval']);
  const checkDay = numberIn(sheet, 'checkDay');
  const asked =
    checkBy === 'time'
      ? ['checkDay', ...(checkDay === NEVER ? [] : ['checkTime'])]
      : checkBy
        ? ['checkHours']
        : ['checkBy'];
  const waitsFor = asked.filter((id) => textIn(sheet, id) === undefined);
  if (!checkBy || waitsFor.length > 0) return { state: 'waiting', waitsFor };
  const number = (id: string) => numberIn(sheet, id);
  const answer = (id: string) => answerIn(sheet, id);
  return {
    state: 'ready',
    input: {
      checkBy,
      checkDay,
      checkTime: textIn(sheet, 'checkTime'),
      checkHours: number('checkHours'),
      catchUpDays: number('catchUpDays'),
      outOfDateDays: number('outOfDateDays'),
      randomizeTasks: answer('randomizeTasks'),
      randomHours: number('randomHours'),
      checkAtStartup: answer('checkAtStartup'),
      updateWithoutEngine: answer('updateWithoutEngine'),
      scanAfterUpdate: answer('scanAfterUpdate'),
      updateOnBattery: answer('updateOnBattery'),
      checkBeforeScan: answer('checkBeforeScan'),
      productionGpo: textIn(sheet, 'productionGpo'),
      before: answersOf(sheet, settings),
    },
  };
}

// --- The words --------------------------------------------------------------------------------------------------

/** A time of day, with the day where it is another. */
const timeText = (minutes: number): string =>
  clockText(minutes) + (dayNotes[Math.floor(minutes / MINUTES_PER_DAY)] ?? '');

/** The check in words, with its commands in the order of the work. */
export function describeUpdateCheck({ starts, notes, changes, preference }: UpdateCheck): Report {
  return [
    ...notes.map((note): ReportPart => ({ kind: 'warning', text: note })),
    ...(starts.length > 0
      ? [
          {
            kind: 'table' as const,
            caption: 'Start, by the clock of the client',
            head: ['Spread', 'Earliest', 'Latest'],
            rows: starts.map((one) => [one.text, timeText(one.earliestMinutes), timeText(one.latestMinutes)]),
          },
        ]
      : []),
    ...describeChanges('What the Group Policy Object gets', changes, 'microsoft-defender-antivirus'),
    ...commandParts(preference),
  ];
}

/** What holds whatever is entered. */
export const updateCheckBackground = (): Report => [
  {
    kind: 'table',
    caption: 'Defaults',
    head: ['Setting', 'Default'],
    rows: [
      ['Day', 'Never; by the help text every day'],
      ['Time', '15 min before the scheduled scan'],
      ['Interval', 'none; by an older text 8 h'],
      ['Catch-up; out of date', `1 day; ${DEFAULT_OUT_OF_DATE_DAYS} days`],
      ['Randomization', `on, ${DEFAULT_WINDOW_HOURS} h`],
      ['Check at startup or before a scan', 'no'],
      ['Update without an engine, on battery; scan after an update', 'yes'],
    ],
  },
  {
    kind: 'note',
    text:
      'Set day and time, or the interval. Enabled writes 0 to values that begin with Disable. Folders are ' +
      'those of the newest templates. Clients that are out of date go on to MMPC, where their order has it.',
  },
];

/** The input of the worked example; no site's values, and never a default. */
export const updateCheckExample: UpdateCheckInput = {
  checkBy: 'time',
  checkDay: EVERY_DAY,
  checkTime: '18:00',
  catchUpDays: 1,
  outOfDateDays: 7,
  randomizeTasks: true,
  randomHours: 2,
  scanAfterUpdate: true,
  productionGpo: 'MDAV_Settings_Production',
};

const learn = 'https://learn.microsoft.com/en-us/defender-endpoint/';
export const updateCheckSources: readonly Source[] = [
  {
    title: 'Manage the schedule for when protection updates should be downloaded and applied',
    url: `${learn}manage-protection-update-schedule-microsoft-defender-antivirus`,
    read: '2026-08-13',
  },
  {
    title: 'Manage the sources for Microsoft Defender Antivirus protection updates',
    url: `${learn}manage-protection-updates-microsoft-defender-antivirus`,
    read: '2024-09-27',
  },
  {
    title: 'Set-MpPreference',
    url: 'https://github.com/MicrosoftDocs/windows-powershell-docs/blob/f113d6bda7df4bf60fb213c320c12678b40ae571/docset/winserver2025-ps/Defender/Set-MpPreference.md',
    read: '2025-09-29',
  },
  {
    title: 'WindowsDefender.admx and its English texts, Windows 11 24H2 templates',
    url: 'https://github.com/mxk/windows-secure-group-policy/blob/1baf2692fd67dec40be81b386c6362383a4b1308/PolicyDefinitions/WindowsDefender.admx',
    read: '',
  },
];
