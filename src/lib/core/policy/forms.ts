/**
 * Every form in which one setting change can be had: clicks, PowerShell, preference, `reg`, .reg file, LGPO text,
 * Registry.pol, MDM, and what checks it. All of them are made from the same `writes`, and a form that cannot say the same
 * is refused with its reason instead of left out.
 *
 * The commands around a change, such as the backup before it, are at the end.
 */
import type { Command, CommandPart, CommandValue, Shell } from '../commands/command.ts';
import { composeCommand } from '../commands/compose.ts';
import { lgpoFile } from '../commands/lgpo.ts';
import { regFile } from '../commands/reg.ts';
import type { RegistryEntry } from '../commands/registry-entry.ts';
import { registryPol } from '../commands/registry-pol.ts';
import { refusedCharacter } from '../commands/text-rules.ts';
import { ok, refuse, type Result } from '../result.ts';
import { pathAbove, type PlaceGeneration } from './generation.ts';
import { mdmSetting } from './mdm.ts';
import type { Policy } from './policy.ts';
import {
  clickSentence,
  groupPolicyCommands,
  oneComputerCommands,
  undoChange,
  verifyCommands,
  type Clicks,
  type Datum,
  type PolicySetting,
  type RegistryWrite,
  type SettingChange,
  type StateBefore,
} from './setting-change.ts';

/** The forms in the order in which they are shown. */
export const formNames = [
  'clicks',
  'group-policy',
  'preference',
  'reg',
  'reg-file',
  'lgpo',
  'registry-pol',
  'csp',
  'verify',
] as const;
export type FormName = (typeof formNames)[number];

/** What a form is called where it has no command of its own to name it. */
const titles: Readonly<Record<FormName, string>> = {
  clicks: 'By hand',
  'group-policy': 'PowerShell for the Group Policy Object',
  preference: 'Set-MpPreference on one test computer',
  reg: 'reg on one test computer',
  'reg-file': 'A .reg file for one test computer',
  lgpo: 'LGPO text for one test computer',
  'registry-pol': 'A Registry.pol file with this change alone',
  csp: 'For devices that are managed by MDM',
  verify: 'Check the change',
};

interface FormHead {
  readonly form: FormName;
  readonly title: string;
}

/** Something to read and do, or a command to copy. */
export interface TextForm extends FormHead {
  readonly text: string;
  /** Present on a command. */
  readonly shell?: Shell;
  /** Present on clicks. */
  readonly generation?: PlaceGeneration;
  /** One sentence. */
  readonly why: string;
  /** On which machine, in which console. */
  readonly where: string;
}

/** Something to save: the bytes are the whole file, encoding and line ends included. */
export interface FileForm extends FormHead {
  readonly fileName: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What is in the file, for the screen, where it is text. */
  readonly text?: string;
  readonly why: string;
  readonly where: string;
}

/** A form that cannot say what the change says. */
export interface RefusedForm extends FormHead {
  /** What is in the way, and what to do. */
  readonly refusal: string;
}

export type SettingForm = TextForm | FileForm | RefusedForm;

/** The part of a policy that forms are made from. */
export type FormPolicy = PolicySetting & Pick<Policy, 'mdm'>;

export interface FormOptions {
  /** Display name of the Group Policy Object. */
  readonly gpo: string;
  /** What the console says: only these clicks. Without it, the clicks of every generation. */
  readonly generation?: PlaceGeneration | undefined;
  /** Files of an undo have a name of their own, so that no one takes one for the other. */
  readonly isUndo?: boolean | undefined;
}

/**
 * Every form of one change, in the order of {@link formNames}; a form with several commands is several items.
 *
 * A policy without a preference or a CSP name has none of those forms. A change that writes nothing, because its only
 * value was left out, has clicks and one refusal for all the rest.
 *
 * @example settingForms(orderOfSources, change, { gpo: 'Production' }).find(({ form }) => form === 'reg-file')
 *   //=> { form: 'reg-file', fileName: 'order-of-sources.reg', bytes: …, text: 'Windows Registry Editor …', … }
 */
export function settingForms(policy: FormPolicy, change: SettingChange, options: FormOptions): readonly SettingForm[] {
  const stem = options.isUndo ? `${policy.id}-undo` : policy.id;
  const clicks = clickForms(change, options.generation);
  if (change.writes.length === 0) {
    const refusal = 'This change writes nothing to the registry. Give the setting a value, or make the change by hand.';
    return [...clicks, refused('group-policy', refusal)];
  }
  return [
    ...clicks,
    ...commandForms('group-policy', forObject(options.gpo, change)),
    ...preferenceForms(policy, change),
    ...commandForms('reg', oneComputerCommands(change)),
    ...regFileForms(change, stem),
    ...lgpoForms(change, stem),
    ...registryPolForms(change),
    ...cspForms(policy, change),
    ...commandForms('verify', checks(policy, change, options.gpo)),
  ];
}

const refused = (form: FormName, refusal: string): RefusedForm => ({ form, title: titles[form], refusal });

/**
 * Every form of putting back what was recorded before the change.
 *
 * @returns The forms, or the sentence of `undoChange` when the record cannot be put back as it stands.
 */
export function undoForms(
  policy: FormPolicy,
  before: StateBefore,
  options: Omit<FormOptions, 'isUndo'>,
): Result<readonly SettingForm[]> {
  const change = undoChange(policy, before);
  return change.ok ? ok(settingForms(policy, change.value, { ...options, isUndo: true })) : change;
}

// -------------------------------------------------------------------------------------------------------- by hand

const clicksWhere = 'the Group Policy Management Editor, with the Group Policy Object open';

function clickForms(change: SettingChange, generation: PlaceGeneration | undefined): readonly SettingForm[] {
  // Windows Update has generations of its own, which say nothing about what the console calls Defender.
  const isChosen = (click: Clicks): boolean =>
    generation === undefined || ['older', 'current', generation].includes(click.generation);
  const chosen = change.clicks.filter(isChosen);
  if (chosen.length === 0) {
    return [refused('clicks', 'The templates of this console do not show this setting. Use another form.')];
  }
  for (const { data } of chosen.flatMap(({ options }) => options)) {
    const fault = faultToType(data);
    if (fault !== undefined) return [refused('clicks', fault)];
  }
  return chosen.map((click) => ({
    form: 'clicks',
    title: titles.clicks,
    generation: click.generation,
    text: `${[...pathAbove, ...click.path, click.title].join(' > ')}\n${clickSentence(click)}`,
    why: 'Folders and titles follow the templates of the console; the registry value is the same in all of them.',
    where: clicksWhere,
  }));
}

/** What keeps data from being typed as it is shown. */
function faultToType(data: Datum): string | undefined {
  const text = String(data);
  return /^ | $/.test(text)
    ? 'The value begins or ends with a space, which cannot be seen here. Use the PowerShell form.'
    : refusedCharacter(text);
}

// ------------------------------------------------------------------------------------------------------- commands

const commandForms = (form: FormName, commands: Result<readonly Command[]>): readonly SettingForm[] =>
  commands.ok
    ? commands.value.map(({ where = '', ...words }) => ({ form, ...words, where }))
    : [refused(form, commands.why)];

const isBlank = (text: string): boolean => text.trim() === '';
const noGpo = 'Enter the name of the Group Policy Object.';

const forObject = (gpo: string, change: SettingChange): Result<readonly Command[]> =>
  isBlank(gpo) ? refuse(noGpo) : groupPolicyCommands(change, gpo);

function checks(policy: FormPolicy, change: SettingChange, gpo: string): Result<readonly Command[]> {
  if (isBlank(gpo)) return refuse(noGpo);
  // The sentences beside these commands hold the data, which the shell's door has not seen.
  for (const write of change.writes) {
    const fault = 'data' in write ? refusedCharacter(String(write.data)) : undefined;
    if (fault !== undefined) return refuse(fault);
  }
  return verifyCommands(change, policy, gpo);
}

/** A command of fixed text and values by name, through the shell's door. */
function command(
  shell: Shell,
  words: Omit<Command, 'shell' | 'text'>,
  parts: readonly CommandPart[],
  values: Readonly<Record<string, CommandValue>>,
): Result<Command> {
  const { text, refusals } = composeCommand(shell, parts, (name) => values[name]);
  return text === undefined
    ? refuse(refusals[0]?.why ?? 'The command has no value for one of its names.')
    : ok({ shell, ...words, text });
}

// ----------------------------------------------------------------------------------------------------- preferences

/** How a parameter of Set-MpPreference takes what the policy writes to the registry. */
type PreferenceKind =
  | { readonly is: 'text' }
  | { readonly is: 'number'; readonly min?: number }
  | { readonly is: 'yes-no' }
  /** Minutes past midnight in the registry, a time of day here. */
  | { readonly is: 'time' }
  /** A number in the registry, a word here; such a parameter is taken back by a word, too. */
  | { readonly is: 'channel' };

/** @see Set-MpPreference, September 2025. A parameter that is not here has no form. */
const preferenceKinds: ReadonlyMap<string, PreferenceKind> = new Map<string, PreferenceKind>([
  ['SignatureFallbackOrder', { is: 'text' }],
  ['SignatureDefinitionUpdateFileSharesSources', { is: 'text' }],
  ['SharedSignaturesPath', { is: 'text' }],
  // The policy takes 0, for no check; the parameter begins at 1.
  ['SignatureUpdateInterval', { is: 'number', min: 1 }],
  ['SignatureUpdateCatchupInterval', { is: 'number' }],
  ['SchedulerRandomizationTime', { is: 'number', min: 1 }],
  // Day by number: 0 every day, 1 Sunday, 8 never, as in the registry.
  ['SignatureScheduleDay', { is: 'number' }],
  ['SignatureScheduleTime', { is: 'time' }],
  ['CheckForSignaturesBeforeRunningScan', { is: 'yes-no' }],
  ['MeteredConnectionUpdates', { is: 'yes-no' }],
  ['RandomizeScheduleTaskTimes', { is: 'yes-no' }],
  ['DisableGradualRelease', { is: 'yes-no' }],
  ['SignatureDisableUpdateOnStartupWithoutEngine', { is: 'yes-no' }],
  ['PlatformUpdatesChannel', { is: 'channel' }],
  ['EngineUpdatesChannel', { is: 'channel' }],
  ['DefinitionUpdatesChannel', { is: 'channel' }],
]);

const channelWords: ReadonlyMap<Datum, string> = new Map<Datum, string>([
  [2, 'Beta'],
  [3, 'Preview'],
  [4, 'Staged'],
  [5, 'Broad'],
  [6, 'Delayed'],
]);

const defenderWhere = 'one test computer, Windows PowerShell as administrator';

function preferenceForms(policy: FormPolicy, change: SettingChange): readonly SettingForm[] {
  const { preference } = policy;
  if (preference === undefined) return [];
  const made = preferenceCommand(preference, change);
  return commandForms('preference', made.ok ? ok([made.value]) : made);
}

function preferenceCommand(preference: string, change: SettingChange): Result<Command> {
  const kind = preferenceKinds.get(preference);
  const [write, ...more] = change.writes;
  if (!kind || !write || more.length > 0) {
    return refuse(`How ${preference} takes this change is not known. Use another form.`);
  }
  const value =
    'data' in write ? preferenceValue(kind, write.data) : kind.is === 'channel' ? ok('NotConfigured') : undefined;
  if (value?.ok === false) return value;
  const set = {
    title: `Set ${preference} on one test computer`,
    why: 'A preference of this computer, for a test only: a policy for the same setting can overwrite it.',
    where: defenderWhere,
  };
  return value
    ? command('powershell', set, [{ text: `Set-MpPreference -${preference} ` }, { of: 'value' }], {
        value: value.value,
      })
    : ok({
        shell: 'powershell',
        title: `Take ${preference} back on one test computer`,
        text: `Remove-MpPreference -${preference}`,
        why: 'The computer has no preference of its own for this setting then.',
        where: defenderWhere,
      });
}

function preferenceValue(kind: PreferenceKind, data: Datum): Result<CommandValue> {
  if (kind.is === 'text') return ok(String(data));
  const number = Number(data);
  if (kind.is === 'yes-no') {
    return number === 0 || number === 1 ? ok(number === 1) : refuse('The preference must be 0 or 1. Use another form.');
  }
  if (kind.is === 'time') {
    if (number >= 1440) return refuse('The preference must be 1439 minutes past midnight or less. Use another form.');
    const digits = (count: number): string => String(Math.floor(count)).padStart(2, '0');
    return ok(`${digits(number / 60)}:${digits(number % 60)}:00`);
  }
  if (kind.is === 'channel') {
    const word = channelWords.get(number);
    return word === undefined ? refuse('The preference must be a channel from 2 to 6. Use another form.') : ok(word);
  }
  return number < (kind.min ?? 0)
    ? refuse(`The preference must be ${kind.min} or more. Use another form.`)
    : ok(number);
}

// ----------------------------------------------------------------------------------------------------------- files

const testWhy = 'For a test only: where a Group Policy Object sets this value, the next policy refresh overwrites it.';
const localWhy =
  'For a test only, in the local policy of one computer: a Group Policy Object of the domain wins over it.';
const besideFile = 'one test computer, Command Prompt as administrator, in the folder of the file';
const besideLgpo = `${besideFile} and of LGPO.exe (Microsoft Security Compliance Toolkit)`;

/** On one computer, a value that the object no longer mentions is a value that is not there. */
const onComputer = (write: RegistryWrite): RegistryEntry =>
  'unset' in write ? { key: write.key, valueName: write.valueName, delete: true } : write;

/** What a file that a policy is built from can say; Not Configured is what it does not say. */
function inPolicy(writes: readonly RegistryWrite[], format: string): Result<readonly RegistryEntry[]> {
  const entries: RegistryEntry[] = [];
  for (const write of writes) {
    if ('unset' in write) {
      return refuse(
        `${format} cannot take ${write.valueName} out of a policy again. Set it to Not Configured by hand.`,
      );
    }
    entries.push(write);
  }
  return ok(entries);
}

function regFileForms(change: SettingChange, stem: string): readonly SettingForm[] {
  const file = regFile(change.writes.map(onComputer));
  if (!file.ok) return [refused('reg-file', file.why)];
  const fileName = `${stem}.reg`;
  const words = { why: testWhy, where: besideFile };
  return [
    { form: 'reg-file', title: titles['reg-file'], fileName, ...file.value, ...words },
    ...fileCommand('reg-file', 'reg import ', fileName, { title: 'Import the .reg file', ...words }),
  ];
}

function lgpoForms(change: SettingChange, stem: string): readonly SettingForm[] {
  const entries = inPolicy(change.writes, 'LGPO text');
  const file = entries.ok ? lgpoFile(entries.value) : entries;
  if (!file.ok) return [refused('lgpo', file.why)];
  const fileName = `${stem}-lgpo.txt`;
  const words = { why: localWhy, where: besideLgpo };
  return [
    { form: 'lgpo', title: titles.lgpo, fileName, ...file.value, ...words },
    ...fileCommand('lgpo', 'LGPO.exe /t ', fileName, { title: 'Apply the LGPO text', ...words }),
  ];
}

function registryPolForms(change: SettingChange): readonly SettingForm[] {
  const entries = inPolicy(change.writes, 'Registry.pol');
  const bytes = entries.ok ? registryPol(entries.value) : entries;
  if (!bytes.ok) return [refused('registry-pol', bytes.why)];
  // [MS-GPREG] 2.2.1: the file must have this name.
  const fileName = 'Registry.pol';
  const title = 'Add the Registry.pol file to the local policy';
  return [
    {
      form: 'registry-pol',
      title: titles['registry-pol'],
      fileName,
      bytes: bytes.value,
      why:
        'Never copy it over the Registry.pol of an object: it would replace every setting there, and clients would ' +
        'not notice before the version of the object rises.',
      where: `${besideLgpo}, which adds it to C:\\Windows\\System32\\GroupPolicy\\Machine\\Registry.pol`,
    },
    ...fileCommand('registry-pol', 'LGPO.exe /m ', fileName, { title, why: localWhy, where: besideLgpo }),
  ];
}

function fileCommand(
  form: FormName,
  program: string,
  fileName: string,
  words: Omit<Command, 'shell' | 'text'>,
): readonly SettingForm[] {
  const made = command('cmd', words, [{ text: program }, { of: 'file' }], { file: fileName });
  return commandForms(form, made.ok ? ok([made.value]) : made);
}

// ------------------------------------------------------------------------------------------------------------- MDM

function cspForms(policy: FormPolicy, change: SettingChange): readonly SettingForm[] {
  if (policy.mdm === undefined) return [];
  const setting = mdmSetting(policy, change);
  if (!setting.ok) return [refused('csp', setting.why)];
  const { uri, dataType, value, catalog, entry } = setting.value;
  const fault = value === undefined ? undefined : faultToType(value);
  if (fault !== undefined) return [refused('csp', fault)];
  const name = catalog && `Settings Catalog: ${catalog.category} > ${catalog.name}`;
  const rows =
    value === undefined
      ? ['Take this setting out of the profile.']
      : [
          `Data type: ${dataType}`,
          `Value: ${value}`,
          ...(entry !== undefined ? [`In the catalog's list: ${entry}`] : []),
        ];
  return [
    {
      form: 'csp',
      title: titles.csp,
      text: [...(name ? [name] : []), `OMA-URI: ${uri}`, ...rows].join('\n'),
      why: 'Set one setting by Group Policy or by MDM, never by both.',
      where: 'Microsoft Intune, a Settings Catalog or custom profile, or another MDM service',
    },
  ];
}

// ------------------------------------------------------------------------------------------------ around the change

const adminWhere = 'a computer with the Group Policy module, Windows PowerShell, as someone who may ';

/**
 * Backs a Group Policy Object up, before it is changed.
 *
 * @param folder A folder that exists: the cmdlet makes none.
 * @example backupCommand('Production', 'C:\\Backup')
 *   //=> { ok: true, value: { text: "Backup-GPO -Name 'Production' -Path 'C:\\Backup'", … } }
 */
export function backupCommand(gpo: string, folder: string): Result<Command> {
  if (isBlank(gpo)) return refuse(noGpo);
  if (isBlank(folder)) return refuse('Enter the folder for the backup.');
  return command(
    'powershell',
    {
      title: 'Back up the Group Policy Object',
      why: 'Write down the Id in the answer: it names this backup, and the object can be restored from it.',
      where: `${adminWhere}read the object and write to the folder`,
    },
    [{ text: 'Backup-GPO -Name ' }, { of: 'gpo' }, { text: ' -Path ' }, { of: 'folder' }],
    { gpo, folder },
  );
}

/**
 * Makes a Group Policy Object that nothing is linked to yet. A name that is taken is an error.
 *
 * @example newGpoCommand('Production') //=> { ok: true, value: { text: "New-GPO -Name 'Production'", … } }
 */
export function newGpoCommand(gpo: string): Result<Command> {
  if (isBlank(gpo)) return refuse(noGpo);
  return command(
    'powershell',
    {
      title: 'Make the Group Policy Object',
      why: 'It has no settings and no link, so no client takes it yet.',
      where: `${adminWhere}make Group Policy Objects`,
    },
    [{ text: 'New-GPO -Name ' }, { of: 'gpo' }],
    { gpo },
  );
}

/**
 * Links a Group Policy Object to an organizational unit: from here on clients take it, so this comes after the
 * settings and the security filtering.
 *
 * @param ou Distinguished name.
 * @example linkCommand('Production', 'OU=Ring 2,DC=corp,DC=example')
 *   //=> { ok: true, value: { text: "New-GPLink -Name 'Production' -Target 'OU=Ring 2,DC=corp,DC=example' -LinkEnabled Yes", … } }
 */
export function linkCommand(gpo: string, ou: string): Result<Command> {
  if (isBlank(gpo)) return refuse(noGpo);
  if (isBlank(ou)) return refuse('Enter the distinguished name of the organizational unit.');
  return command(
    'powershell',
    {
      title: 'Link the Group Policy Object',
      why: 'Computers in the organizational unit and below it take the object at their next policy refresh.',
      where: `${adminWhere}link objects to the organizational unit`,
    },
    [{ text: 'New-GPLink -Name ' }, { of: 'gpo' }, { text: ' -Target ' }, { of: 'ou' }, { text: ' -LinkEnabled Yes' }],
    { gpo, ou },
  );
}

/**
 * Limits a Group Policy Object to the computers of one group. Authenticated Users keep the right to read it, as
 * clients need since MS16-072.
 *
 * The group comes first, so that there is no moment at which no computer may apply the object.
 *
 * @param group Security group that holds the ring's computers.
 * @example filterCommands('Production', 'Ring 2')
 *   //=> { ok: true, value: [{ text: "Set-GPPermission -Name 'Production' -TargetName 'Ring 2' -TargetType Group -PermissionLevel GpoApply", … }, …] }
 */
export function filterCommands(gpo: string, group: string): Result<readonly Command[]> {
  if (isBlank(gpo)) return refuse(noGpo);
  if (isBlank(group)) return refuse('Enter the group of computers that may apply the object.');
  const permit = (title: string, why: string, target: string, level: string): Result<Command> =>
    command(
      'powershell',
      { title, why, where: `${adminWhere}change the permissions of the object` },
      [
        { text: 'Set-GPPermission -Name ' },
        { of: 'gpo' },
        { text: ' -TargetName ' },
        { of: 'target' },
        { text: ` -TargetType Group -PermissionLevel ${level}` },
      ],
      { gpo, target },
    );
  const apply = permit(
    'Let the computers of the group apply the object',
    'The computers that are members of the group may read and apply the object.',
    group,
    'GpoApply',
  );
  const read = permit(
    'Let all others only read the object',
    'Clients must be able to read the object (MS16-072), and without -Replace the lower level is ignored. Where ' +
      'Windows speaks another language, write the name of Authenticated Users in that language.',
    'Authenticated Users',
    'GpoRead -Replace',
  );
  const commands: Command[] = [];
  for (const made of [apply, read]) {
    if (!made.ok) return made;
    commands.push(made.value);
  }
  return ok(commands);
}
