/**
 * How Windows and LGPO.exe read registry files, written from their documentation and from nothing in `src`: bytes
 * through Node's own decoders, and every line that is not exactly one of the documented forms is an error.
 */

/** What a file does to one value. */
export interface FileWrite {
  readonly action: 'set' | 'delete';
  readonly key: string;
  readonly valueName: string;
  readonly type?: string;
  readonly data?: string | number;
}

/** The lines of a UTF-16LE file with a byte order mark and CRLF at each end of a line, the last included. */
export function linesOf(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes);
  if (buffer.readUInt16LE(0) !== 0xfeff) throw new Error('The file has no byte order mark.');
  const text = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }).decode(buffer.subarray(2));
  if (!text.endsWith('\r\n')) throw new Error('The last line has no end.');
  const lines = text.slice(0, -2).split('\r\n');
  for (const line of lines)
    if (/[\r\n]/.test(line)) throw new Error(`A line break stands alone: ${JSON.stringify(line)}`);
  return lines;
}

/** Takes the escapes out of the text between two quotes. Throws where the quotes would end early. */
function unescapeReg(text: string): string {
  let value = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') throw new Error(`A quote ends the text early: ${text}`);
    if (character === '\\') {
      at += 1;
      const next = text.charAt(at);
      if (next !== '\\' && next !== '"') throw new Error(`An escape that nobody documents: ${text}`);
      value += next;
    } else {
      value += character;
    }
  }
  return value;
}

/** Reads a .reg file of version 5.00. */
export function readRegAsWindows(bytes: Uint8Array): FileWrite[] {
  const [first, second, ...lines] = linesOf(bytes);
  if (first !== 'Windows Registry Editor Version 5.00' || second !== '') throw new Error('Not a .reg file.');
  const writes: FileWrite[] = [];
  let key = '';
  for (const line of lines) {
    if (line === '') continue;
    if (line.startsWith('[')) {
      if (!line.startsWith('[HKEY_LOCAL_MACHINE\\') || line.indexOf(']') !== line.length - 1) throw new Error(line);
      key = line.slice('[HKEY_LOCAL_MACHINE\\'.length, -1);
      continue;
    }
    // The name ends at the first quote that no backslash escapes.
    let end = 1;
    while (line.charAt(end) !== '"') {
      if (end >= line.length) throw new Error(`The name is not closed: ${line}`);
      end += line.charAt(end) === '\\' ? 2 : 1;
    }
    const place = { key, valueName: unescapeReg(line.slice(1, end)) };
    if (line.charAt(0) !== '"' || line.charAt(end + 1) !== '=') throw new Error(`Not a value: ${line}`);
    const data = line.slice(end + 2);
    if (data === '-') writes.push({ action: 'delete', ...place });
    else if (/^dword:[0-9a-f]{8}$/.test(data)) {
      writes.push({ action: 'set', ...place, type: 'REG_DWORD', data: Number(`0x${data.slice(6)}`) });
    } else if (data.length >= 2 && data.startsWith('"') && data.endsWith('"')) {
      writes.push({ action: 'set', ...place, type: 'REG_SZ', data: unescapeReg(data.slice(1, -1)) });
    } else throw new Error(`Not data: ${line}`);
  }
  return writes;
}

/** Takes LGPO's escapes out of the text after `SZ:`. */
function unescapeLgpo(text: string): string {
  const meanings: Readonly<Record<string, string>> = { '\\': '\\', r: '\r', n: '\n', '0': '\0' };
  let value = '';
  for (let at = 0; at < text.length; at += 1) {
    const meaning = text.charAt(at) === '\\' ? meanings[text.charAt(at + 1)] : undefined;
    value += meaning ?? text.charAt(at);
    if (meaning !== undefined) at += 1;
  }
  return value;
}

/** Reads LGPO text. */
export function readLgpoAsTool(bytes: Uint8Array): FileWrite[] {
  const lines = linesOf(bytes);
  const writes: FileWrite[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line === '' || line.startsWith(';')) {
      at += 1;
      continue;
    }
    const [configuration = '', key = '', valueName = '', action = ''] = lines.slice(at, at + 4);
    at += 4;
    if (configuration !== 'Computer') throw new Error(`Not a configuration: ${configuration}`);
    for (const word of [key, valueName]) {
      if (word === '' || word !== word.trim() || word.startsWith(';')) throw new Error(`Not a key or name: ${word}`);
    }
    if (valueName === '*' || valueName === '(Default)') throw new Error(`A name with a meaning: ${valueName}`);
    const place = { key, valueName };
    if (action === 'DELETE') writes.push({ action: 'delete', ...place });
    else if (/^DWORD:\d+$/.test(action)) {
      writes.push({ action: 'set', ...place, type: 'REG_DWORD', data: Number(action.slice(6)) });
    } else if (action.startsWith('SZ:')) {
      if (action.trimEnd() !== action) throw new Error(`A blank at the end may get lost: ${action}`);
      writes.push({ action: 'set', ...place, type: 'REG_SZ', data: unescapeLgpo(action.slice(3)) });
    } else throw new Error(`Not an action: ${action}`);
  }
  return writes;
}

/** Reads a Registry.pol file as [MS-GPREG] 2.2.1 and 3.2.5.1.2 describe it. */
export function readPolAsClient(bytes: Uint8Array): FileWrite[] {
  const buffer = Buffer.from(bytes);
  if (buffer.toString('latin1', 0, 8) !== 'PReg\u0001\0\0\0') throw new Error('Not a Registry.pol file.');
  const writes: FileWrite[] = [];
  let at = 8;
  const expectSign = (sign: string): void => {
    if (buffer.toString('utf16le', at, at + 2) !== sign) throw new Error(`Byte ${at} is not ${sign}.`);
    at += 2;
  };
  const identifier = (): string => {
    const from = at;
    while (buffer.readUInt16LE(at) !== 0) at += 2;
    at += 2;
    return buffer.toString('utf16le', from, at - 2);
  };
  while (at < buffer.length) {
    expectSign('[');
    const key = identifier();
    expectSign(';');
    const name = identifier();
    expectSign(';');
    const type = buffer.readUInt32LE(at);
    at += 4;
    expectSign(';');
    const size = buffer.readUInt32LE(at);
    at += 4;
    expectSign(';');
    const data = buffer.subarray(at, at + size);
    at += size;
    expectSign(']');
    const deleted = /^\*\*del\.(.+)$/i.exec(name)?.[1];
    if (deleted !== undefined) {
      if (type !== 1 || data.toString('hex') !== '20000000') throw new Error('Not a delete instruction.');
      writes.push({ action: 'delete', key, valueName: deleted });
    } else if (name.startsWith('**')) {
      throw new Error(`An instruction: ${name}`);
    } else if (type === 4 && size === 4) {
      writes.push({ action: 'set', key, valueName: name, type: 'REG_DWORD', data: data.readUInt32LE(0) });
    } else if (type === 1 && size >= 2 && data.readUInt16LE(size - 2) === 0) {
      writes.push({ action: 'set', key, valueName: name, type: 'REG_SZ', data: data.toString('utf16le', 0, size - 2) });
    } else throw new Error(`Type ${type} with ${size} bytes.`);
  }
  return writes;
}
