import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLibrary } from '../../../../src/lib/build/library.ts';
import { shelve } from '../../../../src/lib/core/runbook/shelves.ts';
import { projectFolder } from '../../../support/compile.ts';

const library = [...readLibrary(join(projectFolder, 'src/content/runbooks')).keys()].map((id) => ({ id }));

describe('shelve', () => {
  test('gives every runbook of the library one place, on a shelf with a name of its own', () => {
    const shelves = shelve(library);

    expect(shelves.flatMap(({ books }) => books.map(({ id }) => id)).sort()).toEqual(
      library.map(({ id }) => id).sort(),
    );
    expect(shelves.map(({ title }) => title)).not.toContain('More');
  });

  test('names no runbook that is not there, and no shelf that is empty', () => {
    expect(shelve([{ id: 'readiness' }])).toMatchObject([
      { title: 'Decide and prepare', books: [{ id: 'readiness' }] },
    ]);
    expect(shelve([])).toEqual([]);
  });

  test('puts a runbook that it does not know last', () => {
    expect(shelve([{ id: 'new-one' }, { id: 'weekly-health' }]).map(({ title }) => title)).toEqual(['Operate', 'More']);
  });
});
