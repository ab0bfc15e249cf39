import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeRingSize,
  readRingShare,
  readRingSize,
  ringSize,
  ringSizeAlso,
  ringSizeExample,
  RingSizeInput,
  ringSizeNeeds,
  ringSizeSources,
} from '../../../../src/lib/core/calculators/ring-size.ts';
import { ringSizeInputs } from '../../../../src/lib/core/calculators/ring-size-inputs.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';

const parsed = (value: unknown): RingSizeInput => {
  const read = RingSizeInput(value);
  if (!read.ok) throw new Error(read.why);
  return read.value;
};
const pilotOf = (amount: number, devices = 3000) =>
  ringSize(parsed({ devices, rings: [{ name: 'Pilot', role: 'pilot', by: 'devices', amount }], last: 'Production' }));
const warningsOf = (report: Report): string[] => report.flatMap((part) => (part.kind === 'warning' ? [part.text] : []));

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    const { rings } = ringSize(ringSizeExample);
    expect(rings.map(({ name, devices, showsOneIn }) => [name, devices, showsOneIn])).toEqual([
      ['Pilot', 50, 17],
      ['Staged', 300, 100],
      ['Production', 2650, 885],
    ]);
    expect(rings.flatMap(({ notes }) => notes)).toEqual([]);
    expect(RingSizeInput(ringSizeExample)).toEqual({ ok: true, value: ringSizeExample });
  });

  it('reads like this', () => {
    const [table] = describeRingSize(ringSize(ringSizeExample));
    expect(table).toEqual({
      kind: 'table',
      caption: '3000 devices in 3 rings',
      head: ['Ring', 'Devices', 'Share', 'In the guides', 'Shows a fault that hits'],
      rows: [
        ['Pilot', '50', '1.7 %', '10 to 500 devices', '1 device in 17'],
        ['Staged', '300', '10 %', 'about 10 %', '1 device in 100'],
        ['Production', '2650', '88.3 %', 'the rest', '1 device in 885'],
      ],
    });
  });
});

describe('the pilot', () => {
  it.each([
    [1, ['too-small'], 1, 'one device shows only what hits nearly all'],
    [9, ['too-small'], 3, 'one below the guides'],
    [10, [], 3, 'the smallest of the guides'],
    [500, [], 167, 'the largest of the guides'],
    [501, ['pilot-large'], 167, 'one above the guides'],
  ])('of %i devices is noted as %j and shows faults from 1 in %i: %4$s', (amount, notes, oneIn) => {
    const [pilot] = pilotOf(amount).rings;
    expect(pilot?.notes).toEqual(notes);
    expect(pilot?.showsOneIn).toBe(oneIn);
  });

  it('that is too small to tell anything says so', () => {
    expect(warningsOf(describeRingSize(pilotOf(1)))).toEqual([
      "Pilot is too small to tell anything: with 1 device only a fault that hits nearly every device is likely to show. The guides' pilot starts at 10 devices.",
    ]);
    expect(warningsOf(describeRingSize(pilotOf(9)))[0]).toContain('only a fault that hits 1 device in 3 is likely');
    expect(warningsOf(describeRingSize(pilotOf(501)))[0]).toContain("the guides' pilot ends at 500");
  });
});

describe('the other rings', () => {
  const staged = (amount: number, devices = 1000) =>
    ringSize(
      parsed({
        devices,
        rings: [
          { name: 'Pilot', role: 'pilot', by: 'devices', amount: 10 },
          { name: 'Staged', role: 'staged', by: 'percent', amount },
        ],
        last: 'Production',
      }),
    );

  it.each([
    [4.9, ['staged-far']],
    [5, []],
    [15, []],
    [15.1, ['staged-far']],
  ])('staged at %d %% has the notes %j', (amount, notes) => {
    expect(staged(amount).rings[1]?.notes).toEqual(notes);
  });

  it('are named when empty or smaller than the one before', () => {
    const value = staged(1, 49);
    expect(value.rings.map(({ devices, notes }) => [devices, notes])).toEqual([
      [10, []],
      [0, ['empty', 'shrinks']],
      [39, []],
    ]);
    const report = describeRingSize(value);
    expect(warningsOf(report)[0]).toContain('Staged has no device');
    expect(report[0]).toMatchObject({
      rows: [expect.anything(), ['Staged', '0', '0 %', 'about 10 %', 'nothing'], expect.anything()],
    });
    expect(pilotOf(7, 10).rings[1]?.notes).toEqual(['shrinks']);
  });

  it('never show a tiny share as none', () => {
    expect(describeRingSize(pilotOf(10, 1_000_000))[0]).toMatchObject({
      rows: [expect.arrayContaining(['less than 0.1 %']), expect.anything()],
    });
  });

  it('are told as a note, not as a warning, where the guides only say about', () => {
    expect(describeRingSize(staged(30))).toContainEqual({
      kind: 'note',
      text: 'Staged is 30 % of all devices, and the channel Staged is meant for about 10 %.',
    });
  });
});

describe('any rings', () => {
  const anyRings = fc
    .record({
      devices: fc.integer({ min: 1, max: 10_000_000 }),
      rings: fc.array(
        fc.oneof(
          fc.record({
            name: fc.constant('A'),
            role: fc.constantFrom('pilot', 'staged', 'other'),
            by: fc.constant('percent'),
            amount: fc.double({ min: 0.0001, max: 99.9999, noNaN: true }),
          }),
          fc.record({
            name: fc.constant('B'),
            role: fc.constantFrom('pilot', 'staged', 'other'),
            by: fc.constant('devices'),
            amount: fc.integer({ min: 1, max: 10_000 }),
          }),
        ),
        { minLength: 1, maxLength: 5 },
      ),
      last: fc.constant('Production'),
    })
    .map((value) => RingSizeInput(value))
    .filter((read) => read.ok)
    .map((read) => read.value);

  it('add up to all devices, and leave at least one to the last', () => {
    fc.assert(
      fc.property(anyRings, (input) => {
        const { rings } = ringSize(input);
        expect(rings.reduce((sum, { devices }) => sum + devices, 0)).toBe(input.devices);
        expect(rings.at(-1)?.devices).toBeGreaterThan(0);
        expect(rings.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100, 6);
      }),
    );
  });

  it('show a fault of the named share with a chance of 95 %, and miss a rarer one more often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (devices) => {
        const oneIn = pilotOf(devices, devices + 1).rings[0]?.showsOneIn ?? 0;
        const chance = (share: number) => 1 - (1 - share) ** devices;
        expect(chance(1 / oneIn)).toBeGreaterThanOrEqual(0.95 - 1e-9);
        expect(chance(1 / (oneIn + 1))).toBeLessThan(0.95 + 1e-9);
      }),
    );
  });

  it('can be told in words', () => {
    fc.assert(
      fc.property(anyRings, (input) => {
        expect(JSON.stringify(describeRingSize(ringSize(input)))).not.toMatch(/undefined|NaN|Infinity|\[object/);
      }),
    );
  });
});

describe('the input', () => {
  const ring = { name: 'Pilot', role: 'pilot', by: 'devices', amount: 10 };
  const good = { devices: 100, rings: [ring], last: 'Production' };
  const withRing = (change: object) => ({ ...good, rings: [{ ...ring, ...change }] });

  it.each([
    ['nothing', 'Enter the devices and the rings'],
    [{ ...good, devices: undefined }, 'Devices in all must be a whole number from 1 to 10000000'],
    [{ ...good, devices: 0 }, 'Devices in all must be a whole number from 1 to 10000000'],
    [{ ...good, devices: 1.5 }, 'Devices in all must be a whole number from 1 to 10000000'],
    [{ ...good, devices: 10_000_001 }, 'Devices in all must be a whole number from 1 to 10000000'],
    [{ ...good, rings: 'Pilot' }, 'Enter the rings before the last'],
    [{ ...good, rings: [] }, 'Enter at least one ring before the last'],
    [{ ...good, rings: ['Pilot'] }, 'Enter the ring'],
    [{ ...good, last: 3 }, 'Enter the name of the last ring'],
    [{ ...good, last: ' ' }, 'Enter the name of the last ring'],
    [{ ...good, soakHours: 3 }, 'The rings must have no other fields'],
    [withRing({ name: 7 }), 'Enter the name of the ring'],
    [withRing({ name: '' }), 'Enter the name of the ring'],
    [withRing({ role: 'canary' }), 'Select what the ring is for'],
    [withRing({ by: 'half' }), 'Select whether the ring is counted in devices or in percent'],
    [withRing({ amount: 'ten' }), 'Enter the size of the ring'],
    [withRing({ amount: 0 }), 'Size of the ring must be more than 0'],
    [withRing({ colour: 'red' }), 'The ring must have no other fields'],
    [withRing({ amount: 2.5 }), 'Pilot must be a whole number of devices'],
    [withRing({ by: 'percent', amount: 100 }), 'Pilot must be less than 100 %'],
    [withRing({ amount: 100 }), 'The rings before the last must leave at least 1 of 100 devices: they take 100'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(RingSizeInput(input)).toEqual({ ok: false, why });
  });

  it('takes as many devices as its sentence says', () => {
    expect(RingSizeInput({ ...good, devices: 10_000_000 }).ok).toBe(true);
  });

  it.each([
    ['50', { by: 'devices', amount: 50 }],
    [' 10 % ', { by: 'percent', amount: 10 }],
    ['2.5%', { by: 'percent', amount: 2.5 }],
    ['2,5 %', { by: 'percent', amount: 2.5 }],
  ])('takes the size "%s"', (typed, value) => {
    expect(readRingShare('Pilot ring', typed)).toEqual({ ok: true, value });
  });

  it.each([
    ['ten', 'Pilot ring must be a number of devices or a percentage, for example 50 or 10 %', 'words'],
    [
      '1,000',
      'Pilot ring must be a number of devices or a percentage, for example 50 or 10 %',
      'a comma may be a decimal one',
    ],
    ['2.5', 'Pilot ring must be a number of devices or a percentage, for example 50 or 10 %', 'half a device'],
    ['-5', 'Pilot ring must be a number of devices or a percentage, for example 50 or 10 %', 'a sign'],
    ['0', 'Pilot ring must be more than 0', 'no device'],
    ['0 %', 'Pilot ring must be more than 0', 'no share'],
    ['100 %', 'Pilot ring must be less than 100 %', 'nothing left'],
  ])('refuses the size "%s" with "%s": %s', (typed, why) => {
    expect(readRingShare('Pilot ring', typed)).toEqual({ ok: false, why });
  });

  it('comes from the sheet', () => {
    const read = (raw: Readonly<Record<string, string>>) =>
      readRingSize(makeSheet(raw, ringSizeInputs, { today: '2026-11-20' }));
    expect(read({ ringDevices: '3000', ringPilot: '50', ringStaged: '10 %' })).toEqual({
      state: 'ready',
      input: ringSizeExample,
    });
    expect(read({ ringDevices: '3000', ringPilot: '50', ringEarly: '25 %' })).toMatchObject({
      input: { rings: [{ role: 'pilot' }, { name: 'Early production', role: 'other', by: 'percent', amount: 25 }] },
    });
    expect(read({})).toEqual({ state: 'waiting', waitsFor: ['ringDevices', 'ringPilot'] });
    expect(readRingSize({})).toEqual({ state: 'waiting', waitsFor: ['ringDevices', 'ringPilot'] });
    expect(read({ ringDevices: 'x', ringPilot: '50', ringStaged: '\u202e1' })).toEqual({
      state: 'waiting',
      waitsFor: ['ringDevices', 'ringStaged'],
    });
    expect(read({ ringDevices: '3000', ringPilot: 'some' })).toEqual({
      state: 'waiting',
      waitsFor: ['ringPilot'],
      why: 'Pilot ring must be a number of devices or a percentage, for example 50 or 10 %',
    });
    expect(read({ ringDevices: '30', ringPilot: '30' })).toEqual({
      state: 'waiting',
      waitsFor: ['ringDevices', 'ringPilot'],
      why: 'The rings before the last must leave at least 1 of 30 devices: they take 30',
    });
    for (const id of [...ringSizeNeeds, ...ringSizeAlso]) expect(ringSizeInputs[id]?.ask).toMatch(/^Enter /);
    expect(ringSizeSources.every(({ url }) => url.startsWith('https://'))).toBe(true);
  });
});
