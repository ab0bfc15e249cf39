import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { CMD_LINE_LIMIT, cmdArgument } from '../../../../src/lib/core/commands/cmd.ts';
import { readCmdLine, splitArguments } from './support/cmd-line.ts';
import { hostile, hostileAscii } from './support/hostile.ts';
import { refusedCharacters } from './support/refused-characters.ts';

// Thousands of runs take seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const why = (text: string): string => {
  const argument = cmdArgument(text);
  if (argument.ok) throw new Error(`${JSON.stringify(text)} is accepted as ${argument.value}`);
  return argument.why;
};

describe('cmdArgument writes', () => {
  test.each([
    ['plain text', 'YR2K19', '"YR2K19"'],
    ['empty text', '', '""'],
    ['metacharacters, harmless between quotes', 'a & b | c > d ^ (e)', '"a & b | c > d ^ (e)"'],
    ['a path', 'C:\\Backups\\GPO', '"C:\\Backups\\GPO"'],
    ['a path that ends in a backslash', 'C:\\Backups\\', '"C:\\Backups\\\\"'],
    ['only backslashes', '\\\\\\', '"\\\\\\\\\\\\"'],
    ['an apostrophe', "O'Brien", '"O\'Brien"'],
  ])('%s', (_reason, text, argument) => {
    expect(cmdArgument(text)).toEqual({ ok: true, value: argument });
  });
});

describe('cmdArgument refuses', () => {
  test('a double quote, and says to use PowerShell', () => {
    expect(why('a"b')).toMatchInlineSnapshot(
      `"The value holds a double quote ("), which ends an argument in cmd. Use the PowerShell form of this command."`,
    );
  });

  test.each([
    ['a variable', '%PATH%', 'a percent sign (%), which cmd takes for the start of a variable'],
    ['delayed expansion', 'Go!', 'an exclamation mark (!), which a batch file may take for the start of a variable'],
    ['a letter outside of ASCII', 'Büro', 'ü (U+00FC), which a batch file can read as another character'],
    ['a smart quote, which the console makes a `"`', '\u201d & calc', '\u201d (U+201D)'],
    ['a line break', 'a\nb', 'a line break (U+000A)'],
    ['a no-break space', 'a\u00a0b', 'an unusual space (U+00A0)'],
  ])('%s', (_reason, text, words) => {
    expect(why(text)).toContain(words);
  });

  test('a value that is longer than a line', () => {
    expect(why('x'.repeat(CMD_LINE_LIMIT + 1))).toBe(
      'The value is 8,192 characters long, and a cmd line must be 8,191 or fewer. Use the PowerShell form of this command.',
    );
  });

  test('every character of the table', () => {
    for (const character of refusedCharacters) expect(cmdArgument(`a${character}b`).ok).toBe(false);
  });
});

describe('for any hostile text', () => {
  test('reg gets exactly the values back, and cmd acts on nothing, or a sentence says why not', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(hostile, hostileAscii), fc.oneof(hostile, hostileAscii), (name, data) => {
        const [first, second] = [cmdArgument(name), cmdArgument(data)];
        for (const argument of [first, second]) if (!argument.ok) expect(argument.why).toMatch(/^The value .+\. .+\.$/);
        if (!first.ok || !second.ok) return;
        accepted += 1;
        const { commands, acted } = readCmdLine(`reg add "HKLM\\X" /v ${first.value} /d ${second.value} /f`);
        expect(acted).toEqual([]);
        expect(commands.map(splitArguments)).toEqual([['reg', 'add', 'HKLM\\X', '/v', name, '/d', data, '/f']]);
      }),
      { numRuns: 10_000 },
    );
    expect(accepted).toBeGreaterThan(1_000);
  });

  test('an accepted argument is printable ASCII between two quotes, without " % or ! inside', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, hostileAscii), (text) => {
        const argument = cmdArgument(text);
        if (argument.ok) expect(argument.value).toMatch(/^"[ #$&-~]*"$/);
        else expect(text).toMatch(/["%!]|[^ -~]/);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("the tests' own reader of cmd", () => {
  test.each([
    ['a quote that ends the argument', '"a" & calc "', ['&']],
    ['a variable inside quotes', '"%PATH%"', ['%PATH%']],
    ['a caret outside of quotes', 'a ^& b', ['^']],
  ])('notices %s', (_reason, line, acted) => {
    expect(readCmdLine(line).acted).toEqual(acted);
  });

  test.each([
    // The table of "Parsing C command-line arguments".
    ['"abc" d e', ['abc', 'd', 'e']],
    ['a\\\\b d"e f"g h', ['a\\\\b', 'de fg', 'h']],
    ['a\\\\\\"b c d', ['a\\"b', 'c', 'd']],
    ['a\\\\\\\\"b c" d e', ['a\\\\b c', 'd', 'e']],
    ['"C:\\a b\\" c', ['C:\\a b" c']],
  ])('splits %s', (line, found) => {
    expect(splitArguments(line)).toEqual(found);
  });
});
