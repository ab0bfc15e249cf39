/**
 * One change of one policy as a value, and the forms made from it: clicks, PowerShell for the Group Policy Object, `reg`
 * for one test computer, commands that check it. Further forms (.reg, LGPO text, Registry.pol, CSP) read the same
 * `writes`. Nothing here knows a policy by name.
 */
import { commandArgument, type Command, type CommandPart, type Shell } from '../commands/command.ts';
import { ok, refuse, type Result } from '../result.ts';
import { stateButtons, type PlaceGeneration, type PolicyState } from './generation.ts';
import type { Policy, PolicyElement } from './policy.ts';

/** Data as the registry gets it: text for REG_SZ, a whole number for REG_DWORD. */
export type Datum = string | number;

/** Where data will stand once the sheet has it. */
export interface Hole {
  readonly of: string;
}

/**
 * What happens to one registry value. `key` has no hive; it is always the computer's half, HKLM.
 *
 * `delete` tells clients to delete the value, which is what the editor writes for a disabled text box. `unset` takes
 * the value out of the Group Policy Object, which then says nothing about it.
 */
export type RegistryWrite<D extends Datum | Hole = Datum> =
  | { readonly key: string; readonly valueName: string; readonly type: 'REG_SZ' | 'REG_DWORD'; readonly data: D }
  | { readonly key: string; readonly valueName: string; readonly delete: true }
  | { readonly key: string; readonly valueName: string; readonly unset: true };

/** The same change by hand, for one generation of the templates. */
export interface Clicks<D extends Datum | Hole = Datum> {
  readonly generation: PlaceGeneration;
  /** Folders below Windows Components. */
  readonly path: readonly string[];
  readonly title: string;
  /** The button to select, as the dialog writes it. */
  readonly button: (typeof stateButtons)[PolicyState];
  /** What to enter or, in a list, to select beside each label; a choice by its words on screen. */
  readonly options: readonly { readonly label: string; readonly data: D; readonly isList: boolean }[];
}

export interface SettingChange<D extends Datum | Hole = Datum> {
  readonly policy: string;
  readonly state: PolicyState;
  readonly writes: readonly RegistryWrite<D>[];
  readonly clicks: readonly Clicks<D>[];
}

/** The part of a policy that changes are made from. */
export type PolicySetting = Pick<Policy, 'id' | 'places' | 'key' | 'elements' | 'preference'> & {
  readonly enabled: Pick<Policy['enabled'], 'writes'>;
  readonly disabled: Pick<Policy['disabled'], 'writes'>;
};

export const isHole = (value: Datum | Hole): value is Hole => typeof value === 'object';

/**
 * Makes the change that puts a policy into a state.
 *
 * @param values Data by element id, each checked against its rule. Only for `enabled`. An optional element without a
 *   value is left alone.
 * @returns The change, or a sentence that names the element and what its data must be.
 * @example settingChange(orderOfSources, 'enabled', { order: 'FileShare' })
 *   //=> { ok: false, why: '`order` names FileShare, which is not a source: write FileShares.' }
 */
export const settingChange = (
  policy: PolicySetting,
  state: PolicyState,
  values: Readonly<Record<string, Datum>> = {},
): Result<SettingChange> => changeTo<Datum>(policy, state, values);

/** The same with holes, which pass unchecked: what fills them has rules of its own, and the shell's door. */
export const settingTemplate = (
  policy: PolicySetting,
  state: PolicyState,
  values: Readonly<Record<string, Datum | Hole>> = {},
): Result<SettingChange<Datum | Hole>> => changeTo<Datum | Hole>(policy, state, values);

function changeTo<D extends Datum | Hole>(
  policy: PolicySetting,
  state: PolicyState,
  values: Readonly<Record<string, D>>,
): Result<SettingChange<Datum | D>> {
  const given = Object.keys(values);
  const stranger = given.find((id) => !policy.elements.some((element) => element.id === id));
  if (stranger !== undefined) {
    const known = policy.elements.map((element) => `\`${element.id}\``).join(', ');
    return refuse(`\`${stranger}\` is not an element of this policy. ${known ? `Use ${known}.` : 'It has none.'}`);
  }
  if (state !== 'enabled') {
    return given.length > 0
      ? refuse(`Only an enabled policy takes data: leave out \`${given[0]}\`, or enable the policy.`)
      : ok(assemble<Datum | D>(policy, state, new Map()));
  }
  const data = new Map<string, Datum | D>();
  for (const element of policy.elements) {
    const value = values[element.id];
    if (value === undefined) {
      if (element.required) return refuse(`Give \`${element.id}\`, what stands beside “${element.label}”.`);
      continue;
    }
    if (isHole(value)) {
      data.set(element.id, value);
      continue;
    }
    const checked = checkDatum(element, value);
    if (!checked.ok) return checked;
    data.set(element.id, checked.value);
  }
  return ok(assemble<Datum | D>(policy, state, data));
}

/**
 * What is wrong with a reader's text for an element, in the manner of a field's sentence; nothing when it will do.
 *
 * @example datumFault(hours, '48') //=> 'DetectionFrequency must be 22 or less'
 */
export function datumFault(element: PolicyElement, text: string): string | undefined {
  const checked = checkDatum(element, text, element.valueName);
  return checked.ok ? undefined : checked.why.replace(/\.$/, '');
}

/** The same for what was recorded before a change, which has to be exact and nothing else. */
export function recordedFault(element: PolicyElement, text: string): string | undefined {
  const exact = exactDatum(element, text);
  return exact.ok ? undefined : exact.why.replace(/\.$/, '');
}

/** The state of a policy before a change, as it was recorded. Values are by element id, letter by letter. */
export type StateBefore =
  | { readonly state: 'not-configured' | 'disabled' }
  | { readonly state: 'enabled'; readonly values: Readonly<Record<string, Datum>> };

/**
 * Makes the change that puts back exactly what was recorded, also where it breaks the rules of today: a token
 * that nobody documents goes back as it was. Values that were not there are taken out again.
 *
 * @param made The change that is undone. With it, only what it put there is taken out: the cmdlet that does so answers with
 *   an error for a value that was never set.
 * @returns The change, or a sentence when the record cannot be put back as it stands.
 * @example undoChange(orderOfSources, { state: 'enabled', values: { order: 'MMPC|Other' } })
 *   //=> { ok: true, value: { state: 'enabled', writes: [{ …, valueName: 'FallbackOrder', data: 'MMPC|Other' }], … } }
 */
export function undoChange(policy: PolicySetting, before: StateBefore, made?: SettingChange): Result<SettingChange> {
  const wasMade = ({ valueName }: RegistryWrite): boolean =>
    !made || made.writes.some((write) => write.valueName === valueName && !('unset' in write));
  const withoutIdle = (change: SettingChange): SettingChange => ({
    ...change,
    writes: change.writes.filter((write) => !('unset' in write) || wasMade(write)),
  });
  if (before.state !== 'enabled') return ok(withoutIdle(assemble<Datum>(policy, before.state, new Map())));
  const data = new Map<string, Datum>();
  for (const element of policy.elements) {
    const recorded = before.values[element.id];
    if (recorded === undefined || recorded === '') {
      if (element.required) return refuse(`Enter the value of ${element.valueName} before the change.`);
      continue;
    }
    const exact = exactDatum(element, recorded);
    if (!exact.ok) return exact;
    data.set(element.id, exact.value);
  }
  const change = assemble(policy, 'enabled', data);
  const unset = policy.elements
    .filter((element) => !data.has(element.id))
    .map((element) => ({ key: element.key ?? policy.key, valueName: element.valueName, unset: true as const }));
  return ok(withoutIdle({ ...change, writes: [...change.writes, ...unset] }));
}

/** Longest text that the editor's box takes and Windows' own templates allow, in characters. */
const TEXT_LIMIT = 1023;

function exactDatum(element: PolicyElement, recorded: Datum): Result<Datum> {
  if (element.type === 'REG_SZ') {
    const text = String(recorded);
    return text.length > TEXT_LIMIT
      ? refuse(
          `The value of ${element.valueName} before the change is longer than ${TEXT_LIMIT} characters. ` +
            'Restore the Group Policy Object from its backup instead.',
        )
      : ok(text);
  }
  const number = wholeNumber(recorded);
  return number === undefined || number > 4_294_967_295
    ? refuse(`The value of ${element.valueName} before the change must be a whole number from 0 to 4294967295.`)
    : ok(number);
}

/** Elements first, switches such as UseWUServer last: a change that stops half way has not switched anything on. */
function assemble<D extends Datum | Hole>(
  policy: PolicySetting,
  state: PolicyState,
  data: ReadonlyMap<string, D>,
): SettingChange<Datum | D> {
  const keyOf = (write: { readonly key?: string | undefined }): string => write.key ?? policy.key;
  const writes: RegistryWrite<Datum | D>[] = [];
  if (state === 'enabled') {
    for (const element of policy.elements) {
      const datum = data.get(element.id);
      if (datum === undefined) continue;
      writes.push({ key: keyOf(element), valueName: element.valueName, type: element.type, data: datum });
    }
    for (const write of policy.enabled.writes) writes.push({ ...write, key: keyOf(write) });
  } else if (state === 'disabled') {
    for (const write of policy.disabled.writes) writes.push({ ...write, key: keyOf(write) });
  } else {
    for (const { key, valueName } of [...policy.elements, ...policy.enabled.writes]) {
      writes.push({ key: key ?? policy.key, valueName, unset: true });
    }
  }
  const onScreen = (element: PolicyElement, datum: D): Datum | D => {
    if (element.data.is !== 'choice') return datum;
    return element.data.options.find((option) => option.data === datum)?.label ?? datum;
  };
  const clicks = policy.places.flatMap((place) =>
    place.generations.map((generation) => ({
      generation,
      path: place.path,
      title: place.title,
      button: stateButtons[state],
      options: policy.elements.flatMap((element) => {
        const datum = data.get(element.id);
        if (datum === undefined) return [];
        const label = place.labels?.[element.id] ?? element.label;
        return [{ label, data: onScreen(element, datum), isList: element.data.is === 'choice' }];
      }),
    })),
  );
  return { policy: policy.id, state, writes, clicks };
}

/**
 * Says what to do in the setting's dialog, after the path.
 *
 * @example clickSentence({ title: 'Enable client-side targeting', button: 'Disabled', options: [], … })
 *   //=> 'Open “Enable client-side targeting”, select Disabled, and select OK.'
 */
export function clickSentence({ title, button, options }: Clicks): string {
  const entries = options.map(({ label, data, isList }) =>
    isList && tickWords.has(data)
      ? `, ${tickWords.get(data)} “${label}”`
      : `, ${isList ? 'select' : 'enter'} ${data} beside “${label}”`,
  );
  return `Open “${title}”, select ${button}${entries.join('')}, and select OK.`;
}

/** What the catalogue calls the two states of a tick box, as something to do. */
const tickWords: ReadonlyMap<Datum, string> = new Map<Datum, string>([
  ['ticked', 'tick'],
  ['not ticked', 'clear'],
]);

// ---------------------------------------------------------------------------------------------------- data rules

function wholeNumber(value: Datum): number | undefined {
  const number = typeof value === 'number' ? value : /^\d{1,15}$/.test(value) ? Number(value) : -1;
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** @param called What the sentence calls the element: authors write its id, readers see the registry value. */
function checkDatum(element: PolicyElement, value: Datum, called = `\`${element.id}\``): Result<Datum> {
  const { data: rule } = element;
  if (rule.is === 'whole-number') {
    const number = wholeNumber(value);
    if (number === undefined) return refuse(`${called} must be a whole number.`);
    if (number < rule.min) return refuse(`${called} must be ${rule.min} or more.`);
    return number > rule.max ? refuse(`${called} must be ${rule.max} or less.`) : ok(number);
  }
  if (rule.is === 'choice') {
    const number = wholeNumber(value);
    return rule.options.some((option) => option.data === number)
      ? ok(number ?? 0)
      : refuse(`${called} must be one of ${rule.options.map((option) => option.data).join(', ')}.`);
  }
  const text = String(value);
  if (text.trim() === '') return refuse(`Give ${called}, what stands beside “${element.label}”.`);
  if (text.length > rule.maxLength) return refuse(`${called} must be ${rule.maxLength} characters or fewer.`);
  switch (rule.is) {
    case 'sources': {
      const why = faultOfTokens(text, rule.tokens);
      return why === undefined ? ok(text) : refuse(`${called} ${why}`);
    }
    case 'shares': {
      const why = faultOfShares(text, rule.most);
      return why === undefined ? ok(text) : refuse(`${called} ${why}`);
    }
    case 'url': {
      const port = /^https?:\/\/[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::(\d{1,5}))?$/i.exec(text);
      if (!port) return refuse(`${called} must be an address such as http://wsus.example.com:8530.`);
      return port[1] !== undefined && (Number(port[1]) < 1 || Number(port[1]) > 65_535)
        ? refuse(`${called} must name a port from 1 to 65535.`)
        : ok(text);
    }
    case 'group-names':
      return text.split(';').every((name) => name !== '' && name === name.trim())
        ? ok(text)
        : refuse(`${called} must name one group, or several with only a semicolon between them.`);
    case 'text':
      return ok(text);
  }
}

/**
 * What is wrong with a list of tokens joined by `|`, as the rest of a sentence whose subject is the list.
 *
 * @example faultOfTokens('{ MMPC | FileShares }', ['MMPC', 'FileShares'])
 *   //=> 'holds braces or spaces: write only the sources with | between them, for example MMPC|FileShares.'
 */
export function faultOfTokens(text: string, tokens: readonly string[]): string | undefined {
  if (/[{}\s,;"']/.test(text)) {
    return `holds braces or spaces: write only the sources with | between them, for example ${tokens.slice(0, 2).join('|')}.`;
  }
  const seen = new Set<string>();
  for (const token of text.split('|')) {
    if (token === '') return 'has a | without a source on each side of it: take it out.';
    if (!tokens.includes(token)) {
      const near = tokens.find((known) => isNear(token, known));
      const mend = near === undefined ? `use ${tokens.join(', ')}` : `write ${near}`;
      return `names ${token}, which is not a source: ${mend}.`;
    }
    if (seen.has(token)) return `names ${token} twice: name each source once.`;
    seen.add(token);
  }
  return undefined;
}

/** The same letters but for case and one slip of at most two letters. */
function isNear(token: string, known: string): boolean {
  const [one, other] = [token.toLowerCase(), known.toLowerCase()];
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return Math.max(one.length, other.length) - start - end <= 2;
}

function faultOfShares(text: string, most = Infinity): string | undefined {
  const shares = text.split('|');
  if (shares.length > most) return `must name ${most} ${most === 1 ? 'share' : 'shares'} or fewer.`;
  for (const share of shares) {
    if (!/^\\\\[^\\/:*?"<>\s]+(\\[^\\/:*?"<>]+)+$/.test(share) || share !== share.trim()) {
      return 'must hold paths such as \\\\server\\share, with only | between them.';
    }
    // MpCmdRun.exe appends the folder of the architecture itself (manage-protection-updates, step 11).
    if (/\\x(64|86)$/i.test(share)) return `must not end in ${share.slice(-4)}: clients add that folder themselves.`;
  }
  return undefined;
}

// --------------------------------------------------------------------------------------------------------- forms

/** Of a command before it goes through the shell's door: text as it stands, and values. */
type Piece<D extends Datum | Hole> = string | { readonly value: D };

/** A command whose values have not been through the door yet. */
interface Draft<D extends Datum | Hole> extends Omit<Command, 'text'> {
  readonly pieces: readonly Piece<D>[];
}

const hive = 'HKLM\\';
const powershellTypes = { REG_SZ: 'String', REG_DWORD: 'DWord' } as const;

const gpoWhere = 'a computer with the Group Policy module, Windows PowerShell, as someone who may edit the object';
const clientWhere = 'one test computer, Command Prompt as administrator';

/** A command whose holes are filled later, on the reader's own page. */
export interface CommandTemplate extends Omit<Command, 'text'> {
  readonly parts: readonly CommandPart[];
}

/** Sends values through the shell's door and leaves holes for later; neighbouring text becomes one part. */
function toParts(shell: Shell, pieces: readonly Piece<Datum | Hole>[]): Result<CommandPart[]> {
  const parts: CommandPart[] = [];
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else if (isHole(piece.value)) {
      if (text) parts.push({ text });
      parts.push({ of: piece.value.of });
      text = '';
    } else {
      const argument = commandArgument(shell, piece.value);
      if (!argument.ok) return argument;
      text += argument.value;
    }
  }
  if (text) parts.push({ text });
  return ok(parts);
}

function templatesOf(drafts: readonly Draft<Datum | Hole>[]): Result<readonly CommandTemplate[]> {
  const templates: CommandTemplate[] = [];
  for (const { pieces, ...words } of drafts) {
    const parts = toParts(words.shell, pieces);
    if (!parts.ok) return parts;
    templates.push({ ...words, parts: parts.value });
  }
  return ok(templates);
}

/** The same where every value is known: all commands, or the first refusal. */
function commandsOf(drafts: readonly Draft<Datum>[]): Result<readonly Command[]> {
  const commands: Command[] = [];
  for (const { pieces, ...words } of drafts) {
    let text = '';
    for (const piece of pieces) {
      const argument = typeof piece === 'string' ? ok(piece) : commandArgument(words.shell, piece.value);
      if (!argument.ok) return argument;
      text += argument.value;
    }
    commands.push({ ...words, text });
  }
  return ok(commands);
}

/** How a sentence speaks of data that is not known yet. */
const spoken = (data: Datum | Hole): Datum => (isHole(data) ? 'the value you entered' : data);

/** The value that a write is about, as a piece of a command. */
const keyPiece = ({ key }: { readonly key: string }) => ({ value: hive + key });
const namePiece = ({ valueName }: { readonly valueName: string }) => ({ value: valueName });

/** @see Set-GPRegistryValue and Remove-GPRegistryValue: `-Disable` excludes `-Type` and `-Value`; keys begin with HKLM\\. */
function gpoDraft<D extends Datum | Hole>(write: RegistryWrite<D>, gpo: D): Draft<D | string> {
  const setting = [' -Name ', { value: gpo }, ' -Key ', keyPiece(write), ' -ValueName ', namePiece(write)];
  const pieces =
    'unset' in write
      ? ['Remove-GPRegistryValue', ...setting]
      : 'delete' in write
        ? ['Set-GPRegistryValue', ...setting, ' -Disable']
        : ['Set-GPRegistryValue', ...setting, ` -Type ${powershellTypes[write.type]} -Value `, { value: write.data }];
  return { shell: 'powershell', ...gpoWords(write), where: gpoWhere, pieces };
}

/**
 * The change in PowerShell for a Group Policy Object, one command per registry value.
 *
 * @param gpo Display name of the Group Policy Object, or a hole for it.
 * @returns The templates, or the sentence of the shell's door when a value cannot stand in PowerShell.
 */
export const groupPolicyTemplates = (
  change: SettingChange<Datum | Hole>,
  gpo: Datum | Hole,
): Result<readonly CommandTemplate[]> => templatesOf(change.writes.map((write) => gpoDraft(write, gpo)));

/** As `groupPolicyTemplates`, with every value known. */
export const groupPolicyCommands = (change: SettingChange, gpo: string): Result<readonly Command[]> =>
  commandsOf(change.writes.map((write) => gpoDraft<Datum>(write, gpo)));

function gpoWords(write: RegistryWrite<Datum | Hole>): { readonly title: string; readonly why: string } {
  const name = write.valueName;
  if ('unset' in write) {
    return {
      title: `Take ${name} out of the Group Policy Object`,
      why:
        'The setting is Not Configured again; the cmdlet sends clients no delete instruction, so check on a client ' +
        'that the value is gone. Where the object has no such value, the answer is an error and nothing is wrong.',
    };
  }
  if ('delete' in write) {
    return {
      title: `Disable ${name} in the Group Policy Object`,
      why: 'The object tells clients to delete the value, which is what Disabled means for this setting.',
    };
  }
  return {
    title: `Set ${name} in the Group Policy Object`,
    why: `The object gives clients ${name} = ${spoken(write.data)} at their next policy refresh.`,
  };
}

function oneComputerDraft(write: RegistryWrite): Draft<Datum> {
  const value = [keyPiece(write), ' /v ', namePiece(write)];
  return 'data' in write
    ? {
        shell: 'cmd',
        title: `Set ${write.valueName} on one test computer`,
        why: 'For a test only: where a Group Policy Object sets this value, the next policy refresh overwrites it.',
        where: clientWhere,
        pieces: ['reg add ', ...value, ` /t ${write.type} /d `, { value: write.data }, ' /f'],
      }
    : {
        shell: 'cmd',
        title: `Delete ${write.valueName} on one test computer`,
        why: 'For a test only; where the value does not exist, the answer is an error and nothing is wrong.',
        where: clientWhere,
        pieces: ['reg delete ', ...value, ' /f'],
      };
}

/**
 * The change on one computer with `reg`, for a test: the next policy refresh overwrites it.
 *
 * @returns The commands, or the sentence of the shell's door when a value cannot stand in cmd.
 */
export const oneComputerCommands = (change: SettingChange): Result<readonly Command[]> =>
  commandsOf(change.writes.map((write) => oneComputerDraft(write)));

/**
 * PowerShell that shows, and so lets people record, the state of each value of the policy in the Group Policy Object.
 *
 * It tells “not configured” from “could not be read”: the module reports an absent setting as an error with the id
 * UnableToRetrievePolicyRegistryItem, and every other error is passed on instead of being taken for an empty setting.
 */
export const recordCommands = (policy: PolicySetting, gpo: string): Result<readonly Command[]> =>
  commandsOf(
    [...policy.elements, ...policy.enabled.writes].map(({ key, valueName }) => ({
      shell: 'powershell',
      title: `Record ${valueName} before the change`,
      why: 'Copy the answer into the sheet letter by letter; if an error comes back, nothing is known: mend that first.',
      where: gpoWhere,
      pieces: [
        '& {\n  $gpo = Get-GPO -Name ',
        { value: gpo },
        ' -ErrorAction Stop\n  try {\n    $before = Get-GPRegistryValue -Guid $gpo.Id -Key ',
        keyPiece({ key: key ?? policy.key }),
        ' -ValueName ',
        { value: valueName },
        ' -ErrorAction Stop\n  } catch {\n' +
          "    if ($_.FullyQualifiedErrorId -notlike 'UnableToRetrievePolicyRegistryItem*') { throw }\n" +
          "    return 'Not configured'\n  }\n" +
          "  if ($before.PolicyState -eq 'Delete') { return 'Disabled' }\n" +
          "  'Enabled, and the next line is the exact value:'\n" +
          '  ([string]$before.Value).TrimEnd([char]0)\n}',
      ],
    })),
  );

function verifyDrafts<D extends Datum | Hole>(
  { writes }: SettingChange<D>,
  { preference }: PolicySetting,
  gpo: D,
): Draft<D | string>[] {
  return [
    ...writes.map((write): Draft<D | string> => ({
      shell: 'powershell',
      title: `Check ${write.valueName} in the Group Policy Object`,
      why:
        'data' in write
          ? `PolicyState is Set and Value is ${spoken(write.data)}.`
          : 'delete' in write
            ? 'PolicyState is Delete.'
            : 'The answer is an error that says the setting was not found.',
      where: gpoWhere,
      pieces: [
        'Get-GPRegistryValue -Name ',
        { value: gpo },
        ' -Key ',
        keyPiece(write),
        ' -ValueName ',
        namePiece(write),
      ],
    })),
    ...writes.map((write): Draft<D | string> => ({
      shell: 'cmd',
      title: `Check ${write.valueName} on a client`,
      why:
        'data' in write
          ? `After the policy refresh, the line ends in ${write.type === 'REG_DWORD' ? hex(write.data) : spoken(write.data)}.`
          : 'After the policy refresh, the answer is an error that says the value was not found.',
      where: 'a client, Command Prompt',
      pieces: ['reg query ', keyPiece(write), ' /v ', namePiece(write)],
    })),
    ...(preference === undefined
      ? []
      : [
          {
            shell: 'powershell' as const,
            title: 'Check what Defender works with',
            why: 'Shows the value that Microsoft Defender Antivirus uses on this client.',
            where: 'a client, Windows PowerShell as administrator',
            pieces: [`(Get-MpPreference).${preference}`],
          },
        ]),
  ];
}

/**
 * Commands that check a change: in the Group Policy Object, in a client's registry, and in Defender where it shows
 * the setting.
 */
export const verifyTemplates = (
  change: SettingChange<Datum | Hole>,
  policy: PolicySetting,
  gpo: Datum | Hole,
): Result<readonly CommandTemplate[]> => templatesOf(verifyDrafts(change, policy, gpo));

/** As `verifyTemplates`, with every value known. */
export const verifyCommands = (change: SettingChange, policy: PolicySetting, gpo: string): Result<readonly Command[]> =>
  commandsOf(verifyDrafts<Datum>(change, policy, gpo));

/** How `reg query` prints a REG_DWORD. */
const hex = (data: Datum | Hole): Datum => (isHole(data) ? spoken(data) : `0x${Number(data).toString(16)}`);
