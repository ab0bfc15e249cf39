/** Every pair of ink and ground that the style sheet puts together, in light and dark, measured as WCAG 2.2 measures it. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const sheet = readFileSync(
  resolve(dirname(fileURLToPath(import.meta.url)), '../../src/components/ringbook.css'),
  'utf8',
);

/** The colours that a rule gives to names. */
function coloursOf(selector: string): Readonly<Record<string, string>> {
  const start = sheet.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`The style sheet has no rule for ${selector}.`);
  const body = sheet.slice(start, sheet.indexOf('}', start));
  return Object.fromEntries(
    [...body.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', of = '']) => [name, of]),
  );
}

const light = coloursOf(':root');
const dark = coloursOf(":root[data-theme='dark']");

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black and white). */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ['ground', 'raised', 'sunken'] as const;
/** What is read: 4.5 : 1 or better. */
const texts: readonly (readonly [ink: string, ground: string])[] = [
  ...['ink', 'quiet', 'accent', 'caution', 'stop', 'given'].flatMap((ink) => grounds.map((on) => [ink, on] as const)),
  ...['ink', 'quiet', 'accent', 'caution', 'stop'].map((ink) => [ink, 'accent-ground'] as const),
  ...['ink', 'quiet', 'accent', 'caution', 'stop'].map((ink) => [ink, 'caution-ground'] as const),
  ...['ink', 'quiet', 'accent', 'stop'].map((ink) => [ink, 'stop-ground'] as const),
  ['given', 'given-ground'],
  ['on-accent', 'accent'],
  ['on-stop', 'stop'],
  // What is pressed, and what was just done.
  ['raised', 'ink'],
  ['ground', 'ink'],
];
/** What is seen: edges of boxes and fields, the mark of the next step, the ring around what has the focus: 3 : 1 or better. */
const marks = [
  ...['edge', 'accent', 'stop', 'caution', 'ink'].flatMap((mark) => grounds.map((on) => [mark, on] as const)),
  ['accent', 'accent-ground'],
  ['edge', 'accent-ground'],
  ['edge', 'caution-ground'],
] as const;

test('black on white is 21, and what is the same is 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeGreaterThan(4.5);
  expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
  expect(contrast('#123456', '#123456')).toBe(1);
});

test('dark has a colour for each of light, the same whether the system or the reader chose it', () => {
  expect(Object.keys(dark)).toEqual(Object.keys(light));
  expect(coloursOf(":root:not([data-theme='light'])")).toEqual(dark);
});

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('in %s', (_, colours) => {
  const ratio = (one: string, other: string): number => contrast(colours[one] ?? '', colours[other] ?? '');

  test.each(texts)('%s on %s can be read', (ink, ground) => {
    expect(ratio(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(marks)('%s on %s can be seen', (mark, ground) => {
    expect(ratio(mark, ground)).toBeGreaterThanOrEqual(3);
  });
});
