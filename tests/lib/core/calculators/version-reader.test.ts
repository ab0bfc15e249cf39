import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareVersions,
  describeVersionReader,
  readVersion,
  readVersionReader,
  versionReader,
  versionReaderAlso,
  versionReaderExample,
  VersionReaderInput,
  versionReaderNeeds,
  versionReaderSources,
  type VersionKind,
} from '../../../../src/lib/core/calculators/version-reader.ts';
import { versionReaderInputs } from '../../../../src/lib/core/calculators/version-reader-inputs.ts';
import type { Report } from '../../../../src/lib/core/render/report.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';

const today = '2026-11-20';
const textOf = (report: Report): string => JSON.stringify(report);
const read = (input: object) => {
  const given = VersionReaderInput({ today, ...input });
  if (!given.ok) throw new Error(given.why);
  return versionReader(given.value);
};
const first = (input: object) => {
  const [version] = read(input).versions;
  if (!version) throw new Error('No version was read.');
  return version;
};

describe('the worked example', () => {
  it('gives what its docstring says', () => {
    expect(versionReader(versionReaderExample).versions).toEqual([
      {
        kind: 'platform',
        text: '4.18.25020.1009',
        form: 'five-digit',
        month: '2025-02',
        fifthDigit: 0,
        revision: 1009,
        isOdd: false,
        distance: { releasesBehind: { fewest: 1, most: 1 }, best: 'technical', worst: 'technical', against: 'newest' },
      },
    ]);
    expect(VersionReaderInput(versionReaderExample)).toEqual({ ok: true, value: versionReaderExample });
  });

  it('reads like this', () => {
    const [table] = describeVersionReader(versionReader(versionReaderExample));
    expect(table).toMatchObject({
      rows: [
        [
          'Platform',
          '4.18.25020.1009',
          'since May 2023: year, month and a fifth digit',
          'February 2025',
          '1',
          'Technical Support (Only)',
        ],
      ],
    });
  });
});

describe('one version', () => {
  it.each<[VersionKind, string, string, string | undefined, boolean, string]>([
    // kind, version, form, month, odd, why it is here
    ['platform', '4.18.2302.7', 'four-digit', '2023-02', false, 'Broad of spring 2023, in the pilot guide'],
    ['platform', '4.18.2304.8', 'four-digit', '2023-04', false, 'the last of the old form'],
    ['platform', '4.18.23050.3', 'five-digit', '2023-05', false, 'the first of the present form'],
    ['platform', '4.18.24090.11', 'five-digit', '2024-09', false, 'a listed release'],
    ['platform', '4.18.25020.1009', 'five-digit', '2025-02', false, 'a revision of four digits'],
    ['platform', '4.18.25037.2', 'five-digit', '2025-03', false, 'a fifth digit that no list has'],
    ['platform', '4.18.1807.5', 'four-digit', '2018-07', false, 'came with Windows 10 1809'],
    ['platform', '4.13.17134.1', 'no-month', undefined, false, 'came with Windows 10 1803; 17134 is no month'],
    ['platform', '4.18.2409.7', 'four-digit', '2024-09', true, 'a digit was lost'],
    ['platform', '4.18.22110.5', 'five-digit', '2022-11', true, 'a digit too many'],
    ['platform', '4.18.24130.1', 'no-month', undefined, true, 'month 13'],
    ['platform', '4.18.24000.1', 'no-month', undefined, true, 'month 0'],
    ['platform', '4.18.1712.1', 'no-month', undefined, true, 'before the form began'],
    ['platform', '4.18.250.1', 'no-month', undefined, true, 'too short'],
    ['platform', '4.19.25020.1', 'no-month', undefined, true, 'a form nobody has seen'],
    ['platform', '4.18.26110.1', 'five-digit', '2026-11', false, 'the month of today'],
    ['platform', '4.18.26120.1', 'five-digit', '2026-12', true, 'a month to come'],
    ['engine', '1.1.25030.1', 'five-digit', '2025-03', false, 'a listed engine'],
    ['engine', '1.1.23050.63000', 'five-digit', '2023-05', false, 'Microsoft’s own example of the present form'],
    ['engine', '1.1.20300.3', 'no-month', undefined, false, 'the last of the running numbers, April 2023'],
    ['engine', '1.1.20100.6', 'no-month', undefined, false, 'looks like October 2020, was February 2023'],
    ['engine', '1.1.2403.1', 'no-month', undefined, true, 'engines never had four digits'],
    ['engine', '1.1.24130.1', 'no-month', undefined, true, 'month 13'],
    ['intelligence', '1.427.3.0', 'no-month', undefined, false, 'carries no date'],
  ])('%s %s is %s, month %s, odd %s: %s', (kind, typed, form, month, isOdd) => {
    expect(readVersion(kind, ` ${typed} `, today)).toMatchObject({ kind, text: typed, form, isOdd });
    expect(readVersion(kind, typed, today).month).toBe(month);
  });

  it('compares by its numbers, not by its letters', () => {
    expect(compareVersions([4, 18, 2304, 8], [4, 18, 23050, 3])).toBeLessThan(0);
    expect(compareVersions([4, 18, 25020, 1009], [4, 18, 25020, 11])).toBeGreaterThan(0);
    expect(compareVersions([1, 1, 25030, 1], [1, 1, 25030, 1])).toBe(0);
  });

  it('gives back the month it was made of, in both forms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 18, max: 26 }),
        fc.integer({ min: 1, max: 12 }),
        fc.option(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 0, max: 65_535 }),
        (year, month, digit, revision) => {
          fc.pre(digit === null || Number(`${year}${month}`) > 0);
          const yymm = `${year}${String(month).padStart(2, '0')}`;
          const typed = `4.18.${yymm}${digit ?? ''}.${revision}`;
          fc.pre(VersionReaderInput({ platform: typed, today }).ok);
          const version = readVersion('platform', typed, today);
          expect(version.month).toBe(`20${year}-${yymm.slice(2)}`);
          expect(version.fifthDigit).toBe(digit ?? undefined);
          expect(version.revision).toBe(revision);
          expect(version.isOdd).toBe((digit === null) === Number(yymm) >= 2305 || Number(yymm) > 2611);
        },
      ),
    );
  });
});

describe('the distance to the newest', () => {
  const platform = '4.18.25020.1009';
  it.each<[object, number, number | undefined, string, string, string, string]>([
    // input, fewest, most, best, worst, against, why
    [{ platform, newestPlatform: platform }, 0, 0, 'current', 'current', 'newest', 'it is the newest'],
    [
      { platform, newestPlatform: '4.18.25010.11' },
      0,
      0,
      'current',
      'current',
      'newest',
      'it is newer than the newest',
    ],
    [
      { platform, newestPlatform: '4.18.25020.2000' },
      0,
      1,
      'current',
      'technical',
      'newest',
      'another revision of the month',
    ],
    [{ platform: '4.18.25010.11', newestPlatform: '4.18.25030.2' }, 2, 2, 'technical', 'technical', 'newest', 'N-2'],
    [
      { platform: '4.18.24090.11', newestPlatform: '4.18.25020.1009' },
      2,
      5,
      'technical',
      'unsupported',
      'newest',
      'N-2 by the list, five months by the calendar',
    ],
    [
      { platform: '4.18.24080.9', newestPlatform: '4.18.25020.1009' },
      3,
      6,
      'unsupported',
      'unsupported',
      'newest',
      'N-3 by the list',
    ],
    [
      { platform: '4.18.26080.1', newestPlatform: '4.18.26100.1' },
      1,
      2,
      'technical',
      'technical',
      'newest',
      'after the list ends',
    ],
    [
      { platform: '4.18.26060.1', newestPlatform: '4.18.26100.1' },
      1,
      4,
      'technical',
      'unsupported',
      'newest',
      'four months, releases unknown',
    ],
    [{ platform: '4.18.26090.1' }, 0, 2, 'current', 'technical', 'today', 'two months at most'],
    [{ platform: '4.18.25030.2' }, 0, 20, 'current', 'unsupported', 'today', 'the last of the list'],
    [{ platform: '4.18.24090.11' }, 3, 26, 'unsupported', 'unsupported', 'today', 'three listed ones are newer'],
    [{ platform: '4.13.17134.1' }, 18, undefined, 'unsupported', 'unsupported', 'today', 'all listed ones are newer'],
    [
      { platform: '4.12.16299.15', newestPlatform: '4.13.17134.1' },
      1,
      undefined,
      'technical',
      'unsupported',
      'newest',
      'neither has a month',
    ],
    [
      { engine: '1.1.20300.3', newestEngine: '1.1.23060.1005' },
      2,
      undefined,
      'technical',
      'unsupported',
      'newest',
      'May and June 2023 are newer',
    ],
    [
      { engine: '1.1.23050.2', newestEngine: '1.1.23070.1005' },
      2,
      2,
      'technical',
      'technical',
      'newest',
      'June 2023 had an engine and no platform',
    ],
  ])('of %j is %s to %s releases, %s to %s, by the %s: %6$s', (input, fewest, most, best, worst, against) => {
    expect(first(input).distance).toEqual({
      releasesBehind: most === undefined ? { fewest } : { fewest, most },
      best,
      worst,
      against,
    });
  });

  it.each<[string, string | undefined, string, string, string]>([
    ['4.18.24090.10', undefined, 'unsupported', 'unsupported', 'below N-2'],
    ['4.18.24090.11', undefined, 'technical', 'technical', 'N-2 itself'],
    ['4.18.25010.11', undefined, 'current', 'technical', 'above N-2, the newest unknown'],
    ['4.18.24090.11', '4.18.25020.1009', 'technical', 'technical', 'the calendar alone would not know'],
    ['4.18.25020.1009', '4.18.25020.1009', 'current', 'current', 'the newest'],
  ])('of %s with N-2 4.18.24090.11 and N %s is %s to %s: %s', (platform, newestPlatform, best, worst) => {
    expect(first({ platform, newestPlatform, oldestPlatform: '4.18.24090.11' }).distance).toMatchObject({
      best,
      worst,
      against: 'oldest',
    });
  });

  it('is not worked out where the digits do not fit together, nor for security intelligence', () => {
    expect(first({ platform: '4.18.2409.7' }).distance).toBeUndefined();
    expect(first({ platform: '4.18.2409.7', newestPlatform: '4.18.25020.1009' }).distance).toBeUndefined();
    expect(first({ intelligence: '1.427.3.0' }).distance).toBeUndefined();
  });

  const order = ['current', 'technical', 'unsupported'];
  const dated = fc
    .tuple(fc.integer({ min: 24, max: 26 }), fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 99 }))
    .map(([year, month, revision]) => `4.18.${year}${String(month).padStart(2, '0')}0.${revision}`);

  it('is a window, best before worst, and narrower or equal once N-2 is known', () => {
    fc.assert(
      fc.property(dated, dated, dated, (platform, a, b) => {
        const wide = first({ platform, newestPlatform: a }).distance;
        expect(wide?.releasesBehind.fewest).toBeLessThanOrEqual(wide?.releasesBehind.most ?? -1);
        expect(order.indexOf(wide?.best ?? '')).toBeLessThanOrEqual(order.indexOf(wide?.worst ?? ''));
        fc.pre(VersionReaderInput({ platform, newestPlatform: a, oldestPlatform: b, today }).ok);
        const exact = first({ platform, newestPlatform: a, oldestPlatform: b }).distance;
        expect(exact?.best).toBe(exact?.worst);
      }),
    );
  });

  it('never grows when the version does', () => {
    fc.assert(
      fc.property(dated, dated, dated, (one, other, newestPlatform) => {
        const numbers = (typed: string) => typed.split('.').map(Number);
        const [older = one, newer = other] = [one, other].sort((x, y) => {
          const [p = [], q = []] = [numbers(x), numbers(y)];
          return (p[2] ?? 0) - (q[2] ?? 0) || (p[3] ?? 0) - (q[3] ?? 0);
        });
        const of = (platform: string) => first({ platform, newestPlatform }).distance?.releasesBehind;
        expect(of(newer)?.fewest).toBeLessThanOrEqual(of(older)?.fewest ?? -1);
        expect(of(newer)?.most).toBeLessThanOrEqual(of(older)?.most ?? -1);
      }),
    );
  });
});

describe('the report', () => {
  it('says that the fifth digit is unconfirmed, and only where there is one', () => {
    expect(textOf(describeVersionReader(read({ platform: '4.18.25020.1009' })))).toMatch(
      /Unconfirmed: what the fifth digit means/,
    );
    expect(textOf(describeVersionReader(read({ platform: '4.18.2302.7' })))).not.toMatch(/fifth digit means/);
    expect(textOf(describeVersionReader(read({ platform: '4.18.25037.2' })))).toContain('always 0, and here it is not');
    expect(textOf(describeVersionReader(read({ platform: '4.18.25020.1' })))).not.toContain('here it is not');
  });

  it('warns of an unsupported, of an uncertain and of an odd version', () => {
    const warnings = (input: object) =>
      describeVersionReader(read(input)).flatMap((part) => (part.kind === 'warning' ? [part.text] : []));
    expect(warnings({ platform: '4.18.24080.9' })[0]).toContain('is older than N-2 and no longer supported');
    expect(warnings({ engine: '1.1.25030.1' })).toEqual([
      "Whether engine 1.1.25030.1 is still supported is not certain, because Microsoft leaves months out: enter the newest and the oldest supported version from Microsoft's list.",
    ]);
    expect(warnings({ engine: '1.1.25030.1', newestEngine: '1.1.26080.3' })[0]).toContain(
      'enter the oldest supported version',
    );
    expect(warnings({ platform: '4.18.2409.7' })[0]).toContain('look for a digit too many or too few');
    expect(warnings({ platform: '4.18.26090.1', oldestPlatform: '4.18.26090.1' })).toEqual([]);
  });

  it('shows each kind with what can be said of it', () => {
    const report = describeVersionReader(
      read({ platform: '4.18.2409.7', engine: '1.1.20100.6', intelligence: '1.427.3.0' }),
    );
    expect(report[0]).toMatchObject({
      rows: [
        [
          'Platform',
          '4.18.2409.7',
          'old: year and month in four digits',
          'September 2024',
          'check the digits first',
          'check the digits first',
        ],
        ['Engine', '1.1.20100.6', 'carries no month', 'none', '19 or more', 'no longer supported'],
        [
          'Security intelligence',
          '1.427.3.0',
          'carries no month',
          'none',
          'does not apply',
          'N-2 is for platform and engine',
        ],
      ],
    });
    expect(textOf(report)).toContain('1.1.20100.6 was the engine of February 2023');
    expect(textOf(report)).toContain('A security intelligence version carries no date');
    expect(textOf(describeVersionReader(read({ intelligence: '1.427.3.0' })))).not.toContain('N-1');
  });

  it('shows a window of releases and phases as one', () => {
    expect(describeVersionReader(read({ platform: '4.18.26060.1', newestPlatform: '4.18.26100.1' }))[0]).toMatchObject({
      rows: [expect.arrayContaining(['1 to 4', 'not certain: Technical Support (Only) to no longer supported'])],
    });
  });

  it('ends with the command that reads the versions, which holds no value', () => {
    expect(describeVersionReader(read({ platform: '4.18.2302.7' })).at(-1)).toMatchObject({
      kind: 'command',
      command: {
        text: "Get-MpComputerStatus | Format-List -Property 'AMProductVersion', 'AMEngineVersion', 'AntivirusSignatureVersion', 'AntivirusSignatureLastUpdated'",
      },
    });
  });
});

describe('the input', () => {
  it.each([
    ['nothing', 'Enter a version'],
    [{ today }, 'Enter at least one of platform, engine and security intelligence version'],
    [{ platform: '4.18.25020.1' }, 'Enter the date of today'],
    [{ platform: '4.18.25020.1', today: '2026-02-30' }, 'Today must be a date such as 2026-11-02'],
    [{ today, platform: 4 }, 'Enter the platform version'],
    [{ today, engine: 4 }, 'Enter the engine version'],
    [{ today, intelligence: 4 }, 'Enter the security intelligence version'],
    [
      { today, platform: '4.18.25020' },
      'Platform version must be four numbers with dots between them, for example 4.18.25020.1009',
    ],
    [
      { today, platform: 'v4.18.25020.1' },
      'Platform version must be four numbers with dots between them, for example 4.18.25020.1009',
    ],
    [{ today, platform: '1.1.25030.1' }, 'Platform version must start with 4, for example 4.18.25020.1009'],
    [{ today, platform: '4.18.25020.70000' }, 'Platform version must have no number above 65535'],
    [{ today, engine: '4.18.25020.1' }, 'Engine version must start with 1.1, for example 1.1.25030.1'],
    [{ today, engine: '1.427.3.0' }, 'Engine version must start with 1.1, for example 1.1.25030.1'],
    [
      { today, intelligence: '1.1.25030.1' },
      'Security intelligence version must start with 1 and a number above 1, for example 1.427.3.0',
    ],
    [
      { today, platform: '4.18.25020.1', newestPlatform: 'new' },
      'Newest platform must be four numbers with dots between them, for example 4.18.25020.1009',
    ],
    [
      { today, platform: '4.18.25020.1', newestPlatform: '4.18.2503.2' },
      "Newest platform must be as Microsoft's list has it: check 4.18.2503.2 for a digit too many or too few",
    ],
    [
      { today, engine: '1.1.25020.1', oldestEngine: '1.1.2501.7' },
      "Oldest supported engine must be as Microsoft's list has it: check 1.1.2501.7 for a digit too many or too few",
    ],
    [
      { today, platform: '4.18.25020.1', newestPlatform: '4.18.25010.1', oldestPlatform: '4.18.25020.1' },
      'Oldest supported platform must be the newest platform or an earlier one',
    ],
    [
      { today, engine: '1.1.25020.1', newestEngine: '1.1.25010.1', oldestEngine: '1.1.25020.1' },
      'Oldest supported engine must be the newest engine or an earlier one',
    ],
    [{ today, platform: '4.18.25020.1', channel: 'Broad' }, 'The versions must have no other fields'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(VersionReaderInput(input)).toEqual({ ok: false, why });
  });

  it('is never taken without four numbers', () => {
    fc.assert(
      fc.property(fc.string(), (platform) => {
        fc.pre(!/^\s*\d+(\.\d+){3}\s*$/.test(platform));
        expect(VersionReaderInput({ platform, today }).ok).toBe(false);
      }),
    );
  });

  it('comes from the sheet', () => {
    const of = (raw: Readonly<Record<string, string>>) =>
      readVersionReader(makeSheet(raw, versionReaderInputs, { today }), today);
    expect(of({ platformVersion: '4.18.25020.1009', newestPlatform: '4.18.25030.2' })).toEqual({
      state: 'ready',
      input: { platform: '4.18.25020.1009', newestPlatform: '4.18.25030.2', today },
    });
    expect(of({ engineVersion: '1.1.25030.1', intelligenceVersion: '1.427.3.0' })).toMatchObject({ state: 'ready' });
    expect(of({ newestPlatform: '4.18.25030.2' })).toEqual({ state: 'waiting', waitsFor: ['platformVersion'] });
    expect(readVersionReader({}, today)).toEqual({ state: 'waiting', waitsFor: ['platformVersion'] });
    expect(of({ platformVersion: '4.18.25020.1', engineVersion: '1\u202e' })).toEqual({
      state: 'waiting',
      waitsFor: ['engineVersion'],
    });
    expect(of({ platformVersion: '4.18.25020.1', engineVersion: '25030' })).toEqual({
      state: 'waiting',
      waitsFor: ['engineVersion'],
      why: 'Engine version must be four numbers with dots between them, for example 1.1.25030.1',
    });
    expect(
      of({ platformVersion: '4.18.25020.1', newestPlatform: '4.18.25010.1', oldestPlatform: '4.18.25020.1' }),
    ).toEqual({
      state: 'waiting',
      waitsFor: ['newestPlatform', 'oldestPlatform'],
      why: 'Oldest supported platform must be the newest platform or an earlier one',
    });
    for (const id of [...versionReaderNeeds, ...versionReaderAlso])
      expect(versionReaderInputs[id]?.ask).toMatch(/^Enter /);
    expect(versionReaderSources.every(({ url }) => url.startsWith('https://learn.microsoft.com/'))).toBe(true);
  });
});
