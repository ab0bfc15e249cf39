/**
 * How cmd.exe and the C runtime read a line, written from their documentation and from nothing in `src`: percent
 * expansion first, quotes inside or not; then quotes, carets and command separators; then delayed expansion; then
 * the program splits what is left by the rules of CommandLineToArgvW.
 */

export interface CmdReading {
  /** Each command of the line, as the text handed to the program. */
  readonly commands: readonly string[];
  /** Metacharacters that cmd acted on: separators, redirections, carets, expansions. */
  readonly acted: readonly string[];
}

/** Reads one line as cmd does in its most inquisitive mood: batch file, delayed expansion on. */
export function readCmdLine(line: string): CmdReading {
  const acted: string[] = [];
  const expanded = line.replace(/%[^%]*%?/g, (variable) => {
    acted.push(variable);
    return '';
  });
  const commands: string[] = [];
  let command = '';
  let quoted = false;
  for (let i = 0; i < expanded.length; i += 1) {
    const character = expanded.charAt(i);
    if (character === '\n' || character === '\r') {
      acted.push(character);
      commands.push(command);
      command = '';
      quoted = false;
    } else if (character === '"') {
      quoted = !quoted;
      command += character;
    } else if (quoted) {
      command += character;
    } else if (character === '^') {
      acted.push(character);
      // Over a line's end the caret takes the meaning of the next line's first character.
      i += expanded.charAt(i + 1) === '\n' ? 2 : 1;
      command += expanded.charAt(i);
    } else if (character === '&' || character === '|') {
      acted.push(character);
      commands.push(command);
      command = '';
    } else if (character === '<' || character === '>') {
      acted.push(character);
    } else {
      command += character;
    }
  }
  commands.push(command);
  if (line.includes('!')) acted.push('!');
  return { commands, acted };
}

/** Splits a command line into arguments as CommandLineToArgvW and the C runtime do; the program's name comes first. */
export function splitArguments(commandLine: string): string[] {
  const found: string[] = [];
  let i = 0;
  const skipBlanks = (): void => {
    while (commandLine.charAt(i) === ' ' || commandLine.charAt(i) === '\t') i += 1;
  };
  skipBlanks();
  while (i < commandLine.length) {
    let argument = '';
    let quoted = false;
    while (i < commandLine.length) {
      const character = commandLine.charAt(i);
      if (!quoted && (character === ' ' || character === '\t')) break;
      if (character === '\\') {
        let count = 0;
        while (commandLine.charAt(i) === '\\') {
          count += 1;
          i += 1;
        }
        if (commandLine.charAt(i) !== '"') {
          argument += '\\'.repeat(count);
        } else {
          argument += '\\'.repeat(Math.floor(count / 2));
          if (count % 2 === 1) {
            argument += '"';
            i += 1;
          }
        }
      } else if (character === '"') {
        if (quoted && commandLine.charAt(i + 1) === '"') {
          argument += '"';
          i += 2;
        } else {
          quoted = !quoted;
          i += 1;
        }
      } else {
        argument += character;
        i += 1;
      }
    }
    found.push(argument);
    skipBlanks();
  }
  return found;
}
