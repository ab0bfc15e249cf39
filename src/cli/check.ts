/** `ringbook check`: compiles every runbook and prints all that is wrong. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readCatalogue } from '../lib/build/catalogue.ts';
import { compileRunbook } from '../lib/build/runbook-source.ts';
import { formatProblems } from '../lib/core/runbook/problem.ts';
import type { Outcome } from './ringbook.ts';

export function checkRunbooks(root: string): Outcome {
  const folder = join(root, 'src/content/runbooks');
  const policies = readCatalogue(join(root, 'src/content/policies'));
  const files = readdirSync(folder).filter((name) => name.endsWith('.mdx'));
  const faults = files.flatMap((name) => {
    const { problems } = compileRunbook(readFileSync(join(folder, name), 'utf8'), basename(name, '.mdx'), policies);
    return problems.length ? [`src/content/runbooks/${name}\n${formatProblems(problems)}`] : [];
  });
  if (faults.length) return { err: faults.join('\n\n'), code: 1 };
  return { out: files.length === 1 ? '1 runbook, no problems.' : `${files.length} runbooks, no problems.`, code: 0 };
}
