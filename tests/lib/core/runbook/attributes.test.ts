import { describe, expect, test } from 'vitest';
import { attributesOfWord, words } from '../../../../src/lib/core/runbook/words.ts';
import {
  codesOf,
  compile,
  compiled,
  file,
  fileWithStep,
  gate,
  problemsOf,
  step,
  task,
} from '../../../support/compile.ts';

const stepWithAttributes = (attributes: string): string =>
  file(task(step().replace(/<Step [^>]*>/, `<Step ${attributes}>`)));

describe('an attribute', () => {
  test.each([
    ['tier={5}', '`tier` of `<Step>` is `5`.'],
    ['tier={0}', '`tier` of `<Step>` is `0`.'],
    ['tier={-1}', '`tier` of `<Step>` is `-1`.'],
    ['tier={2.5}', '`tier` of `<Step>` is `2.5`.'],
    ['tier="two"', '`tier` of `<Step>` is `two`.'],
    ['tier="0x2"', '`tier` of `<Step>` is `0x2`.'],
    ['tier="1e0"', '`tier` of `<Step>` is `1e0`.'],
    ['tier', '`tier` of `<Step>` is empty.'],
    ['tier=""', '`tier` of `<Step>` is empty.'],
    ['tier={"  "}', '`tier` of `<Step>` is empty.'],
    ['tier={1 + 1}', '`tier` of `<Step>` is an expression.'],
    ['tier={true}', '`tier` of `<Step>` is an expression.'],
    ['tier={`2`}', '`tier` of `<Step>` is an expression.'],
    ['tier={2} {...all}', '`<Step>` holds an expression.'],
    ['tier={2} tier={2}', '`<Step>` has two attributes `tier`.'],
  ])('%s is one problem', (attribute, message) => {
    const { problems } = compile(stepWithAttributes(`id="a" minutes={1} ${attribute}`));

    expect(problems.map((problem) => [problem.code, problem.line, problem.message])).toEqual([
      ['attribute-value', 16, message],
    ]);
  });

  test.each(['tier={2}', 'tier="2"', "tier='2'", 'tier={"2"}', 'tier={ 2 }'])('%s is a number', (attribute) => {
    const [item] = compiled(stepWithAttributes(`id="a" minutes={1} ${attribute}`)).tasks[0]?.items ?? [];

    expect(item).toMatchObject({ tier: 2 });
  });

  test.each([
    ['minutes="abc"', 'Write a whole number from 0 to 1440 in braces: `minutes={0}`.'],
    ['minutes={1441}', 'Write a whole number from 0 to 1440 in braces: `minutes={0}`.'],
    ['minutes=""', 'Say how long it takes: `minutes={2}`.'],
  ])('%s is told with what to write', (attribute, mend) => {
    expect(compile(stepWithAttributes(`id="a" tier={1} ${attribute}`)).problems.map((problem) => problem.mend)).toEqual(
      [mend],
    );
  });

  test('that a word does not know is told with those it knows', () => {
    expect(problemsOf(fileWithStep('<Wait minutes={1} max={2} />\n\n<SyncTimes zone="UTC" />', []))).toMatch(
      /`max`[^]*It knows `minutes`, `upTo`[^]*`zone`[^]*It takes no attributes/,
    );
  });

  test.each(
    words.flatMap((word) =>
      Object.entries(attributesOfWord(word)).flatMap(([name, { isNeeded }]) => (isNeeded ? [[word, name]] : [])),
    ),
  )('<%s> says when it has no %s', (word, name) => {
    const source = file(`${task(`${step()}\n\n${gate()}\n\n<${word} />`)}\n\n<${word} />`);

    expect(problemsOf(source)).toContain(`\`<${word}>\` has no \`${name}\`.`);
  });
});

describe('a title', () => {
  test('may go over two lines', () => {
    const source = file(task(step()).replace('Try the', 'Try\n  the'));

    expect(compiled(source).tasks[0]?.title).toBe('Try the example');
  });

  test.each(['title', 'title=""', 'title="  "'])('%s is empty', (title) => {
    expect(problemsOf(file(task(step()).replace('title="Try the example"', title)))).toMatchInlineSnapshot(`
      "14:1  \`title\` of \`<Task>\` is empty.
            Begin it with a verb: \`title="Connect this server to its upstream"\`. (attribute-value)"
    `);
  });

  test('of a gate is read for mistakes of the field, too', () => {
    expect(problemsOf(file(task(gate().replace('go on', 'go on, Micrsoft'))))).toContain(
      '16:1  `Micrsoft` is misspelt.',
    );
  });
});

describe('an id', () => {
  test.each([
    'Start',
    'start_service',
    '-start',
    'start-',
    'start--service',
    '1-start',
    'start.service',
    'stärt',
    'start service',
    'rb-start',
    'main',
  ])('%s cannot be one', (id) => {
    expect(codesOf(file(task(step('', id))))).toEqual(['malformed-id']);
  });

  test.each(['a', 'start', 'start-2', 'a1-b2', 'mains', 'orb-1'])('%s can be one', (id) => {
    expect(codesOf(file(task(step('', id))))).toEqual([]);
  });

  test('that the page needs for itself is told as such', () => {
    expect(problemsOf(file(task(step('', 'main'))))).toMatchInlineSnapshot(`
      "16:1  The page keeps the id \`main\` for itself.
            Write another one, not \`main\` and not beginning with \`rb-\`. (malformed-id)"
    `);
  });

  test('is one for tasks, steps, gates and criteria alike', () => {
    const source = file(task(`${step('', 'same')}\n\n${gate('<Criterion id="same">It holds.</Criterion>')}`));

    expect(problemsOf(source)).toMatchInlineSnapshot(`
      "24:1  The id \`same\` is used twice; it was first used at 16:1.
            Give one of the two another id. Keep the one that was published first. (duplicate-id)"
    `);
  });
});

describe('a branch', () => {
  const when = (attributes: string): string =>
    fileWithStep(`<When ${attributes}>\n\nGo on.\n\n</When>`, ['useProxy', 'serverRole']);
  const said = (attributes: string): string =>
    problemsOf(when(attributes))
      .split('\n')
      .filter((line) => !/unused-input|is listed, but/.test(line) && !line.includes('Take it out of'))
      .join('\n');

  test('takes several values', () => {
    expect(said('input="serverRole" is="autonomous  replica"')).toBe('');
  });

  test.each([
    ['input="useProxy" is=""'],
    ['input="useProxy" is'],
    ['input="useProxy"'],
    ['input="" is="yes"'],
    ['is="yes"'],
  ])('%s lacks what decides', (attributes) => {
    expect(
      compile(when(attributes)).problems.filter(
        ({ code }) => code === 'attribute-value' || code === 'missing-attribute',
      ),
    ).toHaveLength(1);
  });

  test('waits for a value that the input can have', () => {
    expect(said('input="serverRole" is="replika autonomous yes"')).toMatchInlineSnapshot(`
      "19:1  The input \`serverRole\` can never be \`replika\`.
            Did you mean \`replica\`? It can be \`autonomous\`, \`replica\`. (unknown-option)
      19:1  The input \`serverRole\` can never be \`yes\`.
            It can be \`autonomous\`, \`replica\`. (unknown-option)"
    `);
  });

  test('is picked by an input with a list of answers, once told', () => {
    expect(problemsOf(fileWithStep('<When input="firstSync" is="17:00 18:00">\n\nGo on.\n\n</When>', ['firstSync'])))
      .toMatchInlineSnapshot(`
      "19:1  The input \`firstSync\` has no list of answers to pick a branch by.
            Branch on a choice or a yes/no input. (unknown-option)"
    `);
  });

  test('is not picked by what is worked out', () => {
    expect(
      problemsOf(
        fileWithStep('<When input="wsusUrl" is="http">\n\nGo on.\n\n</When>', ['wsusSsl', 'wsusServer', 'wsusPort']),
      ),
    ).toMatchInlineSnapshot(`
      "19:1  \`wsusUrl\` is worked out of inputs and cannot pick a branch.
            Branch on a choice or a yes/no input. (unknown-option)"
    `);
  });

  test('is not picked by a secret, or by nothing', () => {
    expect(
      codesOf(fileWithStep('<When input="proxyPassword" is="x">\n\nGo on.\n\n</When>', ['proxyPassword'])),
    ).toEqual(['unknown-option']);
    expect(codesOf(fileWithStep('<When input="constructor" is="x">\n\nGo on.\n\n</When>'))).toEqual(['unknown-value']);
  });
});

describe('a word that stands alone', () => {
  test.each([
    ['Value', 'Open <Value of="useProxy">it</Value> now.'],
    ['SyncTimes', '<SyncTimes>\n\nText.\n\n</SyncTimes>'],
    ['Policy', '<Policy id="order-of-sources" state="disabled">\n\nText.\n\n</Policy>'],
  ])('<%s> says so when something is in it', (word, body) => {
    expect(problemsOf(fileWithStep(body))).toContain(`\`<${word}>\` holds something, but it stands alone.`);
  });
});
