import { describe, expect, test } from 'vitest';
import { inBlocks, placeInText, placeOf, type TreeNode } from '../../../../src/lib/core/runbook/tree.ts';
import {
  outlineOfBlocks,
  problemsOf,
  fileWithStep,
  stepWith,
  inlineText,
  file,
  task,
  compiled,
} from '../../../support/compile.ts';

const inputs = ['useProxy', 'wsusServer', 'wsusPort'];
const blocksOf = (body: string): string =>
  outlineOfBlocks(
    stepWith(
      body,
      inputs.filter((name) => body.includes(name)),
    ).body,
  );

describe('a line of text that an author or an editor wrapped', () => {
  const whole = blocksOf('Enter <Value of="wsusServer" /> and port <Value of="wsusPort" />, then go on.').replaceAll(
    '⏎',
    ' ',
  );

  test.each([
    ['Enter\n<Value of="wsusServer" />\nand port <Value of="wsusPort" />, then go on.'],
    ['Enter <Value of="wsusServer" />\nand port\n<Value of="wsusPort" />, then go on.'],
    ['Enter\n<Value of="wsusServer" />\nand port\n<Value of="wsusPort" />, then\ngo on.'],
  ])('is one paragraph, though MDX cuts it at a value that stands alone on its line', (body) => {
    expect(blocksOf(body).replaceAll('⏎', ' ')).toBe(whole);
  });

  test('is the whole action of a step', () => {
    const source = file(
      task(
        '<Step id="a" tier={1} minutes={1}>\nOpen\n<Value of="wsusServer" />\nat once.\n\nNot the label.\n<Expect>It opens.</Expect>\n</Step>',
      ),
      { inputs: ['wsusServer'] },
    );
    const [item] = compiled(source).tasks[0]?.items ?? [];

    expect(item?.kind === 'step' && inlineText(item.action)).toBe('Open⏎{wsusServer}⏎at once.');
  });

  test('may begin and end with a value', () => {
    expect(blocksOf('<Value of="wsusServer" />\nis it, on port\n<Value of="wsusPort" />')).toMatchInlineSnapshot(
      `"“{wsusServer}⏎is it, on port⏎{wsusPort}”"`,
    );
  });

  test('may be two values and nothing else', () => {
    expect(blocksOf('<Value of="wsusServer" /> <Value of="wsusPort" />')).toBe('“{wsusServer} {wsusPort}”');
    expect(blocksOf('<Value of="wsusServer" />')).toBe('“{wsusServer}”');
  });

  test('takes in a branch that stands on a line of its own', () => {
    expect(
      blocksOf('Select **Next**.\n<When input="useProxy" is="yes">Then open **Proxy**.</When>\nWait.'),
    ).toMatchInlineSnapshot(`"“Select **Next**.⏎(if useProxy=yes: Then open **Proxy**.)⏎Wait.”"`);
  });
});

describe('a branch in one line', () => {
  test('is a block where an empty line stands before and after it', () => {
    expect(blocksOf('Select **Next**.\n\n<When input="useProxy" is="yes">Open **Proxy**.</When>\n\nWait.'))
      .toMatchInlineSnapshot(`
      "“Select **Next**.”
      if useProxy=yes
        “Open **Proxy**.”
      “Wait.”"
    `);
  });

  test('is a block beside other branches in lines of their own', () => {
    expect(
      blocksOf('<When input="useProxy" is="yes">Open **Proxy**.</When>\n<When input="useProxy" is="no">Go on.</When>'),
    ).toMatchInlineSnapshot(`
      "if useProxy=yes
        “Open **Proxy**.”
      if useProxy=no
        “Go on.”"
    `);
  });
});

test('an empty line parts paragraphs, whatever stands in them', () => {
  expect(blocksOf('One.\n\n<Value of="wsusServer" />\n\nTwo.')).toMatchInlineSnapshot(`
    "“One.”
    “{wsusServer}”
    “Two.”"
  `);
});

describe('a word on a line below text', () => {
  test('is out of the paragraph, in one line', () => {
    expect(blocksOf('Mind this.\n<Note>It is slow.</Note>\nGo on.')).toMatchInlineSnapshot(`
      "“Mind this.”
      note
        “It is slow.”
      “Go on.”"
    `);
  });

  test('is out of the paragraph, in several lines', () => {
    expect(blocksOf('Mind this.\n<Note>\nIt is slow.\n</Note>\nGo on.')).toBe(
      blocksOf('Mind this.\n<Note>It is slow.</Note>\nGo on.'),
    );
  });

  test('is a detail of its step', () => {
    const { details } = stepWith('More.\n<Expect>It runs.</Expect>\n<IfNot>Wait.</IfNot>\n<Undo>Stop it.</Undo>');

    expect(Object.entries(details).map(([name, blocks]) => `${name}: ${outlineOfBlocks(blocks)}`)).toEqual([
      'expect: “It runs.”',
      'ifNot: “Wait.”',
      'undo: “Stop it.”',
    ]);
  });

  test('may share its line with another word', () => {
    expect(blocksOf('<Note>One.</Note> <Note>Two.</Note>')).toBe('note\n  “One.”\nnote\n  “Two.”');
    expect(blocksOf('Mind this.\n<Note>One.</Note> <Note>Two.</Note>')).toBe(
      '“Mind this.”\nnote\n  “One.”\nnote\n  “Two.”',
    );
  });

  test('keeps its faults in their places', () => {
    expect(problemsOf(fileWithStep('Mind\nMicrsoft\n<Note>equivelant</Note>\nalreadyy'))).toMatchInlineSnapshot(`
      "20:1  \`Micrsoft\` is misspelt.
            Write \`Microsoft\`. (field-spelling)
      21:7  \`equivelant\` is misspelt.
            Write \`equivalent\`. (field-spelling)
      22:1  \`alreadyy\` is misspelt.
            Write \`already\`. (field-spelling)"
    `);
  });

  test('may not share its line with text', () => {
    expect(problemsOf(fileWithStep('Mind this. <Note>It is slow.</Note>'))).toMatchInlineSnapshot(`
      "19:12  \`<Note>\` cannot stand inside a line of text.
             Put it on lines of its own. (misplaced-word)"
    `);
  });
});

describe('places', () => {
  const text = (value: string, start: [number, number], end: [number, number]): TreeNode => ({
    type: 'text',
    value,
    position: { start: { line: start[0], column: start[1] }, end: { line: end[0], column: end[1] } },
  });

  test('of a character are those of the file, with the indentation that the engine took away', () => {
    const node = text('a\nbcd\nef', [3, 9], [5, 7]);

    expect(placeInText(node, 0)).toEqual({ line: 3, column: 9 });
    expect(placeInText(node, 4)).toEqual({ line: 4, column: 7 });
    expect(placeInText(node, 6)).toEqual({ line: 5, column: 5 });
  });

  test('are the first character of the file for a tree without places', () => {
    expect(placeOf({ type: 'text' })).toEqual({ line: 1, column: 1 });
    expect(placeInText({ type: 'text', value: 'a\nb' }, 2)).toEqual({ line: 2, column: 1 });
  });

  test('are not needed to find blocks', () => {
    const nodes: TreeNode[] = [
      { type: 'text', value: 'a ' },
      { type: 'mdxJsxTextElement', name: 'Value' },
      { type: 'list', children: [] },
      { type: 'text', value: ' \n ' },
    ];

    expect(inBlocks(nodes).map(({ type }) => type)).toEqual(['paragraph', 'list']);
  });
});
