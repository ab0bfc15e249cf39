import { describe, expect, test } from 'vitest';
import { RunbookMeta } from '../../../../src/lib/core/runbook/model.ts';
import { codesOf, compile, compiled, file, problemsOf, step, task } from '../../../support/compile.ts';

const withKeys = (keys: Readonly<Record<string, unknown>>): string => file(task(step()), keys);

/** Without these a runbook stands alone in the library. */
const optional = ['before', 'after'];
const needed = Object.keys(RunbookMeta.shape).filter((key) => !optional.includes(key));

describe('a key', () => {
  test.each(needed)('%s that is missing is one problem, with its own mend', (key) => {
    const [problem, ...others] = compile(withKeys({ [key]: undefined })).problems;

    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'front-matter',
      line: 2,
      column: 1,
      message: `The front matter has no \`${key}\`.`,
    });
    expect(problem?.mend).toMatch(/^[A-Z`].*\.$/);
    expect(problem?.mend).not.toContain('Invalid');
  });

  test.each(optional)('%s that is missing is an empty list', (key) => {
    expect(compiled(withKeys({}))).toMatchObject({ [key]: [] });
  });

  test.each(Object.keys(RunbookMeta.shape))('%s that is empty is told where it stands', (key) => {
    const [problem] = compile(withKeys({ [key]: null })).problems;

    expect(problem?.message).toBe(`\`${key}\` in the front matter is empty.`);
    expect(problem?.column).toBe(1);
    expect(problem?.mend).not.toContain('Invalid');
  });

  test.each(Object.keys(RunbookMeta.shape))('%s that is a map cannot be used', (key) => {
    const [problem] = compile(withKeys({ [key]: { of: 'it' } })).problems;

    expect(problem?.message).toBe(`\`${key}\` in the front matter cannot be used as it is.`);
    expect(problem?.mend).not.toContain('Invalid');
  });

  test('that runbooks do not know is told with the nearest one, or with all', () => {
    expect(problemsOf(withKeys({ onwer: 'Ann', colour: 'blue' }))).toMatchInlineSnapshot(`
      "13:1  The front matter has a key \`onwer\` that runbooks do not know.
            Did you mean \`owner\`? (front-matter)
      14:1  The front matter has a key \`colour\` that runbooks do not know.
            The keys are: title, summary, ring, tools, tier, minutes, owner, reviewed, inputs, sources, before, after, changes. (front-matter)"
    `);
  });
});

describe('a value', () => {
  test.each([
    ['title', 'Restart', '2:1  `title` in the front matter is `Restart`.'],
    ['title', 5, '2:1  `title` in the front matter is `5`.'],
    ['summary', 'Use it well.', '3:1  `summary` in the front matter is `Use it well.`.'],
    ['ring', 'staging', '4:1  `ring` in the front matter is `staging`.'],
    ['tools', ['wsus', 'sccm'], '5:16  `tools` in the front matter holds `sccm`.'],
    ['tools', [], '5:1  `tools` in the front matter cannot be used as it is.'],
    ['tools', 'wsus', '5:1  `tools` in the front matter is `wsus`.'],
    ['tier', 0, '6:1  `tier` in the front matter is `0`.'],
    ['tier', '2', '6:1  `tier` in the front matter is `2`.'],
    ['minutes', 0, '7:1  `minutes` in the front matter is `0`.'],
    ['minutes', 1.5, '7:1  `minutes` in the front matter is `1.5`.'],
    ['minutes', 'five', '7:1  `minutes` in the front matter is `five`.'],
    ['owner', '', '8:1  `owner` in the front matter is empty.'],
    ['reviewed', '2026-02-30', '9:1  `reviewed` in the front matter is `2026-02-30`.'],
    ['reviewed', 'last week', '9:1  `reviewed` in the front matter is `last week`.'],
    ['inputs', 'useProxy', '10:1  `inputs` in the front matter is `useProxy`.'],
    ['inputs', [5], '10:10  `inputs` in the front matter holds `5`.'],
    [
      'sources',
      ['https://example.com', 'http://example.com'],
      '11:33  `sources` in the front matter holds `http://example.com`.',
    ],
    ['before', ['Restart WSUS'], '13:10  `before` in the front matter holds `Restart WSUS`.'],
    ['after', 'restart-wsus', '13:1  `after` in the front matter is `restart-wsus`.'],
    ['changes', [], '12:1  `changes` in the front matter cannot be used as it is.'],
    ['changes', 'First edition.', '12:1  `changes` in the front matter is `First edition.`.'],
    ['changes', ['First edition.'], '12:11  `changes` in the front matter holds `First edition.`.'],
    ['changes', [{ what: 'First edition.' }], '12:1  An entry of `changes` has no `date`.'],
    ['changes', [{ date: '2026-11-01' }], '12:1  An entry of `changes` has no `what`.'],
    [
      'changes',
      [{ date: '2026-02-30', what: 'First edition.' }],
      '12:19  `date` in an entry of `changes` is `2026-02-30`.',
    ],
    ['changes', [{ date: '2026-11-01', what: '' }], '12:39  `what` in an entry of `changes` is empty.'],
    ['changes', [{ date: '2026-11-01', what: 5 }], '12:39  `what` in an entry of `changes` is `5`.'],
    [
      'changes',
      [
        { date: '2026-11-01', what: 'First edition.' },
        { date: '2026-11-02', what: 'Second edition.' },
      ],
      '12:1  `changes` in the front matter cannot be used as it is.',
    ],
    ['sources', ['javascript:alert(1)'], '11:11  `sources` in the front matter holds `javascript:alert(1)`.'],
  ])('%s: %j cannot be used', (key, value, said) => {
    const [first, mend, ...rest] = problemsOf(withKeys({ [key]: value })).split('\n');

    expect(first).toBe(said);
    expect(mend).toMatch(/^ +[A-Z`].*[^.]\. \(front-matter\)$/);
    expect(mend).not.toContain('Invalid');
    expect(rest).toEqual([]);
  });

  test.each([
    ['a date of YAML', 'reviewed: 2026-11-01'],
    ['a text over two lines', 'owner: >\n  Endpoint\n  engineering'],
  ])('may be %s', (_, line) => {
    const [key = ''] = line.split(':');

    expect(problemsOf(withKeys({}).replace(new RegExp(`^${key}: .*$`, 'm'), line))).toBe('');
  });
});

describe('inputs', () => {
  test('that are listed twice, unknown or not used are each told where they stand', () => {
    expect(problemsOf(withKeys({ inputs: ['useProxy', 'useProxy', 'useSSl', 7, 'upstreamUrl', 'useSsl'] })))
      .toMatchInlineSnapshot(`
        "10:10  The input \`useProxy\` is listed, but the runbook never uses it.
               Take it out of \`inputs\`, so that nobody is asked in vain. (unused-input)
        10:21  \`inputs\` names \`useProxy\` twice.
               Take one of the two away. (front-matter)
        10:32  The input \`useSSl\` is not in the vocabulary.
               Did you mean \`useSsl\`? (unknown-input)
        10:41  \`inputs\` in the front matter holds \`7\`.
               \`inputs\` is a list of names. (front-matter)
        10:43  The input \`upstreamUrl\` is not in the vocabulary.
               The inputs are in the guide, under “Inputs, values and policies”. (unknown-input)
        10:57  The input \`useSsl\` is listed, but the runbook never uses it.
               Take it out of \`inputs\`, so that nobody is asked in vain. (unused-input)"
      `);
  });

  test('are told on lines of their own, too', () => {
    const source = withKeys({}).replace(
      'inputs: []',
      'inputs:\n  - useProxy\n  # The next one is misspelt.\n  - useSll',
    );

    expect(problemsOf(source)).toMatchInlineSnapshot(`
      "11:5  The input \`useProxy\` is listed, but the runbook never uses it.
            Take it out of \`inputs\`, so that nobody is asked in vain. (unused-input)
      13:5  The input \`useSll\` is not in the vocabulary.
            Did you mean \`useSsl\`? (unknown-input)"
    `);
  });

  test('that every object has are not in the vocabulary', () => {
    expect(codesOf(withKeys({ inputs: ['constructor', 'toString'] }))).toEqual(['unknown-input', 'unknown-input']);
  });
});
