import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { CMD_LINE_LIMIT } from '../../../../src/lib/core/commands/cmd.ts';
import { commandArgument, type CommandPart, type CommandValue } from '../../../../src/lib/core/commands/command.ts';
import { composeCommand, type ComposedCommand } from '../../../../src/lib/core/commands/compose.ts';
import { hostile, hostileAscii } from './support/hostile.ts';

// Thousands of runs take seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const parts: CommandPart[] = [
  { text: 'New-GPLink -Name ' },
  { of: 'productionGpo' },
  { text: ' -Target ' },
  { of: 'productionOu' },
  { text: ' -Order ' },
  { of: 'order' },
];

const compose = (values: Record<string, CommandValue>, shell: 'powershell' | 'cmd' = 'powershell'): ComposedCommand =>
  composeCommand(shell, parts, (name) => new Map(Object.entries(values)).get(name));

describe('composeCommand', () => {
  test('writes the whole command when every value is known', () => {
    const composed = compose({ productionGpo: "O'Brien's", productionOu: 'OU=A,DC=b', order: 1 });
    expect(composed.text).toBe("New-GPLink -Name 'O''Brien''s' -Target 'OU=A,DC=b' -Order 1");
    expect(composed.pieces.map((piece) => piece.text).join('')).toBe(composed.text);
    expect([composed.waitsFor, composed.refusals]).toEqual([[], []]);
  });

  test('leaves a blank for each missing value, and names it once', () => {
    const composed = composeCommand('cmd', [...parts, { text: ' ' }, { of: 'productionGpo' }], () => undefined);
    expect(composed.text).toBeUndefined();
    expect(composed.waitsFor).toEqual(['productionGpo', 'productionOu', 'order']);
    expect(composed.pieces.filter((piece) => piece.of !== undefined)).toEqual([
      { of: 'productionGpo' },
      { of: 'productionOu' },
      { of: 'order' },
      { of: 'productionGpo' },
    ]);
  });

  test('says which value is refused and why, and keeps the rest visible', () => {
    const composed = compose({ productionGpo: '50%', productionOu: 'OU=A', order: 1.5 }, 'cmd');
    expect(composed.text).toBeUndefined();
    expect(composed.pieces[3]).toEqual({ of: 'productionOu', text: '"OU=A"' });
    expect(composed.refusals).toEqual([
      {
        of: 'productionGpo',
        why: 'The value holds a percent sign (%), which cmd takes for the start of a variable. Use the PowerShell form of this command.',
      },
      { of: 'order', why: 'A number in a command must be a whole number.' },
    ]);
  });

  test.each([
    ['powershell', true, '$true'],
    ['powershell', false, '$false'],
    ['cmd', true, '1'],
    ['cmd', false, '0'],
    ['cmd', 8530, '8530'],
    ['powershell', '', "''"],
  ] as const)('writes for %s the value %j as %s', (shell, value, text) => {
    expect(composeCommand(shell, [{ of: 'x' }], () => value).text).toBe(text);
  });

  test('gives a command without values as it is', () => {
    expect(composeCommand('cmd', [{ text: 'gpupdate /force' }], () => undefined).text).toBe('gpupdate /force');
    expect(composeCommand('cmd', [], () => undefined).text).toBe('');
  });

  test('refuses a cmd line that is too long, and blames the longest value', () => {
    const long = (length: number): ComposedCommand =>
      composeCommand('cmd', [{ text: 'x\nreg /v ' }, { of: 'a' }, { text: ' ' }, { of: 'b' }], (name) =>
        name === 'a' ? 'y' : 'z'.repeat(length),
      );
    const rest = 'reg /v "y" ""'.length;
    expect(long(CMD_LINE_LIMIT - rest).text).toHaveLength(CMD_LINE_LIMIT + 2);
    expect(long(CMD_LINE_LIMIT - rest + 1)).toMatchObject({
      text: undefined,
      waitsFor: [],
      refusals: [
        {
          of: 'b',
          why: 'The command is 8,192 characters long, and a cmd line must be 8,191 or fewer. Use the PowerShell form of this command.',
        },
      ],
    });
  });

  test('has a text exactly when every name is known and accepted, and then it is the pieces in a row', () => {
    const value = fc.oneof(hostile, hostileAscii, fc.integer(), fc.double(), fc.boolean(), fc.constant(undefined));
    const names = ['a', 'b', 'c'];
    let whole = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('powershell' as const, 'cmd' as const),
        fc.array(fc.oneof(fc.record({ text: fc.string() }), fc.record({ of: fc.constantFrom(...names) })), {
          maxLength: 6,
        }),
        fc.tuple(value, value, value),
        (shell, some, values) => {
          const lookup = (name: string): CommandValue | undefined => values[names.indexOf(name)];
          const composed = composeCommand(shell, some, lookup);

          const used = [...new Set(some.flatMap((part) => ('of' in part ? [part.of] : [])))];
          const missing = used.filter((name) => lookup(name) === undefined);
          const refused = used.filter((name) => {
            const known = lookup(name);
            return known !== undefined && !commandArgument(shell, known).ok;
          });
          expect(composed.waitsFor).toEqual(missing);
          expect(composed.refusals.map(({ of }) => of)).toEqual(refused);
          expect(composed.text !== undefined).toBe(missing.length + refused.length === 0);
          expect(composed.pieces).toHaveLength(some.length);
          if (composed.text === undefined) return;
          whole += 1;
          expect(composed.pieces.map((piece) => piece.text).join('')).toBe(composed.text);
        },
      ),
      { numRuns: 5_000 },
    );
    expect(whole).toBeGreaterThan(500);
  });
});
