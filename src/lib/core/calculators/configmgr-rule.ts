/**
 * Configuration Manager rule: the automatic deployment rule of a ring, when it runs after the software update point's
 * synchronization, when its updates become available and install, and how to stop it.
 *
 * Only security intelligence (KB2267602): the guide's rules never deploy the platform. Times are those of the computer that
 * runs the console, because the rule's schedule starts by its clock.
 *
 * @see https://learn.microsoft.com/defender-endpoint/microsoft-defender-antivirus-ring-deployment-sscm-wsus
 * @see https://learn.microsoft.com/intune/configmgr/protect/deploy-use/endpoint-definitions-configmgr
 */
import { composeCommand } from '../commands/compose.ts';
import type { Report, ReportPart } from '../render/report.ts';
import { ok, refuse, type Result } from '../result.ts';
import { must, object, oneOf, optional, text, type InferShape, type Shape } from '../shape.ts';
import { commandValue, type Sheet } from '../sheet/sheet.ts';
import { clockText } from './zone-times.ts';

/** From a synchronization to the rule, at least ("two hours after each software update point synchronization"). */
const RULE_AFTER_HOURS = 2;
/** From the rule to the available time, at least, so that distribution points have the files. */
const AVAILABLE_AFTER_HOURS = 1;
/** Configuration Manager spreads installations after a deadline over this time. */
const DEADLINE_SPREAD_HOURS = 2;
/** Hours between two runs of a rule that divide a day; a rule runs at most three times a day. */
const RULE_EVERY_HOURS = [8, 12, 24] as const;
/** Hours between two synchronizations for which the times of a day are the same every day. */
const SYNC_EVERY_HOURS = [1, 2, 3, 4, 6, 8, 12, 24] as const;
const LONGEST_HOURS = 336;
const MINUTES_PER_DAY = 1440;

const hours = (what: string): Shape<number> => {
  const why = `${what} must be a whole number of hours from 1 to ${LONGEST_HOURS}`;
  return (value): Result<number> =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LONGEST_HOURS
      ? ok(value)
      : refuse(why);
};
const filled = (why: string) =>
  text(
    why,
    must((name) => name.trim() !== '', why),
  );

/**
 * `syncAt` is `HH:MM` by the clock of the console's computer. Without `soakHours` the updates are available as soon as
 * the guide allows; without `deadlineHours` the deadline is "As soon as possible".
 */
export const ConfigmgrRuleInput = object(
  {
    ring: oneOf(['pilot', 'production'], 'Select the ring'),
    syncAt: text(
      'Enter when the software update point synchronizes',
      must((clock) => /^([01]\d|2[0-3]):[0-5]\d$/.test(clock), 'Synchronization must be from 00:00 to 23:59'),
    ),
    syncEveryHours: oneOf(SYNC_EVERY_HOURS, 'Select how often the software update point synchronizes'),
    soakHours: optional(hours('Soak time')),
    deadlineHours: optional(hours('Time to the deadline')),
    ruleName: optional(filled('Enter the name of the rule')),
    collection: optional(filled('Enter the collection')),
  },
  'Enter the rule',
  'The rule must have no other fields',
);
export type ConfigmgrRuleInput = InferShape<typeof ConfigmgrRuleInput>;

/** What must be weighed; `warningTexts` has the words. */
export type RuleWarning = 'race' | 'next-run' | 'soak-too-short' | 'no-soak';

/** One run of the rule and what follows from it, in minutes from 00:00 of the day of the first synchronization. */
export interface RuleRun {
  readonly syncMinutes: number;
  readonly ruleMinutes: number;
  readonly availableMinutes: number;
  /** Earliest forced installation. */
  readonly deadlineMinutes: number;
  /** Latest start of it, the spread counted; client policy, maintenance windows and computers that are off are not. */
  readonly latestMinutes: number;
}
export interface ConfigmgrRule {
  readonly ring: 'pilot' | 'production';
  readonly ruleName?: string | undefined;
  readonly collection?: string | undefined;
  /** Hours from one run of the rule to the next: 8, 12 or 24. */
  readonly everyHours: number;
  /** Hours from a run to the available time; at least 1. */
  readonly availableAfterHours: number;
  /** Hours from the available time to the deadline; 0 for "As soon as possible". */
  readonly deadlineAfterHours: number;
  /** Runs of a day, in the order of the clock from the first synchronization. */
  readonly runs: readonly RuleRun[];
  /**
   * How long the pilot has had an update when production may have it, in hours, if both rules run after the same
   * synchronization and the pilot has no soak; production with a soak only.
   */
  readonly pilotHours?: { readonly shortest: number; readonly longest: number };
  readonly warnings: readonly RuleWarning[];
}

/**
 * Works out a rule. Total on parsed input.
 *
 * @example
 * configmgrRule({ ring: 'production', syncAt: '03:00', syncEveryHours: 24, soakHours: 12 })
 * //=> everyHours 24, availableAfterHours 12, deadlineAfterHours 0, one run: rule 05:00, available and deadline 17:00,
 * //   latest 19:00; pilotHours { shortest: 9, longest: 11 }; no warnings
 */
export function configmgrRule(input: ConfigmgrRuleInput): ConfigmgrRule {
  const { ring, syncAt, syncEveryHours, soakHours, deadlineHours = 0, ruleName, collection } = input;
  const isProduction = ring === 'production';
  const everyHours = RULE_EVERY_HOURS.find((every) => every % syncEveryHours === 0) ?? 24;
  const availableAfterHours = Math.max(AVAILABLE_AFTER_HOURS, (isProduction && soakHours) || 0);
  const first = Number(syncAt.slice(0, 2)) * 60 + Number(syncAt.slice(3));
  const runs = Array.from({ length: 24 / everyHours }, (_, index): RuleRun => {
    const syncMinutes = first + index * everyHours * 60;
    const ruleMinutes = syncMinutes + RULE_AFTER_HOURS * 60;
    const availableMinutes = ruleMinutes + availableAfterHours * 60;
    const deadlineMinutes = availableMinutes + deadlineHours * 60;
    return {
      syncMinutes,
      ruleMinutes,
      availableMinutes,
      deadlineMinutes,
      latestMinutes: deadlineMinutes + DEADLINE_SPREAD_HOURS * 60,
    };
  });
  // The pilot's devices start between one hour after the rule and the end of the spread.
  const longest = availableAfterHours - AVAILABLE_AFTER_HOURS;
  const shortest = Math.max(0, longest - DEADLINE_SPREAD_HOURS);
  const hasSoak = isProduction && soakHours !== undefined;
  const found: readonly (readonly [RuleWarning, boolean])[] = [
    ['race', RULE_AFTER_HOURS % syncEveryHours === 0],
    ['next-run', isProduction && availableAfterHours + deadlineHours + DEADLINE_SPREAD_HOURS > everyHours],
    ['soak-too-short', hasSoak && shortest === 0],
    ['no-soak', isProduction && soakHours === undefined],
  ];
  return {
    ring,
    ruleName,
    collection,
    everyHours,
    availableAfterHours,
    deadlineAfterHours: deadlineHours,
    runs,
    ...(hasSoak && { pilotHours: { shortest, longest } }),
    warnings: found.flatMap(([warning, holds]) => (holds ? [warning] : [])),
  };
}

// --- From the sheet ---------------------------------------------------------------------------------------------

/** Inputs the calculator waits for. */
export const configmgrRuleNeeds = ['ruleRing', 'supSyncAt', 'supSyncHours'] as const;
/** Used once given: the soak is for production, the commands need the name of the rule. */
export const configmgrRuleAlso = ['soakHours', 'ruleDeadlineHours', 'ruleName', 'ruleCollection'] as const;

export type ConfigmgrRuleReading =
  | { readonly state: 'ready'; readonly input: ConfigmgrRuleInput }
  /** Ids of the inputs that are missing or wrong. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[] };

/**
 * Takes what the calculator needs from a sheet.
 *
 * @example readConfigmgrRule({}) //=> { state: 'waiting', waitsFor: ['ruleRing', 'supSyncAt', 'supSyncHours'] }
 */
export function readConfigmgrRule(sheet: Sheet, _today?: string): ConfigmgrRuleReading {
  const waitsFor: string[] = configmgrRuleNeeds.filter((id) => sheet[id]?.state !== 'given');
  const isPilot = commandValue(sheet['ruleRing']) === 'pilot';
  waitsFor.push(...configmgrRuleAlso.filter((id) => sheet[id]?.state === 'wrong' && !(isPilot && id === 'soakHours')));
  if (waitsFor.length > 0) return { state: 'waiting', waitsFor };
  const valueOf = (id: string) => commandValue(sheet[id]);
  const nameOf = (id: string) => {
    const cell = sheet[id];
    return cell?.state === 'given' ? String(cell.value) : undefined;
  };
  const read = ConfigmgrRuleInput({
    ring: valueOf('ruleRing'),
    syncAt: valueOf('supSyncAt'),
    syncEveryHours: Number(valueOf('supSyncHours')),
    soakHours: valueOf('soakHours'),
    deadlineHours: valueOf('ruleDeadlineHours'),
    ruleName: nameOf('ruleName'),
    collection: nameOf('ruleCollection'),
  });
  return read.ok ? { state: 'ready', input: read.value } : { state: 'waiting', waitsFor: [...configmgrRuleNeeds] };
}

// --- The words --------------------------------------------------------------------------------------------------

const guide = {
  pilot: {
    rule: 'MDE-MDAV_Security_Intelligence_Update_Pilot',
    collection: 'Windows_Security_Intelligence_Pilot',
    group: 'Create a new Software Update Group',
    package:
      'Create a new deployment package, for example MDE-MDAV Security Intelligence Update; priority High, binary differential replication',
  },
  production: {
    rule: 'MDE-MDAV_Security_Intelligence_Update_Production',
    collection: 'Windows_Security_Intelligence_Production',
    group: 'Add to an existing Software Update Group',
    package: 'Select a deployment package: an existing one',
  },
} as const;

const entered = (value: string | undefined, example: string): string =>
  value ?? `not entered; the guide's example is ${example}`;
const hoursText = (count: number): string => (count === 1 ? '1 hour' : `${count} hours`);

/** A time of a run, with the days it lies after its synchronization. */
function timeText(minutes: number, run: RuleRun): string {
  const days = Math.floor(minutes / MINUTES_PER_DAY) - Math.floor(run.syncMinutes / MINUTES_PER_DAY);
  const day = days === 0 ? '' : days === 1 ? ' (next day)' : ` (${days} days later)`;
  return `${clockText(minutes)}${day}`;
}

function warningText(warning: RuleWarning, { everyHours }: ConfigmgrRule): string {
  switch (warning) {
    case 'race':
      return (
        'Two hours after a synchronization the next one starts, so rule and synchronization run at the same time. ' +
        'Synchronize every 3 hours or less often.'
      );
    case 'next-run':
      return (
        `The rule runs again after ${everyHours} hours, before the last device has had its two hours after the deadline. A run first ` +
        'takes all updates out of an existing group and puts the newest in, so what waits longer than that may never install. ' +
        'This follows from what Microsoft says of such groups; no text says it of a soak. Shorten the soak or run less often.'
      );
    case 'soak-too-short':
      return 'The soak is too short: production may install an update before the last pilot device has it. Take more than 3 hours.';
    case 'no-soak':
      return (
        "Production has no soak: the guide's production rule takes the newest updates as soon as possible, as the pilot does, and gives no " +
        'delay between the rings. Enter a soak time.'
      );
  }
}

function criteriaParts({ ring, ruleName, collection }: ConfigmgrRule): ReportPart[] {
  const example = guide[ring];
  return [
    {
      kind: 'path',
      label: 'Create the rule',
      steps: ['Software Library', 'Software Updates', 'Automatic Deployment Rules', 'Create Automatic Deployment Rule'],
    },
    {
      kind: 'facts',
      caption: 'General, deployment and user experience',
      rows: [
        { label: 'Name', value: entered(ruleName, example.rule) },
        { label: 'Template', value: 'SCEP and Windows Defender Antivirus Updates' },
        { label: 'Collection', value: entered(collection, example.collection) },
        { label: 'Software update group', value: example.group },
        { label: 'Enable the deployment after this rule is run', value: 'selected' },
        { label: 'Type of deployment', value: 'Required' },
        { label: 'Detail level', value: 'Only error messages' },
        {
          label: 'License agreements',
          value: 'deploy all software updates found by this rule, and approve any license agreements',
        },
        { label: 'User notifications', value: 'Hide in Software Center and all notifications' },
        { label: 'Deadline behavior', value: 'Software Update Installation' },
        {
          label: 'Device restart behavior',
          value: 'Servers (most likely the box that suppresses the restart: unconfirmed)',
        },
        {
          label: 'Write filter handling',
          value: 'Commit changes at deadline or during a maintenance window (requires restarts)',
        },
        { label: 'Alerts', value: 'Generate an alert when this rule fails' },
        { label: 'Deployment package', value: example.package },
        { label: 'Download location', value: 'Download software updates from the Internet' },
      ],
    },
    {
      kind: 'facts',
      caption: 'Criteria, page Software Updates',
      rows: [
        { label: 'Article ID', value: '2267602' },
        { label: 'Date Released or Revised', value: 'Last 1 month, or Last 1 week where synchronization is healthy' },
        { label: 'Product', value: 'Windows Defender, or Microsoft Defender Antivirus where the console says so' },
        { label: 'Superseded', value: 'No' },
        { label: 'Update Classification', value: 'Critical Updates OR Definition Updates' },
      ],
    },
    { kind: 'sentence', text: 'Select Preview before you go on: it must list KB2267602.' },
  ];
}

function stopParts({ ruleName }: ConfigmgrRule): ReportPart[] {
  const parts: ReportPart[] = [
    {
      kind: 'path',
      label: 'Stop it in an emergency',
      steps: ['Software Library', 'Software Updates', 'Automatic Deployment Rules', ruleName ?? 'the rule', 'Disable'],
    },
    {
      kind: 'warning',
      text:
        'Disable stops further runs, by schedule and by hand. No text that was read says that it takes back what earlier runs ' +
        'deployed: look at the deployments of the software update group, too.',
    },
  ];
  if (ruleName === undefined) {
    return [...parts, { kind: 'note', text: 'The commands to show, disable and enable the rule wait for its name.' }];
  }
  const command = (title: string, before: string, after: string, why: string): ReportPart => {
    const pieces = [{ text: before }, { of: 'ruleName' }, { text: ` -DisableWildcardHandling${after}` }];
    const { text: written, refusals } = composeCommand('powershell', pieces, () => ruleName);
    return written === undefined
      ? { kind: 'warning', text: `There is no command for "${title}". ${refusals[0]?.why ?? ''}` }
      : {
          kind: 'command',
          command: {
            shell: 'powershell',
            title,
            text: written,
            why,
            where: 'the Configuration Manager site drive, Windows PowerShell',
          },
        };
  };
  return [
    ...parts,
    command(
      'Show whether the rule is enabled',
      'Get-CMSoftwareUpdateAutoDeploymentRule -Name ',
      " -Fast |\n  Format-List -Property 'Name', 'AutoDeploymentEnabled', 'LastRunTime', 'LastErrorCode'",
      'It changes nothing. Record AutoDeploymentEnabled: undo puts back exactly that.',
    ),
    command(
      'Disable the rule',
      'Disable-CMSoftwareUpdateAutoDeploymentRule -Name ',
      '',
      'While it is disabled the rule does not run, and security intelligence ages.',
    ),
    command(
      'Undo: enable the rule',
      'Enable-CMSoftwareUpdateAutoDeploymentRule -Name ',
      '',
      'Only if it was enabled before.',
    ),
  ];
}

function scheduleParts(value: ConfigmgrRule): ReportPart[] {
  const { everyHours, availableAfterHours, deadlineAfterHours, runs, pilotHours } = value;
  const parts: ReportPart[] = [
    {
      kind: 'table',
      caption: 'A day, by the clock of the computer that runs the console',
      head: ['Synchronization starts', 'Rule runs', 'Available', 'Earliest forced installation', 'Latest start of it'],
      rows: runs.map((run) => [
        clockText(run.syncMinutes),
        timeText(run.ruleMinutes, run),
        timeText(run.availableMinutes, run),
        timeText(run.deadlineMinutes, run),
        timeText(run.latestMinutes, run),
      ]),
    },
    {
      kind: 'facts',
      caption: 'Evaluation and deployment schedule',
      rows: [
        {
          label: 'Run the rule on a schedule',
          value: `every ${everyHours} hours from ${clockText(runs[0]?.ruleMinutes ?? 0)}`,
        },
        { label: 'Time based on', value: 'UTC' },
        { label: 'Software available time', value: `Specific time: ${hoursText(availableAfterHours)}` },
        {
          label: 'Installation deadline',
          value:
            deadlineAfterHours === 0
              ? 'As soon as possible'
              : `Specific time: ${hoursText(deadlineAfterHours)} after the available time`,
        },
        ...(pilotHours
          ? [
              {
                label: 'In the pilot before production',
                value: `${hoursText(pilotHours.shortest)} at least, ${hoursText(pilotHours.longest)} at most`,
              },
            ]
          : []),
      ],
    },
    ...value.warnings.map((warning): ReportPart => ({ kind: 'warning', text: warningText(warning, value) })),
    {
      kind: 'note',
      text:
        'Where the bounds come from: the rule at least 2 hours after each synchronization, available at least 1 hour after the rule, ' +
        'installations spread over 2 hours after the deadline. Not counted: how long a synchronization takes, until clients fetch ' +
        'their policy, maintenance windows, computers that are off. Whether the 2 hours count from start or end of the ' +
        'synchronization is not said.',
    },
    {
      kind: 'note',
      text:
        'The ring guide sets the available time to As soon as possible; the article on definition updates wants the hour. From ' +
        'version 2203 these times count from the scheduled start of the rule, before that from its end. A rule can run three times a day at ' +
        'most, and never more often than the synchronization.',
    },
  ];
  if (pilotHours) {
    parts.push({
      kind: 'note',
      text:
        'Time in the pilot: if the pilot rule runs after the same synchronization, available after 1 hour, with the deadline as soon as ' +
        'possible, for pilot devices that are on. Each hour of soak is an hour of older protection in production.',
    });
  }
  return parts;
}

/** When the rule runs, how to make it, how to stop it. */
export const describeConfigmgrRule = (value: ConfigmgrRule): Report => [
  ...scheduleParts(value),
  ...criteriaParts(value),
  {
    kind: 'warning',
    text: 'This rule deploys security intelligence with its engine only. The platform (KB4052623) needs a rule or an approval of its own.',
  },
  ...stopParts(value),
];

/** The input of the worked example; no site's values, and never a default. It has no name, and so no command. */
export const configmgrRuleExample: ConfigmgrRuleInput = {
  ring: 'production',
  syncAt: '03:00',
  syncEveryHours: 24,
  soakHours: 12,
};

const learn = 'https://learn.microsoft.com/';
/** Where each rule comes from; `read` is the date of the copy that was read. */
export const configmgrRuleSources: readonly { readonly title: string; readonly url: string; readonly read: string }[] =
  [
    {
      title:
        'Microsoft Defender Antivirus ring deployment using System Center Configuration Manager and Windows Server Update Services',
      url: `${learn}defender-endpoint/microsoft-defender-antivirus-ring-deployment-sscm-wsus`,
      read: '2023-07-21',
    },
    {
      title: 'Using Configuration Manager Software Updates to Deliver Definition Updates',
      url: `${learn}intune/configmgr/protect/deploy-use/endpoint-definitions-configmgr`,
      read: '2017-10-06',
    },
    {
      title: 'Automatically deploy software updates',
      url: `${learn}intune/configmgr/sum/deploy-use/automatically-deploy-software-updates`,
      read: '2022-08-01',
    },
    {
      title: 'Disable-CMSoftwareUpdateAutoDeploymentRule',
      url: `${learn}powershell/module/configurationmanager/disable-cmsoftwareupdateautodeploymentrule`,
      read: '2019-05-01',
    },
  ];
