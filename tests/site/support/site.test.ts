import { describe, expect, test } from 'vitest';
import { elementsOf, loadedAddresses, readSite, resolveInSite, type Site } from './site.ts';
import { layoutProblems } from './layout.ts';
import { linkProblems } from './links.ts';
import { policyProblems } from './policy.ts';
import { weighPage } from './weight.ts';

const siteOf = (files: Record<string, string>): Site =>
  new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));

const pageOf = (body: string, head = '') =>
  `<!doctype html><html lang="en"><head><title>t</title>${head}</head><body>${body}</body></html>`;

describe('reading a site', () => {
  test('a missing folder is told with its mend', () => {
    expect(() => readSite('no/such/folder')).toThrow(
      'The built site is not at no/such/folder. Run `npm run build` first.',
    );
  });

  test('attributes come with entities resolved, scripts with their source as written', () => {
    const elements = elementsOf(
      pageOf('<a href="b.html?x=1&amp;y=2">b</a><script>if (1 < 2 && "</b>") go();</script>'),
    );

    expect(elements.find(({ name }) => name === 'a')?.attributes['href']).toBe('b.html?x=1&y=2');
    expect(elements.find(({ name }) => name === 'script')?.text).toBe('if (1 < 2 && "</b>") go();');
  });

  test('what a page loads by itself is its files and pictures, not its links', () => {
    const html = pageOf(
      '<a href="far.html">f</a><img src="p.png" srcset="p2.png 2x"><svg><use href="i.svg#x"/></svg>',
      '<link rel="stylesheet" href="s.css"><link rel="canonical" href="c.html"><script src="a.js"></script>',
    );

    expect(loadedAddresses(elementsOf(html))).toEqual(['s.css', 'a.js', 'p2.png', 'p.png', 'i.svg#x']);
  });

  test('an address is followed from the page that holds it', () => {
    expect(resolveInSite('runbooks/a.html', '../assets/x.css?1#top')).toEqual({
      path: 'assets/x.css',
      fragment: 'top',
    });
    expect(resolveInSite('runbooks/a.html', '#top')).toEqual({ path: 'runbooks/a.html', fragment: 'top' });
  });
});

describe('links', () => {
  const problemsOf = (body: string, more: Record<string, string> = {}) =>
    linkProblems(siteOf({ 'in/a.html': pageOf(body), ...more }));

  test('relative links to pages and ids that exist, and links to sources, are in order', () => {
    const body =
      '<p id="here"></p><a href="#here">h</a><a href="../b.html#there">b</a><a href="https://example.com/x">s</a>';

    expect(problemsOf(body, { 'b.html': pageOf('<p id="there"></p>') })).toEqual([]);
  });

  test.each([
    ['<a href="/b.html">b</a>', 'in/a.html: /b.html begins with a slash; write it from this page’s own folder.'],
    ['<a href="//host/b">b</a>', 'in/a.html: //host/b begins with a slash; write it from this page’s own folder.'],
    ['<a href="c.html">c</a>', 'in/a.html: c.html leads to in/c.html, which is not in the site.'],
    ['<a href="#gone">g</a>', 'in/a.html: #gone leads to #gone, which is not in in/a.html.'],
    ['<a href="../b.html#gone">g</a>', 'in/a.html: ../b.html#gone leads to #gone, which is not in b.html.'],
    [
      '<a href="../">up</a>',
      'in/a.html: ../ names a folder, which opens nothing from a disk; name the file, for example index.html.',
    ],
    [
      '<a href="javascript:go()">j</a>',
      'in/a.html: javascript:go() uses “javascript:”; links may use https:, http: and mailto:.',
    ],
    [
      '<img src="https://example.com/p.png">',
      'in/a.html: loads https://example.com/p.png; a page loads its own files only.',
    ],
    ['<script src="gone.js"></script>', 'in/a.html: gone.js leads to in/gone.js, which is not in the site.'],
    ['<form action="/send"></form>', 'in/a.html: /send begins with a slash; write it from this page’s own folder.'],
  ])('%s is refused', (body, problem) => {
    expect(problemsOf(body, { 'b.html': pageOf('') })).toEqual([problem]);
  });

  test('style sheets are followed too', () => {
    const css = '/* url(/not-this) */ @import "x.css"; a { background: url("/i.svg") } b { background: url(data:,x) }';

    expect(linkProblems(siteOf({ 's.css': css }))).toEqual([
      's.css: holds @import; one style sheet holds everything.',
      's.css: /i.svg begins with a slash; write it from this page’s own folder.',
    ]);
  });
});

describe('content security policy', () => {
  // printf 'go()' | openssl dgst -sha256 -binary | base64
  const hash = "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='";
  const strict = `default-src 'none'; script-src 'self' ${hash}; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'`;
  const problemsOf = (policy: string, body: string, head = '') =>
    policyProblems(pageOf(body, `<meta http-equiv="content-security-policy" content="${policy}">${head}`));

  test('a strict policy with a page that keeps to it is in order', () => {
    expect(
      problemsOf(
        strict,
        '<script>go()</script><script type="application/json">{}</script>',
        '<script src="a.js"></script>',
      ),
    ).toEqual([]);
  });

  test('a page without a policy is refused', () => {
    expect(policyProblems(pageOf(''))).toEqual(['has no content security policy.']);
  });

  test.each([
    ["'unsafe-inline'", "script-src allows 'unsafe-inline'; only the site itself and hashes may be allowed."],
    ["'unsafe-eval'", "script-src allows 'unsafe-eval'; only the site itself and hashes may be allowed."],
    ['https://example.com', 'script-src allows https://example.com; only the site itself and hashes may be allowed.'],
    ['data:', 'script-src allows data:, which lets text become code.'],
  ])('a policy that lets scripts in by %s is refused', (source, problem) => {
    expect(problemsOf(strict.replace('script-src', `script-src ${source}`), '')).toEqual([problem]);
  });

  test.each([
    ['<script>stray()</script>', 'the policy has no hash for the inline script that begins “stray()”.'],
    ['<style>a{}</style>', 'the policy has no hash for the inline style that begins “a{}”.'],
    ['<p style="color:red">p</p>', '<p> has a style attribute, which the policy refuses.'],
    ['<p onclick="go()">p</p>', '<p> has the attribute onclick, which the policy refuses.'],
  ])('%s is refused', (body, problem) => {
    expect(problemsOf(strict, body)).toEqual([problem]);
  });

  test('a policy after the first script is refused', () => {
    const head = `<script src="a.js"></script><meta http-equiv="content-security-policy" content="${strict}">`;

    expect(policyProblems(pageOf('', head))).toEqual([
      'the policy stands after a script, style or link that it should govern.',
    ]);
  });

  test('a policy that forgets a fallback is refused', () => {
    expect(problemsOf("default-src 'self'; base-uri 'none'", '')).toEqual([
      "default-src is 'self'; it must be 'none'.",
      "form-action is missing; it must be 'none'.",
    ]);
  });
});

describe('layout', () => {
  const good = '<link rel="stylesheet" href="a.css"><script src="a.js" defer></script>';

  test('one style sheet and classic deferred scripts are in order', () => {
    expect(layoutProblems(siteOf({ 'a.html': pageOf('', good), 'b.html': pageOf('', good) }))).toEqual([]);
  });

  test.each([
    ['', 'a.html: links 0 style sheets; a page has exactly one.'],
    [
      '<link rel="stylesheet" href="a.css"><script type="module" src="a.js"></script>',
      'a.html: a.js is a module file, which browsers refuse from a disk; make it a classic script.',
    ],
    [
      '<link rel="stylesheet" href="a.css"><script src="a.js"></script>',
      'a.html: a.js has no `defer`, so the text below waits for it.',
    ],
    [
      '<link rel="stylesheet" href="a.css" crossorigin>',
      'a.html: a.css has the attribute crossorigin, which stops it from loading from a disk.',
    ],
  ])('%s is refused', (head, problem) => {
    expect(layoutProblems(siteOf({ 'a.html': pageOf('', head) }))).toEqual([problem]);
  });

  test('two pages with two style sheets are refused', () => {
    const site = siteOf({ 'a.html': pageOf('', good), 'b.html': pageOf('', good.replace('a.css', 'b.css')) });

    expect(layoutProblems(site)).toEqual(['The pages share no style sheet: a.css, b.css.']);
  });

  test('a page to carry loads nothing from beside it', () => {
    const whole = pageOf('<script>a()</script>', '<style>a{}</style><link rel="icon" href="data:,">');
    expect(layoutProblems(siteOf({ 'carry/a.html': whole }))).toEqual([]);
    expect(layoutProblems(siteOf({ 'carry/a.html': pageOf('', good) }))).toContain(
      'carry/a.html: loads a.css; a page made to be carried holds all that it needs.',
    );
  });

  test('a font is refused', () => {
    expect(layoutProblems(siteOf({ 'f.css': '@font-face{src:url(x)}' }))).toEqual([
      "f.css: brings a font; the system's fonts are enough.",
    ]);
  });
});

describe('weight', () => {
  const site = siteOf({
    'in/a.html': pageOf(
      '<script>inline()</script><script type="application/json">{"not":"counted"}</script>',
      '<link rel="icon" href="data:,"><link rel="stylesheet" href="../s.css"><script src="../run.js"></script><script src="../sheet.js"></script>',
    ),
    's.css': 'a{color:red}',
    'run.js': 'run();'.repeat(100),
    'sheet.js': Array.from({ length: 500 }, (_, index) => `f${index}()`).join(';'),
  });
  const weight = weighPage(site, 'in/a.html', ['sheet']);

  test('counts each file once, and no data in the page as a request', () => {
    expect(weight.requests).toEqual(['in/a.html', 's.css', 'run.js', 'sheet.js']);
  });

  test('counts a later script in the whole, not in what the first tick waits for', () => {
    expect(weight.firstTickScriptBytes).toBeGreaterThan(20);
    expect(weight.scriptBytes).toBeGreaterThan(weight.firstTickScriptBytes + 500);
  });

  test('counts sizes after gzip', () => {
    expect(weight.firstTickScriptBytes).toBeLessThan(100);
    expect(weight.styleBytes).toBeGreaterThan(12);
  });
});
