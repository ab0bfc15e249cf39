/** `ringbook check`: compiles every runbook and prints all that is wrong. */
import { join } from 'node:path';
import { readCatalogue } from '../lib/build/catalogue.ts';
import { compileLibrary, guidePages, readLibrary } from '../lib/build/library.ts';
import { formatProblems } from '../lib/core/runbook/problem.ts';
import type { Outcome } from './ringbook.ts';

export function checkRunbooks(root: string): Outcome {
  const content = join(root, 'src/content');
  const { runbooks, faults } = compileLibrary(
    readLibrary(join(content, 'runbooks')),
    readCatalogue(join(content, 'policies')),
    guidePages(join(content, 'guide')),
  );
  const texts = [...faults].map(([id, problems]) => `src/content/runbooks/${id}.mdx\n${formatProblems(problems)}`);
  if (texts.length) return { err: texts.join('\n\n'), code: 1 };
  const count = runbooks.length;
  return { out: count === 1 ? '1 runbook, no problems.' : `${count} runbooks, no problems.`, code: 0 };
}
