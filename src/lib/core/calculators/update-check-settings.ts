/**
 * The catalogue's entries about the time of a check, less what only pages show. The catalogue is content and core
 * imports none, so they stand here again; a test holds the two equal.
 */
import type { PolicySetting } from '../policy/setting-change.ts';

const root = 'SOFTWARE\\Policies\\Microsoft\\Windows Defender';

/** Days as the template lists them: Never stands first and is 8, every day is 0, Sunday 1. */
const days: readonly (readonly [number, string])[] = [
  [8, 'Never'],
  ...['Every Day', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map(
    (day, data) => [data, day] as const,
  ),
];
/** A number from `min` to `max`, or what the list says. */
type Range = readonly [id: string, min: number, max: number, label?: string];

/**
 * @param range Its number; left out for a policy that is on or off.
 * @param on What Enabled writes where the policy is on or off: 0 where the value is named after the opposite.
 */
const setting = (
  id: string,
  title: string,
  valueName: string,
  preference: string | undefined,
  range: Range | undefined,
  on: 0 | 1 = 1,
  folder = 'Security Intelligence Updates',
): PolicySetting => {
  const data = (number: number) => ({ valueName, type: 'REG_DWORD' as const, data: number });
  const [element, min = 0, max = 0, label = title] = range ?? [];
  const isDay = element === 'day';
  return {
    id,
    places: [
      {
        generations: ['microsoft-defender-antivirus'],
        path: ['Microsoft Defender Antivirus', ...(folder ? [folder] : [])],
        title,
      },
    ],
    key: root + (folder && (folder === 'Scan' ? '\\Scan' : '\\Signature Updates')),
    elements:
      element === undefined
        ? []
        : [
            {
              id: element,
              label,
              valueName,
              type: 'REG_DWORD',
              data: isDay
                ? { is: 'choice', options: days.map(([number, day]) => ({ data: number, label: day })) }
                : { is: 'whole-number', min, max },
              required: isDay,
            },
          ],
    enabled: { writes: range ? [] : [data(on)] },
    disabled: { writes: [range ? { valueName, delete: true } : data(1 - on)] },
    ...(preference !== undefined && { preference }),
  };
};

const most = 4_294_967_295;
const check = 'to check for security intelligence updates';
const outOfDate = (kind: string): string =>
  `Define the number of days before ${kind} security intelligence is considered out of date`;

/** By the input that sets them, in the order in which they are shown; out-of-date days are two policies. */
export const checkSettings = {
  checkDay: setting('update-check-day', `Specify the day of the week ${check}`, 'ScheduleDay', 'SignatureScheduleDay', [
    'day',
    0,
    8,
  ]),
  checkTime: setting('update-check-time', `Specify the time ${check}`, 'ScheduleTime', 'SignatureScheduleTime', [
    'minutes',
    0,
    1440,
  ]),
  checkHours: setting(
    'update-check-interval',
    `Specify the interval ${check}`,
    'SignatureUpdateInterval',
    'SignatureUpdateInterval',
    ['hours', 0, 24],
  ),
  catchUpDays: setting(
    'update-catch-up',
    'Define the number of days after which a catch-up security intelligence update is required',
    'SignatureUpdateCatchupInterval',
    'SignatureUpdateCatchupInterval',
    ['days', 0, most],
  ),
  virusDue: setting('virus-out-of-date', outOfDate('virus'), 'AVSignatureDue', undefined, ['days', 0, most]),
  spywareDue: setting('spyware-out-of-date', outOfDate('spyware'), 'ASSignatureDue', undefined, ['days', 0, most]),
  randomizeTasks: setting(
    'randomize-scheduled-tasks',
    'Randomize scheduled task times',
    'RandomizeScheduleTaskTimes',
    'RandomizeScheduleTaskTimes',
    undefined,
    1,
    '',
  ),
  randomHours: setting(
    'randomization-window',
    'Configure scheduled task times randomization window',
    'SchedulerRandomizationTime',
    'SchedulerRandomizationTime',
    ['hours', 1, 23, 'Specify scheduler randomization window in hours.'],
    1,
    '',
  ),
  checkAtStartup: setting(
    'update-on-startup',
    'Check for the latest virus and spyware security intelligence on startup',
    'UpdateOnStartUp',
    undefined,
    undefined,
  ),
  updateWithoutEngine: setting(
    'update-without-engine',
    'Initiate security intelligence update on startup',
    'DisableUpdateOnStartupWithoutEngine',
    'SignatureDisableUpdateOnStartupWithoutEngine',
    undefined,
    0,
  ),
  scanAfterUpdate: setting(
    'scan-after-update',
    'Turn on scan after security intelligence update',
    'DisableScanOnUpdate',
    undefined,
    undefined,
    0,
  ),
  updateOnBattery: setting(
    'update-on-battery',
    'Allow security intelligence updates when running on battery power',
    'DisableScheduledSignatureUpdateOnBattery',
    undefined,
    undefined,
    0,
  ),
  checkBeforeScan: setting(
    'update-before-scan',
    'Check for the latest virus and spyware security intelligence before running a scheduled scan',
    'CheckForSignaturesBeforeRunningScan',
    'CheckForSignaturesBeforeRunningScan',
    undefined,
    1,
    'Scan',
  ),
};
