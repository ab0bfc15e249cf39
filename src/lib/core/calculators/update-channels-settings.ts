/**
 * The catalogue's entries of the three update channels, less what only pages show. The catalogue is content and core
 * imports none, so they stand here again; a test holds the two equal.
 */
import type { PolicySetting } from '../policy/setting-change.ts';

/** A channel as the sheet, the console, Set-MpPreference and the registry know it. */
export interface Channel {
  readonly id: 'not-configured' | 'beta' | 'preview' | 'staged' | 'broad' | 'delayed';
  readonly label: string;
  readonly word: string;
  /** What the registry gets; left out where it gets nothing. */
  readonly data?: number;
  readonly who: string;
}

/** From the one that gets updates first; what nobody configured gets them when Microsoft decides. */
export const channels: readonly Channel[] = [
  { id: 'beta', label: 'Beta Channel', word: 'Beta', data: 2, who: 'tests only, few devices' },
  {
    id: 'preview',
    label: 'Current Channel (Preview)',
    word: 'Preview',
    data: 3,
    who: 'validation, earliest in the rollout',
  },
  { id: 'staged', label: 'Current Channel (Staged)', word: 'Staged', data: 4, who: 'about 10 % of devices' },
  { id: 'broad', label: 'Current Channel (Broad)', word: 'Broad', data: 5, who: 'production, after the rollout' },
  { id: 'delayed', label: 'Critical - Time delay', word: 'Delayed', data: 6, who: 'critical devices, 48 hours later' },
  {
    id: 'not-configured',
    label: 'Not Configured',
    word: 'NotConfigured',
    who: 'whatever Microsoft assigns, perhaps early',
  },
];

/** Whether security intelligence has it: since the templates of Windows 11 24H2 the time delay is not among them. */
export const isForIntelligence = ({ id }: Channel): boolean => ['staged', 'broad', 'not-configured'].includes(id);

const setting = (
  name: string,
  updates: string,
  valueName: string,
  preference: string,
  offered: readonly Channel[],
): PolicySetting => {
  const title = `Select the channel for Microsoft Defender ${updates} updates`;
  return {
    id: `${name}-update-channel`,
    places: [{ generations: ['microsoft-defender-antivirus'], path: ['Microsoft Defender Antivirus'], title }],
    key: 'SOFTWARE\\Policies\\Microsoft\\Windows Defender',
    elements: [
      {
        id: 'channel',
        label: `${title}:`,
        valueName,
        type: 'REG_DWORD',
        data: {
          is: 'choice',
          options: offered.flatMap(({ data, label }) => (data === undefined ? [] : [{ data, label }])),
        },
        required: true,
      },
    ],
    enabled: { writes: [] },
    disabled: { writes: [{ valueName, delete: true }] },
    preference,
  };
};

/** Platform, engine, security intelligence. */
export const channelSettings = [
  setting('platform', 'monthly platform', 'PlatformRing', 'PlatformUpdatesChannel', channels),
  setting('engine', 'monthly engine', 'EngineRing', 'EngineUpdatesChannel', channels),
  setting(
    'security-intelligence',
    'daily security intelligence',
    'SignaturesRing',
    'DefinitionUpdatesChannel',
    channels.filter(isForIntelligence),
  ),
] as const;
