import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUtf16File, utf16File } from '../../../../src/lib/core/commands/utf-16.ts';

describe('a UTF-16 file', () => {
  it('begins with the byte order mark and has the low byte first', () => {
    expect([...utf16File('A€').bytes]).toEqual([0xff, 0xfe, 0x41, 0x00, 0xac, 0x20]);
  });

  it('is read back unit for unit, half pairs included', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = String.fromCharCode(...units);
        expect(readUtf16File(utf16File(text).bytes)).toBe(text);
      }),
    );
  });

  it('is the same as Node writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Buffer.from(utf16File(text).bytes)).toEqual(Buffer.from(`\ufeff${text}`, 'utf16le'));
      }),
    );
  });

  it('is read where it lies inside a larger piece of memory', () => {
    const { bytes } = utf16File('ring');
    const larger = new Uint8Array([9, ...bytes, 9]);
    expect(readUtf16File(larger.subarray(1, -1))).toBe('ring');
  });

  it.each([
    ['nothing at all', []],
    ['no mark', [0x41, 0x00]],
    ['the mark of the other byte order', [0xfe, 0xff, 0x00, 0x41]],
    ['half a unit at the end', [0xff, 0xfe, 0x41]],
  ])('is not read with %s', (_what, bytes) => {
    expect(readUtf16File(new Uint8Array(bytes))).toBeUndefined();
  });
});
