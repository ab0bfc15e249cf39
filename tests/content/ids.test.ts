/**
 * The ledger of every id that a runbook ever published. Ticks are kept under ids, so an id is a promise: it may get
 * another bearer, but it never vanishes. The ledger only grows.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenPromises, publishedIds } from '../../src/lib/core/runbook/identity.ts';
import type { Runbook } from '../../src/lib/core/runbook/model.ts';
import { compiled, file, projectFolder, step, task } from '../support/compile.ts';

type Ledger = Readonly<Record<string, readonly string[]>>;

const ledgerFile = 'tests/content/ids.json';
const ledger = JSON.parse(readFileSync(join(projectFolder, ledgerFile), 'utf8')) as Ledger;

const folder = join(projectFolder, 'src/content/runbooks');
const runbooks = readdirSync(folder)
  .filter((name) => name.endsWith('.mdx'))
  .map((name) => compiled(readFileSync(join(folder, name), 'utf8'), name.replace(/\.mdx$/, '')));

/** @returns A sentence for each id of today that the ledger does not have, with what to paste; none when it has all. */
function unrecorded(ids: readonly string[], runbook: Pick<Runbook, 'id' | 'tasks'>): string[] {
  const fresh = publishedIds(runbook).filter((id) => !ids.includes(id));
  if (fresh.length === 0) return [];
  const entry = JSON.stringify({ [runbook.id]: [...ids, ...fresh] }, null, 2)
    .split('\n')
    .slice(1, -1)
    .join('\n');
  const count = fresh.length === 1 ? `The id \`${fresh[0]}\` is` : `${fresh.length} ids are`;
  return [`${count} new. Write this into ${ledgerFile}, in place of the entry of ${runbook.id}:\n${entry}`];
}

describe.each(runbooks)('$id', (runbook) => {
  test('keeps every id that it ever published', () => {
    expect(brokenPromises(ledger[runbook.id] ?? [], runbook).join('\n')).toBe('');
  });

  test('has all its ids in the ledger', () => {
    expect(unrecorded(ledger[runbook.id] ?? [], runbook).join('\n')).toBe('');
  });
});

describe('the ledger', () => {
  test('has no runbook that has vanished: put its file back, under its name', () => {
    expect(Object.keys(ledger).filter((id) => !runbooks.some((runbook) => runbook.id === id))).toEqual([]);
  });

  test.each(Object.entries(ledger))('has each id of %s once', (_, ids) => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

describe('what the ledger says', () => {
  const runbook = compiled(file(task(`${step('', 'new-step')}\n\n${step('', 'kept-step')}`)), 'restart-wsus');

  test('of an id that vanished names the mend', () => {
    expect(brokenPromises(['example-task', 'kept-step', 'old-step'], runbook)).toMatchInlineSnapshot(`
      [
        "The id \`old-step\` has vanished. Put it back, or name it in \`formerly\` on what took its place.",
      ]
    `);
  });

  test('of an id that is new is ready to be pasted', () => {
    expect(unrecorded(['example-task', 'old-step', 'kept-step'], runbook)).toMatchInlineSnapshot(`
      [
        "The id \`new-step\` is new. Write this into tests/content/ids.json, in place of the entry of restart-wsus:
        "restart-wsus": [
          "example-task",
          "old-step",
          "kept-step",
          "new-step"
        ]",
      ]
    `);
    expect(unrecorded([], runbook)[0]).toContain('3 ids are new.');
  });

  test('is nothing when all is well', () => {
    expect(unrecorded(['kept-step', 'new-step', 'example-task', 'old-step'], runbook)).toEqual([]);
  });
});
