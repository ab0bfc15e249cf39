/**
 * The command line: the third door to core, for pipelines and for people who live in a shell.
 *
 *     npm run --silent ringbook -- derive sync-times --set syncMode=automatic --set firstSync=17:00 … [--json]
 *     npm run --silent ringbook -- policy order-of-sources --set state=enabled --set order=MMPC --set gpo=Production [--json]
 *     npm run --silent ringbook -- check
 *     npm run --silent ringbook -- plan production-gpo-wsus --set planStartDate=2026-11-30 … --to md
 *     npm run --silent ringbook -- run ringbook-CHG0031-2026-11-20-0312.json --to html
 *
 * Exit code 0: done. 1: the input is wrong, and the sentences say how to mend it. 2: a word that it does not know.
 */
import '../lib/build/temporal.ts';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkRunbooks } from './check.ts';
import { clockAt, type CommandClock } from './clock.ts';
import { derive } from './derive.ts';
import { plan } from './plan.ts';
import { policyForms } from './policy.ts';
import { record } from './run.ts';

/** A file to write: folders and name, and the whole content. A file that exists is never overwritten. */
export interface OutputFile {
  readonly path: readonly string[];
  readonly bytes: Uint8Array;
}

/** What a verb answers: text for standard output, text for standard error, files to write, and the exit code. */
export interface Outcome {
  readonly files?: readonly OutputFile[];
  readonly out?: string;
  readonly err?: string;
  readonly code: 0 | 1 | 2;
}

const verbs = ['derive', 'policy', 'check', 'plan', 'run'] as const;

const usage = `Write one of:
  ringbook derive <calculator> --set name=value … [--json] [--out folder]
  ringbook policy <policy> --set name=value … [--json] [--out folder]
  ringbook check
  ringbook plan <runbook> [--set name=value …] [--inputs file.json] [--to md|csv|html|ics] [--checklist]
  ringbook run <save file> [--to md|csv|html]`;

/**
 * Carries out one command line.
 *
 * @param words The words after `ringbook`.
 * @param clock The moment at the reader's site.
 * @param root The project's folder, with `src/content` in it.
 */
export function runCommandLine(words: readonly string[], clock: CommandClock, root: string): Outcome {
  const [verb, ...rest] = words;
  switch (verb) {
    case 'derive':
      return derive(rest, clock.today, root);
    case 'policy':
      return policyForms(rest, clock.today, root);
    case 'check':
      return rest.length === 0 ? checkRunbooks(root) : { err: `\`check\` takes no words after it.\n${usage}`, code: 2 };
    case 'plan':
      return plan(rest, clock, root);
    case 'run':
      return record(rest, clock, root);
    case undefined:
      return { err: usage, code: 2 };
    default:
      return { err: `\`${verb}\` is not a verb. The verbs are: ${verbs.join(', ')}.\n${usage}`, code: 2 };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {
    out,
    err,
    code,
    files = [],
  } = runCommandLine(process.argv.slice(2), clockAt(new Date()), fileURLToPath(new URL('../../', import.meta.url)));
  const paths = files.map(({ path, bytes }) => ({ file: join(...path), bytes }));
  const taken = paths.find(({ file }) => existsSync(file));
  if (taken) {
    process.stderr.write(`${taken.file} exists already, and nothing was written. Name another folder after --out.\n`);
    process.exit(1);
  }
  for (const { file, bytes } of paths) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes, { flag: 'wx' });
    process.stderr.write(`Written: ${file}\n`);
  }
  if (out) process.stdout.write(out.endsWith('\n') ? out : `${out}\n`);
  if (err) process.stderr.write(`${err}\n`);
  process.exitCode = code;
}
