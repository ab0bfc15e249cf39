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
