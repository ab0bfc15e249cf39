/**
 * Reads a code fence: a command with values by name, or the output of a screen.
 */
import { isShell } from '../commands/command.ts';
import { parseTemplate } from '../commands/template.ts';
import type { Block } from './model.ts';
import { lint, report, type Notes } from './notes.ts';
import { placeOf, type Place, type TreeNode } from './tree.ts';
import { needValue } from './values.ts';

export function readFence(notes: Notes, node: TreeNode): Block {
  const language = node.lang ?? '';
  const source = String(node.value ?? '');
  /** The text begins on the line below the fence, and is as far in as the fence is. */
  const placeAt = (offset: number): Place => {
    const before = source.slice(0, offset).split('\n');
    const { line, column } = placeOf(node);
    return { line: line + before.length, column: column + (before.at(-1)?.length ?? 0) };
  };
  lint(notes, source, placeAt);
  if (source.trim() === '')
    report(notes, node, 'empty-word', 'A code fence holds nothing.', 'Write what belongs in it, or take it away.');

  const where = readMeta(notes, node, isShell(language));
  if (!isShell(language)) {
    if (language !== 'text') {
      report(
        notes,
        node,
        'fence-language',
        language ? `A code fence is in \`${language}\`.` : 'A code fence has no language.',
        'Write `powershell` or `cmd` for a command to copy, `text` for what a screen shows.',
      );
    }
    return { type: 'output', text: source };
  }
  const { parts, faults } = parseTemplate(language, source);
  for (const { offset, code, message, mend } of faults) {
    report(notes, placeAt(offset), code, message.replace(/[^.]$/, '$&.'), mend);
  }
  let offset = 0;
  for (const part of parts) {
    if ('of' in part) needValue(notes, placeAt(offset), part.of, 'command');
    offset += 'of' in part ? `{{${part.of}}}`.length : part.text.length;
  }
  return { type: 'command', shell: language, parts, ...(where && { where }) };
}

/** What stands after the language: where to run a command, and nothing else. */
function readMeta(notes: Notes, node: TreeNode, isCommand: boolean): string | undefined {
  const meta = (node.meta ?? '').trim();
  if (meta === '') return undefined;
  const where = /^where="([^"]+)"$/.exec(meta)?.[1]?.trim();
  if (isCommand && where) return where;
  report(
    notes,
    node,
    'unknown-attribute',
    `A code fence has \`${meta}\` after its language.`,
    isCommand
      ? 'Write `where="…"` and in it where to run the command, or nothing.'
      : 'Take it away: only a command says where to run it.',
  );
  return undefined;
}
