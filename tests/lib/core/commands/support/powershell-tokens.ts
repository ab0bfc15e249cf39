/**
 * How PowerShell itself splits a simple command line, written from its documentation and its tokenizer
 * (about_Quoting_Rules; tokenizer.cs, ScanStringLiteral; CharTraits.cs) and from nothing in `src`.
 *
 * Needed beside the grammar because the grammar knows one single quote where PowerShell knows five.
 */

export interface PowershellToken {
  readonly kind: 'string' | 'word';
  /** UTF-16 offsets of the token, quotes included; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

const isSingleQuote = (code: number): boolean =>
  code === 0x27 || code === 0x2018 || code === 0x2019 || code === 0x201a || code === 0x201b;

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x0b || code === 0x0c || code === 0xa0 || code === 0x85;

/** Letters, digits and the few signs of plain words; anything else outside of a string is a break-out. */
const isWordPart = (character: string): boolean => /^[A-Za-z0-9_.:\\-]$/.test(character);

/** Decodes the single-quoted string that opens at `start`. Throws when it never ends. */
export function readSingleQuoted(line: string, start: number): PowershellToken {
  let value = '';
  let i = start + 1;
  for (;;) {
    if (i >= line.length) throw new Error(`The string that opens at ${start} never ends: ${JSON.stringify(line)}`);
    if (isSingleQuote(line.charCodeAt(i))) {
      const next = i + 1 < line.length && isSingleQuote(line.charCodeAt(i + 1));
      if (!next) return { kind: 'string', start, end: i + 1, value };
      // Two in a row: the second one counts.
      i += 1;
    }
    value += line.charAt(i);
    i += 1;
  }
}

/**
 * Splits a command line of words and single-quoted strings. Throws on anything else, and on a string that touches
 * another token, which PowerShell would join to it.
 */
export function tokenizePowershell(line: string): PowershellToken[] {
  const tokens: PowershellToken[] = [];
  let i = 0;
  while (i < line.length) {
    if (isSpace(line.charCodeAt(i))) {
      i += 1;
      continue;
    }
    let token: PowershellToken;
    if (isSingleQuote(line.charCodeAt(i))) {
      token = readSingleQuoted(line, i);
    } else {
      const start = i;
      while (i < line.length && isWordPart(line.charAt(i))) i += 1;
      token = { kind: 'word', start, end: i, value: line.slice(start, i) };
    }
    i = token.end;
    if (token.end === token.start || (i < line.length && !isSpace(line.charCodeAt(i)))) {
      throw new Error(`Unexpected ${JSON.stringify(line.charAt(i))} at ${i} of ${JSON.stringify(line)}`);
    }
    tokens.push(token);
  }
  return tokens;
}
