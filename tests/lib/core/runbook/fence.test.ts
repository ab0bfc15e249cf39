import { describe, expect, test } from 'vitest';
import { codesOf, fileWithStep, outlineOfBlocks, problemsOf, stepWith } from '../../../support/compile.ts';

const fence = (head: string, body = 'Get-Date'): string => `\`\`\`${head}\n${body}\n\`\`\``;

describe('a code fence', () => {
  test('is a command with values by name', () => {
    expect(
      stepWith(fence('powershell where="the WSUS server"', 'Get-GPO -Name {{productionGpo}}\n  | Out-Null'), [
        'productionGpo',
      ]).body,
    ).toEqual([
      {
        type: 'command',
        shell: 'powershell',
        where: 'the WSUS server',
        parts: [{ text: 'Get-GPO -Name ' }, { of: 'productionGpo' }, { text: '\n  | Out-Null' }],
      },
    ]);
  });

  test('is for the Command Prompt, too, and need not say where', () => {
    expect(stepWith(fence('cmd', 'ver')).body).toEqual([{ type: 'command', shell: 'cmd', parts: [{ text: 'ver' }] }]);
  });

  test('is what a screen shows, to the letter', () => {
    expect(stepWith(fence('text', '  <b> {{productionGpo}} {x}\n\nend ')).body).toEqual([
      { type: 'output', text: '  <b> {{productionGpo}} {x}\n\nend ' },
    ]);
  });

  test('may use derived values, with their inputs listed', () => {
    expect(problemsOf(fileWithStep(fence('cmd', 'ping {{wsusUrl}}'), ['wsusSsl', 'wsusServer'])))
      .toMatchInlineSnapshot(`
      "20:6  The input \`wsusPort\` is used here through \`wsusUrl\`, but the front matter does not list it.
            Add \`wsusPort\` to \`inputs\`, where the sheet should ask for it. (unlisted-input)"
    `);
  });

  test.each([
    ['powershell where=here'],
    ["powershell where='here'"],
    ['powershell where=""'],
    ['powershell wheer="here"'],
    ['powershell title="x" where="here"'],
    ['text where="here"'],
  ])('%s has something after its language that is not understood', (head) => {
    expect(codesOf(fileWithStep(fence(head)))).toEqual(['unknown-attribute']);
  });

  test('says what it may have after its language', () => {
    expect(problemsOf(fileWithStep(`${fence('cmd run')}\n\n${fence('text run')}`))).toMatchInlineSnapshot(`
      "19:1  A code fence has \`run\` after its language.
            Write \`where="…"\` and in it where to run the command, or nothing. (unknown-attribute)
      23:1  A code fence has \`run\` after its language.
            Take it away: only a command says where to run it. (unknown-attribute)"
    `);
  });

  test.each(['powershell', 'cmd', 'text'])('of %s may not be empty', (language) => {
    expect(problemsOf(fileWithStep(fence(language, ' ')))).toContain('19:1  A code fence holds nothing.');
  });

  test('without a language, or in a strange one, is told', () => {
    expect(problemsOf(fileWithStep(`${fence('')}\n\n${fence('PowerShell')}`))).toMatchInlineSnapshot(`
      "19:1  A code fence has no language.
            Write \`powershell\` or \`cmd\` for a command to copy, \`text\` for what a screen shows. (fence-language)
      23:1  A code fence is in \`PowerShell\`.
            Write \`powershell\` or \`cmd\` for a command to copy, \`text\` for what a screen shows. (fence-language)"
    `);
  });

  test('has each of its faults where it stands, in lists as well', () => {
    const body =
      '- Run:\n\n  ```powershell\n  Get-GPO -Name "{{productionGpo}}"\n  # {{wsusServer}}\n  Get-GPO {{nobody}} {{proxyPassword}}\n  ```';

    expect(problemsOf(fileWithStep(body, ['productionGpo', 'wsusServer', 'proxyPassword'])).match(/^\d+:\d+.*/gm))
      .toMatchInlineSnapshot(`
      [
        "22:18  \`{{productionGpo}}\` stands inside quotes.",
        "23:5  \`{{wsusServer}}\` stands in a comment, where it does nothing.",
        "24:11  No input and no calculator gives \`nobody\`.",
        "24:22  \`proxyPassword\` is a secret and cannot stand in a command.",
      ]
    `);
  });
});

test('every other kind of fence stays what it is in the outline', () => {
  expect(outlineOfBlocks(stepWith('~~~cmd where="here"\nver\n~~~').body)).toBe('cmd @ here: ver');
});
