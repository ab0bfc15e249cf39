/**
 * The calculators that a runbook may hold, by the word an author writes.
 *
 * A calculator's answer is content: sentences, tables and commands with holes. What it works out are derived values of the
 * sheet, and the page fills them in like any other value; so screen, paper and a page without scripts show the same.
 */
import type { Block } from '../runbook/model.ts';
import { orderOfSourcesBlocks } from './order-of-sources-blocks.ts';
import { syncTimesBlocks } from './sync-times-blocks.ts';

export interface Calculator {
  readonly title: string;
  /** Inputs that it asks for; a runbook that holds it lists them. */
  readonly needs: readonly string[];
  readonly blocks: () => Block[];
}

export const calculators: Readonly<Record<string, Calculator>> = {
  SyncTimes: {
    title: 'When this server synchronizes',
    needs: ['syncMode', 'firstSync', 'syncsPerDay', 'timeZone'],
    blocks: syncTimesBlocks,
  },
  OrderOfSources: {
    title: 'What the order means, how to try and check it, and the way back',
    needs: ['productionOrder', 'productionGpo', 'orderBeforeState', 'orderBefore'],
    blocks: orderOfSourcesBlocks,
  },
};
