import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBytes, writeText } from '../../../src/lib/build/bytes.ts';

const file = join(mkdtempSync(join(tmpdir(), 'ringbook-')), 'a');

test('any text is written and read as it is, however long the one before it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 3000 }), fc.string(), (text, times, end) => {
      const whole = text.repeat(times);
      expect(writeText(file, whole, Buffer.from(end)).toString()).toBe(whole);
      expect(readBytes(file).toString()).toBe(whole + end);
      expect(readFileSync(file, 'utf8')).toBe(whole + end);
    }),
    { examples: [['“…”', 1_000_000, 'end']] },
  );
});
