/** `ringbook derive`: works out a calculator's values for the inputs on the command line. */
import { join } from 'node:path';
import { readCatalogue } from '../lib/build/catalogue.ts';
import type { DerivedChange } from '../lib/core/calculators/calculator.ts';
import { calculatorById, calculators } from '../lib/core/calculators/index.ts';
import { settingForms } from '../lib/core/policy/forms.ts';
import type { SettingChange } from '../lib/core/policy/setting-change.ts';
import { reportText } from '../lib/core/render/report-text.ts';
import { inputs, inputsOf, readInput } from '../lib/core/sheet/inputs.ts';
import { makeSheet } from '../lib/core/sheet/sheet.ts';
import { filesOf, jsonCommands, refusalsOf, type FormOf, type JsonCommand } from './forms.ts';
import { faultsOf, readOptions } from './options.ts';
import type { Outcome } from './ringbook.ts';

const known = (): string =>
  Object.values(calculators)
    .map(({ id }) => id)
    .join(', ');

/**
 * Answers with text, or with `--json` as `{ inputs, values, commands, warnings, sources }`: `inputs` as they were read,
 * `values` the result as data, `commands` as `[{ form, title, text or base64 with fileName, why, where }]`, `warnings` as
 * sentences. These names stay. Changes of policies are among the commands in all their forms.
 *
 * @param root The project's folder, whose catalogue the forms are made from.
 */
export function derive(words: readonly string[], today: string, root: string): Outcome {
  const [id = '', ...rest] = words;
  const calculator = calculatorById(id);
  if (!calculator) {
    const said = id ? `\`${id}\` is not a calculator.` : 'Name a calculator.';
    return { err: `${said} The calculators are: ${known()}.`, code: 2 };
  }
  const { live, sources, background } = calculator;
  const names = [...new Set([...live.needs, ...live.also])];
  const options = readOptions(rest, id, names);
  if ('code' in options) return options;
  const { raw, isJson, out } = options;

  const wrong = faultsOf(raw, readInput);
  if (wrong.length) return { err: wrong.join('\n'), code: 1 };

  const sheet = makeSheet(raw, inputsOf(names), { today });
  const answer = live.answer(sheet, today);
  if (answer.state === 'waiting') {
    if (answer.why) return { err: answer.why, code: 1 };
    return { err: answer.waitsFor.map((name) => `${name}: ${inputs[name]?.ask ?? 'Enter it'}`).join('\n'), code: 1 };
  }
  const report = [...answer.report, ...(background?.() ?? [])];
  const forms = isJson || out !== undefined ? formsOf(answer.changes ?? [], root) : [];
  const files = out === undefined ? {} : { files: filesOf(out, forms) };
  if (!isJson) return { out: reportText(report), code: 0, ...files };

  const read = Object.entries(sheet).flatMap(([name, cell]) =>
    cell.state === 'given' && Object.hasOwn(raw, name) ? [[name, cell.value]] : [],
  );
  const made = jsonCommands(forms);
  const others = report.flatMap((part): JsonCommand[] => {
    if (part.kind !== 'command' || made.some(({ text }) => text === part.command.text)) return [];
    const { shell, title, text, why, where } = part.command;
    return [{ form: shell, title, text, why, where }];
  });
  const warnings = report.flatMap((part) => (part.kind === 'warning' ? [part.text] : []));
  const json = {
    inputs: Object.fromEntries(read),
    values: answer.value,
    commands: [...others, ...made],
    warnings: [...warnings, ...refusalsOf(forms)],
    sources,
  };
  return { out: JSON.stringify(json, null, 2), code: 0, ...files };
}

/** All forms of the changes that a calculator asks for, and then of their undoing, backwards. */
function formsOf(changes: readonly DerivedChange[], root: string): FormOf[] {
  const policies = changes.length ? readCatalogue(join(root, 'src/content/policies')) : new Map<string, never>();
  const all = (change: SettingChange, gpo: string | undefined, isUndo: boolean): FormOf[] => {
    const policy = policies.get(change.policy);
    return policy
      ? settingForms(policy, change, { gpo: gpo ?? '', isUndo }).map((item) => ({ policy: policy.id, isUndo, item }))
      : [];
  };
  return [
    ...changes.flatMap(({ change, gpo }) => all(change, gpo, false)),
    ...changes.toReversed().flatMap(({ undo, gpo }) => (undo ? all(undo, gpo, true) : [])),
  ];
}
