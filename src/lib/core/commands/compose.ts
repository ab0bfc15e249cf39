/**
 * Fills a command's holes. The page calls this at every keystroke, and paper prints its pieces, so it stays small
 * and knows nothing of templates (`template.ts` checks those when the runbook is compiled).
 */
import { CMD_LINE_LIMIT, cmdLineTooLong } from './cmd.ts';
import { commandArgument, type CommandPart, type CommandValue, type Shell } from './command.ts';

/**
 * A piece to show: fixed text; a filled hole, with the argument in the shell's own quotes as `text`; a hole that
 * waits (neither `text` nor `why`: on paper a line to write on); or a hole whose value cannot be used, and `why`.
 */
export type ComposedPiece =
  | { readonly text: string; readonly of?: undefined }
  | { readonly of: string; readonly text?: string; readonly why?: string };

export interface ComposedCommand {
  readonly pieces: readonly ComposedPiece[];
  /** The whole command, ready to copy. Present only when every hole is filled and nothing is refused. */
  readonly text?: string;
  /** Names without a value yet, each once, in order of appearance. */
  readonly waitsFor: readonly string[];
  /** Values that cannot stand in this command, each name once, with the sentence that says why and the mend. */
  readonly refusals: readonly { readonly of: string; readonly why: string }[];
}

/**
 * Writes a command from its parts and the values that are known now.
 *
 * @param lookup Gives the value of a name, or nothing while it is missing or wrong.
 * @example composeCommand('powershell', [{ text: 'Get-GPO -Name ' }, { of: 'productionGpo' }], () => "Bob's").text
 *   //=> "Get-GPO -Name 'Bob''s'"
 */
export function composeCommand(
  shell: Shell,
  parts: readonly CommandPart[],
  lookup: (name: string) => CommandValue | undefined,
): ComposedCommand {
  const waitsFor = new Set<string>();
  const refusals = new Map<string, string>();
  const pieces = parts.map((part): ComposedPiece => {
    if ('text' in part) return { text: part.text };
    const { of } = part;
    const value = lookup(of);
    if (value === undefined) {
      waitsFor.add(of);
      return { of };
    }
    const argument = commandArgument(shell, value);
    if (argument.ok) return { of, text: argument.value };
    refusals.set(of, argument.why);
    return { of, why: argument.why };
  });

  let text = waitsFor.size + refusals.size === 0 ? pieces.map((piece) => piece.text).join('') : undefined;
  if (shell === 'cmd' && text !== undefined) {
    const longest = Math.max(...text.split('\n').map((line) => line.length));
    const blamed = longest > CMD_LINE_LIMIT ? longestValue(pieces) : undefined;
    if (blamed !== undefined) {
      refusals.set(blamed, cmdLineTooLong(longest, 'command'));
      text = undefined;
    }
  }
  return { pieces, text, waitsFor: [...waitsFor], refusals: [...refusals].map(([of, why]) => ({ of, why })) };
}

/** The name whose argument takes the most room: the one to shorten. Nothing when the command has no values. */
function longestValue(pieces: readonly ComposedPiece[]): string | undefined {
  let longest: ComposedPiece | undefined;
  for (const piece of pieces) {
    if (piece.of !== undefined && (piece.text?.length ?? 0) > (longest?.text?.length ?? 0)) longest = piece;
  }
  return longest?.of;
}
