import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  describeSyncTimes,
  describeSyncTimesExample,
  readSyncTimes,
  SyncTimesInput,
  syncTimes,
  syncTimesExample,
  syncTimesNeeds,
  syncTimesServerInputs,
  type AutomaticSyncTimes,
} from '../../../../src/lib/core/calculators/sync-times.ts';
import { clockText, nextClockChange, placeLocalTime } from '../../../../src/lib/core/calculators/zone-times.ts';
import { powershellLiteral } from '../../../../src/lib/core/commands/powershell.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { anyZone, intlInstants, intlOffset, intlText } from './support/intl-clocks.ts';
import { loadPowershellGrammar, type ParsedPowershell } from '../commands/support/powershell-grammar.ts';

const winter = '2026-01-15';

function schedule(firstSync: string, timeZone: string, syncsPerDay = 1, today = winter): AutomaticSyncTimes {
  const value = syncTimes({ mode: 'automatic', firstSync, timeZone, syncsPerDay, today });
  if (value.mode !== 'automatic') throw new Error('A schedule was asked for.');
  return value;
}
const localOf = ({ times }: AutomaticSyncTimes): string => times.map(({ local }) => local).join(' ');
const utcOf = ({ times }: AutomaticSyncTimes): string => times.map(({ utc }) => utc).join(' ');
const textOf = (report: Report): string =>
  report
    .map((part) => ('text' in part ? part.text : part.kind === 'command' ? part.command.text : JSON.stringify(part)))
    .join('\n');
const commandsOf = (report: Report) => report.flatMap((part) => (part.kind === 'command' ? [part.command] : []));

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    const value = schedule('22:00', 'Europe/Berlin', 6);
    expect(value).toMatchObject({
      storedUtc: '21:00:00',
      spacingMinutes: 240,
      isApproximate: false,
      offset: '+01:00',
      happens: 'once',
    });
    expect(localOf(value)).toBe('22:00 02:00 06:00 10:00 14:00 18:00');
    expect(utcOf(value)).toBe('21:00 01:00 05:00 09:00 13:00 17:00');
    expect(value.nextChange).toEqual({
      date: '2026-03-29',
      clockBefore: '02:00',
      clockAfter: '03:00',
      offsetBefore: '+01:00',
      offsetAfter: '+02:00',
      movesMinutes: 60,
      localTimesAfter: ['23:00', '03:00', '07:00', '11:00', '15:00', '19:00'],
    });
  });
});

describe('published and known schedules', () => {
  it.each([
    // first, zone, N, stored, UTC times, day of the first in UTC, source of the vector
    ['05:00', 'Etc/GMT+5', 1, '10:00:00', '10:00', 0, 'five hours behind UTC'],
    ['17:00', 'Etc/GMT+5', 1, '22:00:00', '22:00', 0, 'the production ring of the guide'],
    ['03:00', 'Etc/GMT+8', 1, '11:00:00', '11:00', 0, 'Microsoft’s own example'],
    ['03:00', 'UTC', 4, '03:00:00', '03:00 09:00 15:00 21:00', 0, 'four times a day in UTC'],
    ['22:00', 'Etc/GMT-1', 6, '21:00:00', '21:00 01:00 05:00 09:00 13:00 17:00', 0, 'round midnight'],
    ['00:30', 'Asia/Kolkata', 1, '19:00:00', '19:00', -1, 'the previous day in UTC'],
    ['23:30', 'America/New_York', 1, '04:30:00', '04:30', 1, 'the next day in UTC'],
    ['12:00', 'Australia/Lord_Howe', 1, '01:00:00', '01:00', 0, 'half an hour of summer time'],
    ['12:00', 'Pacific/Apia', 1, '23:00:00', '23:00', -1, 'thirteen hours ahead'],
    ['12:00', 'Asia/Kathmandu', 1, '06:15:00', '06:15', 0, 'a quarter of an hour'],
  ])('%s in %s, %i a day, is stored as %s', (first, zone, perDay, stored, utc, utcDay) => {
    const value = schedule(first, zone, perDay);
    expect(value.storedUtc).toBe(stored);
    expect(utcOf(value)).toBe(utc);
    expect(value.times[0]?.utcDay).toBe(utcDay);
  });

  it.each([1, 2, 3, 4, 6, 8, 12, 24])('knows %i a day to be even', (perDay) => {
    expect(schedule('03:00', 'UTC', perDay).isApproximate).toBe(false);
  });

  it.each([5, 7, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23])('marks %i a day as approximate', (perDay) => {
    const value = schedule('03:00', 'UTC', perDay);
    expect(value.isApproximate).toBe(true);
    expect(textOf(describeSyncTimes(value))).toContain('verify with GetNextSynchronizationTime()');
  });

  it('keeps the fraction of a spacing, and rounds times to the minute', () => {
    const value = schedule('00:00', 'UTC', 7);
    expect(value.spacingMinutes).toBeCloseTo(205.714_285, 5);
    expect(localOf(value)).toBe('00:00 03:26 06:51 10:17 13:43 17:09 20:34');
  });
});

describe('the next clock change', () => {
  it.each([
    // zone, today, date, clocks before and after, minutes, local time after of a 12:00 schedule
    ['Europe/Berlin', '2026-07-01', '2026-10-25', '03:00', '02:00', -60, '11:00'],
    ['America/New_York', '2026-11-02', '2027-03-14', '02:00', '03:00', 60, '13:00'],
    ['Australia/Lord_Howe', '2026-01-15', '2026-04-05', '02:00', '01:30', -30, '11:30'],
    ['America/Santiago', '2026-01-15', '2026-04-05', '00:00', '23:00', -60, '11:00'],
    ['Pacific/Auckland', '2026-07-01', '2026-09-27', '02:00', '03:00', 60, '13:00'],
    ['Pacific/Apia', '2021-01-15', '2021-04-04', '04:00', '03:00', -60, '11:00'],
  ])(
    'in %s after %s is on %s: clocks go from %s to %s',
    (zone, today, date, clockBefore, clockAfter, movesMinutes, after) => {
      expect(schedule('12:00', zone, 1, today).nextChange).toMatchObject({
        date,
        clockBefore,
        clockAfter,
        movesMinutes,
        localTimesAfter: [after],
      });
    },
  );

  it.each(['Asia/Kolkata', 'UTC', 'Etc/GMT+5', 'Pacific/Apia', 'Asia/Tokyo'])('is none in %s', (zone) => {
    const value = schedule('12:00', zone, 1, '2026-01-15');
    expect(value.nextChange).toBe('none');
    expect(textOf(describeSyncTimes(value))).toContain(`No clock change after 2026-01-15 is known for ${zone}`);
  });

  it('is the one of the same day while the first synchronization is before it', () => {
    expect(schedule('01:00', 'Europe/Berlin', 1, '2026-03-29').nextChange).toMatchObject({ date: '2026-03-29' });
    expect(schedule('03:00', 'Europe/Berlin', 1, '2026-03-29').nextChange).toMatchObject({ date: '2026-10-25' });
  });

  it('leaves the local times as they are when whole days are left out', () => {
    const value = schedule('12:00', 'Pacific/Apia', 1, '2011-12-28');
    expect(value.nextChange).toMatchObject({ date: '2011-12-30', movesMinutes: 1440, localTimesAfter: ['12:00'] });
    expect(textOf(describeSyncTimes(value))).toContain('so the local times stay as they are');
  });

  it('passes over entries of the zone data that change no offset', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const change = nextClockChange(placeLocalTime('1975-01-01', '12:00', zone).at);
      if (change) expect(change.movesMinutes, zone).not.toBe(0);
    }
  });
});

describe('the year that follows', () => {
  const yearOf = (zone: string, today = '2026-01-15') =>
    schedule('12:00', zone, 1, today).year.map(({ date, firstLocal }) => `${date} ${firstLocal}`);

  it.each([
    ['Europe/Berlin', ['2026-03-29 13:00', '2026-10-25 12:00']],
    // The southern hemisphere goes back first; one island moves by half an hour.
    ['Australia/Sydney', ['2026-04-05 11:00', '2026-10-04 12:00']],
    ['Australia/Lord_Howe', ['2026-04-05 11:30', '2026-10-04 12:00']],
    ['Asia/Kolkata', []],
    ['UTC', []],
  ])('of %s is known', (zone, changes) => {
    expect(yearOf(zone)).toEqual(changes);
  });

  it('ends where a zone stopped changing its clocks, and begins where it started again', () => {
    expect(yearOf('America/Sao_Paulo', '2019-01-15')).toEqual(['2019-02-17 11:00']);
    expect(yearOf('America/Sao_Paulo', '2019-03-01')).toEqual([]);
    expect(yearOf('Africa/Cairo', '2022-06-01')).toEqual(['2023-04-28 13:00']);
  });

  it('has exactly the changes that Intl sees, and the local times that it shows', () => {
    fc.assert(
      fc.property(anyZone, fc.integer({ min: 0, max: 5478 }), (zone, day) => {
        const today = new Date(Date.UTC(2020, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
        const value = schedule('12:00', zone, 1, today);
        const [instant] = intlInstants(today, '12:00', zone);
        fc.pre(instant !== undefined);
        const seen: string[] = [];
        for (let at = instant + 1440; at < instant + 365 * 1440; at += 1440) {
          if (intlOffset(at, zone) !== intlOffset(at - 1440, zone)) seen.push(intlText(at, zone).slice(11));
        }
        const lastDay = intlText(instant + 364 * 1440, zone).slice(0, 10);
        expect(value.year.filter(({ date }) => date <= lastDay).map(({ firstLocal }) => firstLocal)).toEqual(seen);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a first synchronization at a clock change', () => {
  it('that the clocks skip means the time after the gap, and says so', () => {
    const value = schedule('02:30', 'Europe/Berlin', 1, '2026-03-29');
    expect(value).toMatchObject({ happens: 'skipped', storedUtc: '01:30:00', offset: '+02:00' });
    expect(localOf(value)).toBe('03:30');
    expect(describeSyncTimes(value)[1]).toEqual({
      kind: 'warning',
      text:
        '02:30 does not exist on 2026-03-29 in Europe/Berlin, because the clocks skip it. Saved on that day, the schedule ' +
        'means 03:30 from then on. Save it on another day.',
    });
  });

  it('that happens twice means the second time, and says so', () => {
    const value = schedule('02:30', 'Europe/Berlin', 1, '2026-10-25');
    expect(value).toMatchObject({ happens: 'twice', storedUtc: '01:30:00', offset: '+01:00' });
    expect(localOf(value)).toBe('02:30');
    expect(describeSyncTimes(value)[1]).toEqual({
      kind: 'warning',
      text:
        '02:30 happens twice on 2026-10-25 in Europe/Berlin, because the clocks go back over it. The PowerShell below takes ' +
        'the second time (offset +01:00), and so does this calculation.',
    });
  });

  it('on a day that the zone left out still has an answer', () => {
    expect(schedule('12:00', 'Pacific/Apia', 1, '2011-12-30')).toMatchObject({
      happens: 'skipped',
      storedUtc: '22:00:00',
    });
  });
});

describe('any schedule', () => {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
  const anyZone = fc.oneof(
    fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Pacific/Apia',
      'America/Santiago',
      'Africa/Casablanca',
    ),
    fc.constantFrom(...zones),
  );
  const anyDay = fc
    .integer({ min: Date.UTC(2020, 0, 1) / 86_400_000, max: Date.UTC(2035, 11, 31) / 86_400_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
  const anySchedule = fc.record({
    mode: fc.constant('automatic' as const),
    firstSync: fc.integer({ min: 0, max: 1439 }).map(clockText),
    timeZone: anyZone,
    syncsPerDay: fc.integer({ min: 1, max: 24 }),
    today: anyDay,
  });

  /** The instants, in UTC minutes, at which Intl shows this local time: none in a gap, two in an overlap. */
  function instantsOf(today: string, clock: string, timeZone: string): number[] {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const wanted = `${today}, ${clock}`;
    const asUtc = Date.parse(`${today}T${clock}:00Z`);
    const found: number[] = [];
    // Offsets lie between -12 and +14 hours, in steps of 15 minutes.
    for (let offset = 14 * 60; offset >= -12 * 60; offset -= 15) {
      const instant = asUtc - offset * 60_000;
      if (format.format(instant) === wanted) found.push(instant / 60_000);
    }
    return found;
  }
  const wrap = (minutes: number): number => ((minutes % 1440) + 1440) % 1440;

  it('agrees with Intl on every UTC time', () => {
    fc.assert(
      fc.property(anySchedule, (input) => {
        const value = schedule(input.firstSync, input.timeZone, input.syncsPerDay, input.today);
        const instants = instantsOf(input.today, input.firstSync, input.timeZone);
        expect(value.happens).toBe(['skipped', 'once', 'twice'][instants.length]);
        const first = instants.at(-1);
        if (first === undefined) return;
        expect(value.storedUtc).toBe(`${clockText(wrap(first))}:00`);
        expect(value.times.map(({ utc }) => utc)).toEqual(
          Array.from({ length: input.syncsPerDay }, (_, k) =>
            clockText(wrap(Math.round(first + (k * 1440) / input.syncsPerDay))),
          ),
        );
        const utcDay = Math.floor(first / 1440) - Date.parse(`${input.today}T00:00Z`) / 86_400_000;
        expect(value.times[0]?.utcDay).toBe(utcDay);
      }),
      { numRuns: 400 },
    );
  });

  it('has as many times as asked for, ascending round the day from the first', () => {
    fc.assert(
      fc.property(anySchedule, (input) => {
        const value = schedule(input.firstSync, input.timeZone, input.syncsPerDay, input.today);
        expect(value.times).toHaveLength(input.syncsPerDay);
        if (value.happens !== 'skipped') expect(value.times[0]?.local).toBe(input.firstSync);
        const minutes = value.times.map(({ local }) => Number(local.slice(0, 2)) * 60 + Number(local.slice(3)));
        const sinceFirst = minutes.map((minute) => wrap(minute - (minutes[0] ?? 0)));
        expect(sinceFirst).toEqual([...new Set(sinceFirst)].sort((a, b) => a - b));
        expect(value.spacingMinutes * value.times.length).toBeCloseTo(1440, 9);
      }),
    );
  });

  it('stores less than 24 hours', () => {
    fc.assert(
      fc.property(anySchedule, ({ firstSync, timeZone, syncsPerDay, today }) => {
        expect(schedule(firstSync, timeZone, syncsPerDay, today).storedUtc).toMatch(
          /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
        );
      }),
    );
  });

  it('runs after the clock change at the local times it foretold', () => {
    fc.assert(
      fc.property(anySchedule, ({ firstSync, timeZone, today }) => {
        const value = schedule(firstSync, timeZone, 1, today);
        fc.pre(value.nextChange !== 'none');
        const dayAfter = Temporal.PlainDate.from(value.nextChange.date).add({ days: 2 });
        const runs = dayAfter.toZonedDateTime({ timeZone: 'UTC', plainTime: value.storedUtc }).withTimeZone(timeZone);
        expect(clockText(runs.hour * 60 + runs.minute)).toBe(value.nextChange.localTimesAfter[0]);
      }),
    );
  });

  it('can be told in words', () => {
    fc.assert(
      fc.property(anySchedule, (input) => {
        const report = describeSyncTimes(syncTimes(input));
        expect(commandsOf(report)).toHaveLength(2);
        expect(textOf(report)).not.toMatch(/undefined|NaN|\[object/);
      }),
    );
  });
});

describe('the input', () => {
  const good = { mode: 'automatic', firstSync: '17:00', timeZone: 'Europe/Berlin', syncsPerDay: 4, today: winter };
  const server = { name: 'wsus2', port: 8530, useSsl: false };

  it.each([
    ['nothing', 'Enter the schedule'],
    [{ ...good, mode: 'sometimes' }, 'Select how this server synchronizes'],
    [{ ...good, firstSync: undefined }, 'Enter the time of the first synchronization'],
    [{ ...good, firstSync: '24:00' }, 'First synchronization must be from 00:00 to 23:59'],
    [{ ...good, timeZone: undefined }, 'Enter the time zone of the WSUS server'],
    [{ ...good, timeZone: 'Mars/Olympus' }, 'Time zone must be an IANA zone, for example Europe/Berlin'],
    [{ ...good, syncsPerDay: '4' }, 'Synchronizations per day must be a whole number from 1 to 24'],
    [{ ...good, syncsPerDay: 1.5 }, 'Synchronizations per day must be a whole number from 1 to 24'],
    [{ ...good, syncsPerDay: 0 }, 'Synchronizations per day must be a whole number from 1 to 24'],
    [{ ...good, syncsPerDay: 25 }, 'Synchronizations per day must be a whole number from 1 to 24'],
    [{ ...good, today: undefined }, 'Enter the date of today'],
    [{ ...good, today: '2026-02-29' }, 'Today must be a date such as 2026-11-02'],
    [{ ...good, soakHours: 12 }, 'The schedule must have no other fields'],
    [{ ...good, server: { ...server, name: '' } }, 'Enter the name of this WSUS server'],
    [{ ...good, server: { ...server, name: 1 } }, 'Enter the name of this WSUS server'],
    [
      { ...good, server: { ...server, port: 70_000 } },
      'Port of this WSUS server must be a whole number from 1 to 65535',
    ],
    [{ ...good, server: { ...server, useSsl: 'yes' } }, 'Select yes if clients reach this server over SSL'],
  ])('%j is answered with "%s"', (input, message) => {
    expect(SyncTimesInput(input)).toEqual({ ok: false, why: message });
  });

  it('comes from the sheet', () => {
    const names = [...syncTimesNeeds, ...syncTimesServerInputs];
    const raw = { syncMode: 'automatic', firstSync: '5:00 PM', syncsPerDay: '4', timeZone: 'Europe/Berlin' };
    const fieldsOf = (used: readonly string[]) =>
      Object.fromEntries(Object.entries(inputs).filter(([id]) => used.includes(id)));
    const read = (more: Readonly<Record<string, string>>, used: readonly string[] = names) =>
      readSyncTimes(makeSheet({ ...raw, ...more }, fieldsOf(used), { today: winter }), winter);

    expect(read({})).toEqual({ state: 'ready', input: good });
    expect(read({}, names.slice(1))).toEqual({ state: 'ready', input: good });
    expect(read({ wsusServer: 'wsus2', wsusPort: '8530', wsusSsl: 'no' })).toEqual({
      state: 'ready',
      input: { ...good, server },
    });
    expect(read({ wsusServer: 'wsus2', wsusPort: '0', wsusSsl: 'no' })).toEqual({ state: 'ready', input: good });
    expect(read({ syncMode: 'manual', firstSync: '' })).toEqual({ state: 'ready', input: { mode: 'manual' } });
    expect(read({ firstSync: '25:00', timeZone: '' })).toEqual({
      state: 'waiting',
      waitsFor: ['firstSync', 'timeZone'],
    });
    expect(read({ syncMode: '' })).toEqual({ state: 'waiting', waitsFor: ['syncMode'] });
    expect(readSyncTimes({}, winter)).toEqual({ state: 'waiting', waitsFor: ['firstSync', 'syncsPerDay', 'timeZone'] });
    for (const name of names) expect(inputs[name]?.id).toBe(name);
  });
});

describe('the report', () => {
  it('reads like this', () => {
    const report = describeSyncTimesExample();
    expect(report).toMatchInlineSnapshot(`
      [
        {
          "kind": "sentence",
          "text": "WSUS synchronizes 4 times a day, every 6 h, from 17:00 in the zone America/New_York.",
        },
        {
          "caption": "What WSUS keeps",
          "kind": "facts",
          "rows": [
            {
              "label": "First synchronization, local",
              "value": "17:00 (offset -05:00 on 2026-11-02)",
            },
            {
              "label": "Stored by WSUS, in UTC",
              "value": "22:00:00",
            },
            {
              "label": "Synchronizations per day",
              "value": "4",
            },
            {
              "label": "From one to the next",
              "value": "6 h",
            },
            {
              "label": "Next clock change",
              "value": "2027-03-14, 02:00 to 03:00, forward 1 h",
            },
          ],
        },
        {
          "caption": "Synchronizations of a day, offset -05:00",
          "head": [
            "Local (America/New_York)",
            "UTC (day as seen from the local time)",
            "Earliest start, local",
            "Latest start, local",
          ],
          "kind": "table",
          "rows": [
            [
              "17:00",
              "22:00",
              "17:00",
              "17:00 + offset",
            ],
            [
              "23:00",
              "04:00 (next day)",
              "23:00",
              "23:00 + offset",
            ],
            [
              "05:00",
              "10:00",
              "05:00",
              "05:00 + offset",
            ],
            [
              "11:00",
              "16:00",
              "11:00",
              "11:00 + offset",
            ],
          ],
        },
        {
          "caption": "A year without saving the schedule again (America/New_York)",
          "head": [
            "From",
            "Clocks go",
            "First synchronization, local",
            "UTC",
          ],
          "kind": "table",
          "rows": [
            [
              "2026-11-02",
              "",
              "17:00",
              "22:00",
            ],
            [
              "2027-03-14",
              "forward 1 h",
              "18:00",
              "22:00",
            ],
          ],
        },
        {
          "kind": "note",
          "text": "WSUS adds a random offset to each scheduled time, to spread the load on Microsoft Update. The earliest start is the scheduled time; the latest is the scheduled time + offset (size not documented by Microsoft; a third-party text on an old version says up to 30 minutes). Whether a server with another WSUS server above it adds the offset is not documented either.",
        },
        {
          "kind": "warning",
          "text": "On 2027-03-14 at 02:00 the clocks in America/New_York go forward 1 h (offset -05:00 to -04:00). WSUS keeps its time in UTC, so from then on it synchronizes 1 h later by the clock: 18:00, 00:00, 06:00, 12:00. To keep 17:00, save the schedule again after that change.",
        },
      ]
    `);
  });

  it('of the example has no command, so that nobody copies a schedule that is not theirs', () => {
    expect(commandsOf(describeSyncTimesExample())).toEqual([]);
    expect(SyncTimesInput(syncTimesExample)).toEqual({ ok: true, value: syncTimesExample });
  });

  it('never gives the size of the random offset without saying that Microsoft does not document it', () => {
    for (const part of describeSyncTimes(schedule('17:00', 'UTC', 4))) {
      const text = JSON.stringify(part);
      if (/\b30 min/.test(text))
        expect(text).toMatch(
          /size not documented by Microsoft; a third-party text on an old version says up to 30 minutes/,
        );
    }
  });

  it('says that manual synchronization keeps the stored times', () => {
    expect(describeSyncTimes({ mode: 'manual' })[0]).toEqual({
      kind: 'sentence',
      text: 'WSUS synchronizes only when someone starts it. It keeps the stored times, and does not use them.',
    });
  });
});

describe('the PowerShell', () => {
  let parse: (source: string) => ParsedPowershell;
  beforeAll(async () => {
    parse = await loadPowershellGrammar();
  });
  const server = { name: 'wsus2.contoso.com', port: 8531, useSsl: true };

  it('records, sets and verifies a schedule', () => {
    const commands = commandsOf(
      describeSyncTimes({ ...schedule('17:00', 'America/New_York', 4, '2026-11-02'), server }),
    );
    expect(commands.map(({ text }) => text).join('\n\n')).toMatchInlineSnapshot(`
      "(Get-WsusServer -Name 'wsus2.contoso.com' -PortNumber 8531 -UseSsl).GetSubscription() |
        Format-List 'SynchronizeAutomatically', 'SynchronizeAutomaticallyTimeOfDay', 'NumberOfSynchronizationsPerDay'

      & {
        $ErrorActionPreference = 'Stop'
        $wsus = Get-WsusServer -Name 'wsus2.contoso.com' -PortNumber 8531 -UseSsl
        $subscription = $wsus.GetSubscription()
        if ("$($subscription.GetSynchronizationStatus())" -ne 'NotProcessing') {
          throw 'A synchronization is running, and the schedule cannot be saved until it has finished. Nothing was changed.'
        }
        $subscription.SynchronizeAutomatically = $true
        $subscription.SynchronizeAutomaticallyTimeOfDay = ([datetime]::Today + [timespan]'17:00:00').ToUniversalTime().TimeOfDay
        $subscription.NumberOfSynchronizationsPerDay = 4
        $subscription.Save()
        $saved = $wsus.GetSubscription()
        if ($saved.SynchronizeAutomaticallyTimeOfDay -ne [timespan]'22:00:00') {
          Write-Warning "WSUS stored $($saved.SynchronizeAutomaticallyTimeOfDay) UTC."
          Write-Warning 'Worked out was 22:00:00 UTC, for America/New_York on 2026-11-02. Either this computer is in another zone, or the clocks have changed since.'
        }
        $saved.GetNextSynchronizationTime().ToLocalTime()
      }"
    `);
    for (const { shell, where } of commands) {
      expect(shell).toBe('powershell');
      expect(where).toBe('the WSUS server, Windows PowerShell as administrator');
    }
  });

  it('turns the schedule off', () => {
    const [, off] = commandsOf(describeSyncTimes({ mode: 'manual' }));
    expect(off?.text).toMatchInlineSnapshot(`
      "& {
        $ErrorActionPreference = 'Stop'
        $wsus = Get-WsusServer
        $subscription = $wsus.GetSubscription()
        if ("$($subscription.GetSynchronizationStatus())" -ne 'NotProcessing') {
          throw 'A synchronization is running, and the schedule cannot be saved until it has finished. Nothing was changed.'
        }
        $subscription.SynchronizeAutomatically = $false
        $subscription.Save()
        $wsus.GetSubscription() | Format-List 'SynchronizeAutomatically'
      }"
    `);
  });

  it('names the server without SSL, too', () => {
    const [show] = commandsOf(
      describeSyncTimes({ mode: 'manual', server: { name: 'wsus2', port: 8530, useSsl: false } }),
    );
    expect(show?.text).toContain("(Get-WsusServer -Name 'wsus2' -PortNumber 8530).GetSubscription()");
  });

  it('is one statement that PowerShell can parse, whatever the server is called', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom("O'Brien", "a'; Remove-Item C:\\ -Recurse; '", '$(calc)', '`"', '}', "\u2019; calc; '"),
    );
    fc.assert(
      fc.property(name, fc.boolean(), fc.boolean(), (text, useSsl, isManual) => {
        const named = { name: text, port: 8530, useSsl };
        const report = describeSyncTimes(
          isManual ? { mode: 'manual', server: named } : { ...schedule('17:00', 'UTC', 4), server: named },
        );
        const commands = commandsOf(report);
        const written = powershellLiteral(text);
        expect(commands).toHaveLength(written.ok ? 2 : 0);
        if (!written.ok) return;
        for (const { text: source } of commands) {
          expect(source).toContain(`-Name ${written.value} -PortNumber`);
          const { clean, shape } = parse(source);
          expect(clean, source).toBe(true);
          // Whatever the name is, it stays one string: the tree is the one of a plain name.
          expect(shape, source).toBe(parse(source.replaceAll(written.value, "'wsus2'")).shape);
        }
      }),
    );
  });

  it('is withheld, with the reason, when a value cannot stand in a command', () => {
    const report = describeSyncTimes({ mode: 'manual', server: { name: 'a\nb', port: 8530, useSsl: false } });
    expect(commandsOf(report)).toEqual([]);
    expect(report.filter(({ kind }) => kind === 'warning').map((part) => 'text' in part && part.text)).toEqual([
      expect.stringMatching(/^There is no command for "Show the present schedule"\. The value holds a line break/),
      expect.stringMatching(/^There is no command for "Synchronize manually"\. The value holds a line break/),
    ]);
  });
});
