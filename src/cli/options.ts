/** The options that `derive` and `policy` share: `--set name=value`, `--json` and `--out folder`. */
import type { Outcome } from './ringbook.ts';

export interface Options {
  /** Texts of the inputs, as typed. */
  readonly raw: Readonly<Record<string, string>>;
  readonly isJson: boolean;
  /** Where to write the files. */
  readonly out?: string;
}

/**
 * @param called What the names belong to.
 * @param names The inputs that there are.
 * @returns The options, or the outcome that says which word is not known.
 */
export function readOptions(words: readonly string[], called: string, names: readonly string[]): Options | Outcome {
  const raw: Record<string, string> = {};
  let isJson = false;
  let out: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === '--json') isJson = true;
    else if (word === '--out') {
      out = words[++index];
      if (!out) return { err: 'Write a folder after `--out`.', code: 2 };
    } else if (word === '--set') {
      const pair = words[++index] ?? '';
      const [name = ''] = pair.split('=');
      if (!pair.includes('=')) return { err: 'Write a value after `--set` as name=value.', code: 2 };
      if (!names.includes(name))
        return { err: `\`${called}\` has no input \`${name}\`. Its inputs are: ${names.join(', ')}.`, code: 2 };
      raw[name] = pair.slice(name.length + 1);
    } else {
      const known = '--set name=value, --json, --out folder';
      return { err: `\`${word ?? ''}\` is not an option. The options are: ${known}.`, code: 2 };
    }
  }
  return { raw, isJson, ...(out !== undefined && { out }) };
}
