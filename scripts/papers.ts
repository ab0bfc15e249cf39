/**
 * Writes the three papers of every runbook as PDF, tagged and with an outline, through headless Chromium.
 *
 *     npm run papers
 *     npm run papers -- --inputs site.json --size letter --out papers --only weekly-health
 */
import '../src/lib/build/temporal.ts';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { clockAt } from '../src/cli/clock.ts';
import { faultsOf } from '../src/cli/options.ts';
import { readInputs } from '../src/cli/plan.ts';
import { readCatalogue } from '../src/lib/build/catalogue.ts';
import { readLibrary } from '../src/lib/build/library.ts';
import { compileRunbook } from '../src/lib/build/runbook-source.ts';
import { makeChecklist } from '../src/lib/core/papers/checklist.ts';
import type { Paper } from '../src/lib/core/papers/paper.ts';
import { makePlan, windowFault } from '../src/lib/core/papers/plan.ts';
import { isPlanField, readPlan } from '../src/lib/core/papers/plan-fields.ts';
import { planInputs } from '../src/lib/core/papers/plan-inputs.ts';
import { makeRecord } from '../src/lib/core/papers/record.ts';
import { paperFile } from '../src/lib/core/papers/to-html.ts';
import { emptyState } from '../src/lib/core/run/fold.ts';
import { formatProblems } from '../src/lib/core/runbook/problem.ts';
import { inputsOf, readInput } from '../src/lib/core/sheet/inputs.ts';
import { makeSheet } from '../src/lib/core/sheet/sheet.ts';
import { findBrowser } from '../tests/support/browser.ts';

const sizes = { a4: 'A4', letter: 'Letter' } as const;
const options = { inputs: '', size: 'a4', out: 'papers', only: '' };
const words = process.argv.slice(2);
for (let index = 0; index < words.length; index += 2) {
  const name = words[index]?.replace(/^--/, '') ?? '';
  const value = words[index + 1];
  if (!Object.hasOwn(options, name) || value === undefined) {
    stop(
      `\`${words[index] ?? ''}\` cannot be used. Write: --inputs file.json, --size a4|letter, --out folder, --only runbook.`,
    );
  }
  Object.assign(options, { [name]: value });
}
const format =
  options.size === 'letter'
    ? sizes.letter
    : options.size === 'a4'
      ? sizes.a4
      : stop('Write a4 or letter after `--size`.');
const given = options.inputs ? readInputs(options.inputs) : { values: {} };
const raw = 'err' in given ? stop(given.err) : given.values;

const { answers, faults } = readPlan(raw);
const wrong = [
  ...faultsOf(raw, (name, text) => (isPlanField(name) ? undefined : readInput(name, text))),
  ...Object.entries(faults).map(([name, why]) => `${name}: ${why}`),
];
const window = windowFault(answers);
if (window) wrong.push(`planEndTime: ${window}`);
if (wrong.length > 0) stop(wrong.join('\n'));

const { today, printed } = clockAt(new Date());
const policies = readCatalogue('src/content/policies');
const library = readLibrary('src/content/runbooks');
if (options.only && !library.has(options.only)) {
  stop(`\`${options.only}\` is not a runbook. The runbooks are: ${[...library.keys()].join(', ')}.`);
}
mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch(findBrowser());
const page = await browser.newPage();
for (const [id, source] of library) {
  if (options.only && id !== options.only) continue;
  const { runbook, problems } = compileRunbook(source, id, policies);
  if (!runbook) stop(`${id}.mdx\n${formatProblems(problems)}`);
  const filling = { sheet: makeSheet(raw, inputsOf([...runbook.inputs, ...planInputs(runbook)]), { today }), today };
  const papers: readonly Paper[] = [
    makePlan(runbook, { filling, answers, printed }),
    makeChecklist(runbook, { filling, answers, printed }),
    makeRecord(runbook, { filling, state: emptyState, fingerprint: '', printed, pictures: new Map() }),
  ];
  for (const paper of papers) {
    await page.setContent(paperFile(paper));
    const path = join(options.out, `${id}-${paper.kind}.pdf`);
    await page.pdf({ path, format, preferCSSPageSize: false, tagged: true, outline: true, displayHeaderFooter: false });
    process.stdout.write(`${path}\n`);
  }
}
await browser.close();

function stop(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
