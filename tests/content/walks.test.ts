/**
 * Walks every branch of every runbook: whatever a reader answers, the page that comes of it is complete.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLibrary } from '../../src/lib/build/library.ts';
import { holdsAll } from '../../src/lib/core/sheet/sheet.ts';
import { compile, compiled, file, projectFolder, step, task } from '../support/compile.ts';
import { combinations, decidingSets, faultsOf, readPage, walk, walksOf } from './support/walks.ts';

// A runbook that does not compile is the business of another test.
const pages = [...readLibrary(join(projectFolder, 'src/content/runbooks'))].flatMap(([id, source]) => {
  const { runbook } = compile(source, id);
  return runbook ? [{ id, page: readPage(runbook) }] : [];
});

describe.each(pages)('$id', ({ page }) => {
  const { runbook } = page;
  const walks = walksOf(page);

  test('numbers its tasks from 1, and the steps of each task likewise', () => {
    const numbers = runbook.tasks.map(({ number, items }) => [
      number,
      ...items.flatMap((item) => (item.kind === 'passage' ? [] : [item.number])),
    ]);

    expect(numbers).toEqual(
      runbook.tasks.map(({ items }, index) => [
        index + 1,
        ...items.filter(({ kind }) => kind !== 'passage').map((_, place) => `${index + 1}.${place + 1}`),
      ]),
    );
  });

  test('is walked with every combination of what decides about one thing', () => {
    for (const wanted of decidingSets(page).flatMap(combinations)) {
      expect(walks).toContainEqual(expect.objectContaining(wanted));
    }
  });

  test('shows each of its branches to somebody, and hides it from somebody', () => {
    const sheets = walks.map((answers) => walk(page, answers).sheet);
    const branches = page.shown.filter(({ kind }) => kind === 'branch');
    const idle = branches.flatMap(({ name, at, chain }) => [
      ...(sheets.some((sheet) => holdsAll(chain, sheet) === true) ? [] : [`${at}: nobody sees ${name}`]),
      ...(sheets.some((sheet) => holdsAll(chain, sheet) === false) ? [] : [`${at}: everybody sees ${name}`]),
    ]);

    expect(idle).toEqual([]);
  });

  test('is complete for every walk: no blank, no link to nothing, no command that cannot be copied', () => {
    // One walk tells enough of a fault that several have.
    const faults = new Map(
      walks.flatMap((answers) => faultsOf(page, answers)).map((fault) => [fault.replace(/ \[.*\]$/, ''), fault]),
    );

    expect([...faults.values()]).toEqual([]);
  });

  test('asks each of its inputs of somebody', () => {
    const asked = new Set(walks.flatMap((answers) => [...walk(page, answers).asked]));

    expect(runbook.inputs.filter((input) => !asked.has(input))).toEqual([]);
  });
});

describe('a walk finds', () => {
  const faults = (body: string, inputs: readonly string[]): string[] => {
    const page = readPage(compiled(file(body, { inputs })));
    return [...new Set(walksOf(page).flatMap((answers) => faultsOf(page, answers)))];
  };

  test('nothing in a runbook that is complete', () => {
    expect(
      faults(
        task(
          `${step('Open <Value of="wsusServer" />.')}\n\n<When input="useProxy" is="yes">\n\n${step('Use <Value of="proxyServer" />.', 'set-proxy')}\n\n</When>`,
        ),
        ['wsusServer', 'useProxy', 'proxyServer'],
      ),
    ).toEqual([]);
  });

  test('a link to a step that the reader does not see', () => {
    expect(
      faults(
        task(
          `${step('Go to [the proxy](#set-proxy).')}\n\n<When input="useProxy" is="yes">\n\n${step('', 'set-proxy')}\n\n</When>`,
        ),
        ['useProxy'],
      ),
    ).toEqual(['example-step: the link to #set-proxy leads to nothing that is shown. [useProxy=no]']);
  });

  test('a task without a step', () => {
    expect(
      faults(task(`A word before.\n\n<When input="useProxy" is="yes">\n\n${step()}\n\n</When>`), ['useProxy']),
    ).toEqual(['example-task: the task is shown without a step. [useProxy=no]']);
  });

  test('a value that follows from inputs and cannot be worked out', () => {
    expect(faults(task(step('Open <Value of="wsusUrl" />.')), ['wsusServer', 'wsusPort', 'wsusSsl'])).toEqual([]);
  });
});
