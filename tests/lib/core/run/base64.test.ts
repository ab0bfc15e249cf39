import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataAddress, fromBase64, toBase64 } from '../../../../src/lib/core/run/base64.ts';

it('repeats its worked examples', () => {
  expect(toBase64(Uint8Array.of(82, 98))).toBe('UmI=');
  expect(fromBase64('UmI=')).toEqual(Uint8Array.of(82, 98));
  expect(dataAddress(Uint8Array.of(82, 98), 'image/png')).toBe('data:image/png;base64,UmI=');
});

it('writes what everybody else writes, and reads it back, for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
});

it('does so over the bounds of its chunks', () => {
  for (const length of [12_287, 12_288, 12_289, 40_000]) {
    const bytes = Uint8Array.from({ length }, (_, place) => (place * 31) % 256);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  }
});

it('reads only the one text that stands for some bytes', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      const bytes = fromBase64(text);
      if (bytes) expect(toBase64(bytes)).toBe(text);
    }),
  );
});

it.each(['A', 'AAA', '====', 'UmJ=', 'Um=I', 'Um I', 'UmI=\n', 'Umé=', 'Zh=='])('does not read %j', (text) => {
  expect(fromBase64(text)).toBeUndefined();
});

it('makes addresses that hold the very bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const answer = await fetch(dataAddress(bytes, 'image/webp'));
      expect(answer.headers.get('content-type')).toBe('image/webp');
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    }),
  );
});
