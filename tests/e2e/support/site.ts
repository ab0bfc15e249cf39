/** One site, filled in whole: a downstream server behind another WSUS server, in Berlin. */
import { derived } from '../../../src/lib/core/sheet/derived.ts';

export type Values = Readonly<Record<string, string>>;

/** In the order of the sheet, so that a field is filled in after the one that makes it appear. */
export const site: Values = {
  upstreamSource: 'wsus',
  upstreamServer: 'wsus1.contoso.com',
  upstreamPort: '8531',
  useSsl: 'yes',
  serverRole: 'autonomous',
  languages: 'all',
  useProxy: 'no',
  syncMode: 'automatic',
  firstSync: '17:00',
  syncsPerDay: '4',
  timeZone: 'Europe/Berlin',
  soakHours: '12',
  wsusServer: 'wsus2.contoso.com',
  wsusPort: '8530',
  wsusSsl: 'no',
  targetGroup: 'Defender-Production',
  detectionHours: '4',
  sampleClient: 'pc-0117',
  productionGpo: 'MDAV_Settings_Production',
  productionOu: 'OU=Clients,DC=contoso,DC=com',
  templates: 'microsoft-defender-antivirus',
  productionOrder: 'InternalDefinitionUpdateServer',
  orderBeforeState: 'enabled',
  orderBefore: 'MicrosoftUpdateServer|MMPC',
  orderFreezeState: 'enabled',
  orderFreeze: 'InternalDefinitionUpdateServer',
  sharesBeforeState: 'not-configured',
  freezeUntil: '2026-11-30',
  backupFolder: 'C:\\GPO-Backups',
};

/** What is added where the site has a proxy, with everything that a proxy can ask for. */
export const proxy: Values = {
  useProxy: 'yes',
  proxyServer: 'proxy.contoso.com',
  proxyPort: '8080',
  proxyCredentials: 'yes',
  proxyUser: 'CONTOSO\\svc-wsus',
  proxyBasic: 'yes',
};

/** An input and every value that is worked out of it. */
export const namesThatNeed = (input: string): string[] => [
  input,
  ...Object.values(derived).flatMap(({ id, needs }) => (needs.includes(input) ? [id] : [])),
];
