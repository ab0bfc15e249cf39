import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Answers,
  answersOf,
  beforeInput,
  describeChanges,
  planChanges,
  preferenceCommand,
  recordedNames,
  stateBefore,
} from '../../../../src/lib/core/calculators/policy-changes.ts';
import { beforeRows } from '../../../../src/lib/core/calculators/policy-changes-inputs.ts';
import {
  detectionSetting,
  groupSetting,
  serviceSetting,
  updatingSetting,
} from '../../../../src/lib/core/calculators/wsus-client-policy-settings.ts';
import { settingChange, undoChange } from '../../../../src/lib/core/policy/setting-change.ts';
import { policyNamed } from '../policy/support/catalogue.ts';
import { powershellWords, readGroupPolicyCommand } from '../policy/support/read-commands.ts';
import { commandsOf, made, sheetOf, warningsOf, whyOf } from './support/report-parts.ts';

const group = { setting: groupSetting, state: 'enabled', values: { group: 'Pilot' } } as const;
const service = {
  setting: serviceSetting,
  state: 'enabled',
  values: { service: 'http://wsus:8530', statistics: 'http://wsus:8530' },
} as const;

describe('planned changes', () => {
  it('are the changes that the catalogue’s own rules make', () => {
    for (const { setting, state, values } of [
      group,
      service,
      { setting: detectionSetting, state: 'enabled', values: { hours: 4 } } as const,
      { setting: updatingSetting, state: 'enabled', values: { updating: 4, day: 0, time: 24 } } as const,
      { setting: updatingSetting, state: 'enabled', values: { updating: 3 } } as const,
      { setting: updatingSetting, state: 'disabled', values: undefined } as const,
      { setting: groupSetting, state: 'not-configured', values: undefined } as const,
    ]) {
      const [planned] = made(planChanges([{ setting, state, ...(values && { values }) }], 'G'));
      expect(planned?.change).toEqual(made(settingChange(setting, state, values)));
    }
  });

  it('are made for one computer only while the object has no name', () => {
    const [planned] = made(planChanges([group], undefined));
    expect(planned).toMatchObject({ gpo: undefined });
    expect(Object.keys(planned ?? {}).sort()).toEqual(['change', 'gpo', 'setting', 'test']);
  });

  it('say what data is missing', () => {
    expect(whyOf(planChanges([{ setting: groupSetting, state: 'enabled' }], 'G'))).toBe(
      'Enter the value of TargetGroup before the change.',
    );
  });

  it('take nothing out of an object that is known to hold nothing', () => {
    const off = { setting: detectionSetting, state: 'not-configured' } as const;
    expect(made(planChanges([off], 'G', { DetectionFrequencyEnabled: 'Not configured' }))).toEqual([]);
    expect(made(planChanges([off], 'G', { DetectionFrequencyEnabled: '0' }))).toHaveLength(1);
    expect(made(planChanges([off], 'G'))).toHaveLength(1);
  });

  it('are undone backwards', () => {
    const report = describeChanges(
      'Changes',
      planChanges([group, service], 'G', {
        TargetGroup: 'Not configured',
        TargetGroupEnabled: 'Not configured',
        UseWUServer: 'Not configured',
      }),
      'current',
    );
    const removed = commandsOf(report)
      .filter(({ text }) => text.startsWith('Remove-GPRegistryValue'))
      .map(({ text }) => readGroupPolicyCommand(text).valueName);
    // UpdateServiceUrlAlternate was not set, and the cmdlet would answer with an error.
    expect(removed).toEqual(['WUServer', 'WUStatusServer', 'UseWUServer', 'TargetGroup', 'TargetGroupEnabled']);
  });

  it('go through the doors whatever the object is called, or say why there is no command', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (gpo) => {
        const report = describeChanges('Changes', planChanges([group], gpo), 'current');
        const set = commandsOf(report).find(({ text }) => text.startsWith('Set-GPRegistryValue'));
        if (set) expect(readGroupPolicyCommand(set.text).gpo).toBe(gpo);
        else expect(warningsOf(report)[0]).toMatch(/^A command cannot be written\. The value holds /);
      }),
    );
  });

  it('show the folders of the templates that are asked for, and nothing where they lack the policy', () => {
    const pathsFor = (generation: 'older' | 'current' | 'windows-defender') =>
      describeChanges('Changes', planChanges([group], 'G'), generation).flatMap((part) =>
        part.kind === 'path' ? [part.steps.slice(4)] : [],
      );
    expect(pathsFor('older')).toEqual([['Windows Update', 'Enable client-side targeting']]);
    expect(pathsFor('current')[0]?.[1]).toBe('Manage updates offered from Windows Server Update Service');
    expect(pathsFor('windows-defender')).toEqual([]);
  });
});

describe('the state before', () => {
  const channel = policyNamed('security-intelligence-update-channel');
  const battery = policyNamed('update-on-battery');

  it.each([
    [
      'the answer in the words of the command',
      detectionSetting,
      { DetectionFrequencyEnabled: 'Not configured' },
      'not-configured',
      undefined,
    ],
    ['in any case, with spaces', detectionSetting, { DetectionFrequencyEnabled: ' disabled ' }, 'disabled', undefined],
    ['the number of Disabled', detectionSetting, { DetectionFrequencyEnabled: '0' }, 'disabled', undefined],
    [
      'the number of Enabled',
      detectionSetting,
      { DetectionFrequencyEnabled: '1', DetectionFrequency: '22' },
      'enabled',
      { hours: '22' },
    ],
    ['the switch decides', groupSetting, { TargetGroupEnabled: '0', TargetGroup: 'Old' }, 'disabled', undefined],
    ['a switch that is named after the opposite', updatingSetting, { NoAutoUpdate: '1' }, 'disabled', undefined],
    [
      'a policy that is only a switch, named after the opposite',
      battery,
      { DisableScheduledSignatureUpdateOnBattery: '0' },
      'enabled',
      {},
    ],
    ['no switch, so the value decides', channel, { SignaturesRing: '6' }, 'enabled', { channel: '6' }],
    ['no switch, and Disabled', channel, { SignaturesRing: 'Disabled' }, 'disabled', undefined],
  ])('reads %s', (_, setting, answers, state, values) => {
    expect(made(stateBefore(setting, answers))).toEqual({ state, ...(values && { values }) });
  });

  it('is not known while the answer that decides is missing', () => {
    expect(stateBefore(groupSetting, {})).toBeUndefined();
    expect(stateBefore(groupSetting, { TargetGroup: 'Pilot' })).toBeUndefined();
    expect(stateBefore(groupSetting, { TargetGroupEnabled: ' ' })).toBeUndefined();
  });

  it('keeps a value to the letter and an unset one out', () => {
    const answers = {
      NoAutoUpdate: '0',
      AUOptions: '3',
      AutomaticMaintenanceEnabled: 'Not configured',
      ScheduledInstallDay: '0',
      ScheduledInstallTime: '3',
      AllowMUUpdateService: 'Not configured',
    };
    const undo = made(undoChange(updatingSetting, made(stateBefore(updatingSetting, answers))));
    expect(undo.writes.map((write) => [write.valueName, 'data' in write ? write.data : 'out'])).toEqual([
      ['AUOptions', 3],
      ['ScheduledInstallDay', 0],
      ['ScheduledInstallTime', 3],
      ['NoAutoUpdate', 0],
      ['AutomaticMaintenanceEnabled', 'out'],
      ['AllowMUUpdateService', 'out'],
    ]);
  });

  it.each([
    [
      detectionSetting,
      { DetectionFrequencyEnabled: 'on' },
      'DetectionFrequencyEnabled before the change must be Not configured, Disabled, 0 or 1.',
    ],
    [
      detectionSetting,
      { DetectionFrequencyEnabled: '1' },
      'Enter DetectionFrequency before the change, or Not configured.',
    ],
    [
      updatingSetting,
      { NoAutoUpdate: '0', AUOptions: '3' },
      'Enter AutomaticMaintenanceEnabled before the change, or Not configured.',
    ],
  ])('of %o with %j is refused', (setting, answers, why) => {
    expect(whyOf(stateBefore(setting, answers))).toBe(why);
  });

  it('goes back to exactly what any record says, or is refused with a sentence', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 1100 }), (name) => {
        const [planned] = made(planChanges([group], 'G', { TargetGroupEnabled: '1', TargetGroup: name }));
        const undo = planned?.undo;
        if (!undo) throw new Error('There is no undo.');
        if (undo.ok && undo.value.set?.ok) {
          const [first] = undo.value.set.value;
          const back = readGroupPolicyCommand(first?.text ?? '');
          if (/^\s*not configured\s*$/i.test(name)) expect(back.action).toBe('unset');
          else expect(back).toMatchObject({ valueName: 'TargetGroup', data: name });
        } else {
          expect(undo.ok ? whyOf(undo.value.set) : undo.why).toMatch(/^[A-Z].*\.$/su);
        }
      }),
    );
  });
});

describe('answers', () => {
  it('are text, one for each registry value', () => {
    expect(Answers({ TargetGroup: 'Pilot' })).toEqual({ ok: true, value: { TargetGroup: 'Pilot' } });
    for (const wrong of [undefined, null, 'text', { TargetGroup: 4 }]) {
      expect(whyOf(Answers(wrong))).toBe('Enter each answer as text');
    }
  });

  it('stand on the sheet in inputs that are named after the value', () => {
    const rows = { ...beforeRows([groupSetting]), ...beforeRows([groupSetting], 'pilot') };
    expect(Object.keys(rows)).toEqual([
      'beforeTargetGroup',
      'beforeTargetGroupEnabled',
      'pilotBeforeTargetGroup',
      'pilotBeforeTargetGroupEnabled',
    ]);
    expect(rows['pilotBeforeTargetGroup']?.label).toBe('TargetGroup of the pilot ring, before');
    const raw = { beforeTargetGroup: ' Ring 1', pilotBeforeTargetGroup: 'P', beforeTargetGroupEnabled: '' };
    const sheet = sheetOf(raw, Object.keys(rows), rows);
    expect(answersOf(sheet, [groupSetting])).toEqual({ TargetGroup: ' Ring 1' });
    expect(answersOf(sheet, [groupSetting], 'pilot')).toEqual({ TargetGroup: 'P' });
    expect(recordedNames(groupSetting).map((name) => beforeInput(name))).toEqual(Object.keys(rows).slice(0, 2));
  });
});

describe('Set-MpPreference', () => {
  it('takes text, numbers and yes or no through the door', () => {
    const [command] = made(
      preferenceCommand([
        ['PlatformUpdatesChannel', 'Beta'],
        ['SignatureUpdateInterval', 4],
        ['RandomizeScheduleTaskTimes', true],
      ]),
    );
    expect(command?.text).toBe(
      "Set-MpPreference -PlatformUpdatesChannel 'Beta' -SignatureUpdateInterval 4 -RandomizeScheduleTaskTimes $true",
    );
    expect(powershellWords((command?.text ?? '').replace('$true', '1'))).toHaveLength(7);
  });

  it('is refused with the sentence of the door', () => {
    expect(whyOf(preferenceCommand([['SignatureFallbackOrder', 'a\nb']]))).toMatch(/^The value holds a line break/);
  });
});
