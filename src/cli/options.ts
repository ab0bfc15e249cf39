/** Options of the command line: `--set name=value` of all verbs, `--json` and `--out folder` of `derive` and `policy`. */
import type { Reading } from '../lib/core/sheet/rules.ts';
import type { Outcome } from './ringbook.ts';

export interface Options {
  /** Texts of the inputs, as typed. */
  readonly raw: Readonly<Record<string, string>>;
  readonly isJson: boolean;
  /** Where to write the files. */
  readonly out?: string;
}

/** Takes one `name=value` into `raw`; an outcome where it is none, or where `refuse` does not know the name. */
export function readSet(
  raw: Record<string, string>,
  pair: string | undefined,
  refuse: (name: string) => string | undefined,
): Outcome | undefined {
  const [name = '', ...value] = (pair ?? '').split('=');
  if (value.length === 0) return { err: 'Write a value after `--set` as name=value.', code: 2 };
  const err = refuse(name);
  if (err !== undefined) return { err, code: 2 };
  raw[name] = value.join('=');
  return undefined;
}

/** Sentences for the inputs that cannot be used, each after its name. */
export const faultsOf = (
  raw: Readonly<Record<string, string>>,
  read: (name: string, text: string) => Reading | undefined,
): string[] =>
  Object.entries(raw).flatMap(([name, text]) => {
    const reading = read(name, text);
    return reading?.state === 'wrong' ? [`${name}: ${reading.message}`] : [];
  });

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
      const fault = readSet(raw, words[++index], (name) =>
        names.includes(name)
          ? undefined
          : `\`${called}\` has no input \`${name}\`. Its inputs are: ${names.join(', ')}.`,
      );
      if (fault) return fault;
    } else {
      const known = '--set name=value, --json, --out folder';
      return { err: `\`${word ?? ''}\` is not an option. The options are: ${known}.`, code: 2 };
    }
  }
  return { raw, isJson, ...(out !== undefined && { out }) };
}
