import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentText } from '../../../../src/lib/core/calculators/ring-schedule.ts';
import { ringTimelineSvg } from '../../../../src/lib/core/calculators/ring-timeline-picture.ts';
import {
  gateWords,
  ringTimeline,
  ringTimelineExample,
  type Ring,
  type RingTimelineInput,
} from '../../../../src/lib/core/calculators/ring-timeline.ts';
import { anyClock, anyDay, anySchedule } from './support/intl-clocks.ts';

/** Elements with their attributes, and texts; throws where the markup does not nest. */
function parseSvg(svg: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const token = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z:-]+="[^"<>]*")*)(\/?)>|([^<]+)/gy;
  let match = token.exec(svg);
  let end = 0;
  for (; match; match = token.exec(svg)) {
    end = token.lastIndex;
    const [, isEnd, name = '', attributeText = '', isEmpty, text] = match;
    if (text !== undefined) {
      const inside = open.at(-1);
      if (!inside) throw new Error(`Text outside of an element: ${text}`);
      inside.text += text;
    } else if (isEnd) {
      if (open.pop()?.name !== name) throw new Error(`${name} ends where it did not begin.`);
    } else {
      const pairs = [...attributeText.matchAll(/ ([a-zA-Z:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        value,
      ]);
      const element = { name, attributes: Object.fromEntries(pairs) as Record<string, string>, text: '' };
      elements.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  if (end !== svg.length || open.length > 0) throw new Error(`Not markup: ${svg.slice(end, end + 80)}`);
  return elements;
}

const value = ringTimeline(ringTimelineExample);
const drawn = (input: RingTimelineInput) => parseSvg(ringTimelineSvg(ringTimeline(input)));
const textsOf = (elements: ReturnType<typeof parseSvg>): string[] =>
  elements.filter(({ name }) => name === 'text').map(({ text }) => text);

const anyName = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }).filter((name) => name.trim() !== ''),
  fc.constantFrom('<script>alert(1)</script>', '" onload="x', "O'Brien & Sons", '${x}', 'Ring '.repeat(20)),
);
const anyInput = fc
  .record({
    names: fc.uniqueArray(anyName, { minLength: 2, maxLength: 6 }),
    schedules: fc.array(anySchedule, { minLength: 6, maxLength: 6 }),
    soakHours: fc.integer({ min: 1, max: 336 }),
    detectionHours: fc.integer({ min: 1, max: 22 }),
    deadline: fc.record({ days: fc.integer({ min: 0, max: 365 }), time: anyClock }),
    date: anyDay,
  })
  .map(({ names, schedules, soakHours, detectionHours, deadline, date }): RingTimelineInput => ({
    ...ringTimelineExample,
    date,
    today: date,
    rings: names.map((name, index): Ring => ({
      name,
      schedule: schedules[index] ?? { firstSync: '05:00', timeZone: 'UTC', syncsPerDay: 1 },
      approval: 'hand',
      approvalHours: 8,
      replicationMinutes: 180,
      detectionHours,
      deadline,
      ...(index > 0 && { soakHours }),
    })),
  }));

describe('the picture', () => {
  it('is an image with a title and a description for a screen reader', () => {
    const elements = parseSvg(ringTimelineSvg(value));
    const [svg] = elements;
    expect(svg?.name).toBe('svg');
    expect(svg?.attributes).toMatchObject({
      role: 'img',
      'aria-labelledby': 'rb-rings-title',
      'aria-describedby': 'rb-rings-text',
    });
    const byId = new Map(elements.map((element) => [element.attributes['id'], element]));
    expect(byId.get('rb-rings-title')).toMatchObject({
      name: 'title',
      text: 'When an update is on the last device of each ring',
    });
    const description = byId.get('rb-rings-text')?.text ?? '';
    for (const { name, band, lastDevice, schedule } of value.rings) {
      const moment = (minute: number): string => momentText(minute, schedule.timeZone);
      expect(description).toContain(
        `${name} synchronizes from ${moment(band.earliest)} on; the update is on its last device between ` +
          `${moment(lastDevice.earliest)} and ${moment(lastDevice.latest)}.`,
      );
    }
  });

  it('has a band for each ring from its earliest to its latest time, to one scale', () => {
    const rects = parseSvg(ringTimelineSvg(value)).filter(({ name }) => name === 'rect');
    const bands = rects.filter(({ attributes }) => attributes['fill'] === 'none');
    expect(bands).toHaveLength(value.rings.length);
    const from = Math.min(...value.rings.map(({ band }) => band.earliest));
    const until = Math.max(...value.rings.map(({ band }) => band.latest));
    for (const [index, { band }] of value.rings.entries()) {
      const attributes = bands[index]?.attributes ?? {};
      const [x, width] = [Number(attributes['x']), Number(attributes['width'])];
      const perMinute = (700 - 176) / (until - from);
      expect(x).toBeCloseTo(176 + (band.earliest - from) * perMinute, 0);
      expect(width).toBeCloseTo((band.latest - band.earliest) * perMinute, 0);
    }
  });

  it('is readable without colour: a pattern, letters, and a key for each of them', () => {
    const svg = ringTimelineSvg(value);
    expect(svg).not.toMatch(/#[\da-f]{3,8}\b|rgb|hsl|(?:fill|stroke)="(?!none|currentColor|url\(#rb-rings-hatch\))/i);
    const elements = parseSvg(svg);
    expect(elements.filter(({ name }) => name === 'pattern')).toHaveLength(1);
    const texts = textsOf(elements);
    const key = texts.slice(-2).join(' · ');
    const letters = new Set(texts.filter((text) => /^[A-Z]+$/.test(text)).join(''));
    for (const letter of letters) expect(key).toMatch(new RegExp(`(^|· )${letter} `));
    const gates = new Set(value.rings.flatMap((ring) => ring.gates.map(({ id }) => id)));
    gates.delete('upstream');
    expect(key.split(' · ')).toHaveLength(gates.size);
    for (const id of gates) expect(key).toContain(`${gateWords[id][0]} ${gateWords[id][1].toLowerCase()}`);
  });

  it('marks every gate of a ring at its earliest and at its latest', () => {
    const letters = textsOf(parseSvg(ringTimelineSvg(value))).filter((text) => /^[A-Z]+$/.test(text));
    const count = (letter: string): number => letters.join('').split(letter).length - 1;
    expect(count('S')).toBe(4);
    expect(count('W')).toBe(2);
    expect(count('A')).toBe(4);
    expect(count('F')).toBe(4);
    expect(count('L')).toBe(4);
    // The earliest deadline of the example is before everything else, so only its latest is in the picture.
    expect(count('D')).toBe(1);
  });

  it('has ids of its own for each picture of a page', () => {
    const ids = (svg: string) => parseSvg(svg).flatMap(({ attributes }) => attributes['id'] ?? []);
    const [one, other] = [ids(ringTimelineSvg(value)), ids(ringTimelineSvg(value, 'rb-two'))];
    expect(new Set([...one, ...other]).size).toBe(one.length + other.length);
    expect(ringTimelineSvg(value, 'rb-two')).not.toContain('rb-rings');
  });

  it('has ticks on round hours of the clocks, also after a clock change', () => {
    const [first, last] = ringTimelineExample.rings;
    if (!first || !last) throw new Error('There are two.');
    const long = { ...last, approval: 'hand' as const, approvalHours: 100 };
    const elements = drawn({ ...ringTimelineExample, rings: [first, long], date: '2026-10-31', today: '2026-10-31' });
    const times = textsOf(elements).filter((text) => /^\d\d:\d\d$/.test(text));
    expect(times).toEqual(['00:00', '00:00', '00:00', '00:00', '00:00']);
  });

  it('shortens a long name, and keeps it whole in the description', () => {
    const [first, last] = ringTimelineExample.rings;
    if (!first || !last) throw new Error('There are two.');
    const name = 'Production of the northern branches';
    const svg = ringTimelineSvg(ringTimeline({ ...ringTimelineExample, rings: [first, { ...last, name }] }));
    expect(textsOf(parseSvg(svg))).toContain('Production of the n…');
    expect(svg).toContain(`${name} synchronizes from`);
  });

  it('is markup without styles, scripts or handlers, inside of its borders, whatever the rings are called', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const elements = drawn(input);
        const [svg] = elements;
        const [, , width = 0, height = 0] = (svg?.attributes['viewBox'] ?? '').split(' ').map(Number);
        for (const { name, attributes } of elements) {
          expect(['svg', 'title', 'desc', 'defs', 'pattern', 'path', 'rect', 'text']).toContain(name);
          for (const key of Object.keys(attributes)) expect(key).not.toMatch(/^on|^style$|href/);
          if (name === 'pattern') continue;
          const [x, y, wide] = [attributes['x'], attributes['y'], attributes['width']].map(Number);
          if (attributes['x'] !== undefined) expect(x).toBeGreaterThanOrEqual(0);
          if (attributes['x'] !== undefined) expect((x ?? 0) + (wide || 0)).toBeLessThanOrEqual(width);
          if (attributes['y'] !== undefined) expect(y).toBeLessThan(height);
        }
        expect(textsOf(elements).filter((text) => text.startsWith('until '))).toHaveLength(input.rings.length);
      }),
      { numRuns: 60 },
    );
  });
});
