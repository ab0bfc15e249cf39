/**
 * The .reg door: registry entries as the text that `reg import` and the Registry Editor read, version 5.00.
 *
 * @see support.microsoft.com, "How to add, modify, or delete registry subkeys and values by using a .reg file" (310516)
 */
import { ok, refuse, type Result } from '../result.ts';
import { firstEntryFault, type RegistryEntry } from './registry-entry.ts';
import { readUtf16File, utf16File, type TextFile } from './utf-16.ts';

const FIRST_LINE = 'Windows Registry Editor Version 5.00';
/** A .reg file has no short names for hives. */
const HIVE = 'HKEY_LOCAL_MACHINE\\';

/**
 * Writes a .reg file as the Registry Editor exports it: UTF-16LE with a byte order mark, each line ended by CRLF.
 * Entries of one key in a row share its header.
 *
 * @returns The file, or a sentence that says what is in the way.
 * @example regFile([{ key: 'SOFTWARE\\Policies\\X', valueName: 'Hours', type: 'REG_DWORD', data: 22 }])
 *   //=> { ok: true, value: { text: 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\…', bytes: … } }
 */
export function regFile(entries: readonly RegistryEntry[]): Result<TextFile> {
  const fault = firstEntryFault(entries);
  if (fault !== undefined) return refuse(fault);
  const lines = [FIRST_LINE];
  let header: string | undefined;
  for (const entry of entries) {
    // Where the header would end is not documented.
    if (/[[\]]/.test(entry.key)) return refuse('The registry key must not hold square brackets in a .reg file.');
    if (entry.key !== header) {
      header = entry.key;
      lines.push('', `[${HIVE}${header}]`);
    }
    lines.push(`${quoted(entry.valueName)}=${dataText(entry)}`);
  }
  return ok(utf16File(lines.map((line) => `${line}\r\n`).join('')));
}

/** Within quotes a backslash stands before a backslash and before a quote; everything else stands for itself. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function dataText(entry: RegistryEntry): string {
  if ('delete' in entry) return '-';
  return entry.type === 'REG_DWORD'
    ? `dword:${Number(entry.data).toString(16).padStart(8, '0')}`
    : quoted(String(entry.data));
}

/**
 * Reads a file of the kind that {@link regFile} writes: text, numbers and deleted values below HKEY_LOCAL_MACHINE.
 *
 * @returns The entries in order, or a sentence that names the first line that says something else.
 */
export function readRegFile(bytes: Uint8Array): Result<readonly RegistryEntry[]> {
  const text = readUtf16File(bytes);
  if (text === undefined) return refuse('The file must be UTF-16LE with a byte order mark.');
  const [first, ...lines] = text.split('\r\n');
  if (first !== FIRST_LINE) return refuse(`The first line must be ${FIRST_LINE}.`);
  const entries: RegistryEntry[] = [];
  let key: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (line === '' || line.startsWith(';')) continue;
    const header = /^\[HKEY_LOCAL_MACHINE\\([^[\]]+)\]$/.exec(line);
    if (header) {
      key = header[1];
      continue;
    }
    const entry = key === undefined ? undefined : readLine(key, line);
    if (!entry) return refuse(`Line ${index + 2} is neither a key, text, a number nor a deleted value.`);
    entries.push(entry);
  }
  const fault = firstEntryFault(entries);
  return fault === undefined ? ok(entries) : refuse(fault);
}

function readLine(key: string, line: string): RegistryEntry | undefined {
  const parts = /^"((?:[^\\"]|\\[\\"])*)"=(?:(-)|dword:([\da-f]{8})|"((?:[^\\"]|\\[\\"])*)")$/i.exec(line);
  if (!parts) return undefined;
  const [, name = '', deleted, number, text = ''] = parts;
  const place = { key, valueName: unquoted(name) };
  if (deleted !== undefined) return { ...place, delete: true };
  return number === undefined
    ? { ...place, type: 'REG_SZ', data: unquoted(text) }
    : { ...place, type: 'REG_DWORD', data: Number.parseInt(number, 16) };
}

const unquoted = (text: string): string => text.replace(/\\([\\"])/g, '$1');
