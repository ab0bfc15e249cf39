/** `ringbook policy`: one setting of the catalogue in every form, for the state and data on the command line. */
import { join } from 'node:path';
import { readCatalogue } from '../lib/build/catalogue.ts';
import { policyFields } from '../lib/core/policy/policy-fields.ts';
import { policyPlan } from '../lib/core/policy/policy-plan.ts';
import { readField } from '../lib/core/sheet/rules.ts';
import { makeSheet } from '../lib/core/sheet/sheet.ts';
import { filesOf, formText, jsonCommands, refusalsOf, type FormOf } from './forms.ts';
import { faultsOf, readOptions } from './options.ts';
import type { Outcome } from './ringbook.ts';

/** What has to be given; the rest of the fields adds to it. */
const needed = ['state', 'gpo'];

/**
 * Answers as `derive` does. What waits for an input that may be left out is left out; `values` is the change itself.
 */
export function policyForms(words: readonly string[], today: string, root: string): Outcome {
  const [id = '', ...rest] = words;
  const policies = readCatalogue(join(root, 'src/content/policies'));
  const policy = policies.get(id);
  if (!policy) {
    const said = id ? `\`${id}\` is not a policy.` : 'Name a policy.';
    return { err: `${said} The policies are: ${[...policies.keys()].join(', ')}.`, code: 2 };
  }
  const fields = Object.fromEntries(policyFields(policy).map(({ input }) => [input.id, input]));
  const options = readOptions(rest, id, Object.keys(fields));
  if ('code' in options) return options;
  const { raw, isJson, out } = options;

  const wrong = faultsOf(raw, (name, text) => fields[name] && readField(fields[name], text));
  if (wrong.length) return { err: wrong.join('\n'), code: 1 };

  const sheet = makeSheet(raw, fields, { today });
  const plan = policyPlan(policy, sheet);
  if (plan.state === 'refused') return { err: plan.why, code: 1 };
  const missing = [
    ...needed.filter((name) => sheet[name]?.state !== 'given'),
    ...(plan.state === 'waiting' ? plan.waitsFor.filter((name) => !needed.includes(name)) : []),
    ...waitingBefore(plan, raw),
  ];
  if (plan.state === 'waiting' || missing.length) {
    return { err: missing.map((name) => `${name}: ${fields[name]?.ask ?? 'Enter it'}`).join('\n'), code: 1 };
  }

  const forms = plan.sections.flatMap(({ id: section, items }) =>
    items.flatMap((item): FormOf[] => ('waitsFor' in item ? [] : [{ policy: id, isUndo: section === 'undo', item }])),
  );
  const files = out === undefined ? {} : { files: filesOf(out, forms) };
  if (isJson) {
    const inputs = Object.fromEntries(
      Object.entries(sheet).flatMap(([name, cell]) => (cell.state === 'given' ? [[name, cell.value]] : [])),
    );
    const json = {
      inputs,
      values: plan.change,
      commands: jsonCommands(forms),
      warnings: refusalsOf(forms),
      sources: policy.sources.map(({ cite, url }) => ({ title: cite, url, read: '' })),
    };
    return { out: JSON.stringify(json, null, 2), code: 0, ...files };
  }
  const text = plan.sections.flatMap(({ title, items }) => {
    const shown = items.flatMap((item) => ('waitsFor' in item ? [] : [formText(item)]));
    return shown.length ? [`${title}\n${'='.repeat(title.length)}`, ...shown] : [];
  });
  return { out: text.join('\n\n'), code: 0, ...files };
}

/** Once the state before is said, its data has to follow. */
const waitingBefore = (plan: ReturnType<typeof policyPlan>, raw: Readonly<Record<string, string>>): string[] =>
  plan.state === 'ready' && raw['before']
    ? plan.sections.flatMap(({ id, items }) =>
        id === 'undo'
          ? items.flatMap((item) => ('waitsFor' in item ? item.waitsFor.filter((name) => name !== 'gpo') : []))
          : [],
      )
    : [];
