/** Reads and writes the files of a build through one piece of memory: fresh memory for each costs more than what is done with it. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

let memory = Buffer.alloc(2 ** 20);

function room(size: number): Buffer {
  if (memory.length < size) memory = Buffer.alloc(size * 2);
  return memory;
}

/** @returns What the file holds, until the next file is read or written here. */
export function readBytes(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const bytes = room(size);
    let read = 0;
    for (let more = -1; more !== 0 && read < size; read += more)
      more = readSync(handle, bytes, read, size - read, read);
    return bytes.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes a text, and after it bytes that stand at the end of many files.
 *
 * @returns The bytes of the text alone, until the next file is read or written here.
 */
export function writeText(file: string, text: string, end?: Uint8Array): Buffer {
  // A character of a text becomes three bytes at most.
  const memoryOfText = room(text.length * 3);
  const bytes = memoryOfText.subarray(0, memoryOfText.write(text, 'utf8'));
  const handle = openSync(file, 'w');
  try {
    writeAll(handle, bytes);
    if (end) writeAll(handle, end);
  } finally {
    closeSync(handle);
  }
  return bytes;
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
}
