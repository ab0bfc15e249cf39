import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultOrder,
  describeOrderOfSources,
  orderOfSourcesBackground,
  orderOfSources,
  orderOfSourcesExample,
  OrderOfSourcesInput,
  orderChanges,
  orderOfSourcesNeeds,
  orderSetting,
  readOrder,
  readOrderOfSources,
  sharesFault,
  sharesSetting,
  sourceTokens,
  type OrderOfSources,
  type SourceToken,
} from '../../../../src/lib/core/calculators/order-of-sources.ts';
import type { OrderNote } from '../../../../src/lib/core/calculators/order-notes.ts';
import type { Command } from '../../../../src/lib/core/commands/command.ts';
import { generations, type PolicyState } from '../../../../src/lib/core/policy/generation.ts';
import { settingChange } from '../../../../src/lib/core/policy/setting-change.ts';
import type { Report, ReportPart } from '../../../../src/lib/core/render/report.ts';
import type { Result } from '../../../../src/lib/core/result.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { makeSheet } from '../../../../src/lib/core/sheet/sheet.ts';
import { policyNamed } from '../policy/support/catalogue.ts';
import { readGroupPolicyCommand, readRegCommand } from '../policy/support/read-commands.ts';

const example = (changes: Partial<OrderOfSourcesInput> = {}): OrderOfSources =>
  orderOfSources(made(OrderOfSourcesInput({ ...orderOfSourcesExample, ...changes })));

const made = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.why);
  return result.value;
};
const texts = (commands: Result<readonly Command[]>): string[] => made(commands).map((command) => command.text);
const partsOf = <K extends ReportPart['kind']>(report: Report, kind: K): Extract<ReportPart, { kind: K }>[] =>
  report.filter((part): part is Extract<ReportPart, { kind: K }> => part.kind === kind);
const messages = (content: unknown): string[] => {
  const read = OrderOfSourcesInput(content);
  return read.ok ? [] : [read.why];
};

describe('the order of sources', () => {
  it('gives the worked example of its docstring', () => {
    expect(orderOfSources(orderOfSourcesExample).order).toBe('InternalDefinitionUpdateServer');
    expect(orderOfSources(orderOfSourcesExample).warnings).toEqual(['wsus-only', 'wsus-needs-approval']);
  });

  it('stands on the entry of the catalogue', () => {
    expect(policyNamed('order-of-sources')).toMatchObject(orderSetting);
    expect(policyNamed('order-of-sources').places).toEqual(orderSetting.places);
    expect(policyNamed('order-of-sources').elements).toEqual(orderSetting.elements);
    expect(policyNamed('order-of-sources').disabled.writes).toEqual(orderSetting.disabled.writes);
  });

  it('has the sources that the catalogue has', () => {
    expect(policyNamed('order-of-sources').elements[0]?.data).toMatchObject({ tokens: sourceTokens });
  });

  it('is written with | between the sources and nothing else', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...sourceTokens], { minLength: 1 }), (order) => {
        const text = example({ order }).order;
        expect(text).not.toMatch(/[\s{}]/);
        expect(text.split('|')).toEqual(order);
        expect(readOrder(text)).toEqual({ ok: true, value: order });
      }),
    );
  });

  it.each(generations.map((generation, index) => [generation, orderSetting.places[index]] as const))(
    'clicks through the folders of %s',
    (templates, place) => {
      const report = describeOrderOfSources(example({ templates }));
      expect(partsOf(report, 'path')[0]?.steps).toEqual([
        'Computer Configuration',
        'Policies',
        'Administrative Templates',
        'Windows Components',
        ...(place?.path ?? []),
        place?.title,
      ]);
      expect(partsOf(report, 'sentence').map((part) => part.text)).toContain(
        `Open “${place?.title}”, select Enabled, enter InternalDefinitionUpdateServer beside “${place?.title}”, and select OK.`,
      );
    },
  );

  it('carries the order in PowerShell and in reg', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...sourceTokens], { minLength: 1 }), (order) => {
        const value = example({ order });
        const key = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates';
        const expected = { action: 'set', key, valueName: 'FallbackOrder', data: order.join('|') };
        expect(texts(value.set).map(readGroupPolicyCommand)).toEqual([
          { ...expected, type: 'String', gpo: 'MDAV_Settings_Production' },
        ]);
        expect(texts(value.test).map(readRegCommand)).toEqual([{ ...expected, type: 'REG_SZ' }]);
      }),
    );
  });

  it.each<readonly [order: SourceToken[], warnings: OrderNote[]]>([
    [['InternalDefinitionUpdateServer'], ['wsus-only', 'wsus-needs-approval']],
    [['MicrosoftUpdateServer'], []],
    [['MMPC'], ['mmpc-first']],
    [['FileShares'], ['file-shares-alone']],
    [['MicrosoftUpdateServer', 'MMPC'], ['mmpc-waits']],
    [['MMPC', 'MicrosoftUpdateServer'], ['mmpc-first']],
    [['FileShares', 'MMPC'], ['file-shares-skipped']],
    [
      ['FileShares', 'InternalDefinitionUpdateServer'],
      ['wsus-needs-approval', 'file-shares-skipped'],
    ],
    [
      ['InternalDefinitionUpdateServer', 'MMPC'],
      ['wsus-needs-approval', 'leaves-wsus', 'mmpc-waits'],
    ],
    [['MicrosoftUpdateServer', 'InternalDefinitionUpdateServer'], ['wsus-needs-approval']],
    [
      ['InternalDefinitionUpdateServer', 'MicrosoftUpdateServer', 'MMPC', 'FileShares'],
      ['wsus-needs-approval', 'leaves-wsus', 'mmpc-waits', 'file-shares-skipped'],
    ],
  ])('warns where %j needs it', (order, warnings) => {
    const value = example({ order });
    expect(value.warnings).toEqual(warnings);
    expect(partsOf(describeOrderOfSources(value), 'warning')).toHaveLength(warnings.length);
  });

  it('says what each warning means', () => {
    const all = ['InternalDefinitionUpdateServer', 'MicrosoftUpdateServer', 'MMPC', 'FileShares'] as const;
    const report = [
      ...describeOrderOfSources(example()),
      ...describeOrderOfSources(example({ order: [...all], orderBefore: 'MMPC|FileShare' })),
      ...describeOrderOfSources(example({ order: ['MMPC'] })),
      ...describeOrderOfSources(example({ order: ['FileShares'] })),
    ];
    expect([...new Set(partsOf(report, 'warning').map((part) => part.text))]).toMatchInlineSnapshot(`
      [
        "WSUS is the only source, so there is no fallback, however old the updates get: watch that it synchronizes and approves.",
        "Clients get from WSUS only what is approved there, whatever tool set this order.",
        "When WSUS is out of date, clients go on to the internet, where nobody in your organization approves updates.",
        "Clients use MMPC only when they are out of date: by default after 7 days in a row without an update.",
        "While the list of file shares is empty, clients skip FileShares.",
        "The order before the change holds something that is not a documented source, or is written in another way. The undo puts it back exactly as it was recorded.",
        "MMPC stands first; Microsoft means it as the last resort.",
        "FileShares is the only source: with an empty list of file shares, security intelligence is frozen until the order is put back. Set an end date.",
      ]
    `);
    expect(partsOf(orderOfSourcesBackground(), 'note').map((part) => part.text)).toMatchInlineSnapshot(`
      [
        "Disabled and Not Configured both mean the default order, MicrosoftUpdateServer|MMPC: never use Disabled to stop updates.",
        "Where a shared location for virtual desktops is set (SharedSignatureRoot), clients do not use this order for security intelligence.",
        "The freeze is the order FileShares with the policy of the file shares Disabled. The engine comes with security intelligence and stops with it; the platform does not: inferred from what Microsoft says of each, not in its words. Give each file share without the folder of an architecture.",
      ]
    `);
  });

  it('says so when nothing would change', () => {
    const value = example({ orderBefore: 'InternalDefinitionUpdateServer' });
    expect(value.isUnchanged).toBe(true);
    expect(partsOf(describeOrderOfSources(value), 'note')[0]?.text).toBe(
      'The order before the change is the same: there is nothing to change.',
    );
  });

  it.each<readonly [state: PolicyState, line: string]>([
    [
      'not-configured',
      "Remove-GPRegistryValue -Name 'MDAV_Settings_Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder'",
    ],
    [
      'disabled',
      "Set-GPRegistryValue -Name 'MDAV_Settings_Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder' -Disable",
    ],
    [
      'enabled',
      "Set-GPRegistryValue -Name 'MDAV_Settings_Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'FallbackOrder' -Type String -Value 'MicrosoftUpdateServer|MMPC'",
    ],
  ])('undoes to %s', (stateBefore, line) => {
    expect(texts(made(example({ stateBefore, orderBefore: defaultOrder }).undo).set)).toEqual([line]);
  });

  it('puts back any recorded order exactly, or refuses with a sentence, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ minLength: 1, maxLength: 1200 })),
        fc.string({ minLength: 1, maxLength: 255 }),
        fc.constantFrom(...generations),
        (orderBefore, gpo, templates) => {
          const value = example({ orderBefore, gpo, templates });
          const undo = value.undo.ok ? value.undo.value.set : value.undo;
          const read = undo.ok ? readGroupPolicyCommand(undo.value[0]?.text ?? '') : undefined;
          if (undo.ok) expect(read).toMatchObject({ data: orderBefore, gpo });
          else expect(undo.why).toMatch(/^[A-Z].*\.$/su);
          const report = describeOrderOfSources(value);
          if (!undo.ok)
            expect(
              partsOf(report, 'warning')
                .map((part) => part.text)
                .join('\n'),
            ).toContain(undo.why);
        },
      ),
    );
  });

  it('keeps the other forms when a recorded order cannot stand in one shell', () => {
    const value = example({ orderBefore: 'MMPC|50%' });
    const undo = made(value.undo);
    expect(undo.set.ok).toBe(true);
    expect(undo.test.ok).toBe(false);
    expect(partsOf(describeOrderOfSources(value), 'warning').at(-1)?.text).toBe(
      'Undo it on the test computer: no command can be written. The value holds a percent sign (%), which cmd takes ' +
        'for the start of a variable. Use the PowerShell form of this command.',
    );
  });

  it('describes record, change, test, check and undo in the order of the work', () => {
    expect(
      describeOrderOfSources(example()).flatMap((part) =>
        part.kind === 'command'
          ? [`${part.command.shell}: ${part.command.title}`]
          : part.kind === 'path'
            ? [part.label]
            : [],
      ),
    ).toEqual([
      'powershell: Record FallbackOrder before the change',
      'Change it by hand',
      'powershell: Set FallbackOrder in the Group Policy Object',
      'cmd: Set FallbackOrder on one test computer',
      'powershell: Check FallbackOrder in the Group Policy Object',
      'cmd: Check FallbackOrder on a client',
      'powershell: Check what Defender works with',
      'Undo it by hand',
      'powershell: Set FallbackOrder in the Group Policy Object',
      'cmd: Set FallbackOrder on one test computer',
    ]);
    expect(partsOf(describeOrderOfSources(example()), 'facts')).toEqual([
      {
        kind: 'facts',
        caption: 'Order of sources',
        rows: [
          { label: 'FallbackOrder', value: 'InternalDefinitionUpdateServer' },
          {
            label: 'Registry value (REG_SZ)',
            value: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates\\FallbackOrder',
          },
          { label: 'Group Policy Object', value: 'MDAV_Settings_Production' },
          { label: 'Before the change', value: 'Enabled: MicrosoftUpdateServer|MMPC' },
        ],
      },
    ]);
  });
});

describe('the file shares beside the order', () => {
  const withShares = (shares: OrderOfSourcesInput['shares'], order: SourceToken[] = ['FileShares']) =>
    example({ order, shares });

  it('stand on the entry of the catalogue', () => {
    expect(policyNamed('file-shares')).toMatchObject(sharesSetting);
    expect(policyNamed('file-shares').places).toEqual(sharesSetting.places);
    expect(policyNamed('file-shares').elements).toEqual(sharesSetting.elements);
    expect(policyNamed('file-shares').disabled.writes).toEqual(sharesSetting.disabled.writes);
  });

  it('are written in their order with | between them', () => {
    const { shares } = withShares({ list: ['\\\\files1\\updates', '\\\\files2\\b c'], stateBefore: 'not-configured' });
    expect(texts(made(shares ? { ok: true, value: shares } : { ok: false, why: 'none' }).set)).toEqual([
      "Set-GPRegistryValue -Name 'MDAV_Settings_Production' -Key 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Signature Updates' -ValueName 'DefinitionUpdateFileSharesSources' -Type String -Value '\\\\files1\\updates|\\\\files2\\b c'",
    ]);
  });

  it('freeze with an empty list, and both policies go back to exactly what was recorded', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<PolicyState>('enabled', 'disabled', 'not-configured'),
        fc.constantFrom<PolicyState>('enabled', 'disabled', 'not-configured'),
        fc.stringMatching(/^[\x21-\x7e][\x20-\x7e]{0,200}$/),
        (stateBefore, sharesState, recorded) => {
          const value = example({
            order: ['FileShares'],
            stateBefore,
            orderBefore: recorded,
            shares: { list: [], stateBefore: sharesState, sharesBefore: recorded },
          });
          const [order, shares] = orderChanges(value);
          expect(order?.change.writes).toMatchObject([{ valueName: 'FallbackOrder', data: 'FileShares' }]);
          expect(shares?.change.writes).toMatchObject([
            { valueName: 'DefinitionUpdateFileSharesSources', delete: true },
          ]);
          const back = { enabled: { data: recorded }, disabled: { delete: true }, 'not-configured': { unset: true } };
          expect(order?.undo?.writes).toMatchObject([{ valueName: 'FallbackOrder', ...back[stateBefore] }]);
          expect(shares?.undo?.writes).toMatchObject([
            { valueName: 'DefinitionUpdateFileSharesSources', ...back[sharesState] },
          ]);
        },
      ),
    );
  });

  it('say when nobody uses them, and no longer that the list may be empty', () => {
    const shares = { list: ['\\\\files1\\updates'], stateBefore: 'disabled' } as const;
    expect(withShares({ ...shares, list: [...shares.list] }, ['MMPC']).warnings).toEqual([
      'mmpc-first',
      'file-shares-unused',
    ]);
    expect(withShares({ ...shares, list: [...shares.list] }).warnings).toEqual([]);
    expect(withShares({ list: [], stateBefore: 'disabled' }).warnings).toEqual(['file-shares-alone']);
  });

  it.each<readonly [shares: string[], why: string | undefined]>([
    [[], undefined],
    [['\\\\files1.contoso.com\\updates\\defender', '\\\\files2\\updates$'], undefined],
    [['C:\\updates'], 'File share must be a path such as \\\\server\\share, without | and without \\ at its end'],
    [['\\\\files1'], 'File share must be a path such as \\\\server\\share, without | and without \\ at its end'],
    [
      ['\\\\files1\\a|\\\\files2\\b'],
      'File share must be a path such as \\\\server\\share, without | and without \\ at its end',
    ],
    [['\\\\f\\u\\x64'], 'File share must be without \\x64 at its end: clients add that folder themselves'],
    [['\\\\f\\u\\'], 'File share must be a path such as \\\\server\\share, without | and without \\ at its end'],
    [['\\\\f\\u\\X86'], 'File share must be without \\X86 at its end: clients add that folder themselves'],
    [['\\\\f\\u', '\\\\f\\u'], 'Name the file share \\\\f\\u once'],
    [
      [1, 2, 3, 4, 5].map((n) => `\\\\f\\${String(n).repeat(230)}`),
      'File shares must be 1023 characters or fewer together',
    ],
  ])('are %j or say why not', (shares, why) => {
    expect(sharesFault(shares)).toBe(why);
    expect(messages({ ...orderOfSourcesExample, shares: { list: shares, stateBefore: 'disabled' } })).toEqual(
      why === undefined ? [] : [why],
    );
  });

  it('hold nothing that the rules of the catalogue refuse', () => {
    const part = fc.stringMatching(/^[a-zA-Z\d$._-]{1,12}$/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(part, part), { minLength: 1, maxLength: 3 }), (names) => {
        const list = names.map(([server, share]) => `\\\\${server}\\${share}`);
        fc.pre(sharesFault(list) === undefined);
        expect(settingChange(policyNamed('file-shares'), 'enabled', { shares: list.join('|') }).ok).toBe(true);
      }),
    );
  });
});

describe('the sheet of the order of sources', () => {
  const given = {
    productionOrder: 'FileShares',
    templates: 'microsoft-defender-antivirus',
    productionGpo: 'MDAV_Settings_Production',
    orderBeforeState: 'not-configured',
  };
  const read = (raw: Readonly<Record<string, string>>) =>
    readOrderOfSources(makeSheet(raw, inputs, { today: '2026-11-02' }), '2026-11-02');

  it('waits for what the order needs', () => {
    expect(readOrderOfSources({}, '2026-11-02')).toEqual({ state: 'waiting', waitsFor: orderOfSourcesNeeds });
    expect(read({ ...given, orderBeforeState: 'enabled' })).toEqual({ state: 'waiting', waitsFor: ['orderBefore'] });
  });

  it('leaves the file shares alone until somebody says what they are to be', () => {
    expect(read({ ...given, fileShare: '\\\\files1\\updates' })).toEqual({
      state: 'ready',
      input: {
        order: ['FileShares'],
        templates: 'microsoft-defender-antivirus',
        gpo: 'MDAV_Settings_Production',
        stateBefore: 'not-configured',
      },
    });
  });

  it.each<readonly [raw: Readonly<Record<string, string>>, waitsFor: string[]]>([
    [{ fileSharesState: 'enabled' }, ['fileShare', 'sharesBeforeState']],
    [{ fileSharesState: 'disabled' }, ['sharesBeforeState']],
    [{ fileSharesState: 'disabled', sharesBeforeState: 'enabled' }, ['sharesBefore']],
    [
      {
        fileSharesState: 'enabled',
        sharesBeforeState: 'disabled',
        fileShare: '\\\\files1\\updates',
        fileShare2: '\\\\files1\\a|\\\\files2\\b',
      },
      ['fileShare2'],
    ],
  ])('waits with %j for %j', (raw, waitsFor) => {
    expect(read({ ...given, ...raw })).toEqual({ state: 'waiting', waitsFor });
  });

  it('says why shares that are right for their fields are wrong here', () => {
    const shares = { fileSharesState: 'enabled', sharesBeforeState: 'disabled', fileShare: '\\\\files1\\updates\\x64' };
    expect(read({ ...given, ...shares })).toEqual({
      state: 'waiting',
      waitsFor: ['fileShare'],
      why: 'File share must be without \\x64 at its end: clients add that folder themselves',
    });
  });

  it('takes the shares in their order', () => {
    const shares = { fileSharesState: 'enabled', sharesBeforeState: 'enabled', sharesBefore: ' odd ' };
    expect(read({ ...given, ...shares, fileShare: '\\\\b\\c', fileShare3: '\\\\a\\c' })).toMatchObject({
      input: { shares: { list: ['\\\\b\\c', '\\\\a\\c'], stateBefore: 'enabled', sharesBefore: ' odd ' } },
    });
  });
});

describe('the input of the order of sources', () => {
  it.each<readonly [changes: object, message: string]>([
    [{ order: [] }, 'Enter at least one source.'],
    [{ order: ['MMPC', 'MMPC'] }, 'Name each source once.'],
    [
      { order: ['FileShare'] },
      'Each source must be one of InternalDefinitionUpdateServer, MicrosoftUpdateServer, MMPC, FileShares.',
    ],
    [{ templates: 'vista' }, 'Select what the Group Policy console says.'],
    [{ gpo: '' }, 'Enter the name of the Group Policy Object.'],
    [{ gpo: undefined }, 'Enter the name of the Group Policy Object.'],
    [{ gpo: 'a'.repeat(256) }, 'The name of the Group Policy Object must be 255 characters or fewer.'],
    [{ stateBefore: 'on' }, 'State must be enabled, disabled or not-configured.'],
    [{ orderBefore: undefined }, 'Enter the order before the change exactly as it was recorded.'],
    [{ orderBefore: '' }, 'Enter the order before the change exactly as it was recorded.'],
  ])('says what is wrong with %j', (changes, message) => {
    expect(messages({ ...orderOfSourcesExample, ...changes })).toEqual([message]);
  });

  it('asks for no order before when there was none', () => {
    expect(messages({ ...orderOfSourcesExample, stateBefore: 'disabled', orderBefore: undefined })).toEqual([]);
  });

  it.each([
    ['', 'Enter the order of sources.'],
    ['InternalDefinitionUpdateServer|FileShare', 'Order names FileShare, which is not a source: write FileShares.'],
    [
      'MMPC | FileShares',
      'Order holds braces or spaces: write only the sources with | between them, for example InternalDefinitionUpdateServer|MicrosoftUpdateServer.',
    ],
  ])('reads %j as people type it and says what to write', (text, why) => {
    expect(readOrder(text)).toEqual({ ok: false, why });
  });
});
