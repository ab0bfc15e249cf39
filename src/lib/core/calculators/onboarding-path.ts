/**
 * Onboarding path: how an operating system comes to Microsoft Defender for Endpoint with Configuration Manager, what must
 * be there before, and what a mixed collection does to it.
 *
 * @see https://learn.microsoft.com/intune/configmgr/protect/deploy-use/defender-advanced-threat-protection
 */
import type { Report, ReportPart } from '../render/report.ts';
import { object, oneOf, type InferShape } from '../shape.ts';
import { commandValue, type Sheet } from '../sheet/sheet.ts';

/** The operating systems that the calculator tells apart, newest first; the labels are for the field. */
export const onboardingSystems = {
  'windows-11': 'Windows 11',
  'windows-10-1709': 'Windows 10, version 1709 or later',
  'windows-10-1607': 'Windows 10, version 1607 or 1703',
  'windows-10-older': 'Windows 10, version 1511 or earlier',
  'windows-8.1': 'Windows 8.1',
  'windows-7-sp1': 'Windows 7 SP1',
  'server-2025': 'Windows Server 2025',
  'server-2022': 'Windows Server 2022',
  'server-2019': 'Windows Server 2019',
  'server-sac-1803': 'Windows Server Semi-Annual Channel, version 1803 or later',
  'server-2016': 'Windows Server 2016',
  'server-2012-r2': 'Windows Server 2012 R2',
  'server-2008-r2-sp1': 'Windows Server 2008 R2 SP1',
  other: 'Another or an older one',
} as const;
export type OnboardingSystem = keyof typeof onboardingSystems;
const systemIds = Object.keys(onboardingSystems).filter((id): id is OnboardingSystem =>
  Object.hasOwn(onboardingSystems, id),
);

/** Versions of Configuration Manager, in the steps in which onboarding changed. */
export const configMgrVersions = {
  '2409': '2409 or later',
  '2207': '2207 to 2403',
  '2107': '2107 to 2203',
  older: 'Before 2107',
} as const;
type ConfigMgrVersion = keyof typeof configMgrVersions;
const configMgrIds = ['2409', '2207', '2107', 'older'] as const satisfies readonly ConfigMgrVersion[];

/** What else is in the collection, as far as it matters. */
export const collectionMixes = {
  'no-mma': 'Only systems that need no Microsoft Monitoring Agent',
  'with-mma': 'Also systems that need the Microsoft Monitoring Agent, such as Windows 8.1',
} as const;

export const OnboardingPathInput = object(
  {
    system: oneOf(systemIds, 'Select the operating system'),
    configMgr: oneOf(configMgrIds, 'Select the version of Configuration Manager'),
    mix: oneOf(['no-mma', 'with-mma'], 'Select what else is in the collection'),
  },
  'Enter the operating system, the version and the collection',
  'The onboarding path must have no other fields',
);
export type OnboardingPathInput = InferShape<typeof OnboardingPathInput>;

/**
 * `onboarding-file`: up-level, the onboarding file alone. `mde-client`: down-level, the MDE Client by client setting.
 * `migrate`: down-level servers, without the client setting. `tool-or-mma`: not in the Configuration Manager article; the
 * Defender deployment tool, or the legacy agent. `mma`: the legacy agent only. `unsupported`: no path that was found.
 */
export type OnboardingWay = 'onboarding-file' | 'mde-client' | 'migrate' | 'tool-or-mma' | 'mma' | 'unsupported';

/** What must be there before; `needTexts` has the words. */
export type OnboardingNeed =
  | 'subscription'
  | 'server-license'
  | 'role'
  | 'endpoint-protection-point'
  | 'oobe'
  | 'client-setting'
  | 'client-setting-mma'
  | 'rollup-2012-r2'
  | 'updates-2016'
  | 'tool-kbs'
  | 'tool-net'
  | 'mma-version'
  | 'workspace';

/** What must be weighed; `noteTexts` has the words. */
export type OnboardingNote =
  | 'mixed'
  | 'mixed-servers'
  | 'mma-retired'
  | 'lifecycle'
  | 'check-1607'
  | 'sac-over'
  | 'server-2025-unlisted'
  | 'configmgr-2409'
  | 'configmgr-2207'
  | 'configmgr-unknown'
  | 'not-listed'
  | 'tool-preview'
  | 'tool-too'
  | 'leave-mma';

export interface OnboardingPath {
  readonly system: OnboardingSystem;
  readonly configMgr: ConfigMgrVersion;
  readonly mix: keyof typeof collectionMixes;
  readonly way: OnboardingWay;
  /** `up-level` takes the file, `down-level` needs an agent; `none` is in neither list. */
  readonly level: 'up-level' | 'down-level' | 'none';
  /** Whether the policy for the collection must carry workspace ID and key. */
  readonly needsWorkspace: boolean;
  readonly needs: readonly OnboardingNeed[];
  readonly notes: readonly OnboardingNote[];
}

const hasClientSetting = (version: ConfigMgrVersion): boolean => version === '2207' || version === '2409';

function wayOf(system: OnboardingSystem, configMgr: ConfigMgrVersion): OnboardingWay {
  switch (system) {
    case 'windows-11':
    case 'windows-10-1709':
    case 'windows-10-1607':
    case 'server-2022':
    case 'server-2019':
    case 'server-sac-1803':
      return 'onboarding-file';
    case 'server-2025':
      return configMgr === '2409' ? 'onboarding-file' : 'unsupported';
    case 'server-2016':
    case 'server-2012-r2':
      return hasClientSetting(configMgr) ? 'mde-client' : 'migrate';
    case 'windows-8.1':
      return 'mma';
    case 'windows-7-sp1':
    case 'server-2008-r2-sp1':
      return 'tool-or-mma';
    case 'windows-10-older':
    case 'other':
      return 'unsupported';
  }
}

const levels: Readonly<Record<OnboardingWay, OnboardingPath['level']>> = {
  'onboarding-file': 'up-level',
  'mde-client': 'down-level',
  migrate: 'down-level',
  mma: 'down-level',
  'tool-or-mma': 'none',
  unsupported: 'none',
};

/** Keeps the names whose condition holds, in their order. */
const those = <T extends string>(rules: readonly (readonly [T, boolean])[]): T[] =>
  rules.flatMap(([name, holds]) => (holds ? [name] : []));

/**
 * Finds the path. Total on parsed input.
 *
 * @example
 * onboardingPath({ system: 'server-2016', configMgr: '2409', mix: 'no-mma' })
 * //=> way 'mde-client', level 'down-level', needsWorkspace false,
 * //   needs subscription, server-license, role, endpoint-protection-point, oobe, client-setting, updates-2016;
 * //   notes leave-mma, tool-too, lifecycle
 */
export function onboardingPath({ system, configMgr, mix }: OnboardingPathInput): OnboardingPath {
  const way = wayOf(system, configMgr);
  const isServer = system.startsWith('server');
  const isSupported = way !== 'unsupported';
  const byMma = way === 'mma' || way === 'tool-or-mma';
  const isMixed = mix === 'with-mma' && (way === 'onboarding-file' || way === 'mde-client');
  const needsWorkspace = isSupported && (byMma || isMixed);
  // The list on the page of the deployment tool; Windows 10 there is 1809 or later.
  const hasTool = system === 'windows-11' || system === 'windows-10-1709' || (isServer && system !== 'server-sac-1803');
  return {
    system,
    configMgr,
    mix,
    way,
    level: system === 'server-2025' ? 'up-level' : levels[way],
    needsWorkspace,
    needs: isSupported
      ? those<OnboardingNeed>([
          ['subscription', true],
          ['server-license', isServer],
          ['role', way !== 'tool-or-mma'],
          ['endpoint-protection-point', way !== 'tool-or-mma'],
          ['oobe', true],
          ['client-setting', way === 'mde-client'],
          ['client-setting-mma', way === 'mma'],
          ['rollup-2012-r2', system === 'server-2012-r2'],
          ['updates-2016', system === 'server-2016'],
          ['tool-kbs', way === 'tool-or-mma'],
          ['tool-net', system === 'server-2008-r2-sp1'],
          ['mma-version', way === 'tool-or-mma'],
          ['workspace', needsWorkspace],
        ])
      : [],
    notes: those<OnboardingNote>([
      ['not-listed', way === 'unsupported' && system !== 'server-2025'],
      ['configmgr-2409', system === 'server-2025' && !isSupported],
      ['server-2025-unlisted', system === 'server-2025'],
      ['configmgr-2207', way === 'migrate'],
      ['mixed', isMixed],
      ['mixed-servers', isMixed && way === 'mde-client'],
      ['mma-retired', byMma || isMixed],
      ['tool-preview', system === 'windows-7-sp1'],
      ['check-1607', system === 'windows-10-1607'],
      ['sac-over', system === 'server-sac-1803'],
      ['leave-mma', way === 'mde-client' || way === 'migrate'],
      ['configmgr-unknown', way === 'onboarding-file' && !hasClientSetting(configMgr)],
      ['tool-too', hasTool && way !== 'tool-or-mma'],
      ['lifecycle', isSupported],
    ]),
  };
}

// --- From the sheet ---------------------------------------------------------------------------------------------

/** Inputs the calculator waits for. */
export const onboardingPathNeeds = ['onboardSystem', 'onboardConfigMgr', 'onboardMix'] as const;
export const onboardingPathAlso = [] as const satisfies readonly string[];

export type OnboardingPathReading =
  | { readonly state: 'ready'; readonly input: OnboardingPathInput }
  /** Ids of the inputs that are missing or wrong. */
  | { readonly state: 'waiting'; readonly waitsFor: readonly string[] };

/**
 * Takes what the calculator needs from a sheet.
 *
 * @example readOnboardingPath({})
 * //=> { state: 'waiting', waitsFor: ['onboardSystem', 'onboardConfigMgr', 'onboardMix'] }
 */
export function readOnboardingPath(sheet: Sheet, _today?: string): OnboardingPathReading {
  const [system, configMgr, mix] = onboardingPathNeeds.map((id) => commandValue(sheet[id]));
  const read = OnboardingPathInput({ system, configMgr, mix });
  return read.ok
    ? { state: 'ready', input: read.value }
    : { state: 'waiting', waitsFor: onboardingPathNeeds.filter((id) => sheet[id]?.state !== 'given') };
}

// --- The words --------------------------------------------------------------------------------------------------

const wayTexts: Readonly<Record<OnboardingWay, string>> = {
  'onboarding-file': 'Onboarding file: deploy a Microsoft Defender ATP policy with the onboarding file.',
  'mde-client':
    'MDE Client: set the client setting to MDE Client (recommended), then deploy a Microsoft Defender ATP policy with the ' +
    'onboarding file. Configuration Manager installs the client.',
  migrate:
    'Migrate: this version of Configuration Manager does not install the MDE Client by client setting. Update it to 2207 or ' +
    'later, or follow the server migration scenarios of Defender for Endpoint.',
  'tool-or-mma':
    'Defender deployment tool, outside the Configuration Manager article; the other way is the Microsoft Monitoring Agent ' +
    '(legacy).',
  mma: 'Microsoft Monitoring Agent (legacy): deploy a Microsoft Defender ATP policy with workspace ID and workspace key.',
  unsupported: 'Not supported: no path was found for this operating system with this version of Configuration Manager.',
};

const needTexts: Readonly<Record<OnboardingNeed, string>> = {
  subscription:
    'A subscription to Microsoft Defender for Endpoint, and the Configuration Manager client on the device.',
  'server-license': 'A server license for Defender for Endpoint.',
  role: 'The security role Endpoint Protection Manager for whoever creates the policy.',
  'endpoint-protection-point':
    'The site system role Endpoint Protection point; without it antivirus and attack surface reduction policies do not arrive.',
  oobe: 'A finished first start of Windows (OOBE): devices cannot be onboarded during it.',
  'client-setting':
    'Client setting "Microsoft Defender for Endpoint Client on Windows Server 2012 R2 and Windows Server 2016" on ' +
    '"MDE Client (recommended)". The default is "Microsoft Monitoring Agent (legacy)".',
  'client-setting-mma':
    'Client setting "Microsoft Defender for Endpoint Client on Windows Server 2012 R2 and Windows Server 2016", on ' +
    '"Microsoft Monitoring Agent (legacy)": a collection for these devices alone keeps servers out of it.',
  'rollup-2012-r2':
    'The latest monthly rollup. With it nothing else is needed; the installer looks for KB3080149 and the Universal C Runtime.',
  'updates-2016':
    'Servicing stack update of 14 September 2021 or later, cumulative update of 20 September 2018 or later, and the feature ' +
    'Microsoft Defender Antivirus installed, enabled and up to date (KB4052623).',
  'tool-kbs': 'For the deployment tool: an x64 system with KB4474419 and KB4490628.',
  'tool-net': 'For the deployment tool on Windows Server 2008 R2: .NET Framework 3.5 or later.',
  'mma-version': 'For the Microsoft Monitoring Agent: version 10.20.18029 or later.',
  workspace:
    'For the Microsoft Monitoring Agent: workspace ID and workspace key from the portal. Type them in the wizard only, and look twice: their order there may differ ' +
    'from the portal. Ringbook never takes them.',
};

const noteTexts: Readonly<Record<OnboardingNote, readonly [kind: 'warning' | 'note', text: string]>> = {
  mixed: [
    'warning',
    'The collection also has systems that need the Microsoft Monitoring Agent. Without workspace ID and key in the policy, ' +
      'onboarding fails on those. Better: give them a collection and a policy of their own.',
  ],
  'mixed-servers': [
    'warning',
    'The instructions for such a mixed collection leave the client setting on Microsoft Monitoring Agent (legacy), which takes ' +
      'Windows Server 2012 R2 and 2016 the legacy way, too. Split the collection before you onboard these servers.',
  ],
  'mma-retired': [
    'warning',
    'The Microsoft Monitoring Agent (Log Analytics agent) was retired on 31 August 2024; choose it for nothing new. Microsoft still names it for ' +
      'Windows 7 SP1, Windows 8.1 and Windows Server 2008 R2. Unconfirmed: whether its way into the cloud still works for ' +
      'every tenant. Try one device first.',
  ],
  lifecycle: [
    'note',
    'An operating system past the end of its lifecycle is usually supported only with Extended Security Updates. The dates were ' +
      'not looked up here.',
  ],
  'check-1607': [
    'warning',
    'Check support first: the article lists Windows 10 from 1607 among the up-level systems, and from 1709 among the supported ones.',
  ],
  'sac-over': [
    'note',
    'Releases of the Semi-Annual Channel may be past the end of their support: check before you onboard.',
  ],
  'server-2025-unlisted': [
    'note',
    'The Configuration Manager article does not list Windows Server 2025. Defender for Endpoint supports it, and the ' +
      'Configuration Manager client does from version 2409.',
  ],
  'configmgr-2409': [
    'warning',
    'Update Configuration Manager to 2409 or later before you onboard Windows Server 2025 with it.',
  ],
  'configmgr-2207': [
    'warning',
    'From version 2107 with its update rollup, Endpoint Protection policies can configure the unified client; only from 2207 ' +
      'does Configuration Manager install it by itself. Do not choose the Microsoft Monitoring Agent instead.',
  ],
  'configmgr-unknown': [
    'note',
    'The article describes Configuration Manager 2207 and later. Unconfirmed: whether its steps hold for your version word by word.',
  ],
  'not-listed': [
    'warning',
    'None of the lists of supported systems that were read has it. Do not deploy the policy to it.',
  ],
  'tool-preview': ['note', 'For Windows 7 SP1 the deployment tool was in preview when its page was read.'],
  'tool-too': [
    'note',
    'Another way is the Defender deployment tool, which Configuration Manager can distribute (Windows 10 from version 1809). Its ' +
      'page asks for preview features in the tenant, and has a download without them as well.',
  ],
  'leave-mma': [
    'note',
    'Servers that report through the Microsoft Monitoring Agent today should move away from it: remove what depends on it.',
  ],
};

const consolePaths: readonly Extract<ReportPart, { kind: 'path' }>[] = [
  {
    kind: 'path',
    label: 'Create the policy',
    steps: [
      'Assets and Compliance',
      'Endpoint Protection',
      'Microsoft Defender ATP Policies',
      'Create Microsoft Defender ATP Policy',
      'Onboarding',
    ],
  },
  { kind: 'path', label: 'Watch it', steps: ['Monitoring', 'Security', 'Microsoft Defender ATP'] },
];

/** The path, what it needs, what to weigh and where to click; no clicks where there is no path by policy. */
export function describeOnboardingPath(value: OnboardingPath): Report {
  const { system, configMgr, mix, way, level, needs, notes } = value;
  const byPolicy = way === 'onboarding-file' || way === 'mde-client' || way === 'mma';
  const parts: ReportPart[] = [
    { kind: way === 'unsupported' ? 'warning' : 'sentence', text: wayTexts[way] },
    {
      kind: 'facts',
      caption: 'Decided for',
      rows: [
        { label: 'Operating system', value: `${onboardingSystems[system]}${level === 'none' ? '' : ` (${level})`}` },
        { label: 'Configuration Manager', value: configMgrVersions[configMgr] },
        { label: 'Collection', value: collectionMixes[mix] },
      ],
    },
    ...notes.map((note): ReportPart => ({ kind: noteTexts[note][0], text: noteTexts[note][1] })),
  ];
  if (needs.length > 0) {
    parts.push({
      kind: 'table',
      caption: 'Before you start',
      head: ['What must be there'],
      rows: needs.map((need) => [needTexts[need]]),
    });
  }
  if (!byPolicy) return parts;
  parts.push({
    kind: 'path',
    label: 'Get the onboarding file',
    steps: ['security.microsoft.com', 'System', 'Settings', 'Endpoints', 'Onboarding'],
  });
  parts.push({
    kind: 'sentence',
    text:
      'Select Windows 10 and 11, the file for up-level servers as well, and Microsoft Endpoint Configuration Manager current ' +
      'branch and later. The file holds sensitive information: keep it secure.',
  });
  if (way === 'mde-client') {
    parts.push({
      kind: 'path',
      label: 'Set the client setting',
      steps: [
        'Administration',
        'Client Settings',
        'Endpoint Protection',
        'Microsoft Defender for Endpoint Client on Windows Server 2012 R2 and Windows Server 2016',
        'MDE Client (recommended)',
      ],
    });
  }
  parts.push(...consolePaths, {
    kind: 'warning',
    text: 'Never deploy onboarding and offboarding to the same device at the same time.',
  });
  return parts;
}

/** The input of the worked example; no site's values, and never a default. */
export const onboardingPathExample: OnboardingPathInput = { system: 'server-2016', configMgr: '2409', mix: 'no-mma' };

const learn = 'https://learn.microsoft.com/';
/** Where each rule comes from; `read` is the date of the copy that was read. */
export const onboardingPathSources: readonly { readonly title: string; readonly url: string; readonly read: string }[] =
  [
    {
      title: 'Microsoft Defender for Endpoint (Configuration Manager)',
      url: `${learn}intune/configmgr/protect/deploy-use/defender-advanced-threat-protection`,
      read: '2023-08-01',
    },
    {
      title: 'Onboard Windows devices using Configuration Manager',
      url: `${learn}defender-endpoint/configure-endpoints-sccm`,
      read: '2024-12-13',
    },
    {
      title: 'Minimum requirements for Microsoft Defender for Endpoint',
      url: `${learn}defender-endpoint/minimum-requirements`,
      read: '2025-11-17',
    },
    {
      title: 'Update your agent on devices for Microsoft Defender for Endpoint',
      url: `${learn}defender-endpoint/update-agent-mma-windows`,
      read: '2025-03-26',
    },
    {
      title: 'Onboard Windows Server 2012 R2 and Windows Server 2016 to Microsoft Defender for Endpoint',
      url: `${learn}defender-endpoint/onboard-windows-server-2012r2-2016`,
      read: '2025-04-04',
    },
    {
      title: 'Deploy Microsoft Defender endpoint security to Windows devices using the Defender deployment tool',
      url: `${learn}defender-endpoint/defender-deployment-tool-windows`,
      read: '2026-05-26',
    },
    {
      title: 'Supported clients of Configuration Manager 2409',
      url: 'https://github.com/MicrosoftDocs/memdocs/pull/5121',
      read: '2026-05',
    },
  ];
