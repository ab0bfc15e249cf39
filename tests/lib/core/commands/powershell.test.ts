import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { POWERSHELL_VALUE_LIMIT, powershellLiteral } from '../../../../src/lib/core/commands/powershell.ts';
import { hostile, hostileButAllowed, singleQuotes } from './support/hostile.ts';
import { loadPowershellGrammar } from './support/powershell-grammar.ts';
import { readSingleQuoted, tokenizePowershell } from './support/powershell-tokens.ts';
import { holdsRefusedCharacter, refusedCharacters } from './support/refused-characters.ts';

// Thousands of runs take seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const parse = await loadPowershellGrammar();

const why = (text: string): string => {
  const literal = powershellLiteral(text);
  if (literal.ok) throw new Error(`${JSON.stringify(text)} is accepted as ${literal.value}`);
  return literal.why;
};

describe('powershellLiteral writes', () => {
  test.each([
    ['plain text', 'MDAV_Settings_Production', "'MDAV_Settings_Production'"],
    ['empty text', '', "''"],
    ['a name with an apostrophe', "O'Brien", "'O''Brien'"],
    ['a typographic apostrophe', 'O\u2019Brien', "'O\u2019\u2019Brien'"],
    [
      'each of the five, doubled by itself',
      singleQuotes.join(''),
      "'''\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'",
    ],
    ['what double quotes would expand', '$env:x $(1) `n', "'$env:x $(1) `n'"],
    ['smart double quotes and dashes as they are', '\u201ca\u201d \u2013 b', "'\u201ca\u201d \u2013 b'"],
    ['a list of sources', 'InternalDefinitionUpdateServer|MMPC', "'InternalDefinitionUpdateServer|MMPC'"],
    ['characters outside of the basic plane', '\u{1f600}', "'\u{1f600}'"],
    ['the longest value', 'x'.repeat(POWERSHELL_VALUE_LIMIT), `'${'x'.repeat(POWERSHELL_VALUE_LIMIT)}'`],
  ])('%s', (_reason, text, literal) => {
    expect(powershellLiteral(text)).toEqual({ ok: true, value: literal });
  });
});

describe('powershellLiteral refuses', () => {
  test('a line break, and says to put the value on one line', () => {
    expect(why('a\nb')).toMatchInlineSnapshot(
      `"The value holds a line break (U+000A), which would end the command there. Put the value on one line."`,
    );
  });

  test.each([
    ['carriage return', 'a\rb', 'a line break (U+000D)'],
    ['next line', 'a\u0085b', 'a line break (U+0085)'],
    ['line separator', 'a\u2028b', 'a line break (U+2028)'],
    ['paragraph separator', 'a\u2029b', 'a line break (U+2029)'],
    ['tab', 'a\tb', 'a tab (U+0009)'],
    ['NUL', 'a\0b', 'a control character (U+0000)'],
    ['bell', 'a\u0007b', 'a control character (U+0007)'],
    ['DEL', 'a\u007fb', 'a control character (U+007F)'],
    ['C1 control', 'a\u009bb', 'a control character (U+009B)'],
    ['right-to-left override', 'a\u202eb', 'a control for the reading direction (U+202E)'],
    ['Arabic letter mark', 'a\u061cb', 'a control for the reading direction (U+061C)'],
    ['no-break space', 'a\u00a0b', 'an unusual space (U+00A0)'],
    ['ideographic space', 'a\u3000b', 'an unusual space (U+3000)'],
    ['braille blank', 'a\u2800b', 'an unusual space (U+2800)'],
    ['soft hyphen', 'a\u00adb', 'an invisible character (U+00AD)'],
    ['zero-width space', 'a\u200bb', 'an invisible character (U+200B)'],
    ['byte order mark', '\ufeffa', 'an invisible character (U+FEFF)'],
    ['zero-width joiner', 'a\u200db', 'an invisible character (U+200D)'],
    ['variation selector', '\u2764\ufe0f', 'an invisible character (U+FE0F)'],
    ['tag character', 'a\u{e0041}', 'an invisible character (U+E0041)'],
    ['high surrogate alone', 'a\ud83d', 'a broken character (U+D83D)'],
    ['low surrogate alone', '\ude00a', 'a broken character (U+DE00)'],
    ['replacement character', 'a\ufffdb', 'a broken character (U+FFFD)'],
    ['non-character', 'a\uffffb', 'a broken character (U+FFFF)'],
  ])('a value with a %s', (_reason, text, words) => {
    expect(why(text)).toContain(`The value holds ${words}, `);
  });

  test('a value that is too long, and says by how much', () => {
    expect(why('x'.repeat(POWERSHELL_VALUE_LIMIT + 1))).toBe(
      'The value is 32,768 characters long, and a PowerShell value must be 32,767 or fewer. Shorten it.',
    );
  });

  test('every character of the table, wherever it stands', () => {
    for (const character of refusedCharacters) {
      expect(why(`a${character}`)).toMatch(/^The value holds .+ \(U\+[0-9A-F]{4,6}\), .+\. .+\.$/);
      expect(powershellLiteral(`${character} b`).ok).toBe(false);
    }
  });
});

describe('for any hostile text', () => {
  const tail = ' -Value 1';
  const head = 'Set-GPRegistryValue -Name ';

  test('PowerShell reads back the same value with the same bounds, or a sentence says why not', () => {
    let accepted = 0;
    fc.assert(
      fc.property(hostile, (text) => {
        const literal = powershellLiteral(text);
        if (!literal.ok) {
          expect(literal.why).toMatch(/^The value .+\. .+\.$/);
          return;
        }
        accepted += 1;
        const line = head + literal.value + tail;
        const end = line.length - tail.length;

        const { clean, strings } = parse(line);
        const [string, ...others] = strings;
        expect(clean).toBe(true);
        expect(others).toEqual([]);
        expect([string?.start, string?.end]).toEqual([head.length, end]);
        expect(readSingleQuoted(string?.source ?? '', 0).value).toBe(text);

        expect(tokenizePowershell(line).map(({ start, end: stop, value }) => [start, stop, value])).toEqual([
          [0, 19, 'Set-GPRegistryValue'],
          [20, 25, '-Name'],
          [head.length, end, text],
          [end + 1, end + 7, '-Value'],
          [end + 8, end + 9, '1'],
        ]);
      }),
      { numRuns: 10_000 },
    );
    // A door that refuses everything would pass the rest.
    expect(accepted).toBeGreaterThan(5_000);
  });

  test('two values in one command stay two values', () => {
    fc.assert(
      fc.property(hostileButAllowed, hostileButAllowed, (one, two) => {
        const [first, second] = [powershellLiteral(one), powershellLiteral(two)];
        if (!first.ok || !second.ok) throw new Error('allowed text is refused');
        const line = `New-GPLink -Name ${first.value} -Target ${second.value}`;
        const parsed = parse(line);
        expect(parsed.clean).toBe(true);
        expect(parsed.strings.map(({ source }) => readSingleQuoted(source, 0).value)).toEqual([one, two]);
        expect(tokenizePowershell(line).map(({ value }) => value)).toEqual([
          'New-GPLink',
          '-Name',
          one,
          '-Target',
          two,
        ]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('nothing refused ever appears in an accepted literal, and only refused text is refused', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const literal = powershellLiteral(text);
        if (literal.ok) expect(holdsRefusedCharacter(literal.value)).toBe(false);
        else if (!/\p{Cf}|\p{DI}|\p{NChar}/u.test(text)) expect(holdsRefusedCharacter(text)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("the tests' own reader of PowerShell", () => {
  test('ends a string at any of the five quotes, as PowerShell does', () => {
    expect(readSingleQuoted("'a\u2019; calc", 0)).toEqual({ kind: 'string', start: 0, end: 3, value: 'a' });
  });

  test('refuses what the grammar lets through', () => {
    expect(parse("Get-GPO -Name 'O\u2019; calc'").clean).toBe(true);
    expect(() => tokenizePowershell("Get-GPO -Name 'O\u2019; calc'")).toThrow('Unexpected ";"');
  });
});
