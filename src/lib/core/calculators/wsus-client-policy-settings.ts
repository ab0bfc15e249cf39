/**
 * The catalogue's entries that a WSUS client policy needs, less what only pages show. The catalogue is content and core
 * imports none, so they stand here again; a test holds the two equal.
 */
import type { PolicySetting } from '../policy/setting-change.ts';

type Element = PolicySetting['elements'][number];
type Options = readonly (readonly [data: number, label: string])[];

const key = 'SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate';
const automaticKey = `${key}\\AU`;

const element = (id: string, label: string, valueName: string, data: Element['data'], required = true): Element => ({
  id,
  label,
  valueName,
  type: 'maxLength' in data ? 'REG_SZ' : 'REG_DWORD',
  data,
  required,
});
const choice = (options: Options): Element['data'] => ({
  is: 'choice',
  options: options.map(([data, label]) => ({ data, label })),
});
const tick = choice([
  [0, 'not ticked'],
  [1, 'ticked'],
]);
const url = { is: 'url', maxLength: 1023 } as const;

/**
 * One entry. Older templates have one folder, current ones several. Disabled turns the switch and deletes the rest.
 *
 * @param on The switch, its number when enabled, and its key where that is another.
 */
const entry = (
  id: string,
  title: string,
  itsKey: string,
  [valueName, data, switchKey]: readonly [string, 0 | 1, string?],
  elements: readonly Element[],
  folder = 'Manage updates offered from Windows Server Update Service',
): PolicySetting => {
  const on = { ...(switchKey && { key: switchKey }), valueName, type: 'REG_DWORD', data } as const;
  return {
    id,
    places: [
      { generations: ['older'], path: ['Windows Update'], title },
      { generations: ['current'], path: ['Windows Update', folder], title },
    ],
    key: itsKey,
    elements: [...elements],
    enabled: { writes: [on] },
    disabled: {
      writes: [
        { ...on, data: 1 - data },
        ...elements.map((one) => ({ valueName: one.valueName, delete: true as const })),
      ],
    },
  };
};

/** What `ScheduledInstallDay` may be. */
const installDays = ['day', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map(
  (day, data) => [data, `${data} - Every ${day}`] as const,
);

export const serviceSetting = entry(
  'intranet-update-service',
  'Specify intranet Microsoft update service location',
  key,
  ['UseWUServer', 1, automaticKey],
  [
    element('service', 'Set the intranet update service for detecting updates:', 'WUServer', url),
    element('statistics', 'Set the intranet statistics server:', 'WUStatusServer', url),
    element('alternate', 'Set the alternate download server:', 'UpdateServiceUrlAlternate', url, false),
  ],
);

export const groupSetting = entry(
  'client-side-targeting',
  'Enable client-side targeting',
  key,
  ['TargetGroupEnabled', 1],
  [element('group', 'Target group name for this computer', 'TargetGroup', { is: 'group-names', maxLength: 1023 })],
);

export const detectionSetting = entry(
  'detection-frequency',
  'Automatic Updates detection frequency',
  automaticKey,
  ['DetectionFrequencyEnabled', 1],
  [element('hours', 'interval (hours):', 'DetectionFrequency', { is: 'whole-number', min: 1, max: 22 })],
);

export const updatingSetting = entry(
  'configure-automatic-updates',
  'Configure Automatic Updates',
  automaticKey,
  ['NoAutoUpdate', 0],
  [
    element(
      'updating',
      'Configure automatic updating:',
      'AUOptions',
      choice([
        [2, '2 - Notify for download and auto install'],
        [3, '3 - Auto download and notify for install'],
        [4, '4 - Auto download and schedule the install'],
        [5, '5 - Allow local admin to choose setting'],
        [7, '7 - Auto Download, Notify to install, Notify to Restart'],
      ]),
    ),
    element('maintenance', 'Install during automatic maintenance', 'AutomaticMaintenanceEnabled', tick, false),
    element('day', 'Scheduled install day:', 'ScheduledInstallDay', choice(installDays), false),
    element(
      'time',
      'Scheduled install time:',
      'ScheduledInstallTime',
      choice([
        [24, 'Automatic'],
        ...Array.from({ length: 24 }, (_, hour) => [hour, `${hour < 10 ? 0 : ''}${hour}:00`] as const),
      ]),
      false,
    ),
    element('other-products', 'Install updates for other Microsoft products', 'AllowMUUpdateService', tick, false),
  ],
  'Manage end user experience',
);

/** In the order of the change: the server last, so that clients know their group before they know it. */
export const wsusClientSettings: readonly PolicySetting[] = [
  groupSetting,
  detectionSetting,
  updatingSetting,
  serviceSetting,
];
