/**
 * What an order of sources means for the clients that get it: the notes a reader must weigh before setting it.
 * A runbook shows all of them beside their conditions; the calculator's page picks those that hold.
 */

/** The sources, with the letters that Defender knows them by. @see WindowsDefender.admx, SignatureUpdate_FallbackOrder */
export const sourceTokens = ['InternalDefinitionUpdateServer', 'MicrosoftUpdateServer', 'MMPC', 'FileShares'] as const;

/** Days without an update after which a client counts as out of date, unless a policy says otherwise. */
const OUT_OF_DATE_DAYS = 7;

/** Codes of what a reader must weigh; `orderSentences` has the words. */
export type OrderNote =
  | 'wsus-only'
  | 'wsus-needs-approval'
  | 'leaves-wsus'
  | 'mmpc-first'
  | 'mmpc-waits'
  | 'file-shares-alone'
  | 'file-shares-skipped'
  | 'file-shares-unused';

/**
 * @param order Sources in their order.
 * @param shares The file shares, where they are given too: none is an empty list.
 * @example orderNotes(['InternalDefinitionUpdateServer']) //=> ['wsus-only', 'wsus-needs-approval']
 */
export function orderNotes(order: readonly string[], shares?: readonly string[]): OrderNote[] {
  const wsus = order.indexOf('InternalDefinitionUpdateServer');
  const microsoft = order.indexOf('MicrosoftUpdateServer');
  const mmpc = order.indexOf('MMPC');
  const beforeMmpc = order.slice(0, Math.max(mmpc, 0));
  const hasShares = order.includes('FileShares');
  const isAlone = order.length === 1;
  const rules: readonly (readonly [OrderNote, boolean])[] = [
    ['wsus-only', wsus === 0 && isAlone],
    ['wsus-needs-approval', wsus >= 0],
    ['leaves-wsus', wsus >= 0 && wsus < Math.max(microsoft, mmpc)],
    ['mmpc-first', mmpc === 0],
    ['mmpc-waits', beforeMmpc.some((source) => source !== 'FileShares')],
    ['file-shares-alone', hasShares && isAlone && !shares?.length],
    ['file-shares-skipped', hasShares && !isAlone && !shares?.length],
    ['file-shares-unused', !hasShares && Boolean(shares?.length)],
  ];
  return rules.flatMap(([warning, holds]) => (holds ? [warning] : []));
}

/** What each note says. */
export const orderSentences: Readonly<Record<OrderNote, string>> = {
  'wsus-only':
    'WSUS is the only source, so there is no fallback, however old the updates get: watch that it synchronizes and approves.',
  'wsus-needs-approval': 'Clients get from WSUS only what is approved there, whatever tool set this order.',
  'leaves-wsus':
    'When WSUS is out of date, clients go on to the internet, where nobody in your organization approves updates.',
  'mmpc-first': 'MMPC stands first; Microsoft means it as the last resort.',
  'mmpc-waits': `Clients use MMPC only when they are out of date: by default after ${OUT_OF_DATE_DAYS} days in a row without an update.`,
  'file-shares-alone':
    'FileShares is the only source: with an empty list of file shares, security intelligence is frozen until the order is put back. Set an end date.',
  'file-shares-skipped': 'While the list of file shares is empty, clients skip FileShares.',
  'file-shares-unused': 'The order has no FileShares, so clients contact none of the file shares.',
};

/** When each note holds, in words. */
export const orderConditions: Readonly<Record<OrderNote, string>> = {
  'wsus-only': 'InternalDefinitionUpdateServer alone',
  'wsus-needs-approval': 'InternalDefinitionUpdateServer anywhere',
  'leaves-wsus': 'MicrosoftUpdateServer or MMPC after it',
  'mmpc-first': 'MMPC first',
  'mmpc-waits': 'MMPC after WSUS or Microsoft Update',
  'file-shares-alone': 'FileShares alone',
  'file-shares-skipped': 'FileShares with others',
  'file-shares-unused': 'File shares, and no FileShares',
};
