/**
 * The vocabulary of the sheet: everything a runbook may ask a reader about the site, and what counts as an answer.
 *
 * A field is read, never rewritten: the text stays as typed, the value beside it is what the text means (`rules.ts`).
 */
import { soakCheckInputs } from '../calculators/soak-check-inputs.ts';
import { ringTimelineInputs } from '../calculators/ring-timeline-inputs.ts';
import { policyRefreshInputs } from '../calculators/policy-refresh-inputs.ts';
import { ringSizeInputs } from '../calculators/ring-size-inputs.ts';
import { versionReaderInputs } from '../calculators/version-reader-inputs.ts';
import { onboardingPathInputs } from '../calculators/onboarding-path-inputs.ts';
import { offboardingPackageInputs } from '../calculators/offboarding-package-inputs.ts';
import { configmgrRuleInputs } from '../calculators/configmgr-rule-inputs.ts';
import { updateChannelsInputs } from '../calculators/update-channels-inputs.ts';
import { updateCheckInputs } from '../calculators/update-check-inputs.ts';
import { pilotInputs } from './inputs-pilot.ts';
import { configmgrInputs } from './inputs-configmgr.ts';
import { intuneInputs } from './inputs-intune.ts';
import { shareInputs } from './inputs-share.ts';
import { healthInputs } from './inputs-health.ts';
import { readField, type Field, type InputKind, type Reading } from './rules.ts';

export type InputGroup = 'upstream' | 'proxy' | 'schedule' | 'clients' | 'group-policy' | 'safety';

export interface Input extends Field {
  readonly id: string;
  /** The instruction for whoever has to fill it in: "Enter the upstream port". */
  readonly ask: string;
  /** One short sentence beside the label. */
  readonly hint: string;
  /** Shown as "for example …" after the hint. It is never a default: what is not entered stays a named blank. */
  readonly example?: string | undefined;
  readonly group: InputGroup;
  /** Another ring, or the server of another ring, has another value: it is never taken over from there unseen. */
  readonly perRing?: true;
}

/** The groups in the order in which a reader fills them in. */
export const inputGroups: readonly { readonly id: InputGroup; readonly label: string }[] = [
  { id: 'upstream', label: 'Upstream' },
  { id: 'proxy', label: 'Proxy' },
  { id: 'schedule', label: 'Schedule' },
  { id: 'clients', label: 'This server and its clients' },
  { id: 'group-policy', label: 'Group Policy' },
  { id: 'safety', label: 'Before the change, and the way back' },
];

// --- Rows -------------------------------------------------------------------------------------------------------

type Row = Omit<Input, 'id'>;
/** In every row: group, label, instruction when empty, hint, example. */
type Words = readonly [group: InputGroup, label: string, ask: string, hint: string, example?: string];

const row = (kind: InputKind, [group, label, ask, hint, example]: Words, more?: Partial<Row>): Row => ({
  kind,
  group,
  label,
  ask,
  hint,
  example,
  ...more,
});
const host = (...words: Words): Row => row('host', words);
const port = (...words: Words): Row => row('port', words);
const count = (largest: number, ...words: Words): Row => row('count', words, { largest });
const hours = (largest: number, ...words: Words): Row => row('count', words, { largest, unit: 'hours' });
const text = (...words: Words): Row => row('text', words);
const exact = (...words: Words): Row => row('exact', words);
const choice = (options: Readonly<Record<string, string>>, ...words: Words): Row =>
  row('choice', words, { options: Object.entries(options).map(([value, label]) => ({ value, label })) });
const yesNo = (...words: Words): Row => ({ ...choice({ yes: 'Yes', no: 'No' }, ...words), kind: 'yes-no' });

/** Marks what belongs to one ring, or to its server. */
const ofRing = (input: Row): Row => ({ ...input, perRing: true });

const policyStates = { 'not-configured': 'Not Configured', disabled: 'Disabled', enabled: 'Enabled' };

const rows = {
  upstreamSource: ofRing(
    choice(
      { wsus: 'Another WSUS server', 'microsoft-update': 'Microsoft Update' },
      'upstream',
      'Synchronize from',
      'Select where this server synchronizes from',
      'Where this server gets its updates.',
    ),
  ),
  upstreamServer: ofRing(
    host(
      'upstream',
      'Upstream server',
      'Enter the upstream server',
      'The WSUS server to synchronize from, by its DNS name.',
      'wsus1.contoso.com',
    ),
  ),
  upstreamPort: ofRing(
    port('upstream', 'Upstream port', 'Enter the upstream port', 'Usually 8530, or 8531 with SSL.', '8530'),
  ),
  useSsl: ofRing(
    yesNo(
      'upstream',
      'SSL towards the upstream',
      'Select yes if this server reaches its upstream over SSL',
      'With SSL the upstream needs its full name.',
    ),
  ),
  serverRole: ofRing(
    choice(
      { autonomous: 'Autonomous', replica: 'Replica' },
      'upstream',
      'Role of this server',
      'Select the role of this server',
      "Of the ring's WSUS server: a replica takes its approvals from the upstream.",
    ),
  ),
  languages: choice(
    { all: 'All languages', subset: 'Only some languages' },
    'upstream',
    'Languages',
    'Select which languages to download',
    'A downstream server can have only what its upstream has.',
  ),
  languageList: text(
    'upstream',
    'Language list',
    'Enter the languages to download',
    'Separated by commas, English included.',
    'English, German',
  ),

  useProxy: yesNo(
    'proxy',
    'Proxy',
    'Select yes if this server synchronizes through a proxy',
    'For synchronization only, not for clients.',
  ),
  proxyServer: host(
    'proxy',
    'Proxy server',
    'Enter the proxy server',
    'The name of the proxy, without http://.',
    'proxy.contoso.com',
  ),
  proxyPort: port('proxy', 'Proxy port', 'Enter the proxy port', 'The console suggests 80.', '8080'),
  proxyCredentials: yesNo(
    'proxy',
    'Proxy user needed',
    'Select yes if the proxy asks for a user',
    'Some proxies ask who connects.',
  ),
  proxyUser: text('proxy', 'Proxy user', 'Enter the user for the proxy', 'Domain and user name.', 'CONTOSO\\svc-wsus'),
  proxyPassword: {
    ...text(
      'proxy',
      'Proxy password',
      'Type the password on the server: Ringbook never takes it',
      'Typed on the server only, never here.',
    ),
    secret: true,
  },
  proxyBasic: yesNo(
    'proxy',
    'Basic authentication',
    'Select yes if the proxy needs basic authentication',
    'It sends the password in clear text.',
  ),

  syncMode: ofRing(
    choice(
      { automatic: 'Automatically', manual: 'Manually' },
      'schedule',
      'Synchronize',
      'Select how this server synchronizes',
      'Automatically by a schedule, or only when someone starts it.',
    ),
  ),
  firstSync: ofRing(
    row('time', [
      'schedule',
      'First synchronization',
      'Enter the time of the first synchronization',
      'In the time of the WSUS server.',
      '17:00 or 5:00 PM',
    ]),
  ),
  syncsPerDay: ofRing(
    count(
      24,
      'schedule',
      'Synchronizations per day',
      'Enter how many times a day to synchronize',
      'From 1 to 24, spread evenly.',
      '4',
    ),
  ),
  timeZone: ofRing(
    row('zone', [
      'schedule',
      'Time zone',
      'Enter the time zone of the WSUS server',
      'Where the WSUS server stands, by area and city.',
      'Europe/Berlin',
    ]),
  ),
  soakHours: hours(
    336,
    'schedule',
    'Soak time',
    'Enter how many hours an update stays in the pilot',
    'From pilot to production, at most 336 hours (14 days).',
    '12',
  ),

  wsusServer: ofRing(
    host(
      'clients',
      'This WSUS server',
      'Enter the name of this WSUS server',
      'By the name that its clients use.',
      'wsus2.contoso.com',
    ),
  ),
  wsusPort: ofRing(
    port(
      'clients',
      'Port of this WSUS server',
      'Enter the port of this WSUS server',
      'Usually 8530, or 8531 with SSL.',
      '8530',
    ),
  ),
  wsusSsl: ofRing(
    yesNo(
      'clients',
      'SSL for clients',
      'Select yes if clients reach this server over SSL',
      'With SSL this server needs its full name.',
    ),
  ),
  targetGroup: ofRing(
    row('group', [
      'clients',
      'Computer group',
      'Enter the computer group of the ring',
      'As it is called in the WSUS console.',
      'Defender-Production',
    ]),
  ),
  detectionHours: ofRing(
    hours(
      22,
      'clients',
      'Detection frequency',
      'Enter how often clients look for updates',
      'Hours between two looks, from 1 to 22.',
      '4',
    ),
  ),
  sampleClient: ofRing(
    host('clients', 'Sample client', 'Enter the computer to verify on', 'A computer of the ring.', 'pc-0117'),
  ),

  productionGpo: row('gpo', [
    'group-policy',
    'Production GPO',
    'Enter the name of the production GPO',
    'Its display name in Group Policy Management.',
    'MDAV_Settings_Production',
  ]),
  productionOu: row('ou', [
    'group-policy',
    'Production OU',
    'Enter the OU of the production ring',
    'The distinguished name of the OU that holds its computers.',
    'OU=Clients,DC=contoso,DC=com',
  ]),
  templates: choice(
    {
      'microsoft-defender-antivirus': 'Microsoft Defender Antivirus > Security Intelligence Updates',
      'windows-defender-antivirus-1903': 'Windows Defender Antivirus > Security Intelligence Updates',
      'windows-defender-antivirus': 'Windows Defender Antivirus > Signature Updates',
      'windows-defender': 'Windows Defender > Signature Updates',
    },
    'group-policy',
    'What the console says',
    'Select what your Group Policy console says',
    'Look under Administrative Templates, Windows Components.',
  ),
  productionOrder: row('sources', [
    'group-policy',
    'Order of sources',
    'Enter the order of sources for production',
    'First to last, with | between sources.',
    'InternalDefinitionUpdateServer',
  ]),

  orderBeforeState: ofRing(
    choice(
      policyStates,
      'safety',
      'Order policy before',
      'Select the state of the order policy before the change',
      'Read it in the production GPO.',
    ),
  ),
  orderBefore: ofRing(
    exact(
      'safety',
      'Order before',
      'Enter the order of sources before the change',
      'Exactly as recorded.',
      'MicrosoftUpdateServer|MMPC',
    ),
  ),
  orderFreezeState: ofRing(
    choice(
      policyStates,
      'safety',
      'Order policy before the freeze',
      'Select the state of the order policy before the freeze',
      'Read it when the freeze begins.',
    ),
  ),
  orderFreeze: ofRing(
    exact(
      'safety',
      'Order before the freeze',
      'Enter the order of sources before the freeze',
      'Exactly as recorded.',
      'InternalDefinitionUpdateServer',
    ),
  ),
  fileSharesState: ofRing(
    choice(
      { enabled: 'These shares', disabled: 'No share: Disabled, the list is empty' },
      'group-policy',
      'File shares',
      'Select what the file shares policy is to be',
      'Leave it blank to leave that policy alone.',
    ),
  ),
  ...Object.fromEntries(
    ['', '2', '3'].map((place) => [
      `fileShare${place}`,
      ofRing(
        row('path', [
          'group-policy',
          `File share${place && ` ${place}`}`,
          `Enter the file share${place && ` ${place}`}`,
          place ? 'Tried after the one before.' : 'Without the folder of an architecture.',
          `\\\\files${place || '1'}\\updates`,
        ]),
      ),
    ]),
  ),
  sharesBeforeState: ofRing(
    choice(
      policyStates,
      'safety',
      'File shares policy before',
      'Select the state of the file shares policy before the freeze',
      'Read it in the GPO of the ring, or in its Intune policy.',
    ),
  ),
  sharesBefore: ofRing(
    exact(
      'safety',
      'File shares before',
      'Enter the file shares before the freeze',
      'Exactly as recorded.',
      '\\\\server\\updates',
    ),
  ),
  freezeUntil: ofRing(
    row('date', ['safety', 'Freeze until', 'Enter the day on which the freeze ends', 'Year-month-day.', '2026-11-30']),
  ),
  backupFolder: row('path', [
    'safety',
    'Backup folder',
    'Enter the folder for GPO backups',
    'A local folder or a share, on the computer where you work.',
    'C:\\GPO-Backups',
  ]),
  ...soakCheckInputs,
  ...ringTimelineInputs,
  ...policyRefreshInputs,
  ...ringSizeInputs,
  ...versionReaderInputs,
  ...onboardingPathInputs,
  ...offboardingPackageInputs,
  ...configmgrRuleInputs,
  ...updateChannelsInputs,
  ...updateCheckInputs,
  ...pilotInputs,
  ...configmgrInputs,
  ...intuneInputs,
  ...shareInputs,
  ...healthInputs,
} satisfies Record<string, Row>;

export type InputId = keyof typeof rows;

/** The vocabulary, by id, in the order in which a reader meets it. */
export const inputs: Readonly<Record<string, Input>> = Object.fromEntries(
  Object.entries<Row>(rows).map(([id, input]) => [id, { id, ...input }]),
);

/**
 * The inputs of these ids, as a sheet wants them; ids that nobody knows are left out.
 *
 * @example Object.keys(inputsOf(['upstreamPort', 'nothing'])) //=> ['upstreamPort']
 */
export const inputsOf = (ids: readonly string[]): Readonly<Record<string, Input>> =>
  Object.fromEntries(ids.flatMap((id) => (inputs[id] ? [[id, inputs[id]]] : [])));

/** Whether a name is in the vocabulary. */
export const isInputId = (name: string): name is InputId => Object.hasOwn(rows, name);

/**
 * Reads the raw text of one field of the vocabulary.
 *
 * @param id An id of the vocabulary; any other is `wrong`.
 * @param raw The text as typed, of any length.
 * @example readInput('upstreamPort', '70000') //=> { state: 'wrong', message: 'Upstream port must be 65535 or less' }
 */
export function readInput(id: string, raw: string): Reading {
  const input = isInputId(id) ? inputs[id] : undefined;
  return input ? readField(input, raw) : { state: 'wrong', message: `There is no input called ${id}` };
}
