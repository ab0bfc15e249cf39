/**
 * Reads an author's code fence: finds the `{{name}}` holes and checks that the shell's door can fill each of them.
 *
 * A value brings its own quotes, so a hole must stand where a whole argument stands, outside of quotes and comments.
 * The scanners below know just enough of each shell to tell that, and where they cannot tell they say no.
 * Used when runbooks are compiled; the browser gets the parts (`compose.ts`).
 */
import type { CommandPart, Shell } from './command.ts';

export type TemplateFaultCode =
  'value-inside-quotes' | 'value-in-comment' | 'value-not-a-whole-argument' | 'unclosed-value' | 'value-name';

export interface TemplateFault {
  /** Where the `{{` stands in the source, in UTF-16 units from 0. */
  readonly offset: number;
  readonly code: TemplateFaultCode;
  readonly message: string;
  readonly mend: string;
}

export interface Template {
  /** The source in pieces. With no faults it is ready for `composeCommand`; unreadable holes stay in it as text. */
  readonly parts: CommandPart[];
  readonly faults: TemplateFault[];
}

interface Hole {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

type Verdict = Pick<TemplateFault, 'code' | 'message' | 'mend'>;

/**
 * What is wrong with the holes of a source, by hole. A hole without a verdict stands well. Scanners begin with a
 * verdict on every hole and take it away where they find the hole standing as an argument, so a hole they jump over
 * is refused.
 */
type Scanner = (source: string, holes: readonly Hole[]) => Map<Hole, Verdict>;

/**
 * Splits a fence into fixed text and values, and reports every hole that cannot be filled safely.
 *
 * A source without `{{` comes back as it is, in one part, with no faults, whatever else it holds.
 *
 * @example parseTemplate('powershell', 'Get-GPO -Name {{productionGpo}}')
 *   //=> { parts: [{ text: 'Get-GPO -Name ' }, { of: 'productionGpo' }], faults: [] }
 * @example parseTemplate('cmd', 'nslookup "{{sampleClient}}"').faults[0]?.code //=> 'value-inside-quotes'
 */
export function parseTemplate(shell: Shell, source: string): Template {
  const holes: Hole[] = [];
  const faults: TemplateFault[] = [];
  for (const found of source.matchAll(/\{\{(?:([^{}\r\n]*)\}\})?/g)) {
    const [whole, name] = found;
    const offset = found.index;
    if (name === undefined) {
      faults.push({
        offset,
        code: 'unclosed-value',
        message: '`{{` has no `}}` on the same line',
        mend: 'Close the name with two braces, for example `{{productionGpo}}`, or put a space between braces that are no value.',
      });
    } else if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) {
      holes.push({ start: offset, end: offset + whole.length, name });
    } else {
      faults.push({
        offset,
        code: 'value-name',
        message: `\`${whole}\` is not the name of a value`,
        mend: 'Write letters and digits only, a letter first, without spaces, for example `{{productionGpo}}`.',
      });
    }
  }

  for (const [hole, verdict] of (shell === 'powershell' ? scanPowershell : scanCmd)(source, holes)) {
    faults.push({ offset: hole.start, ...verdict });
  }
  faults.sort((a, b) => a.offset - b.offset);
  return { parts: split(source, holes), faults };
}

function split(source: string, holes: readonly Hole[]): CommandPart[] {
  const parts: CommandPart[] = [];
  let from = 0;
  for (const { start, end, name } of holes) {
    if (start > from) parts.push({ text: source.slice(from, start) });
    parts.push({ of: name });
    from = end;
  }
  if (from < source.length) parts.push({ text: source.slice(from) });
  return parts;
}

const insideQuotes = (hole: Hole): Verdict => ({
  code: 'value-inside-quotes',
  message: `\`{{${hole.name}}}\` stands inside quotes`,
  mend: 'Take the quotes away: the value brings its own. For a value with text around it, name a value that holds both.',
});

const insideHereString = (hole: Hole): Verdict => ({
  code: 'value-inside-quotes',
  message: `\`{{${hole.name}}}\` stands inside a here-string`,
  mend: 'Put the value in a variable on a line before, outside of the here-string.',
});

const inComment = (hole: Hole): Verdict => ({
  code: 'value-in-comment',
  message: `\`{{${hole.name}}}\` stands in a comment, where it does nothing`,
  mend: 'Say it in the text of the step, with `<Value of="…" />`, or take the value out of the comment.',
});

const notWhole = (hole: Hole): Verdict => ({
  code: 'value-not-a-whole-argument',
  message: `\`{{${hole.name}}}\` is part of a longer argument`,
  mend: 'Put a space on both sides, so that the value is an argument by itself. If text belongs to it, name a value that holds both.',
});

const SPACE = /[ \t\r\n\f\v]/;
const SINGLE_QUOTE = /['\u2018-\u201b]/;
const DOUBLE_QUOTE = /["\u201c-\u201e]/;

/**
 * Follows the tokenizer of PowerShell (tokenizer.cs: NextToken, ScanGenericToken, ScanStringLiteral,
 * ScanStringExpandable, ScanSubExpression). What it does is the same in argument and in expression mode, which
 * is not so for things glued to the word before: `#`, `<#`, `$(` and the head of a here-string. They and `--%`, which
 * turns the quoting of PowerShell off, leave everything behind them in doubt.
 */
const scanPowershell: Scanner = (source, holes) => {
  const verdicts = new Map(holes.map((hole) => [hole, notWhole(hole)]));
  const at = (index: number): string => source.charAt(index);
  const blame = (from: number, to: number, verdict: (hole: Hole) => Verdict): void => {
    for (const hole of holes) if (hole.start >= from && hole.start < to) verdicts.set(hole, verdict(hole));
  };
  const doubt = (from: number, code: TemplateFaultCode, after: string, mend: string): Map<Hole, Verdict> => {
    blame(from, source.length, (hole) => ({
      code,
      message: `\`{{${hole.name}}}\` comes after ${after}, so how PowerShell reads it cannot be told`,
      mend,
    }));
    return verdicts;
  };
  const byStart = new Map(holes.map((hole) => [hole.start, hole]));

  let i = 0;
  // Where the token began that `i` is in; equal to `i` where a new token begins.
  let token = 0;
  /** A new argument begins here: after a separator, or after `-Parameter:`. */
  const standsAlone = (): boolean => token === i || /^-[A-Za-z]\w*:$/.test(source.slice(token, i));

  while (i < source.length) {
    const c = at(i);
    const hole = byStart.get(i);
    if (hole) {
      if (standsAlone() && /^[ \t\r\n\f\v),;|}]?$/.test(at(hole.end))) verdicts.delete(hole);
      i = hole.end;
    } else if (SPACE.test(c) || /[(){},;|&]/.test(c)) {
      i += 1;
      token = i;
    } else if (c === '`') {
      // Before a space or a line's end it only separates, unless a word touches it: then the space joins the word.
      const separates = token === i && SPACE.test(at(i + 1));
      i += byStart.has(i + 1) ? 1 : at(i + 1) === '\r' && at(i + 2) === '\n' ? 3 : 2;
      if (separates) token = i;
    } else if (c === '#' || source.startsWith('<#', i)) {
      if (token !== i) {
        return doubt(
          i,
          'value-in-comment',
          `a \`${c === '#' ? '#' : '<#'}\` that touches the word before it`,
          'Put a space before it to begin a comment, or put the word in quotes.',
        );
      }
      const end = c === '#' ? source.slice(i).search(/[\r\n]/) : source.indexOf('#>', i + 2);
      const next = end < 0 ? source.length : c === '#' ? i + end : end + 2;
      blame(i, next, inComment);
      i = next;
      token = i;
    } else if (source.startsWith('--%', i)) {
      return doubt(
        i,
        'value-not-a-whole-argument',
        '`--%`',
        'Leave out `--%`, or put the commands with values before it.',
      );
    } else if (c === '@' && /['"\u2018-\u201e]/.test(at(i + 1))) {
      const next = token === i ? endOfHereString(source, i) : undefined;
      if (next === undefined) {
        return doubt(
          i,
          'value-inside-quotes',
          `\`@${at(i + 1)}\``,
          'Put a space before a here-string, and begin its text on a new line.',
        );
      }
      blame(i, next, insideHereString);
      i = next;
    } else if (SINGLE_QUOTE.test(c)) {
      const next = endOfString(source, i, SINGLE_QUOTE, false);
      blame(i, next, insideQuotes);
      i = next;
    } else if (DOUBLE_QUOTE.test(c)) {
      const next = endOfString(source, i, DOUBLE_QUOTE, true);
      blame(i, next, insideQuotes);
      i = next;
    } else if (source.startsWith('$(', i) && !standsAlone()) {
      return doubt(
        i,
        'value-inside-quotes',
        '`$(` that touches the word before it',
        'Put the result of `$( )` in a variable first.',
      );
    } else if (source.startsWith('${', i)) {
      i = endOfDollar(source, i);
    } else {
      i += 1;
    }
  }
  return verdicts;
};

/** Past the closing quote; two quotes in a row stand for one. Past the end of the source where nothing closes. */
function endOfString(source: string, open: number, quote: RegExp, expandable: boolean): number {
  let i = open + 1;
  while (i < source.length) {
    const c = source.charAt(i);
    if (quote.test(c)) {
      if (!quote.test(source.charAt(i + 1))) return i + 1;
      i += 2;
    } else if (expandable && c === '`') i += 2;
    else if (expandable && c === '$') i = endOfDollar(source, i);
    else i += 1;
  }
  return i;
}

/** Past a here-string that opens here, or nothing when its text does not begin on a new line. */
function endOfHereString(source: string, open: number): number | undefined {
  const header = /^@(.)[ \t\f\v]*(?=\r?\n)/.exec(source.slice(open));
  if (!header) return undefined;
  const expandable = DOUBLE_QUOTE.test(source.charAt(open + 1));
  const footer = expandable ? /^\n["\u201c-\u201e]@/ : /^\n['\u2018-\u201b]@/;
  let i = open + header[0].length;
  while (i < source.length) {
    const c = source.charAt(i);
    if (c === '\n' && footer.test(source.slice(i, i + 3))) return i + 3;
    if (expandable && c === '`') i += 2;
    else if (expandable && c === '$') i = endOfDollar(source, i);
    else i += 1;
  }
  return i;
}

/**
 * Past `$(…)` or `${…}` inside double quotes; past the `$` alone otherwise.
 * PowerShell looks for the end of `$(` by counting parentheses only, quoted ones included.
 */
function endOfDollar(source: string, dollar: number): number {
  const open = source.charAt(dollar + 1);
  if (open !== '(' && open !== '{') return dollar + 1;
  let depth = 1;
  let i = dollar + 2;
  while (i < source.length && depth > 0) {
    const c = source.charAt(i);
    if (open === '{') {
      if (c === '`') i += 1;
      else if (c === '}') depth = 0;
    } else if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    i += 1;
  }
  return i;
}

const afterSplitQuote = (hole: Hole): Verdict => ({
  code: 'value-inside-quotes',
  message: `\`{{${hole.name}}}\` comes after a quote that cmd and the program it starts do not read alike`,
  mend: 'Write what stands before it without `^"`, `\\"` and `""` inside quotes; a folder in quotes ends without a backslash.',
});

/**
 * Follows cmd.exe: double quotes reach to the next one or to the line's end, `^` takes the next character's
 * meaning away outside of them (over a line's end, too), `rem` and lines that begin with `:` are comments. The program
 * splits the line again by its own rules, and three quotes it reads otherwise: `^"`, `\"`, and `""` inside quotes.
 */
const scanCmd: Scanner = (source, holes) => {
  const verdicts = new Map(holes.map((hole) => [hole, notWhole(hole)]));
  const byStart = new Map(holes.map((hole) => [hole.start, hole]));
  let quoted = false;
  let comment = false;
  let doubtful = false;
  // A new argument may begin here.
  let separate = true;
  // A new command may begin here.
  let first = true;

  let i = 0;
  while (i < source.length) {
    const c = source.charAt(i);
    const hole = byStart.get(i);
    if (hole) {
      if (comment) verdicts.set(hole, inComment(hole));
      else if (quoted) verdicts.set(hole, insideQuotes(hole));
      else if (doubtful) verdicts.set(hole, afterSplitQuote(hole));
      else if (separate && /^[ \t\r\n&|]?$/.test(source.charAt(hole.end))) verdicts.delete(hole);
      separate = first = false;
      i = hole.end;
      continue;
    }
    if (c === '\n' || c === '\r') {
      // Whether a caret continues a comment depends on the comment: hold the next line for one, too.
      comment &&= /\^\r?$/.test(source.slice(0, i));
      quoted = doubtful = false;
      separate = first = true;
    } else if (comment) {
      // Nothing but the line's end matters.
    } else if (c === '"') {
      const backslashes = /\\*$/.exec(source.slice(0, i))?.[0].length ?? 0;
      doubtful ||= backslashes % 2 === 1 || (quoted && source.charAt(i + 1) === '"');
      quoted = !quoted;
      separate = first = false;
    } else if (quoted) {
      // Everything stands for itself.
    } else if (first && (c === ':' || /^rem(?!\S)/i.test(source.slice(i, i + 4)))) {
      comment = true;
    } else if (c === '^') {
      // The next character loses its meaning; where that would be a line's end, the first one of the next line does.
      i += /^\^(?:\r?\n)?/.exec(source.slice(i, i + 3))?.[0].length ?? 1;
      doubtful ||= source.charAt(i) === '"';
      separate = /^[ \t]$/.test(source.charAt(i));
      first = false;
      if (byStart.has(i)) continue;
    } else if (c === ' ' || c === '\t') {
      separate = true;
    } else {
      separate = c === '&' || c === '|';
      first = separate || c === '(' || (first && c === '@');
    }
    i += 1;
  }
  return verdicts;
};
