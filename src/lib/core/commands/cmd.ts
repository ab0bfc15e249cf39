/**
 * The cmd.exe door: the only place where a value becomes an argument of a cmd command.
 */
import { ok, refuse, type Result } from '../result.ts';
import { codePointName, grouped, refusedCharacter } from './text-rules.ts';

/** Longest line that cmd.exe takes, in characters. */
export const CMD_LINE_LIMIT = 8_191;

const MEND = 'Use the PowerShell form of this command.';

const SPECIAL: Readonly<Record<string, string>> = {
  '"': 'a double quote ("), which ends an argument in cmd',
  '%': 'a percent sign (%), which cmd takes for the start of a variable',
  '!': 'an exclamation mark (!), which a batch file may take for the start of a variable',
};

/**
 * Writes text as one double-quoted argument that means the same pasted at the prompt and in a batch file, for
 * programs that split their command line as the C runtime does (`reg`, `gpupdate`, `nslookup`, ...).
 *
 * Between double quotes cmd takes `& | < > ^ ( )` as they are. Three characters it does not: `"` ends the
 * quotes, `%name%` is replaced even inside them, and `!name!` is where delayed expansion is on; no escape works in
 * both places.
 * Characters outside of ASCII are refused, too: a batch file is read in the console's code page, where they turn into
 * others (and in some code pages swallow the closing quote), and the console makes `"` and `-` of smart quotes and dashes
 * when pasting. Backslashes before the closing quote are doubled, or the program would take it for a quote of the value.
 *
 * @returns The argument, quotes included, or a sentence that says which character is in the way and to use PowerShell.
 * @example cmdArgument('C:\\Backups\\') //=> { ok: true, value: '"C:\\Backups\\\\"' }
 * @see "Parsing C command-line arguments" (Microsoft C runtime), CommandLineToArgvW; microsoft/terminal,
 *   Clipboard::FilterCharacterOnPaste
 */
export function cmdArgument(text: string): Result<string> {
  if (text.length > CMD_LINE_LIMIT) return refuse(cmdLineTooLong(text.length, 'value'));
  const refusal = refusedCharacter(text);
  if (refusal !== undefined) return refuse(refusal);
  const found = /["%!]|[^ -~]/u.exec(text)?.[0];
  if (found !== undefined) {
    const what =
      SPECIAL[found] ?? `${found} (${codePointName(found)}), which a batch file can read as another character`;
    return refuse(`The value holds ${what}. ${MEND}`);
  }
  return ok(`"${text.replace(/\\+$/, '$&$&')}"`);
}

/**
 * Says that a line does not fit. `what` is the thing that is too long, `value` or `command`.
 *
 * @example cmdLineTooLong(9000, 'value')
 *   //=> 'The value is 9,000 characters long, and a cmd line must be 8,191 or fewer. Use the PowerShell form of this command.'
 */
export const cmdLineTooLong = (length: number, what: 'value' | 'command'): string =>
  `The ${what} is ${grouped(length)} characters long, and a cmd line must be ${grouped(CMD_LINE_LIMIT)} or fewer. ${MEND}`;
