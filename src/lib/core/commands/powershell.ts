/**
 * The PowerShell door: the only place where a value becomes PowerShell text.
 */
import { ok, refuse, type Result } from '../result.ts';
import { grouped, refusedCharacter } from './text-rules.ts';

/** Longest value, in UTF-16 units: what a Windows command line and an environment variable can hold. */
export const POWERSHELL_VALUE_LIMIT = 32_767;

/** The tokenizer takes each of these for a single quote: `'`, U+2018, U+2019, U+201A, U+201B. */
const SINGLE_QUOTES = /['\u2018-\u201b]/g;

/**
 * Writes text as one single-quoted PowerShell literal. Inside it everything stands for itself, `$`, backtick,
 * smart double quotes and dashes included; only a quote must be doubled, and any two of the five quote characters in
 * a row stand for the second of them, so each is doubled by itself.
 *
 * The result is right for cmdlets and expressions, pasted at a prompt or kept in a script saved with a byte order
 * mark. Windows PowerShell 5.1 hands a `"` inside an argument to a program (`.exe`) unprotected: give such values to
 * cmdlets only.
 *
 * @param text Any text of at most {@link POWERSHELL_VALUE_LIMIT} characters.
 * @returns The literal, or a sentence that says which character is in the way (see `text-rules.ts`) or that the
 *   value is too long.
 * @example powershellLiteral("O'Brien's ring") //=> { ok: true, value: "'O''Brien''s ring'" }
 * @see about_Quoting_Rules; PowerShell/PowerShell tokenizer.cs, ScanStringLiteral, and CharTraits.cs, IsSingleQuote
 */
export function powershellLiteral(text: string): Result<string> {
  if (text.length > POWERSHELL_VALUE_LIMIT) {
    return refuse(
      `The value is ${grouped(text.length)} characters long, and a PowerShell value must be ` +
        `${grouped(POWERSHELL_VALUE_LIMIT)} or fewer. Shorten it.`,
    );
  }
  const refusal = refusedCharacter(text);
  return refusal === undefined ? ok(`'${text.replace(SINGLE_QUOTES, '$&$&')}'`) : refuse(refusal);
}
