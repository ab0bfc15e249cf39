import { expect, test } from 'vitest';
import { builtSite } from './support/built-site.ts';
import { layoutProblems } from './support/layout.ts';
import { pagePaths, textOf } from './support/site.ts';

const site = builtSite();

test('the site has a start page', () => {
  expect(pagePaths(site)).toContain('index.html');
});

test('all pages share one style sheet, and scripts come in a way that runs from a disk', () => {
  expect(layoutProblems(site)).toEqual([]);
});

test.each(pagePaths(site))('%s shows no leftovers of a program', (path) => {
  // The guide shows authors what they write, `{{name}}` included; a runbook must have filled it in.
  const unread = path.startsWith('guide/')
    ? /<(script|style|code|pre)\b[\s\S]*?<\/\1>/g
    : /<(script|style)\b[\s\S]*?<\/\1>/g;
  const shown = textOf(site, path).replace(unread, '');

  expect(shown.match(/\[object Object\]|\bundefined\b|\bNaN\b|\{\{/g)).toBeNull();
});

test('no file names a folder of the computer that built it', () => {
  const telling = [process.cwd(), 'localhost:'];
  const files = [...site.keys()].filter((path) => telling.some((text) => textOf(site, path).includes(text)));

  expect(files).toEqual([]);
});
