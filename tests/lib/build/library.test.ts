import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compileLibrary, readLibrary } from '../../../src/lib/build/library.ts';
import { formatProblems } from '../../../src/lib/core/runbook/problem.ts';
import { file, fileWithStep, guide, policies, step, task } from '../../support/compile.ts';

const library = (files: Readonly<Record<string, string>>) =>
  compileLibrary(new Map(Object.entries(files)), policies, guide);
const said = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries([...library(files).faults].map(([id, problems]) => [id, formatProblems(problems)]));

describe('compileLibrary', () => {
  test('compiles runbooks that speak of each other', () => {
    const { runbooks, faults } = library({
      'restart-wsus': file(task(step('See [the check](/runbooks/check-wsus.html#example-step).')), {
        after: ['check-wsus'],
      }),
      'check-wsus': file(task(step()), { before: ['restart-wsus'] }),
    });

    expect([...faults]).toEqual([]);
    expect(runbooks).toMatchObject([
      { id: 'check-wsus', before: ['restart-wsus'], after: [] },
      { id: 'restart-wsus', before: [], after: ['check-wsus'] },
    ]);
    expect(JSON.stringify(runbooks[1])).toContain(
      '"url":"/runbooks/check-wsus.html#example-step","to":{"runbook":"check-wsus","id":"example-step"}',
    );
  });

  test('tells problems of a runbook and problems between runbooks together, where they stand', () => {
    expect(
      said({
        'restart-wsus': file(task(step('Micrsoft\n\nSee [the check](/runbooks/check-wsus.html#exampel-step).')), {
          after: ['check-wsus'],
        }),
        'check-wsus': file(task(step())),
      }),
    ).toMatchInlineSnapshot(`
      {
        "restart-wsus": "13:9  \`after\` names \`check-wsus\`, and \`before\` of that one does not name \`restart-wsus\`.
            Write \`restart-wsus\` into \`before\` of \`check-wsus\`, or take \`check-wsus\` out of \`after\`. (one-sided-order)
      20:1  \`Micrsoft\` is misspelt.
            Write \`Microsoft\`. (field-spelling)
      22:5  The link leads to \`#exampel-step\`, which \`check-wsus\` does not have.
            Did you mean \`#example-step\`? (unknown-runbook)",
      }
    `);
  });

  test('knows a runbook that does not compile: a mistake in one is no mistake in another', () => {
    const faults = said({
      'restart-wsus': fileWithStep('[The check](/runbooks/check-wsus.html#example-step).'),
      'check-wsus': fileWithStep('Micrsoft'),
      'stop-wsus': fileWithStep('[The start](/runbooks/start-wsus.html#anything).'),
      'start-wsus': 'No front matter, and <5 broken.',
    });

    expect(Object.keys(faults)).toEqual(['check-wsus', 'start-wsus']);
  });
});

describe('readLibrary', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringbook-library-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('reads every MDX file of a folder under its name, and nothing else', () => {
    writeFileSync(join(folder, 'a-runbook.mdx'), 'text');
    writeFileSync(join(folder, 'notes.md'), 'no runbook');
    mkdirSync(join(folder, 'drafts'));

    expect([...readLibrary(folder)]).toEqual([['a-runbook', 'text']]);
  });
});
