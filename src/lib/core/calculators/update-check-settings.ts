/**
 * The catalogue's entries about the time of a check, less what only pages show. The catalogue is content and core
 * imports none, so they stand here again; a test holds the two equal.
 */
import type { PolicySetting } from '../policy/setting-change.ts';

/** Days as the template lists them: Never stands first and is 8, every day is 0, Sunday 1. */
const days = [
  { data: 8, label: 'Never' },
  ...['Every Day', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map((label, data) => ({
    data,
    label,
  })),
];
/** A number from `min` to `max`; the day has a list instead. */
type Range = readonly [id: string, min: number, max: number, label?: string];

/**
 * @param input The input that sets it.
 * @param prefix What the parameter of Set-MpPreference has before the name of the registry value; left out where there is none.
 * @param range Its number, or what Enabled writes where the policy is on or off: 0 where the value is named after the opposite.
 */
const entry = <Name extends string>(
  input: Name,
  id: string,
  title: string,
  valueName: string,
  prefix: '' | 'Signature' | undefined,
  range: Range | 0 | 1,
  folder: '' | 'Scan' | 'Security Intelligence Updates' = 'Security Intelligence Updates',
): readonly [Name, PolicySetting] => {
  const number = (data: number) => ({ valueName, type: 'REG_DWORD' as const, data });
  const isSwitch = typeof range === 'number';
  const [element, min, max, label = title] = isSwitch ? ['', 0, 0] : range;
  const isDay = element === 'day';
  return [
    input,
    {
      id,
      places: [
        {
          generations: ['microsoft-defender-antivirus'],
          path: ['Microsoft Defender Antivirus', ...(folder ? [folder] : [])],
          title,
        },
      ],
      key: `SOFTWARE\\Policies\\Microsoft\\Windows Defender${folder && (folder === 'Scan' ? '\\Scan' : '\\Signature Updates')}`,
      elements: isSwitch
        ? []
        : [
            {
              id: element,
              label,
              valueName,
              type: 'REG_DWORD',
              data: isDay ? { is: 'choice', options: days } : { is: 'whole-number', min, max },
              required: isDay,
            },
          ],
      enabled: { writes: isSwitch ? [number(range)] : [] },
      disabled: { writes: [isSwitch ? number(1 - range) : { valueName, delete: true }] },
      ...(prefix !== undefined && { preference: prefix + valueName }),
    },
  ];
};

const most = 4_294_967_295;
const check = 'to check for security intelligence updates';
const outOfDate = (kind: string): string =>
  `Define the number of days before ${kind} security intelligence is considered out of date`;
const latest = 'Check for the latest virus and spyware security intelligence';

/** With the input that sets each, in the order in which they are shown; out-of-date days are two policies. */
export const checkSettings = [
  entry('checkDay', 'update-check-day', `Specify the day of the week ${check}`, 'ScheduleDay', 'Signature', [
    'day',
    0,
    8,
  ]),
  entry('checkTime', 'update-check-time', `Specify the time ${check}`, 'ScheduleTime', 'Signature', [
    'minutes',
    0,
    1440,
  ]),
  entry('checkHours', 'update-check-interval', `Specify the interval ${check}`, 'SignatureUpdateInterval', '', [
    'hours',
    0,
    24,
  ]),
  entry(
    'catchUpDays',
    'update-catch-up',
    'Define the number of days after which a catch-up security intelligence update is required',
    'SignatureUpdateCatchupInterval',
    '',
    ['days', 0, most],
  ),
  entry('virusDue', 'virus-out-of-date', outOfDate('virus'), 'AVSignatureDue', undefined, ['days', 0, most]),
  entry('spywareDue', 'spyware-out-of-date', outOfDate('spyware'), 'ASSignatureDue', undefined, ['days', 0, most]),
  entry(
    'randomizeTasks',
    'randomize-scheduled-tasks',
    'Randomize scheduled task times',
    'RandomizeScheduleTaskTimes',
    '',
    1,
    '',
  ),
  entry(
    'randomHours',
    'randomization-window',
    'Configure scheduled task times randomization window',
    'SchedulerRandomizationTime',
    '',
    ['hours', 1, 23, 'Specify scheduler randomization window in hours.'],
    '',
  ),
  entry('checkAtStartup', 'update-on-startup', `${latest} on startup`, 'UpdateOnStartUp', undefined, 1),
  entry(
    'updateWithoutEngine',
    'update-without-engine',
    'Initiate security intelligence update on startup',
    'DisableUpdateOnStartupWithoutEngine',
    'Signature',
    0,
  ),
  entry(
    'scanAfterUpdate',
    'scan-after-update',
    'Turn on scan after security intelligence update',
    'DisableScanOnUpdate',
    undefined,
    0,
  ),
  entry(
    'updateOnBattery',
    'update-on-battery',
    'Allow security intelligence updates when running on battery power',
    'DisableScheduledSignatureUpdateOnBattery',
    undefined,
    0,
  ),
  entry(
    'checkBeforeScan',
    'update-before-scan',
    `${latest} before running a scheduled scan`,
    'CheckForSignaturesBeforeRunningScan',
    '',
    1,
    'Scan',
  ),
] as const;
