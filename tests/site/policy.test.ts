import { describe, expect, test } from 'vitest';
import { builtSite } from './support/built-site.ts';
import { policyProblems } from './support/policy.ts';
import { pagePaths, textOf } from './support/site.ts';

const site = builtSite();

describe('content security policy', () => {
  test.each(pagePaths(site))('%s allows the site itself and nothing else, and refuses nothing of its own', (path) => {
    expect(policyProblems(textOf(site, path))).toEqual([]);
  });
});
