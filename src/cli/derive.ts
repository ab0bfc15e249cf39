/** `ringbook derive`: works out a calculator's values for the inputs on the command line. */
import { calculatorById, calculators } from '../lib/core/calculators/index.ts';
import { reportText } from '../lib/core/render/report-text.ts';
import { inputs, readInput } from '../lib/core/sheet/inputs.ts';
import { makeSheet } from '../lib/core/sheet/sheet.ts';
import type { Outcome } from './ringbook.ts';

const known = (): string =>
  Object.values(calculators)
    .map(({ id }) => id)
    .join(', ');

/**
 * Answers with text, or with `--json` as `{ inputs, values, commands, warnings, sources }`: `inputs` as they were read,
 * `values` the result as data, `commands` as `[{ form, title, text, why, where }]`, `warnings` as sentences. These names stay.
 */
export function derive(words: readonly string[], today: string): Outcome {
  const [id = '', ...rest] = words;
  const calculator = calculatorById(id);
  if (!calculator) {
    const said = id ? `\`${id}\` is not a calculator.` : 'Name a calculator.';
    return { err: `${said} The calculators are: ${known()}.`, code: 2 };
  }
  const { live, sources } = calculator;
  const names = [...new Set([...live.needs, ...live.also])];

  const raw: Record<string, string> = {};
  let isJson = false;
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index];
    if (word === '--json') isJson = true;
    else if (word === '--set') {
      const pair = rest[++index] ?? '';
      const [name = ''] = pair.split('=');
      if (!pair.includes('=')) return { err: 'Write a value after `--set` as name=value.', code: 2 };
      if (!names.includes(name))
        return { err: `\`${id}\` has no input \`${name}\`. Its inputs are: ${names.join(', ')}.`, code: 2 };
      raw[name] = pair.slice(name.length + 1);
    } else return { err: `\`${word ?? ''}\` is not an option. The options are: --set name=value, --json.`, code: 2 };
  }

  const wrong = Object.entries(raw).flatMap(([name, text]) => {
    const reading = readInput(name, text);
    return reading.state === 'wrong' ? [`${name}: ${reading.message}`] : [];
  });
  if (wrong.length) return { err: wrong.join('\n'), code: 1 };

  const fields = Object.fromEntries(names.flatMap((name) => (inputs[name] ? [[name, inputs[name]]] : [])));
  const sheet = makeSheet(raw, fields, { today });
  const answer = live.answer(sheet, today);
  if (answer.state === 'waiting') {
    if (answer.why) return { err: answer.why, code: 1 };
    return { err: answer.waitsFor.map((name) => `${name}: ${inputs[name]?.ask ?? 'Enter it'}`).join('\n'), code: 1 };
  }
  if (!isJson) return { out: reportText(answer.report), code: 0 };

  const read = Object.entries(sheet).flatMap(([name, cell]) =>
    cell.state === 'given' && Object.hasOwn(raw, name) ? [[name, cell.value]] : [],
  );
  const commands = answer.report.flatMap((part) =>
    part.kind === 'command'
      ? [
          {
            form: part.command.shell,
            title: part.command.title,
            text: part.command.text,
            why: part.command.why,
            where: part.command.where,
          },
        ]
      : [],
  );
  const warnings = answer.report.flatMap((part) => (part.kind === 'warning' ? [part.text] : []));
  const json = { inputs: Object.fromEntries(read), values: answer.value, commands, warnings, sources };
  return { out: JSON.stringify(json, null, 2), code: 0 };
}
