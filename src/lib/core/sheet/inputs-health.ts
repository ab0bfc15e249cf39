/**
 * Inputs of the weekly health check, of choosing a method and of readiness, as rows of the vocabulary.
 */
import type { Input } from './inputs.ts';

type Row = Omit<Input, 'id'>;

const samples = (ring: string, example: string): Row => ({
  kind: 'text',
  group: 'clients',
  label: `Sample computers, ${ring} ring`,
  ask: `Enter the sample computers of the ${ring} ring`,
  hint: 'Five names with commas between them.',
  example,
});

const contact = (who: string, example: string): Row => ({
  kind: 'text',
  group: 'safety',
  label: `How to reach ${who}`,
  ask: `Enter how to reach ${who}`,
  hint: 'A name and a number that somebody answers.',
  example,
});

const start = (ring: string, example: string): Row => ({
  kind: 'date',
  group: 'schedule',
  label: `Start of the ${ring} ring`,
  ask: `Enter the day on which the ${ring} ring starts`,
  hint: 'Year-month-day.',
  example,
});

/** `wsusServer` and its port and group are those of the server a runbook is about; here are two. */
const wsusOf = (ring: string, server: string, group: string): Readonly<Record<string, Row>> => ({
  [`${ring}WsusServer`]: {
    kind: 'host',
    group: 'clients',
    label: `WSUS server of the ${ring} ring`,
    ask: `Enter the WSUS server of the ${ring} ring`,
    hint: `The server that the ${ring} computers use, by its DNS name.`,
    example: server,
  },
  [`${ring}WsusPort`]: {
    kind: 'port',
    group: 'clients',
    label: `Port of the ${ring} WSUS server`,
    ask: `Enter the port of the WSUS server of the ${ring} ring`,
    hint: 'Usually 8530, or 8531 with SSL.',
    example: '8530',
  },
  [`${ring}WsusSsl`]: {
    kind: 'yes-no',
    group: 'clients',
    label: `SSL on the ${ring} WSUS server`,
    ask: `Select yes if the WSUS server of the ${ring} ring is reached over SSL`,
    hint: 'With SSL its full name is needed.',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  [`${ring}TargetGroup`]: {
    kind: 'group',
    group: 'clients',
    label: `Computer group, ${ring} ring`,
    ask: `Enter the computer group of the ${ring} ring`,
    hint: 'As it is called in the WSUS console.',
    example: group,
  },
});

export const healthInputs: Readonly<Record<string, Row>> = {
  // --- Weekly health: both rings stand side by side ---------------------------------------------------------------
  ...wsusOf('pilot', 'wsus1.contoso.com', 'Defender-Pilot'),
  ...wsusOf('production', 'wsus2.contoso.com', 'Defender-Production'),
  sampleReach: {
    kind: 'choice',
    group: 'clients',
    label: 'How you read the sample computers',
    ask: 'Select how you read the sample computers',
    hint: 'The network way needs PowerShell remoting; ask tier 2.',
    options: [
      { value: 'network', label: 'From my computer, over the network' },
      { value: 'each', label: 'At each computer, one after the other' },
    ],
  },
  pilotSamples: samples('pilot', 'pc-0012, pc-0031, lt-0044, srv-test1, pc-0090'),
  productionSamples: samples('production', 'pc-0117, pc-0203, lt-0311, srv-app2, pc-0425'),

  // --- Choosing a method -------------------------------------------------------------------------------------------
  deviceManager: {
    kind: 'choice',
    group: 'clients',
    label: 'What sets Defender policies',
    ask: 'Select what sets the Defender policies of these devices',
    hint: 'The tool in use today, not the one you would like.',
    options: [
      { value: 'intune', label: 'Intune' },
      { value: 'configuration-manager', label: 'Configuration Manager' },
      { value: 'group-policy', label: 'Group Policy' },
    ],
  },
  clientInternet: {
    kind: 'yes-no',
    group: 'clients',
    label: 'Devices reach Microsoft directly',
    ask: 'Select yes if the devices may fetch updates from the internet themselves',
    hint: 'Without a server of yours in between; a proxy may be.',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  wsusRuns: {
    kind: 'yes-no',
    group: 'clients',
    label: 'WSUS server in use',
    ask: 'Select yes if a WSUS server serves these devices and stays',
    hint: 'One that you keep for the next years.',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  holdIntelligence: {
    kind: 'yes-no',
    group: 'clients',
    label: 'Production waits for security intelligence',
    ask: 'Select yes if production must get security intelligence later than the pilot',
    hint: 'This is about the updates of each day, not about the platform.',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ],
  },
  ringMethod: {
    kind: 'choice',
    group: 'clients',
    label: 'Method for the rings',
    ask: 'Select the method for the rings',
    hint: 'The one that the page shows, or the one you decided on.',
    options: [
      { value: 'intune-microsoft-update', label: 'Intune and Microsoft Update' },
      { value: 'configmgr-wsus', label: 'Configuration Manager and WSUS' },
      { value: 'gpo-microsoft-update', label: 'Group Policy and Microsoft Update' },
      { value: 'gpo-network-share', label: 'Group Policy and a network share' },
      { value: 'gpo-wsus', label: 'Group Policy and WSUS' },
    ],
  },

  // --- Readiness, and whom to call -----------------------------------------------------------------------------------
  tier2Contact: contact('tier 2', 'Service desk, extension 4711'),
  tier3Contact: contact('tier 3', 'Endpoint engineering on call, 0151 5550100'),
  tier4Contact: contact('Microsoft support', 'Contract 123456, 0800 5550199'),
  pilotStart: start('pilot', '2026-12-07'),
  productionStart: start('production', '2027-01-11'),
};
