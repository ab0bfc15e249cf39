import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../src/lib/core/commands/command.ts';
import { policyStates } from '../../../../src/lib/core/policy/generation.ts';
import type { Policy } from '../../../../src/lib/core/policy/policy.ts';
import {
  clickSentence,
  faultOfTokens,
  groupPolicyCommands,
  oneComputerCommands,
  recordCommands,
  settingChange,
  undoChange,
  verifyCommands,
  type Datum,
  type RegistryWrite,
  type SettingChange,
} from '../../../../src/lib/core/policy/setting-change.ts';
import type { Result } from '../../../../src/lib/core/result.ts';
import { catalogue, policyNamed } from './support/catalogue.ts';
import { powershellWords, readGroupPolicyCommand, readRegCommand, type ReadWrite } from './support/read-commands.ts';

const order = policyNamed('order-of-sources');
const shares = policyNamed('file-shares');
const service = policyNamed('intranet-update-service');
const targeting = policyNamed('client-side-targeting');
const frequency = policyNamed('detection-frequency');
const updates = policyNamed('configure-automatic-updates');

const made = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.why);
  return result.value;
};
const whyOf = (result: Result<unknown>): string | undefined => (result.ok ? undefined : result.why);
const texts = (commands: Result<readonly Command[]>): string[] => made(commands).map((command) => command.text);

const signatureKey = 'SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates';
const updateKey = 'SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate';

describe('a setting change', () => {
  it('writes the data of an enabled policy', () => {
    expect(made(settingChange(order, 'enabled', { order: 'InternalDefinitionUpdateServer|MMPC' })).writes).toEqual([
      { key: signatureKey, valueName: 'FallbackOrder', type: 'REG_SZ', data: 'InternalDefinitionUpdateServer|MMPC' },
    ]);
  });

  it('writes the switch after the data, and leaves an optional element alone', () => {
    const url = 'http://wsus.example.com:8530';
    expect(made(settingChange(service, 'enabled', { statistics: url, service: url })).writes).toEqual([
      { key: updateKey, valueName: 'WUServer', type: 'REG_SZ', data: url },
      { key: updateKey, valueName: 'WUStatusServer', type: 'REG_SZ', data: url },
      { key: `${updateKey}\\AU`, valueName: 'UseWUServer', type: 'REG_DWORD', data: 1 },
    ]);
  });

  it('writes what the editor writes for a disabled text policy, an instruction to delete', () => {
    expect(made(settingChange(shares, 'disabled')).writes).toEqual([
      { key: signatureKey, valueName: 'DefinitionUpdateFileSharesSources', delete: true },
    ]);
  });

  it('takes every value of a policy out when it is not configured', () => {
    expect(made(settingChange(targeting, 'not-configured')).writes).toEqual([
      { key: updateKey, valueName: 'TargetGroup', unset: true },
      { key: updateKey, valueName: 'TargetGroupEnabled', unset: true },
    ]);
  });

  it('takes numbers as authors write them', () => {
    expect(made(settingChange(frequency, 'enabled', { hours: '4' })).writes[0]).toMatchObject({ data: 4 });
    expect(made(settingChange(updates, 'enabled', { updating: '4', day: 0, time: 24 })).writes).toMatchObject([
      { valueName: 'AUOptions', data: 4 },
      { valueName: 'ScheduledInstallDay', data: 0 },
      { valueName: 'ScheduledInstallTime', data: 24 },
      { valueName: 'NoAutoUpdate', data: 0 },
    ]);
  });

  const long = 'a'.repeat(1024);
  it.each<readonly [policy: Policy, values: Record<string, Datum>, why: string]>([
    [order, { order: 'FileShare' }, '`order` names FileShare, which is not a source: write FileShares.'],
    [
      order,
      { order: 'InternalDefinitionUpdateServder' },
      '`order` names InternalDefinitionUpdateServder, which is not a source: write InternalDefinitionUpdateServer.',
    ],
    [order, { order: 'mmpc' }, '`order` names mmpc, which is not a source: write MMPC.'],
    [
      order,
      { order: 'WSUS' },
      '`order` names WSUS, which is not a source: use InternalDefinitionUpdateServer, MicrosoftUpdateServer, MMPC, FileShares.',
    ],
    [
      order,
      { order: '{ MMPC | FileShares }' },
      '`order` holds braces or spaces: write only the sources with | between them, for example InternalDefinitionUpdateServer|MicrosoftUpdateServer.',
    ],
    [order, { order: 'MMPC|' }, '`order` has a | without a source on each side of it: take it out.'],
    [order, { order: 'MMPC|MMPC' }, '`order` names MMPC twice: name each source once.'],
    [
      order,
      {},
      'Give `order`, what stands beside “Define the order of sources for downloading security intelligence updates”.',
    ],
    [
      order,
      { order: ' ' },
      'Give `order`, what stands beside “Define the order of sources for downloading security intelligence updates”.',
    ],
    [order, { to: 'MMPC' }, '`to` is not an element of this policy. Use `order`.'],
    [policyNamed('no-internet-locations'), { to: 1 }, '`to` is not an element of this policy. It has none.'],
    [shares, { shares: 'server' }, '`shares` must hold paths such as \\\\server\\share, with only | between them.'],
    [
      shares,
      { shares: '\\\\a\\b | \\\\c\\d' },
      '`shares` must hold paths such as \\\\server\\share, with only | between them.',
    ],
    [shares, { shares: '\\\\a\\b\\x64' }, '`shares` must not end in \\x64: clients add that folder themselves.'],
    [policyNamed('vdi-shared-location'), { share: '\\\\a\\b|\\\\c\\d' }, '`share` must name 1 share or fewer.'],
    [
      targeting,
      { group: 'Ring 1; Ring 2' },
      '`group` must name one group, or several with only a semicolon between them.',
    ],
    [targeting, { group: long }, '`group` must be 1023 characters or fewer.'],
    [frequency, { hours: 0 }, '`hours` must be 1 or more.'],
    [frequency, { hours: '23' }, '`hours` must be 22 or less.'],
    [frequency, { hours: '4h' }, '`hours` must be a whole number.'],
    [frequency, { hours: 4.5 }, '`hours` must be a whole number.'],
    [updates, { updating: 6 }, '`updating` must be one of 2, 3, 4, 5, 7.'],
    [
      service,
      { service: 'wsus:8530', statistics: 'http://wsus:8530' },
      '`service` must be an address such as http://wsus.example.com:8530.',
    ],
    [service, { service: 'http://wsus:0', statistics: 'http://wsus' }, '`service` must name a port from 1 to 65535.'],
    [
      service,
      { service: 'http://wsus:70000', statistics: 'http://wsus' },
      '`service` must name a port from 1 to 65535.',
    ],
  ])('refuses wrong data of an enabled policy: %#', (policy, values, why) => {
    expect(whyOf(settingChange(policy, 'enabled', values))).toBe(why);
  });

  it('refuses data for a policy that is not enabled', () => {
    expect(whyOf(settingChange(order, 'disabled', { order: 'MMPC' }))).toBe(
      'Only an enabled policy takes data: leave out `order`, or enable the policy.',
    );
  });

  it('accepts every order of sources that exists', () => {
    const [rule] = order.elements.map((element) => element.data);
    const tokens = rule?.is === 'sources' ? rule.tokens : [];
    fc.assert(
      fc.property(fc.shuffledSubarray(tokens, { minLength: 1 }), (some) => {
        expect(settingChange(order, 'enabled', { order: some.join('|') }).ok).toBe(true);
      }),
    );
  });

  it('never accepts an order that is not made of sources', () => {
    const [rule] = order.elements.map((element) => element.data);
    const tokens = rule?.is === 'sources' ? rule.tokens : [];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'MPCFilShares|{} \n,') }), (text) => {
        const parts = text.split('|');
        fc.pre(!parts.every((part) => tokens.includes(part)));
        expect(faultOfTokens(text, tokens)).toMatch(/\.$/);
      }),
    );
  });
});

describe('clicks', () => {
  const titles = (change: SettingChange): unknown =>
    change.clicks.map(({ generation, path, title }) => [generation, path.join(' > '), title]);

  it('follow the four generations of the Defender templates', () => {
    expect(titles(made(settingChange(order, 'enabled', { order: 'MMPC' })))).toEqual([
      [
        'windows-defender',
        'Windows Defender > Signature Updates',
        'Define the order of sources for downloading definition updates',
      ],
      [
        'windows-defender-antivirus',
        'Windows Defender Antivirus > Signature Updates',
        'Define the order of sources for downloading definition updates',
      ],
      [
        'windows-defender-antivirus-1903',
        'Windows Defender Antivirus > Security Intelligence Updates',
        'Define the order of sources for downloading security intelligence updates',
      ],
      [
        'microsoft-defender-antivirus',
        'Microsoft Defender Antivirus > Security Intelligence Updates',
        'Define the order of sources for downloading security intelligence updates',
      ],
    ]);
  });

  it('follow the two generations of the Windows Update templates', () => {
    expect(titles(made(settingChange(targeting, 'disabled')))).toEqual([
      ['older', 'Windows Update', 'Enable client-side targeting'],
      [
        'current',
        'Windows Update > Manage updates offered from Windows Server Update Service',
        'Enable client-side targeting',
      ],
    ]);
  });

  it('name the label that the generation prints, and a choice by its words', () => {
    const sentences = (change: SettingChange): string[] => change.clicks.map(clickSentence);
    expect(sentences(made(settingChange(order, 'enabled', { order: 'MMPC' })))[0]).toBe(
      'Open “Define the order of sources for downloading definition updates”, select Enabled, enter MMPC beside ' +
        '“Define the order of sources for downloading definition updates”, and select OK.',
    );
    expect(sentences(made(settingChange(updates, 'enabled', { updating: 4, time: 3 })))[1]).toBe(
      'Open “Configure Automatic Updates”, select Enabled, select 4 - Auto download and schedule the install beside ' +
        '“Configure automatic updating:”, select 03:00 beside “Scheduled install time:”, and select OK.',
    );
    const boxes = settingChange(updates, 'enabled', { updating: 3, maintenance: 0, 'other-products': 1 });
    expect(sentences(made(boxes))[1]).toContain(
      ', clear “Install during automatic maintenance”, tick “Install updates for other Microsoft products”, and',
    );
    expect(sentences(made(settingChange(shares, 'not-configured')))[3]).toBe(
      'Open “Define file shares for downloading security intelligence updates”, select Not Configured, and select OK.',
    );
  });
});

describe('commands', () => {
  it('set the value in the Group Policy Object', () => {
    const change = made(settingChange(order, 'enabled', { order: 'InternalDefinitionUpdateServer|MMPC' }));
    expect(texts(groupPolicyCommands(change, "O'Brien's ring"))).toEqual([
      "Set-GPRegistryValue -Name 'O''Brien''s ring' " +
        "-Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' " +
        "-ValueName 'FallbackOrder' -Type String -Value 'InternalDefinitionUpdateServer|MMPC'",
    ]);
  });

  it('take out, for an undo, only what the change put there', () => {
    const change = made(settingChange(updates, 'enabled', { updating: 4 }));
    const namesOf = (undo: Result<SettingChange>): string[] => made(undo).writes.map(({ valueName }) => valueName);
    expect(namesOf(undoChange(updates, { state: 'not-configured' }, change))).toEqual(['AUOptions', 'NoAutoUpdate']);
    expect(namesOf(undoChange(updates, { state: 'enabled', values: { updating: 3 } }, change))).toEqual([
      'AUOptions',
      'NoAutoUpdate',
    ]);
    const nothing = made(settingChange(order, 'not-configured'));
    expect(namesOf(undoChange(order, { state: 'not-configured' }, nothing))).toEqual([]);
  });

  it('freeze clients: FileShares alone, and no shares', () => {
    const freeze = [
      made(settingChange(order, 'enabled', { order: 'FileShares' })),
      made(settingChange(shares, 'disabled')),
    ];
    expect(freeze.flatMap((change) => texts(groupPolicyCommands(change, 'Production')))).toEqual([
      "Set-GPRegistryValue -Name 'Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder' -Type String -Value 'FileShares'",
      "Set-GPRegistryValue -Name 'Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'DefinitionUpdateFileSharesSources' -Disable",
    ]);
  });

  it('set and delete the value on one test computer', () => {
    const key = '"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates"';
    expect(texts(oneComputerCommands(made(settingChange(order, 'enabled', { order: 'MMPC|FileShares' }))))).toEqual([
      `reg add ${key} /v "FallbackOrder" /t REG_SZ /d "MMPC|FileShares" /f`,
    ]);
    expect(texts(oneComputerCommands(made(settingChange(order, 'disabled'))))).toEqual([
      `reg delete ${key} /v "FallbackOrder" /f`,
    ]);
    expect(texts(oneComputerCommands(made(settingChange(frequency, 'enabled', { hours: 4 }))))[0]).toBe(
      'reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU" /v "DetectionFrequency" /t REG_DWORD /d 4 /f',
    );
  });

  it('record the state before, and tell an absent setting from an object that could not be read', () => {
    expect(texts(recordCommands(order, 'Production'))).toMatchInlineSnapshot(`
      [
        "& {
        $gpo = Get-GPO -Name 'Production' -ErrorAction Stop
        try {
          $before = Get-GPRegistryValue -Guid $gpo.Id -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder' -ErrorAction Stop
        } catch {
          if ($_.FullyQualifiedErrorId -notlike 'UnableToRetrievePolicyRegistryItem*') { throw }
          return 'Not configured'
        }
        if ($before.PolicyState -eq 'Delete') { return 'Disabled' }
        'Enabled, and the next line is the exact value:'
        ([string]$before.Value).TrimEnd([char]0)
      }",
      ]
    `);
  });

  it('check the object, a client, and Defender where it shows the setting', () => {
    const key = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates';
    const change = made(settingChange(order, 'enabled', { order: 'MMPC' }));
    expect(made(verifyCommands(change, order, 'Production')).map(({ text, why }) => [text, why])).toEqual([
      [
        `Get-GPRegistryValue -Name 'Production' -Key '${key}' -ValueName 'FallbackOrder'`,
        'PolicyState is Set and Value is MMPC.',
      ],
      [`reg query "${key}" /v "FallbackOrder"`, 'After the policy refresh, the line ends in MMPC.'],
      [
        '(Get-MpPreference).SignatureFallbackOrder',
        'Shows the value that Microsoft Defender Antivirus uses on this client.',
      ],
    ]);
    const disabled = made(verifyCommands(made(settingChange(shares, 'disabled')), shares, 'Production'));
    expect(disabled.map((command) => command.why).slice(0, 2)).toEqual([
      'PolicyState is Delete.',
      'After the policy refresh, the answer is an error that says the value was not found.',
    ]);
    const gone = made(verifyCommands(made(settingChange(frequency, 'not-configured')), frequency, 'Production'));
    expect(gone[0]?.why).toBe('The answer is an error that says the setting was not found.');
    const hours = made(
      verifyCommands(made(settingChange(frequency, 'enabled', { hours: 22 })), frequency, 'Production'),
    );
    expect(hours[2]?.why).toBe('After the policy refresh, the line ends in 0x16.');
  });

  it('are refused with a sentence when the object’s name cannot stand in one', () => {
    const change = made(settingChange(order, 'enabled', { order: 'MMPC' }));
    for (const commands of [
      groupPolicyCommands(change, 'a\nb'),
      recordCommands(order, 'a\nb'),
      verifyCommands(change, order, 'a\nb'),
    ]) {
      expect(whyOf(commands)).toMatch(/^The value holds a line break .*\.$/);
    }
  });
});

/** Any state of any policy, with data that its rules accept. */
const anyChange: fc.Arbitrary<readonly [Policy, SettingChange]> = fc
  .record({ policy: fc.constantFrom(...catalogue), state: fc.constantFrom(...policyStates) })
  .chain(({ policy, state }) => {
    const values = Object.fromEntries(policy.elements.map((element) => [element.id, dataFor(element.data)]));
    const requiredKeys = policy.elements.filter((element) => element.required).map((element) => element.id);
    const data = state === 'enabled' ? fc.record(values, { requiredKeys }) : fc.constant({});
    return data.map((given) => [policy, made(settingChange(policy, state, given))] as const);
  });

const word = fc
  .string({ unit: fc.constantFrom(...'abcXYZ09-'), minLength: 1, maxLength: 12 })
  .map((text) => `a${text}z`);

function dataFor(rule: Policy['elements'][number]['data']): fc.Arbitrary<Datum> {
  switch (rule.is) {
    case 'sources':
      return fc.shuffledSubarray(rule.tokens, { minLength: 1 }).map((tokens) => tokens.join('|'));
    case 'shares':
      return fc
        .array(fc.tuple(word, word), { minLength: 1, maxLength: rule.most ?? 3 })
        .map((names) => names.map(([host, share]) => `\\\\${host}\\${share}$'`).join('|'));
    case 'url':
      return fc
        .tuple(fc.constantFrom('http', 'https'), word, fc.integer({ min: 1, max: 65_535 }))
        .map(([scheme, host, port]) => `${scheme}://${host}:${port}`);
    case 'group-names':
      return fc
        .array(
          word.map((name) => `${name} ‘ring’`),
          { minLength: 1, maxLength: 3 },
        )
        .map((names) => names.join(';'));
    case 'text':
      return word;
    case 'whole-number':
      return fc.integer({ min: rule.min, max: rule.max });
    case 'choice':
      return fc.constantFrom(...rule.options.map((option) => option.data));
  }
}

const actionOf = (write: RegistryWrite): ReadWrite['action'] =>
  'unset' in write ? 'unset' : 'delete' in write ? 'delete' : 'set';

describe('every form of a change', () => {
  it('carries the same key, value name, type and data in PowerShell', () => {
    fc.assert(
      fc.property(anyChange, fc.constantFrom('Production', "Bob’s ‛ring' #1"), ([, change], gpo) => {
        const read = texts(groupPolicyCommands(change, gpo)).map(readGroupPolicyCommand);
        expect(read).toEqual(
          change.writes.map((write) => ({
            action: actionOf(write),
            gpo,
            key: `HKLM\\${write.key}`,
            valueName: write.valueName,
            ...('data' in write && {
              type: write.type === 'REG_SZ' ? 'String' : 'DWord',
              data: String(write.data),
            }),
          })),
        );
      }),
    );
  });

  it('carries the same key, value name, type and data in reg, or says why it cannot', () => {
    fc.assert(
      fc.property(anyChange, ([, change]) => {
        const commands = oneComputerCommands(change);
        if (!commands.ok) {
          expect(commands.why).toMatch(/Use the PowerShell form of this command\.$/);
          return;
        }
        expect(commands.value.map((command) => readRegCommand(command.text))).toEqual(
          change.writes.map((write) => ({
            action: 'data' in write ? 'set' : 'delete',
            key: `HKLM\\${write.key}`,
            valueName: write.valueName,
            ...('data' in write && { type: write.type, data: String(write.data) }),
          })),
        );
      }),
    );
  });

  it('is checked at every value that the change writes', () => {
    fc.assert(
      fc.property(anyChange, ([policy, change]) => {
        const words = texts(verifyCommands(change, policy, 'Production'))
          .filter((text) => text.startsWith('Get-GPRegistryValue'))
          .map((text) => powershellWords(text).at(-1));
        expect(words).toEqual(change.writes.map((write) => write.valueName));
      }),
    );
  });
});

describe('the undo of a change', () => {
  it('takes the setting out again when it was not configured', () => {
    expect(texts(groupPolicyCommands(made(undoChange(order, { state: 'not-configured' })), 'Production'))).toEqual([
      "Remove-GPRegistryValue -Name 'Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder'",
    ]);
  });

  it('disables the setting again when it was disabled', () => {
    expect(texts(groupPolicyCommands(made(undoChange(order, { state: 'disabled' })), 'Production'))).toEqual([
      "Set-GPRegistryValue -Name 'Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder' -Disable",
    ]);
  });

  it('puts back optional values that were there and takes out those that were not', () => {
    const url = 'http://old:80';
    expect(made(undoChange(service, { state: 'enabled', values: { service: url, statistics: url } })).writes).toEqual([
      { key: updateKey, valueName: 'WUServer', type: 'REG_SZ', data: url },
      { key: updateKey, valueName: 'WUStatusServer', type: 'REG_SZ', data: url },
      { key: `${updateKey}\\AU`, valueName: 'UseWUServer', type: 'REG_DWORD', data: 1 },
      { key: updateKey, valueName: 'UpdateServiceUrlAlternate', unset: true },
    ]);
  });

  it('puts back a number that the template would not take', () => {
    expect(made(undoChange(frequency, { state: 'enabled', values: { hours: '48' } })).writes[0]).toMatchObject({
      valueName: 'DetectionFrequency',
      data: 48,
    });
  });

  it.each<readonly [values: Record<string, Datum>, policy: Policy, why: string]>([
    [{}, order, 'Enter the value of FallbackOrder before the change.'],
    [{ order: '' }, order, 'Enter the value of FallbackOrder before the change.'],
    [
      { order: 'a'.repeat(1024) },
      order,
      'The value of FallbackOrder before the change is longer than 1023 characters. Restore the Group Policy Object from its backup instead.',
    ],
    [
      { hours: 'four' },
      frequency,
      'The value of DetectionFrequency before the change must be a whole number from 0 to 4294967295.',
    ],
    [
      { hours: 4_294_967_296 },
      frequency,
      'The value of DetectionFrequency before the change must be a whole number from 0 to 4294967295.',
    ],
  ])('is refused when the record cannot be put back: %#', (values, policy, why) => {
    expect(whyOf(undoChange(policy, { state: 'enabled', values }))).toBe(why);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'\'‘’‚‛"“”–—$`;|&%!^()\\{} aZ0'), minLength: 1, maxLength: 40 }),
    fc.string({ maxLength: 1100 }),
  );

  it('puts back any recorded text letter by letter, or refuses with a sentence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const change = undoChange(order, { state: 'enabled', values: { order: text } });
        const commands = change.ok ? groupPolicyCommands(change.value, 'Production') : change;
        if (!commands.ok) {
          expect(commands.why).toMatch(/^[A-Z].*\.$/su);
          return;
        }
        expect(commands.value.map((command) => readGroupPolicyCommand(command.text).data)).toEqual([text]);
      }),
      { numRuns: 500 },
    );
  });

  it('puts back any recorded text letter by letter with reg, or refuses with a sentence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const change = undoChange(order, { state: 'enabled', values: { order: text } });
        const commands = change.ok ? oneComputerCommands(change.value) : change;
        if (!commands.ok) {
          expect(commands.why).toMatch(/^[A-Z].*\.$/su);
          return;
        }
        expect(commands.value.map((command) => readRegCommand(command.text).data)).toEqual([text]);
      }),
      { numRuns: 500 },
    );
  });

  it('shows any recorded text in the clicks as it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (text) => {
        const change = made(undoChange(order, { state: 'enabled', values: { order: text } }));
        expect(change.clicks.map((clicks) => clicks.options.map((option) => option.data))).toEqual(
          change.clicks.map(() => [text]),
        );
      }),
    );
  });
});
