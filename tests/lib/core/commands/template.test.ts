import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { composeCommand } from '../../../../src/lib/core/commands/compose.ts';
import { parseTemplate, type Template } from '../../../../src/lib/core/commands/template.ts';
import { readCmdLine, splitArguments } from './support/cmd-line.ts';
import { hostileAscii, hostileButAllowed } from './support/hostile.ts';
import { loadPowershellGrammar } from './support/powershell-grammar.ts';
import { readSingleQuoted } from './support/powershell-tokens.ts';

// Thousands of runs take seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const parse = await loadPowershellGrammar();

const codes = ({ faults }: Template): string[] => faults.map(({ code }) => code);

/** The source again, from the parts. */
const written = ({ parts }: Template): string =>
  parts.map((part) => ('text' in part ? part.text : `{{${part.of}}}`)).join('');

describe('parseTemplate', () => {
  test('splits a fence into text and values', () => {
    expect(parseTemplate('powershell', 'Set-X -Name {{productionGpo}} -Value {{order2}}\n')).toEqual({
      parts: [
        { text: 'Set-X -Name ' },
        { of: 'productionGpo' },
        { text: ' -Value ' },
        { of: 'order2' },
        { text: '\n' },
      ],
      faults: [],
    });
  });

  test('has no parts for an empty fence', () => {
    expect(parseTemplate('cmd', '')).toEqual({ parts: [], faults: [] });
  });

  test('reports every fault of a fence in order, with its place, what is wrong and the mend', () => {
    expect(parseTemplate('powershell', 'A "{{x}}" {{1}} # {{y}}\nB {{z')).toMatchInlineSnapshot(`
      {
        "faults": [
          {
            "code": "value-inside-quotes",
            "mend": "Take the quotes away: the value brings its own. For a value with text around it, name a value that holds both.",
            "message": "\`{{x}}\` stands inside quotes",
            "offset": 3,
          },
          {
            "code": "value-name",
            "mend": "Write letters and digits only, a letter first, without spaces, for example \`{{productionGpo}}\`.",
            "message": "\`{{1}}\` is not the name of a value",
            "offset": 10,
          },
          {
            "code": "value-in-comment",
            "mend": "Say it in the text of the step, with \`<Value of="…" />\`, or take the value out of the comment.",
            "message": "\`{{y}}\` stands in a comment, where it does nothing",
            "offset": 18,
          },
          {
            "code": "unclosed-value",
            "mend": "Close the name with two braces, for example \`{{productionGpo}}\`, or put a space between braces that are no value.",
            "message": "\`{{\` has no \`}}\` on the same line",
            "offset": 26,
          },
        ],
        "parts": [
          {
            "text": "A "",
          },
          {
            "of": "x",
          },
          {
            "text": "" {{1}} # ",
          },
          {
            "of": "y",
          },
          {
            "text": "
      B {{z",
          },
        ],
      }
    `);
  });

  test.each(['{{}}', '{{ x }}', '{{x-y}}', '{{2x}}', '{{x.y}}', '{{größe}}', '{{__proto__}}'])(
    'takes %s for no name',
    (hole) => {
      expect(codes(parseTemplate('cmd', `a ${hole}`))).toEqual(['value-name']);
    },
  );

  test.each(['a {{', 'a {{x', 'a {{x}', 'a {{x\n}}', 'a {{{x}}'])('takes %j for unclosed', (source) => {
    expect(codes(parseTemplate('powershell', source))).toEqual(['unclosed-value']);
  });

  test('keeps any source without `{{` as it is, without faults', () => {
    fc.assert(
      fc.property(fc.constantFrom('powershell' as const, 'cmd' as const), hostileButAllowed, (shell, text) => {
        const source = text.replace(/\{(?=\{)/g, '{ ');
        expect(parseTemplate(shell, source)).toEqual({ parts: source === '' ? [] : [{ text: source }], faults: [] });
      }),
      { numRuns: 2_000 },
    );
  });

  test('loses and invents nothing, whatever the source', () => {
    const source = fc
      .array(fc.oneof(hostileButAllowed, fc.constantFrom('{{x}}', ' {{y}} ', '{{', '}}', '\n')), { maxLength: 8 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.constantFrom('powershell' as const, 'cmd' as const), source, (shell, text) => {
        const template = parseTemplate(shell, text);
        expect(written(template)).toBe(text);
        for (const { offset } of template.faults) expect(text.slice(offset, offset + 2)).toBe('{{');
        const offsets = template.faults.map(({ offset }) => offset);
        expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('in PowerShell a value may stand', () => {
  test.each([
    ['as an argument', 'Get-GPO -Name {{x}}'],
    ['after -Parameter:', 'Get-GPO -Name:{{x}} -All'],
    ['in a list', 'Get-X -A {{x}},{{y}}, {{z}}'],
    ['in brackets', 'foo ({{x}}) @({{x}}, {{y}})'],
    ['in a script block', 'if ($a) { Get-X {{x}} } else {Get-X {{x}}}'],
    ['in a hash table', '@{ Name = {{x}}; Value = {{y}} }'],
    ['in an assignment', '$name = {{x}}'],
    ['before a pipe or a semicolon', 'a {{x}}| b {{y}}; c {{z}}'],
    ['alone on a continued line', 'Get-GPO `\n{{x}} `\r\n  {{y}}'],
    ['after a string', `a 'it''s' "b \`" "" $(Get-X ')') \${y}" {{x}}`],
    ['after a string with smart quotes', 'a \u2018it\u2019\u2018s\u201b \u201cb\u201e\u201dc" {{x}}'],
    ['after a comment', "a # it's\nb {{x}} <# it's\n #> {{y}} # it's"],
    ['after a here-string', '$a = @"\n "@ " $(\n"@\n) `\n"@\n"@ \nb {{x}}'],
    ['after a verbatim here-string', "$a = @'  \r\nit's\n'@\nb {{x}}"],
    ['after an escaped quote', 'a `\' `" `# {{x}}'],
    ['after a braced variable', "${it's} {{x}}"],
    ['inside $( ) that begins an argument', 'a $(b {{x}}) {{y}}'],
    ['after a number sign inside quotes', "a 'C#' {{x}}"],
    ['after two dashes', 'a --x {{x}} -- {{y}}'],
  ])('%s', (_where, source) => {
    expect(parseTemplate('powershell', source).faults).toEqual([]);
  });
});

describe('in PowerShell a value may not stand', () => {
  test.each([
    ['inside single quotes', "a 'b {{x}}'", 'value-inside-quotes'],
    ['inside smart single quotes', 'a \u2018{{x}}\u2019', 'value-inside-quotes'],
    ['inside double quotes', 'a "{{x}}"', 'value-inside-quotes'],
    ['inside smart double quotes', 'a \u201c {{x}} \u201d', 'value-inside-quotes'],
    ['inside quotes that never close', "a 'b {{x}}", 'value-inside-quotes'],
    ['after an escaped quote inside quotes', 'a "b`" {{x}}"', 'value-inside-quotes'],
    ['inside $( ) inside double quotes', 'a "$(b {{x}} )"', 'value-inside-quotes'],
    ['inside a verbatim here-string', "a @'\n{{x}}\n'@", 'value-inside-quotes'],
    ['inside an expandable here-string', 'a @"\n {{x}} \n"@', 'value-inside-quotes'],
    ['after a here-string that does not begin a line', "a @'b\n'@ {{x}}", 'value-inside-quotes'],
    ['after a here-string that touches a string', "a 'b'@'\n'@ {{x}}", 'value-inside-quotes'],
    ['in $( ) that touches a word', 'a b$(c {{x}} )', 'value-inside-quotes'],
    ['in a comment', '# {{x}}', 'value-in-comment'],
    ['in a block comment', 'a <# {{x}} #>', 'value-in-comment'],
    ['in a block comment that never closes', '<# #\n {{x}}', 'value-in-comment'],
    ['after a number sign that touches a word', "$a#it's\nb {{x}}", 'value-in-comment'],
    ['after a block comment that touches a word', 'a<# #> {{x}}', 'value-in-comment'],
    ['before more text', 'a {{x}}.txt', 'value-not-a-whole-argument'],
    ['before a quote', "a {{x}}'b'", 'value-not-a-whole-argument'],
    ['after text', 'a C:\\{{x}}', 'value-not-a-whole-argument'],
    ['after a string', "a 'b'{{x}}", 'value-not-a-whole-argument'],
    ['after an equals sign in an argument', 'a b={{x}}', 'value-not-a-whole-argument'],
    ['after a lone colon', 'a b:{{x}}', 'value-not-a-whole-argument'],
    ['after a backtick', 'a `{{x}}', 'value-not-a-whole-argument'],
    ['after a space that belongs to the word', 'a b` {{x}}', 'value-not-a-whole-argument'],
    ['after a line end that belongs to the word', 'a b`\n{{x}}', 'value-not-a-whole-argument'],
    ['inside a braced variable', 'a ${b {{x}} }', 'value-not-a-whole-argument'],
    ['before a method', '{{x}}.Trim()', 'value-not-a-whole-argument'],
    ['after --% that touches a string', 'a "b"--% {{x}}', 'value-not-a-whole-argument'],
    ['after --%', 'a --% {{x}}', 'value-not-a-whole-argument'],
  ])('%s', (_where, source, code) => {
    expect(codes(parseTemplate('powershell', source))).toEqual([code]);
  });

  test('next to another value', () => {
    expect(codes(parseTemplate('powershell', 'a {{x}}{{y}}'))).toEqual(Array(2).fill('value-not-a-whole-argument'));
  });
});

describe('in cmd a value may stand', () => {
  test.each([
    ['as an argument', 'reg add "HKLM\\X" /v {{x}} /d {{y}} /f'],
    ['after a quote that ended', 'a "b" {{x}}'],
    ['before a pipe or another command', 'a {{x}}|b {{y}}& c {{z}}&&d'],
    ['on a continued line, after a space', 'a ^\n  {{x}} ^\r\n {{y}}'],
    [
      'on the line after an open quote, a comment or a label',
      'a "b\nc {{x}}\nrem "\nd {{x}}\n:: "\ne {{x}}\n:f "\ng {{x}}',
    ],
    ['after an empty argument and doubled backslashes', 'a "" "C:\\b\\\\" {{x}}'],
    ['after words that only look like rem', 'remove {{x}}\na rem {{x}}'],
    ['in round brackets with spaces', 'if exist x ( a {{x}} )'],
  ])('%s', (_where, source) => {
    expect(parseTemplate('cmd', source).faults).toEqual([]);
  });
});

describe('in cmd a value may not stand', () => {
  test.each([
    ['inside quotes', 'a "b {{x}}"', 'value-inside-quotes'],
    ['inside quotes that never close', 'a " {{x}}', 'value-inside-quotes'],
    ['after a quote that only the program sees', 'a ^" {{x}}', 'value-inside-quotes'],
    ['after a quote that only cmd sees', 'a "C:\\b\\" {{x}}', 'value-inside-quotes'],
    ['after a quote that programs read in two ways', 'a "b""c" {{x}}', 'value-inside-quotes'],
    ['after a quote that a caret inside quotes does not touch', 'a "b^" "{{x}}"', 'value-inside-quotes'],
    ['in rem', 'a\n  REM {{x}}', 'value-in-comment'],
    ['in rem after another command', 'a & @rem "{{x}}"', 'value-in-comment'],
    ['on a line that may continue a comment', 'rem a ^\r\nb {{x}}', 'value-in-comment'],
    ['in a comment label', ':: {{x}}', 'value-in-comment'],
    ['after text', 'a /d:{{x}}', 'value-not-a-whole-argument'],
    ['before text', 'a {{x}}.txt', 'value-not-a-whole-argument'],
    ['after a string', 'a "b"{{x}}', 'value-not-a-whole-argument'],
    ['after a caret', 'a ^{{x}}', 'value-not-a-whole-argument'],
    ['first on a continued line, where its quote would mean nothing', 'a ^\n{{x}}', 'value-not-a-whole-argument'],
    ['between percent signs', 'a %{{x}}%', 'value-not-a-whole-argument'],
    ['in round brackets without spaces', 'a ({{x}})', 'value-not-a-whole-argument'],
  ])('%s', (_where, source, code) => {
    expect(codes(parseTemplate('cmd', source))).toEqual([code]);
  });
});

describe('a fence without faults, filled with any accepted values', () => {
  const lines = (fragments: readonly string[], comments: readonly string[], breaks: readonly string[]) =>
    fc
      .array(
        fc.tuple(
          fc.array(fc.tuple(fc.constantFrom(...fragments, '{{x}}', '{{y}}'), fc.constantFrom(' ', ' ', ' ', ' ', '')), {
            minLength: 1,
            maxLength: 5,
          }),
          fc.constantFrom('', '', '', ...comments),
          fc.constantFrom('\n', '\n', ...breaks),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((all) => all.map(([words, comment, end]) => `Set-It ${words.flat().join('')}${comment}${end}`).join(''));

  test('keeps its shape and its values in PowerShell, by the grammar', () => {
    const source = lines(
      [
        ...[
          '-Name',
          '-Name:',
          'x',
          "'a'",
          "'it''s'",
          '"b"',
          '"b `" c"',
          '"$(Get-Y)"',
          '${c}',
          '$d',
          "'e',{{x}}, {{y}}",
        ],
        ...['$(', '(', ')', '({{x}})', "@({{x}}, 'f')", '{ Get-Y {{y}} }', '#', '`', ';', '| Get-Y', '--%'],
      ],
      [' # note', " # it's", " <# it's #>", '#', ' @"\n\'"\n"@'],
      ['`\n', ' `\n'],
    );
    // The grammar makes no string node of an empty string that is a statement of its own.
    const someText = hostileButAllowed.filter((text) => text !== '');
    let checked = 0;
    fc.assert(
      fc.property(source, someText, someText, (text, x, y) => {
        const { parts, faults } = parseTemplate('powershell', text);
        const fill = (values: Record<string, string>) => composeCommand('powershell', parts, (name) => values[name]);
        const plain = parse(fill({ x: 'x', y: 'y' }).text ?? '');
        // Sources that are no PowerShell to begin with say nothing here.
        if (faults.length > 0 || parts.every((part) => 'text' in part) || !plain.clean) return;
        checked += 1;
        const filled = fill({ x, y });
        const tree = parse(filled.text ?? '');
        expect(tree.clean).toBe(true);
        expect(tree.shape).toBe(plain.shape);
        let offset = 0;
        for (const piece of filled.pieces) {
          const end = offset + (piece.text ?? '').length;
          if (piece.of !== undefined) {
            const string = tree.strings.find(({ start }) => start === offset);
            expect(string?.end).toBe(end);
            expect(readSingleQuoted(string?.source ?? '', 0).value).toBe(piece.of === 'x' ? x : y);
          }
          offset = end;
        }
      }),
      { numRuns: 5_000 },
    );
    expect(checked).toBeGreaterThan(300);
  });

  test('hands its values to the program as whole arguments in cmd', () => {
    const source = lines(
      ['/v', 'x', '"a"', '"a & b"', '""', '"', '"C:\\"', '^', '^&', '^"', '&', '|', '>', '(', ')', '\\', 'rem'],
      [' & rem note', ' & rem "'],
      ['^\n', ' ^\n', '"\n'],
    );
    const accepted = hostileAscii.filter((text) => !/["%!]/.test(text));
    let checked = 0;
    fc.assert(
      fc.property(source, accepted, accepted, (text, x, y) => {
        const { parts, faults } = parseTemplate('cmd', text);
        const holes = parts.flatMap((part) => ('of' in part ? [part.of === 'x' ? x : y] : []));
        if (faults.length > 0 || holes.length === 0) return;
        checked += 1;
        const filled = composeCommand('cmd', parts, (name) => (name === 'x' ? x : y)).text ?? '';
        const found = readCmdLine(filled).commands.flatMap(splitArguments);
        for (const value of new Set(holes)) {
          const count = (all: readonly string[]): number => all.filter((one) => one === value).length;
          expect(count(found)).toBeGreaterThanOrEqual(count(holes));
        }
      }),
      { numRuns: 5_000 },
    );
    expect(checked).toBeGreaterThan(300);
  });

  test('holds no `{{` when no value does', () => {
    const source = fc
      .array(fc.oneof(hostileButAllowed, fc.constantFrom('{{x}}', ' {{y}} ', '\n')), { maxLength: 6 })
      .map((pieces) => pieces.join(''));
    let checked = 0;
    fc.assert(
      fc.property(fc.constantFrom('powershell' as const, 'cmd' as const), source, (shell, text) => {
        const { parts, faults } = parseTemplate(shell, text);
        if (faults.length > 0) return;
        checked += 1;
        expect(composeCommand(shell, parts, () => 'a}} {b').text).not.toContain('{{');
      }),
      { numRuns: 5_000 },
    );
    expect(checked).toBeGreaterThan(500);
  });
});
