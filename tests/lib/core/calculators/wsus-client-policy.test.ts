import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wsusClientPolicyInputs } from '../../../../src/lib/core/calculators/wsus-client-policy-inputs.ts';
import {
  detectionSetting,
  groupSetting,
  serviceSetting,
  updatingSetting,
  wsusClientSettings,
} from '../../../../src/lib/core/calculators/wsus-client-policy-settings.ts';
import {
  describeWsusClientPolicy,
  readWsusClientPolicy,
  wsusClientPolicy,
  wsusClientPolicyAlso,
  wsusClientPolicyExample,
  WsusClientPolicyInput,
  wsusClientPolicyNeeds,
  wsusClientPolicySources,
  type WsusClientPolicy,
} from '../../../../src/lib/core/calculators/wsus-client-policy.ts';
import { settingChange, type Datum } from '../../../../src/lib/core/policy/setting-change.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { policyNamed } from '../policy/support/catalogue.ts';
import { readGroupPolicyCommand, readRegCommand } from '../policy/support/read-commands.ts';
import { commandsOf, made, partsOf, sheetOf, tableOf, textOf, warningsOf, whyOf } from './support/report-parts.ts';

const server = { name: 'wsus2.contoso.com', port: 8530, useSsl: false };
const updateKey = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate';

/** `key\value=data` of every write, in order. */
const writesOf = ({ changes }: WsusClientPolicy): string[] =>
  made(changes).flatMap(({ change }) =>
    change.writes.map(
      (write) => `${write.key.endsWith('AU') ? 'AU\\' : ''}${write.valueName}=${'data' in write ? write.data : '-'}`,
    ),
  );

describe('the WSUS client policy', () => {
  it('gives the worked example of its docstring', () => {
    const value = wsusClientPolicy(wsusClientPolicyExample);
    expect(value.url).toBe('http://wsus2.contoso.com:8530');
    expect(tableOf(describeWsusClientPolicy(value), /^Time between two looks, interval 22 h$/)).toEqual([
      ['Plus 0 to 4 hours: current template, policy CSP', '22 h', '26 h'],
      ['Less 0 to 20 %: WSUS guide, Windows Update settings', '17 h 36 min', '22 h'],
    ]);
    expect(writesOf(value)).toEqual([
      'TargetGroup=Defender-Production',
      'TargetGroupEnabled=1',
      'AU\\DetectionFrequency=22',
      'AU\\DetectionFrequencyEnabled=1',
      'AU\\AUOptions=4',
      'AU\\ScheduledInstallDay=0',
      'AU\\ScheduledInstallTime=3',
      'AU\\NoAutoUpdate=0',
      'WUServer=http://wsus2.contoso.com:8530',
      'WUStatusServer=http://wsus2.contoso.com:8530',
      'AU\\UseWUServer=1',
    ]);
  });

  it.each(wsusClientSettings.map((setting) => [setting.id, setting] as const))(
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
    [20, 960, 1440, 'the example of the WSUS guide: 16 to 20 hours; 20 to 24 by the template'],
    [22, 1056, 1560, 'the default: 17.6 to 22 hours; 22 to 26 by the template'],
    [1, 48, 300, 'the shortest interval'],
  ])('waits at %i hours from %i to %i minutes: %s', (detectionHours, shortestMinutes, longestMinutes) => {
    const { detection } = wsusClientPolicy({ server, detectionHours });
    expect(detection).toMatchObject({ hours: detectionHours, isDefault: false, shortestMinutes, longestMinutes });
  });

  it('counts on the default of 22 hours where no frequency is set, and sets none', () => {
    const value = wsusClientPolicy({ server });
    expect(value.detection).toMatchObject({ hours: 22, isDefault: true });
    expect(writesOf(value)).toEqual([
      'WUServer=http://wsus2.contoso.com:8530',
      'WUStatusServer=http://wsus2.contoso.com:8530',
      'AU\\UseWUServer=1',
    ]);
    expect(tableOf(describeWsusClientPolicy(value), 'Time between two looks, default interval 22 h')).toHaveLength(2);
  });

  it('always has the interval between its bounds, and both texts within the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 22 }), (detectionHours) => {
        const { detection } = wsusClientPolicy({ server, detectionHours });
        for (const reading of detection.readings) {
          expect(Number.isInteger(reading.shortestMinutes)).toBe(true);
          expect(reading.shortestMinutes).toBeLessThanOrEqual(detectionHours * 60);
          expect(reading.longestMinutes).toBeGreaterThanOrEqual(detectionHours * 60);
        }
        expect(detection.shortestMinutes).toBe(Math.min(...detection.readings.map((one) => one.shortestMinutes)));
        expect(detection.longestMinutes).toBe(Math.max(...detection.readings.map((one) => one.longestMinutes)));
      }),
    );
  });

  it('writes day and time with option 4 only', () => {
    for (const updating of [2, 3, 5, 7] as const) {
      expect(writesOf(wsusClientPolicy({ server, updating, installDay: 1, installTime: 2 }))).toEqual(
        expect.not.arrayContaining([expect.stringContaining('ScheduledInstall')]),
      );
    }
    expect(writesOf(wsusClientPolicy({ server, updating: 4, installDay: 7, installTime: 24 }))).toContain(
      'AU\\ScheduledInstallTime=24',
    );
  });

  const url = 'All Windows updates, not only those of Defender, then come from http://wsus2.contoso.com:8530.';
  const noGroup = 'Without a group, clients stay in Unassigned Computers until somebody assigns them.';
  const noUpdating = 'While Automatic Updates is disabled, clients use none of this.';
  it.each<readonly [input: Omit<WsusClientPolicyInput, 'server'>, notes: string[]]>([
    [{}, [url, noGroup, noUpdating]],
    [{ targetGroup: 'P', updating: 4, installDay: 0, installTime: 3 }, [url]],
    [{ targetGroup: 'P', updating: 2 }, [url, 'Option 2 waits for somebody to act on a notice.']],
    [{ targetGroup: 'P', updating: 3 }, [url, 'Option 3 waits for somebody to act on a notice.']],
    [{ targetGroup: 'P', updating: 5 }, [url, 'Option 5 was not carried over to Windows 10.']],
    [
      { targetGroup: 'P', updating: 7 },
      [url, 'Option 7 waits for somebody to act on a notice.', 'Option 7 is for Windows Server 2016 and later only.'],
    ],
  ])('warns where %j needs it', (input, notes) => {
    const value = wsusClientPolicy({ server, ...input });
    expect(value.notes).toEqual(notes);
    expect(warningsOf(describeWsusClientPolicy(value))).toEqual(notes);
  });

  const anyInput: fc.Arbitrary<WsusClientPolicyInput> = fc.record(
    {
      server: fc.constantFrom(server, { name: 'wsus.corp.example', port: 8531, useSsl: true }),
      gpo: fc.constantFrom('MDAV_Settings_Production', "O'Brien’s ring"),
      targetGroup: fc.constantFrom('Ring 1', 'Größe', 'a', "O'Brien"),
      detectionHours: fc.integer({ min: 1, max: 22 }),
      updating: fc.constantFrom(2 as const, 3 as const, 4 as const, 5 as const, 7 as const),
      installDay: fc.integer({ min: 0, max: 7 }),
      installTime: fc.integer({ min: 0, max: 24 }),
    },
    { requiredKeys: ['server', 'gpo', 'installDay', 'installTime'] },
  );

  it('makes the changes that the catalogue’s own rules make, whatever the input', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const value = wsusClientPolicy(input);
        const wanted = new Map<object, Readonly<Record<string, Datum>> | undefined>([
          [groupSetting, input.targetGroup === undefined ? undefined : { group: input.targetGroup }],
          [detectionSetting, input.detectionHours === undefined ? undefined : { hours: input.detectionHours }],
          [
            updatingSetting,
            input.updating === undefined
              ? undefined
              : {
                  updating: input.updating,
                  ...(input.updating === 4 && { day: input.installDay ?? 0, time: input.installTime ?? 0 }),
                },
          ],
          [serviceSetting, { service: value.url, statistics: value.url }],
        ]);
        expect(made(value.changes).map(({ change }) => change)).toEqual(
          wsusClientSettings.flatMap((setting) => {
            const values = wanted.get(setting);
            return values ? [made(settingChange(setting, 'enabled', values))] : [];
          }),
        );
      }),
    );
  });

  it('says the same in the table, in PowerShell and in reg', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const report = describeWsusClientPolicy(wsusClientPolicy(input));
        const table = (tableOf(report, 'What the Group Policy Object gets') ?? []).map((row) => [row[2], row[3]]);
        const commands = commandsOf(report);
        const powershell = commands.filter(({ text }) => text.startsWith('Set-GPRegistryValue'));
        expect(
          powershell.map(({ text }) => {
            const read = readGroupPolicyCommand(text);
            expect(read).toMatchObject({ action: 'set', gpo: input.gpo });
            return [`${read.key}\\${read.valueName}`, read.data];
          }),
        ).toEqual(table);
        const reg = commands.filter(({ text }) => text.startsWith('reg add')).map(({ text }) => readRegCommand(text));
        for (const { key, valueName, data } of reg) expect(table).toContainEqual([`${key}\\${valueName}`, data]);
        // A group that cmd cannot carry leaves its form out, with the reason.
        expect(reg).toHaveLength(/^[ -~]*$/.test(input.targetGroup ?? '') ? table.length : table.length - 2);
        expect(textOf(report)).not.toMatch(/undefined|NaN|\[object/);
      }),
    );
  });
});

describe('the report', () => {
  const before = Object.fromEntries(
    wsusClientSettings.flatMap(({ elements, enabled }) =>
      [...elements, ...enabled.writes].map(({ valueName }) => [valueName, 'Not configured']),
    ),
  );

  it('follows the order of the work, and undoes backwards', () => {
    const { targetGroup, gpo } = wsusClientPolicyExample;
    const report = describeWsusClientPolicy(wsusClientPolicy({ server, targetGroup, gpo, before }));
    expect(
      report.flatMap((part) =>
        part.kind === 'command'
          ? [part.command.title]
          : part.kind === 'path'
            ? [`${part.label}: ${part.steps.at(-1)}`]
            : [],
      ),
    ).toMatchInlineSnapshot(`
      [
        "Record TargetGroup before the change",
        "Record TargetGroupEnabled before the change",
        "Record WUServer before the change",
        "Record WUStatusServer before the change",
        "Record UpdateServiceUrlAlternate before the change",
        "Record UseWUServer before the change",
        "Change it by hand: Enable client-side targeting",
        "Change it by hand: Specify intranet Microsoft update service location",
        "Set TargetGroup in the Group Policy Object",
        "Set TargetGroupEnabled in the Group Policy Object",
        "Set WUServer in the Group Policy Object",
        "Set WUStatusServer in the Group Policy Object",
        "Set UseWUServer in the Group Policy Object",
        "Set TargetGroup on one test computer",
        "Set TargetGroupEnabled on one test computer",
        "Set WUServer on one test computer",
        "Set WUStatusServer on one test computer",
        "Set UseWUServer on one test computer",
        "Check TargetGroup in the Group Policy Object",
        "Check TargetGroupEnabled in the Group Policy Object",
        "Check TargetGroup on a client",
        "Check TargetGroupEnabled on a client",
        "Check WUServer in the Group Policy Object",
        "Check WUStatusServer in the Group Policy Object",
        "Check UseWUServer in the Group Policy Object",
        "Check WUServer on a client",
        "Check WUStatusServer on a client",
        "Check UseWUServer on a client",
        "Undo it by hand: Specify intranet Microsoft update service location",
        "Take WUServer out of the Group Policy Object",
        "Take WUStatusServer out of the Group Policy Object",
        "Take UseWUServer out of the Group Policy Object",
        "Delete WUServer on one test computer",
        "Delete WUStatusServer on one test computer",
        "Delete UseWUServer on one test computer",
        "Undo it by hand: Enable client-side targeting",
        "Take TargetGroup out of the Group Policy Object",
        "Take TargetGroupEnabled out of the Group Policy Object",
        "Delete TargetGroup on one test computer",
        "Delete TargetGroupEnabled on one test computer",
      ]
    `);
  });

  it('clicks as the dialogs are written', () => {
    const report = describeWsusClientPolicy(wsusClientPolicy(wsusClientPolicyExample));
    expect(partsOf(report, 'path').map(({ steps }) => steps.slice(4).join(' > '))).toEqual([
      'Windows Update > Manage updates offered from Windows Server Update Service > Enable client-side targeting',
      'Windows Update > Manage updates offered from Windows Server Update Service > Automatic Updates detection frequency',
      'Windows Update > Manage end user experience > Configure Automatic Updates',
      'Windows Update > Manage updates offered from Windows Server Update Service > Specify intranet Microsoft update service location',
    ]);
    expect(partsOf(report, 'sentence').map(({ text }) => text)).toContain(
      'Open “Configure Automatic Updates”, select Enabled, select 4 - Auto download and schedule the install beside ' +
        '“Configure automatic updating:”, select 0 - Every day beside “Scheduled install day:”, select 03:00 beside ' +
        '“Scheduled install time:”, and select OK.',
    );
  });

  it('puts back exactly what was recorded', () => {
    const report = describeWsusClientPolicy(
      wsusClientPolicy({
        server,
        gpo: 'G',
        targetGroup: 'New',
        before: {
          TargetGroup: 'Old ring',
          TargetGroupEnabled: '1',
          WUServer: 'http://old:8530',
          WUStatusServer: 'http://old:8530',
          UpdateServiceUrlAlternate: 'Not configured',
          UseWUServer: '1',
        },
      }),
    );
    const lines = commandsOf(report).map(({ text }) => text);
    expect(lines).toContain(
      `Set-GPRegistryValue -Name 'G' -Key '${updateKey}' -ValueName 'TargetGroup' -Type String -Value 'Old ring'`,
    );
    expect(lines).toContain(
      `Set-GPRegistryValue -Name 'G' -Key '${updateKey}' -ValueName 'WUServer' -Type String -Value 'http://old:8530'`,
    );
    expect(lines.filter((line) => line.includes('Remove-GPRegistryValue'))).toEqual([]);
    expect(textOf(report)).toContain('The undo puts back what was recorded.');
  });

  it('asks for the record while it is not complete, and says what cannot be read', () => {
    const input = { server, gpo: 'G', targetGroup: 'New' };
    expect(textOf(describeWsusClientPolicy(wsusClientPolicy(input)))).toContain(
      'Enter what was recorded to get the undo.',
    );
    const wrong = { ...input, before: { TargetGroupEnabled: 'yes' } };
    expect(warningsOf(describeWsusClientPolicy(wsusClientPolicy(wrong))).at(-1)).toBe(
      'No undo can be made for “Enable client-side targeting”. TargetGroupEnabled before the change must be Not ' +
        'configured, Disabled, 0 or 1.',
    );
  });

  it('has only what needs no object while that has no name', () => {
    const commands = commandsOf(describeWsusClientPolicy(wsusClientPolicy({ server, targetGroup: 'P' })));
    expect(commands.map(({ shell, text }) => [shell, text.split(' ').slice(0, 2).join(' ')])).toEqual(
      Array.from({ length: 5 }, () => ['cmd', 'reg add']),
    );
  });
});

describe('the input', () => {
  it.each([
    ['nothing', 'The policy must have a server, and no unknown fields'],
    [{ server, size: 1 }, 'The policy must have a server, and no unknown fields'],
    [{}, 'This WSUS server must have name, port and SSL only'],
    [{ server: { ...server, name: 'a b' } }, 'This WSUS server must not contain spaces'],
    [
      { server: { ...server, name: 'wsus2', useSsl: true } },
      'This WSUS server must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate',
    ],
    [{ server, gpo: '' }, 'Enter the production GPO'],
    [
      { server, gpo: 'a/b' },
      'Production GPO must be without \\ / : * ? " < > | because reports and backups take it for a file name',
    ],
    [{ server, targetGroup: ' ' }, 'Enter the computer group'],
    [{ server, targetGroup: 'a;b' }, 'Computer group must be one group, without ;'],
    [{ server, detectionHours: 0 }, 'Detection frequency must be 1 or more'],
    [{ server, detectionHours: 23 }, 'Detection frequency must be 22 hours or less'],
    [{ server, detectionHours: '4' }, 'Enter the detection frequency'],
    [{ server, updating: 6 }, 'Automatic updating must be 2, 3, 4, 5 or 7'],
    [{ server, updating: 4, installTime: 3 }, 'Select the install day'],
    [{ server, updating: 4, installDay: 0 }, 'Select the install time'],
    [{ server, installDay: 8 }, 'Install day must be a whole number from 0 to 7'],
    [{ server, installTime: 25 }, 'Install time must be a whole number from 0 to 24'],
    [{ server, installTime: 2.5 }, 'Install time must be a whole number from 0 to 24'],
    [{ server, before: 'yes' }, 'Enter each answer as text'],
  ])('%j is answered with "%s"', (input, why) => {
    expect(whyOf(WsusClientPolicyInput(input))).toBe(why);
  });

  it('takes its example', () => {
    expect(WsusClientPolicyInput(wsusClientPolicyExample)).toEqual({ ok: true, value: wsusClientPolicyExample });
  });

  const ids = [...wsusClientPolicyNeeds, ...wsusClientPolicyAlso];
  const raw = { wsusServer: 'wsus2.contoso.com', wsusPort: '8530', wsusSsl: 'no' };
  const read = (more: Readonly<Record<string, string>> = {}) =>
    readWsusClientPolicy(sheetOf({ ...raw, ...more }, ids, wsusClientPolicyInputs), '2026-11-02');

  it('comes from the sheet', () => {
    expect(read()).toEqual({ state: 'ready', input: { server, before: {} } });
    expect(
      read({
        productionGpo: 'MDAV_Settings_Production',
        targetGroup: 'Defender-Production',
        detectionHours: '22',
        updating: '4',
        installDay: '0',
        installTime: '3',
        beforeTargetGroupEnabled: '1',
        beforeTargetGroup: ' exact ',
      }),
    ).toEqual({
      state: 'ready',
      input: { ...wsusClientPolicyExample, before: { TargetGroupEnabled: '1', TargetGroup: ' exact ' } },
    });
    expect(read({ updating: '3', installDay: '1', installTime: '2' })).toEqual({
      state: 'ready',
      input: { server, updating: 3, before: {} },
    });
  });

  it('waits for what is missing or wrong, and says what is wrong together', () => {
    expect(readWsusClientPolicy({}, '')).toEqual({ state: 'waiting', waitsFor: [...wsusClientPolicyNeeds] });
    expect(read({ wsusPort: 'x' })).toEqual({ state: 'waiting', waitsFor: ['wsusPort'] });
    expect(read({ updating: '4' })).toEqual({ state: 'waiting', waitsFor: ['installDay', 'installTime'] });
    expect(read({ updating: '4', installDay: '0' })).toEqual({ state: 'waiting', waitsFor: ['installTime'] });
    expect(read({ wsusServer: 'wsus2', wsusSsl: 'yes' })).toEqual({
      state: 'waiting',
      waitsFor: ['wsusServer'],
      why: 'This WSUS server must be a full name such as wsus1.contoso.com, because SSL compares it with the certificate',
    });
  });

  it('has a row of the vocabulary for everything it reads', () => {
    const rows: Readonly<Record<string, unknown>> = { ...inputs, ...wsusClientPolicyInputs };
    for (const id of ids) expect(rows[id], id).toBeDefined();
    expect(Object.keys(wsusClientPolicyInputs).filter((id) => !ids.includes(id))).toEqual([]);
    expect(wsusClientPolicyInputs['installTime']?.options).toHaveLength(25);
  });
});

it('names its sources by address', () => {
  for (const { url, read } of wsusClientPolicySources) {
    expect(url).toMatch(/^https:\/\//);
    expect(read).toMatch(/^(\d{4}-\d\d-\d\d)?$/);
  }
});
