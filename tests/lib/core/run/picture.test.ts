import { expect, it } from 'vitest';
import { pictureType } from '../../../../src/lib/core/run/picture.ts';
import { png } from './runs.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

it('knows a picture by its first bytes', () => {
  expect(pictureType(png)).toBe('image/png');
  expect(pictureType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
  expect(pictureType(ascii('GIF89a'))).toBe('image/gif');
  expect(pictureType(ascii('RIFF1234WEBP'))).toBe('image/webp');
});

it.each(['', 'RIFF1234WAVE', '<svg onload="alert(1)"/>', 'MZ', '%PDF-1.7'])('takes %j for none', (text) => {
  expect(pictureType(ascii(text))).toBeUndefined();
});
