import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { carriedPage, heldScripts, inPage, linkedScripts, scriptsToCarry } from '../../../src/lib/build/carry.ts';
import { policyProblems } from '../../site/support/policy.ts';

const page = (body = ''): string =>
  '<!DOCTYPE html><html lang="en"><head><title>x</title>' +
  '<script defer src="/assets/ringbook-run.js"></script><script defer src="/assets/ringbook-sheet--a-b.js"></script>' +
  '<link rel="stylesheet" href="/assets/x.css"></head><body>' +
  '<header><a class="rb-brand" href="/index.html">Ringbook</a><nav aria-label="Site"><a href="/index.html">Runbooks</a></nav></header>' +
  `<main data-revision="0a1b2c3d">${body}</main></body></html>`;

const files = {
  style: 'p{content:"$&"}',
  scripts: new Map([
    ['ringbook-run.js', 'let run="$&</script>";'],
    ['ringbook-sheet--a-b.js', 'let sheet=1;'],
    ['ringbook-temporal.js', 'globalThis.hasRun=true;// end'],
  ]),
  onDemand: ['ringbook-temporal.js'],
};

/** The whole file: the page, and the scripts that many pages share. */
function carriedFile(markup: string): string {
  const scripts = scriptsToCarry(files, linkedScripts(markup));
  return carriedPage(markup, files.style, scripts) + scripts.markup;
}

describe('a page to carry', () => {
  const carried = carriedFile(page('<a href="/runbooks/b.html" class="x">b</a> <a href="https://example.com/">c</a>'));

  test('holds its style and its scripts in their order, and names no file of the site', () => {
    expect(carried).toContain('<style>p{content:"$&"}</style>');
    const scripts = [...carried.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code]) => code);
    expect(scripts).toEqual([
      'globalThis.ringbookHeld={"ringbook-temporal.js":()=>{globalThis.hasRun=true;// end\n}};',
      'let run="$&<\\/script>";',
      'let sheet=1;',
    ]);
    expect(carried).not.toMatch(/(?:href|src)="\/|assets/);
  });

  test('has no links to pages that are not carried, and keeps those to the web', () => {
    expect(carried).toContain('<a class="x">b</a> <a href="https://example.com/">c</a>');
    expect(carried).not.toContain('aria-label="Site"');
  });

  test('leaves out what is said of the site alone', () => {
    const whole = carriedFile(
      page('<p class="x" data-site-only><a href="/carry/a.html">One</a></p><p>stays</p><p data-site-only="">Two</p>'),
    );
    expect(whole).toContain('<main data-revision="0a1b2c3d"><p>stays</p></main>');
  });

  test('says where its ticks are kept, and how to bring them over', () => {
    expect(carried).toContain('keeps ticks and values apart from the site');
    expect(carried).toContain('Save to a file');
    expect(carried).toContain('<code>0a1b2c3d</code>');
  });

  test('has a policy under which nothing can be loaded, and everything in it runs', () => {
    expect(policyProblems(carried)).toEqual([]);
    expect(carried).not.toContain("'self'");
  });

  test('is not made when a script is missing', () => {
    expect(() => scriptsToCarry({ ...files, scripts: new Map() }, linkedScripts(page()))).toThrow(
      'There is no script ringbook-temporal.js',
    );
  });
});

test('held scripts run when they are asked for by name, and not before', () => {
  const context: { ringbookHeld?: Record<string, () => void>; hasRun?: boolean } = {};
  runInNewContext(heldScripts(files.scripts), context);
  expect(context.hasRun).toBeUndefined();
  context.ringbookHeld?.['ringbook-temporal.js']?.();
  expect(context.hasRun).toBe(true);
});

test('a script in a page cannot end early', () => {
  expect(inPage('a="</script>"+"</SCRIPT >"')).toBe('a="<\\/script>"+"<\\/SCRIPT >"');
  expect(() => inPage('a="<!--"')).toThrow('cannot stand in a page');
});
