/**
 * WSUS client policy: what a Group Policy Object tells the computers of a ring about their WSUS server, their group, how
 * often they look and how they install, as clicks and commands, with the way back.
 *
 * The server comes last, so that a client that reads the object half way knows its group before it knows the server.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-server-update-services/deploy/4-configure-group-policy-settings-for-automatic-updates
 */
import type { Datum, PolicySetting } from '../policy/setting-change.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { refuse, type Result } from '../result.ts';
import { object, oneOf, optional, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { Source } from './calculator.ts';
import { numberOf, textOf, wholeFrom } from './field-shapes.ts';
import {
  Answers,
  answersOf,
  beforeInput,
  describeChanges,
  recordedNames,
  planChanges,
  type PlannedChange,
  type Wanted,
} from './policy-changes.ts';
import { numberIn, textIn } from './sheet-values.ts';
import { spanText } from './sync-facts.ts';
import { ownNameFault, ownServer, ownServerInputs, readServer, wsusUrl } from './upstream-address-server.ts';
import {
  detectionSetting,
  groupSetting,
  serviceSetting,
  updatingSetting,
  wsusClientSettings,
} from './wsus-client-policy-settings.ts';

/** What clients do without a detection frequency, in hours. @see WindowsUpdate.admx, DetectionFrequency_Title */
const DEFAULT_DETECTION_HOURS = 22;

/** The options of Configure Automatic Updates. */
const updatingOptions = [2, 3, 4, 5, 7] as const;

const Fields = object(
  {
    server: ownServer,
    gpo: optional(textOf({ kind: 'gpo', label: 'Production GPO' })),
    targetGroup: optional(textOf({ kind: 'group', label: 'Computer group' })),
    /** From 1 to 22. */
    detectionHours: optional(numberOf({ kind: 'count', label: 'Detection frequency', largest: 22, unit: 'hours' })),
    /** The number of the option: 2, 3, 4, 5 or 7. */
    updating: optional(oneOf(updatingOptions, 'Automatic updating must be 2, 3, 4, 5 or 7')),
    /** 0 is every day, 1 Sunday, 7 Saturday; with option 4 only. */
    installDay: optional(wholeFrom(0, 7, 'Install day')),
    /** The hour, or 24 for Automatic; with option 4 only. */
    installTime: optional(wholeFrom(0, 24, 'Install time')),
    /** What the record commands answered; adds the undo. */
    before: optional(Answers),
  },
  'The policy must have a server, and no unknown fields',
);
export type WsusClientPolicyInput = InferShape<typeof Fields>;

/** Reads the input. Option 4 needs a day and a time; the other options do not use them. */
export const WsusClientPolicyInput: Shape<WsusClientPolicyInput> = (value) => {
  const read = Fields(value);
  if (!read.ok) return read;
  const { updating, installDay, installTime } = read.value;
  if (updating === 4 && installDay === undefined) return refuse('Select the install day');
  if (updating === 4 && installTime === undefined) return refuse('Select the install time');
  return read;
};

/** The time between two looks by one text, bounds included. */
export interface DetectionReading {
  /** The random part, and who says so. */
  readonly text: string;
  readonly shortestMinutes: number;
  readonly longestMinutes: number;
}

export interface WsusClientPolicy {
  readonly url: string;
  readonly detection: {
    readonly hours: number;
    /** No policy sets it. */
    readonly isDefault: boolean;
    /** The newest text first. */
    readonly readings: readonly DetectionReading[];
    /** Over both texts. */
    readonly shortestMinutes: number;
    readonly longestMinutes: number;
  };
  /** Sentences to weigh before the change. */
  readonly notes: readonly string[];
  /** In the order of the change. */
  readonly changes: Result<readonly PlannedChange[]>;
}

/**
 * Works out the policy. Total on parsed input.
 *
 * @example
 * wsusClientPolicy(wsusClientPolicyExample)
 * //=> url 'http://wsus2.contoso.com:8530'; detection 22 hours: from 22 h to 26 h by the newest text, from 17 h 36 min to
 * //   22 h by the older ones; TargetGroup, DetectionFrequency, AUOptions 4 on day 0 at 3, WUServer, WUStatusServer, in this order
 */
export function wsusClientPolicy(input: WsusClientPolicyInput): WsusClientPolicy {
  const { targetGroup, detectionHours, updating, installDay, installTime, before } = input;
  const url = wsusUrl(input.server);
  const hours = detectionHours ?? DEFAULT_DETECTION_HOURS;
  const wanted: Wanted[] = [];
  const want = (setting: PolicySetting, values: Readonly<Record<string, Datum>>): void => {
    wanted.push({ setting, state: 'enabled', values });
  };
  if (targetGroup !== undefined) want(groupSetting, { group: targetGroup });
  if (detectionHours !== undefined) want(detectionSetting, { hours });
  if (updating !== undefined) {
    want(updatingSetting, updating === 4 ? { updating, day: installDay ?? 0, time: installTime ?? 24 } : { updating });
  }
  want(serviceSetting, { service: url, statistics: url });
  const rules: readonly (readonly [boolean, string])[] = [
    [true, `All Windows updates, not only those of Defender, then come from ${url}.`],
    [!targetGroup, 'Without a group, clients stay in Unassigned Computers until somebody assigns them.'],
    [!updating, 'While Automatic Updates is disabled, clients use none of this.'],
    [updating === 2 || updating === 3 || updating === 7, `Option ${updating} waits for somebody to act on a notice.`],
    [updating === 5, 'Option 5 was not carried over to Windows 10.'],
    [updating === 7, 'Option 7 is for Windows Server 2016 and later only.'],
  ];
  return {
    url,
    detection: { hours, isDefault: detectionHours === undefined, ...detectionWindow(hours) },
    notes: rules.flatMap(([holds, note]) => (holds ? [note] : [])),
    changes: planChanges(wanted, input.gpo, before),
  };
}

/**
 * The random part of the interval. The current template and the policy CSP add 0 to 4 hours; the WSUS guide of 2023 and
 * the page on Windows Update settings take off 0 to 20 percent.
 */
function detectionWindow(hours: number): Omit<WsusClientPolicy['detection'], 'hours' | 'isDefault'> {
  const minutes = hours * 60;
  const readings: readonly DetectionReading[] = [
    {
      text: 'Plus 0 to 4 hours: current template, policy CSP',
      shortestMinutes: minutes,
      longestMinutes: minutes + 240,
    },
    {
      text: 'Less 0 to 20 %: WSUS guide, Windows Update settings',
      shortestMinutes: (minutes * 4) / 5,
      longestMinutes: minutes,
    },
  ];
  return { readings, shortestMinutes: (minutes * 4) / 5, longestMinutes: minutes + 240 };
}

// --- From the sheet ---------------------------------------------------------------------------------------------

export const wsusClientPolicyNeeds = ownServerInputs;
export const wsusClientPolicyAlso: readonly string[] = [
  'productionGpo',
  'targetGroup',
  'detectionHours',
  'updating',
  'installDay',
  'installTime',
  ...wsusClientSettings.flatMap(recordedNames).map((name) => beforeInput(name)),
];

export type WsusClientPolicyReading =
  | { readonly state: 'ready'; readonly input: WsusClientPolicyInput }
  /** `why` is the sentence when fields are right by themselves and wrong together. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[]; readonly why?: string };

/**
 * Takes what the calculator needs from a sheet. Day and time of the install count with option 4 only, and are waited for then.
 *
 * @example readWsusClientPolicy({}, '2026-11-02') //=> { state: 'waiting', waitsFor: ['wsusServer', 'wsusPort', 'wsusSsl'] }
 */
export function readWsusClientPolicy(sheet: Sheet, _today: string): WsusClientPolicyReading {
  const own = readServer(sheet, ownServerInputs, ownNameFault);
  if (own.state === 'waiting') return own;
  const number = (id: string) => numberIn(sheet, id);
  const updating = updatingOptions.find((option) => option === number('updating'));
  const isScheduled = updating === 4;
  const schedule = ['installDay', 'installTime'].filter((id) => isScheduled && number(id) === undefined);
  if (schedule.length > 0) return { state: 'waiting', waitsFor: schedule };
  return {
    state: 'ready',
    input: {
      server: own.server,
      gpo: textIn(sheet, 'productionGpo'),
      targetGroup: textIn(sheet, 'targetGroup'),
      detectionHours: number('detectionHours'),
      updating,
      ...(isScheduled && { installDay: number('installDay'), installTime: number('installTime') }),
      before: answersOf(sheet, wsusClientSettings),
    },
  };
}

// --- The words --------------------------------------------------------------------------------------------------

/** The policy in words, with its commands in the order of the work. */
export function describeWsusClientPolicy({ detection, notes, changes }: WsusClientPolicy): Report {
  const { hours, isDefault, readings, shortestMinutes, longestMinutes } = detection;
  return [
    ...notes.map((note): ReportPart => ({ kind: 'warning', text: note })),
    {
      kind: 'table',
      caption: `Time between two looks, ${isDefault ? 'default ' : ''}interval ${hours} h`,
      head: ['Random part', 'Shortest', 'Longest'],
      rows: readings.map((one) => [one.text, spanText(one.shortestMinutes), spanText(one.longestMinutes)]),
    },
    {
      kind: 'note',
      text:
        `Microsoft's texts disagree: count on ${spanText(shortestMinutes)} to ${spanText(longestMinutes)}. The first is the ` +
        'newest, for clients as new as Windows 11.',
    },
    ...describeChanges('What the Group Policy Object gets', changes, 'current'),
  ];
}

/** What holds whatever is entered. */
export const wsusClientPolicyBackground = (): Report => [
  {
    kind: 'note',
    text:
      'Older templates have these policies directly in Windows Update. WSUS ignores a group until it exists, and takes ' +
      'groups from clients only if Options > Computers says so. A client may need about 20 minutes to show there.',
  },
];

/** The input of the worked example; no site's values, and never a default. */
export const wsusClientPolicyExample: WsusClientPolicyInput = {
  server: { name: 'wsus2.contoso.com', port: 8530, useSsl: false },
  gpo: 'MDAV_Settings_Production',
  targetGroup: 'Defender-Production',
  detectionHours: 22,
  updating: 4,
  installDay: 0,
  installTime: 3,
};

const learnWsus = 'https://learn.microsoft.com/en-us/windows-server/administration/windows-server-update-services/';
export const wsusClientPolicySources: readonly Source[] = [
  {
    title: 'WindowsUpdate.admx and its English texts, Windows 11 24H2 templates',
    url: 'https://github.com/mxk/windows-secure-group-policy/blob/1baf2692fd67dec40be81b386c6362383a4b1308/PolicyDefinitions/WindowsUpdate.admx',
    read: '',
  },
  {
    title: 'Step 4: Configure Group Policy settings for automatic updates',
    url: `${learnWsus}deploy/4-configure-group-policy-settings-for-automatic-updates`,
    read: '2023-09-19',
  },
  {
    title: 'Manage WSUS client computers and WSUS computer groups',
    url: `${learnWsus}manage/managing-wsus-client-computers-and-wsus-computer-groups`,
    read: '2017-10-16',
  },
  {
    title: 'Policy CSP, Update',
    url: 'https://learn.microsoft.com/en-us/windows/client-management/mdm/policy-csp-update',
    read: '',
  },
];
