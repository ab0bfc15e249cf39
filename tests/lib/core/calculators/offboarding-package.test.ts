import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeOffboardingPackage,
  offboardingPackage,
  offboardingPackageAlso,
  offboardingPackageExample,
  OffboardingPackageInput,
  offboardingPackageNeeds,
  offboardingPackageSources,
  readOffboardingPackage,
  readValidUntil,
  type OffboardingPackage,
} from '../../../../src/lib/core/calculators/offboarding-package.ts';
import { addDays, dayNumber } from '../../../../src/lib/core/calculators/offboarding-package-days.ts';
import { offboardingPackageInputs } from '../../../../src/lib/core/calculators/offboarding-package-inputs.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';

const today = '2026-11-20';
const script = (day: string): string => `WindowsDefenderATPOffboardingScript_valid_until_${day}.cmd`;
const made = (input: object): OffboardingPackage => {
  const read = OffboardingPackageInput({ today, ...input });
  if (!read.ok) throw new Error(read.why);
  return offboardingPackage(read.value);
};
const warningsOf = (report: Report): string[] => report.flatMap((part) => (part.kind === 'warning' ? [part.text] : []));
const labelsOf = (report: Report): string[] => report.flatMap((part) => (part.kind === 'path' ? [part.label] : []));
const anyDay = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('9990-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    expect(offboardingPackage(offboardingPackageExample)).toEqual({
      from: 'file-name',
      today,
      validUntil: '2026-11-27',
      daysLeft: 7,
      state: 'valid',
      rules: [],
      isOdd: false,
      isUndated: false,
    });
    expect(OffboardingPackageInput(offboardingPackageExample)).toEqual({ ok: true, value: offboardingPackageExample });
    expect(describeOffboardingPackage(offboardingPackage(offboardingPackageExample))[0]).toEqual({
      kind: 'sentence',
      text: 'This package is valid until 2026-11-27 by its file name: 7 days left. A device that gets it later rejects it.',
    });
  });
});

describe('the day in a file name', () => {
  it.each<[string, string | undefined, string]>([
    [script('2026-11-27'), '2026-11-27', 'as Microsoft writes it'],
    ['WindowsDefenderATPOffboardingPackage_valid_until_2026-11-27.zip', '2026-11-27', 'the archive'],
    ['WindowsDefenderATP_valid_until_2026-11-27.offboarding', '2026-11-27', 'a file for the policy'],
    ['x_VALID_UNTIL_2026-11-27 (1).zip', '2026-11-27', 'a second download'],
    ['C:\\old_valid_until_2020-01-01\\x_valid_until_2026-11-27.zip', '2026-11-27', 'a path: the folder does not count'],
    ['a_valid_until_2026-11-27_valid_until_2026-11-27.zip', '2026-11-27', 'the same day twice'],
    ['WindowsDefenderATP.offboarding', undefined, 'a file from inside the archive'],
    ['report-2026-11-27.zip', undefined, 'a date without the words'],
  ])('of %s is %s: %s', (fileName, day) => {
    expect(readValidUntil(fileName)).toEqual({ ok: true, value: day });
  });

  const noDay = 'File name must have a day of the calendar after valid_until_, for example 2026-11-27';
  it.each([
    [script('2026-02-30'), noDay, 'no such day'],
    [script('2026-11-271'), noDay, 'a digit too many'],
    [script('YYYY-MM-DD'), noDay, 'the pattern of the documentation'],
    [
      'a_valid_until_2026-11-27_valid_until_2026-12-27.zip',
      'File name must have one valid_until date: enter the name as it was downloaded',
      'two days',
    ],
  ])('of %s is refused with "%s": %s', (fileName, why) => {
    expect(readValidUntil(fileName)).toEqual({ ok: false, why });
  });

  it('comes back whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), anyDay, fc.constantFrom('.cmd', '.zip', '', ' (2).zip'), (before, day, after) => {
        fc.pre(!before.toLowerCase().includes('valid_until_'));
        expect(readValidUntil(`${before}valid_until_${day}${after}`)).toEqual({ ok: true, value: day });
      }),
    );
  });
});

describe('validity', () => {
  it.each([
    ['2026-11-21', 1, 'valid'],
    ['2026-11-20', 0, 'last-day'],
    ['2026-11-19', -1, 'expired'],
    ['2024-02-29', -995, 'expired'],
  ])('until %s leaves %i days: %s', (day, daysLeft, state) => {
    expect(made({ fileName: script(day) })).toMatchObject({ validUntil: day, daysLeft, state });
  });

  it('counts 7 days from the download, and shows the other documented periods beside', () => {
    const value = made({ downloaded: '2026-11-16' });
    expect(value).toMatchObject({
      from: 'download',
      validUntil: '2026-11-23',
      daysLeft: 3,
      state: 'valid',
      isUndated: false,
    });
    expect(value.rules.map(({ days, validUntil, daysLeft }) => [days, validUntil, daysLeft])).toEqual([
      [7, '2026-11-23', 3],
      [3, '2026-11-19', -1],
      [30, '2026-12-16', 26],
    ]);
  });

  it('never takes the 30 days of the source article for an answer', () => {
    expect(made({ downloaded: '2026-11-12' })).toMatchObject({ state: 'expired', daysLeft: -1 });
    expect(made({ downloaded: '2026-11-13' })).toMatchObject({ state: 'last-day' });
  });

  it('believes the file name before the day of download', () => {
    expect(made({ fileName: script('2026-11-19'), downloaded: '2026-11-16' })).toMatchObject({
      from: 'file-name',
      state: 'expired',
    });
  });

  it.each<[object, boolean, string]>([
    [{ fileName: script('2026-11-27'), downloaded: '2026-11-20' }, false, '7 days'],
    [{ fileName: script('2026-11-28'), downloaded: '2026-11-20' }, false, 'the portal may be a day ahead'],
    [{ fileName: script('2026-11-23'), downloaded: '2026-11-20' }, false, '3 days'],
    [{ fileName: script('2026-12-20'), downloaded: '2026-11-20' }, false, '30 days'],
    [{ fileName: script('2026-12-05'), downloaded: '2026-11-20' }, true, '15 days: no rule'],
    [{ fileName: script('2026-12-21') }, false, '31 days off'],
    [{ fileName: script('2026-12-22') }, true, 'further off than any rule'],
    [{ downloaded: '2026-11-20' }, false, 'no name to doubt'],
  ])('of %j is odd: %s, %s', (input, isOdd) => {
    expect(made(input).isOdd).toBe(isOdd);
  });

  it('is refused on every day after the last, and on none before', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (day, now) => {
        const { state } = made({ fileName: script(day), today: now });
        expect(state).toBe(now > day ? 'expired' : now === day ? 'last-day' : 'valid');
      }),
    );
  });
});

describe('days', () => {
  it.each([
    ['2026-12-28', 7, '2027-01-04', 'over the year'],
    ['2028-02-25', 7, '2028-03-03', 'over 29 February'],
    ['2100-02-25', 7, '2100-03-04', 'no leap year'],
    ['0000-01-01', 60, '0000-03-01', 'the first of the calendar'],
    ['9999-12-31', 1, '10000-01-01', 'past four digits'],
  ])('%s and %i days is %s: %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
  });

  it('agree with Temporal about the end of every February', () => {
    for (let year = 1999; year <= 2401; year += 1) {
      for (const days of [-1, 0, 1]) {
        const date = `${year}-03-01`;
        expect(addDays(date, days)).toBe(Temporal.PlainDate.from(date).add({ days }).toString());
      }
    }
  });

  it('agree with Temporal', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -400, max: 400 }), (date, days) => {
        expect(addDays(date, days)).toBe(Temporal.PlainDate.from(date).add({ days }).toString());
        expect(dayNumber(addDays(date, days)) - dayNumber(date)).toBe(days);
      }),
    );
  });
});

describe('the report', () => {
  it('of an expired package refuses it, shows no way to deploy it, and shows where to get a new one', () => {
    const report = describeOffboardingPackage(made({ fileName: script('2026-11-19') }));
    expect(report[0]).toEqual({
      kind: 'warning',
      text: 'Do not deploy this package: it was valid until 2026-11-19 by its file name, 1 day ago. Devices reject an expired package. Download a new one.',
    });
    expect(labelsOf(report)).toEqual(['Download a package']);
  });

  it('of a package in its last hours sends the reader for a new one, too', () => {
    const report = describeOffboardingPackage(made({ downloaded: '2026-11-13' }));
    expect(warningsOf(report)[0]).toContain('This package ends today, 2026-11-20, by 7 days from the download.');
    expect(warningsOf(report)[0]).toContain('is not documented');
    expect(labelsOf(report)).toEqual(['Download a package']);
  });

  it('of a valid package shows how to deploy it, and that onboarding must not go with it', () => {
    const report = describeOffboardingPackage(made({ fileName: script('2026-11-27') }));
    expect(labelsOf(report)).toEqual(['Create the policy']);
    expect(warningsOf(report)).toEqual([expect.stringContaining('Never deploy onboarding and offboarding')]);
  });

  it('of a package known by its download shows every documented period with who says so', () => {
    const report = describeOffboardingPackage(made({ fileName: 'offboarding.zip', downloaded: '2026-11-16' }));
    expect(report).toContainEqual({
      kind: 'table',
      caption: 'Documented periods, from the day of download',
      head: ['Days', 'Valid until', 'As of today', 'Who says so'],
      rows: [
        ['7', '2026-11-23', '3 days left', expect.stringContaining('the rule now')],
        ['3', '2026-11-19', 'over for 1 day', expect.stringContaining('MC716388')],
        ['30', '2026-12-16', '26 days left', expect.stringContaining('still printed')],
      ],
    });
    expect(warningsOf(report)).toEqual([
      expect.stringContaining('The file name has no valid_until date'),
      expect.stringContaining('By the 3 days of early 2024 it ended on 2026-11-19'),
      expect.stringContaining('Never deploy onboarding and offboarding'),
    ]);
    expect(JSON.stringify(describeOffboardingPackage(made({ downloaded: '2026-11-17' })))).toContain('ends today');
  });

  it('of a package expired by its download does not speak of 3 days as well', () => {
    expect(warningsOf(describeOffboardingPackage(made({ downloaded: '2026-11-01' })))).toHaveLength(1);
  });

  it('of a renamed package says that its name changes nothing', () => {
    expect(warningsOf(describeOffboardingPackage(made({ fileName: script('2027-11-20') })))[0]).toContain(
      'No documented rule',
    );
  });

  it('can be told in words for any package', () => {
    fc.assert(
      fc.property(fc.option(anyDay), anyDay, anyDay, (named, downloaded, now) => {
        fc.pre(downloaded <= now);
        const value = made({ fileName: named === null ? undefined : script(named), downloaded, today: now });
        const report = describeOffboardingPackage(value);
        expect(JSON.stringify(report)).not.toMatch(/undefined|NaN|\[object/);
        expect(labelsOf(report).includes('Create the policy')).toBe(value.state === 'valid');
      }),
    );
  });
});

describe('the input', () => {
  it.each([
    ['nothing', 'Enter the file name or the day of download'],
    [{ today }, 'Enter the file name or the day of download'],
    [{ fileName: script('2026-11-27') }, 'Enter the date of today'],
    [{ today: '20.11.2026', downloaded: today }, 'Today must be a date such as 2026-11-02'],
    [{ today, fileName: 7 }, 'Enter the file name of the package'],
    [{ today, fileName: '  ' }, 'Enter the file name of the package'],
    [{ today, downloaded: 7 }, 'Enter the day of download'],
    [{ today, downloaded: '2026-11-31' }, 'Day of download must be a date such as 2026-11-02'],
    [{ today, downloaded: '2026-11-21' }, 'Day of download must be today or earlier'],
    [{ today, fileName: 'offboarding.zip' }, 'File name has no valid_until date: enter the day of download'],
    [
      { today, fileName: script('2026-13-01') },
      'File name must have a day of the calendar after valid_until_, for example 2026-11-27',
    ],
    [{ today, downloaded: today, days: 30 }, 'The offboarding package must have no other fields'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(OffboardingPackageInput(input)).toEqual({ ok: false, why });
  });

  it('comes from the sheet', () => {
    const read = (raw: Readonly<Record<string, string>>) =>
      readOffboardingPackage(makeSheet(raw, offboardingPackageInputs, { today }), today);
    const offboardFile = script('2026-11-27');
    expect(read({ offboardFile })).toEqual({ state: 'ready', input: offboardingPackageExample });
    expect(read({ offboardDownloaded: '2026-11-16' })).toEqual({
      state: 'ready',
      input: { downloaded: '2026-11-16', today },
    });
    expect(read({})).toEqual({ state: 'waiting', waitsFor: ['offboardFile'] });
    expect(readOffboardingPackage({}, today)).toEqual({ state: 'waiting', waitsFor: ['offboardFile'] });
    expect(read({ offboardFile, offboardDownloaded: 'Friday' })).toEqual({
      state: 'waiting',
      waitsFor: ['offboardDownloaded'],
    });
    expect(read({ offboardFile: 'offboarding.zip' })).toEqual({
      state: 'waiting',
      waitsFor: ['offboardDownloaded'],
      why: 'File name has no valid_until date: enter the day of download',
    });
    expect(read({ offboardFile: script('2026-02-30'), offboardDownloaded: today })).toMatchObject({
      waitsFor: ['offboardFile'],
    });
    expect(read({ offboardDownloaded: '2027-01-01' })).toEqual({
      state: 'waiting',
      waitsFor: ['offboardDownloaded'],
      why: 'Day of download must be today or earlier',
    });
    expect(read({ offboardFile: script('2026-02-30'), offboardDownloaded: '2027-01-01' })).toMatchObject({
      waitsFor: ['offboardDownloaded'],
    });
    for (const id of [...offboardingPackageNeeds, ...offboardingPackageAlso]) {
      expect(offboardingPackageInputs[id]?.ask).toMatch(/^Enter /);
    }
    expect(offboardingPackageSources.every(({ url }) => url.startsWith('https://'))).toBe(true);
  });
});
