/**
 * The calculators, for the build and the command line: each has a page of its own, and a word that a runbook may hold.
 *
 * In a runbook the answer of a calculator is content: sentences, tables and commands. Where it can be written down in
 * advance, with holes for the derived values of the sheet, it is (`blocks`): screen, paper and a page without scripts then
 * show the same, and the page needs no code for it. The others are worked out anew at each change, on the reader's own page.
 */
import type { Report } from '../render/report.ts';
import type { Block } from '../runbook/model.ts';
import type { LiveCalculator, Source } from './calculator.ts';
import { calculator as upstreamAddressLive } from './live/upstream-address.ts';
import {
  upstreamAddress,
  upstreamAddressExample,
  upstreamAddressSources,
  describeUpstreamAddress,
} from './upstream-address.ts';
import { calculator as wsusClientPolicyLive } from './live/wsus-client-policy.ts';
import {
  wsusClientPolicy,
  wsusClientPolicyExample,
  wsusClientPolicySources,
  wsusClientPolicyBackground,
  describeWsusClientPolicy,
} from './wsus-client-policy.ts';
import { calculator as soakCheckLive } from './live/soak-check.ts';
import { soakCheck, soakCheckExample, soakCheckSources, describeSoakCheck } from './soak-check.ts';
import { calculator as ringTimelineLive } from './live/ring-timeline.ts';
import {
  ringTimeline,
  ringTimelineExample,
  ringTimelineSources,
  ringTimelineBackground,
  describeRingTimeline,
} from './ring-timeline.ts';
import { calculator as policyRefreshLive } from './live/policy-refresh.ts';
import { policyRefresh, policyRefreshExample, policyRefreshSources, describePolicyRefresh } from './policy-refresh.ts';
import { calculator as ringSizeLive } from './live/ring-size.ts';
import { ringSize, ringSizeExample, ringSizeSources, describeRingSize } from './ring-size.ts';
import { calculator as versionReaderLive } from './live/version-reader.ts';
import { versionReader, versionReaderExample, versionReaderSources, describeVersionReader } from './version-reader.ts';
import { calculator as onboardingPathLive } from './live/onboarding-path.ts';
import {
  onboardingPath,
  onboardingPathExample,
  onboardingPathSources,
  describeOnboardingPath,
} from './onboarding-path.ts';
import { calculator as offboardingPackageLive } from './live/offboarding-package.ts';
import {
  offboardingPackage,
  offboardingPackageExample,
  offboardingPackageSources,
  describeOffboardingPackage,
} from './offboarding-package.ts';
import { calculator as configmgrRuleLive } from './live/configmgr-rule.ts';
import { configmgrRule, configmgrRuleExample, configmgrRuleSources, describeConfigmgrRule } from './configmgr-rule.ts';
import { calculator as updateChannelsLive } from './live/update-channels.ts';
import {
  updateChannels,
  updateChannelsExample,
  updateChannelsSources,
  updateChannelsBackground,
  describeUpdateChannels,
} from './update-channels.ts';
import { calculator as updateCheckLive } from './live/update-check.ts';
import {
  updateCheck,
  updateCheckExample,
  updateCheckSources,
  updateCheckBackground,
  describeUpdateCheck,
} from './update-check.ts';
import { calculator as orderOfSources } from './live/order-of-sources.ts';
import { calculator as syncTimes } from './live/sync-times.ts';
import { orderOfSourcesBlocks } from './order-of-sources-blocks.ts';
import {
  describeOrderOfSources,
  orderOfSources as workOutOrder,
  orderOfSourcesBackground,
  orderOfSourcesExample,
} from './order-of-sources.ts';
import { syncTimesBlocks } from './sync-times-blocks.ts';
import { describeSyncTimesExample } from './sync-times.ts';

export interface Calculator {
  /** Its name in addresses and on the command line. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it works out, and out of what. */
  readonly summary: string;
  readonly live: LiveCalculator;
  /** What it says of its worked example, without commands: nobody can copy what is not theirs. */
  readonly example: () => Report;
  readonly sources: readonly Source[];
  /** What it says whatever is entered: the build writes it below the answer, so that no script has to. */
  readonly background?: () => Report;
  /** How it stands in a runbook where it can be written down in advance. */
  readonly blocks?: () => Block[];
}

const withoutCommands = (report: Report): Report => report.filter(({ kind }) => kind !== 'command' && kind !== 'path');

const learn = 'https://learn.microsoft.com/';

const made = (
  id: string,
  title: string,
  summary: string,
  live: LiveCalculator,
  example: () => Report,
  sources: readonly Source[],
  background?: () => Report,
): Calculator => ({
  id,
  title,
  summary,
  live,
  example: () => withoutCommands(example()),
  sources,
  ...(background && { background }),
});

/** By the word an author writes. */
export const calculators: Readonly<Record<string, Calculator>> = {
  SyncTimes: {
    id: 'sync-times',
    title: 'When this server synchronizes',
    summary: 'All times of a day, local and in UTC, what WSUS stores, and what the next clock change does.',
    live: syncTimes,
    example: describeSyncTimesExample,
    blocks: syncTimesBlocks,
    sources: [
      {
        title: 'Setting up update synchronizations',
        url: `${learn}windows-server/administration/windows-server-update-services/manage/setting-up-update-synchronizations`,
        read: '2017-10-16',
      },
      {
        title: 'ISubscription.SynchronizeAutomaticallyTimeOfDay',
        url: `${learn}previous-versions/windows/desktop/ms750871(v=vs.85)`,
        read: '',
      },
    ],
  },
  OrderOfSources: {
    id: 'order-of-sources',
    title: 'Order of sources',
    summary: 'Where clients get security intelligence, in which order and on which file shares, with the way back.',
    live: orderOfSources,
    example: () => withoutCommands(describeOrderOfSources(workOutOrder(orderOfSourcesExample))),
    background: orderOfSourcesBackground,
    blocks: orderOfSourcesBlocks,
    sources: [
      {
        title: 'Manage protection updates for Microsoft Defender Antivirus',
        url: `${learn}defender-endpoint/manage-protection-updates-microsoft-defender-antivirus`,
        read: '2024-09-27',
      },
      {
        title: 'Ring deployment with Intune and Microsoft Update, which stops updates with FileShares',
        url: `${learn}defender-endpoint/microsoft-defender-antivirus-ring-deployment-intune-microsoft-update`,
        read: '2024-07-25',
      },
    ],
  },
  UpstreamAddress: made(
    'upstream-address',
    'Address of a WSUS server',
    'URL and paired port of a WSUS server, which names must be full, and what clients are told.',
    upstreamAddressLive,
    () => describeUpstreamAddress(upstreamAddress(upstreamAddressExample)),
    upstreamAddressSources,
  ),
  WsusClientPolicy: made(
    'wsus-client-policy',
    'WSUS client policy',
    'Where clients look for updates, in which group, how often, and what they do with what they find.',
    wsusClientPolicyLive,
    () => describeWsusClientPolicy(wsusClientPolicy(wsusClientPolicyExample)),
    wsusClientPolicySources,
    wsusClientPolicyBackground,
  ),
  SoakCheck: made(
    'soak-check',
    'Soak check',
    'The shortest and the longest time an update has been in the pilot when production takes it.',
    soakCheckLive,
    () => describeSoakCheck(soakCheck(soakCheckExample)),
    soakCheckSources,
  ),
  RingTimeline: made(
    'ring-timeline',
    'Ring timeline',
    'When an update reaches the last device of each ring: earliest and latest, with the gates between.',
    ringTimelineLive,
    () => describeRingTimeline(ringTimeline(ringTimelineExample)),
    ringTimelineSources,
    ringTimelineBackground,
  ),
  PolicyRefresh: made(
    'policy-refresh',
    'Policy refresh',
    'When a Group Policy setting is in force at the latest, and the ways to bring it there sooner.',
    policyRefreshLive,
    () => describePolicyRefresh(policyRefresh(policyRefreshExample)),
    policyRefreshSources,
  ),
  RingSize: made(
    'ring-size',
    'Ring sizes',
    'Devices in each ring, and whether a ring is too small to tell anything.',
    ringSizeLive,
    () => describeRingSize(ringSize(ringSizeExample)),
    ringSizeSources,
  ),
  VersionReader: made(
    'version-reader',
    'Version reader',
    'What the versions of platform, engine and security intelligence say, and how far they are behind.',
    versionReaderLive,
    () => describeVersionReader(versionReader(versionReaderExample)),
    versionReaderSources,
  ),
  OnboardingPath: made(
    'onboarding-path',
    'Onboarding path',
    'How an operating system is onboarded with Configuration Manager, and what it needs first.',
    onboardingPathLive,
    () => describeOnboardingPath(onboardingPath(onboardingPathExample)),
    onboardingPathSources,
  ),
  OffboardingPackage: made(
    'offboarding-package',
    'Offboarding package',
    'Until when an offboarding package is accepted, by its file name or the day of its download.',
    offboardingPackageLive,
    () => describeOffboardingPackage(offboardingPackage(offboardingPackageExample)),
    offboardingPackageSources,
  ),
  ConfigmgrRule: made(
    'configmgr-rule',
    'Configuration Manager rule',
    'Criteria, schedule, available time and deadline of an automatic deployment rule, and how to stop it.',
    configmgrRuleLive,
    () => describeConfigmgrRule(configmgrRule(configmgrRuleExample)),
    configmgrRuleSources,
  ),
  UpdateChannels: made(
    'update-channels',
    'Update channels',
    'Which gradual rollout channel each ring may have, and what a channel does not control.',
    updateChannelsLive,
    () => describeUpdateChannels(updateChannels(updateChannelsExample)),
    updateChannelsSources,
    updateChannelsBackground,
  ),
  UpdateCheck: made(
    'update-check',
    'When to check for updates',
    'Day, time or interval at which clients look for security intelligence, and what happens when they miss it.',
    updateCheckLive,
    () => describeUpdateCheck(updateCheck(updateCheckExample)),
    updateCheckSources,
    updateCheckBackground,
  ),
};

/** The calculator with this id, and its word. */
export const calculatorById = (id: string): Calculator | undefined =>
  Object.values(calculators).find((one) => one.id === id);

/**
 * Name of the script with these live calculators; nothing where there are none.
 *
 * @example liveScript(['ring-size', 'soak-check']) //=> 'ringbook-live--ring-size--soak-check.js'
 */
export const liveScript = (ids: readonly string[]): string | undefined =>
  ids.length > 0 ? `ringbook-live--${ids.join('--')}.js` : undefined;
