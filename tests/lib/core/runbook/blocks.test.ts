import { describe, expect, test } from 'vitest';
import { calculators } from '../../../../src/lib/core/calculators/index.ts';
import { codesOf, fileWithStep, outlineOfBlocks, problemsOf, stepWith } from '../../../support/compile.ts';

const blocksOf = (body: string, inputs: readonly string[] = []): string => outlineOfBlocks(stepWith(body, inputs).body);

describe('blocks', () => {
  test('are lists in lists, with commands in them', () => {
    expect(
      blocksOf('1. One.\n   - Two, **bold**.\n   - Three:\n\n     ```cmd\n     ver\n     ```\n\n2. Four.\n\n   Five.'),
    ).toMatchInlineSnapshot(`
      "1.
        “One.”
        -
          “Two, **bold**.”
        -
          “Three:”
          cmd: ver
      2.
        “Four.”
        “Five.”"
    `);
  });

  test('are tables, with everything that a line may hold', () => {
    expect(blocksOf('| A | `b` |\n|---|:-:|\n| <Value of="useProxy" /> | c \\| d |\n| e |', ['useProxy']))
      .toMatchInlineSnapshot(`
      "| A | \`b\` |
      | {useProxy} | c | d |
      | e |  |"
    `);
  });

  test('are tables without a bar too many, which would lose what stands behind it', () => {
    expect(problemsOf(fileWithStep('| Order |\n|---|\n| `MicrosoftUpdateServer|MMPC` |'))).toMatchInlineSnapshot(`
      "21:1  A row of the table has 2 cells, and its head has 1.
            Write \`\\|\` for a bar that stands inside a cell, also in code. (unexpected-content)"
    `);
    expect(blocksOf('| Order |\n|---|\n| `MicrosoftUpdateServer\\|MMPC` |')).toContain('`MicrosoftUpdateServer|MMPC`');
  });

  test('are callouts, in one line or in several', () => {
    expect(blocksOf('<Warning>Stop.</Warning>\n\n<Caution>\n\nMind.\n\n- This.\n\n</Caution>')).toMatchInlineSnapshot(`
      "warning
        “Stop.”
      caution
        “Mind.”
        -
          “This.”"
    `);
  });

  test('are branches, in lists, in tables and in each other', () => {
    expect(
      blocksOf(
        `- <When input="useProxy" is="yes">One.</When>
- Two, <When input="useProxy" is="no">three</When>.

| <When input="useProxy" is="yes">four</When> |
|---|
| five |

<When input="useProxy" is="yes">

<Note>

<When input="useSsl" is="no">

Six.

</When>

</Note>

</When>`,
        ['useProxy', 'useSsl'],
      ),
    ).toMatchInlineSnapshot(`
      "-
        if useProxy=yes
          “One.”
      -
        “Two, (if useProxy=no: three).”
      | (if useProxy=yes: four) |
      | five |
      if useProxy=yes
        note
          if useSsl=no
            “Six.”"
    `);
  });

  test.each(Object.entries(calculators))('are calculators: %s needs its inputs', (word, { live: { needs } }) => {
    expect(codesOf(fileWithStep(`<${word} />`, [...needs]))).toEqual([]);
    expect(problemsOf(fileWithStep(`<${word} />`, needs.slice(1)))).toContain(
      `The input \`${needs[0]}\` is used here through \`${word}\``,
    );
  });

  test.each([
    ['a heading', '# Title', 'heading'],
    ['a quotation', '> He said.', 'quotation'],
    ['a rule', '---', 'horizontal rule'],
    ['a link definition', '[a]: https://example.com', 'link definition'],
    ['a footnote', '[^a]: note', 'footnote'],
  ])('are not %s', (_, body, name) => {
    expect(problemsOf(fileWithStep(body))).toContain(`A ${name} is not among the things a runbook holds.`);
  });

  test('are not exports', () => {
    expect(codesOf(fileWithStep('').replace('<Task', 'export const a = 1;\n\n<Task'))).toEqual(['import']);
  });

  test('are not misplaced words, whose content is read all the same', () => {
    expect(codesOf(fileWithStep('<Note>\n\n<Expect>It is **Micrsoft**.</Expect>\n\n</Note>'))).toEqual([
      'misplaced-word',
      'field-spelling',
    ]);
  });
});
