import { describe, expect, it } from 'vitest';
import { composeCommand } from '../../../../src/lib/core/commands/compose.ts';
import { policyStates } from '../../../../src/lib/core/policy/generation.ts';
import { policyFields } from '../../../../src/lib/core/policy/policy-fields.ts';
import { policyBlock, type PolicyUse } from '../../../../src/lib/core/policy/policy-block.ts';
import { PolicyBlock } from '../../../../src/lib/core/runbook/model.ts';
import { catalogue, policyNamed } from './support/catalogue.ts';
import { readGroupPolicyCommand } from './support/read-commands.ts';

const order = policyNamed('order-of-sources');
const shares = policyNamed('file-shares');
const service = policyNamed('intranet-update-service');
const frequency = policyNamed('detection-frequency');

const blockOf = (policy: typeof order, use: PolicyUse): PolicyBlock => {
  const block = policyBlock(policy, use);
  if (!block.ok) throw new Error(block.why);
  return block.value;
};

describe('a policy block', () => {
  it('says what it fixes by the names of the fields on the policy’s own page', () => {
    const use: PolicyUse = { state: 'enabled', values: { hours: [{ text: '4' }] }, gpo: 'productionGpo' };
    const { fixed } = blockOf(frequency, use);
    expect(fixed).toEqual({ state: 'enabled', hours: '4' });
    expect(policyFields(frequency).map(({ input }) => input.id)).toEqual(expect.arrayContaining(Object.keys(fixed)));
  });

  it('holds the setting with a hole where the sheet’s value will stand', () => {
    expect(
      blockOf(order, { state: 'enabled', values: { order: [{ of: 'productionOrder' }] }, gpo: 'productionGpo' }),
    ).toEqual({
      type: 'policy',
      id: 'order-of-sources',
      state: 'enabled',
      places: [
        {
          generation: 'windows-defender',
          path: ['Windows Defender', 'Signature Updates'],
          title: 'Define the order of sources for downloading definition updates',
        },
        {
          generation: 'windows-defender-antivirus',
          path: ['Windows Defender Antivirus', 'Signature Updates'],
          title: 'Define the order of sources for downloading definition updates',
        },
        {
          generation: 'windows-defender-antivirus-1903',
          path: ['Windows Defender Antivirus', 'Security Intelligence Updates'],
          title: 'Define the order of sources for downloading security intelligence updates',
        },
        {
          generation: 'microsoft-defender-antivirus',
          path: ['Microsoft Defender Antivirus', 'Security Intelligence Updates'],
          title: 'Define the order of sources for downloading security intelligence updates',
        },
      ],
      options: [
        {
          label: 'Define the order of sources for downloading security intelligence updates',
          data: [{ of: 'productionOrder' }],
        },
      ],
      registry: [
        {
          key: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates',
          valueName: 'FallbackOrder',
          type: 'REG_SZ',
          data: [{ of: 'productionOrder' }],
        },
      ],
      effect: 'Clients try the sources from left to right, and once one delivers they contact no other.',
      fixed: { state: 'enabled' },
      commands: [
        [
          { text: 'Set-GPRegistryValue -Name ' },
          { of: 'productionGpo' },
          {
            text: " -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder' -Type String -Value ",
          },
          { of: 'productionOrder' },
        ],
      ],
    });
  });

  it('gives a Windows Update policy one place for every reader, and names the older folder', () => {
    const block = blockOf(frequency, { state: 'enabled', values: { hours: [{ of: 'detectionHours' }] } });
    expect(block.places).toEqual([
      {
        generation: 'any',
        path: ['Windows Update', 'Manage updates offered from Windows Server Update Service'],
        title: 'Automatic Updates detection frequency',
      },
    ]);
    expect(block.effect).toMatch(/\. Older templates have this setting directly in Windows Update\.$/);
  });

  it('has no commands without a Group Policy Object', () => {
    expect(blockOf(shares, { state: 'disabled', values: {} }).commands).toEqual([]);
  });

  it('expresses the freeze: FileShares alone, and an empty list of shares', () => {
    const freeze = [
      blockOf(order, { state: 'enabled', values: { order: [{ text: 'FileShares' }] }, gpo: 'productionGpo' }),
      blockOf(shares, { state: 'disabled', values: {}, gpo: 'productionGpo' }),
    ];
    const lines = freeze
      .flatMap((block) => block.commands)
      .map((parts) => composeCommand('powershell', parts, () => 'Ring').text ?? '');
    expect(lines.map(readGroupPolicyCommand)).toMatchObject([
      { action: 'set', gpo: 'Ring', valueName: 'FallbackOrder', type: 'String', data: 'FileShares' },
      { action: 'delete', gpo: 'Ring', valueName: 'DefinitionUpdateFileSharesSources' },
    ]);
    expect(freeze[1]?.registry).toEqual([
      {
        key: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates',
        valueName: 'DefinitionUpdateFileSharesSources',
        type: 'none',
        data: [{ text: 'deleted on clients' }],
      },
    ]);
  });

  it('says what a policy that is taken out leaves in the registry', () => {
    const block = blockOf(order, { state: 'not-configured', values: {}, gpo: 'productionGpo' });
    expect(block.registry.map((row) => row.data)).toEqual([[{ text: 'not in the Group Policy Object' }]]);
    expect(block.commands[0]?.[0]).toEqual({ text: 'Remove-GPRegistryValue -Name ' });
  });

  it('shows a choice by its words and writes its number', () => {
    const block = blockOf(policyNamed('configure-automatic-updates'), {
      state: 'enabled',
      values: { updating: [{ text: '4' }] },
    });
    expect(block.options).toEqual([
      { label: 'Configure automatic updating:', data: [{ text: '4 - Auto download and schedule the install' }] },
    ]);
    expect(block.registry[0]).toMatchObject({ valueName: 'AUOptions', data: [{ text: '4' }] });
  });

  it('quotes fixed text at once', () => {
    const block = blockOf(policyNamed('client-side-targeting'), {
      state: 'enabled',
      values: { group: [{ text: "Bob's ring" }] },
      gpo: 'productionGpo',
    });
    expect(block.commands[0]?.at(-1)).toEqual({
      text: " -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate' -ValueName 'TargetGroup' -Type String -Value 'Bob''s ring'",
    });
  });

  it.each<readonly [policy: typeof order, use: PolicyUse, why: string]>([
    [
      order,
      { state: 'enabled', values: { order: [{ text: 'FileShare' }] } },
      '`order` names FileShare, which is not a source: write FileShares.',
    ],
    [frequency, { state: 'enabled', values: { hours: [{ text: '30' }] } }, '`hours` must be 22 or less.'],
    [
      service,
      { state: 'enabled', values: { service: [{ of: 'wsusUrl' }] } },
      'Give `statistics`, what stands beside “Set the intranet statistics server:”.',
    ],
    [
      order,
      { state: 'enabled', values: { order: [{ text: 'MMPC|' }, { of: 'productionOrder' }] } },
      'Give `order` one fixed text, or one value by name.',
    ],
    [order, { state: 'enabled', values: { order: [] } }, 'Give `order` one fixed text, or one value by name.'],
    [
      shares,
      { state: 'disabled', values: { shares: [{ of: 'sharesBefore' }] } },
      'Only an enabled policy takes data: leave out `shares`, or enable the policy.',
    ],
    [
      policyNamed('client-side-targeting'),
      { state: 'enabled', values: { group: [{ text: 'a\u202eb' }] }, gpo: 'productionGpo' },
      'The value holds a control for the reading direction (U+202E), so it would run differently from how it reads. Type the value again instead of pasting it.',
    ],
  ])('is refused when its data breaks a rule: %#', (policy, use, why) => {
    expect(policyBlock(policy, use)).toEqual({ ok: false, why });
  });

  it.each(catalogue.flatMap((policy) => policyStates.map((state) => [policy.id, state, policy] as const)))(
    'of %s, %s, fits the runbook’s model',
    (_, state, policy) => {
      const values = Object.fromEntries(policy.elements.map((element) => [element.id, [{ of: 'name' }]]));
      const block = blockOf(policy, { state, values: state === 'enabled' ? values : {}, gpo: 'productionGpo' });
      expect(PolicyBlock.parse(block)).toEqual(block);
      expect(block.commands).toHaveLength(block.registry.length);
    },
  );
});
