import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dailyRuns,
  lastRun,
  longestAge,
  momentText,
  newestAge,
  newestAges,
  nextRun,
  noLeeway,
  PLANNED_OFFSET_MINUTES,
  plannedLeeway,
  races,
  span,
} from '../../../../src/lib/core/calculators/ring-schedule.ts';
import { UNCONFIRMED_OFFSET_MINUTES } from '../../../../src/lib/core/calculators/sync-times.ts';
import { anyDay, anySchedule, anyZone, intlOffset, intlRuns, intlText } from './support/intl-clocks.ts';

const hour = 60;
const anyRuns = fc
  .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 24 })
  .map((runs) => runs.sort((a, b) => a - b));
const anyLeeway = fc.record({
  offsetMinutes: fc.integer({ min: 0, max: 45 }),
  syncMinutes: fc.integer({ min: 0, max: 90 }),
});

describe('the runs of a schedule', () => {
  it('are those that Intl gives, for any zone, day and number', () => {
    fc.assert(
      fc.property(anySchedule, anyDay, (schedule, day) => {
        const around = Date.parse(`${day}T00:00:00Z`) / 60_000;
        const expected = intlRuns(schedule, day, around, 3);
        fc.pre(expected !== undefined);
        const { runs } = dailyRuns(schedule, day);
        const wanted = expected.filter((run) => run >= around && run < around + 1440);
        expect(runs.map((run) => around + run)).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('are followed forward and back without a gap', () => {
    fc.assert(
      fc.property(anyRuns, fc.integer({ min: -5000, max: 40_000_000 }), (runs, minute) => {
        const next = nextRun(runs, minute);
        const last = lastRun(runs, minute);
        expect(next).toBeGreaterThanOrEqual(minute);
        expect(last).toBeLessThanOrEqual(minute);
        expect(runs).toContain(((next % 1440) + 1440) % 1440);
        expect(lastRun(runs, next - 1)).toBe(next === minute ? lastRun(runs, minute - 1) : last);
        expect(nextRun(runs, last)).toBe(last);
      }),
    );
  });

  it('give the results that their documentation says', () => {
    expect(nextRun([300, 1020], 301)).toBe(1020);
    expect(lastRun([300, 1020], 299)).toBe(-420);
    expect(newestAge([[300], [1020]], 1020, plannedLeeway)).toEqual({ shortestMinutes: 690, longestMinutes: 750 });
    expect(momentText(29_824_800, 'Europe/Berlin')).toBe('2026-09-15 18:00 (+02:00)');
    expect(span(690)).toBe('11 h 30 min');
    expect(span(0)).toBe('0 min');
  });
});

describe('the planned offset', () => {
  it('is the one of the sync times', () => {
    expect(PLANNED_OFFSET_MINUTES).toBe(UNCONFIRMED_OFFSET_MINUTES);
  });
});

describe('the age of the newest update', () => {
  it('is what every pair of a pilot and a production start gives', () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, anyLeeway, (pilot, production, leeway) => {
        const { offsetMinutes, syncMinutes } = leeway;
        const upper = [-2, -1, 0, 1].flatMap((day) => pilot.map((run) => run + day * 1440));
        let shortest = Infinity;
        let longest = 0;
        for (const run of production) {
          for (let start = run; start <= run + offsetMinutes; start += 1) {
            for (const above of upper.filter((one) => one <= start)) {
              shortest = Math.min(shortest, Math.max(0, start - above - offsetMinutes));
            }
            const sure = upper.filter((one) => one + offsetMinutes + syncMinutes < start);
            longest = Math.max(longest, start - Math.max(...sure));
          }
        }
        expect(newestAges([pilot, production], leeway)).toEqual({ shortestMinutes: shortest, longestMinutes: longest });
      }),
      { numRuns: 60 },
    );
  });

  it('is what every start of a run gives, minute by minute, for any number of rings', () => {
    fc.assert(
      fc.property(fc.array(anyRuns, { minLength: 2, maxLength: 5 }), anyLeeway, (chain, leeway) => {
        const { offsetMinutes, syncMinutes } = leeway;
        const above = chain.slice(0, -1).reverse();
        for (const run of chain.at(-1) ?? []) {
          let shortest = Infinity;
          let longest = 0;
          for (let start = run; start <= run + offsetMinutes; start += 1) {
            let [could, sure] = [start, start];
            for (const runs of above) {
              could = Math.min(could, lastRun(runs, could) + offsetMinutes);
              sure = lastRun(runs, sure - offsetMinutes - syncMinutes - 1);
            }
            shortest = Math.min(shortest, start - could);
            longest = Math.max(longest, start - sure);
          }
          expect(newestAge(chain, run, leeway)).toEqual({ shortestMinutes: shortest, longestMinutes: longest });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('holds for servers that start and run as long as they like, for any number of rings', () => {
    const chance = fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(anyRuns, { minLength: 2, maxLength: 5 }),
        anyLeeway,
        chance,
        (chain, { offsetMinutes, syncMinutes }, dice) => {
          let throws = 0;
          const die = (most: number): number => (dice[throws++ % dice.length] ?? 0) % (most + 1);
          // What each server holds: pilot starts, and from when on.
          let above = [-1, 0, 1, 2, 3].flatMap((day) =>
            (chain[0] ?? []).map((run) => {
              const start = run + day * 1440 + die(offsetMinutes);
              return { start, from: start + die(syncMinutes) };
            }),
          );
          const ages: number[] = [];
          const newest: number[] = [];
          for (const [index, runs] of chain.entries()) {
            if (index === 0) continue;
            const held = new Map<number, number>();
            for (let day = 0; day <= 3 + index * 2; day += 1) {
              for (const run of runs) {
                const begins = run + day * 1440 + die(offsetMinutes);
                const ends = begins + die(syncMinutes);
                const there = above.filter(({ from }) => from <= begins);
                if (index === chain.length - 1) {
                  const fresh = there.filter(({ start }) => !held.has(start) && start >= 0);
                  ages.push(...fresh.map(({ start }) => begins - start));
                  const latest = Math.max(...there.map(({ start }) => start));
                  if (day >= index && day <= 2 && there.length > 0) newest.push(begins - latest);
                }
                for (const { start } of there) if (!held.has(start)) held.set(start, ends);
              }
            }
            above = [...held].map(([start, from]) => ({ start, from }));
          }
          expect(ages.length).toBeGreaterThan(0);
          const leeway = { offsetMinutes, syncMinutes };
          const { shortestMinutes } = newestAges(chain, leeway);
          for (const age of [...ages, ...newest]) expect(age).toBeGreaterThanOrEqual(shortestMinutes);
          for (const age of ages) expect(age).toBeLessThanOrEqual(longestAge(chain, leeway));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never grows shorter when less is uncertain', () => {
    fc.assert(
      fc.property(fc.array(anyRuns, { minLength: 2, maxLength: 4 }), anyLeeway, (chain, leeway) => {
        const sure = newestAges(chain, noLeeway);
        const unsure = newestAges(chain, leeway);
        expect(unsure.shortestMinutes).toBeLessThanOrEqual(sure.shortestMinutes);
        expect(unsure.longestMinutes).toBeGreaterThanOrEqual(sure.longestMinutes);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the age of any update', () => {
  it.each([
    // pilot, production, hours at most, reason
    [[300], [1020], 12.5, 'an offset on the side of production'],
    [[300], [390], 25.5, 'a tie after offset and synchronization counts as missed, so the next day takes it'],
    [[300], [391], 2 + 1 / 60, 'a minute later it cannot be missed'],
  ])('of %j under %j is at most %d hours (%s)', (pilot, production, hours) => {
    expect(longestAge([pilot, production], plannedLeeway)).toBe(hours * hour);
  });
});

describe('a race', () => {
  it.each([
    // above, below, pairs, reason
    [300, 1020, 0, 'half a day apart'],
    [300, 300, 1, 'the same minute'],
    [300, 270, 1, 'the lower one may be late by the whole offset'],
    [300, 269, 0, 'the lower one is over before'],
    [300, 390, 1, 'the upper one may be late and long'],
    [300, 391, 0, 'the upper one is over before'],
    [1435, 5, 1, 'over midnight'],
  ])('of %i and %i: %i (%s)', (above, below, pairs) => {
    expect(races([above], [below], plannedLeeway)).toHaveLength(pairs);
  });

  it('is every pair that could run in either order', () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, anyLeeway, (above, below, leeway) => {
        const { offsetMinutes, syncMinutes } = leeway;
        const found = races(above, below, leeway);
        for (const upper of above) {
          for (const lower of below) {
            const either = [-1440, 0, 1440].some(
              (day) => upper + day <= lower + offsetMinutes && lower <= upper + day + offsetMinutes + syncMinutes,
            );
            expect(found.some((pair) => pair.above === upper && pair.below === lower)).toBe(either);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a moment', () => {
  it('reads as Intl reads it', () => {
    const anyMinute = fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2036, 0, 1) / 60_000 });
    fc.assert(
      fc.property(anyMinute, anyZone, (minute, zone) => {
        const offset = intlOffset(minute, zone);
        const size = Math.abs(offset);
        const text = [Math.floor(size / hour), size % hour].map((part) => String(part).padStart(2, '0')).join(':');
        expect(momentText(minute, zone)).toBe(`${intlText(minute, zone)} (${offset < 0 ? '-' : '+'}${text})`);
      }),
      { numRuns: 300 },
    );
  });
});
