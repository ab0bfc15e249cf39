import { join } from 'node:path';
import fc from 'fast-check';
import { htmlToHast } from 'satteri';
import { describe, expect, test } from 'vitest';
import { compact } from '../../../src/lib/build/compact.ts';
import { readLibrary } from '../../../src/lib/build/library.ts';
import { introHtml, tasksHtml } from '../../../src/lib/core/render/runbook-html.ts';
import { compiled, projectFolder } from '../../support/compile.ts';
import { anyRunbook } from '../core/runbook/support/any-runbook.ts';

interface Node {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
}

/** What a browser makes of a page, with line breaks as the spaces that they are shown as. */
function parsed(markup: string): Node {
  const bare = ({ type, tagName, value, properties, children }: Node, keepsSpace = false): Node => ({
    type,
    ...(tagName !== undefined && { tagName }),
    ...(value !== undefined && { value: keepsSpace ? value : value.replace(/\s*\n\s*/g, ' ') }),
    ...(properties !== undefined && { properties }),
    ...(children !== undefined && {
      children: children.map((child) => bare(child, keepsSpace || ['pre', 'script', 'style'].includes(tagName ?? ''))),
    }),
  });
  return bare(htmlToHast(markup) as Node);
}
const page = (body: string): string => `<!doctype html><html><head><title>t</title></head><body>${body}</body></html>`;

describe('compact', () => {
  test.each([
    ['a list', '<ul><li>one</li><li><p>two</p></li></ul>', '<ul><li>one<li><p>two</ul>'],
    [
      'a table',
      '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody></table>',
      '<table><thead><tr><th scope=col>a<tbody><tr><td>b<td>c</table>',
    ],
    [
      'details',
      '<dl><div><dt>Expect</dt><dd><p>It is.</p><p>Now.</p></dd></div></dl>',
      '<dl><div><dt>Expect<dd><p>It is.<p>Now.</div></dl>',
    ],
    [
      'a paragraph before a command',
      '<p>Run it.</p><figure><pre>a</pre></figure><p>b</p><pre>c</pre>',
      '<p>Run it.<figure><pre>a</pre></figure><p>b<pre>c</pre>',
    ],
    [
      'choices',
      '<select><option value="">Choose</option><option value="a">A</option></select>',
      '<select><option value="">Choose<option value=a>A</select>',
    ],
    ['words over lines', '<p>one\n   two</p><p>three</p>', '<p>one two<p>three</p>'],
    [
      'attributes',
      '<a class="b" href="x.html#y" title="two words" data-when="a=b">z</a>',
      '<a class=b href=x.html#y title="two words" data-when="a=b">z</a>',
    ],
  ])('shortens %s', (_, markup, short) => {
    expect(compact(markup)).toBe(short);
    expect(parsed(page(compact(markup)))).toEqual(parsed(page(markup)));
  });

  test.each([
    ['a paragraph in a link', '<a href="#x"><p>one</p></a>'],
    ['a paragraph before a span', '<p>one</p><span>two</span>'],
    ['a paragraph before noscript', '<p>one</p><noscript><p>two</p></noscript>'],
    ['a paragraph before words', '<p>one</p>two'],
    ['an item before words', '<ul><li>one</li> two</ul>'],
    ['a command', '<pre><code>if (a) {\n  "&lt;/p&gt;"  class="b"\n}\n</code></pre>'],
    ['a script', '<script>let a = "</p><p>" + \'class="b"\'\n// two\n</script>'],
    ['a comment', '<!-- <p>one</p>\n<p class="a">two</p> -->'],
    ['an attribute that holds signs', '<p title="</p><p class=&quot;a&quot;>\'">one</p>'],
    ['an address with a query', '<a href="a.html?b=c&amp;d">e</a>'],
    ['text that looks like an attribute', '<b>a="b" c="d"</b>'],
  ])('keeps what %s means', (_, markup) => {
    expect(parsed(page(compact(markup)))).toEqual(parsed(page(markup)));
  });

  test('leaves a policy of content and the hash of a script as they are', () => {
    const script = '<script>try{let t=1}\ncatch{}</script>';

    expect(compact(page(script))).toContain(script);
  });

  test('never changes what a browser makes of a runbook', () => {
    fc.assert(
      fc.property(anyRunbook, (runbook) => {
        const markup = page(introHtml(runbook) + tasksHtml(runbook));

        expect(parsed(compact(markup))).toEqual(parsed(markup));
        expect(compact(compact(markup))).toBe(compact(markup));
      }),
    );
  });

  test('takes at least a twentieth off a real runbook', () => {
    const [[id, source] = ['', '']] = readLibrary(join(projectFolder, 'src/content/runbooks'));
    const runbook = compiled(source, id);
    const markup = page(introHtml(runbook) + tasksHtml(runbook));

    expect(parsed(compact(markup))).toEqual(parsed(markup));
    expect(compact(markup).length).toBeLessThan(markup.length * 0.95);
  });
});
