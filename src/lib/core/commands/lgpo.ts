/**
 * The LGPO door: registry entries as the text that `LGPO.exe /t` applies to a computer's local policy.
 *
 * An entry is four lines: configuration, key, name of the value, action. The text of `SZ:` has backslash escapes; key
 * and name have none.
 *
 * @see LGPO.pdf 3.0, "LGPO text" (Microsoft Security Compliance Toolkit)
 */
import { ok, refuse, type Result } from '../result.ts';
import { DWORD_LIMIT, firstEntryFault, type RegistryEntry } from './registry-entry.ts';
import { readUtf16File, utf16File, type TextFile } from './utf-16.ts';

const COMPUTER = 'Computer';

/**
 * Writes LGPO text: UTF-16LE with a byte order mark, without which LGPO takes text for the computer's code page; each
 * line ended by CRLF, an empty line between entries.
 *
 * A deleted value becomes an instruction to delete it at each refresh, as the editor writes for Disabled. There is no way
 * to take one value out of the policy again: LGPO's CLEAR takes out the whole key with everything below it.
 *
 * @returns The file, or a sentence that says what is in the way.
 * @example lgpoFile([{ key: 'SOFTWARE\\Policies\\X', valueName: 'Shares', type: 'REG_SZ', data: '\\\\fs\\new' }])
 *   //=> { ok: true, value: { text: 'Computer\r\nSOFTWARE\\Policies\\X\r\nShares\r\nSZ:\\\\\\\\fs\\\\new\r\n', bytes: … } }
 */
export function lgpoFile(entries: readonly RegistryEntry[]): Result<TextFile> {
  const fault = firstEntryFault(entries);
  if (fault !== undefined) return refuse(fault);
  const blocks: string[] = [];
  for (const entry of entries) {
    const action = actionOf(entry);
    if (!action.ok) return action;
    blocks.push([COMPUTER, entry.key, entry.valueName, action.value].map((line) => `${line}\r\n`).join(''));
  }
  return ok(utf16File(blocks.join('\r\n')));
}

function actionOf(entry: RegistryEntry): Result<string> {
  if ('delete' in entry) return ok('DELETE');
  if (entry.type === 'REG_DWORD') return ok(`DWORD:${entry.data}`);
  const text = String(entry.data);
  return /^ | $/.test(text)
    ? refuse('The value begins or ends with a space, and it is not documented that LGPO keeps it. Use another form.')
    : ok(`SZ:${text.replaceAll('\\', '\\\\')}`);
}

/**
 * Reads a file of the kind that {@link lgpoFile} writes: text, numbers and deleted values of the computer.
 *
 * A single backslash in text is refused, because what LGPO makes of it depends on the next character.
 *
 * @returns The entries in order, or a sentence that names the first line that says something else.
 */
export function readLgpoFile(bytes: Uint8Array): Result<readonly RegistryEntry[]> {
  const text = readUtf16File(bytes);
  if (text === undefined) return refuse('The file must be UTF-16LE with a byte order mark.');
  const lines = text.split('\r\n');
  const entries: RegistryEntry[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const configuration = lines[at] ?? '';
    if (configuration === '' || configuration.startsWith(';')) continue;
    if (configuration.toLowerCase() !== 'computer') return refuse(`Line ${at + 1} must be Computer.`);
    const [key = '', valueName = '', action = ''] = lines.slice(at + 1, at + 4);
    at += 3;
    const entry = readAction({ key, valueName }, action);
    if (!entry) return refuse(`Line ${at + 1} must be SZ with doubled backslashes, DWORD or DELETE.`);
    entries.push(entry);
  }
  const fault = firstEntryFault(entries);
  return fault === undefined ? ok(entries) : refuse(fault);
}

function readAction(place: { key: string; valueName: string }, action: string): RegistryEntry | undefined {
  if (action === 'DELETE') return { ...place, delete: true };
  const number = /^DWORD:(\d{1,10}|0[xX][\da-fA-F]{1,8})$/.exec(action)?.[1];
  if (number !== undefined) {
    // LGPO wraps a larger number round without a word.
    return Number(number) > DWORD_LIMIT ? undefined : { ...place, type: 'REG_DWORD', data: Number(number) };
  }
  const text = /^SZ:((?:[^\\]|\\\\)*)$/.exec(action)?.[1];
  return text === undefined ? undefined : { ...place, type: 'REG_SZ', data: text.replaceAll('\\\\', '\\') };
}
