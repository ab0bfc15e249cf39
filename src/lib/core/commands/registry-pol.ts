/**
 * The Registry.pol door: the file in which a Group Policy Object keeps its registry settings.
 *
 * Two levels. Instructions are what the file holds, each with its data as bytes, so that reading and writing lose
 * nothing, whatever the type. Entries are what Ringbook says; they become instructions.
 *
 * @see [MS-GPREG] 2.2.1, Registry Policy Message Syntax
 */
import { ok, refuse, type Result } from '../result.ts';
import { firstEntryFault, type RegistryEntry } from './registry-entry.ts';
import { grouped } from './text-rules.ts';
import { readUtf16, writeUtf16 } from './utf-16.ts';

/** One instruction, as it stands between `[` and `]`. */
export interface PolInstruction {
  /** Without HKLM or HKCU: the folder of the file, Machine or User, says which. */
  readonly key: string;
  /** The name of a value, or an instruction that begins with two asterisks. */
  readonly valueName: string;
  /** Number of the registry type, 0 to 4294967295; one that nobody documents is kept. */
  readonly type: number;
  /** At most 65,535 bytes. */
  readonly data: Uint8Array;
}

/** [MS-GPREG] 2.2.1, Signature: the bytes `PReg`. */
const SIGNATURE = 0x67655250;
/** [MS-GPREG] 2.2.1, Version. */
const VERSION = 1;
const HEADER_BYTES = 8;
/** [MS-GPREG] 2.2.1, Type. */
const TYPE = { REG_SZ: 1, REG_DWORD: 4 } as const;
/** [MS-GPREG] 2.2.1, Size. */
const DATA_LIMIT_BYTES = 65_535;

/** [MS-GPREG] 3.2.5.1.2: delete the value whose name follows. Small letters, as Microsoft's own objects have it. */
const DELETE = '**del.';
/** What stands as data of such an instruction: one space, as text. */
const DELETE_DATA = ' ';

const OPEN = '['.charCodeAt(0);
const SEPARATOR = ';'.charCodeAt(0);
const CLOSE = ']'.charCodeAt(0);

/**
 * Writes entries as the bytes of a Registry.pol file, in their order, which is the order in which clients carry
 * them out.
 *
 * The file holds these entries and nothing else. Not Configured is no entry, so a file cannot say it.
 *
 * @returns The bytes, or a sentence that says what is in the way.
 * @example registryPol([{ key: 'SOFTWARE\\Policies\\X', valueName: 'Hours', type: 'REG_DWORD', data: 22 }])
 *   //=> { ok: true, value: Uint8Array [0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0, 0x5b, 0, …] }
 */
export function registryPol(entries: readonly RegistryEntry[]): Result<Uint8Array<ArrayBuffer>> {
  const fault = firstEntryFault(entries);
  return fault === undefined ? writeRegistryPol(entries.map(instructionOf)) : refuse(fault);
}

function instructionOf(entry: RegistryEntry): PolInstruction {
  const { key, valueName } = entry;
  if ('delete' in entry) {
    return { key, valueName: DELETE + valueName, type: TYPE.REG_SZ, data: textData(DELETE_DATA) };
  }
  return entry.type === 'REG_DWORD'
    ? { key, valueName, type: TYPE.REG_DWORD, data: numberData(Number(entry.data)) }
    : { key, valueName, type: TYPE.REG_SZ, data: textData(String(entry.data)) };
}

/** [MS-GPREG] 2.2.1, REG_SZ: UTF-16LE with a closing zero, which counts in the size. */
function textData(text: string): Uint8Array {
  const data = new Uint8Array(2 * (text.length + 1));
  writeUtf16(new DataView(data.buffer), 0, text);
  return data;
}

/** [MS-GPREG] 2.2.1, REG_DWORD: 32 bits, low byte first. */
function numberData(number: number): Uint8Array {
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, number, true);
  return data;
}

/**
 * The entry that an instruction stands for.
 *
 * @returns Nothing when the instruction says something that an entry cannot: another type, another instruction, data
 *   that is not one text or one number. The instruction itself still holds all of it.
 */
export function entryOf({ key, valueName, type, data }: PolInstruction): RegistryEntry | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const text =
    type === TYPE.REG_SZ && data.length >= 2 && data.length % 2 === 0 && view.getUint16(data.length - 2, true) === 0
      ? readUtf16(view, 0, data.length - 2)
      : undefined;
  if (valueName.toLowerCase().startsWith(DELETE)) {
    return text === DELETE_DATA ? { key, valueName: valueName.slice(DELETE.length), delete: true } : undefined;
  }
  if (valueName.startsWith('**')) return undefined;
  if (type === TYPE.REG_DWORD && data.length === 4) {
    return { key, valueName, type: 'REG_DWORD', data: view.getUint32(0, true) };
  }
  return text === undefined || text.includes('\0') ? undefined : { key, valueName, type: 'REG_SZ', data: text };
}

/**
 * Writes instructions as they are.
 *
 * @returns The bytes, or a sentence when an instruction does not fit the format.
 */
export function writeRegistryPol(instructions: readonly PolInstruction[]): Result<Uint8Array<ArrayBuffer>> {
  let length = HEADER_BYTES;
  for (const { key, valueName, type, data } of instructions) {
    if (key.includes('\0') || valueName.includes('\0')) {
      return refuse('A key or name in Registry.pol must not hold a null character, which ends it.');
    }
    if (!Number.isInteger(type) || type < 0 || type > 0xffffffff) {
      return refuse('The type in Registry.pol must be a whole number from 0 to 4294967295.');
    }
    if (data.length > DATA_LIMIT_BYTES) {
      return refuse(`The data in Registry.pol must be ${grouped(DATA_LIMIT_BYTES)} bytes or fewer.`);
    }
    // Six signs, two closing zeros, type and size beside the three fields.
    length += 2 * 6 + 2 * (key.length + 1) + 2 * (valueName.length + 1) + 4 + 4 + data.length;
  }

  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SIGNATURE, true);
  view.setUint32(4, VERSION, true);
  let at = HEADER_BYTES;
  const sign = (unit: number): void => {
    view.setUint16(at, unit, true);
    at += 2;
  };
  const name = (text: string): void => {
    writeUtf16(view, at, text);
    // The closing zero is there already.
    at += 2 * (text.length + 1);
  };
  const number = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  // [MS-GPREG] 2.2.1: Instruction = "[" KeyPath ";" Value ";" Type ";" Size ";" Data "]"
  for (const { key, valueName, type, data } of instructions) {
    sign(OPEN);
    name(key);
    sign(SEPARATOR);
    name(valueName);
    sign(SEPARATOR);
    number(type);
    sign(SEPARATOR);
    number(data.length);
    sign(SEPARATOR);
    bytes.set(data, at);
    at += data.length;
    sign(CLOSE);
  }
  return ok(bytes);
}

/**
 * Reads a Registry.pol file by its lengths and closing zeros, never by looking for `;` or `]`, which data may hold.
 *
 * @returns The instructions in order, or a sentence that names the byte at which the file stops making sense.
 */
export function readRegistryPol(bytes: Uint8Array): Result<readonly PolInstruction[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== SIGNATURE) {
    return refuse('The file does not begin with PReg and a version: it is not a Registry.pol file.');
  }
  if (view.getUint32(4, true) !== VERSION) return refuse('The version of the Registry.pol file must be 1.');
  const instructions: PolInstruction[] = [];
  for (let at = HEADER_BYTES; at < bytes.length;) {
    const read = readInstruction(view, at);
    if (!read) return refuse(`The instruction that begins at byte ${at} is damaged or cut short.`);
    instructions.push(read.instruction);
    at = read.end;
  }
  return ok(instructions);
}

function readInstruction(
  view: DataView,
  start: number,
): { readonly instruction: PolInstruction; readonly end: number } | undefined {
  let at = start;
  const sign = (unit: number): boolean => {
    if (at + 2 > view.byteLength || view.getUint16(at, true) !== unit) return false;
    at += 2;
    return true;
  };
  const name = (): string | undefined => {
    const from = at;
    while (at + 2 <= view.byteLength) {
      at += 2;
      if (view.getUint16(at - 2, true) === 0) return readUtf16(view, from, at - 2);
    }
    return undefined;
  };
  const number = (): number | undefined => {
    if (at + 4 > view.byteLength) return undefined;
    at += 4;
    return view.getUint32(at - 4, true);
  };

  if (!sign(OPEN)) return undefined;
  const key = name();
  if (key === undefined || !sign(SEPARATOR)) return undefined;
  const valueName = name();
  if (valueName === undefined || !sign(SEPARATOR)) return undefined;
  const type = number();
  if (type === undefined || !sign(SEPARATOR)) return undefined;
  const size = number();
  if (size === undefined || size > DATA_LIMIT_BYTES || !sign(SEPARATOR) || at + size > view.byteLength)
    return undefined;
  const data = new Uint8Array(view.buffer, view.byteOffset + at, size).slice();
  at += size;
  return sign(CLOSE) ? { instruction: { key, valueName, type, data }, end: at } : undefined;
}
