/**
 * A command as data: text with holes, filled through the door of its shell and nowhere else.
 *
 * Authors write `{{name}}` in a code fence where a whole argument stands; the door decides the quotes.
 */
import { ok, refuse, type Result } from '../result.ts';
import { cmdArgument } from './cmd.ts';
import { powershellLiteral } from './powershell.ts';

export const shells = ['powershell', 'cmd'] as const;
export type Shell = (typeof shells)[number];
export const isShell = (text: string | undefined): text is Shell => shells.some((shell) => shell === text);

/** A piece of a command: fixed text, or the name of a sheet value that goes through the shell's door. */
export type CommandPart = { readonly text: string } | { readonly of: string };

/** A command that is ready to copy. `why` is one sentence; `where` says on which machine, in which console. */
export interface Command {
  readonly shell: Shell;
  readonly title: string;
  readonly text: string;
  readonly why: string;
  readonly where?: string;
}

/** What a sheet value may be inside a command: text, a whole number, or yes/no. */
export type CommandValue = string | number | boolean;

/**
 * Writes one value as one whole argument of the shell.
 *
 * @returns The argument, or a sentence that says why this value cannot stand in a command.
 * @example commandArgument('powershell', "O'Brien") //=> { ok: true, value: "'O''Brien'" }
 */
export function commandArgument(shell: Shell, value: CommandValue): Result<string> {
  if (typeof value === 'boolean') return ok(shell === 'powershell' ? (value ? '$true' : '$false') : value ? '1' : '0');
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? ok(String(value)) : refuse('A number in a command must be a whole number.');
  }
  return shell === 'powershell' ? powershellLiteral(value) : cmdArgument(value);
}
