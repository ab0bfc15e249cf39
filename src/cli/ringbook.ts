/**
 * The command line: the third door to core, for pipelines and for people who live in a shell.
 *
 *     npm run --silent ringbook -- derive sync-times --set syncMode=automatic --set firstSync=17:00 … [--json]
 *     npm run --silent ringbook -- check
 *
 * Exit code 0: done. 1: the input is wrong, and the sentences say how to mend it. 2: a word that it does not know.
 */
import '../lib/build/temporal.ts';
import { fileURLToPath } from 'node:url';
import { checkRunbooks } from './check.ts';
import { derive } from './derive.ts';

/** What a verb answers: text for standard output, text for standard error, and the exit code. */
export interface Outcome {
  readonly out?: string;
  readonly err?: string;
  readonly code: 0 | 1 | 2;
}

const verbs = ['derive', 'check'] as const;

const usage = `Write one of:
  ringbook derive <calculator> --set name=value … [--json]
  ringbook check`;

/**
 * Carries out one command line.
 *
 * @param words The words after `ringbook`.
 * @param today The day at the reader's site, `YYYY-MM-DD`.
 * @param root The project's folder, with `src/content` in it.
 */
export function runCommandLine(words: readonly string[], today: string, root: string): Outcome {
  const [verb, ...rest] = words;
  switch (verb) {
    case 'derive':
      return derive(rest, today);
    case 'check':
      return rest.length === 0 ? checkRunbooks(root) : { err: `\`check\` takes no words after it.\n${usage}`, code: 2 };
    case undefined:
      return { err: usage, code: 2 };
    default:
      return { err: `\`${verb}\` is not a verb. The verbs are: ${verbs.join(', ')}.\n${usage}`, code: 2 };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const { out, err, code } = runCommandLine(
    process.argv.slice(2),
    today,
    fileURLToPath(new URL('../../', import.meta.url)),
  );
  if (out) process.stdout.write(`${out}\n`);
  if (err) process.stderr.write(`${err}\n`);
  process.exitCode = code;
}
