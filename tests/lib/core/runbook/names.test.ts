import { expect, test } from 'vitest';
import { Ring, Tool } from '../../../../src/lib/core/runbook/model.ts';
import { nameOfRing, nameOfTool } from '../../../../src/lib/core/runbook/names.ts';

test('every ring and every tool has a name of its own for readers', () => {
  const names = [...Ring.options.map(nameOfRing), ...Tool.options.map(nameOfTool)];

  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['Production', 'Group Policy', 'WSUS']));
  for (const name of names) expect(name).toMatch(/^[A-Z]/);
});
