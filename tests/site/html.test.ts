import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { builtSite } from './support/built-site.ts';
import { pagePaths, textOf } from './support/site.ts';

const site = builtSite();
const validator = new HtmlValidate(new FileSystemConfigLoader());

/** Rules that do not hold here, each with its reason; everything else is in .htmlvalidate.json. */
const exceptions = {
  // Safari tells screen readers of a list without bullets only when its role is written out:
  // https://developer.mozilla.org/docs/Web/CSS/list-style#accessibility
  'no-redundant-role': 'off',
  // The sheet takes each value as it is typed; there is nothing to submit.
  'wcag/h32': 'off',
  // The last pass leaves out what HTML does not need; its own test has a browser's parser read both.
  'attr-quotes': 'off',
  'no-implicit-close': 'off',
} as const;

/** One line for each kind of fault, with its first place and how often it comes: a page repeats its faults by the step. */
async function faultsIn(path: string): Promise<string[]> {
  const report = await validator.validateString(textOf(site, path), `dist/${path}`, { rules: exceptions });
  const kinds = Map.groupBy(
    report.results.flatMap(({ messages }) => messages),
    ({ ruleId, message }) => `${message} (${ruleId})`,
  );
  return [...kinds].map(
    ([kind, [first, ...others]]) =>
      `${first?.line}:${first?.column} ${kind}${others.length > 0 ? `, and ${others.length} more` : ''}`,
  );
}

describe('html-validate', () => {
  test.each(pagePaths(site))('%s is sound HTML', async (path) => {
    expect(await faultsIn(path)).toEqual([]);
  });
});
