import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createIdentity, localTime } from '../../../src/lib/browser/identity.ts';
import { instantMs } from '../../../src/lib/core/run/time.ts';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('localTime', () => {
  it('repeats its worked example', () => {
    process.env['TZ'] = 'Europe/Berlin';
    expect(localTime(1795140765120)).toBe('2026-11-20T03:12:45.120+01:00');
  });

  it.each([
    ['Europe/Berlin', Date.UTC(2026, 6, 1), '2026-07-01T02:00:00.000+02:00'],
    ['America/St_Johns', Date.UTC(2026, 0, 1), '2025-12-31T20:30:00.000-03:30'],
    ['Asia/Kathmandu', Date.UTC(2026, 0, 1), '2026-01-01T05:45:00.000+05:45'],
    ['UTC', Date.UTC(2026, 0, 1), '2026-01-01T00:00:00.000+00:00'],
  ])('says what a clock in %s shows', (place, epochMs, at) => {
    process.env['TZ'] = place;
    expect(localTime(epochMs)).toBe(at);
  });

  it('names any moment so that it can be read back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati', 'UTC'),
        fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2100, 0, 1) }),
        (place, epochMs) => {
          process.env['TZ'] = place;
          expect(instantMs(localTime(epochMs))).toBe(epochMs);
        },
      ),
    );
  });
});

describe('event ids', () => {
  it('sort in the order in which they are made, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: Date.UTC(2189, 0, 1) }), { minLength: 2 }), (times) => {
        const clock = [...times];
        const { ids } = createIdentity(() => clock.shift() ?? 0);
        const made = times.map(() => ids.event());
        expect([...made].sort()).toEqual(made);
        expect(new Set(made).size).toBe(made.length);
        for (const id of made) expect(id).toMatch(/^[0-9a-z]{11}-[0-9a-z]{8}$/);
      }),
    );
  });

  it('sort by time across computers', () => {
    const early = createIdentity(() => Date.UTC(2026, 0, 1)).ids.event();
    const late = createIdentity(() => Date.UTC(2026, 0, 1, 0, 0, 0, 1)).ids.event();
    expect(early < late).toBe(true);
  });

  it('differ on two computers in the same millisecond', () => {
    const made = Array.from({ length: 200 }, () => createIdentity(() => 1795140765120).ids.event());
    expect(new Set(made).size).toBe(200);
    expect(new Set(made.map((id) => id.slice(0, 11))).size).toBe(1);
  });
});

describe('run ids', () => {
  it('are 12 random characters', () => {
    const { ids } = createIdentity();
    const made = Array.from({ length: 200 }, () => ids.run());
    expect(new Set(made).size).toBe(200);
    for (const id of made) expect(id).toMatch(/^[0-9a-z]{12}$/);
  });

  it('use every byte that the random source gives', () => {
    const { ids } = createIdentity(Date.now, (bytes) => bytes.forEach((_, place) => (bytes[place] = place + 30)));
    expect(ids.run()).toBe('uvwxyz012345');
  });
});

it('tells the time now', () => {
  const before = Date.now();
  const at = instantMs(createIdentity().clock());
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at).toBeLessThanOrEqual(Date.now());
});
