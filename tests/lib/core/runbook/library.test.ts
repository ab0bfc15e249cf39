import { describe, expect, test } from 'vitest';
import {
  libraryProblems,
  runbookPlace,
  type Reference,
  type Volume,
} from '../../../../src/lib/core/runbook/library.ts';

const at = (line: number): { line: number; column: number } => ({ line, column: 3 });
const link = (runbook: string, id?: string, line = 20): Reference => ({
  from: 'link',
  runbook,
  ...(id !== undefined && { id }),
  place: at(line),
});
const before = (runbook: string, line = 4): Reference => ({ from: 'before', runbook, place: at(line) });
const after = (runbook: string, line = 5): Reference => ({ from: 'after', runbook, place: at(line) });
const volume = (id: string, references: readonly Reference[] = []): Volume => ({
  id,
  places: ['prepare-ring', 'open-console'],
  references,
});

describe('runbookPlace', () => {
  test.each([
    ['/runbooks/weekly-health.html', { runbook: 'weekly-health' }],
    ['/runbooks/weekly-health.html#sample-devices', { runbook: 'weekly-health', id: 'sample-devices' }],
  ])('reads %s', (url, place) => {
    expect(runbookPlace(url)).toEqual(place);
  });

  test.each([
    '/runbooks/weekly-health',
    'runbooks/weekly-health.html',
    '/runbooks/../index.html',
    '/runbooks/Weekly.html',
    '/runbooks/weekly-health.html#',
    '/runbooks/weekly-health.html?x=1',
    '//runbooks/weekly-health.html',
    'https://example.com/runbooks/weekly-health.html',
    '/guide/problems.html',
    '#sample-devices',
  ])('takes %s for no runbook', (url) => {
    expect(runbookPlace(url)).toBeUndefined();
  });
});

describe('a library', () => {
  test('has no problem when its links lead somewhere, and neighbours know of each other', () => {
    const problems = libraryProblems([
      volume('pilot', [after('production'), link('production', 'open-console')]),
      volume('production', [before('pilot'), link('pilot')]),
    ]);

    expect([...problems]).toEqual([]);
  });

  test.each([
    ['a link', link('produktion'), 'The link names the runbook `produktion`, which the library does not have.'],
    ['before', before('produktion'), '`before` names the runbook `produktion`, which the library does not have.'],
    ['after', after('produktion'), '`after` names the runbook `produktion`, which the library does not have.'],
  ])('says the nearest runbook when %s names one that does not exist', (_, reference, message) => {
    const problems = libraryProblems([volume('pilot', [reference]), volume('production')]);

    expect([...problems]).toEqual([
      ['pilot', [{ code: 'unknown-runbook', ...reference.place, message, mend: 'Did you mean `production`?' }]],
    ]);
  });

  test('names the other runbooks when none is near', () => {
    const alone = libraryProblems([volume('pilot', [link('weekly')])]);
    const several = libraryProblems([volume('pilot', [link('weekly')]), volume('production'), volume('freeze')]);

    expect(alone.get('pilot')?.[0]?.mend).toBe('There is no other runbook yet.');
    expect(several.get('pilot')?.[0]?.mend).toBe('The others are: freeze, production.');
  });

  test('says the nearest place when a link names one that its runbook does not have', () => {
    const problems = libraryProblems([
      volume('pilot', [link('production', 'open-consol'), link('production', 'freeze', 30)]),
      volume('production'),
    ]);

    expect(problems.get('pilot')).toEqual([
      {
        code: 'unknown-runbook',
        ...at(20),
        message: 'The link leads to `#open-consol`, which `production` does not have.',
        mend: 'Did you mean `#open-console`?',
      },
      {
        code: 'unknown-runbook',
        ...at(30),
        message: 'The link leads to `#freeze`, which `production` does not have.',
        mend: 'Write `#` and the id of a task, step or gate there.',
      },
    ]);
  });

  test('does not judge places of a runbook whose text cannot be read', () => {
    const problems = libraryProblems([
      volume('pilot', [link('production', 'anything')]),
      { id: 'production', references: [] },
    ]);

    expect([...problems]).toEqual([]);
  });

  test.each([
    ['before', before('production'), 'after'],
    ['after', after('production'), 'before'],
  ])('wants a neighbour in `%s` to know of it, too', (key, reference, other) => {
    const problems = libraryProblems([
      volume('pilot', [reference]),
      // The same key on both sides is no answer: each would come first.
      volume('production', [{ ...reference, runbook: 'weekly' }]),
      volume('weekly', [{ ...(key === 'before' ? after('production') : before('production')) }]),
    ]);

    expect([...problems]).toEqual([
      [
        'pilot',
        [
          {
            code: 'one-sided-order',
            ...reference.place,
            message: `\`${key}\` names \`production\`, and \`${other}\` of that one does not name \`pilot\`.`,
            mend: `Write \`pilot\` into \`${other}\` of \`production\`, or take \`production\` out of \`${key}\`.`,
          },
        ],
      ],
    ]);
  });

  test('lets no runbook be its own neighbour, but a runbook may link to itself', () => {
    const problems = libraryProblems([volume('pilot', [before('pilot'), after('pilot'), link('pilot')])]);

    expect(problems.get('pilot')?.map(({ message }) => message)).toEqual([
      '`before` names this runbook itself.',
      '`after` names this runbook itself.',
    ]);
  });

  test('gives the problems of a runbook in reading order', () => {
    const problems = libraryProblems([volume('pilot', [link('a1', undefined, 30), before('b1', 4), link('c1')])]);

    expect(problems.get('pilot')?.map(({ line }) => line)).toEqual([4, 20, 30]);
  });
});
