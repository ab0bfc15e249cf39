import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldFaults } from '../../../../src/lib/core/runbook/field-lint.ts';
import { fileWithStep, problemsOf } from '../../../support/compile.ts';

const said = (text: string): string[] =>
  fieldFaults(text).map(({ offset, code, message, mend }) => `${offset} ${code}: ${message} ${mend}`);

describe('mistakes that stand in published articles', () => {
  test.each([
    [
      'gpupdate / force',
      [
        '0 gpupdate-space: `gpupdate / force` has a space after the slash, which gpupdate does not take. Write `gpupdate /force`.',
      ],
    ],
    [
      'Run GPUPDATE.exe  / Target:computer',
      [
        '4 gpupdate-space: `GPUPDATE.exe  / Target` has a space after the slash, which gpupdate does not take. Write `GPUPDATE.exe  /Target`.',
      ],
    ],
    [
      'gpupdate /target:computer / force',
      [
        '0 gpupdate-space: `gpupdate /target:computer / force` has a space after the slash, which gpupdate does not take. Write `gpupdate /target:computer /force`.',
      ],
    ],
    [
      'the InternalDefinitionUpdateServder',
      ['4 field-spelling: `InternalDefinitionUpdateServder` is misspelt. Write `InternalDefinitionUpdateServer`.'],
    ],
    ['equivelant', ['0 field-spelling: `equivelant` is misspelt. Write `equivalent`.']],
    ['alreadyy', ['0 field-spelling: `alreadyy` is misspelt. Write `already`.']],
    ['Micrsoft', ['0 field-spelling: `Micrsoft` is misspelt. Write `Microsoft`.']],
    ['Set Sync Schedul', ['0 field-spelling: `Set Sync Schedul` is misspelt. Write `Configure Sync Schedule`.']],
    [
      '-SignatureDefinitionUpdateFileSharesSource x',
      [
        '1 field-spelling: `SignatureDefinitionUpdateFileSharesSource` is misspelt. Write `SignatureDefinitionUpdateFileSharesSources`.',
      ],
    ],
    [
      'DefinitionUpdateFileSharesSource',
      ['0 field-spelling: `DefinitionUpdateFileSharesSource` is misspelt. Write `DefinitionUpdateFileSharesSources`.'],
    ],
    ['This process compromises of actions', ['13 field-spelling: `compromises of` is misspelt. Write `comprises`.']],
    ['Clients computers', ['0 field-spelling: `Clients computers` is misspelt. Write `Client computers`.']],
    ['FileShare', ['0 unknown-source: `FileShare` is not a source of updates. Write `FileShares`.']],
    [
      'InternalDefinitionUpdateServer|MicrosoftUpdateServer|MMPC|FileShare',
      ['58 unknown-source: `FileShare` is not a source of updates. Write `FileShares`.'],
    ],
    ['FileShare | MMPC', ['0 unknown-source: `FileShare` is not a source of updates. Write `FileShares`.']],
    [
      'MMPC|WSUS',
      [
        '5 unknown-source: `WSUS` is not a source of updates. The sources are `InternalDefinitionUpdateServer`, `MicrosoftUpdateServer`, `MMPC`, `FileShares`.',
      ],
    ],
    [
      'MMPC|InternalDefinitionUpdateServder',
      ['5 field-spelling: `InternalDefinitionUpdateServder` is misspelt. Write `InternalDefinitionUpdateServer`.'],
    ],
  ])('%s', (text, faults) => {
    expect(said(text)).toEqual(faults);
  });

  test('are all told, in reading order', () => {
    expect(fieldFaults('Micrsoft, gpupdate / force, FileShare, Micrsoft').map(({ offset }) => offset)).toEqual([
      0, 10, 28, 39,
    ]);
  });
});

describe('what is right', () => {
  test.each([
    'gpupdate /force',
    'gpupdate /target:computer /force',
    'Run gpupdate. / Then wait.',
    'InternalDefinitionUpdateServer|MicrosoftUpdateServer|MMPC|FileShares',
    'MMPC',
    'yes|no',
    'Get-Process | Stop-Process',
    'Set-MpPreference -SignatureDefinitionUpdateFileSharesSources x',
    'Configure Sync Schedule. Older texts call it Set Sync Schedule.',
    'The agreement compromises office hours.',
  ])('%s', (text) => {
    expect(fieldFaults(text)).toEqual([]);
  });
});

test('any fault stands where it says', () => {
  const wrong = fc.constantFrom('Micrsoft', 'FileShare', 'alreadyy', 'gpupdate / force');

  fc.assert(
    fc.property(fc.array(fc.constantFrom('the', 'server,', 'MMPC', '(1)')), wrong, (before, word) => {
      const text = [...before, word].join(' ');

      expect(fieldFaults(text).map(({ offset }) => offset)).toEqual([text.length - word.length]);
    }),
  );
});

describe('in a runbook', () => {
  test('every place for text is looked at', () => {
    const source = fileWithStep(
      [
        'Micrsoft in text, **Micrsoft** in bold, `Micrsoft` in code, [Micrsoft](https://example.com).',
        '| Micrsoft |\n|---|\n| Micrsoft |',
        '- Micrsoft',
        '```powershell\nGet-Micrsoft\n  "Micrsoft"\n```',
        '```text\nMicrsoft\n```',
        '<Why>Micrsoft</Why>',
      ].join('\n\n'),
    )
      .replace('Restart the WSUS', 'Restart the Micrsoft')
      .replace('when the WSUS', 'when the Micrsoft')
      .replace('Try the example">', 'Try Micrsoft">');

    expect(problemsOf(source).match(/^\d+:\d+ .*is misspelt/gm)).toMatchInlineSnapshot(`
      [
        "2:1  \`Micrsoft\` is misspelt",
        "3:1  \`Micrsoft\` is misspelt",
        "14:1  \`Micrsoft\` is misspelt",
        "19:1  \`Micrsoft\` is misspelt",
        "19:21  \`Micrsoft\` is misspelt",
        "19:41  \`Micrsoft\` is misspelt",
        "19:62  \`Micrsoft\` is misspelt",
        "21:3  \`Micrsoft\` is misspelt",
        "23:3  \`Micrsoft\` is misspelt",
        "25:3  \`Micrsoft\` is misspelt",
        "28:5  \`Micrsoft\` is misspelt",
        "29:4  \`Micrsoft\` is misspelt",
        "33:1  \`Micrsoft\` is misspelt",
        "36:6  \`Micrsoft\` is misspelt",
      ]
    `);
  });

  test('a word that an article breaks with asterisks is found', () => {
    expect(problemsOf(fileWithStep('Select **Set Sync Schedul**e.'))).toContain('`Set Sync Schedul` is misspelt.');
  });

  test('the column is right on every line of a wrapped paragraph, in a list and in an indented fence', () => {
    expect(
      problemsOf(
        fileWithStep(
          '1. The first line\n   of Micrsoft\n   and alreadyy.\n\n   ```cmd\n   rem\n   gpupdate / force\n   ```',
        ),
      ).match(/^\d+:\d+/gm),
    ).toEqual(['20:7', '21:8', '25:4']);
  });
});

describe('names of yesterday and statements that are not true', () => {
  test.each([
    [
      'Open securitycenter.windows.com',
      ['5 outdated-name: `securitycenter.windows.com` has another name now. Write `security.microsoft.com`.'],
    ],
    ['Use SCCM', ['4 outdated-name: `SCCM` has another name now. Write `Configuration Manager`.']],
    [
      'every 90 minutes\n+/- 30 minutes',
      [
        '17 known-error: `+/- 30` refreshes Group Policy sooner than Windows does. Write that it refreshes every 90 minutes and a random 0 to 30 minutes more.',
      ],
    ],
    [
      'Settings >\nOnboarding',
      [
        '0 known-error: `Settings > Onboarding` is not the whole path. Write **System** > **Settings** > **Endpoints** > **Onboarding**.',
      ],
    ],
  ])('%j', (text, faults) => {
    expect(said(text)).toEqual(faults);
  });

  test.each([
    'securitycenterXwindows.com',
    'Microsoft System Center Endpoint Protection',
    'every 90 minutes, and a random 0 to 30 minutes more',
    'a delay of 10 + 30 minutes',
    'Test-NetConnection -Port 443',
    'Other periods that are still printed, 30 days and 3 days, are older rules',
    'System > Settings > Endpoints > Onboarding',
    'wait 15 minutes inside a site',
    'Daily updates come several times a day, monthly updates once',
    'Windows components > Microsoft Defender Antivirus > Security Intelligence Updates',
  ])('%s is fine', (text) => {
    expect(said(text)).toEqual([]);
  });

  test('are told across bold type and code, once, where their line begins', () => {
    expect(problemsOf(fileWithStep('Go on.\n\nOpen **Settings** > **Onboarding**.'))).toMatchInlineSnapshot(`
      "21:1  \`Settings > Onboarding\` is not the whole path.
            Write **System** > **Settings** > **Endpoints** > **Onboarding**. (known-error)"
    `);
    expect(problemsOf(fileWithStep('Open **SCCM** and **look**.')).match(/SCCM/g)).toHaveLength(1);
  });
});
