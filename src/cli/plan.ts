/** `ringbook plan`: a runbook's change plan, or its blank checklist, as Markdown, CSV, HTML or a calendar. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalogue } from '../lib/build/catalogue.ts';
import { readLibrary } from '../lib/build/library.ts';
import { compileRunbook } from '../lib/build/runbook-source.ts';
import { makeChecklist } from '../lib/core/papers/checklist.ts';
import type { Paper } from '../lib/core/papers/paper.ts';
import { makePlan, windowFault, type PlanContext } from '../lib/core/papers/plan.ts';
import { isPlanField, planFields, readPlan } from '../lib/core/papers/plan-fields.ts';
import { planInputs } from '../lib/core/papers/plan-inputs.ts';
import { toCsv } from '../lib/core/papers/to-csv.ts';
import { paperFile } from '../lib/core/papers/to-html.ts';
import { planCalendar } from '../lib/core/papers/to-ics.ts';
import { toMarkdown } from '../lib/core/papers/to-markdown.ts';
import { formatProblems } from '../lib/core/runbook/problem.ts';
import type { Runbook } from '../lib/core/runbook/model.ts';
import { inputs, inputsOf, readInput } from '../lib/core/sheet/inputs.ts';
import { makeSheet } from '../lib/core/sheet/sheet.ts';
import type { CommandClock } from './clock.ts';
import { faultsOf, readSet } from './options.ts';
import type { Outcome } from './ringbook.ts';

export const paperForms = ['md', 'csv', 'html', 'ics'] as const;
export type PaperForm = (typeof paperForms)[number];
const isForm = (text: string): text is PaperForm => paperForms.some((form) => form === text);

/** A paper in one of the forms that need nothing but the paper. */
export function writePaper(paper: Paper, form: Exclude<PaperForm, 'ics'>): string {
  switch (form) {
    case 'md':
      return toMarkdown(paper);
    case 'csv':
      return toCsv(paper);
    case 'html':
      return paperFile(paper);
  }
}

/** Compiles one runbook of the library, or says which there are. */
export function findRunbook(root: string, id: string): Runbook | Outcome {
  const sources = readLibrary(join(root, 'src/content/runbooks'));
  const source = sources.get(id);
  if (source === undefined) {
    const said = id ? `\`${id}\` is not a runbook.` : 'Name a runbook.';
    return { err: `${said} The runbooks are: ${[...sources.keys()].join(', ')}.`, code: 2 };
  }
  const { runbook, problems } = compileRunbook(source, id, readCatalogue(join(root, 'src/content/policies')));
  return runbook ?? { err: formatProblems(problems), code: 1 };
}

interface Wanted {
  readonly raw: Readonly<Record<string, string>>;
  readonly form: PaperForm;
  readonly isBlank: boolean;
}

/** Reads the words after the runbook's id. */
function readWords(words: readonly string[], names: readonly string[]): Wanted | Outcome {
  const raw: Record<string, string> = {};
  let form: PaperForm = 'md';
  let isBlank = false;
  const know = (name: string): string | undefined =>
    names.includes(name) ? undefined : `There is no input \`${name}\` here. The inputs are: ${names.join(', ')}.`;

  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--checklist') {
      isBlank = true;
    } else if (word === '--set') {
      const fault = readSet(raw, words[++index], know);
      if (fault) return fault;
    } else if (word === '--inputs') {
      const path = words[++index];
      if (!path) return { err: 'Name a file after `--inputs`.', code: 2 };
      const read = readInputs(path);
      if ('err' in read) return read;
      for (const [name, value] of Object.entries(read.values)) {
        const unknown = know(name);
        if (unknown) return { err: `${path}: ${unknown}`, code: 1 };
        raw[name] ??= value;
      }
    } else if (word === '--to') {
      const wanted = words[++index] ?? '';
      if (!isForm(wanted)) return { err: `Write one of these after \`--to\`: ${paperForms.join(', ')}.`, code: 2 };
      form = wanted;
    } else {
      return {
        err: `\`${word}\` is not an option. The options are: --set name=value, --inputs file.json, --to ${paperForms.join('|')}, --checklist.`,
        code: 2,
      };
    }
  }
  return { raw, form, isBlank };
}

/** Values from a file: an object of texts and numbers. */
export function readInputs(
  path: string,
): { readonly values: Readonly<Record<string, string>> } | (Outcome & { readonly err: string }) {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'It is not JSON.' : 'It cannot be read.';
    return { err: `${path}: ${why} Write an object of texts: { "upstreamServer": "wsus1.contoso.com" }.`, code: 1 };
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return { err: `${path}: Write an object of texts: { "upstreamServer": "wsus1.contoso.com" }.`, code: 1 };
  }
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(data)) {
    if (typeof value !== 'string' && typeof value !== 'number') {
      return { err: `${path}: \`${name}\` must be a text or a number.`, code: 1 };
    }
    values[name] = String(value);
  }
  return { values };
}

/**
 * Answers with the paper. Values that are missing stay lines to write on; values that are wrong stop it, in the words of
 * the page.
 */
export function plan(words: readonly string[], clock: CommandClock, root: string): Outcome {
  const [id = '', ...rest] = words;
  const runbook = findRunbook(root, id);
  if ('code' in runbook) return runbook;

  const wanted = readWords(rest, [
    ...runbook.inputs.filter((name) => !inputs[name]?.secret),
    ...planInputs(runbook),
    ...planFields.map((field) => field.id),
  ]);
  if ('code' in wanted) return wanted;
  const { raw, form, isBlank } = wanted;

  const { answers, faults } = readPlan(raw);
  const wrong = [
    ...faultsOf(raw, (name, text) => (isPlanField(name) ? undefined : readInput(name, text))),
    ...Object.entries(faults).map(([name, why]) => `${name}: ${why}`),
  ];
  const window = windowFault(answers);
  if (window) wrong.push(`planEndTime: ${window}`);
  if (wrong.length > 0) return { err: wrong.join('\n'), code: 1 };

  const context: PlanContext = {
    filling: {
      sheet: makeSheet(raw, inputsOf([...runbook.inputs, ...planInputs(runbook)]), { today: clock.today }),
      today: clock.today,
    },
    answers,
    printed: clock.printed,
  };
  if (form === 'ics') {
    if (isBlank) return { err: 'A checklist has no dates: leave `--checklist` out for a calendar.', code: 2 };
    const calendar = planCalendar(runbook, context, clock.stamp);
    return calendar.ok ? { out: calendar.value, code: 0 } : { err: calendar.why, code: 1 };
  }
  return {
    out: writePaper(isBlank ? makeChecklist(runbook, context) : makePlan(runbook, context), form),
    code: 0,
  };
}
