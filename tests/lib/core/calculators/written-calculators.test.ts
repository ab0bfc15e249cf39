/** The calculators whose answer in a runbook is written down in advance, with holes. */
import { beforeAll, describe, expect, test } from 'vitest';
import { calculators } from '../../../../src/lib/core/calculators/index.ts';
import { composeCommand } from '../../../../src/lib/core/commands/compose.ts';
import { parseTemplate } from '../../../../src/lib/core/commands/template.ts';
import type { Block } from '../../../../src/lib/core/runbook/model.ts';
import { derived } from '../../../../src/lib/core/sheet/derived.ts';
import { inputs } from '../../../../src/lib/core/sheet/inputs.ts';
import { loadPowershellGrammar, type ParsedPowershell } from '../commands/support/powershell-grammar.ts';

type CommandBlock = Extract<Block, { type: 'command' }>;

const commandsIn = (blocks: readonly Block[]): CommandBlock[] =>
  blocks.flatMap((block) => {
    if (block.type === 'command') return [block];
    return block.type === 'when' || block.type === 'callout' ? commandsIn(block.children) : [];
  });

const commands = Object.entries(calculators).flatMap(([word, { blocks }]) =>
  commandsIn(blocks?.() ?? []).map((command, index) => [`${word} ${index + 1}`, command] as const),
);

describe('a written calculator', () => {
  let parse: (source: string) => ParsedPowershell;
  beforeAll(async () => {
    parse = await loadPowershellGrammar();
  });

  test('has commands', () => {
    expect(commands.length).toBeGreaterThan(5);
  });

  test.each(commands)(
    '%s: every hole is a value of the sheet and stands as a whole argument',
    (_name, { shell, parts }) => {
      for (const part of parts) {
        if ('of' in part) expect([...Object.keys(inputs), ...Object.keys(derived)]).toContain(part.of);
      }
      const source = parts.map((part) => ('of' in part ? `{{${part.of}}}` : part.text)).join('');
      // After a cast such as [timespan] PowerShell takes the next token as the value; the author's lint is stricter.
      const faults = parseTemplate(shell, source.replaceAll('[timespan]{{', '[timespan] {{')).faults;
      expect(faults.map(({ message }) => message)).toEqual([]);
    },
  );

  test.each(commands.filter(([, { shell }]) => shell === 'powershell'))(
    '%s: is PowerShell once it is filled, also with an apostrophe',
    (_name, { shell, parts }) => {
      const { text = '' } = composeCommand(shell, parts, (name) => (inputs[name]?.kind === 'count' ? 4 : "O'Brien"));
      expect(text).not.toBe('');
      expect(parse(text).clean, text).toBe(true);
    },
  );
});
