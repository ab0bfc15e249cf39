import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readLgpoFile } from '../../../../src/lib/core/commands/lgpo.ts';
import { readRegFile } from '../../../../src/lib/core/commands/reg.ts';
import { entryOf, readRegistryPol } from '../../../../src/lib/core/commands/registry-pol.ts';
import {
  backupCommand,
  filterCommands,
  formNames,
  linkCommand,
  newGpoCommand,
  settingForms,
  undoForms,
  type FormPolicy,
  type SettingForm,
} from '../../../../src/lib/core/policy/forms.ts';
import {
  clickSentence,
  settingChange,
  undoChange,
  type Datum,
  type SettingChange,
  type StateBefore,
} from '../../../../src/lib/core/policy/setting-change.ts';
import type { Result } from '../../../../src/lib/core/result.ts';
import { hostileData, sentence } from '../commands/support/any-entry.ts';
import { anyPolicyChange } from './support/any-change.ts';
import { catalogue, policyNamed } from './support/catalogue.ts';
import { itemsOf, readCmdlet, toldByChange, toldByForm, type ReadCmdlet } from './support/read-forms.ts';

// Thousands of runs take seconds on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const order = policyNamed('order-of-sources');
const shares = policyNamed('file-shares');
const service = policyNamed('intranet-update-service');
const location = policyNamed('vdi-shared-location');
const gpo = 'Production';

const made = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.why);
  return result.value;
};
const whyOf = (result: Result<unknown>): string | undefined => (result.ok ? undefined : result.why);

const orderForms = (data: string): readonly SettingForm[] =>
  settingForms(order, made(settingChange(order, 'enabled', { order: data })), { gpo });

describe('the forms of a change', () => {
  it('come in their order, each with a reason and a place', () => {
    const forms = orderForms('InternalDefinitionUpdateServer|MMPC');
    expect([...new Set(forms.map(({ form }) => form))]).toEqual(formNames);
    for (const item of forms) {
      if ('refusal' in item) throw new Error(item.refusal);
      expect(item.title).toMatch(/^\S.*[^.\s]$/);
      expect(item.why).toMatch(sentence);
      expect(item.where).toMatch(/^\S.*\S$/);
    }
  });

  it('say in text what a reader pastes or types', () => {
    const texts = orderForms('InternalDefinitionUpdateServer|MMPC').flatMap((item) =>
      'bytes' in item || 'refusal' in item ? [] : [item.text],
    );
    expect(texts.slice(3)).toMatchInlineSnapshot(`
      [
        "Computer Configuration > Policies > Administrative Templates > Windows Components > Microsoft Defender Antivirus > Security Intelligence Updates > Define the order of sources for downloading security intelligence updates
      Open “Define the order of sources for downloading security intelligence updates”, select Enabled, enter InternalDefinitionUpdateServer|MMPC beside “Define the order of sources for downloading security intelligence updates”, and select OK.",
        "Set-GPRegistryValue -Name 'Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder' -Type String -Value 'InternalDefinitionUpdateServer|MMPC'",
        "Set-MpPreference -SignatureFallbackOrder 'InternalDefinitionUpdateServer|MMPC'",
        "reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates" /v "FallbackOrder" /t REG_SZ /d "InternalDefinitionUpdateServer|MMPC" /f",
        "reg import "order-of-sources.reg"",
        "LGPO.exe /t "order-of-sources-lgpo.txt"",
        "LGPO.exe /m "Registry.pol"",
        "Settings Catalog: Defender > Signature Update Fallback Order
      OMA-URI: ./Device/Vendor/MSFT/Policy/Config/Defender/SignatureUpdateFallbackOrder
      Data type: String
      Value: InternalDefinitionUpdateServer|MMPC",
        "Get-GPRegistryValue -Name 'Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder'",
        "reg query "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates" /v "FallbackOrder"",
        "(Get-MpPreference).SignatureFallbackOrder",
      ]
    `);
  });

  it('are files with right names, encodings and line ends', () => {
    const change = made(settingChange(shares, 'enabled', { shares: '\\\\fs01\\new' }));
    const files = settingForms(shares, change, { gpo }).flatMap((item) => ('bytes' in item ? [item] : []));
    expect(files.map(({ form, fileName }) => [form, fileName])).toEqual([
      ['reg-file', 'file-shares.reg'],
      ['lgpo', 'file-shares-lgpo.txt'],
      ['registry-pol', 'Registry.pol'],
    ]);
    for (const { text, bytes } of files) {
      if (text === undefined) {
        expect(Buffer.from(bytes).toString('latin1', 0, 4)).toBe('PReg');
        continue;
      }
      expect(Buffer.from(bytes)).toEqual(Buffer.from(`\ufeff${text}`, 'utf16le'));
      expect(text.endsWith('\r\n')).toBe(true);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
  });

  it('name the files of an undo as such, in the commands, too', () => {
    const forms = made(undoForms(order, { state: 'disabled' }, { gpo }));
    const names = forms.flatMap((item) => ('bytes' in item ? [item.fileName] : []));
    expect(names).toEqual(['order-of-sources-undo.reg', 'order-of-sources-undo-lgpo.txt', 'Registry.pol']);
    expect(itemsOf(forms, 'reg-file').texts.map(({ text }) => text)).toEqual([
      'reg import "order-of-sources-undo.reg"',
    ]);
    expect(itemsOf(forms, 'lgpo').texts.map(({ text }) => text)).toEqual([
      'LGPO.exe /t "order-of-sources-undo-lgpo.txt"',
    ]);
  });

  it('are no undo when the record cannot be put back', () => {
    expect(whyOf(undoForms(order, { state: 'enabled', values: {} }, { gpo }))).toBe(
      'Enter the value of FallbackOrder before the change.',
    );
  });

  it('leave out preference and MDM where the policy has none', () => {
    const change = made(settingChange(service, 'disabled'));
    const names = settingForms(service, change, { gpo }).map(({ form }) => form);
    expect(names).not.toContain('preference');
    expect(names).not.toContain('csp');
  });

  it('ask for the object’s name, and need none for the rest', () => {
    const forms = settingForms(order, made(settingChange(order, 'disabled')), { gpo: ' ' });
    const refusals = forms.flatMap((item) => ('refusal' in item ? [[item.form, item.refusal]] : []));
    expect(refusals).toEqual([
      ['group-policy', 'Enter the name of the Group Policy Object.'],
      ['csp', 'MDM has no Disabled for this setting: make it Not Configured instead.'],
      ['verify', 'Enter the name of the Group Policy Object.'],
    ]);
  });

  it('are clicks and a refusal where a change writes nothing', () => {
    const interval = policyNamed('update-check-interval');
    const forms = settingForms(interval, made(settingChange(interval, 'enabled')), { gpo });
    expect(forms.slice(-1)).toEqual([
      {
        form: 'group-policy',
        title: 'PowerShell for the Group Policy Object',
        refusal: 'This change writes nothing to the registry. Give the setting a value, or make the change by hand.',
      },
    ]);
    expect(forms.slice(0, -1).every(({ form }) => form === 'clicks')).toBe(true);
  });
});

describe('clicks', () => {
  const clicksOf = (policy: FormPolicy, change: SettingChange, generation?: 'windows-defender') =>
    itemsOf(settingForms(policy, change, { gpo, generation }), 'clicks');

  it('follow the console that the reader has', () => {
    const { texts } = clicksOf(order, made(settingChange(order, 'disabled')), 'windows-defender');
    expect(texts.map(({ generation, text }) => [generation, text])).toEqual([
      [
        'windows-defender',
        'Computer Configuration > Policies > Administrative Templates > Windows Components > Windows Defender > ' +
          'Signature Updates > Define the order of sources for downloading definition updates\n' +
          'Open “Define the order of sources for downloading definition updates”, select Disabled, and select OK.',
      ],
    ]);
  });

  it('show both generations of Windows Update, whatever Defender is called', () => {
    const { texts } = clicksOf(service, made(settingChange(service, 'disabled')), 'windows-defender');
    expect(texts.map(({ generation }) => generation)).toEqual(['older', 'current']);
  });

  it('say when the console’s templates do not have the setting', () => {
    expect(clicksOf(location, made(settingChange(location, 'disabled')), 'windows-defender')).toEqual({
      texts: [],
      files: [],
      refusals: ['The templates of this console do not show this setting. Use another form.'],
    });
  });

  it('are refused where a value cannot be typed as it is shown', () => {
    const change = made(undoChange(order, { state: 'enabled', values: { order: 'MMPC ' } }));
    expect(clicksOf(order, change).refusals).toEqual([
      'The value begins or ends with a space, which cannot be seen here. Use the PowerShell form.',
    ]);
  });
});

/** A policy with one value, for a parameter or a CSP name that the catalogue has or may get. */
const withOne = (names: Pick<FormPolicy, 'preference' | 'mdm'>, type: 'REG_SZ' | 'REG_DWORD'): FormPolicy => ({
  id: 'made-up',
  places: [],
  key: 'SOFTWARE\\Policies\\X',
  elements: [
    {
      id: 'one',
      label: 'One',
      valueName: 'One',
      type,
      data: type === 'REG_SZ' ? { is: 'text', maxLength: 99 } : { is: 'whole-number', min: 0, max: 4_294_967_295 },
      required: false,
    },
  ],
  enabled: { writes: [] },
  disabled: { writes: [{ valueName: 'One', delete: true }] },
  ...names,
});

const preferenceOf = (preference: string, data?: Datum): string | undefined => {
  const policy = withOne({ preference }, typeof data === 'string' ? 'REG_SZ' : 'REG_DWORD');
  const change = settingChange(
    policy,
    data === undefined ? 'disabled' : 'enabled',
    data === undefined ? {} : { one: data },
  );
  const { texts, refusals } = itemsOf(settingForms(policy, made(change), { gpo }), 'preference');
  return texts[0]?.text ?? refusals[0];
};

describe('a preference', () => {
  it.each<readonly [preference: string, data: Datum, text: string]>([
    ['SignatureFallbackOrder', 'MMPC|FileShares', "Set-MpPreference -SignatureFallbackOrder 'MMPC|FileShares'"],
    ['SharedSignaturesPath', "\\\\fs\\O'B", "Set-MpPreference -SharedSignaturesPath '\\\\fs\\O''B'"],
    ['SignatureUpdateInterval', 8, 'Set-MpPreference -SignatureUpdateInterval 8'],
    ['SignatureScheduleDay', 0, 'Set-MpPreference -SignatureScheduleDay 0'],
    ['SignatureScheduleTime', 0, "Set-MpPreference -SignatureScheduleTime '00:00:00'"],
    ['SignatureScheduleTime', 361, "Set-MpPreference -SignatureScheduleTime '06:01:00'"],
    ['SignatureScheduleTime', 1439, "Set-MpPreference -SignatureScheduleTime '23:59:00'"],
    ['MeteredConnectionUpdates', 1, 'Set-MpPreference -MeteredConnectionUpdates $true'],
    ['RandomizeScheduleTaskTimes', 0, 'Set-MpPreference -RandomizeScheduleTaskTimes $false'],
    ['EngineUpdatesChannel', 6, "Set-MpPreference -EngineUpdatesChannel 'Delayed'"],
    ['DefinitionUpdatesChannel', 4, "Set-MpPreference -DefinitionUpdatesChannel 'Staged'"],
  ])('is written as its parameter takes it: %s %j', (preference, data, text) => {
    expect(preferenceOf(preference, data)).toBe(text);
  });

  it('is taken back where the policy has no value', () => {
    expect(preferenceOf('SignatureFallbackOrder')).toBe('Remove-MpPreference -SignatureFallbackOrder');
    expect(preferenceOf('EngineUpdatesChannel')).toBe("Set-MpPreference -EngineUpdatesChannel 'NotConfigured'");
  });

  it.each<readonly [preference: string, data: Datum, why: string]>([
    ['SignatureUpdateInterval', 0, 'The preference must be 1 or more. Use another form.'],
    ['SignatureScheduleTime', 1440, 'The preference must be 1439 minutes past midnight or less. Use another form.'],
    ['MeteredConnectionUpdates', 2, 'The preference must be 0 or 1. Use another form.'],
    ['EngineUpdatesChannel', 1, 'The preference must be a channel from 2 to 6. Use another form.'],
    ['MadeUp', 1, 'How MadeUp takes this change is not known. Use another form.'],
    ['SharedSignaturesPath', 'a\u200bb', expect.stringMatching(/^The value holds an invisible character /)],
  ])('is refused where it cannot say the same: %s %j', (preference, data, why) => {
    expect(preferenceOf(preference, data)).toEqual(why);
  });

  it('is refused where the policy writes more than one value', () => {
    const policy = { ...service, preference: 'SignatureFallbackOrder' };
    const forms = settingForms(policy, made(settingChange(policy, 'disabled')), { gpo });
    expect(itemsOf(forms, 'preference').refusals).toEqual([
      'How SignatureFallbackOrder takes this change is not known. Use another form.',
    ]);
  });

  it('is known for every policy of the catalogue that has one', () => {
    for (const policy of catalogue) {
      const { refusals } = itemsOf(
        settingForms(policy, made(settingChange(policy, 'disabled')), { gpo }),
        'preference',
      );
      expect(refusals).toEqual([]);
    }
  });
});

describe('the form for MDM', () => {
  const cspOf = (policy: FormPolicy, change: Result<SettingChange>) =>
    itemsOf(settingForms(policy, made(change), { gpo }), 'csp');

  it('has the name in the Settings Catalog, address, type and value', () => {
    expect(cspOf(order, settingChange(order, 'enabled', { order: 'MMPC|FileShares' })).texts[0]?.text).toBe(
      'Settings Catalog: Defender > Signature Update Fallback Order\n' +
        'OMA-URI: ./Device/Vendor/MSFT/Policy/Config/Defender/SignatureUpdateFallbackOrder\n' +
        'Data type: String\nValue: MMPC|FileShares',
    );
    const uri = './Device/Vendor/MSFT/Policy/Config/Defender/SignatureUpdateInterval';
    const number = withOne({ mdm: { uri, notConfigured: 'Nothing.' } }, 'REG_DWORD');
    expect(cspOf(number, settingChange(number, 'enabled', { one: 8 })).texts[0]?.text).toBe(
      `OMA-URI: ${uri}\nData type: Integer\nValue: 8`,
    );
  });

  it('stands outside Policy/Config for the channels, and takes them back with a value of their own', () => {
    const channel = policyNamed('platform-update-channel');
    const place =
      'Settings Catalog: Defender > Platform Updates Channel\n' +
      'OMA-URI: ./Device/Vendor/MSFT/Defender/Configuration/PlatformUpdatesChannel\nData type: Integer\n';
    expect(cspOf(channel, settingChange(channel, 'enabled', { channel: 6 })).texts[0]?.text).toBe(
      `${place}Value: 6\nIn the catalog's list: Critical - Time delay`,
    );
    expect(cspOf(channel, settingChange(channel, 'not-configured')).texts[0]?.text).toBe(
      `${place}Value: 0\nIn the catalog's list: Not configured (Default)`,
    );
  });

  it('writes the numbers of a setting that has no data', () => {
    const gradual = policyNamed('disable-gradual-rollout');
    const last = (state: 'enabled' | 'disabled') =>
      cspOf(gradual, settingChange(gradual, state)).texts[0]?.text.split('\n').slice(-2);
    expect(last('enabled')).toEqual(['Value: 1', "In the catalog's list: Gradual release is disabled"]);
    expect(last('disabled')).toEqual(['Value: 0', "In the catalog's list: Gradual release is enabled"]);
  });

  it('takes a setting out of the profile where MDM has no value for Not Configured', () => {
    expect(cspOf(shares, settingChange(shares, 'not-configured')).texts[0]?.text).toBe(
      'Settings Catalog: Defender > Signature Update File Shares Sources\n' +
        'OMA-URI: ./Device/Vendor/MSFT/Policy/Config/Defender/SignatureUpdateFileSharesSources\n' +
        'Take this setting out of the profile.',
    );
  });

  it('is refused where the policy’s Disabled deletes the value, which MDM cannot', () => {
    expect(cspOf(shares, settingChange(shares, 'disabled')).refusals).toEqual([
      'MDM has no Disabled for this setting: make it Not Configured instead.',
    ]);
  });

  it('is refused where a value cannot be typed as it is shown', () => {
    expect(cspOf(order, undoChange(order, { state: 'enabled', values: { order: ' MMPC' } })).refusals).toEqual([
      'The value begins or ends with a space, which cannot be seen here. Use the PowerShell form.',
    ]);
  });
});

/** The number that a value of Set-MpPreference stands for in the registry. */
function preferenceNumber(value: string): number | undefined {
  const words: Readonly<Record<string, number>> = {
    $true: 1,
    $false: 0,
    Beta: 2,
    Preview: 3,
    Staged: 4,
    Broad: 5,
    Delayed: 6,
  };
  const [, hours, minutes] = /^(\d\d):(\d\d):00$/.exec(value) ?? [];
  if (hours !== undefined) return 60 * Number(hours) + Number(minutes);
  return words[value] ?? (/^\d+$/.test(value) ? Number(value) : undefined);
}

/** Holds each form that writes registry values against the change itself. */
function expectSame(policy: FormPolicy, change: SettingChange, forms: readonly SettingForm[]): void {
  const clicks = itemsOf(forms, 'clicks').texts;
  if (clicks.length > 0) {
    expect(clicks.map(({ text }) => text.split('\n').at(-1))).toEqual(change.clicks.map(clickSentence));
  }
  if (change.writes.length === 0) {
    expect(forms).toHaveLength(clicks.length + 1);
    return;
  }

  const told = change.writes.map(toldByChange);
  const onComputer = told.map((one) => (one.action === 'unset' ? { ...one, action: 'delete' } : one));
  const hasUnset = told.some(({ action }) => action === 'unset');
  const expected = {
    'group-policy': told,
    reg: onComputer,
    'reg-file': onComputer,
    lgpo: hasUnset ? undefined : told,
    'registry-pol': hasUnset ? undefined : told,
  } as const;
  for (const name of ['group-policy', 'reg', 'reg-file', 'lgpo', 'registry-pol'] as const) {
    const found = toldByForm(forms, name);
    if ('refusals' in found) {
      for (const why of found.refusals) expect(why).toMatch(sentence);
    } else {
      expect(found).toEqual(expected[name]);
    }
  }

  // Our own readers agree with those of the tests.
  const entries = change.writes.map((write) =>
    'unset' in write ? { key: write.key, valueName: write.valueName, delete: true } : write,
  );
  for (const file of itemsOf(forms, 'reg-file').files) expect(made(readRegFile(file.bytes))).toEqual(entries);
  for (const file of itemsOf(forms, 'lgpo').files) expect(made(readLgpoFile(file.bytes))).toEqual(entries);
  for (const file of itemsOf(forms, 'registry-pol').files) {
    expect(made(readRegistryPol(file.bytes)).map(entryOf)).toEqual(entries);
  }

  const [write] = change.writes;
  const data = write && 'data' in write ? write.data : undefined;
  for (const { text } of itemsOf(forms, 'csp').texts) {
    const value = /^Value: (.*)$/m.exec(text)?.[1];
    const unset = policy.mdm?.unset;
    expect(value).toBe(data === undefined ? unset && String(unset.data) : String(data));
  }
  for (const { text } of itemsOf(forms, 'preference').texts) {
    const { cmdlet, parameters } = readCmdlet(text);
    expect(parameters.map(([name]) => name)).toEqual([policy.preference]);
    const value = parameters[0]?.[1];
    if (data === undefined) {
      expect(cmdlet === 'Remove-MpPreference' || value === 'NotConfigured').toBe(true);
    } else {
      expect(cmdlet).toBe('Set-MpPreference');
      expect(typeof data === 'number' ? preferenceNumber(value ?? '') : value).toBe(data);
    }
  }
  const checked = itemsOf(forms, 'verify').texts.flatMap(({ text }) =>
    text.startsWith('Get-GPRegistryValue') ? [readCmdlet(text).parameters.at(-1)?.[1]] : [],
  );
  if (checked.length > 0) expect(checked).toEqual(change.writes.map(({ valueName }) => valueName));
}

describe('all forms of one change', () => {
  it('say the same, for any policy, state and data', () => {
    fc.assert(
      fc.property(anyPolicyChange, ([policy, change]) => {
        const forms = settingForms(policy, change, { gpo });
        expectSame(policy, change, forms);
        const refused = forms.flatMap((item) => ('refusal' in item ? [item.form] : []));
        // Data that keeps the rules is refused for reasons of the form alone.
        const mayRefuse: SettingForm['form'][] = ['reg', 'preference', 'lgpo', 'registry-pol', 'csp'];
        if (change.writes.length > 0) expect(mayRefuse).toEqual(expect.arrayContaining(refused));
        if (!change.writes.some((write) => 'unset' in write) && change.writes.length > 0) {
          expect(refused).not.toContain('lgpo');
          expect(refused).not.toContain('registry-pol');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('say that a file cannot take a value out of a policy, and never that it deletes the key', () => {
    const change = made(settingChange(order, 'not-configured'));
    const forms = settingForms(order, change, { gpo });
    expect(itemsOf(forms, 'lgpo').refusals).toEqual([
      'LGPO text cannot take FallbackOrder out of a policy again. Set it to Not Configured by hand.',
    ]);
    expect(itemsOf(forms, 'registry-pol').refusals).toEqual([
      'Registry.pol cannot take FallbackOrder out of a policy again. Set it to Not Configured by hand.',
    ]);
  });

  it('are all refused where the value reads differently from what it is', () => {
    const forms = made(undoForms(order, { state: 'enabled', values: { order: 'MM\u202ePC' } }, { gpo }));
    expect(forms.map(({ form }) => form)).toEqual(formNames);
    for (const item of forms) {
      expect('refusal' in item ? item.refusal : item.form).toMatch(
        /^The value holds a control for the reading direction/,
      );
    }
  });

  it('put back any recorded text letter by letter, or say why not', () => {
    const complete = new Map<string, number>();
    fc.assert(
      fc.property(hostileData, fc.constantFrom(order, shares), (text, policy) => {
        const [element] = policy.elements;
        const before: StateBefore = { state: 'enabled', values: { [element?.id ?? '']: text } };
        const change = undoChange(policy, before);
        const forms = undoForms(policy, before, { gpo });
        if (!change.ok || !forms.ok) {
          expect([whyOf(change), whyOf(forms)]).toEqual([whyOf(forms), expect.stringMatching(sentence)]);
          return;
        }
        expectSame(policy, change.value, forms.value);
        for (const item of forms.value) {
          if ('refusal' in item) expect(item.refusal).toMatch(sentence);
          else complete.set(item.form, (complete.get(item.form) ?? 0) + 1);
        }
      }),
      { numRuns: 10_000 },
    );
    // A door that refuses everything would pass the rest; `reg` takes plain ASCII without quotes only.
    for (const name of formNames) expect(complete.get(name)).toBeGreaterThan(name === 'reg' ? 500 : 4_000);
  });

  it('put back any recorded state of any policy', () => {
    fc.assert(
      fc.property(anyPolicyChange, ([policy, change]) => {
        const values = Object.fromEntries(
          policy.elements.flatMap((element) => {
            const write = change.writes.find(({ valueName }) => valueName === element.valueName);
            return write && 'data' in write ? [[element.id, write.data]] : [];
          }),
        );
        const before: StateBefore = change.state === 'enabled' ? { state: 'enabled', values } : { state: change.state };
        expectSame(policy, made(undoChange(policy, before)), made(undoForms(policy, before, { gpo })));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the commands around a change', () => {
  it('are a backup, a new object, its link and its filter', () => {
    const commands = [
      made(backupCommand("O'Brien's ring", 'C:\\GPO backups')),
      made(newGpoCommand('Production')),
      ...made(filterCommands('Production', 'CORP\\Ring 2')),
      made(linkCommand('Production', 'OU=Ring 2,DC=corp,DC=example')),
    ];
    expect(commands.map(({ text }) => text)).toEqual([
      "Backup-GPO -Name 'O''Brien''s ring' -Path 'C:\\GPO backups'",
      "New-GPO -Name 'Production'",
      "Set-GPPermission -Name 'Production' -TargetName 'CORP\\Ring 2' -TargetType Group -PermissionLevel GpoApply",
      "Set-GPPermission -Name 'Production' -TargetName 'Authenticated Users' -TargetType Group -PermissionLevel GpoRead -Replace",
      "New-GPLink -Name 'Production' -Target 'OU=Ring 2,DC=corp,DC=example' -LinkEnabled Yes",
    ]);
    for (const { why, where, title } of commands) {
      expect(why).toMatch(sentence);
      expect(where).toMatch(/as someone who may /);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
    }
  });

  it('ask for what is missing', () => {
    const noGpo = 'Enter the name of the Group Policy Object.';
    expect([
      whyOf(backupCommand('', 'C:\\a')),
      whyOf(backupCommand('a', ' ')),
      whyOf(newGpoCommand(' ')),
      whyOf(linkCommand('', 'DC=a')),
      whyOf(linkCommand('a', '')),
      whyOf(filterCommands('', 'a')),
      whyOf(filterCommands('a', '')),
    ]).toEqual([
      noGpo,
      'Enter the folder for the backup.',
      noGpo,
      noGpo,
      'Enter the distinguished name of the organizational unit.',
      noGpo,
      'Enter the group of computers that may apply the object.',
    ]);
  });

  it('carry any names as they are, or are refused with a sentence', () => {
    fc.assert(
      fc.property(hostileData, hostileData, (one, two) => {
        const all = [
          [backupCommand(one, two), { Name: one, Path: two }],
          [linkCommand(one, two), { Name: one, Target: two, LinkEnabled: 'Yes' }],
          [newGpoCommand(one), { Name: one }],
          [filterCommands(one, two), { Name: one, TargetName: two, TargetType: 'Group', PermissionLevel: 'GpoApply' }],
        ] as const;
        for (const [command, parameters] of all) {
          if (!command.ok) {
            expect(command.why).toMatch(sentence);
            continue;
          }
          const [first] = [command.value].flat();
          expect(Object.fromEntries(readCmdlet(first?.text ?? '').parameters)).toEqual(parameters);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

// ------------------------------------------------------------------------------------------- Microsoft's cmdlets

/** Parameters as Microsoft documents them for Windows Server 2025, of the cmdlets that the forms use. */
const documented: Readonly<Record<string, readonly string[]>> = {
  'Backup-GPO': ['Name', 'Path'],
  'Get-GPRegistryValue': ['Name', 'Key', 'ValueName'],
  'New-GPLink': ['Name', 'Target', 'LinkEnabled'],
  'New-GPO': ['Name'],
  'Remove-GPRegistryValue': ['Name', 'Key', 'ValueName'],
  'Set-GPPermission': ['Name', 'TargetName', 'TargetType', 'PermissionLevel', 'Replace'],
  'Set-GPRegistryValue': ['Name', 'Key', 'ValueName', 'Type', 'Value', 'Disable'],
  'Remove-MpPreference': [
    'CheckForSignaturesBeforeRunningScan',
    'DisableGradualRelease',
    'MeteredConnectionUpdates',
    'RandomizeScheduleTaskTimes',
    'SchedulerRandomizationTime',
    'SharedSignaturesPath',
    'SignatureDefinitionUpdateFileSharesSources',
    'SignatureDisableUpdateOnStartupWithoutEngine',
    'SignatureFallbackOrder',
    'SignatureScheduleDay',
    'SignatureScheduleTime',
    'SignatureUpdateCatchupInterval',
    'SignatureUpdateInterval',
  ],
  'Set-MpPreference': [
    'CheckForSignaturesBeforeRunningScan',
    'DefinitionUpdatesChannel',
    'DisableGradualRelease',
    'EngineUpdatesChannel',
    'MeteredConnectionUpdates',
    'PlatformUpdatesChannel',
    'RandomizeScheduleTaskTimes',
    'SchedulerRandomizationTime',
    'SharedSignaturesPath',
    'SignatureDefinitionUpdateFileSharesSources',
    'SignatureDisableUpdateOnStartupWithoutEngine',
    'SignatureFallbackOrder',
    'SignatureScheduleDay',
    'SignatureScheduleTime',
    'SignatureUpdateCatchupInterval',
    'SignatureUpdateInterval',
  ],
};

const ones = (count: number): Record<string, Datum> => ({ one: count });

/** Every command of every shape that the forms can make. */
function everyCommand(): readonly ReadCmdlet[] {
  const forms = catalogue.flatMap((policy) =>
    (['disabled', 'not-configured'] as const).flatMap((state) =>
      settingForms(policy, made(settingChange(policy, state)), { gpo }),
    ),
  );
  const texts = forms.flatMap((item) => ('shell' in item && item.shell === 'powershell' ? [item.text] : []));
  for (const preference of documented['Set-MpPreference'] ?? []) {
    const isText = /Order|Shares|Path/.test(preference);
    const policy = withOne({ preference }, isText ? 'REG_SZ' : 'REG_DWORD');
    const values = /Channel/.test(preference) ? [4, 5] : isText ? ['\\\\fs\\a'] : [1];
    const changes = values.map((one) => settingChange(policy, 'enabled', { one }));
    for (const change of [...changes, settingChange(policy, 'disabled')]) {
      for (const item of itemsOf(settingForms(policy, made(change), { gpo }), 'preference').texts)
        texts.push(item.text);
    }
  }
  const number = withOne({}, 'REG_DWORD');
  const enabled = settingForms(number, made(settingChange(number, 'enabled', ones(1))), { gpo });
  texts.push(
    ...itemsOf(enabled, 'group-policy').texts.map(({ text }) => text),
    ...itemsOf(orderForms('MMPC'), 'group-policy').texts.map(({ text }) => text),
    made(backupCommand(gpo, 'C:\\a')).text,
    made(newGpoCommand(gpo)).text,
    made(linkCommand(gpo, 'DC=a')).text,
    ...made(filterCommands(gpo, 'a')).map(({ text }) => text),
  );
  // `(Get-MpPreference).Name` is an expression with no parameters.
  return texts.filter((text) => !text.startsWith('(Get-MpPreference).')).map(readCmdlet);
}

describe('the cmdlets of the forms', () => {
  it('are used with documented parameters only, and each of those is used', () => {
    const used = new Map<string, Set<string>>();
    for (const { cmdlet, parameters } of everyCommand()) {
      const names = used.get(cmdlet) ?? new Set();
      for (const [name] of parameters) names.add(name);
      used.set(cmdlet, names);
    }
    expect(Object.fromEntries([...used].map(([cmdlet, names]) => [cmdlet, [...names].sort()]))).toEqual(
      Object.fromEntries(Object.entries(documented).map(([cmdlet, names]) => [cmdlet, [...names].sort()])),
    );
  });
});

// The reference of Microsoft's cmdlets as JSON is no part of the project; where it lies beside the project's folder,
// every command is held against it.
const reference = new URL(['..', '..', '..', '..', '..', 'shared', 'facts', 'cmdlets.json'].join('/'), import.meta.url);
const hasReference = existsSync(reference);

interface ReferenceCmdlet {
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly acceptedValues: readonly string[] }>>;
  readonly parameterSets: Readonly<Record<string, readonly { readonly name: string; readonly mandatory: boolean }[]>>;
}

describe.skipIf(!hasReference)(
  `the cmdlets of the forms beside Microsoft's reference${hasReference ? '' : ' (skipped: the reference is not on this machine)'}`,
  () => {
    const { cmdlets } = (hasReference ? JSON.parse(readFileSync(reference, 'utf8')) : { cmdlets: {} }) as {
      cmdlets: Readonly<Record<string, ReferenceCmdlet>>;
    };
    const named = (cmdlet: string): ReferenceCmdlet => {
      const found = cmdlets[cmdlet];
      if (!found) throw new Error(`The reference has no ${cmdlet}.`);
      return found;
    };

    it.each(Object.entries(documented))('%s has these parameters', (cmdlet, names) => {
      expect(Object.keys(named(cmdlet).parameters)).toEqual(expect.arrayContaining([...names]));
    });

    it('get every parameter that they cannot do without, in one parameter set', () => {
      for (const { cmdlet, parameters } of everyCommand()) {
        const given = parameters.map(([name]) => name);
        const fits = Object.values(named(cmdlet).parameterSets).some(
          (set) =>
            given.every((name) => set.some((parameter) => parameter.name === name)) &&
            set.every(({ name, mandatory }) => !mandatory || given.includes(name)),
        );
        expect([cmdlet, given, fits]).toEqual([cmdlet, given, true]);
      }
    });

    it('get only words that a parameter of fixed words takes, and switches where there are switches', () => {
      for (const { cmdlet, parameters } of everyCommand()) {
        for (const [name, value] of parameters) {
          const parameter = named(cmdlet).parameters[name];
          expect([cmdlet, name, parameter?.type === 'SwitchParameter']).toEqual([cmdlet, name, value === undefined]);
          const words = parameter?.acceptedValues ?? [];
          // Days may be given by number.
          if (words.length > 0 && !/^\d$/.test(value ?? '')) expect(words).toContain(value);
          if (parameter?.type === 'Boolean') expect(value).toMatch(/^\$(?:true|false)$/);
          if (parameter?.type === 'UInt32') expect(value).toMatch(/^\d+$/);
          if (parameter?.type === 'DateTime') expect(value).toMatch(/^\d\d:\d\d:00$/);
        }
      }
    });
  },
);
