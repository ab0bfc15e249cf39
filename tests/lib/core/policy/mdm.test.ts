import { describe, expect, it } from 'vitest';
import { mdmSetting } from '../../../../src/lib/core/policy/mdm.ts';
import { settingChange, settingTemplate } from '../../../../src/lib/core/policy/setting-change.ts';
import { catalogue, policyNamed } from './support/catalogue.ts';

const order = policyNamed('order-of-sources');

const settingOf = (id: string, ...change: [state: 'enabled' | 'disabled' | 'not-configured', values?: object]) => {
  const made = settingTemplate(policyNamed(id), change[0], { ...change[1] });
  return made.ok ? mdmSetting(policyNamed(id), made.value) : made;
};

describe('a setting as MDM takes it', () => {
  it('has its place in the catalogue, and a value in boxes where that takes several', () => {
    expect(settingOf('order-of-sources', 'enabled', { order: 'MicrosoftUpdateServer|MMPC' })).toEqual({
      ok: true,
      value: {
        uri: './Device/Vendor/MSFT/Policy/Config/Defender/SignatureUpdateFallbackOrder',
        dataType: 'String',
        catalog: { category: 'Defender', name: 'Signature Update Fallback Order', isList: true },
        value: 'MicrosoftUpdateServer|MMPC',
      },
    });
  });

  it('leaves a hole where the sheet’s value will stand, and names no entry for it', () => {
    expect(settingOf('engine-update-channel', 'enabled', { channel: { of: 'engineChannel' } })).toMatchObject({
      value: { dataType: 'Integer', value: { of: 'engineChannel' } },
    });
    expect(settingOf('engine-update-channel', 'enabled', { channel: { of: 'engineChannel' } })).not.toHaveProperty(
      'value.entry',
    );
  });

  it('names the entry that stands for a number', () => {
    expect(settingOf('engine-update-channel', 'enabled', { channel: 4 })).toMatchObject({
      value: { value: 4, entry: 'Current Channel (Staged)' },
    });
    expect(settingOf('update-before-scan', 'disabled')).toMatchObject({ value: { value: 0, entry: 'Disabled' } });
  });

  it('takes a setting back with the value that MDM has for it, or by taking it out, and says what follows', () => {
    expect(settingOf('engine-update-channel', 'not-configured')).toMatchObject({
      value: { value: 0, entry: 'Not configured (Default)', effect: expect.stringMatching(/assigns/) as string },
    });
    expect(settingOf('file-shares', 'not-configured')).not.toHaveProperty('value.value');
  });

  it.each([
    ['order-of-sources', 'disabled', {}, 'MDM has no Disabled for this setting: make it Not Configured instead.'],
    ['update-check-interval', 'enabled', {}, 'This change writes nothing. Give the setting a value.'],
    [
      'client-side-targeting',
      'enabled',
      { group: 'Ring 2' },
      'The catalogue knows no MDM setting for this policy. Set it by Group Policy.',
    ],
  ] as const)('refuses %s %s', (id, state, values, why) => {
    expect(settingOf(id, state, values)).toEqual({ ok: false, why });
  });

  it('refuses a change of several values', () => {
    const service = { ...policyNamed('intranet-update-service'), mdm: order.mdm };
    const change = settingChange(service, 'enabled', { service: 'http://wsus:8530', statistics: 'http://wsus:8530' });
    expect(change.ok && mdmSetting(service, change.value)).toEqual({
      ok: false,
      why: 'MDM takes one value for this setting, and the change has several.',
    });
  });

  it.each(catalogue.flatMap((policy) => (policy.mdm ? [[policy.id, policy] as const] : [])))(
    'has one value in the policy %s, so that MDM and the registry can hold the same',
    (_, { elements, enabled, mdm }) => {
      expect([...elements, ...enabled.writes]).toHaveLength(1);
      expect(mdm?.uri.split('/').at(-1)).toBe(mdm?.catalog?.name.replaceAll(' ', ''));
    },
  );
});
