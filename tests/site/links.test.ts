import { expect, test } from 'vitest';
import { builtSite } from './support/built-site.ts';
import { linkProblems } from './support/links.ts';

test('every address on every page is relative and leads to a file and an id that exist', () => {
  expect(linkProblems(builtSite())).toEqual([]);
});
