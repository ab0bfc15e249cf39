import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inputs } from '../../src/lib/core/sheet/inputs.ts';
import { Runbook } from '../../src/lib/core/runbook/model.ts';
import { itemsOf } from '../../src/lib/core/runbook/walk.ts';
import { formatProblems } from '../../src/lib/core/runbook/problem.ts';
import { branchesOfInputs } from '../../src/lib/core/runbook/uses.ts';
import { compile, compiled, projectFolder } from '../support/compile.ts';

const folder = join(projectFolder, 'src/content/runbooks');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.mdx'))
  .map((name) => ({ id: name.replace(/\.mdx$/, ''), source: readFileSync(join(folder, name), 'utf8') }));

test('there is a runbook', () => {
  expect(files).not.toEqual([]);
});

describe.each(files)('$id', ({ id, source }) => {
  test('compiles', () => {
    expect(formatProblems(compile(source, id).problems)).toBe('');
  });

  test('fits the schema, with nothing left over', () => {
    const runbook = compiled(source, id);

    expect(Runbook.parse(runbook)).toEqual(runbook);
  });

  test('asks for every input that it lists, and for no other', () => {
    const runbook = compiled(source, id);

    expect([...branchesOfInputs(runbook).keys()].sort()).toEqual([...runbook.inputs].sort());
  });

  test('branches only where the sheet can answer before', () => {
    const uses = branchesOfInputs(compiled(source, id));
    const pickers = [...uses.values()].flatMap((branches) => branches.flat().map(({ input }) => input));

    for (const input of new Set(pickers)) expect(inputs[input]?.options, input).toBeDefined();
  });

  test('says a time that its steps add up to, give or take half of it', () => {
    const runbook = compiled(source, id);
    const work = runbook.tasks.filter(({ role }) => role === 'work');
    const sum = itemsOf({ tasks: work }).reduce((minutes, item) => minutes + item.minutes, 0);

    // Branches leave steps out, so the sum is the most it can be.
    expect(sum).toBeGreaterThanOrEqual(runbook.minutes);
    expect(sum).toBeLessThanOrEqual(runbook.minutes * 1.5);
  });

  test('gives nobody a step above the tier that may run it', () => {
    const runbook = compiled(source, id);

    expect(
      itemsOf(runbook)
        .filter(({ tier }) => tier > runbook.tier)
        .map((item) => item.id),
    ).toEqual([]);
  });
});
