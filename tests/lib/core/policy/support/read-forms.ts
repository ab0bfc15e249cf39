/** Reads each form of a change back to what it does, by the rules of the program that takes it. */
import type { SettingForm } from '../../../../../src/lib/core/policy/forms.ts';
import type { RegistryWrite } from '../../../../../src/lib/core/policy/setting-change.ts';
import {
  readLgpoAsTool,
  readPolAsClient,
  readRegAsWindows,
  type FileWrite,
} from '../../commands/support/registry-files.ts';
import { tokenizePowershell } from '../../commands/support/powershell-tokens.ts';
import { readGroupPolicyCommand, readRegCommand, type ReadWrite } from './read-commands.ts';

/** What is done to one value, the same whatever the form: key without hive, data as text. */
export interface Told {
  readonly action: 'set' | 'delete' | 'unset';
  readonly key: string;
  readonly valueName: string;
  readonly type?: string;
  readonly data?: string;
}

/** What the change itself does. */
export function toldByChange(write: RegistryWrite): Told {
  const { key, valueName } = write;
  if ('unset' in write) return { action: 'unset', key, valueName };
  if ('delete' in write) return { action: 'delete', key, valueName };
  return { action: 'set', key, valueName, type: write.type, data: String(write.data) };
}

const registryTypes: Readonly<Record<string, string>> = { String: 'REG_SZ', DWord: 'REG_DWORD' };

function toldByCommand({ action, key, valueName, type, data }: ReadWrite): Told {
  if (!key.startsWith('HKLM\\')) throw new Error(`Not the computer's half: ${key}`);
  const place = { action, key: key.slice('HKLM\\'.length), valueName };
  return action === 'set' ? { ...place, type: registryTypes[type ?? ''] ?? type, data } : place;
}

const toldByFile = ({ action, key, valueName, type, data }: FileWrite): Told =>
  action === 'set' ? { action, key, valueName, type, data: String(data) } : { action, key, valueName };

/** The items of one form that are there, and the refusals. */
export function itemsOf(forms: readonly SettingForm[], name: SettingForm['form']) {
  const items = forms.filter(({ form }) => form === name);
  return {
    texts: items.flatMap((item) => ('text' in item && !('bytes' in item) ? [item] : [])),
    files: items.flatMap((item) => ('bytes' in item ? [item] : [])),
    refusals: items.flatMap((item) => ('refusal' in item ? [item.refusal] : [])),
  };
}

type WriteForm = 'group-policy' | 'reg' | 'reg-file' | 'lgpo' | 'registry-pol';

/** What a form does, or its refusals where it has no more than those. */
export function toldByForm(forms: readonly SettingForm[], name: WriteForm): readonly Told[] | { refusals: string[] } {
  const { texts, files, refusals } = itemsOf(forms, name);
  if (refusals.length > 0) return { refusals };
  const [file] = files;
  switch (name) {
    case 'group-policy':
      return texts.map(({ text }) => toldByCommand(readGroupPolicyCommand(text)));
    case 'reg':
      return texts.map(({ text }) => toldByCommand(readRegCommand(text)));
    case 'reg-file':
      return readRegAsWindows(file?.bytes ?? new Uint8Array()).map(toldByFile);
    case 'lgpo':
      return readLgpoAsTool(file?.bytes ?? new Uint8Array()).map(toldByFile);
    case 'registry-pol':
      return readPolAsClient(file?.bytes ?? new Uint8Array()).map(toldByFile);
  }
}

/** A PowerShell command as its cmdlet receives it: parameters in order, a switch without a value. */
export interface ReadCmdlet {
  readonly cmdlet: string;
  readonly parameters: readonly (readonly [name: string, value?: string])[];
}

/** Reads a command of one cmdlet with named parameters only. A value that is written `$true` stays so. */
export function readCmdlet(line: string): ReadCmdlet {
  const boolean = / (\$true|\$false)$/.exec(line)?.[1];
  const tokens = tokenizePowershell(boolean === undefined ? line : line.slice(0, -boolean.length));
  const [cmdlet, ...words] = tokens.map(({ kind, value }) => ({ isString: kind === 'string', value }));
  if (boolean !== undefined) words.push({ isString: false, value: boolean });
  const isName = (word: (typeof words)[number]): boolean => !word.isString && /^-[A-Z][A-Za-z]+$/.test(word.value);
  const parameters: (readonly [string, string?])[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [name, value] = words.slice(at, at + 2);
    if (!name || !isName(name)) throw new Error(`A word stands alone, ${name?.value}: ${line}`);
    if (value === undefined || isName(value)) {
      parameters.push([name.value.slice(1)]);
    } else {
      parameters.push([name.value.slice(1), value.value]);
      at += 1;
    }
  }
  return { cmdlet: cmdlet?.value ?? '', parameters };
}
