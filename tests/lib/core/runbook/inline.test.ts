import { describe, expect, test } from 'vitest';
import { codesOf, fileWithStep, inlineText, problemsOf, stepWith } from '../../../support/compile.ts';

const line = (body: string, inputs: readonly string[] = []): string => {
  const [block] = stepWith(body, inputs).body;
  return block?.type === 'paragraph' ? inlineText(block.children) : '';
};

describe('a line of text', () => {
  test('keeps what stands in it', () => {
    expect(line('A **b *c* `d`** [e **f**](https://example.com/?g=h&i).\\\nJ')).toBe(
      'A **b *c* `d`** [e **f**](https://example.com/?g=h&i).↵J',
    );
  });

  test('may hold characters that Markdown means something with', () => {
    expect(line('\\<b\\> &amp; \\{x\\} \\*y\\* &lt;z&gt;')).toBe('<b> & {x} *y* <z>');
  });

  test('may hold values and branches, also in bold and in links', () => {
    expect(
      line(
        '**<Value of="useProxy" />** [<Value of="useSsl" />](https://example.com) <When input="useProxy" is="yes">a <When input="useSsl" is="no">b</When></When>',
        ['useProxy', 'useSsl'],
      ),
    ).toBe('**{useProxy}** [{useSsl}](https://example.com) (if useProxy=yes: a (if useSsl=no: b))');
  });

  test('may name a secret', () => {
    expect(line('Type the <Value of="proxyPassword" />.', ['proxyPassword'])).toBe('Type the {proxyPassword}.');
  });

  test.each([
    ['a picture', '![the page](page.png)', 'unknown-word', 'A picture cannot stand in a line of text.'],
    ['struck-out text', '~~Old~~ new.', 'unknown-word', 'A struck-out text cannot stand in a line of text.'],
    ['a footnote', 'Text[^1].\n\n[^1]: note', 'unknown-word', 'A footnote cannot stand in a line of text.'],
    [
      'a link to nowhere safe',
      '[a](http://example.com)',
      'unexpected-content',
      'The link `http://example.com` does not lead anywhere safe.',
    ],
    [
      'a link that runs',
      '[a](javascript:alert(1))',
      'unexpected-content',
      'The link `javascript:alert(1)` does not lead anywhere safe.',
    ],
    ['a link to a file', '[a](notes.txt)', 'unexpected-content', 'The link `notes.txt` does not lead anywhere safe.'],
    ['a value without a name', '<Value of="" /> it.', 'attribute-value', '`of` of `<Value>` is empty.'],
    [
      'a branch without content',
      'Go <When input="useProxy" is="yes"></When> on.',
      'empty-word',
      '`<When>` holds nothing.',
    ],
    [
      'a block',
      'Go <Policy id="order-of-sources" state="disabled" /> on.',
      'misplaced-word',
      '`<Policy>` cannot stand inside a line of text.',
    ],
  ])('may not hold %s', (_, body, code, message) => {
    const said = problemsOf(fileWithStep(body, body.includes('useProxy') ? ['useProxy'] : []));

    expect(codesOf(fileWithStep(body, body.includes('useProxy') ? ['useProxy'] : []))[0]).toBe(code);
    expect(said).toContain(message);
  });

  test('has no value by name in code, closed or spaced', () => {
    expect(codesOf(fileWithStep('Run `ping {{ wsusServer }}`.'))).toEqual(['value-in-inline-code']);
    expect(codesOf(fileWithStep('Type `{{`.'))).toEqual([]);
  });
});

describe('braces outside code', () => {
  test.each([
    ['{{wsusServer}}', 'Write `<Value of="wsusServer" />`. (expression)'],
    ['{wsusServer}', 'Write `<Value of="wsusServer" />`. (expression)'],
    ['{1 + 1}', 'Write it as text, or in a code fence. (expression)'],
    ['{/* Ask\n  Ann */}', 'Delete it, or make it a comment in the front matter, after `#`. (expression)'],
  ])('%s', (braces, mend) => {
    expect(
      problemsOf(fileWithStep(`In text ${braces}.`))
        .split('\n')[1]
        ?.trim(),
    ).toBe(mend);
    expect(problemsOf(fileWithStep(braces)).split('\n')).toHaveLength(2);
  });
});
