/**
 * Policy refresh: when an edited Group Policy setting is in force on every computer at the latest, by each way of getting
 * it there, and the commands for these ways.
 *
 * @see https://learn.microsoft.com/windows-server/identity/ad-ds/manage/group-policy/group-policy-processing
 * @see https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/jj134201(v=ws.11)
 */
import type { CommandPart, Shell } from '../commands/command.ts';
import { composeCommand } from '../commands/compose.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { must, object, oneOf, optional, text, type InferShape, type Shape } from '../shape.ts';
import type { Sheet } from '../sheet/sheet.ts';
import type { Source } from './calculator.ts';
import {
  CONTROLLER_REFRESH_MINUTES,
  countedLinkMinutes,
  POLICY_REFRESH_MINUTES,
  Replication,
  replicationIds,
  readReplication,
  replicationMinutes,
} from './policy-refresh-window.ts';
import { clock, day, given, minuteOf, momentText, numberField, span, whole, zone } from './ring-schedule.ts';
import type { Reading } from './ring-schedule.ts';
import { placeLocalTime } from './zone-times.ts';

/** Longest delay of the console's refresh; it cannot be changed there. */
const CONSOLE_DELAY_MINUTES = 10;
/** Largest `-RandomDelayInMinutes`: 31 days. */
const LONGEST_DELAY_MINUTES = 44_640;

const input = () =>
  object(
    {
      computers: oneOf(['members', 'domain-controllers'], 'Select which computers take the policy'),
      replication: Replication,
      /** For `Invoke-GPUpdate`; 0 means at once. */
      delayMinutes: whole(0, LONGEST_DELAY_MINUTES, 'Delay must be a whole number of minutes from 0 to 44640'),
      /** How many computers refresh. */
      count: optional(whole(1, 10_000_000, 'Number of computers must be a whole number from 1 to 10000000')),
      /** The OU that holds the computers, as a distinguished name. */
      ou: optional(
        text(
          'Enter the OU of the computers',
          must((ou) => ou !== '', 'Enter the OU of the computers'),
        ),
      ),
      /** When the setting was edited. */
      edited: optional(
        object(
          {
            date: day('Enter the day of the edit', 'Day of the edit must be a date such as 2026-11-02'),
            time: clock('time of the edit'),
            timeZone: zone(),
          },
          'Enter when the setting is edited',
          'The edit must have no other fields',
        ),
      ),
    },
    'Enter how the setting gets to the computers',
    'The refresh must have no other fields',
  );
export const PolicyRefreshInput: Shape<PolicyRefreshInput> = (value) => input()(value);
export type PolicyRefreshInput = InferShape<ReturnType<typeof input>>;

export type RefreshWayId = 'wait' | 'restart' | 'gpupdate' | 'console' | 'invoke';
export interface RefreshWay {
  readonly id: RefreshWayId;
  /** In minutes after the edit. A refresh that someone starts is started once replication is over at the latest. */
  readonly earliestMinutes: number;
  readonly latestMinutes: number;
  /** A random part is added whose size is not documented. */
  readonly isOpen: boolean;
  /** How many computers refresh in a minute on average; left out where nothing spreads them or their number is unknown. */
  readonly perMinute?: number;
}

export interface PolicyRefresh extends PolicyRefreshInput {
  /** The longest that the change takes to every domain controller. */
  readonly replicationMinutes: number;
  /** The longest from one background refresh to the next. */
  readonly refreshMinutes: number;
  /** `wait` first: it happens by itself. */
  readonly ways: readonly RefreshWay[];
  /** The minute of the edit, since 1970-01-01T00:00Z. */
  readonly editedMinute?: number;
}

/**
 * Works the ways out. Total on parsed input; reads no clock.
 *
 * @example
 * policyRefresh(policyRefreshExample)
 * //=> replication up to 360 minutes, refresh up to 120: in force by itself within 480 minutes, at 2026-11-02 17:00
 * //   plus 8 hours; by the console within 370, and 500 computers make 50 refreshes a minute
 */
export function policyRefresh(input: PolicyRefreshInput): PolicyRefresh {
  const { computers, delayMinutes, count, edited } = input;
  const replicated = replicationMinutes(input.replication);
  const isController = computers === 'domain-controllers';
  const refreshMinutes = isController ? CONTROLLER_REFRESH_MINUTES : POLICY_REFRESH_MINUTES;
  const way = (id: RefreshWayId, after: number, spreadMinutes = 0, isOpen = false): RefreshWay => ({
    id,
    earliestMinutes: 0,
    latestMinutes: replicated + after,
    isOpen,
    ...(count !== undefined && spreadMinutes > 0 && { perMinute: count / spreadMinutes }),
  });
  return {
    ...input,
    replicationMinutes: replicated,
    refreshMinutes,
    ways: [
      // 90 to 120 minutes is 105 on average.
      way('wait', refreshMinutes, isController ? CONTROLLER_REFRESH_MINUTES : 105),
      way('restart', 0),
      way('gpupdate', 0),
      way('console', CONSOLE_DELAY_MINUTES, CONSOLE_DELAY_MINUTES),
      way('invoke', delayMinutes, delayMinutes, delayMinutes > 0),
    ],
    ...(edited && { editedMinute: minuteOf(placeLocalTime(edited.date, edited.time, edited.timeZone).at) }),
  };
}

// --- From the sheet ---------------------------------------------------------------------------------------------

/** Inputs the calculator waits for. */
export const policyRefreshNeeds: readonly string[] = ['refreshTarget', 'replicationScope'];
/** Inputs that it uses once they are given; between sites the interval and the number of links are waited for. */
export const policyRefreshAlso: readonly string[] = [
  ...replicationIds.slice(1),
  'productionOu',
  'refreshComputers',
  'refreshDelayMinutes',
  'policyEditTime',
  'timeZone',
];

/**
 * Takes what the calculator needs from a sheet. Without a delay a remote refresh runs at once.
 *
 * @param today The day of the edit, `YYYY-MM-DD`.
 * @example readPolicyRefresh({}, '2026-11-02') //=> { state: 'waiting', waitsFor: ['refreshTarget', 'replicationScope'] }
 */
export function readPolicyRefresh(sheet: Sheet, today: string): Reading<PolicyRefreshInput> {
  const { needs, replication } = readReplication(sheet);
  const computers = given(sheet, 'refreshTarget');
  const waitsFor = ['refreshTarget', ...needs].filter((id) => given(sheet, id) === undefined);
  if (waitsFor.length > 0 || !replication) return { state: 'waiting', waitsFor };
  const [ou, time, timeZone] = ['productionOu', 'policyEditTime', 'timeZone'].map((id) => given(sheet, id));
  return {
    state: 'ready',
    input: {
      computers: computers === 'domain-controllers' ? computers : 'members',
      replication,
      delayMinutes: Number(given(sheet, 'refreshDelayMinutes') ?? 0),
      ...numberField(sheet, 'count', 'refreshComputers'),
      ...(ou !== undefined && { ou: String(ou) }),
      ...(time !== undefined &&
        timeZone !== undefined && { edited: { date: today, time: String(time), timeZone: String(timeZone) } }),
    },
  };
}

// --- The words --------------------------------------------------------------------------------------------------

const wayWords: Readonly<Record<RefreshWayId, readonly [title: string, what: string]>> = {
  wait: ['Wait', 'Background refresh, by itself'],
  restart: ['Restart the computer', 'Computers refresh when they start'],
  gpupdate: ['gpupdate on the computer', 'At once, on one computer'],
  console: ['Group Policy Management, on the OU', 'Random delay of up to 10 min, which cannot be changed'],
  invoke: ['Invoke-GPUpdate', 'With the delay that you choose'],
};

function replicationText({ replication, replicationMinutes: minutes }: PolicyRefresh): string {
  const { scope, linkMinutes = 0, hops = 0 } = replication;
  if (scope === 'one-controller') return 'none: one domain controller';
  if (scope === 'one-site') return `up to ${span(minutes)} within a site (worst case of Microsoft's planning guide)`;
  return `up to ${span(minutes)}: ${hops} × ${span(countedLinkMinutes(linkMinutes))}`;
}

const perMinuteText = (perMinute: number): string => (perMinute < 1 ? 'less than 1' : `about ${Math.round(perMinute)}`);

function spreadParts({ ways, count, delayMinutes }: PolicyRefresh): ReportPart[] {
  if (count === undefined) return [];
  return [
    {
      kind: 'table',
      caption: `Load on the domain controllers with ${count} ${count === 1 ? 'computer' : 'computers'}`,
      head: ['Way', 'Refreshes a minute, on average'],
      rows: ways
        .filter(({ id }) => id === 'wait' || id === 'console' || id === 'invoke')
        .map(({ id, perMinute }) => [
          id === 'invoke' && delayMinutes > 0 ? `${wayWords[id][0]}, delay ${span(delayMinutes)}` : wayWords[id][0],
          perMinute === undefined ? 'as many as the command reaches: no delay' : perMinuteText(perMinute),
        ]),
    },
    ...(delayMinutes > 0
      ? [
          {
            kind: 'note' as const,
            text:
              'The spread of Invoke-GPUpdate is unconfirmed: its reference says that it waits so many minutes plus a random ' +
              'offset, and gives no size. The figure takes the starts to be spread evenly over the delay.',
          },
        ]
      : []),
  ];
}

/** A command of this calculator, or the sentence that says why there is none. */
function commandPart(
  [shell, title, runsOn]: readonly [Shell, string, string],
  parts: readonly CommandPart[],
  value: PolicyRefresh,
  why: string,
): ReportPart {
  const { text: written, refusals } = composeCommand(shell, parts, (name) =>
    name === 'ou' ? value.ou : value.delayMinutes,
  );
  return written === undefined
    ? { kind: 'warning', text: `There is no command for "${title}". ${refusals[0]?.why ?? ''}` }
    : { kind: 'command', command: { shell, title, text: written, why, where: runsOn } };
}

const where =
  'a computer with the Group Policy module and the Active Directory module, Windows PowerShell as administrator';

const starter = 'Group Policy Remote Update Firewall Ports';

function ouParts(value: PolicyRefresh): ReportPart[] {
  if (value.ou === undefined) {
    return [
      { kind: 'note', text: 'With the OU of the computers entered, the commands for a remote refresh stand here.' },
    ];
  }
  return [
    commandPart(
      ['powershell', 'Count the computers of the OU', where],
      [{ text: '@(Get-ADComputer -Filter * -SearchBase ' }, { of: 'ou' }, { text: ').Count' }],
      value,
      'Changes nothing. It counts what the next command refreshes, computers of nested OUs included.',
    ),
    commandPart(
      ['powershell', 'Refresh all computers of the OU', where],
      [
        { text: 'Get-ADComputer -Filter * -SearchBase ' },
        { of: 'ou' },
        {
          text:
            ' | ForEach-Object {\n  $name = $_.Name\n' +
            "  try { Invoke-GPUpdate -Computer $name -Target 'Computer' -RandomDelayInMinutes ",
        },
        { of: 'delay' },
        {
          text:
            ' -Force -ErrorAction Stop }\n' +
            '  catch { Write-Warning "$name was not reached. $($_.Exception.Message)" }\n}',
        },
      ],
      value,
      `Schedules a refresh on each computer, ${value.delayMinutes === 0 ? 'at once' : `with a delay of ${span(value.delayMinutes)}`}` +
        ', and names those that it could not reach. It says nothing of whether the refresh worked. Nothing to undo.',
    ),
    commandPart(
      ['powershell', 'Open the firewall for remote refresh', where],
      [
        { text: `New-GPO -Name '${starter}' -StarterGpoName '${starter}' |\n  New-GPLink -Target ` },
        { of: 'ou' },
        { text: ' -LinkEnabled Yes' },
      ],
      value,
      'Only if the rules below are missing: makes a GPO from the starter GPO of that name, and links it. The rules arrive by ' +
        'background refresh. To undo, remove the link and the GPO.',
    ),
  ];
}

/** When the setting is in force, by each way; then the commands, the clicks, the firewall rules, and what to weigh. */
export function describePolicyRefresh(value: PolicyRefresh): Report {
  const { ways, computers, refreshMinutes, replication, edited, editedMinute } = value;
  const latestText = ({ latestMinutes, isOpen }: RefreshWay): string =>
    `${span(latestMinutes)}${isOpen ? ' plus a random part' : ''}`;
  const clockText = ({ latestMinutes, isOpen }: RefreshWay): string[] =>
    edited && editedMinute !== undefined
      ? [`${momentText(editedMinute + latestMinutes, edited.timeZone)}${isOpen ? ' plus a random part' : ''}`]
      : [];
  const [wait] = ways;
  const replicated = span(value.replicationMinutes);
  return [
    ...(wait
      ? [
          {
            kind: 'sentence' as const,
            text:
              `The setting is in force on every computer that is on after ${span(wait.latestMinutes)} at the latest` +
              `${clockText(wait)
                .map((at) => `, at ${at}`)
                .join('')}, without anyone doing more.`,
          },
        ]
      : []),
    {
      kind: 'facts',
      caption: 'What that is made of',
      rows: [
        { label: 'Replication between domain controllers', value: replicationText(value) },
        {
          label: computers === 'members' ? 'Refresh of clients and member servers' : 'Refresh of domain controllers',
          value:
            computers === 'members'
              ? `up to ${span(refreshMinutes)}: every 90 min plus a random 0 to 30 min, never less than 90`
              : `up to ${span(refreshMinutes)}: every 5 min`,
        },
      ],
    },
    {
      kind: 'table',
      caption: 'From the edit until the setting is in force, by each way',
      head: ['Way', 'Earliest', 'Latest', ...(edited ? [`Latest (${edited.timeZone})`] : []), 'How'],
      rows: ways.map((way) => [
        wayWords[way.id][0],
        span(way.earliestMinutes),
        latestText(way),
        ...clockText(way),
        wayWords[way.id][1],
      ]),
    },
    ...(value.replicationMinutes > 0
      ? [
          {
            kind: 'warning' as const,
            text:
              `Start a refresh only when replication is over, up to ${replicated} after the edit: a computer that refreshes ` +
              `before gets the old setting, and may wait up to ${span(refreshMinutes)} for its next refresh.`,
          },
        ]
      : []),
    ...(replication.scope === 'several-sites'
      ? [
          {
            kind: 'note' as const,
            text:
              'Between sites the interval (180 min unless changed) counts once for each link on the way, up to the next ' +
              'multiple of 15 min, and only while the schedule of the link allows replication. Allow up to 15 min more inside ' +
              'each site. Whether SYSVOL follows the same schedule is unconfirmed.',
          },
        ]
      : []),
    ...spreadParts(value),
    commandPart(
      ['cmd', 'Refresh one computer', 'the computer itself, Command Prompt as administrator'],
      [{ text: 'gpupdate /target:computer /force' }],
      value,
      'Applies all computer settings again, and waits up to 10 minutes for it. Without /force it applies what has changed, ' +
        'which is enough for a new setting.',
    ),
    ...ouParts(value),
    {
      kind: 'path',
      label: 'By hand, for all computers of an OU and of its nested OUs',
      steps: ['Group Policy Management', value.ou ?? 'right-click the OU', 'Group Policy Update...'],
    },
    {
      kind: 'sentence',
      text:
        'Right-click the OU for that. The console schedules gpupdate /force on each computer, once for the computer and once ' +
        'for each signed-in user. Its results show only that this worked, not the refresh. The Computers container does not offer it.',
    },
    {
      kind: 'table',
      caption: 'Inbound firewall rules that a remote refresh needs on each computer',
      head: ['Rule', 'Service', 'Port'],
      rows: [
        ['Remote Scheduled Tasks Management (RPC)', 'Schedule', 'TCP, dynamic RPC ports'],
        ['Remote Scheduled Tasks Management (RPC-EPMAP)', 'RpcSs', 'TCP 135'],
        ['Windows Management Instrumentation (WMI-In)', 'Winmgmt', 'TCP, all ports'],
      ],
    },
    {
      kind: 'note',
      text:
        'Not counted: computers that are off or out of reach, and the processing itself, which Windows ends after 60 min. ' +
        'Policies can change the interval (GroupPolicyRefreshTime) or turn background refresh off (DisableBkGndGroupPolicy). A ' +
        'GPO does not replicate to another domain: edit it in each.',
    },
  ];
}

/** The worked example; no site's values, and never a default. */
export const policyRefreshExample: PolicyRefreshInput = {
  computers: 'members',
  replication: { scope: 'several-sites', linkMinutes: 180, hops: 2 },
  delayMinutes: 30,
  count: 500,
  edited: { date: '2026-11-02', time: '17:00', timeZone: 'America/New_York' },
};

const learn = 'https://learn.microsoft.com/';
/** Where each rule comes from. */
export const policyRefreshSources: readonly Source[] = [
  {
    title: '[MS-GPOD]: Group Policy Protocols Overview, section 4.1, product behavior <2>',
    url: `${learn}openspecs/windows_protocols/ms-gpod/bf4acf45-4784-47dc-89cc-ea41a418afff`,
    read: '',
  },
  {
    title: 'Group Policy refresh interval for domain controllers',
    url: `${learn}previous-versions/ms813141(v=msdn.10)`,
    read: '',
  },
  {
    title: 'Group Policy processing',
    url: `${learn}windows-server/identity/ad-ds/manage/group-policy/group-policy-processing`,
    read: '2024-04-16',
  },
  {
    title: 'Determining the interval',
    url: `${learn}windows-server/identity/ad-ds/plan/determining-the-interval`,
    read: '2017-05-31',
  },
  {
    title: 'Force a remote Group Policy refresh (GPUpdate)',
    url: `${learn}previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/jj134201(v=ws.11)`,
    read: '',
  },
  { title: 'Invoke-GPUpdate', url: `${learn}powershell/module/grouppolicy/invoke-gpupdate`, read: '' },
  { title: 'gpupdate', url: `${learn}windows-server/administration/windows-commands/gpupdate`, read: '' },
];
