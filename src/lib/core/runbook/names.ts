/** What readers call the closed values of a runbook's front matter. */
import type { Runbook } from './model.ts';

const rings: Readonly<Record<Runbook['ring'], string>> = { pilot: 'Pilot', production: 'Production', any: 'Any ring' };
const tools: Readonly<Record<Runbook['tools'][number], string>> = {
  'group-policy': 'Group Policy',
  wsus: 'WSUS',
  'microsoft-update': 'Microsoft Update',
  'file-share': 'File share',
  intune: 'Intune',
  'configuration-manager': 'Configuration Manager',
};

export const nameOfRing = (ring: Runbook['ring']): string => rings[ring];
export const nameOfTool = (tool: Runbook['tools'][number]): string => tools[tool];

/**
 * How long the work of a whole runbook takes, as readers plan it.
 *
 * @param minutes From 1. More than five hours are told in hours.
 * @example workTime(290) //=> 'about 290 minutes of work'
 */
export const workTime = (minutes: number): string =>
  minutes > 300 ? `about ${Math.round(minutes / 60)} hours of work` : `about ${minutes} minutes of work`;
