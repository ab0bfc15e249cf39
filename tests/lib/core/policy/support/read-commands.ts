/** Reads generated commands back, by the shells' own rules and not by ours, so that tests compare what arrives. */

/** The characters that Windows PowerShell takes for a single quote. */
const quotes = "'\u2018\u2019\u201a\u201b";

/** Splits a PowerShell command of bare words and single-quoted strings into what the cmdlet receives. */
export function powershellWords(line: string): string[] {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at++;
    } else if (quotes.includes(line[at] ?? '')) {
      let word = '';
      at++;
      for (;;) {
        const character = line[at];
        if (character === undefined) throw new Error(`A string is not closed: ${line}`);
        const isQuote = quotes.includes(character);
        if (isQuote && !(line[at + 1] !== undefined && quotes.includes(line[at + 1] ?? ''))) break;
        // Two quote characters in a row stand for the second of them.
        word += isQuote ? line[at + 1] : character;
        at += isQuote ? 2 : 1;
      }
      at++;
      words.push(word);
    } else {
      const word = /^[^ '"`$;|&(){}<>\u2018-\u201f]+/.exec(line.slice(at))?.[0];
      if (word === undefined) throw new Error(`A word has a meaning of its own at ${at}: ${line}`);
      words.push(word);
      at += word.length;
    }
  }
  return words;
}

/** Splits a cmd line as the C runtime does for `reg`, and refuses what cmd itself would change. */
export function cmdWords(line: string): string[] {
  if (/[%!\r\n]/.test(line)) throw new Error(`cmd would change this line: ${line}`);
  const words: string[] = [];
  let word: string | undefined;
  let inQuotes = false;
  for (let at = 0; at < line.length;) {
    const run = /^(\\+)"/.exec(line.slice(at));
    if (run) {
      const count = run[1]?.length ?? 0;
      word = (word ?? '') + '\\'.repeat(Math.floor(count / 2));
      at += count;
      if (count % 2 === 1) {
        word += '"';
        at++;
      }
    } else if (line[at] === '"') {
      inQuotes = !inQuotes;
      word ??= '';
      at++;
    } else if (line[at] === ' ' && !inQuotes) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
    } else {
      if (!inQuotes && /[&|<>^()]/.test(line[at] ?? '')) throw new Error(`cmd acts on ${line[at]}: ${line}`);
      word = (word ?? '') + line[at];
      at++;
    }
  }
  if (inQuotes) throw new Error(`A quote is not closed: ${line}`);
  if (word !== undefined) words.push(word);
  return words;
}

/** A registry write as a command carries it. */
export interface ReadWrite {
  readonly action: 'set' | 'delete' | 'unset';
  readonly gpo?: string;
  readonly key: string;
  readonly valueName: string;
  readonly type?: string;
  readonly data?: string;
}

/** Reads Set-GPRegistryValue and Remove-GPRegistryValue. */
export function readGroupPolicyCommand(line: string): ReadWrite {
  const [cmdlet, ...words] = powershellWords(line);
  const named = new Map<string, string>();
  let isDisable = false;
  for (let at = 0; at < words.length; at++) {
    const name = words[at] ?? '';
    if (name === '-Disable') isDisable = true;
    else if (/^-[A-Z]\w*$/.test(name)) named.set(name, words[++at] ?? '');
    else throw new Error(`A word stands alone, ${name}: ${line}`);
  }
  const place = { gpo: named.get('-Name'), key: named.get('-Key') ?? '', valueName: named.get('-ValueName') ?? '' };
  if (cmdlet === 'Remove-GPRegistryValue') return { action: 'unset', ...place };
  if (cmdlet !== 'Set-GPRegistryValue') throw new Error(`Not a Group Policy command: ${line}`);
  if (isDisable) return { action: 'delete', ...place };
  return { action: 'set', ...place, type: named.get('-Type'), data: named.get('-Value') };
}

/** Reads `reg add` and `reg delete`. */
export function readRegCommand(line: string): ReadWrite {
  const [program, verb, key = '', ...words] = cmdWords(line);
  if (program !== 'reg') throw new Error(`Not a reg command: ${line}`);
  const after = (name: string): string | undefined => {
    const at = words.indexOf(name);
    return at < 0 ? undefined : words[at + 1];
  };
  if (words.at(-1) !== '/f') throw new Error(`The command would ask: ${line}`);
  const place = { key, valueName: after('/v') ?? '' };
  return verb === 'add'
    ? { action: 'set', ...place, type: after('/t'), data: after('/d') }
    : { action: 'delete', ...place };
}
