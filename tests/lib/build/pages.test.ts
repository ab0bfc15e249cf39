import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { relativeLinks, withContentSecurity } from '../../../src/lib/build/pages.ts';

const none = new Map<string, string>();

describe('relative links', () => {
  test.each([
    ['from the root', 'index.html', '<a href="/guide/a.html">', '<a href="guide/a.html">'],
    ['from a folder', 'runbooks/a.html', '<a href="/index.html">', '<a href="../index.html">'],
    ['within a folder', 'runbooks/a.html', '<a href="/runbooks/b.html#step">', '<a href="b.html#step">'],
    ['with a query', 'a/b/c.html', '<img src="/x.svg?y=1">', '<img src="../../x.svg?y=1">'],
    ['to the root itself', 'runbooks/a.html', '<a class="x" href="/">', '<a class="x" href="../index.html">'],
  ])('lead %s', (_where, path, before, after) => {
    expect(relativeLinks(before, path, none)).toBe(after);
  });

  test('carry the version of a file', () => {
    const versions = new Map([['assets/a.js', 'abc']]);
    expect(relativeLinks('<script src="/assets/a.js"></script>', 'x/y.html', versions)).toBe(
      '<script src="../assets/a.js?v=abc"></script>',
    );
  });

  test('are made in every tag of a page, and in nothing else', () => {
    const words = '<p>="/ and href="/x" </p>';
    expect(relativeLinks(`<img alt="a" src="/b.svg">${words}<a href="/c.html">c</a>`, 'd/e.html', none)).toBe(
      `<img alt="a" src="../b.svg">${words}<a href="../c.html">c</a>`,
    );
  });

  test.each(['<a href="https://example.com/">', '<a href="//example.com/">', '<a href="#x">', '<p>href="/a"</p>'])(
    'leave %s as it is',
    (markup) => {
      expect(relativeLinks(markup, 'a/b.html', none)).toBe(markup);
    },
  );
});

describe('the content security policy', () => {
  const page = (body: string): string =>
    withContentSecurity(`<html><head><title>x</title></head><body>${body}</body></html>`);

  test('comes first in the head, and allows nothing by default', () => {
    expect(page('')).toMatch(/^<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
  });

  test('names each inline script by its hash, and no other', () => {
    const hash = createHash('sha256').update('let a = 1').digest('base64');
    const markup = page('<script>let a = 1</script><script src="b.js">let b</script>');
    expect(markup).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(markup).not.toContain('unsafe');
  });
});
