import { describe, expect, test } from 'vitest';
import { builtSite } from './support/built-site.ts';
import { pagePaths } from './support/site.ts';
import { weighPage } from './support/weight.ts';

/** Kilobytes after gzip, 1000 bytes each. */
const budget = { firstTickScript: 12, script: 20, style: 8, html: 25 };

/** Loaded for the sheet and its calculators; ticking does not wait for it. */
const laterScripts = ['ringbook-sheet'];

const site = builtSite();
const pages = pagePaths(site).filter((path) => path.startsWith('runbooks/'));

test('there are runbooks to weigh', () => {
  expect(pages).not.toEqual([]);
});

describe.each(pages)('the weight of %s', (page) => {
  const weight = weighPage(site, page, laterScripts);

  test.each([
    ['JavaScript up to the first possible tick', weight.firstTickScriptBytes, budget.firstTickScript],
    ['all JavaScript', weight.scriptBytes, budget.script],
    ['CSS', weight.styleBytes, budget.style],
    ['HTML', weight.htmlBytes, budget.html],
  ])('%s: %i bytes stay within %i kB', (_, bytes, kilobytes) => {
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(kilobytes * 1000);
  });

  test('it opens with at most 4 requests', () => {
    expect(weight.requests.length, weight.requests.join(', ')).toBeLessThanOrEqual(4);
  });
});
