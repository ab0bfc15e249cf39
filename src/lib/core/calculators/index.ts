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
import { calculator as orderOfSources } from './live/order-of-sources.ts';
import { calculator as syncTimes } from './live/sync-times.ts';
import { orderOfSourcesBlocks } from './order-of-sources-blocks.ts';
import { describeOrderOfSources, orderOfSources as workOutOrder, orderOfSourcesExample } from './order-of-sources.ts';
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
  /** How it stands in a runbook where it can be written down in advance. */
  readonly blocks?: () => Block[];
}

const withoutCommands = (report: Report): Report => report.filter(({ kind }) => kind !== 'command' && kind !== 'path');

const learn = 'https://learn.microsoft.com/';

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
    summary: 'Where clients get security intelligence, in which order, as clicks and commands, with the way back.',
    live: orderOfSources,
    example: () => withoutCommands(describeOrderOfSources(workOutOrder(orderOfSourcesExample))),
    blocks: orderOfSourcesBlocks,
    sources: [
      {
        title: 'Manage protection updates for Microsoft Defender Antivirus',
        url: `${learn}defender-endpoint/manage-protection-updates-microsoft-defender-antivirus`,
        read: '2024-09-27',
      },
    ],
  },
};

/** The calculator with this id, and its word. */
export const calculatorById = (id: string): Calculator | undefined =>
  Object.values(calculators).find((one) => one.id === id);
