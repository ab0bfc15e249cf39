import { expect, test } from 'vitest';
import { Ring, Tool } from '../../../../src/lib/core/runbook/model.ts';
import { nameOfRing, nameOfTool, workTime } from '../../../../src/lib/core/runbook/names.ts';

test('every ring and every tool has a name of its own for readers', () => {
  const names = [...Ring.options.map(nameOfRing), ...Tool.options.map(nameOfTool)];

  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['Production', 'Group Policy', 'WSUS']));
  for (const name of names) expect(name).toMatch(/^[A-Z]/);
});

test.each([
  [60, 'about 60 minutes of work'],
  [300, 'about 300 minutes of work'],
  [301, 'about 5 hours of work'],
  [1460, 'about 24 hours of work'],
])('%i minutes are %s', (minutes, words) => {
  expect(workTime(minutes)).toBe(words);
});
