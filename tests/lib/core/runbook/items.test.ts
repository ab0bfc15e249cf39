import { describe, expect, test } from 'vitest';
import {
  codesOf,
  compiled,
  file,
  gate,
  outline,
  outlineOfBlocks,
  problemsOf,
  step,
  stepWith,
  task,
} from '../../../support/compile.ts';
import { itemsOf } from '../../../../src/lib/core/runbook/walk.ts';

const inTask = (body: string, inputs: readonly string[] = []): string => file(task(body), { inputs });

describe('a step', () => {
  test('may be written in one line but for what it expects', () => {
    expect(
      outline(compiled(inTask('<Step id="a" tier={1} minutes={1}>\nStart it.\n<Expect>It runs.</Expect>\n</Step>'))),
    ).toMatchInlineSnapshot(`
      "1 work example-task: Try the example
        1.1 step a (tier 1, 1 min)
          Start it.
          expect
            “It runs.”"
    `);
  });

  test('may be indented', () => {
    const flat = compiled(
      inTask(
        '<Step id="a" tier={1} minutes={1}>\nStart it.\n\n<Expect>\n\n- It runs.\n- It stays.\n\n</Expect>\n</Step>',
      ),
    );
    const indented = compiled(
      inTask(
        '  <Step id="a" tier={1} minutes={1}>\n    Start it.\n\n    <Expect>\n      - It runs.\n      - It stays.\n    </Expect>\n  </Step>',
      ),
    );

    expect(outline(indented)).toBe(outline(flat));
    expect(indented.revision).toBe(flat.revision);
  });

  test.each([
    ['nothing', ''],
    ['a command', '```cmd\nver\n```'],
    ['a branch', '<When input="useProxy" is="yes">Start it.</When>'],
    ['a branch of several blocks', '<When input="useProxy" is="yes">\n\nStart it.\n\n<Why>It is off.</Why>\n\n</When>'],
    ['a note', '<Note>Mind it.</Note>'],
  ])('that begins with %s has no action', (_, body) => {
    const inputs = body.includes('useProxy') ? ['useProxy'] : [];

    expect(
      codesOf(inTask(`<Step id="a" tier={1} minutes={1}>\n\n${body}\n\n<Expect>It runs.</Expect>\n</Step>`, inputs)),
    ).toEqual(['no-action']);
  });

  test('may have its details anywhere after its action, and in any order', () => {
    const { details, body } = stepWith('<Why>One.</Why>\n\nMore.\n\n<IfNot>Two.</IfNot>');

    expect(Object.keys(details).sort()).toEqual(['expect', 'ifNot', 'why']);
    expect(body).toHaveLength(1);
  });

  test('has a link neither in its action nor deep inside of it', () => {
    const withAction = (action: string): string =>
      inTask(step().replace('Try the example.', action), action.includes('useProxy') ? ['useProxy'] : []);

    expect(codesOf(withAction('See **[it](https://example.com)**.'))).toEqual(['link-in-action']);
    expect(codesOf(withAction('See <When input="useProxy" is="yes">[it](#example-step)</When>.'))).toEqual([
      'link-in-action',
    ]);
  });

  test('without an id is named otherwise', () => {
    expect(problemsOf(inTask('<Step tier={1} minutes={1}>\n\n- Start it.\n\n</Step>'))).toMatchInlineSnapshot(`
      "16:1  \`<Step>\` has no \`id\`.
            Write an id that will never change: \`id="connect-upstream"\`. (missing-attribute)
      16:1  This step does not say what the technician should see.
            Add \`<Expect>\` with the words on the screen. (no-expected-result)
      18:1  This step does not begin with a paragraph.
            Begin with one paragraph that says the one thing to do; it becomes the label of the box. (no-action)"
    `);
  });
});

describe('details in branches', () => {
  test('are kept in them, and the blocks beside them too', () => {
    const { body, details } = stepWith(
      `<When input="useProxy" is="yes">

First.

Second.

<When input="proxyCredentials" is="yes">
<Expect>A user.</Expect>
</When>

</When>

Third.

<Expect>Something.</Expect>`,
      ['useProxy', 'proxyCredentials'],
    );

    expect(outlineOfBlocks(body)).toMatchInlineSnapshot(`
      "if useProxy=yes
        “First.”
        “Second.”
      “Third.”"
    `);
    expect(outlineOfBlocks(details.expect ?? [])).toMatchInlineSnapshot(`
      "if useProxy=yes
        if proxyCredentials=yes
          “A user.”
      “Something.”"
    `);
  });

  test('report what is wrong in them once', () => {
    const body = '<When input="useProxy" is="maybe">\n\nFirst.\n\nSecond.\n\n<Expect>It.</Expect>\n\n</When>';

    expect(codesOf(inTask(step(body), ['useProxy']))).toEqual(['unknown-option']);
  });

  test('may be there for each answer, and once for all', () => {
    const of = (is: string): string => `<When input="useProxy" is="${is}">\n<Expect>It is ${is}.</Expect>\n</When>`;

    expect(codesOf(inTask(step(`${of('yes')}\n\n${of('no')}\n\n<Expect>It is.</Expect>`), ['useProxy']))).toEqual([]);
  });
});

describe('a word twice', () => {
  test.each([
    ['Expect', '<Expect>One.</Expect>\n\n<Expect>Two.</Expect>'],
    ['Undo', '<Undo>One.</Undo>\n<Undo>Two.</Undo>'],
    ['Wait', '<Wait minutes={1} />\n\n<Wait minutes={2} />'],
    ['Escalate', '<Escalate to={2} after={1} />\n\n<Escalate to={3} after={5} />'],
  ])('<%s> in one step is a slip', (word, body) => {
    expect(problemsOf(inTask(step(body)))).toMatch(
      new RegExp(`^\\d+:1 {2}\`<${word}>\` stands twice in one step or gate\\.\\n.*\\(repeated-word\\)$`),
    );
  });

  test('is a slip in the same branch, too', () => {
    const body = '<When input="useProxy" is="yes">\n\n<Why>One.</Why>\n\n<Why>Two.</Why>\n\n</When>';

    expect(codesOf(inTask(step(body), ['useProxy']))).toEqual(['repeated-word']);
  });
});

describe('<Wait> and <Escalate>', () => {
  test('say how long, and whom', () => {
    expect(stepWith('<Wait minutes={5} />\n\n<Escalate to={3} after={0} />')).toMatchObject({
      wait: { minutes: 5, upTo: 5, body: [] },
      escalate: { to: 3, afterMinutes: 0, body: [] },
    });
  });

  test('cannot stand in a branch of their step, because the minutes hold for all', () => {
    expect(problemsOf(inTask(step('<When input="useProxy" is="yes">\n<Wait minutes={5} />\n</When>'), ['useProxy'])))
      .toMatchInlineSnapshot(`
      "20:1  \`<Wait>\` cannot stand in a branch of its step.
            Put it directly inside the step or gate, and the \`<When>\` inside it, or make two steps. (misplaced-word)"
    `);
  });

  test('wait no shorter at most than at least', () => {
    expect(problemsOf(inTask(step('<Wait minutes={20} upTo={5} />')))).toMatchInlineSnapshot(`
      "19:1  \`upTo\` of \`<Wait>\` is \`5\`.
            Write a whole number from 20 to 20160 in braces: \`upTo={20}\`. (attribute-value)"
    `);
  });

  test('<Escalate> has no place in a gate', () => {
    const text = gate('<Criterion id="c">It holds.</Criterion>\n\n<Escalate to={3} after={1} />');
    expect(codesOf(inTask(text))).toEqual(['misplaced-word']);
  });

  test('a gate waits before it can be decided, which is a part of what it means', () => {
    const criterion = '<Criterion id="c">It holds.</Criterion>';
    const [plain, waiting] = [criterion, `<Wait minutes={2880}>Weekends, too.</Wait>\n\n${criterion}`].map((body) =>
      itemsOf(compiled(inTask(gate(body)))).find(({ kind }) => kind === 'gate'),
    );
    expect(plain).not.toHaveProperty('wait');
    expect(waiting).toMatchObject({ wait: { minutes: 2880, upTo: 2880 }, body: [] });
    expect(waiting?.hash).not.toBe(plain?.hash);
  });
});

describe('a word that holds nothing', () => {
  test.each(['Expect', 'IfNot', 'Undo', 'Evidence', 'Why', 'Note', 'Caution', 'Warning'])('<%s> is told', (word) => {
    expect(codesOf(inTask(step(`<${word}></${word}>`)))).toEqual(['empty-word']);
    expect(codesOf(inTask(step(`<${word} />`)))).toEqual(['empty-word']);
    expect(codesOf(inTask(step(`<${word}>\n\n</${word}>`)))).toEqual(['empty-word']);
  });

  test('a branch and a criterion are told', () => {
    expect(codesOf(inTask(step('<When input="useProxy" is="yes"></When>'), ['useProxy']))).toEqual(['empty-word']);
    expect(codesOf(inTask(gate('<Criterion id="c"></Criterion>')))).toEqual(['empty-word']);
  });
});

describe('a gate', () => {
  test('may have text, criteria and details in any order', () => {
    expect(
      outline(
        compiled(
          inTask(
            gate(`<Why>It is late then.</Why>

Look at each of them.

<Criterion id="one">One.</Criterion>
<Criterion id="two">

Two <When input="useProxy" is="yes">with a proxy</When>

</Criterion>

And again.

<Expect>All hold.</Expect>`),
            ['useProxy'],
          ),
        ),
      ),
    ).toMatchInlineSnapshot(`
      "1 work example-task: Try the example
        1.1 gate example-gate (tier 3, 1 min)
          May it go on?
          “Look at each of them.”
          “And again.”
          criterion one: One.
          criterion two: Two (if useProxy=yes: with a proxy)
          expect
            “All hold.”
          why
            “It is late then.”"
    `);
  });

  test('may have text right after its tag', () => {
    const source = inTask(
      '<Gate id="g" title="May it?" tier={1} minutes={0}>\nText at once.\n<Criterion id="c">It holds.</Criterion>\n</Gate>',
    );

    expect(outline(compiled(source))).toContain('“Text at once.”\n    criterion c: It holds.');
  });

  test('keeps two lines of a criterion apart', () => {
    expect(outline(compiled(inTask(gate('<Criterion id="c">\n\nOne.\n\nTwo.\n\n</Criterion>'))))).toContain(
      'criterion c: One.⏎Two.',
    );
  });

  test.each([
    ['a list', '\n\n- One.\n\n', ['unknown-word']],
    ['a note', '\n\n<Note>One.</Note>\n\n', ['misplaced-word']],
    ['a link', 'See [it](https://example.com).', ['link-in-action']],
  ])('has no %s in a criterion', (_, text, codes) => {
    expect(codesOf(inTask(gate(`<Criterion id="c">${text}</Criterion>`)))).toEqual(codes);
  });

  test('with no criterion but in a callout has none', () => {
    expect(codesOf(inTask(gate('<Note>\n<Criterion id="c">It holds.</Criterion>\n</Note>'))).sort()).toEqual([
      'misplaced-word',
      'too-few-criteria',
    ]);
  });
});

describe('passages', () => {
  test('take in everything between two steps of the same branch', () => {
    const source = inTask(
      `One.\n\nTwo.\n\n${step('', 'a')}\n\n<When input="useProxy" is="yes">\n\nThree.\n\n- Four.\n\n${step('', 'b')}\n\n</When>\n\nFive.`,
      ['useProxy'],
    );

    expect(outline(compiled(source))).toMatchInlineSnapshot(`
      "1 work example-task: Try the example
        passage
          “One.”
          “Two.”
        1.1 step a (tier 2, 1 min)
          Try the example.
          expect
            “It works.”
        passage if useProxy=yes
          “Three.”
          -
            “Four.”
        1.2 step b (tier 2, 1 min) if useProxy=yes
          Try the example.
          expect
            “It works.”
        passage
          “Five.”"
    `);
  });

  test('take in a branch that holds no step as a block', () => {
    const source = inTask(`<When input="useProxy" is="yes">\n\nOne.\n\n</When>\n\nTwo.\n\n${step()}`, ['useProxy']);

    expect(outline(compiled(source))).toContain('passage\n    if useProxy=yes\n      “One.”\n    “Two.”');
  });
});
