import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noLeeway, plannedLeeway, type SyncSchedule } from '../../../../src/lib/core/calculators/ring-schedule.ts';
import { soakCheckInputs } from '../../../../src/lib/core/calculators/soak-check-inputs.ts';
import {
  describeSoakCheck,
  readSoakCheck,
  soakCheck,
  soakCheckAlso,
  soakCheckExample,
  SoakCheckInput,
  soakCheckNeeds,
  soakCheckSources,
  type SoakCheck,
} from '../../../../src/lib/core/calculators/soak-check.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import type { Field } from '../../../../src/lib/core/sheet/rules.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { anyClock, anyDay, anySchedule, intlInstants, intlOffset, intlRuns, intlText } from './support/intl-clocks.ts';

const hour = 60;
const zone = 'America/New_York';
const schedule = (firstSync: string, syncsPerDay = 1, timeZone = zone): SyncSchedule => ({
  firstSync,
  timeZone,
  syncsPerDay,
});
const checked = (
  pilot: SyncSchedule,
  production: SyncSchedule,
  more: Partial<Parameters<typeof soakCheck>[0]> = {},
): SoakCheck => soakCheck({ pilot, between: [], production, today: '2026-11-02', ...plannedLeeway, ...more });
const span = (shortest: number, longest: number) => ({
  shortestMinutes: shortest * hour,
  longestMinutes: longest * hour,
});
const textOf = (report: Report): string => JSON.stringify(report);
const warningsOf = (report: Report): string[] => report.flatMap((part) => (part.kind === 'warning' ? [part.text] : []));

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    const value = soakCheck(soakCheckExample);
    expect(value).toMatchObject({
      newest: span(11.5, 12.5),
      scheduled: span(12, 12),
      verdict: 'offset',
      mend: '17:30',
    });
    expect(SoakCheckInput(soakCheckExample)).toEqual({ ok: true, value: soakCheckExample });
  });
});

describe('published and known pairs of schedules', () => {
  it.each([
    // pilot, a day, production, a day, scheduled, with offsets, any update at most, reason
    ['05:00', 1, '17:00', 1, span(12, 12), span(11.5, 12.5), 12.5, 'the ring guides'],
    ['05:00', 4, '17:00', 1, span(0, 6), span(0, 6.5), 24.5, 'a pilot synchronization at the same time'],
    ['05:00', 2, '17:00', 1, span(0, 12), span(0, 12.5), 24.5, 'a race'],
    ['05:00', 1, '04:00', 1, span(23, 23), span(22.5, 23.5), 23.5, 'the next day'],
    ['05:00', 1, '17:00', 2, span(0, 24), span(0, 24.5), 12.5, 'production synchronizes while the pilot does, too'],
    ['05:00', 1, '08:00', 3, span(3, 19), span(2.5, 19.5), 3.5, 'the newest is taken again and again'],
    ['05:00', 2, '14:00', 1, span(9, 9), span(8.5, 9.5), 21.5, 'the older of two is taken with the newer'],
  ])('%s x %i, then %s x %i', (pilot, pilotPerDay, production, perDay, scheduled, newest, longest) => {
    const value = checked(schedule(pilot, pilotPerDay), schedule(production, perDay));
    expect(value.scheduled).toEqual(scheduled);
    expect(value.newest).toEqual(newest);
    expect(value.any).toEqual({ shortestMinutes: newest.shortestMinutes, longestMinutes: longest * hour });
  });

  it('count from the pilot through every ring between', () => {
    const value = checked(schedule('05:00'), schedule('17:00'), { between: [schedule('11:00'), schedule('14:00')] });
    expect(value.scheduled).toEqual(span(12, 12));
    const late = checked(schedule('05:00'), schedule('10:00'), { between: [schedule('11:00')] });
    expect(late.scheduled).toEqual(span(29, 29));
  });

  it('count across zones', () => {
    const value = checked(schedule('05:00'), schedule('17:00', 1, 'Europe/Berlin'));
    expect(value.scheduled).toEqual(span(6, 6));
    expect(value.runs).toMatchObject([{ local: '17:00', pilotLocal: '05:00' }]);
  });
});

describe('the wanted soak', () => {
  const verdictOf = (wantedHours: number, pilotPerDay = 1, production = '17:00') =>
    checked(schedule('05:00', pilotPerDay), schedule(production), { wantedHours });

  it.each<readonly [number, number, string, SoakCheck['verdict'], string | undefined, string]>([
    // hours, pilot a day, production, verdict, mend, reason
    [11, 1, '17:00', 'holds', undefined, 'less than the shortest'],
    [12, 1, '17:00', 'offset', '17:30', 'only the offset falls short'],
    [12, 1, '17:30', 'holds', undefined, 'what the mend says'],
    [13, 1, '17:00', 'short', '18:30', 'the schedules fall short'],
    [24, 1, '17:00', 'short', 'none', 'the pilot synchronizes every day'],
    [6, 4, '17:00', 'short', 'none', 'the next pilot synchronization comes before'],
    [4, 4, '17:00', 'short', '21:30', 'between two pilot synchronizations'],
    [5, 4, '10:30', 'offset', 'none', 'late by the offset, it meets the next pilot synchronization'],
  ])('of %i h with %i pilot synchronizations and production at %s: %s', (wanted, perDay, production, verdict, mend) => {
    const value = verdictOf(wanted, perDay, production);
    expect(value.verdict).toBe(verdict);
    expect(value.mend).toBe(mend);
  });

  it('has no verdict where none is wanted', () => {
    const value = checked(schedule('05:00'), schedule('17:00'));
    expect(value.verdict).toBeUndefined();
    expect(warningsOf(describeSoakCheck(value))).toEqual([]);
  });

  it('warns when a pilot synchronization falls inside it, and when two race', () => {
    expect(warningsOf(describeSoakCheck(verdictOf(12, 4)))).toEqual([
      'A pilot synchronization falls inside the wanted soak of 12 hours: production synchronizes at 17:00, and the pilot at ' +
        'the same time. An update may be in the pilot for only 0 min. No production schedule gives that, because the pilot ' +
        'synchronizes 4 times a day: approve by hand once the soak is over, or synchronize the pilot less often.',
      "Two synchronizations race: production's at 17:00 and one of the pilot are so close that either may come first. The " +
        'newest update may then be 0 min to 6 h 30 min old, by chance.',
    ]);
  });

  it('says in words that it holds', () => {
    expect(textOf(describeSoakCheck(verdictOf(1)))).toContain('The wanted soak of 1 hour holds for every update.');
  });

  it('names the zones where they differ', () => {
    const value = checked(schedule('05:00'), schedule('17:00', 1, 'Europe/Berlin'), { wantedHours: 12 });
    expect(warningsOf(describeSoakCheck(value))[0]).toContain(
      'production synchronizes at 17:00 (Europe/Berlin), and the pilot at 05:00 (America/New_York), 6 h before.',
    );
  });

  it('holds once production synchronizes when the mend says', () => {
    const anyHours = fc.integer({ min: 1, max: 23 });
    fc.assert(
      fc.property(anySchedule, anySchedule, anyHours, (pilot, production, wantedHours) => {
        const [upper, lower] = [pilot, production].map((one) => ({ ...one, timeZone: 'UTC' }));
        if (!upper || !lower) throw new Error('There are two.');
        const { mend } = checked(upper, lower, { wantedHours });
        fc.pre(mend !== undefined && mend !== 'none');
        const mended = { ...lower, firstSync: mend, syncsPerDay: 1 };
        expect(checked(upper, mended, { wantedHours }).verdict).toBe('holds');
      }),
      { numRuns: 40 },
    );
  });

  it('has a mend wherever some minute of the day would do', () => {
    const perDay = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(anyClock, perDay, fc.integer({ min: 1, max: 23 }), (first, syncsPerDay, wantedHours) => {
        const pilot = schedule(first, syncsPerDay, 'UTC');
        const { mend } = checked(pilot, schedule('00:00', 24, 'UTC'), { wantedHours });
        // The room between two pilot synchronizations, less an offset before, one after, and the minute of a tie.
        const room = Math.floor(1440 / syncsPerDay) - 2 * 30;
        fc.pre(Math.abs(room - wantedHours * 60) > 2);
        expect(mend !== 'none').toBe(wantedHours * 60 < room);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a clock change', () => {
  it('changes the soak only if one schedule is saved again', () => {
    const value = checked(schedule('05:00'), schedule('17:00'), { today: '2026-07-01' });
    expect(value.afterChange).toMatchObject([
      { server: 'pilot', change: { date: '2026-11-01', movesMinutes: -60 }, newest: span(10.5, 11.5) },
      { server: 'production', change: { date: '2026-11-01', movesMinutes: -60 }, newest: span(12.5, 13.5) },
    ]);
    expect(textOf(describeSoakCheck(value))).toContain('save both on the same day');
  });

  it('is as if the schedule had been saved after it', () => {
    fc.assert(
      fc.property(anySchedule, anySchedule, anyDay, (pilot, production, day) => {
        const value = checked(pilot, production, { today: day });
        for (const { server, change, newest } of value.afterChange) {
          const dayAfter = Temporal.PlainDate.from(change.date).add({ days: 1 }).toString();
          const lists = [pilot, production].map((one, index) =>
            intlRuns(
              one,
              (index === 0) === (server === 'pilot') ? dayAfter : day,
              Date.parse(`${day}T00:00Z`) / 60_000,
              3,
            ),
          );
          const [upper, lower] = lists;
          if (!upper || !lower) continue;
          const middle = lower.slice(lower.length / 2 - production.syncsPerDay, lower.length / 2);
          // The shortest age by the pairs of scheduled starts, with an offset of 30 minutes on either side.
          const ages = middle.flatMap((run) =>
            upper.filter((above) => above <= run + 30).map((above) => Math.max(0, run - above - 30)),
          );
          expect(Math.min(...ages)).toBe(newest.shortestMinutes);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is left out where no clocks change', () => {
    const value = checked(schedule('05:00', 1, 'Asia/Kolkata'), schedule('17:00', 1, 'Asia/Tokyo'));
    expect(value.afterChange).toEqual([]);
  });
});

describe('any two schedules', () => {
  it('give what Intl and plain pairs of starts give', () => {
    fc.assert(
      fc.property(anySchedule, anySchedule, anyDay, (pilot, production, day) => {
        const around = Date.parse(`${day}T00:00Z`) / 60_000;
        const upper = intlRuns(pilot, day, around, 4);
        const lower = intlRuns(production, day, around, 1);
        fc.pre(upper !== undefined && lower !== undefined);
        const value = checked(pilot, production, { today: day, ...noLeeway });
        const middle = lower.slice(production.syncsPerDay, 2 * production.syncsPerDay);
        const ages = middle.map((run) => run - Math.max(...upper.filter((above) => above <= run)));
        const missed = middle.map((run) => run - Math.max(...upper.filter((above) => above < run)));
        expect(value.scheduled).toEqual({ shortestMinutes: Math.min(...ages), longestMinutes: Math.max(...missed) });
        // By the offset that holds at the first synchronization, on the day of a clock change, too.
        const saved = intlInstants(day, production.firstSync, production.timeZone).at(-1) ?? 0;
        const offset = intlOffset(saved, production.timeZone);
        expect(value.runs.map(({ local }) => local).sort()).toEqual(
          middle.map((run) => intlText(run + offset, 'UTC').slice(11)).sort(),
        );
        expect(value.runs.map(({ scheduledMinutes }) => scheduledMinutes).sort()).toEqual([...ages].sort());
      }),
      { numRuns: 150 },
    );
  });

  it('can be told in words', () => {
    fc.assert(
      fc.property(
        anySchedule,
        fc.array(anySchedule, { maxLength: 3 }),
        anySchedule,
        fc.option(fc.integer({ min: 1, max: 336 }), { nil: undefined }),
        (pilot, between, production, wanted) => {
          const value = checked(pilot, production, { between, ...(wanted !== undefined && { wantedHours: wanted }) });
          expect(textOf(describeSoakCheck(value))).not.toMatch(/undefined|NaN|Infinity|\[object/);
          expect(value.newest.shortestMinutes).toBeLessThanOrEqual(value.newest.longestMinutes);
          expect(value.any.shortestMinutes).toBeLessThanOrEqual(value.any.longestMinutes);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the input', () => {
  const good = soakCheckExample;
  const pilot = good.pilot;

  it.each([
    [undefined, 'Enter the schedules'],
    [{ ...good, pilot: undefined }, 'Pilot: Enter the schedule'],
    [{ ...good, pilot: { ...pilot, firstSync: undefined } }, 'Pilot: Enter the time of the first synchronization'],
    [
      { ...good, pilot: { ...pilot, firstSync: '25:00' } },
      'Pilot: Time must be from 00:00 to 23:59: time of the first synchronization',
    ],
    [{ ...good, pilot: { ...pilot, timeZone: undefined } }, 'Pilot: Enter the time zone of the WSUS server'],
    [
      { ...good, pilot: { ...pilot, timeZone: 'EST' } },
      'Pilot: Time zone must be an IANA zone, for example Europe/Berlin',
    ],
    [
      { ...good, production: { ...pilot, syncsPerDay: 0 } },
      'Production: Synchronizations per day must be a whole number from 1 to 24',
    ],
    [
      { ...good, production: { ...pilot, syncsPerDay: 25 } },
      'Production: Synchronizations per day must be a whole number from 1 to 24',
    ],
    [{ ...good, production: { ...pilot, more: 1 } }, 'Production: The schedule must have no other fields'],
    [{ ...good, between: undefined }, 'Enter the rings between pilot and production, or none'],
    [{ ...good, between: [1] }, 'Ring between: Enter the schedule'],
    [{ ...good, wantedHours: 337 }, 'Soak time must be a whole number of hours from 1 to 336'],
    [{ ...good, wantedHours: 0.5 }, 'Soak time must be a whole number of hours from 1 to 336'],
    [{ ...good, today: undefined }, 'Enter the date of today'],
    [{ ...good, today: '2026-02-29' }, 'Today must be a date such as 2026-11-02'],
    [{ ...good, offsetMinutes: -1 }, 'Random offset must be a whole number of minutes from 0 to 240'],
    [{ ...good, syncMinutes: 721 }, 'Duration of a synchronization must be a whole number of minutes from 0 to 720'],
    [{ ...good, more: 1 }, 'The schedules must have no other fields'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(SoakCheckInput(input)).toEqual({ ok: false, why });
  });

  it('comes from the sheet', () => {
    const all: Readonly<Record<string, Field>> = { ...inputs, ...soakCheckInputs };
    const used = [...soakCheckNeeds, ...soakCheckAlso];
    for (const id of used) expect(all[id], id).toBeDefined();
    const fields = Object.fromEntries(Object.entries(all).filter(([id]) => used.includes(id)));
    const raw = {
      pilotFirstSync: '5:00 AM',
      pilotSyncsPerDay: '1',
      pilotTimeZone: zone,
      firstSync: '17:00',
      syncsPerDay: '1',
      timeZone: zone,
      soakHours: '12',
    };
    const read = (more: Readonly<Record<string, string>>) =>
      readSoakCheck(makeSheet({ ...raw, ...more }, fields, { today: '2026-11-02' }), '2026-11-02');

    expect(read({})).toEqual({ state: 'ready', input: soakCheckExample });
    expect(read({ soakHours: '' })).toMatchObject({ state: 'ready', input: { pilot: soakCheckExample.pilot } });
    expect(read({ soakHours: '999' })).not.toMatchObject({ input: { wantedHours: 999 } });
    expect(read({ middleRings: '0' })).toEqual({ state: 'ready', input: soakCheckExample });
    expect(read({ syncMode: 'manual' })).toEqual({ state: 'waiting', waitsFor: ['syncMode'] });
    expect(read({ pilotFirstSync: 'soon', timeZone: '' })).toEqual({
      state: 'waiting',
      waitsFor: ['pilotFirstSync', 'timeZone'],
    });
    const ring2 = { middleRings: '1', ring2FirstSync: '11:00', ring2SyncsPerDay: '2' };
    expect(read(ring2)).toEqual({ state: 'waiting', waitsFor: ['ring2TimeZone'] });
    expect(read({ ...ring2, ring2TimeZone: 'UTC' })).toMatchObject({
      input: { between: [{ firstSync: '11:00', syncsPerDay: 2, timeZone: 'UTC' }] },
    });
    expect(readSoakCheck({}, '2026-11-02')).toEqual({ state: 'waiting', waitsFor: [...soakCheckNeeds] });
  });

  it('from fields that are all right is one that the shape takes', () => {
    const all: Readonly<Record<string, Field>> = { ...inputs, ...soakCheckInputs };
    const perDay = fc.integer({ min: 1, max: 24 }).map(String);
    const rawSheet = fc.record({
      pilotFirstSync: anyClock,
      pilotSyncsPerDay: perDay,
      pilotTimeZone: fc.constant('UTC'),
      firstSync: anyClock,
      syncsPerDay: perDay,
      timeZone: fc.constant(zone),
      middleRings: fc.constantFrom('', '0', '1'),
      ring2FirstSync: anyClock,
      ring2SyncsPerDay: perDay,
      ring2TimeZone: fc.constant('Asia/Tokyo'),
      soakHours: fc.integer({ min: 1, max: 336 }).map(String),
    });
    fc.assert(
      fc.property(rawSheet, (raw) => {
        const reading = readSoakCheck(makeSheet(raw, all, { today: '2026-11-02' }), '2026-11-02');
        expect(reading.state === 'ready' && SoakCheckInput(reading.input)).toEqual({
          ok: true,
          value: reading.state === 'ready' && reading.input,
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('the report', () => {
  it('reads like this', () => {
    expect(describeSoakCheck(soakCheck(soakCheckExample))).toMatchInlineSnapshot(`
      [
        {
          "kind": "sentence",
          "text": "When production takes an update, it has been in the pilot for at least 11 h 30 min and at most 12 h 30 min.",
        },
        {
          "kind": "warning",
          "text": "By the schedules the soak is 12 h, but the random offset of the pilot can bring it down to 11 h 30 min, which is less than the wanted 12 hours. Synchronize production once a day at 17:30 (America/New_York) to keep it.",
        },
        {
          "caption": "Time in the pilot, from the start of one synchronization to the start of the other",
          "kind": "facts",
          "rows": [
            {
              "label": "Newest update, as scheduled",
              "value": "12 h",
            },
            {
              "label": "Newest update, with offsets",
              "value": "11 h 30 min to 12 h 30 min",
            },
            {
              "label": "Any update, with offsets",
              "value": "11 h 30 min to 12 h 30 min",
            },
          ],
        },
        {
          "caption": "Synchronizations of production, by the offsets of 2026-11-02",
          "head": [
            "Production (America/New_York)",
            "Newest from the pilot at (America/New_York)",
            "Before that, as scheduled",
            "With offsets",
          ],
          "kind": "table",
          "rows": [
            [
              "17:00",
              "05:00",
              "12 h",
              "11 h 30 min to 12 h 30 min",
            ],
          ],
        },
        {
          "caption": "If one schedule is saved again after a clock change, and the other is not",
          "head": [
            "Saved again",
            "Clock change",
            "Soak of the newest update then",
          ],
          "kind": "table",
          "rows": [
            [
              "Pilot only",
              "2027-03-14, America/New_York, forward 1 h",
              "12 h 30 min to 13 h 30 min",
            ],
            [
              "Production only",
              "2027-03-14, America/New_York, forward 1 h",
              "10 h 30 min to 11 h 30 min",
            ],
          ],
        },
        {
          "kind": "note",
          "text": "WSUS keeps its times in UTC, so the soak stays the same through a clock change until someone saves a schedule again: save both on the same day.",
        },
        {
          "kind": "note",
          "text": "This is the time on the servers. Pilot devices get the update later, so they have had it for less: the ring timeline shows by how much.",
        },
        {
          "kind": "note",
          "text": "WSUS adds a random offset to each start: up to 30 min is counted for every server. Unconfirmed: Microsoft gives no size (a third-party text on an old version does), nor whether a server below another one adds it. A synchronization is taken to last up to 1 h: Microsoft says only that the first may take over an hour and later ones much less.",
        },
      ]
    `);
  });

  it('never gives the size of the random offset without saying that it is unconfirmed', () => {
    for (const part of describeSoakCheck(soakCheck(soakCheckExample))) {
      const text = JSON.stringify(part);
      if (text.includes('offset to each start')) expect(text).toContain('Unconfirmed: Microsoft gives no size');
    }
  });

  it('marks numbers that do not divide 24', () => {
    const odd = describeSoakCheck(checked(schedule('05:00', 5), schedule('17:00')));
    expect(textOf(odd)).toContain('verify with GetNextSynchronizationTime()');
    expect(textOf(describeSoakCheck(soakCheck(soakCheckExample)))).not.toContain('GetNextSynchronizationTime');
  });

  it('names its sources', () => {
    for (const { title, url, read } of soakCheckSources) {
      expect(title).not.toBe('');
      expect(url).toMatch(/^https:\/\/learn\.microsoft\.com\//);
      expect(read).toMatch(/^(\d{4}-\d\d-\d\d)?$/);
    }
  });
});
