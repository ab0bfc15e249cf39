/**
 * Writes the three papers of every runbook as PDF, tagged and with an outline, through headless Chromium.
 *
 *     npm run papers
 *     npm run papers -- --inputs site.json --size letter --out papers
 */
import '../src/lib/build/temporal.ts';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chromium } from '@playwright/test';
import { readCatalogue } from '../src/lib/build/catalogue.ts';
import { compileRunbook } from '../src/lib/build/runbook-source.ts';
import { makeChecklist } from '../src/lib/core/papers/checklist.ts';
import type { Paper } from '../src/lib/core/papers/paper.ts';
import { makePlan } from '../src/lib/core/papers/plan.ts';
import { readPlan } from '../src/lib/core/papers/plan-fields.ts';
import { makeRecord } from '../src/lib/core/papers/record.ts';
import { paperFile } from '../src/lib/core/papers/to-html.ts';
import { emptyState } from '../src/lib/core/run/fold.ts';
import { formatProblems } from '../src/lib/core/runbook/problem.ts';
import { inputs } from '../src/lib/core/sheet/inputs.ts';
import { makeSheet } from '../src/lib/core/sheet/sheet.ts';
import { findBrowser } from '../tests/support/browser.ts';

const sizes = { a4: 'A4', letter: 'Letter' } as const;
const options = { inputs: '', size: 'a4', out: 'papers' };
const words = process.argv.slice(2);
for (let index = 0; index < words.length; index += 2) {
  const name = words[index]?.replace(/^--/, '') ?? '';
  const value = words[index + 1];
  if (!Object.hasOwn(options, name) || value === undefined) {
    stop(`\`${words[index] ?? ''}\` cannot be used. Write: --inputs file.json, --size a4|letter, --out folder.`);
  }
  Object.assign(options, { [name]: value });
}
const format =
  options.size === 'letter'
    ? sizes.letter
    : options.size === 'a4'
      ? sizes.a4
      : stop('Write a4 or letter after `--size`.');
const raw = readInputs();

const now = new Date();
const two = (number: number): string => String(number).padStart(2, '0');
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(two).join('-');
const printed = `${today} ${two(now.getHours())}:${two(now.getMinutes())}`;

const folder = 'src/content/runbooks';
const policies = readCatalogue('src/content/policies');
mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch(findBrowser());
const page = await browser.newPage();
for (const name of readdirSync(folder).filter((file) => file.endsWith('.mdx'))) {
  const id = basename(name, '.mdx');
  const { runbook, problems } = compileRunbook(readFileSync(join(folder, name), 'utf8'), id, policies);
  if (!runbook) stop(`${name}\n${formatProblems(problems)}`);
  const fields = Object.fromEntries(runbook.inputs.flatMap((input) => (inputs[input] ? [[input, inputs[input]]] : [])));
  const filling = { sheet: makeSheet(raw, fields, { today }), today };
  const papers: readonly Paper[] = [
    makePlan(runbook, { filling, answers: readPlan(raw).answers, printed }),
    makeChecklist(runbook, { filling, printed }),
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

function readInputs(): Readonly<Record<string, string>> {
  if (!options.inputs) return {};
  try {
    const data: unknown = JSON.parse(readFileSync(options.inputs, 'utf8'));
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
      return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
    }
  } catch {
    // Said below, in the same words as for a file that holds something else.
  }
  return stop(`${options.inputs}: It must hold an object of texts: { "upstreamServer": "wsus1.contoso.com" }.`);
}

function stop(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
