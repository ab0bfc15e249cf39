import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { updateCheckInputs } from '../../../../src/lib/core/calculators/update-check-inputs.ts';
import { checkSettings } from '../../../../src/lib/core/calculators/update-check-settings.ts';
import {
  describeUpdateCheck,
  updateCheckBackground,
  readUpdateCheck,
  updateCheck,
  updateCheckAlso,
  updateCheckExample,
  UpdateCheckInput,
  updateCheckNeeds,
  updateCheckSources,
  type UpdateCheck,
} from '../../../../src/lib/core/calculators/update-check.ts';
import { settingChange } from '../../../../src/lib/core/policy/setting-change.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { policyNamed } from '../policy/support/catalogue.ts';
import { readGroupPolicyCommand } from '../policy/support/read-commands.ts';
import { commandsOf, made, sheetOf, tableOf, textOf, warningsOf, whyOf } from './support/report-parts.ts';

const daily = { checkBy: 'time', checkDay: 0, checkTime: '18:00' } as const;
const hourly = { checkBy: 'interval', checkHours: 4 } as const;

/** `value=data` of every write; `-` where it is taken out. */
const writesOf = ({ changes }: UpdateCheck): string[] =>
  made(changes).flatMap(({ change }) =>
    change.writes.map((write) => `${write.valueName}=${'data' in write ? write.data : '-'}`),
  );
const preferenceOf = ({ preference }: UpdateCheck): string => made(preference)[0]?.text ?? '';
const startsOf = (input: UpdateCheckInput): (readonly string[])[] | undefined =>
  tableOf(describeUpdateCheck(updateCheck(input)), /^Start/)?.map((row) => row.slice(1));

const anyTime = fc
  .integer({ min: 0, max: 1439 })
  .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`);
const anyDays = fc.integer({ min: 1, max: 4_294_967_295 });
const anyExtras = fc.record(
  {
    catchUpDays: anyDays,
    outOfDateDays: anyDays,
    randomizeTasks: fc.boolean(),
    randomHours: fc.integer({ min: 1, max: 23 }),
    checkAtStartup: fc.boolean(),
    updateWithoutEngine: fc.boolean(),
    scanAfterUpdate: fc.boolean(),
    updateOnBattery: fc.boolean(),
    checkBeforeScan: fc.boolean(),
    productionGpo: fc.constantFrom('MDAV_Settings_Production', "O'Brien’s ring"),
  },
  { requiredKeys: [] },
);
const anyInput: fc.Arbitrary<UpdateCheckInput> = fc
  .tuple(
    fc.oneof(
      fc.record({ checkBy: fc.constant('interval' as const), checkHours: fc.integer({ min: 1, max: 24 }) }),
      fc.record({
        checkBy: fc.constant('time' as const),
        checkDay: fc.integer({ min: 0, max: 8 }),
        checkTime: anyTime,
      }),
    ),
    anyExtras,
  )
  .map(([check, extras]) => ({ ...extras, ...check }));

describe('the check for updates', () => {
  it('gives the worked example of its docstring', () => {
    const value = updateCheck(updateCheckExample);
    expect(value.scheduleMinutes).toBe(1080);
    expect(writesOf(value)).toEqual([
      'ScheduleDay=0',
      'ScheduleTime=1080',
      'SignatureUpdateCatchupInterval=1',
      'AVSignatureDue=7',
      'ASSignatureDue=7',
      'RandomizeScheduleTaskTimes=1',
      'SchedulerRandomizationTime=2',
      'DisableScanOnUpdate=0',
    ]);
    expect(startsOf(updateCheckExample)).toEqual([
      ['18:00', '20:00'],
      ['17:30', '18:30'],
    ]);
  });

  it.each(checkSettings.map(([, setting]) => [setting.id, setting] as const))(
    'stands on the entry of the catalogue for %s',
    (id, setting) => {
      const { places, key, elements, enabled, disabled, preference } = policyNamed(id);
      expect(setting).toEqual({
        id,
        places,
        key,
        elements,
        enabled: { writes: enabled.writes },
        disabled: { writes: disabled.writes },
        ...(preference !== undefined && { preference }),
      });
    },
  );

  it.each([
    ['00:00', 0, 'the first minute'],
    ['02:00', 120, 'the example of the template'],
    ['12:30', 750, 'after noon'],
    ['23:59', 1439, 'the last minute; the template allows 1440, which is no time of day'],
  ])('writes %s as %i minutes: %s', (checkTime, minutes) => {
    const value = updateCheck({ ...daily, checkTime });
    expect(value.scheduleMinutes).toBe(minutes);
    expect(writesOf(value)).toEqual(['ScheduleDay=0', `ScheduleTime=${minutes}`]);
    expect(preferenceOf(value)).toBe(
      `Set-MpPreference -SignatureScheduleDay 0 -SignatureScheduleTime '${checkTime}:00'`,
    );
  });

  it.each([
    [0, 'Every Day'],
    [1, 'Sunday'],
    [7, 'Saturday'],
  ])('knows day %i as %s', (checkDay, label) => {
    const [day] = made(updateCheck({ ...daily, checkDay }).changes);
    expect(day?.change.clicks[0]?.options).toEqual([
      { label: 'Specify the day of the week to check for security intelligence updates', data: label, isList: true },
    ]);
  });

  it('has Never as day 8, without a time', () => {
    const value = updateCheck({ checkBy: 'time', checkDay: 8 });
    expect(writesOf(value)).toEqual(['ScheduleDay=8']);
    expect(value.starts).toEqual([]);
    expect(value.notes).toEqual(['With Never, clients check at no time of day.']);
  });

  it('writes day and time or the interval, and never both', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const names = writesOf(updateCheck(input)).map((write) => write.split('=')[0]);
        expect(names.includes('SignatureUpdateInterval')).toBe(input.checkBy === 'interval');
        expect(names.includes('ScheduleDay')).toBe(input.checkBy === 'time');
        expect(names.includes('ScheduleTime')).toBe(input.checkBy === 'time' && input.checkDay !== 8);
      }),
    );
  });

  it('takes out the other way once it is known to be there', () => {
    const before = { ScheduleDay: '0', ScheduleTime: '120', SignatureUpdateInterval: '8' };
    expect(writesOf(updateCheck({ ...hourly, before }))).toEqual([
      'ScheduleDay=-',
      'ScheduleTime=-',
      'SignatureUpdateInterval=4',
    ]);
    expect(writesOf(updateCheck({ ...daily, before }))).toEqual([
      'ScheduleDay=0',
      'ScheduleTime=1080',
      'SignatureUpdateInterval=-',
    ]);
    const none = { ScheduleDay: 'Not configured', ScheduleTime: 'Not configured' };
    expect(writesOf(updateCheck({ ...hourly, before: none }))).toEqual(['SignatureUpdateInterval=4']);
  });

  it.each([
    ['checkAtStartup', 'UpdateOnStartUp', 1, undefined],
    ['updateWithoutEngine', 'DisableUpdateOnStartupWithoutEngine', 0, 'SignatureDisableUpdateOnStartupWithoutEngine'],
    ['scanAfterUpdate', 'DisableScanOnUpdate', 0, undefined],
    ['updateOnBattery', 'DisableScheduledSignatureUpdateOnBattery', 0, undefined],
    ['checkBeforeScan', 'CheckForSignaturesBeforeRunningScan', 1, 'CheckForSignaturesBeforeRunningScan'],
    ['randomizeTasks', 'RandomizeScheduleTaskTimes', 1, 'RandomizeScheduleTaskTimes'],
  ] as const)('writes yes to %s as %s=%i, and no as the other', (input, valueName, yes, parameter) => {
    for (const isOn of [true, false]) {
      const data = isOn ? yes : 1 - yes;
      const value = updateCheck({ ...hourly, [input]: isOn });
      expect(writesOf(value)).toEqual(['SignatureUpdateInterval=4', `${valueName}=${data}`]);
      const change = made(value.changes).at(-1)?.change;
      expect(change?.clicks[0]?.button).toBe(isOn ? 'Enabled' : 'Disabled');
      expect(preferenceOf(value)).toBe(
        `Set-MpPreference -SignatureUpdateInterval 4${parameter ? ` -${parameter} ${data === 1 ? '$true' : '$false'}` : ''}`,
      );
    }
  });

  it.each<readonly [input: UpdateCheckInput, starts: readonly (readonly string[])[], why: string]>([
    [
      { ...daily },
      [
        ['18:00', '22:00'],
        ['17:30', '18:30'],
      ],
      'the default of both texts',
    ],
    [
      { ...daily, randomizeTasks: true },
      [
        ['18:00', '22:00'],
        ['17:30', '18:30'],
      ],
      'the default window',
    ],
    [
      { ...daily, randomHours: 6 },
      [
        ['18:00', '00:00 (next day)'],
        ['17:30', '18:30'],
      ],
      'a window to midnight',
    ],
    [
      { ...daily, checkTime: '23:45' },
      [
        ['23:45', '03:45 (next day)'],
        ['23:15', '00:15 (next day)'],
      ],
      'over midnight',
    ],
    [
      { ...daily, checkTime: '00:10' },
      [
        ['00:10', '04:10'],
        ['23:40 (previous day)', '00:40'],
      ],
      'before midnight',
    ],
    [{ ...daily, randomizeTasks: false }, [['18:00', '18:00']], 'not randomized'],
    [{ ...daily, randomizeTasks: false, randomHours: 6 }, [['18:00', '18:00']], 'a window without randomization'],
  ])('of %j starts at %j: %s', (input, starts) => {
    expect(startsOf(input)).toEqual(starts);
  });

  it('always starts no later than it may, and by the newest text not before its time', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { starts, scheduleMinutes } = updateCheck(input);
        expect(starts.length > 0).toBe(scheduleMinutes !== undefined);
        for (const { earliestMinutes, latestMinutes } of starts) {
          expect(earliestMinutes).toBeLessThanOrEqual(latestMinutes);
        }
        if (starts[0]) expect(starts[0].earliestMinutes).toBe(scheduleMinutes);
      }),
    );
  });

  it.each([
    [{ ...hourly, catchUpDays: 8 }, ['Clients are out of date after 7 days, before they catch up.']],
    [{ ...hourly, catchUpDays: 7 }, []],
    [{ ...hourly, catchUpDays: 3, outOfDateDays: 2 }, ['Clients are out of date after 2 days, before they catch up.']],
    [{ ...hourly, randomizeTasks: false, randomHours: 2 }, ['Without randomization there is no window.']],
    [{ ...hourly, randomizeTasks: false }, []],
  ])('of %j warns %j', (input, notes) => {
    const value = updateCheck(input);
    expect(value.notes).toEqual(notes);
    expect(warningsOf(describeUpdateCheck(value))).toEqual(notes);
  });

  it('makes the changes that the catalogue’s own rules make, whatever the input', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const { setting, change } of made(updateCheck(input).changes)) {
          const [write] = change.writes;
          const [element] = setting.elements;
          const values = element && write && 'data' in write ? { [element.id]: write.data } : {};
          expect(change).toEqual(made(settingChange(setting, change.state, change.state === 'enabled' ? values : {})));
        }
      }),
    );
  });

  it('says the same in the table and in PowerShell', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const report = describeUpdateCheck(updateCheck({ productionGpo: 'G', ...input }));
        const table = (tableOf(report, 'What the Group Policy Object gets') ?? []).map((row) => [row[2], row[3]]);
        const set = commandsOf(report).filter(({ text }) => text.startsWith('Set-GPRegistryValue'));
        expect(
          set.map(({ text }) => {
            const read = readGroupPolicyCommand(text);
            return [`${read.key}\\${read.valueName}`, read.data];
          }),
        ).toEqual(table);
        expect(textOf(report)).not.toMatch(/undefined|NaN|\[object/);
      }),
    );
  });
});

describe('the report', () => {
  it('gives the defaults, and both where the texts disagree', () => {
    expect(tableOf(updateCheckBackground(), 'Defaults')).toEqual([
      ['Day', 'Never; by the help text every day'],
      ['Time', '15 min before the scheduled scan'],
      ['Interval', 'none; by an older text 8 h'],
      ['Catch-up; out of date', '1 day; 7 days'],
      ['Randomization', 'on, 4 h'],
      ['Check at startup or before a scan', 'no'],
      ['Update without an engine, on battery; scan after an update', 'yes'],
    ]);
  });

  it('has no start for an interval', () => {
    expect(tableOf(describeUpdateCheck(updateCheck(hourly)), /^Start/)).toBeUndefined();
  });

  it('puts back exactly what was recorded', () => {
    const before = { ScheduleDay: '8', ScheduleTime: 'Not configured', DisableScanOnUpdate: '1' };
    const input = { ...daily, scanAfterUpdate: true, productionGpo: 'G', before };
    const undone = commandsOf(describeUpdateCheck(updateCheck(input)))
      .filter(({ text }) => /^(Set|Remove)-GPRegistryValue/.test(text))
      .map(({ text }) => readGroupPolicyCommand(text))
      .slice(3);
    expect(undone.map(({ action, valueName, data }) => [action, valueName, data])).toEqual([
      ['set', 'DisableScanOnUpdate', '1'],
      ['unset', 'ScheduleTime', undefined],
      ['set', 'ScheduleDay', '8'],
    ]);
  });
});

describe('the input', () => {
  it.each([
    ['nothing', 'Enter the check and nothing else'],
    [{ ...hourly, scanDay: 1 }, 'Enter the check and nothing else'],
    [{}, 'Select time or interval'],
    [{ checkBy: 'time', checkTime: '18:00' }, 'Select the day of the check'],
    [{ checkBy: 'time', checkDay: 0 }, 'Enter the time of the check'],
    [{ checkBy: 'interval' }, 'Enter the interval of the check'],
    [{ ...daily, checkDay: 9 }, 'Day of the check must be a whole number from 0 to 8'],
    [{ ...daily, checkTime: '24:00' }, 'Time of the check must be from 00:00 to 23:59'],
    [{ ...daily, checkTime: 1080 }, 'Enter the time of the check'],
    [{ ...hourly, checkHours: 0 }, 'Interval of the check must be a whole number from 1 to 24'],
    [{ ...hourly, checkHours: 25 }, 'Interval of the check must be a whole number from 1 to 24'],
    [{ ...hourly, catchUpDays: 0 }, 'Catch-up must be a whole number from 1 to 4294967295'],
    [{ ...hourly, outOfDateDays: 1.5 }, 'Out of date must be a whole number from 1 to 4294967295'],
    [{ ...hourly, randomizeTasks: 1 }, 'Select yes or no for randomizeTasks'],
    [{ ...hourly, randomHours: 24 }, 'Randomization window must be a whole number from 1 to 23'],
    [{ ...hourly, checkAtStartup: 'yes' }, 'Select yes or no for checkAtStartup'],
    [{ ...hourly, updateWithoutEngine: 'yes' }, 'Select yes or no for updateWithoutEngine'],
    [{ ...hourly, scanAfterUpdate: 'yes' }, 'Select yes or no for scanAfterUpdate'],
    [{ ...hourly, updateOnBattery: 'yes' }, 'Select yes or no for updateOnBattery'],
    [{ ...hourly, checkBeforeScan: 'yes' }, 'Select yes or no for checkBeforeScan'],
    [{ ...hourly, productionGpo: '' }, 'Enter the production GPO'],
    [{ ...hourly, before: [4] }, 'Enter each answer as text'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(whyOf(UpdateCheckInput(input))).toBe(why);
  });

  it('takes its example', () => {
    expect(UpdateCheckInput(updateCheckExample)).toEqual({ ok: true, value: updateCheckExample });
  });

  it('reads a time as the sheet does', () => {
    expect(UpdateCheckInput({ ...daily, checkTime: '6:00 PM' })).toEqual({ ok: true, value: daily });
  });

  const ids = [...updateCheckNeeds, ...updateCheckAlso];
  const read = (raw: Readonly<Record<string, string>>) =>
    readUpdateCheck(sheetOf(raw, ids, updateCheckInputs), '2026-11-02');

  it('comes from the sheet', () => {
    expect(
      read({
        checkBy: 'time',
        checkDay: '0',
        checkTime: '6:00 PM',
        checkHours: '',
        catchUpDays: '1',
        outOfDateDays: '7',
        randomizeTasks: 'yes',
        randomHours: '2',
        scanAfterUpdate: 'yes',
        productionGpo: 'MDAV_Settings_Production',
        beforeScheduleDay: '8',
      }),
    ).toEqual({ state: 'ready', input: { ...updateCheckExample, before: { ScheduleDay: '8' } } });
    expect(read({ checkBy: 'time', checkDay: '8' })).toEqual({
      state: 'ready',
      input: { checkBy: 'time', checkDay: 8, before: {} },
    });
    expect(read({ checkBy: 'interval', checkHours: '4' })).toEqual({
      state: 'ready',
      input: { ...hourly, before: {} },
    });
  });

  it('waits for what is missing or wrong', () => {
    expect(readUpdateCheck({}, '')).toEqual({ state: 'waiting', waitsFor: ['checkBy'] });
    expect(read({ checkBy: 'time' })).toEqual({ state: 'waiting', waitsFor: ['checkDay', 'checkTime'] });
    expect(read({ checkBy: 'time', checkDay: '1', checkTime: '25:00' })).toEqual({
      state: 'waiting',
      waitsFor: ['checkTime'],
    });
    expect(read({ checkBy: 'interval', checkHours: '25' })).toEqual({ state: 'waiting', waitsFor: ['checkHours'] });
  });

  it('has a row of the vocabulary for everything it reads', () => {
    const rows: Readonly<Record<string, unknown>> = { ...inputs, ...updateCheckInputs };
    for (const id of ids) expect(rows[id], id).toBeDefined();
    expect(Object.keys(updateCheckInputs).filter((id) => !ids.includes(id))).toEqual([]);
    expect(updateCheckInputs['checkDay']?.options?.map(({ value }) => value)).toEqual([
      '8',
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
    ]);
  });
});

it('names its sources by address', () => {
  for (const { url, read } of updateCheckSources) {
    expect(url).toMatch(/^https:\/\//);
    expect(read).toMatch(/^(\d{4}-\d\d-\d\d)?$/);
  }
});
